"""The tree of errors, and what their messages say."""

from __future__ import annotations

import inspect
import re

import pytest

from safetrack import errors
from safetrack.errors import (
    ConfigError,
    KeyringError,
    MissingExtraError,
    PolicyError,
    Problem,
    SafetrackError,
)

CLASSES = [
    cls
    for _, cls in inspect.getmembers(errors, inspect.isclass)
    if issubclass(cls, Exception) and cls.__module__ == errors.__name__
]


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes():
    drawn: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"^([\s│├└─]*)([A-Z]\w+Error)\b", line)
        if found:
            depth, name = len(found[1]), found[2]
            while above and above[-1][0] >= depth:
                above.pop()
            drawn[name] = above[-1][1] if above else "Exception"
            above.append((depth, name))
    assert drawn == {cls.__name__: cls.__bases__[0].__name__ for cls in CLASSES}


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_error_can_be_caught_as_one(cls):
    assert issubclass(cls, SafetrackError)
    assert cls.__name__.endswith("Error")


def test_a_problem_says_where_and_what():
    problem = Problem("unknown action", file="p.yaml", line=3, column=7, path="properties.plan")
    assert str(problem) == "p.yaml:3:7: properties.plan: unknown action"
    assert str(Problem("unknown action", path="properties.plan")) == (
        "properties.plan: unknown action"
    )
    assert str(Problem("unknown action", file="p.yaml")) == "p.yaml: unknown action"
    assert str(Problem("unknown action")) == "unknown action"


def test_a_policy_error_lists_every_problem():
    problems = [Problem("one"), Problem("two", path="x")]
    error = PolicyError(problems)
    assert error.problems == tuple(problems)
    assert str(error) == "one\nx: two"


def test_a_policy_error_is_made_of_a_text_or_a_problem_too():
    assert PolicyError("wrong").problems == (Problem("wrong"),)
    assert PolicyError(Problem("wrong", path="x")).problems == (Problem("wrong", path="x"),)


def test_a_missing_key_is_a_policy_error():
    assert issubclass(KeyringError, PolicyError)


def test_a_missing_extra_says_how_to_install_it():
    error = MissingExtraError("destination warehouse", "duckdb")
    assert isinstance(error, ConfigError)
    assert error.extra == "duckdb"
    assert "pip install 'safetrack[duckdb]'" in str(error)
