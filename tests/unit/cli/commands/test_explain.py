import io
import json
import os
import pty
import subprocess
import sys

import pytest

EVENT = {
    "type": "track",
    "event": "Signed Up",
    "userId": "jane@acme.com",
    "properties": {"plan": "pro", "price": 42, "email": "jane@acme.com"},
}


@pytest.fixture
def event(in_folder, policy):
    path = in_folder / "event.json"
    path.write_text(json.dumps(EVENT))
    return path


def test_on_a_terminal_the_owner_sees_what_becomes_of_each_value(event):
    shown = explain_on_a_terminal("event.json")

    assert "jane@acme.com" in shown
    assert "properties.price" in shown
    assert "40" in shown
    assert "st1_k1_0_" in shown


def test_a_value_cannot_steer_the_terminal(policy):
    event = EVENT | {"properties": {"x\x1b[2J": "\x1b]0;owned\x07", "plan": "\x9b31m"}}

    shown = explain_on_a_terminal(json.dumps(event))

    assert "\\x1b]0;owned\\x07" in shown
    for code in ("\x1b[2J", "\x1b]0;", "\x9b31m"):
        assert code not in shown


def explain_on_a_terminal(event: str) -> str:
    screen, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "safetrack.cli", "explain", "safetrack.yaml", event],
        stdout=terminal,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm"},
        check=False,
    )
    os.close(terminal)
    assert done.returncode == 0, done.stderr
    return read_all(screen)


def read_all(screen: int) -> str:
    found = b""
    with io.FileIO(screen) as file:
        try:
            while part := file.read(4096):
                found += part
        except OSError:  # how a terminal says that nobody writes to it any more
            pass
    return found.decode()


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["people", "machines"])
def test_in_a_pipe_no_raw_value_is_written(call, event, more):
    result = call("explain", "safetrack.yaml", "event.json", *more)

    assert result.status == 0
    assert "jane" not in result.out
    assert "properties.email" in result.out
    assert "unlisted" in result.out


def test_the_answer_for_machines(call, event):
    found = json.loads(call("explain", "safetrack.yaml", "event.json", "--json").out)

    assert found["destination"] == "vault"
    assert found["leaves"]["properties"] == {"plan": "pro", "price": 40}
    assert found["dropped"] is None
    assert {
        "path": "properties.price",
        "action": "generalize",
        "rule": "properties.price",
        "entities": [],
        "reason": "rule",
    } in found["decisions"]


def test_an_event_can_be_given_as_text_or_on_standard_input(call, event):
    text = json.dumps(EVENT)

    by_file = call("explain", "safetrack.yaml", "event.json").out

    assert call("explain", "safetrack.yaml", text).out == by_file
    assert call("explain", "safetrack.yaml", "-", stdin=text.encode()).out == by_file


def test_an_event_over_several_lines_can_be_read(call, event):
    event.write_text(json.dumps(EVENT, indent=2))

    assert call("explain", "safetrack.yaml", "event.json").status == 0


def test_an_event_that_does_not_leave_has_status_one(call, event, policy):
    policy.write_text(
        policy.read_text().replace("{purpose: tests, owner: tests@example.com}", "drop")
    )

    result = call("explain", "safetrack.yaml", "event.json")

    assert result.status == 1
    assert "does not leave: event_dropped" in result.out


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ('{"a":NaN}', "not_finite"),
        ("missing.json", "no such file"),
        ("empty.json", "no event can be read"),
        ("list.json", "no event can be read: not_an_object"),
        ('{"a":1}', "--format"),
    ],
)
def test_what_is_no_event_is_refused(call, event, in_folder, given, words):
    (in_folder / "empty.json").write_text("")
    (in_folder / "list.json").write_text("[1]")

    result = call("explain", "safetrack.yaml", given)

    assert result.status == 2
    assert words in result.err


def test_a_destination_that_the_policy_does_not_have_is_warned_of(call, policy):
    event = '{"type": "track", "event": "Signed Up", "userId": "u-1"}'

    result = call("explain", policy, event, "--destination", "vualt")

    assert result.status == 0
    assert "vualt is no destination of the policy; used as a bare scope" in result.err


def write_note(policy, event, note):
    policy.write_text("version: 1\nunlisted: scrub\nidentity: {person: drop, group: drop}\n")
    event.write_text(json.dumps({**EVENT, "properties": {"note": note, "password": "Tr0ub4dor&3"}}))


def test_for_every_finding_the_recogniser_score_view_and_context_are_told(policy, event):
    write_note(policy, event, "mail jane%40acme.com")

    shown = explain_on_a_terminal("event.json")

    assert (
        "EMAIL_ADDRESS by GrownEmailRecognizer, score 1.00, characters 5-20, in the view percent"
        in (shown)
    )
    assert "SECRET by key_name" in shown


def test_the_evidence_in_a_pipe_holds_no_value(call, policy, event):
    write_note(policy, event, "card: 4111 1111 1111 1111")

    text = call("explain", "safetrack.yaml", "event.json").out
    found = json.loads(call("explain", "safetrack.yaml", "event.json", "--json").out)["findings"]

    assert "CREDIT_CARD by CreditCardRecognizer, score 1.00, characters 6-25" in text
    assert "with context" in text
    assert "4111" not in text
    (card,) = (one for one in found if one["entity"] == "CREDIT_CARD")
    assert card.keys() == {
        *(
            "path",
            "start",
            "end",
            "entity",
            "score",
            "recognizer",
            "view",
            "has_context",
            "unsearched",
        ),
    }
    assert card["path"].startswith("properties.")
