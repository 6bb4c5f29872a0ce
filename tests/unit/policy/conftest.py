"""Small ways to read a policy and to see what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from safetrack.errors import PolicyError
from safetrack.policy.document import Rule
from safetrack.policy.load import Policy

WHOLE = Path(__file__).parent / "whole.yaml"


@pytest.fixture
def whole() -> Path:
    """A policy with every section."""
    return WHOLE


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a policy file and give its path."""

    def write_file(text: str | bytes, name: str = "policy.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write_file


@pytest.fixture
def mistakes(write: Callable[..., Path]) -> Callable[[str | bytes], list[str]]:
    """The problems of a policy's text as ``line:column: path: message``."""

    def mistakes_of(text: str | bytes) -> list[str]:
        path = write(text)
        with pytest.raises(PolicyError) as caught:
            Policy.load(path)
        return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]

    return mistakes_of


@pytest.fixture
def rule() -> Callable[[Any], Rule]:
    """Read one rule."""
    return lambda written: Policy.from_dict({"properties": {"x": written}}).document.properties["x"]


@pytest.fixture
def rule_mistakes() -> Callable[[Any], list[str]]:
    """The problems of one rule, without their place."""

    def mistakes_of(written: Any) -> list[str]:
        with pytest.raises(PolicyError) as caught:
            Policy.from_dict({"properties": {"x": written}})
        return [problem.message for problem in caught.value.problems]

    return mistakes_of
