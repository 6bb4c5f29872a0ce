"""A command line to call, and a policy to call it with."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from safetrack.cli import main

KEYS = "k1:wCX5EgSRPOdi7OX4mDDuvDXIrQKrBFIrZo5iq0oVJ3Y="
POLICY = """\
version: 1
properties:
  plan: {keep: [free, pro], otherwise: other}
  seats: {keep: integer, min: 0, max: 1000}
  paid: {keep: boolean}
  tags: {keep: [red, blue]}
  price: {generalize: {round: 10}}
  address.country: {keep: [FR, DE]}
events:
  Signed Up: {purpose: tests, owner: tests@example.com}
destinations:
  vault: {type: jsonl, path: events.jsonl}
"""


class Result(NamedTuple):
    """What a call of the command line did."""

    status: int
    out: str
    err: str


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, with keys and without a policy in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAFETRACK_KEYS", KEYS)
    monkeypatch.delenv("SAFETRACK_POLICY", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.fixture
def policy(in_folder: Path) -> Path:
    """A policy file in the working directory, found without being named."""
    path = in_folder / "safetrack.yaml"
    path.write_text(POLICY)
    return path


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Result]:
    """Call ``safetrack`` with these arguments in this process."""

    def run(*args: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "argv", ["safetrack", *map(str, args)])
        piped = io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin)))
        monkeypatch.setattr(sys, "stdin", piped)
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfdbinary.readouterr()
        return Result(int(ended.value.code or 0), out.decode(), err.decode())

    return run
