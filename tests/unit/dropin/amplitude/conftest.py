import amplitude
import pytest

import safetrack.dropin.amplitude as dropin
from safetrack import Policy
from safetrack.testing import capturing


@pytest.fixture
def capture():
    with capturing() as running:
        yield running


@pytest.fixture
def policy():
    return Policy.from_dict(
        {
            "version": 1,
            "properties": {"plan": "keep", "note": "scrub", "price": {"keep": "number"}},
            "traits": {"plan": "keep"},
            "group_traits": {"industry": "keep"},
        }
    )


@pytest.fixture
def make(capture, policy):
    """Makes clients of the drop-in, and ends them."""
    made = []

    def client(configuration=None, **more):
        own = configuration or amplitude.Config()
        own.server_url = own._url or f"{capture.url}/2/httpapi"
        made.append(dropin.Amplitude("project-key", own, **{"policy": policy, **more}))
        return made[-1]

    yield client
    for one in made:
        one.shutdown()


@pytest.fixture
def sent(capture):
    """Flushes a client, waits, and gives all messages that have arrived."""

    def flush(client):
        for future in client.flush():
            if future is not None:
                future.result()
        return capture.messages()

    return flush
