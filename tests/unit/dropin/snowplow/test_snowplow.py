import importlib
import subprocess
import sys

import pytest
import snowplow_tracker as sdk

import safetrack.dropin.snowplow as dropin

SENDERS = {"Emitter", "AsyncEmitter", "Tracker", "Snowplow"}
MODULES = ("emitters", "events", "snowplow", "tracker")


@pytest.fixture(autouse=True)
def empty():
    yield
    dropin.Snowplow.reset()


def test_every_public_name_of_the_vendors_can_be_imported():
    assert {name for name in dir(sdk) if not name.startswith("_")} == set(dropin.__all__)
    assert all(hasattr(dropin, name) for name in dropin.__all__)
    with pytest.raises(AttributeError):
        dropin.nothing_like_it  # noqa: B018


@pytest.mark.parametrize("module", MODULES)
def test_the_modules_have_the_vendors_names_and_send_nothing_by_themselves(module):
    ours = importlib.import_module(f"safetrack.dropin.snowplow.{module}")
    vendors = importlib.import_module(f"snowplow_tracker.{module}")
    names = {name for name in vars(vendors) if not name.startswith("__")}

    assert getattr(dropin, module) is ours
    assert all(hasattr(ours, name) for name in names)
    for name in names & SENDERS:
        assert getattr(ours, name).__module__.startswith("safetrack.")


def test_a_tracker_that_the_facade_makes_sanitizes(capture, policy, canaries):
    tracker = dropin.Snowplow.create_tracker(
        "shop",
        capture.url,
        subject=dropin.Subject().set_user_id(canaries.email()),
        emitter_config=dropin.EmitterConfiguration(batch_size=1),
        policy=policy,
    )

    tracker.track(dropin.PageView("https://shop.example/", canaries.email()))

    assert type(tracker) is dropin.Tracker
    assert len(capture.messages()) == 1
    assert tracker.safetrack.stats()["passed"] == 1


def test_the_facade_keeps_its_trackers_apart_from_the_vendors(capture, policy):
    tracker = dropin.Snowplow.create_tracker("shop", capture.url, policy=policy)

    assert dropin.Snowplow.get_tracker("shop") is tracker
    assert sdk.Snowplow.get_tracker("shop") is None
    with pytest.raises(TypeError, match="already exists"):
        dropin.Snowplow.create_tracker("shop", capture.url, policy=policy)


def test_a_tracker_needs_an_endpoint(policy):
    with pytest.raises(TypeError, match="must be provided"):
        dropin.Snowplow.create_tracker("shop", None, policy=policy)


def test_import_of_everything_gives_our_classes():
    code = (
        "from safetrack.dropin.snowplow import *; print(Emitter.__module__, EventStore.__module__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == [
        "safetrack.dropin.snowplow.emitters",
        "snowplow_tracker.event_store",
    ]
