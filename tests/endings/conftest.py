from __future__ import annotations

import pytest

from endings.world import World
from safetrack.testing.server import capturing


@pytest.fixture
def capture():
    with capturing() as running:
        yield running


@pytest.fixture
def world(tmp_path, capture):
    return World(tmp_path, capture)


@pytest.fixture
def sealed(tmp_path, capture):
    return World(tmp_path, capture, spool="sealed")
