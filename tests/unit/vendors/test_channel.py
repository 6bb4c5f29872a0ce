import pytest

from safetrack.vendors.channel import Carries, Channel, channel_at

TABLE = (
    Channel("events", "POST", "/batch/?", Carries.EVENTS),
    Channel("definitions", "GET", r"/api/projects/[^/]+/remote", Carries.NOTHING),
)


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("POST", "/batch/", "events"),
        ("post", "/batch", "events"),
        ("GET", "/api/projects/7/remote", "definitions"),
        ("GET", "/batch", None),
        ("POST", "/batch/more", None),
        ("GET", "/api/projects/7/8/remote", None),
    ],
)
def test_a_request_goes_through_the_channel_whose_whole_path_it_has(method, path, name):
    found = channel_at(TABLE, method, path)

    assert (found.name if found else None) == name
