"""Every example runs by itself, prints what it promises, and lets nothing raw out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import safetrack

FOLDER = Path(__file__).parents[2] / "examples"
EXPECTED = {
    "presidio_operator.py": ["Write to st1_k1_0_", "but not to st1_k1_0_"],
    "request_context.py": ['"release":"2026","plan":"pro"', "'dropped': {'before_dropped': 1}"],
    "sanitize.py": ['"plan":"other","amount":4220', "/orders/:id?utm_source=mail", "<PERSON> on"],
    "track.py": ["'tracked': 2, 'delivered': 2,", '"referrer":"https://acme.com"'],
    "webhook.py": ["'tracked': 1, 'delivered': 1,", '"plan": "pro"', '"email": "st1_k1_0_'],
}
"""What each prints, among other things."""
RAW = re.compile(r"jane|miller|bob|user-42|org-7|s3cret|23456789|1234567|4217", re.IGNORECASE)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_runs_offline_and_prints_what_left(name, tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(safetrack.__file__).parents[1]),
        "HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", FOLDER / name],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    for part in EXPECTED[name]:
        assert part in done.stdout
    assert not RAW.search(done.stdout)
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left <= {"outbox.key"}  # of the outbox, which holds nothing any more


def test_every_example_is_listed_and_tested():
    programs = {path.name for path in FOLDER.glob("*.py")}
    assert programs == set(EXPECTED)
    assert programs == set(re.findall(r"\[([\w.]+\.py)\]", (FOLDER / "README.md").read_text()))
