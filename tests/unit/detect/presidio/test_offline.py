"""Detection never reaches for the network, nor writes to the home directory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SEARCH = """
import sys
refused = []

def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        refused.append(event)
        raise OSError("no network in this test")

sys.addaudithook(refuse)
from safetrack.detect.detector import Query
from safetrack.detect.presidio.analyzer import PresidioDetector

detector = PresidioDetector()
detector.warm()
(found,) = detector.find([Query("ada@example.org, Marta Kowalczyk, 198.51.100.23", names=True)])
print(sorted(finding.entity for finding in found))
print(refused)
"""


def test_a_search_in_a_fresh_process_touches_no_network_and_no_home(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SEARCH],
        capture_output=True,
        text=True,
        env=os.environ | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )
    assert done.stdout.splitlines() == ["['EMAIL_ADDRESS', 'IP_ADDRESS', 'PERSON']", "[]"], (
        done.stderr
    )
    assert list(tmp_path.rglob("*")) == []


def test_importing_the_rest_of_detection_loads_neither_presidio_nor_spacy() -> None:
    code = (
        "import sys\n"
        "from safetrack.detect import cached, keynames, lazy, overlap, views, vocabulary, words\n"
        "lazy.LazyDetector()\n"
        "heavy = {'presidio_analyzer', 'presidio_anonymizer', 'spacy', 'pydantic', 'requests'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
