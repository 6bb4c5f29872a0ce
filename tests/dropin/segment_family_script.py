"""Every public call of Segment's SDK and of RudderStack's, which descends from it."""

from __future__ import annotations

import datetime as dt
import queue
from dataclasses import dataclass, field
from threading import Thread
from types import ModuleType
from typing import Any

from dropin.script import Script, functions_of, methods_of
from safetrack.testing import Canaries

WHEN = dt.datetime(2026, 11, 25, 11, 58, 7, 123456, tzinfo=dt.UTC)


@dataclass
class Scene:
    """The SDK or the drop-in, where it sends to, and what is put into its calls."""

    module: Any
    url: str
    options: dict[str, Any] = field(default_factory=dict)
    """What only the drop-in's constructors take."""
    canaries: Canaries = field(default_factory=Canaries)
    said: list[Any] = field(default_factory=list)
    """What callbacks were given."""
    clients: list[Any] = field(default_factory=list)

    def client(self, **more: Any) -> Any:
        """A client that sends each message in a request of its own, in order."""
        given = {"host": self.url, "upload_size": 1, "on_error": self.on_error, **more}
        client = self.module.Client("write-key", **given, **self.options)
        self.clients.append(client)
        return client

    def on_error(self, error: Exception, batch: Any) -> None:
        self.said.append((str(error), list(batch)))

    def bag(self) -> dict[Any, Any]:
        """Properties that nobody may see, at every depth."""
        own = self.canaries
        return {
            "plan": own.email(),
            "email": own.email(),
            own.email(): "in a key",
            "note": own.text(),
            "items": [own.phone(), {"sku": own.card(), "by": (own.name(),)}],
            "deep": {"er": {"still": own.secret()}},
            "a.b": own.identifier(),
            "$set": {"email": own.email()},
            "at": WHEN,
        }

    def context(self) -> dict[str, Any]:
        own = self.canaries
        return {
            "ip": own.ip(),
            "traits": {"email": own.email(), "name": own.name()},
            "device": {"id": own.identifier(), "advertisingId": own.identifier()},
            "groupId": own.identifier(),
            "groups": {"company": own.identifier(), own.email(): own.identifier()},
            "library": {"name": own.email()},
            "page": {"url": f"https://shop.example/?who={own.email()}"},
            "userAgent": f"agent of {own.email()}",
            "sessionId": own.identifier(),
            own.email(): own.email(),
        }

    def common(self) -> dict[str, Any]:
        """What all six calls take."""
        own = self.canaries
        return {
            "context": self.context(),
            "integrations": {"All": True, own.email(): {"key": own.secret()}},
            "timestamp": WHEN,
            "message_id": own.email(),
        }

    def person(self) -> dict[str, Any]:
        return {"user_id": self.canaries.email(), "anonymous_id": self.canaries.identifier()}

    def end(self) -> None:
        for client in self.clients:
            if not client.sync_mode:
                client.join()
            oauth = getattr(client, "oauth_manager", None)
            if oauth is not None and oauth.thread is not None:
                oauth.thread.cancel()


script = Script()


def six(scene: Scene, speaker: Any) -> None:
    """All calls that make a message, with everything that they take."""
    own = scene.canaries
    speaker.identify(**scene.person(), traits=scene.bag(), **scene.common())
    speaker.track(
        **scene.person(), event=f"Signed up {own.email()}", properties=scene.bag(), **scene.common()
    )
    speaker.track(own.email(), "Signed Up", {"plan": "pro", "by": own.email()})
    speaker.alias(previous_id=own.email(), user_id=own.email(), **scene.common())
    speaker.group(**scene.person(), group_id=own.name(), traits=scene.bag(), **scene.common())
    for call in (speaker.page, speaker.screen):
        call(
            **scene.person(),
            category=own.name(),
            name=f"Profile of {own.name()}",
            properties=scene.bag(),
            **scene.common(),
        )


@script.exercises(*(f"Client.{name}" for name in (
    "identify", "track", "alias", "group", "page", "screen", "flush", "join", "shutdown",
    "DefaultConfig",
)))  # fmt: skip
def a_client_with_a_thread(scene: Scene) -> None:
    client = scene.client(gzip=scene.module.Client.DefaultConfig.gzip)
    six(scene, client)
    client.flush()
    client.track(**scene.person(), event="Signed Up")
    client.shutdown()


@script.exercises()
def a_client_that_packs(scene: Scene) -> None:
    client = scene.client(gzip=True, thread=1, upload_interval=0.1)
    six(scene, client)
    client.flush()


@script.exercises()
def a_client_that_sends_at_once(scene: Scene) -> None:
    client = scene.client(sync_mode=True)
    six(scene, client)
    client.flush()


@script.exercises()
def a_client_that_sends_nothing(scene: Scene) -> None:
    client = scene.client(send=False)
    six(scene, client)


@script.exercises(
    "identify", "track", "alias", "group", "page", "screen", "flush", "join", "shutdown"
)
def the_module(scene: Scene) -> None:
    module = scene.module
    module.default_client = None
    module.write_key = "write-key"
    module.host = module.dataPlaneUrl = scene.url
    module.on_error = scene.on_error
    module.sync_mode = True
    for name, value in scene.options.items():
        setattr(module, name, value)
    six(scene, module)
    module.default_client = scene.client()
    module.track(**scene.person(), event="Signed Up")
    module.flush()
    module.join()
    module.shutdown()
    module.default_client = None


@script.exercises("request.post")
def a_batch_of_ones_own(scene: Scene) -> None:
    message = {
        "type": "track",
        "event": "Signed Up",
        "userId": scene.canaries.email(),
        "messageId": scene.canaries.email(),
        "properties": scene.bag(),
        "context": scene.context(),
        "timestamp": WHEN.isoformat(),
    }
    scene.module.request.post("write-key", scene.url, batch=[message], **scene.options)


@script.exercises(
    "Consumer.run", "Consumer.pause", "Consumer.upload", "Consumer.next", "Consumer.request",
    "Consumer.set_rate_limit_state", "Consumer.clear_rate_limit_state",
)  # fmt: skip
def a_consumer_of_ones_own(scene: Scene) -> None:
    own = scene.canaries
    messages: queue.Queue[Any] = queue.Queue()
    consumer = scene.module.consumer.Consumer(
        messages, "write-key", host=scene.url, upload_size=1, upload_interval=0.1, **scene.options
    )
    for name in ("set_rate_limit_state", "clear_rate_limit_state"):
        if hasattr(consumer, name):
            getattr(consumer, name)(*([0] if name.startswith("set") else []))

    def put() -> None:
        messages.put({"type": "track", "event": "Signed Up", "userId": own.email(),
                      "messageId": own.email(), "timestamp": WHEN.isoformat(), "context": {},
                      "integrations": {}, "properties": scene.bag()})  # fmt: skip

    put()
    consumer.upload()
    put()
    consumer.request(consumer.next())
    consumer.request([{"type": "screen", "userId": own.email(), "messageId": own.email()}])
    put()
    consumer.start()
    while not messages.empty():
        consumer.join(0.01)
    consumer.pause()
    consumer.join()


def public_calls(vendors: ModuleType) -> set[str]:
    """Every public call of the installed SDK that may send something."""
    threads = {name.partition(".")[2] for name in methods_of(Thread)}
    consumers = {
        name
        for name in methods_of(vendors.consumer.Consumer)
        if name.partition(".")[2] not in threads - {"run"}
    }
    functions = functions_of(vendors)
    posting = {f"request.{name}" for name in functions_of(vendors.request) & {"post"}}
    return functions | methods_of(vendors.Client) | consumers | posting
