"""A small stream, and the demo run on it once for all tests that only look."""

from __future__ import annotations

import pytest

from safetrack.cli.demo.run import Outcome, run
from safetrack.cli.demo.stream import Stream, generate

USERS = 60
SEED = 7


@pytest.fixture(scope="session")
def small() -> Stream:
    """What sixty people did."""
    return generate(USERS, SEED)


@pytest.fixture(scope="session")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The whole demo, with a real client and real detection, on the same sixty people."""
    folder = tmp_path_factory.mktemp("demo")
    return run(folder, users=USERS, seed=SEED, on_progress=lambda *_: None)
