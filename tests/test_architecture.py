"""What the import contracts cannot say: who reads the environment, who makes a `SafeEvent`."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import safetrack

SOURCE = Path(safetrack.__file__).parent
MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse((SOURCE / module).read_text("utf-8"))


def modules_where(found) -> set[str]:
    return {module for module in MODULES if any(found(n) for n in ast.walk(tree_of(module)))}


def imported(module: str) -> Iterator[str]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def importers_of(*roots: str) -> set[str]:
    return {m for m in MODULES if any(name.split(".")[0] in roots for name in imported(m))}


def called_name(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call):
        return None
    return getattr(node.func, "attr", None) or getattr(node.func, "id", None)


def test_the_environment_is_read_in_two_places_only():
    reads = modules_where(
        lambda node: (
            (isinstance(node, ast.Attribute) and node.attr in {"environ", "environb"})
            or (isinstance(node, ast.alias) and node.name in {"environ", "getenv"})
            or called_name(node) == "getenv"
        )
    )

    assert reads == {"config.py", "keys/sources.py"}


def test_only_the_one_door_makes_a_safe_event_and_the_outbox_restores_it():
    makers = modules_where(lambda node: called_name(node) == "SafeEvent")

    assert makers == {"sanitize.py", "outbox/sqlite.py"}


def test_nothing_goes_around_the_door():
    """No subclass, no ``__new__`` and no hand on the private message from outside."""
    subclassed = modules_where(
        lambda node: (
            isinstance(node, ast.ClassDef)
            and any(getattr(base, "id", None) == "SafeEvent" for base in node.bases)
        )
    )
    touched = modules_where(
        lambda node: (
            isinstance(node, ast.Attribute)
            and node.attr == "_message"
            and getattr(node.value, "id", None) != "self"
        )
    )
    remade = modules_where(
        lambda node: (
            isinstance(node, ast.Attribute)
            and node.attr == "__new__"
            and getattr(node.value, "id", None) in {"SafeEvent", "object"}
        )
    )

    assert subclassed == set()
    assert remade == set()
    assert touched == set()


def test_presidio_and_spacy_are_imported_in_one_folder_only():
    found = importers_of("presidio_analyzer", "presidio_anonymizer", "spacy", "tldextract")

    assert found
    assert {path for path in found if not path.startswith("detect/presidio/")} == set()


def test_requests_is_imported_by_the_one_sender_only():
    assert importers_of("requests", "urllib3", "httpx", "aiohttp") == {"destinations/http.py"}


def test_nothing_but_the_capture_server_for_tests_opens_a_socket_of_its_own():
    found = {
        module
        for module in MODULES
        if {"urllib.request", "http.client", "smtplib", "ftplib", "socket", "ssl"}
        & set(imported(module))
    }

    assert found == {"testing/server.py"}


def test_nothing_is_printed_outside_the_command_line_and_the_stdout_destination():
    found = modules_where(
        lambda node: called_name(node) == "print" and isinstance(node.func, ast.Name)  # type: ignore[attr-defined]
    )

    assert {module for module in found if not module.startswith("cli/")} == set()


def test_nothing_is_unpickled_or_evaluated():
    risky = {"pickle", "marshal", "shelve", "dill"}
    evaluated = modules_where(
        lambda node: (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"eval", "exec"}
        )
    )

    assert importers_of(*risky) == set()
    assert evaluated == set()


PUBLIC = """
    Client ConfigError Decision DeliveryError Destination Detector DetectorError Event EventError
    Finding InputError KeyringError MissingExtraError Outbox Policy PolicyError Reason SafeEvent
    SafetrackError Sanitizer SendResult alias close configure context flush flush_after group identify
    install_signal_handlers page screen track
"""


def test_the_public_surface_is_this_and_no_more():
    assert safetrack.__all__ == PUBLIC.split()
    assert set(safetrack.__all__) <= set(dir(safetrack))
    for name in safetrack.__all__:
        assert getattr(safetrack, name) is not None


def test_the_version_stands_in_one_place_twice():
    project = tomllib.loads((SOURCE.parent.parent / "pyproject.toml").read_text())

    assert safetrack.__version__ == project["project"]["version"]


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        safetrack.nothing_of_the_kind  # noqa: B018  reading it is the test


HEAVY = (
    "pydantic",
    "presidio_analyzer",
    "presidio_anonymizer",
    "spacy",
    "numpy",
    "requests",
    "pandas",
    "duckdb",
    "pyarrow",
    "typer",
    "rich",
    "ruamel",
    "cryptography",
    "phonenumbers",
    "ua_parser",
)


def test_importing_safetrack_loads_nothing_heavy():
    code = f"import sys, safetrack; print([m for m in {HEAVY!r} if m in sys.modules])"

    loaded = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=SOURCE.parent,
    )

    assert loaded.stdout.strip() == "[]"
