import pytest
from posthog.request import reset_sessions

import safetrack.dropin.posthog as dropin
from safetrack import Policy
from safetrack.testing import capturing

SECTIONS = {
    "version": 1,
    "properties": {"plan": "keep", "$feature_flag": "keep"},
    "traits": {"plan": "keep"},
    "group_traits": {"plan": "keep"},
}


@pytest.fixture
def policy():
    return Policy.from_dict(SECTIONS)


@pytest.fixture
def capture():
    reset_sessions()  # a kept connection to another test's server, whose port is used again
    with capturing() as found:
        yield found


@pytest.fixture
def make(capture, policy):
    """Makes clients of the capture server, and shuts them down."""
    made = []

    def client(sdk=dropin, **options):
        if sdk is dropin:
            options.setdefault("policy", policy)
        options = {"host": capture.url, "flush_interval": 60, "max_retries": 0} | options
        made.append(sdk.Posthog("phc_project", **options))
        return made[-1]

    yield client
    for one in made:
        one.shutdown()
