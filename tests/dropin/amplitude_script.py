"""Every public call of Amplitude's SDK, with a canary in every argument."""

from __future__ import annotations

import inspect
import itertools
import logging
from types import ModuleType
from typing import Any

from dropin.script import Script
from safetrack.testing import Canaries

EVENTS = ("BaseEvent", "IdentifyEvent", "GroupIdentifyEvent", "RevenueEvent")
OPTIONS = ("EventOptions", *EVENTS)
OBJECTS = ("plan", "ingestion_metadata", "event_callback")
VERBS = ("set", "set_once", "append", "prepend", "pre_insert", "post_insert", "remove")


class Plants:
    """Canaries that are the same in every run: numbered, so that requests can be compared."""

    def __init__(self) -> None:
        self.canaries = Canaries()
        self._numbers = itertools.count(1)

    def email(self) -> str:
        """An address of nobody's."""
        return self.canaries.plant("email", f"jane.canary{next(self._numbers):05}@example.org")

    def whole(self) -> int:
        """A number as long as those of telephones and of milliseconds."""
        number = 1_795_646_000_007 + 7 * 1000 * next(self._numbers)
        self.canaries.plant("number", str(number))
        return number

    def decimal(self) -> float:
        """A number beyond every bound that a policy sets."""
        number = 48_123_456.75 + next(self._numbers)
        self.canaries.plant("number", str(number))
        return number

    def bag(self) -> dict[str, Any]:
        """Properties of every kind; those that policies often keep hold something personal too."""
        return {
            "plan": self.email(),
            "comment": f"Please write to {self.email()} about my order",
            "email": self.email(),
            "ip": "2001:db8:7c:3d:9a1f:52:88:" + self.canaries.plant("ip", f"{self.whole()}"),
            "account": self.whole(),
            self.email(): True,
            "nested": {"deep": [{self.email(): self.email()}, self.email()], "none": None},
        }

    def groups(self) -> dict[str, Any]:
        """One group, several of a type, and a type that is personal itself."""
        return {"company": self.email(), "team": [self.email(), self.email()], self.email(): "g"}


def noting(called_back: list[str]) -> Any:
    """What the SDK calls with each event that was sent, or failed; it would copy a bound method."""

    def call_back(event: Any, code: int, message: str | None = None) -> None:
        fields = {name: own for name, own in vars(event).items() if name not in OBJECTS}
        called_back.append(f"{event} {fields} {code} {message}")

    return call_back


class Scene:
    """A client of the plain SDK or of the drop-in, and all that came out of it but requests."""

    def __init__(self, sdk: ModuleType, url: str, **more: Any) -> None:
        self.sdk = sdk
        self.plants = Plants()
        self.called_back: list[str] = []
        self.call_back = noting(self.called_back)
        setup = {
            "plan": sdk.Plan(branch="main", source="web", version="1", version_id="v1"),
            "ingestion_metadata": sdk.IngestionMetadata(source_name="s", source_version="1"),
        }
        self.configuration = sdk.Config(server_url=url, callback=self.call_back, **setup)
        self.client = sdk.Amplitude("project-key", self.configuration, **more)

    def flush(self) -> None:
        """Send what waits, in one request, and wait for it."""
        for future in self.client.flush():
            if future is not None:
                future.result()

    def end(self) -> None:
        """Shut down; the plain SDK's waiting thread is woken so that no test waits for it."""
        (plugin, *_) = self.destinations()
        self.client.shutdown()
        with plugin.storage.lock:
            plugin.storage.lock.notify_all()

    def destinations(self) -> list[Any]:
        """The destination plugins of the client."""
        return self.client._Amplitude__timeline.plugins[self.sdk.PluginType.DESTINATION]

    def filled(self, name: str, **more: Any) -> Any:
        """An event, or options, with a canary in every argument that its class has."""
        kind = getattr(self.sdk, name)
        own = {
            argument: self.value(argument)
            for argument in inspect.signature(kind).parameters
            if argument not in {"event_type", "identify_obj", "revenue_obj", *more}
        }
        if "event_type" in inspect.signature(kind).parameters and "event_type" not in more:
            own["event_type"] = f"Order by {self.plants.email()}"
        return kind(**own, **more)

    def value(self, argument: str) -> Any:
        """A canary of the type that an argument takes."""
        if argument == "callback":
            return self.call_back
        email = self.plants.email
        kind = self.sdk.event.EVENT_KEY_MAPPING[argument][1]
        make = {
            str: email,
            int: self.plants.whole,
            float: self.plants.decimal,
            dict: self.plants.groups if argument == "groups" else self.plants.bag,
            self.sdk.Plan: lambda: self.sdk.Plan(email(), email(), email(), email()),
            self.sdk.IngestionMetadata: lambda: self.sdk.IngestionMetadata(email(), email()),
        }
        return make[kind]()

    def identify(self) -> Any:
        """Every verb, with canaries as keys and values."""
        own = self.sdk.Identify()
        for verb in VERBS:
            getattr(own, verb)(f"plan_{verb}", self.plants.email())
            getattr(own, verb)(self.plants.email(), self.plants.bag())
        own.add("seats", self.plants.whole())
        own.unset("tier").unset(self.plants.email())
        return own

    def revenue(self) -> Any:
        """A sale, with canaries in every argument."""
        texts = ("product_id", "revenue_type", "receipt", "receipt_sig", "currency")
        sale = self.sdk.Revenue(
            price=self.plants.decimal(),
            quantity=self.plants.whole(),
            revenue=self.plants.decimal(),
            properties=self.plants.bag(),
            **{name: self.plants.email() for name in texts},
        )
        return sale.set_receipt(self.plants.email(), self.plants.email())


SCRIPT = Script()


@SCRIPT.exercises("Amplitude.track", *(f"{name}.retry" for name in OPTIONS))
def track(scene: Scene) -> None:
    """Every kind of event, in one batch; and one that only has what an event must have."""
    for name in EVENTS:
        event = scene.filled(name)
        event.retry = 0
        scene.client.track(event)
    scene.client.track(scene.filled("EventOptions"))  # none: refused by the SDK
    scene.client.track(scene.sdk.BaseEvent("Signed Up", user_id=scene.plants.email()))
    scene.client.track(scene.sdk.BaseEvent("Signed Up", device_id=scene.plants.email()))
    scene.client.track(scene.sdk.BaseEvent(scene.plants.email()))  # nobody's: refused by the SDK
    scene.flush()


@SCRIPT.exercises(
    "Amplitude.identify",
    *(f"Identify.{verb}" for verb in VERBS),
    "Identify.add",
    "Identify.unset",
    "Identify.clear_all",
    "Identify.is_valid",
    "Identify.user_properties",
)
def identify(scene: Scene) -> None:
    """What is said of a person, and that nothing is to be known any more."""
    own = scene.identify()
    assert own.is_valid()
    assert "$set" in own.user_properties
    scene.client.identify(own, scene.filled("EventOptions"), scene.plants.bag())
    scene.client.identify(scene.sdk.Identify().clear_all(), scene.filled("EventOptions"))
    scene.client.identify(scene.sdk.Identify(), scene.filled("EventOptions"))
    scene.flush()


@SCRIPT.exercises("Amplitude.group_identify", "Amplitude.set_group")
def group(scene: Scene) -> None:
    """What is said of groups, and who belongs to them."""
    scene.client.group_identify(
        scene.plants.email(),
        scene.plants.email(),
        scene.identify(),
        scene.filled("EventOptions"),
        scene.plants.bag(),
        scene.plants.bag(),
    )
    scene.client.group_identify("company", scene.plants.email(), scene.identify())
    scene.client.set_group("company", scene.plants.email(), scene.filled("EventOptions"))
    several = [scene.plants.email(), scene.plants.email()]
    scene.client.set_group("team", several, scene.filled("EventOptions"))
    scene.flush()


@SCRIPT.exercises(
    "Amplitude.revenue",
    "Revenue.set_receipt",
    "Revenue.is_valid",
    "Revenue.to_revenue_event",
    "Revenue.get_event_properties",
)
def revenue(scene: Scene) -> None:
    """A sale by the client's own call, and one as an event."""
    scene.client.revenue(scene.revenue(), scene.filled("EventOptions"))
    sale = scene.revenue()
    assert sale.is_valid()
    assert sale.get_event_properties()
    event = sale.to_revenue_event()
    event.load_event_options(scene.filled("EventOptions"))
    scene.client.track(event)
    scene.client.revenue(scene.sdk.Revenue(price=0), scene.filled("EventOptions"))
    scene.client.track(scene.filled("RevenueEvent", revenue_obj=scene.revenue()))
    scene.client.track(scene.filled("IdentifyEvent", identify_obj=scene.identify()))
    scene.client.track(scene.filled("GroupIdentifyEvent", identify_obj=scene.identify()))
    scene.flush()


@SCRIPT.exercises(
    *(f"{name}.load_event_options" for name in EVENTS),
    *(f"{name}.get_event_body" for name in OPTIONS),
    *(f"{name}.callback" for name in OPTIONS),
    "Plan.get_plan_body",
    "IngestionMetadata.get_body",
)
def events(scene: Scene) -> None:
    """What an event does by itself stays with whoever asked for it."""
    for name in OPTIONS:
        event = scene.filled(name, callback=lambda *_: None)
        event.callback(200, "fine")
        assert event.get_event_body()
        if name in EVENTS:
            event.load_event_options(scene.filled("EventOptions"))
            scene.client.track(event)
    assert event.plan.get_plan_body()
    assert event.ingestion_metadata.get_body()
    scene.flush()


@SCRIPT.exercises(
    "Config.flush_queue_size",
    "Config.get_storage",
    "Config.is_valid",
    "Config.is_min_id_length_valid",
    "Config.options",
    "Config.server_url",
)
def configuration(scene: Scene) -> None:
    """What is set up later counts from then on."""
    own = scene.configuration
    assert own.get_storage()
    assert own.is_valid()
    assert own.is_min_id_length_valid()
    own.min_id_length = 3
    assert own.options == {"min_id_length": 3}
    url = own.server_url
    own.server_url = url.replace("/2/httpapi", "/batch")
    own.flush_queue_size = 2
    for _ in range(4):
        scene.client.track(scene.filled("BaseEvent"))
        scene.flush()
    own.server_url, own.min_id_length, own.flush_queue_size = url, None, 200


def adding_plugin(scene: Scene, before: Any) -> Any:
    """A plugin that adds canaries wherever an event has room, and that sometimes fails half-way."""

    class Adding(scene.sdk.EventPlugin):
        def execute(self, event: Any) -> Any:
            for argument in ("user_id", "city", "location_lat", "ip", "groups"):
                event[argument] = scene.value(argument)
            event.event_properties = scene.plants.bag()
            event.library = scene.plants.email()
            if event.event_type == "Failing":
                raise ValueError(scene.plants.email())
            return super().execute(event)

    return Adding(before)


@SCRIPT.exercises(
    "Amplitude.add",
    "Amplitude.remove",
    *(f"EventPlugin.{call}" for call in ("setup", "execute", "track", "revenue")),
    "EventPlugin.identify",
    "EventPlugin.group_identify",
)
def plugins(scene: Scene) -> None:
    """What plugins add, before ours, after ours and on the destination's own timeline."""
    kinds = (scene.sdk.PluginType.BEFORE, scene.sdk.PluginType.ENRICHMENT)
    added = [adding_plugin(scene, kind) for kind in kinds]
    inner = adding_plugin(scene, scene.sdk.PluginType.ENRICHMENT)
    for plugin in added:
        assert scene.client.add(plugin) is scene.client
    (destination, *_) = scene.destinations()
    destination.add(inner)
    for name in EVENTS:
        scene.client.track(scene.filled(name))
    scene.client.track(scene.filled("BaseEvent", event_type="Failing"))
    scene.flush()
    for plugin in added:
        scene.client.remove(plugin)
    destination.remove(inner)


@SCRIPT.exercises(
    *(f"DestinationPlugin.{call}" for call in ("setup", "add", "remove", "execute", "shutdown")),
    *(f"DestinationPlugin.{call}" for call in ("track", "revenue", "identify", "group_identify")),
)
def destinations(scene: Scene) -> None:
    """A second destination of the SDK's own sends the same; one of the application's gets events."""
    second = scene.sdk.plugin.AmplitudeDestinationPlugin()
    own = scene.sdk.DestinationPlugin()
    own.flush = lambda: None
    inner = adding_plugin(scene, scene.sdk.PluginType.BEFORE)
    own.add(inner)
    scene.client.add(second).add(own)
    for name in EVENTS:
        scene.client.track(scene.filled(name))
    own.remove(inner)
    scene.flush()
    own.shutdown()
    second.shutdown()
    scene.client.remove(second).remove(own)


@SCRIPT.exercises("Amplitude.flush", "Amplitude.shutdown")
def ending(scene: Scene) -> None:
    """What waits at the end leaves; what comes after it does not."""
    scene.client.track(scene.filled("BaseEvent"))
    scene.end()
    scene.client.track(scene.filled("BaseEvent"))
    logging.getLogger("amplitude").info("the end")
