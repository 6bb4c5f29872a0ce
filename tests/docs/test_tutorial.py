"""Does what the tutorial says, command by command, and sees what it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import safetrack
from safetrack.policy.load import Policy

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial" / "getting-started.md"
BLOCK = re.compile(r"(?P<before>[^\n]*\n)\n?```(?P<language>\w+)\n(?P<content>.*?)```\n", re.DOTALL)
FILE_NAME = re.compile(r"[Ss]ave this(?: event)? as `(?P<name>[\w.]+)`")
BETWEEN = "=== next block ==="
TOKEN = re.compile(r"st1_k1_0_[a-z2-7]{39}")


class Block(NamedTuple):
    """A fenced block, and the paragraph's last line before it."""

    before: str
    language: str
    content: str


@pytest.fixture(scope="module")
def blocks() -> list[Block]:
    return [Block(*found.groups()) for found in BLOCK.finditer(PAGE.read_text())]


@pytest.fixture(scope="module")
def shown(blocks, tmp_path_factory) -> list[tuple[str, str]]:
    """What the page shows after each command, and what the command printed."""
    folder = tmp_path_factory.mktemp("tutorial")
    for block in blocks:
        if named := FILE_NAME.search(block.before):
            (folder / named["name"]).write_text(block.content)
    commands = [block.content for block in blocks if block.language == "sh"]
    printed = _run("\n".join(f"{command}echo '{BETWEEN}'" for command in commands), folder)
    outputs = printed.split(f"{BETWEEN}\n")[:-1]
    assert len(outputs) == len(commands)
    return list(zip([b.content for b in blocks if b.language == "text"], outputs, strict=True))


def _run(script: str, folder: Path) -> str:
    """Run a shell script as a reader would who has installed safetrack."""
    programs = folder / "bin"
    programs.mkdir()
    for name, call in (("safetrack", "-m safetrack.cli"), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {call} "$@"\n')
        (programs / name).chmod(0o755)
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(safetrack.__file__).parents[1]),
        "HOME": str(folder),
        "COLUMNS": "80",
    }
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", script],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_every_command_prints_what_the_page_shows(shown):
    for expected, printed in shown:
        pattern = re.escape(expected.rstrip("\n")).replace("…", r"\S+")
        assert re.fullmatch(pattern, printed.rstrip("\n")), (expected, printed)


def test_nothing_raw_is_shown_to_have_left(shown):
    printed = "".join(output for _, output in shown)
    assert not re.search("jane|miller|berlin|23456789|203.0.113|user-42|shoe", printed.lower())


def test_the_pseudonym_that_is_looked_up_is_the_one_in_the_rows(shown):
    looked_up = TOKEN.findall(shown[-1][1])
    assert TOKEN.findall(shown[-2][1]) == looked_up * 2


def test_the_policy_with_a_vendor_is_valid(blocks, tmp_path):
    first, second = (block.content for block in blocks if block.language == "yaml")
    kept, _, _ = first.partition("destinations:")
    (tmp_path / "safetrack.yaml").write_text(kept + second)
    policy = Policy.load(tmp_path / "safetrack.yaml")
    assert set(policy.document.destinations) == {"warehouse", "mixpanel"}


def test_the_program_that_installs_and_replays_is_there(blocks):
    (first, second) = (block.content for block in blocks if block.language == "console")
    assert "make demo" in first
    assert ".venv/bin/activate" in second
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(r"^demo: .*\n\t\$\(BIN\)/safetrack demo$", makefile, re.MULTILINE)


def test_every_block_is_of_a_kind_that_this_test_looks_at(blocks):
    assert PAGE.read_text().count("```") == 2 * len(blocks)
    assert {block.language for block in blocks} == {
        "console",
        "sh",
        "text",
        "yaml",
        "json",
        "python",
    }
