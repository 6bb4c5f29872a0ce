import copy
import pickle
import time

import pytest

from safetrack.dropin.guard import Guard
from safetrack.dropin.snowplow.vetted import Observed, Vetted, changed


class Agreeable(str):
    """Says that it equals everything."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, _other):
        return True


def pickled(event):
    return pickle.loads(pickle.dumps(event))  # noqa: S301  our own


def now(seconds_ago=0):
    return str(int(time.time() - seconds_ago) * 1000)


@pytest.mark.parametrize(
    ("pairs", "names"),
    [
        ({"e": "pv", "page": "Home"}, set()),
        ({"e": "pv"}, set()),
        ({"e": "pv", "page": "Ho" + "me".lower()}, set()),
        ({"e": "pv", "page": "jane"}, {"page"}),
        ({"e": "pv", "uid": "jane"}, {"uid"}),
        ({"e": "pv", "page": Agreeable("jane")}, {"page"}),
        ({Agreeable("e"): "pv"}, {"e"}),
        ({"vid": 2}, {"vid"}),
        ({"vid": 1}, set()),
        ({"page": ["Home"]}, {"page"}),
        ({"stm": now()}, set()),
        ({"stm": now(3600)}, {"stm"}),
        ({"stm": "447700900123"}, {"stm"}),
        ({"stm": "4477009001000"}, {"stm"}),
        ({"stm": int(now())}, {"stm"}),
    ],
)
def test_what_was_changed_is_told_by_type_and_value(pairs, names):
    assert changed(pairs, {"e": "pv", "page": "Home", "vid": 1}) == names


@pytest.mark.parametrize(
    ("added", "names"),
    [
        ({"stm": now()}, set()),
        ({"stm": "jane"}, {"stm"}),
        ({"uid": "jane"}, {"uid"}),
        ({"page": "jane", "stm": now()}, {"page"}),
        ({"list": []}, {"list", "other"}),
    ],
)
def test_the_very_objects_that_were_vetted_are_told_from_others(added, names):
    known = {"e": "pv", "page": "Home"}
    if "list" in added:
        known |= {"list": [], "other": ["jane"]}

    assert changed({**known, **added}, known) == names


def test_what_was_vetted_stays_known_whatever_is_written_into_the_event(policy):
    event = Vetted({"e": "pv", "page": "Home"}, Guard("snowplow", policy))

    event.update(page="jane", uid="jane", stm="jane")
    assert event.as_vetted() == {"e": "pv", "page": "Home"}

    event["stm"] = now()
    assert event.as_vetted() == {"e": "pv", "page": "Home", "stm": event["stm"]}


@pytest.mark.parametrize("kind", [Vetted, Observed])
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickled])
def test_a_copy_is_a_plain_dictionary(kind, copied, policy):
    event = kind({"e": "pv"}, Guard("snowplow", policy))

    assert type(copied(event)) is dict
    assert copied(event) == {"e": "pv"}
