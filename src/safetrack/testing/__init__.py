"""For tests of applications that track: a strict capture server, canaries, and two assertions.

::

    def test_nothing_personal_leaves(safetrack_capture, safetrack_canaries):
        client = Posthog("key", host=safetrack_capture.url, policy="safetrack.yaml")
        client.capture("Signed Up", distinct_id=safetrack_canaries.email())
        client.shutdown()
        assert_no_canary(safetrack_capture, safetrack_canaries)
        assert_no_pii(safetrack_capture)

The two fixtures come with the pytest plugin that an installed safetrack brings along. safetrack's
own tests use the same server and the same search.
"""

from safetrack.testing.canaries import Canaries, Found, assert_no_canary
from safetrack.testing.pii import assert_no_pii
from safetrack.testing.server import Capture, capturing
from safetrack.testing.vendor import Answer, Request

__all__ = [
    "Answer",
    "Canaries",
    "Capture",
    "Found",
    "Request",
    "assert_no_canary",
    "assert_no_pii",
    "capturing",
]
