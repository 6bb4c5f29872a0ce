"""Every public call of Snowplow's SDK, with a canary in every argument that takes a value."""

from __future__ import annotations

import inspect
import json
import time
from collections import defaultdict
from contextlib import suppress
from functools import cached_property
from types import ModuleType
from typing import Any

import snowplow_tracker
from snowplow_tracker.event_store import InMemoryEventStore

from dropin.script import Script, functions_of, methods_of
from safetrack.testing import Canaries, Capture

SCRIPT = Script()
VENDOR = "iglu:com.acme"

CLASSES = [
    kind
    for _, kind in inspect.getmembers(snowplow_tracker, inspect.isclass)
    if kind is not snowplow_tracker.EventStore  # a protocol: applications write these
]
PUBLIC = methods_of(*CLASSES) | functions_of(snowplow_tracker)


class Values(defaultdict[str, str]):
    """Canaries by name: the same ones in every run of one test."""

    def __init__(self, canaries: Canaries) -> None:
        super().__init__()
        self.canaries = canaries

    def __missing__(self, name: str) -> str:
        makers = (
            self.canaries.email,
            self.canaries.name,
            self.canaries.identifier,
            self.canaries.text,
        )
        self[name] = makers[len(self) % len(makers)]()
        return self[name]


class Scene:
    """The SDK or the drop-in, a collector, and what to fill the arguments with."""

    def __init__(self, sdk: ModuleType, capture: Capture, values: Values, **options: Any) -> None:
        self.sdk = sdk
        self.capture = capture
        self.values = values
        self.options = options
        self.returned: list[Any] = []
        self.called_back: list[Any] = []

    def emitter(self, kind: str = "Emitter", **more: Any) -> Any:
        more = {"batch_size": 1, "on_success": self.called_back.append, **more}
        return getattr(self.sdk, kind)(self.capture.url, **more, **self.options)

    def tracker(self, **more: Any) -> Any:
        more.setdefault("emitters", self.usual)
        return self.sdk.Tracker("shop", app_id="web-shop", **more)

    @cached_property
    def usual(self) -> Any:
        """The emitter of most steps."""
        return self.emitter()

    def subject(self, name: str) -> Any:
        subject = self.sdk.Subject()
        subject.set_user_id(self.values[f"{name} uid"])
        return subject

    def document(self, name: str, schema: str = "user") -> Any:
        values = self.values
        data = {
            "plan": "pro",
            "email": values[f"{name} email"],
            "nested": {"list": [values[f"{name} item"], 1]},
            values[f"{name} key"]: True,
        }
        return self.sdk.SelfDescribingJson(f"{VENDOR}/{schema}/jsonschema/1-0-0", data)

    def common(self, name: str) -> dict[str, Any]:
        """What every deprecated call takes."""
        return {
            "context": [self.document(f"{name} context")],
            "tstamp": 1_790_000_000_000,
            "event_subject": self.subject(name),
        }

    def wait_for(self, count: int) -> None:
        """Until the collector has this many requests; as long as it takes, within reason."""
        for _ in range(2000):
            if len(self.capture.requests) >= count:
                return
            time.sleep(0.005)
        raise AssertionError("the collector got too few requests")


exercises = SCRIPT.exercises


def read(event: Any, *names: str) -> None:
    """Read properties of an event."""
    for name in names:
        with suppress(TypeError):  # version 1.0.1 raises it itself
            getattr(event, name)


@exercises("Tracker.track", "Tracker.complete_payload", "PageView.page_url", "PageView.page_title")
@exercises("PageView.referrer", "PageView.context", "PageView.event_subject")
@exercises("PageView.true_timestamp", "PageView.build_payload")
def page_view(scene: Scene) -> None:
    values = scene.values
    event = scene.sdk.PageView(
        f"https://shop.example/u/{values['page id']}?email={values['page email']}#a",
        values["page title"],
        f"https://{values['page referrer']}",
        event_subject=scene.subject("page"),
        context=[scene.document("page context"), scene.document("page context 2", "cart")],
        true_timestamp=1_790_000_000_000.0,
    )
    names = ("page_url", "page_title", "referrer", "context", "event_subject", "true_timestamp")
    read(event, *names)
    event.build_payload(encode_base64=True, json_encoder=None)
    tracker = scene.tracker()
    scene.returned.append(tracker.complete_payload(event).nv_pairs["e"])
    scene.returned.append(type(tracker.track(event)))


@exercises("PagePing.page_url", "PagePing.page_title", "PagePing.referrer", "PagePing.min_x")
@exercises("PagePing.max_x", "PagePing.min_y", "PagePing.max_y", "PagePing.context")
@exercises("PagePing.event_subject", "PagePing.true_timestamp", "PagePing.build_payload")
def page_ping(scene: Scene) -> None:
    values = scene.values
    event = scene.sdk.PagePing("https://shop.example/")
    event.page_url = f"https://shop.example/{values['ping url']}"
    event.page_title = values["ping title"]
    event.referrer = values["ping referrer"]
    event.min_x, event.max_x, event.min_y, event.max_y = 1, 2, 3, 4
    event.context = [scene.document("ping context")]
    event.event_subject = scene.subject("ping")
    event.true_timestamp = 1_790_000_000_000
    read(event, "page_url", "page_title", "referrer", "min_x", "max_x", "min_y", "max_y")
    event.build_payload(True, None)
    scene.tracker().track(event)


@exercises("ScreenView.id_", "ScreenView.name", "ScreenView.type", "ScreenView.previous_name")
@exercises("ScreenView.previous_id", "ScreenView.previous_type", "ScreenView.transition_type")
@exercises("ScreenView.context", "ScreenView.event_subject", "ScreenView.true_timestamp")
@exercises("ScreenView.build_payload")
def screen_view(scene: Scene) -> None:
    values = scene.values
    names = ("id_", "name", "type", "previous_name", "previous_id", "previous_type")
    event = scene.sdk.ScreenView(**{name: values[f"screen {name}"] for name in names})
    event.transition_type = values["screen transition"]
    event.context = [scene.document("screen context")]
    event.event_subject = scene.subject("screen")
    event.true_timestamp = 1_790_000_000_000
    read(event, *names, "transition_type")
    event.build_payload(True, None, subject=scene.subject("screen"))
    scene.tracker().track(event)


@exercises("StructuredEvent.category", "StructuredEvent.action", "StructuredEvent.label")
@exercises("StructuredEvent.property_", "StructuredEvent.value", "StructuredEvent.context")
@exercises("StructuredEvent.event_subject", "StructuredEvent.true_timestamp")
@exercises("StructuredEvent.build_payload")
def structured(scene: Scene) -> None:
    values = scene.values
    names = ("category", "action", "label", "property_")
    event = scene.sdk.StructuredEvent("shop", "add")
    for name in names:
        setattr(event, name, values[f"structured {name}"])
    event.value = 9.5
    event.context = [scene.document("structured context")]
    event.event_subject = scene.subject("structured")
    event.true_timestamp = 1_790_000_000_000
    read(event, *names, "value")
    event.build_payload(True, None)
    scene.tracker(encode_base64=False).track(event)


@exercises("SelfDescribing.event_json", "SelfDescribing.context", "SelfDescribing.event_subject")
@exercises("SelfDescribing.true_timestamp", "SelfDescribing.build_payload")
@exercises("SelfDescribingJson.schema", "SelfDescribingJson.to_json")
@exercises("SelfDescribingJson.to_string")
def self_describing(scene: Scene) -> None:
    for encoded in (True, False):
        document = scene.document("described")
        document.schema = f"{VENDOR}/signed_up/jsonschema/1-0-0"
        assert document.to_json()["schema"] == document.schema
        assert json.loads(document.to_string())
        event = scene.sdk.SelfDescribing(scene.document("described first"))
        event.event_json = document
        event.context = [scene.document("described context")]
        event.event_subject = scene.subject("described")
        event.true_timestamp = 1_790_000_000_000
        event.build_payload(encoded, None)
        scene.tracker(encode_base64=encoded, json_encoder=str).track(event)


@exercises("SelfDescribing.event_json")
def self_describing_with_a_schema_that_says_too_much(scene: Scene) -> None:
    for number, name in enumerate(("vendor", "name", "version")):
        parts = ["com.acme", "signed_up", "1-0-0"]
        parts[number] = scene.values[f"schema {name}"]
        schema = f"iglu:{parts[0]}/{parts[1]}/jsonschema/{parts[2]}"
        described = scene.sdk.SelfDescribingJson(schema, {"plan": "pro"})
        event = scene.sdk.SelfDescribing(described, context=[described])
        scene.tracker().track(event)


@exercises("Event.build_payload", "Event.context", "Event.event_subject", "Event.true_timestamp")
def bare_event(scene: Scene) -> None:
    values = scene.values
    event = scene.sdk.Event({"e": "pv", **{key: values[f"bare {key}"] for key in BARE}})
    event.context = [scene.document("bare context")]
    event.event_subject = scene.subject("bare")
    event.true_timestamp = 1_790_000_000_000
    assert all((event.context, event.event_subject, event.true_timestamp))
    event.build_payload(True, None)
    scene.tracker().track(event)
    scene.tracker().track(scene.sdk.Event({"e": values["bare e"], "tv": values["bare tv"]}))


BARE = (
    "tv",
    "tna",
    "aid",
    "p",
    "eid",
    "dtm",
    "nuid",
    "fp",
    "refr",
    "se_va",
    "ue_px",
    "co",
    "event",
)


@exercises(*(name for name in PUBLIC if name.startswith("Subject.")))
def subject(scene: Scene) -> None:
    values = scene.values
    subject = scene.sdk.Subject()
    subject.set_platform("web").set_user_id(values["uid"]).set_lang(values["lang"])
    subject.set_screen_resolution(1920, 1080).set_viewport(1280, 720).set_color_depth(24)
    subject.set_timezone(values["tz"]).set_domain_user_id(values["duid"])
    subject.set_domain_session_id(values["sid"]).set_domain_session_index(3)
    subject.set_ip_address(values.canaries.ip() if "ip" not in values else values["ip"])
    values.setdefault("ip", subject.standard_nv_pairs["ip"])
    subject.set_useragent(values["ua"]).set_network_user_id(values["tnuid"])
    other = scene.subject("combined")
    assert other.combine_subject(subject)["uid"] == values["combined uid"]
    tracker = scene.tracker(subject=subject)
    tracker.track(scene.sdk.PageView("https://shop.example/"))
    tracker.track(scene.sdk.PageView("https://shop.example/", event_subject=other))


@exercises("Tracker.track_page_view", "Tracker.track_page_ping", "Tracker.track_link_click")
@exercises("Tracker.track_screen_view", "Tracker.track_mobile_screen_view")
def deprecated_views(scene: Scene) -> None:
    values, tracker = scene.values, scene.tracker()
    tracker.track_page_view(values["1"], values["2"], values["3"], **scene.common("4"))
    tracker.track_page_ping(values["5"], values["6"], values["7"], 1, 2, 3, 4, **scene.common("8"))
    tracker.track_link_click(
        values["9"], values["10"], [values["11"]], values["12"], values["13"], **scene.common("14")
    )
    tracker.track_screen_view(values["15"], values["16"], **scene.common("17"))
    rest = [values[str(number)] for number in range(18, 24)]
    tracker.track_mobile_screen_view(values["24"], None, *rest[:5], **scene.common("25"))


@exercises("Tracker.track_form_change", "Tracker.track_form_submit", "Tracker.track_site_search")
def deprecated_forms(scene: Scene) -> None:
    values, tracker = scene.values, scene.tracker()
    tracker.track_form_change(
        values["f1"], values["f2"], "INPUT", values["f3"], "password", [values["f4"]]
    )
    elements = [{"name": values["f5"], "value": values["f6"], "nodeName": "INPUT", "type": "text"}]
    tracker.track_form_submit(values["f7"], [values["f8"]], elements, **scene.common("f9"))
    tracker.track_site_search(
        [values["f10"], values["f11"]], {values["f12"]: values["f13"]}, 3, 2, **scene.common("f14")
    )


@exercises("Tracker.track_add_to_cart", "Tracker.track_remove_from_cart")
@exercises("Tracker.track_ecommerce_transaction", "Tracker.track_ecommerce_transaction_item")
def deprecated_shop(scene: Scene) -> None:
    values, tracker = scene.values, scene.tracker()
    for call in (tracker.track_add_to_cart, tracker.track_remove_from_cart):
        call(values["s1"], 2, values["s2"], values["s3"], 9.99, values["s4"], **scene.common("s5"))
    items = [
        {"sku": values["s6"], "price": 1.5, "quantity": 2, "name": values["s7"]},
        {"sku": values["s8"], "price": 2, "quantity": 1, "category": values["s9"]},
    ]
    texts = [values[f"s{number}"] for number in range(10, 14)]
    tracker.track_ecommerce_transaction(
        values["s14"], 20.5, values["s15"], 1.5, 3, *texts, items, **scene.common("s16")
    )
    tracker.track_ecommerce_transaction_item(values["s17"], values["s18"], 2.5, 1, values["s19"])


@exercises("Tracker.track_struct_event", "Tracker.track_self_describing_event")
@exercises("Tracker.track_unstruct_event")
def deprecated_events(scene: Scene) -> None:
    values, tracker = scene.values, scene.tracker()
    four = [values[f"e{number}"] for number in range(4)]
    tracker.track_struct_event(*four, 5, **scene.common("e5"))
    tracker.track_self_describing_event(scene.document("e6", "done"), **scene.common("e7"))
    tracker.track_unstruct_event(scene.document("e8", "done"), **scene.common("e9"))


@exercises("Tracker.set_subject", "Tracker.add_emitter", "Tracker.get_namespace", "Tracker.flush")
@exercises("Tracker.get_uuid", "Tracker.get_timestamp")
def tracker(scene: Scene) -> None:
    tracker = scene.tracker(emitters=[scene.emitter(batch_size=5)])
    assert tracker.set_subject(scene.subject("set")) is tracker
    assert tracker.add_emitter(scene.emitter(method="get", batch_size=5)) is tracker
    assert tracker.get_namespace() == "shop"
    assert len(tracker.get_uuid()) == 36
    assert tracker.get_timestamp(12.0) == 12
    tracker.track(scene.sdk.PageView(f"https://shop.example/{scene.values['two emitters']}"))
    assert tracker.flush(is_async=True) is tracker
    assert tracker.flush() is tracker


def payload(scene: Scene, name: str) -> dict[str, str]:
    return {
        "e": "pv",
        "eid": "f9b2b0d2-4b6c-4f0c-8d8e-5d8f1c1f7a11",
        "dtm": "1790000000000",
        "tv": "py",
        "tna": scene.values[f"{name} namespace"],
        "p": "pc",
        "uid": scene.values[f"{name} uid"],
        "page": scene.values[f"{name} title"],
    }


@exercises("Emitter.input", "Emitter.flush", "Emitter.sync_flush")
@exercises(*PUBLIC & {"Emitter.async_flush"})  # new in 1.1
@exercises("Emitter.reached_limit", "Emitter.send_events", "Emitter.as_collector_uri")
@exercises("Emitter.is_good_status_code", "Emitter.attach_sent_timestamp")
def emitter(scene: Scene) -> None:
    for method in ("post", "get"):
        emitter = scene.emitter(method=method, batch_size=3)
        emitter.input(payload(scene, f"input {method}"))
        assert not emitter.reached_limit()
        emitter.flush()
        emitter.input(payload(scene, f"input 2 {method}"))
        emitter.sync_flush()
        getattr(emitter, "async_flush", emitter.flush)()
        events = [payload(scene, f"send {method}")]
        emitter.attach_sent_timestamp(events)
        emitter.send_events(events)
    assert emitter.as_collector_uri("c.example", method="get") == "https://c.example/i"
    assert emitter.is_good_status_code(204)


@exercises("Emitter.http_post", "Emitter.http_get")
def requests_by_hand(scene: Scene) -> None:
    events = [{**payload(scene, "by hand"), "stm": "1790000000000"}]
    schema = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"
    scene.usual.http_post(json.dumps({"schema": schema, "data": events}))
    scene.emitter(method="get").http_get(dict(events[0]))


@exercises("Emitter.set_flush_timer", "Emitter.cancel_flush_timer")
def flush_timer(scene: Scene) -> None:
    emitter = scene.emitter(batch_size=5)
    emitter.input(payload(scene, "timer"))
    emitter.set_flush_timer(0.01)
    scene.wait_for(len(scene.capture.requests) + 1)
    emitter.cancel_flush_timer()


@exercises(*(name for name in PUBLIC if name.startswith("AsyncEmitter.")))
def async_emitter(scene: Scene) -> None:
    for method in ("post", "get"):
        emitter = scene.emitter("AsyncEmitter", method=method, batch_size=2, thread_count=1)
        for number in range(3):
            emitter.input(payload(scene, f"async {method} {number}"))
        assert not emitter.reached_limit()
        emitter.flush()
        emitter.sync_flush()
        getattr(emitter, "async_flush", emitter.flush)()
        emitter.send_events([payload(scene, f"async send {method}")])
        emitter.http_get({**payload(scene, f"async get {method}"), "stm": "1790000000000"})
        emitter.input(payload(scene, f"async timer {method}"))
        emitter.set_flush_timer(0.01)
        emitter.cancel_flush_timer()
        emitter.sync_flush()


@exercises(*(name for name in PUBLIC if name.startswith(("EmitterConfig", "TrackerConfig"))))
@exercises(*(name for name in PUBLIC if name.startswith("Snowplow.")))
def facade(scene: Scene) -> None:
    sdk = scene.sdk
    of_emitter = sdk.EmitterConfiguration(batch_size=1, on_success=scene.called_back.append)
    of_emitter.on_failure = lambda _count, events: scene.called_back.append(events)
    of_emitter.byte_limit, of_emitter.request_timeout = 10_000, 5.0
    of_emitter.buffer_capacity, of_emitter.custom_retry_codes = 100, {418: False}
    of_emitter.set_retry_code(419, False)
    of_emitter.event_store = InMemoryEventStore(logger=sdk.logger)
    assert of_emitter.session is None
    of_tracker = sdk.TrackerConfiguration(encode_base64=False)
    of_tracker.json_encoder = str
    tracker = sdk.Snowplow.create_tracker(
        "facade",
        scene.capture.url,
        app_id="web-shop",
        subject=scene.subject("facade"),
        emitter_config=of_emitter,
        tracker_config=of_tracker,
        **scene.options,
    )
    assert sdk.Snowplow.get_tracker("facade") is tracker
    tracker.track(sdk.SelfDescribing(scene.document("facade", "done")))
    sdk.Snowplow.remove_tracker(tracker)
    assert sdk.Snowplow.add_tracker(tracker) is tracker
    sdk.Snowplow.remove_tracker_by_namespace("facade")
    sdk.Snowplow.reset()
    assert sdk.Snowplow.get_tracker("facade") is None


@exercises("disable_contracts", "enable_contracts")
def contracts(scene: Scene) -> None:
    scene.sdk.disable_contracts()
    try:
        scene.tracker().track(scene.sdk.PageView(f"https://e.example/{scene.values['loose']}"))
    finally:
        scene.sdk.enable_contracts()
