import copy
import datetime as dt

import pytest
import snowplow_tracker as sdk

import safetrack.dropin.snowplow as dropin
from safetrack import Policy
from safetrack.testing import assert_no_canary

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


class Queue:
    """An emitter of an application's own."""

    def __init__(self):
        self.events = []

    def input(self, payload):
        self.events.append(payload)

    def flush(self):
        """Nothing to do."""

    async_flush = sync_flush = flush


def page(title):
    return dropin.PageView("https://shop.example/", title)


def test_an_emitter_of_others_gets_sanitized_events(policy, canaries):
    queue = Queue()
    tracker = dropin.Tracker("shop", queue, app_id="web", policy=policy)

    tracker.track(page(canaries.email()))

    (event,) = queue.events
    assert type(event) is dict
    assert event["page"] == "<EMAIL_ADDRESS>"
    assert (event["tna"], event["aid"]) == ("shop", "web")
    assert tracker.safetrack.stats()["passed"] == 1


def test_the_vendors_own_emitter_under_our_tracker_gets_sanitized_events(capture, policy, canaries):
    ours = dropin.Emitter(capture.url, batch_size=1, policy=policy)
    plain = sdk.Emitter(capture.url, batch_size=1)

    dropin.Tracker("shop", [ours, plain]).track(page(canaries.email()))

    assert len(capture.messages()) == 2
    assert_no_canary(capture, canaries)


def test_our_emitter_under_the_vendors_own_tracker_sanitizes(capture, policy, canaries):
    emitter = dropin.Emitter(capture.url, batch_size=1, policy=policy)
    tracker = sdk.Tracker(canaries.email(), emitter, app_id="web-shop")

    tracker.track(sdk.PageView("https://shop.example/", canaries.email()))

    assert capture.messages()[0]["aid"] == "web-shop"
    assert_no_canary(capture, canaries)


def test_without_a_policy_of_its_own_a_tracker_has_its_first_emitters(capture, policy):
    emitter = dropin.Emitter(capture.url, policy=policy)

    assert dropin.Tracker("shop", [Queue(), emitter]).safetrack is emitter.safetrack


@pytest.mark.parametrize("kind", [dropin.Emitter, dropin.AsyncEmitter])
def test_a_policy_of_its_own_holds_for_all_emitters(kind, capture, policy):
    emitter = kind(capture.url, policy={"version": 1, "properties": {"title": "keep"}})
    queue = Queue()
    tracker = dropin.Tracker("shop", [emitter, queue], policy={"version": 1}, destination="d")

    tracker.track(page("Home"))
    tracker.track(dropin.StructuredEvent("shop", "add", value=5))
    tracker.flush()

    assert not any("page" in event for event in (*capture.messages(), *queue.events))
    assert tracker.safetrack.stats()["tracked"] == 2
    assert emitter.safetrack.stats()["tracked"] == 0


def test_a_tracker_that_observes_leaves_it_to_emitters_that_do_not(capture, policy):
    until = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)
    observing = Policy.from_dict({"version": 1, "mode": "observe", "until": until})
    emitter, queue = dropin.Emitter(capture.url, batch_size=1, policy=policy), Queue()

    dropin.Tracker("shop", [emitter, queue], policy=observing).track(page("jane@acme.com"))

    assert capture.messages()[0]["page"] == "<EMAIL_ADDRESS>"
    assert queue.events[0]["page"] == "jane@acme.com"


def test_an_emitter_that_is_added_later_gets_nothing_raw(capture, policy, canaries):
    tracker = dropin.Tracker("shop", dropin.Emitter(capture.url, batch_size=1, policy=policy))
    queue = Queue()

    tracker.add_emitter(queue).track(page(canaries.email()))

    assert_no_canary(repr(queue.events), canaries)


def test_a_namespace_that_is_no_text_is_nobodys_configuration(capture, policy):
    tracker = dropin.Tracker(None, dropin.Emitter(capture.url, batch_size=1, policy=policy))

    tracker.track(page("Home"))

    assert "tna" not in capture.messages()[0]


def test_the_items_of_a_transaction_are_not_changed(capture, policy):
    tracker = dropin.Tracker("shop", dropin.Emitter(capture.url, batch_size=1, policy=policy))
    items = [{"sku": "a", "price": 1.5, "quantity": 2}]
    before = copy.deepcopy(items)

    assert tracker.track_ecommerce_transaction("o-1", 3.0, items=items) is tracker
    assert tracker.track_ecommerce_transaction("o-1", 3.0) is tracker

    assert items == before
    assert [message["e"] for message in capture.messages()] == ["tr", "ti", "tr"]


def test_what_is_tracked_is_not_changed(capture, policy):
    tracker = dropin.Tracker("shop", dropin.Emitter(capture.url, batch_size=1, policy=policy))
    data = {"plan": "pro", "nested": {"email": ["jane@acme.com"]}}
    subject = dropin.Subject().set_user_id("jane@acme.com")
    document = sdk.SelfDescribingJson("iglu:com.acme/user/jsonschema/1-0-0", data)
    before = copy.deepcopy((data, subject.standard_nv_pairs))

    tracker.track(dropin.SelfDescribing(document, subject, context=[document]))

    assert (data, subject.standard_nv_pairs) == before


def test_trackers_and_events_are_the_vendors(policy):
    tracker = dropin.Tracker("shop", Queue(), policy=policy)

    assert isinstance(tracker, sdk.Tracker)
    assert isinstance(page("Home"), sdk.PageView)
    assert isinstance(page("Home"), dropin.Event)
    assert issubclass(dropin.AsyncEmitter, dropin.Emitter)
    assert issubclass(dropin.AsyncEmitter, sdk.AsyncEmitter)
    assert len(tracker.get_uuid()) == 36


def test_an_event_without_what_it_needs_says_so(policy):
    with pytest.raises(ValueError, match="is empty"):
        dropin.PageView("")
    with pytest.raises(ValueError, match="left out"):
        dropin.Tracker("shop", Queue(), policy=policy).track_page_view("")
