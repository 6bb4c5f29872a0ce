"""The pytest plugin: a capture server and canaries as fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from safetrack.testing.canaries import Canaries
    from safetrack.testing.server import Capture


@pytest.fixture
def safetrack_capture() -> Iterator[Capture]:
    """A server on a free port of 127.0.0.1 that speaks the vendors' wire formats strictly."""
    from safetrack.testing.server import capturing  # not in runs that never ask for it

    with capturing() as capture:
        yield capture


@pytest.fixture
def safetrack_canaries() -> Canaries:
    """Unique personal values to plant, and to look for afterwards."""
    from safetrack.testing.canaries import Canaries

    return Canaries()
