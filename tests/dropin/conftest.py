import pytest

from safetrack.keys.generate import new_key
from safetrack.testing import Canaries, capturing


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    monkeypatch.setenv("SAFETRACK_KEYS", new_key())


@pytest.fixture
def capture():
    with capturing() as running:
        yield running


@pytest.fixture
def canaries():
    return Canaries()
