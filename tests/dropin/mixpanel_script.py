"""Every public call of Mixpanel's SDK, with something personal in every argument."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import mixpanel

from capture.mixpanel import API_KEY, API_SECRET, definition, variant
from dropin.script import Script
from safetrack.testing import Canaries, Capture
from safetrack.testing.vendor import answer

SENDERS = (
    mixpanel.Mixpanel,
    mixpanel.Consumer,
    mixpanel.BufferedConsumer,
    mixpanel.LocalFeatureFlagsProvider,
    mixpanel.RemoteFeatureFlagsProvider,
    mixpanel.ServiceAccountCredentials,
)
"""The classes whose public calls the script makes."""


class Values:
    """Canaries by the place that they stand in: the same ones in every run."""

    def __init__(self) -> None:
        self.canaries = Canaries()
        self._made: dict[tuple[str, str], str] = {}

    def __call__(self, place: str, kind: str = "email") -> str:
        if (place, kind) not in self._made:
            self._made[place, kind] = getattr(self.canaries, kind)()
        return self._made[place, kind]

    def bag(self, place: str) -> dict[str, Any]:
        """Properties with canaries as keys, as values, and further down."""
        return {
            "plan": "pro",
            "email": self(f"{place} email"),
            "$name": self(f"{place} name", "name"),
            "comment": self(f"{place} comment", "text"),
            "phones": [self(f"{place} phone", "phone")],
            "nested": {"card": self(f"{place} card", "card"), "ip": self(f"{place} ip", "ip")},
            self(f"{place} key"): 1,
            "number": int("".join(filter(str.isdigit, self(f"{place} number", "phone")))),
        }

    def control(self, place: str) -> dict[str, Any]:
        """What steers at Mixpanel, with canaries in it."""
        return {
            "token": self(f"{place} token", "secret"),
            "ip": self(f"{place} ip", "ip"),
            "$ip": self(f"{place} $ip", "ip"),
            "$insert_id": self(f"{place} $insert_id", "identifier"),
            "$user_id": self(f"{place} $user_id", "identifier"),
            "$device_id": self(f"{place} $device_id", "identifier"),
            "$session_id": self(f"{place} $session_id", "identifier"),
            "$groups": {self(f"{place} group type"): self(f"{place} group", "identifier")},
            "mp_lib": self(f"{place} mp_lib"),
            "$lib_version": self(f"{place} $lib_version"),
            "time": self(f"{place} time", "phone"),
        }


@dataclass
class Scene:
    """One run of the script.

    Attributes:
        module: The SDK, or the drop-in in its place.
        capture: What stands for Mixpanel.
        values: What is planted.
        keywords: What the drop-in's constructors take beside the vendor's arguments.
        forgives: Whether Mixpanel may refuse what the application says.
    """

    module: ModuleType
    capture: Capture
    values: Values
    keywords: dict[str, Any] = field(default_factory=dict)
    forgives: bool = False

    def client(self, *args: Any, **kwargs: Any) -> Any:
        """A client of the SDK's own settings."""
        return self.module.Mixpanel("the-token", *args, **kwargs, **self.keywords)

    def importer(self) -> Any:
        """A client that may import."""
        return self.client(credentials=self.credentials())

    def credentials(self) -> Any:
        """Those of a service account."""
        return self.module.ServiceAccountCredentials("account", "account-secret", "77")

    def call(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Make a call; what Mixpanel refuses is an error, unless it is forgiven."""
        if not self.forgives:
            return call(*args, **kwargs)
        with suppress(self.module.MixpanelException):
            return call(*args, **kwargs)

    def will_answer(self, **body: Any) -> None:
        """What Mixpanel answers to the next request."""
        self.capture.answers.append(answer(200, **body))


SCRIPT = Script()
exercises = SCRIPT.exercises


def flag_context(values: Values, place: str) -> dict[str, Any]:
    """A context with something personal in all of it."""
    return {
        "distinct_id": values(f"{place} distinct_id", "identifier"),
        "device_id": values(f"{place} device_id", "identifier"),
        "company_id": values(f"{place} company", "identifier"),
        values(f"{place} group type"): values(f"{place} group", "identifier"),
        "custom_properties": values.bag(f"{place} custom"),
    }


@exercises("Mixpanel.track", "Consumer.send")
def track(scene: Scene) -> None:
    v = scene.values
    client = scene.client()
    scene.call(client.track, v("track id", "identifier"), "Signed Up", v.bag("track"))
    scene.call(client.track, v("track id"), v("track event"), v.control("track"))
    meta = {"event": v("track meta event"), v("track meta key"): v("track meta")}
    scene.call(client.track, v("track id"), "Signed Up", {"plan": "pro"}, meta)
    meta = {"properties": {"distinct_id": v("track meta id"), "email": v("track meta email")}}
    scene.call(client.track, v("track id"), "Signed Up", v.bag("track"), meta=meta)
    scene.call(client.track, v("track id"), "Signed Up", None, {"properties": v("track text")})


@exercises("Mixpanel.import_data")
def import_data(scene: Scene) -> None:
    v = scene.values
    client = scene.importer()
    call = client.import_data
    scene.call(call, None, v("import id"), "Signed Up", 1_700_000_000, v.bag("import"))
    scene.call(call, None, v("import id"), v("import event"), v("import time", "phone"))
    meta = {v("import meta key"): v("import meta")}
    keys = {"api_secret": v("import secret", "secret"), "meta": meta}
    scene.call(call, v("import key", "secret"), v("import id"), "Signed Up", 1_700_000_000, **keys)
    legacy = scene.client()
    keys = {"api_secret": API_SECRET}
    call = legacy.import_data
    scene.call(call, API_KEY, v("import id"), "Signed Up", 1_700_000_000, {"plan": "pro"}, **keys)


@exercises("Mixpanel.alias", "Mixpanel.merge")
def link(scene: Scene) -> None:
    v = scene.values
    client = scene.importer()
    meta = {v("link meta key"): v("link meta")}
    scene.call(client.alias, v("alias id"), v("original id", "identifier"))
    scene.call(client.alias, v("alias id"), v("original id"), meta)
    scene.call(client.merge, None, v("merge id 1"), v("merge id 2", "identifier"))
    scene.call(client.merge, None, v("merge id 1"), v("merge id 2"), meta)
    scene.call(client.track, v("link id"), "$identify", {"$anon_id": v("a"), "$identified_id": "b"})
    legacy = scene.client()
    scene.call(legacy.merge, API_KEY, v("merge id 1"), v("merge id 2"), None, API_SECRET)


@exercises(
    "Mixpanel.people_set",
    "Mixpanel.people_set_once",
    "Mixpanel.people_append",
    "Mixpanel.people_remove",
    "Mixpanel.people_increment",
    "Mixpanel.people_union",
    "Mixpanel.people_unset",
    "Mixpanel.people_delete",
    "Mixpanel.people_track_charge",
    "Mixpanel.people_clear_charges",
    "Mixpanel.people_update",
)
def people(scene: Scene) -> None:
    v = scene.values
    client = scene.client()
    person = v("person", "identifier")
    meta = {v("people meta key"): v("people meta"), "$ignore_time": True}
    for name in ("people_set", "people_set_once", "people_append", "people_remove"):
        scene.call(getattr(client, name), person, v.bag(name))
        scene.call(getattr(client, name), v(f"{name} id"), {"plan": "pro"}, meta)
    numbers = {"logins": 3, v("add key"): 1, "phone": int(v("add card", "card"))}
    scene.call(client.people_increment, person, numbers, meta)
    scene.call(client.people_union, person, {"tags": [v("union"), "a"], v("union key"): [1]}, meta)
    scene.call(client.people_unset, person, ["plan", v("unset")], meta)
    scene.call(client.people_delete, v("delete id"))
    scene.call(client.people_delete, person, meta)
    charge = {"$time": "2026-11-25T12:00:00", "note": v("charge note")}
    scene.call(client.people_track_charge, person, 12.5, charge, meta)
    scene.call(client.people_track_charge, person, v("charge"))
    scene.call(client.people_clear_charges, person, meta)
    update = {"$distinct_id": person, "$ip": v("update ip", "ip"), "$set": v.bag("update")}
    scene.call(client.people_update, {**update, v("update key"): v("update value")}, meta)
    scene.call(client.people_update, {"$distinct_id": person, "$token": v("t"), "$delete": v("d")})


@exercises(
    "Mixpanel.group_set",
    "Mixpanel.group_set_once",
    "Mixpanel.group_union",
    "Mixpanel.group_remove",
    "Mixpanel.group_unset",
    "Mixpanel.group_delete",
    "Mixpanel.group_update",
)
def groups(scene: Scene) -> None:
    v = scene.values
    client = scene.client()
    group = v("group id", "identifier")
    meta = {v("group meta key"): v("group meta")}
    for name in ("group_set", "group_set_once", "group_remove"):
        scene.call(getattr(client, name), "company", group, v.bag(name))
        scene.call(getattr(client, name), v(f"{name} type"), v(f"{name} id"), {"plan": "x"}, meta)
    scene.call(client.group_union, "company", group, {"tags": [v("group union")]}, meta)
    scene.call(client.group_unset, "company", group, ["plan", v("group unset")], meta)
    scene.call(client.group_delete, "company", group, meta)
    update = {"$group_key": "company", "$group_id": group, "$set": v.bag("group update")}
    scene.call(client.group_update, {**update, v("group key"): v("group value")}, meta)


@exercises("BufferedConsumer.send", "BufferedConsumer.flush")
def buffered(scene: Scene) -> None:
    v = scene.values
    consumer = scene.module.BufferedConsumer(3, credentials=scene.credentials())
    client = scene.client(consumer)
    for number in range(7):
        client.track(v(f"buffered {number}"), "Viewed", {"email": v("buffered email"), "n": number})
        client.people_set(v(f"buffered {number}"), v.bag("buffered people"))
        client.group_set("company", v("buffered group"), v.bag("buffered group"))
    client.import_data(None, v("buffered import"), "Viewed", 1_700_000_000, v.bag("buffered"))
    client.merge(None, v("buffered 1"), v("buffered 2"))
    consumer.flush()


@exercises("Consumer.send", "BufferedConsumer.send", "BufferedConsumer.flush")
def consumers_alone(scene: Scene) -> None:
    """As a worker does that takes messages from a queue."""
    v = scene.values
    own = {"token": "the-token", "distinct_id": v("worker id"), "time": 1_764_072_000}
    event = json.dumps({"event": "Viewed", "properties": {**own, "email": v("worker email")}})
    update = json.dumps({"$token": "the-token", "$distinct_id": v("worker id"), "$set": v.bag("w")})
    consumer = scene.module.Consumer(**scene.keywords)
    scene.call(consumer.send, "events", event)
    scene.call(consumer.send, "events", f"[{event}, {event}]")
    scene.call(consumer.send, "people", update, v("worker key"), v("worker secret"))
    collected = scene.module.BufferedConsumer(2, **scene.keywords)
    for _ in range(3):
        scene.call(collected.send, "events", event)
    collected.flush()


@exercises("ServiceAccountCredentials.to_http_basic_auth", "json_dumps")
def own_means(scene: Scene) -> None:
    assert scene.credentials().to_http_basic_auth().username == "account"
    assert scene.module.json_dumps({"a": 1}) == '{"a":1}'


class Shouting(mixpanel.DatetimeSerializer):
    """A serializer of the application's own."""

    def default(self, obj: Any) -> Any:
        return obj.hex() if isinstance(obj, bytes) else super().default(obj)


@exercises("Mixpanel.track")
def serializer(scene: Scene) -> None:
    v = scene.values
    client = scene.client(serializer=Shouting)
    said = {"raw": v("bytes").encode(), "since": dt.datetime(2026, 11, 25, tzinfo=dt.UTC)}
    scene.call(client.track, v("serializer id"), "Viewed", said)


@exercises(
    "Mixpanel.local_flags",
    "LocalFeatureFlagsProvider.start_polling_for_definitions",
    "LocalFeatureFlagsProvider.stop_polling_for_definitions",
    "LocalFeatureFlagsProvider.are_flags_ready",
    "LocalFeatureFlagsProvider.get_variant",
    "LocalFeatureFlagsProvider.get_variant_value",
    "LocalFeatureFlagsProvider.get_all_variants",
    "LocalFeatureFlagsProvider.is_enabled",
    "LocalFeatureFlagsProvider.track_exposure_event",
    "LocalFeatureFlagsProvider.lowercase_keys_and_values",
    "LocalFeatureFlagsProvider.lowercase_only_leaf_nodes",
    "LocalFeatureFlagsProvider.shutdown",
)
def local_flags(scene: Scene) -> None:
    v = scene.values
    config = scene.module.LocalFlagsConfig(enable_polling=False)
    client = scene.client(local_flags_config=config)
    flags = client.local_flags
    rule = {"==": [{"var": "email"}, v("local custom email")]}
    scene.will_answer(flags=[definition("new"), definition("told", rule=rule)])
    flags.start_polling_for_definitions()
    assert flags.are_flags_ready()
    context = flag_context(v, "local")
    fallback = mixpanel.flags.types.SelectedVariant(variant_value=v("local fallback"))
    chosen = scene.call(flags.get_variant, "new", fallback, context)
    scene.call(flags.get_variant, v("local flag"), fallback, context)
    assert set(scene.call(flags.get_all_variants, context)) == {"new", "told"}
    scene.call(flags.get_variant_value, "told", v("local fallback"), context)
    scene.call(flags.is_enabled, "new", context)
    scene.call(flags.track_exposure_event, v("local flag"), chosen, context)
    assert flags.lowercase_keys_and_values({"A": ["B"]}) == {"a": ["b"]}
    assert flags.lowercase_only_leaf_nodes({"A": ["B"]}) == {"A": ["b"]}
    flags.stop_polling_for_definitions()
    flags.shutdown()


@exercises(
    "LocalFeatureFlagsProvider.astart_polling_for_definitions",
    "LocalFeatureFlagsProvider.astop_polling_for_definitions",
)
def local_flags_in_a_loop(scene: Scene) -> None:
    config = scene.module.LocalFlagsConfig(polling_interval_in_seconds=3600)

    async def evaluate() -> None:
        async with scene.client(local_flags_config=config) as client:
            scene.will_answer(flags=[definition("new")])
            await client.local_flags.astart_polling_for_definitions()
            scene.call(client.local_flags.is_enabled, "new", flag_context(scene.values, "loop"))
            await client.local_flags.astop_polling_for_definitions()

    asyncio.run(evaluate())


@exercises(
    "Mixpanel.remote_flags",
    "RemoteFeatureFlagsProvider.get_variant",
    "RemoteFeatureFlagsProvider.get_variant_value",
    "RemoteFeatureFlagsProvider.get_all_variants",
    "RemoteFeatureFlagsProvider.is_enabled",
    "RemoteFeatureFlagsProvider.track_exposure_event",
    "RemoteFeatureFlagsProvider.shutdown",
)
def remote_flags(scene: Scene) -> None:
    v = scene.values
    config = scene.module.RemoteFlagsConfig()
    client = scene.client(remote_flags_config=config)
    flags = client.remote_flags
    context = flag_context(v, "remote")
    asked = v("remote flag")
    answers = {"code": 200, "flags": {"new": variant(), asked: variant("off", False)}}
    fallback = mixpanel.flags.types.SelectedVariant(variant_value=v("remote fallback"))
    for name in ("new", asked):
        scene.will_answer(**answers)
        chosen = flags.get_variant(name, fallback, context)
        assert chosen.variant_key == answers["flags"][name]["variant_key"]
    scene.will_answer(**answers)
    assert flags.get_variant_value("new", None, context) is True
    scene.will_answer(**answers)
    assert flags.is_enabled("new", context) is True
    scene.will_answer(**answers)
    assert flags.get_all_variants(context).keys() == {"new", asked}
    scene.call(flags.track_exposure_event, asked, chosen, context)
    flags.get_variant("absent", fallback, {**context, "odd": {1, 2}})
    scene.capture.answers.append(answer(500, error=v("remote error")))
    flags.get_variant("new", fallback, context)
    flags.shutdown()


@exercises(
    "RemoteFeatureFlagsProvider.aget_variant",
    "RemoteFeatureFlagsProvider.aget_variant_value",
    "RemoteFeatureFlagsProvider.aget_all_variants",
    "RemoteFeatureFlagsProvider.ais_enabled",
    "RemoteFeatureFlagsProvider.atrack_exposure_event",
)
def remote_flags_in_a_loop(scene: Scene) -> None:
    v = scene.values
    config = scene.module.RemoteFlagsConfig()
    context = flag_context(v, "aremote")
    answers = {"code": 200, "flags": {"new": variant()}}

    async def evaluate() -> None:
        async with scene.client(remote_flags_config=config) as client:
            flags = client.remote_flags
            for call in (
                lambda: flags.aget_variant_value("new", None, context),
                lambda: flags.ais_enabled("new", context),
            ):
                scene.will_answer(**answers)
                assert await call() is True
                await others()
            fallback = mixpanel.flags.types.SelectedVariant(variant_value=v("aremote fallback"))
            scene.will_answer(**answers)
            chosen = await flags.aget_variant("new", fallback, context)
            await others()
            scene.will_answer(**answers)
            assert (await flags.aget_all_variants(context)).keys() == {"new"}
            with suppress(scene.module.MixpanelException):
                await flags.atrack_exposure_event(v("aremote flag"), chosen, context)

    asyncio.run(evaluate())


async def others() -> None:
    """Wait for the tasks that nobody waits for."""
    await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()})


def exposures_elsewhere(scene: Scene) -> None:
    """Exposure events on a thread of the application's (SDK 5.3 and newer)."""
    with ThreadPoolExecutor(1) as executor:
        config = scene.module.RemoteFlagsConfig(exposure_executor=executor)
        client = scene.client(remote_flags_config=config)
        scene.will_answer(code=200, flags={"new": variant()})
        client.remote_flags.is_enabled("new", flag_context(scene.values, "executor"))
        client.remote_flags.shutdown()


if "exposure_executor" in vars(mixpanel.flags.types.FlagsConfig).get("__dataclass_fields__", {}):
    SCRIPT.steps.append(exposures_elsewhere)
