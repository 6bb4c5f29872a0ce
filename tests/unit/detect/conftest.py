"""One real detector for all tests here: loading the model takes a second."""

from __future__ import annotations

import pytest

from safetrack.detect.presidio.analyzer import PresidioDetector


@pytest.fixture(scope="session")
def detector() -> PresidioDetector:
    made = PresidioDetector()
    made.warm()
    return made
