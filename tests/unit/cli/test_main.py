import sys

import pytest

from safetrack.cli import main


def test_the_version_is_printed(call):
    result = call("--version")

    assert result.status == 0
    assert result.out.startswith("safetrack 0.")


def test_without_a_command_the_help_lists_them_all(call):
    result = call()

    for command in [
        "demo",
        "init",
        "check",
        "explain",
        "scrub",
        "schema",
        "keys",
        "pseudonym",
        "doctor",
    ]:
        assert command in result.out + result.err


@pytest.mark.parametrize(
    "arguments", [["nothing"], ["scrub"], ["scrub", "-", "--format", "x"], ["scrub", "-", "-x"]]
)
def test_wrong_usage_has_status_two(call, in_folder, arguments):
    result = call(*arguments)

    assert result.status == 2
    assert "Usage" in result.err


def test_an_internal_error_shows_its_place_and_no_value(call, in_folder, monkeypatch):
    def broken(_name):
        raise KeyError("jane@acme.com")

    monkeypatch.setattr("safetrack.cli.commands.keys.load_policy_or_none", broken)

    result = call("keys", "check")

    assert result.status == 2
    assert result.err.startswith(
        "safetrack: internal error: KeyError at safetrack.cli.commands.keys:"
    )
    assert "jane" not in result.err


def test_an_error_of_the_system_names_the_file(call, in_folder):
    (in_folder / "folder.yaml").mkdir()

    result = call("init", "-o", "folder.yaml", "--force")

    assert result.status == 2
    assert "folder.yaml: Is a directory" in result.err


@pytest.mark.parametrize("colour", ["dumb", "xterm-256color"])
def test_no_colour_codes_are_written_to_a_pipe(call, policy, monkeypatch, colour):
    monkeypatch.setenv("TERM", colour)

    for arguments in (["--help"], ["check"], ["doctor"], ["nothing"]):
        result = call(*arguments)
        assert "\x1b" not in result.out + result.err


def test_main_always_exits(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["safetrack", "--help"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 0
