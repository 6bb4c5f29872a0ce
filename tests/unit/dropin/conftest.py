import pytest

from safetrack import Policy
from safetrack.keys.generate import new_key


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    monkeypatch.setenv("SAFETRACK_KEYS", new_key())


@pytest.fixture
def policy():
    return Policy.from_dict(
        {
            "version": 1,
            "properties": {"plan": "keep", "note": "scrub"},
            "destinations": {"mine": {"type": "mixpanel", "token": "t"}},
        }
    )
