"""Every public call of PostHog's SDK, with canaries in every argument."""

from __future__ import annotations

import datetime as dt
import uuid
import warnings
from dataclasses import dataclass, field
from typing import Any

import pytest

from dropin.script import Script
from safetrack.testing import Canaries
from safetrack.testing.posthog import FLAG

script = Script()
async_script = Script()

LISTED = "Signed Up"
"""The event that every policy of these tests lists."""
TEMPLATE = "0190f6d2-7c1e-7b3a-9f5e-1c2d3e4f5a6b"
"""Of an e-mail."""


def _fail(error: Exception) -> None:
    raise error


@dataclass
class Values:
    """One canary of each kind, planted once: two runs of a script send the same."""

    canaries: Canaries = field(default_factory=Canaries)

    def __post_init__(self) -> None:
        own = self.canaries
        self.email, self.other_email = own.email(), own.email()
        self.name, self.phone, self.ip = own.name(), own.phone(), own.ip()
        self.secret, self.card, self.text = own.secret(), own.card(), own.text()
        self.person, self.other, self.group = own.identifier(), own.identifier(), own.identifier()
        self.session, self.device = own.identifier(), own.identifier()
        self.uuid = own.plant("uuid", str(uuid.uuid4()))
        self.key = own.plant("key", f"key_{uuid.uuid4().hex}")

    def bag(self) -> dict[str, Any]:
        """Properties in which everything is personal, but for the plan."""
        return {
            "plan": "pro",
            "email": self.email,
            "name": self.name,
            "Phone": self.phone,
            self.key: self.text,
            self.other_email: 1,
            "$ip": self.ip,
            "$session_id": self.session,
            "$device_id": self.device,
            "$user_id": self.other,
            "$anon_distinct_id": self.other,
            "$set": {"email": self.email, self.key: self.name},
            "$set_once": {"name": self.name},
            "$unset": [self.key],
            "$group_0": self.group,
            "$lib": self.secret,
            "$lib_version": self.secret,
            "$is_server": self.secret,
            "token": self.secret,
            "api_key": self.secret,
            "distinct_id": self.other,
            "nested": {"card": self.card, "list": [self.text, {"phone": self.phone}]},
            "bytes": self.secret.encode(),
            "when": dt.datetime(2026, 11, 25, tzinfo=dt.UTC),
        }


@dataclass
class Scene:
    """What the steps act on: a client, or the module."""

    api: Any
    values: Values

    def has(self, name: str) -> bool:
        return hasattr(self.api, name)

    def flag_arguments(self) -> dict[str, Any]:
        v = self.values
        bag = {key: value for key, value in v.bag().items() if type(value) is not bytes}
        return {
            "groups": {"company": v.group, v.key: v.other},
            "person_properties": bag,
            "group_properties": {"company": bag, v.key: bag},
            "device_id": v.device,
        }

    def quietly(self) -> warnings.catch_warnings:
        """The SDK warns of calls that it will drop."""
        return warnings.catch_warnings(action="ignore", category=DeprecationWarning)


# Events


@script.exercises("capture")
def _capture(scene: Scene) -> None:
    v = scene.values
    groups = {"company": v.group, v.key: v.other}
    scene.api.capture(LISTED, distinct_id=v.person, properties=v.bag(), groups=groups)
    scene.api.capture(v.email, distinct_id=v.email, timestamp=v.phone, uuid=v.uuid)
    scene.api.capture(f"Called {v.phone}", properties={"plan": v.email})
    scene.api.capture(LISTED, distinct_id=v.phone, timestamp="2026-11-25T10:00:00Z", uuid=v.secret)


@script.exercises("capture", "get_feature_variants", "get_all_flags")
def _capture_with_flags(scene: Scene) -> None:
    v = scene.values
    own = {key: scene.flag_arguments()[key] for key in ("person_properties", "group_properties")}
    with scene.quietly():
        for options in (
            True,
            {"only_evaluate_locally": False, **own},
            {"only_evaluate_locally": True, **own},
            {"flag_keys_filter": [v.key], **own},
        ):
            scene.api.capture(
                LISTED,
                distinct_id=v.person,
                groups={"company": v.group},
                send_feature_flags=options,
            )


@script.exercises("capture_ai")
def _capture_ai(scene: Scene) -> None:
    v = scene.values
    said = {"$ai_input": [{"role": "user", "content": v.text}], "$ai_model": "gpt-5"}
    scene.api.capture_ai("$ai_generation", distinct_id=v.person, properties={**v.bag(), **said})


@script.exercises("set", "set_once")
def _set(scene: Scene) -> None:
    v = scene.values
    scene.api.set(distinct_id=v.person, properties=v.bag(), uuid=v.uuid)
    scene.api.set_once(distinct_id=v.person, properties=v.bag(), timestamp=v.phone)


@script.exercises("group_identify")
def _group_identify(scene: Scene) -> None:
    v = scene.values
    scene.api.group_identify("company", v.group, v.bag(), distinct_id=v.person)
    scene.api.group_identify(v.key, v.email, v.bag(), uuid=v.uuid)


@script.exercises("alias")
def _alias(scene: Scene) -> None:
    v = scene.values
    scene.api.alias(v.other, v.person)
    scene.api.alias(previous_id=v.email, distinct_id=v.phone, timestamp=v.phone, uuid=v.secret)


@script.exercises("capture_exception")
def _capture_exception(scene: Scene) -> None:
    v = scene.values
    local = v.email
    try:
        _fail(ValueError(v.text, local))
    except ValueError as error:
        error.add_note(v.secret)
        scene.api.capture_exception(error, distinct_id=v.person, properties=v.bag())


# Contexts


@script.exercises(
    "new_context",
    "tag",
    "get_tags",
    "identify_context",
    "set_context_session",
    "set_context_device_id",
)
def _contexts(scene: Scene) -> None:
    v = scene.values
    with scene.api.new_context(fresh=True, capture_exceptions=False):
        scene.api.identify_context(v.person)
        scene.api.set_context_session(v.session)
        scene.api.set_context_device_id(v.device)
        scene.api.tag("email", v.email)
        scene.api.tag(v.key, v.text)
        assert scene.api.get_tags()["email"] == v.email
        scene.api.capture(LISTED)
        scene.api.set(properties={"plan": "pro", "email": v.email})
        scene.api.group_identify("company", v.group)
        scene.api.evaluate_flags()
        scene.api.get_feature_flag_result(FLAG, v.person)


@script.exercises("scoped")
def _scoped(scene: Scene) -> None:
    @scene.api.scoped(fresh=True, capture_exceptions=True)
    def fails() -> None:
        scene.api.tag("email", scene.values.email)
        raise KeyError(scene.values.text)

    with pytest.raises(KeyError):
        fails()


@script.exercises("set_capture_exception_code_variables_context")
def _code_variables(scene: Scene) -> None:
    v = scene.values
    if not scene.has("set_capture_exception_code_variables_context"):
        return
    with scene.api.new_context(fresh=True):
        scene.api.set_capture_exception_code_variables_context(True)
        scene.api.set_code_variables_mask_patterns_context([])
        scene.api.set_code_variables_ignore_patterns_context([])
        for name in ("mask_url_credentials", "detect_secrets"):
            getattr(scene.api, f"set_code_variables_{name}_context", bool)(False)
        mail = v.email
        try:
            _fail(RuntimeError(mail))
        except RuntimeError as error:
            scene.api.capture_exception(error, distinct_id=v.person)


script.exercised |= {
    "set_code_variables_mask_patterns_context",
    "set_code_variables_ignore_patterns_context",
    "set_code_variables_mask_url_credentials_context",
    "set_code_variables_detect_secrets_context",
}


# Feature flags


@script.exercises(
    "feature_enabled",
    "get_feature_flag",
    "get_feature_flag_payload",
    "get_feature_flag_result",
)
def _one_flag(scene: Scene) -> None:
    v = scene.values
    with scene.quietly():
        for key in (FLAG, v.key, v.email):
            scene.api.get_feature_flag(key, v.person, **scene.flag_arguments())
            scene.api.get_feature_flag_result(key, v.email, **scene.flag_arguments())
            scene.api.get_feature_flag_payload(key, v.phone, match_value=v.secret)
            scene.api.feature_enabled(key, v.other, **scene.flag_arguments())


@script.exercises(
    "get_all_flags",
    "get_all_flags_and_payloads",
    "get_feature_variants",
    "get_feature_payloads",
    "get_feature_flags_and_payloads",
    "get_flags_decision",
)
def _all_flags(scene: Scene) -> None:
    arguments = scene.flag_arguments()
    for name in (
        "get_all_flags",
        "get_all_flags_and_payloads",
        "get_feature_variants",
        "get_feature_payloads",
        "get_feature_flags_and_payloads",
        "get_flags_decision",
    ):
        if scene.has(name):
            call = getattr(scene.api, name)
            call(scene.values.person, **arguments)
            call(scene.values.email, flag_keys_to_evaluate=[scene.values.key], **arguments)


@script.exercises("evaluate_flags")
def _evaluate_flags(scene: Scene) -> None:
    v = scene.values
    flags = scene.api.evaluate_flags(v.person, flag_keys=[FLAG, v.key], **scene.flag_arguments())
    flags.is_enabled(FLAG)
    flags.get_flag(v.key)
    scene.api.capture(LISTED, distinct_id=v.person, flags=flags)


@script.exercises(
    "load_feature_flags",
    "feature_flag_definitions",
    "feature_flags",
    "get_feature_flag_evaluation_runtime",
    "get_feature_flag_keys_by_evaluation_runtime",
    "get_remote_config_payload",
)
def _definitions(scene: Scene) -> None:
    scene.api.load_feature_flags()
    assert [flag["key"] for flag in scene.api.feature_flag_definitions()] == [FLAG]
    assert scene.has("setup") or scene.api.feature_flags
    for name, argument in (("", FLAG), ("_keys_by", "all")):
        call = f"get_feature_flag{name}_evaluation_runtime"
        if scene.has(call):
            getattr(scene.api, call)(argument)
    scene.api.get_remote_config_payload(FLAG)
    scene.api.get_remote_config_payload(scene.values.key)
    _one_flag(scene)
    _evaluate_flags(scene)


# Traces and metrics


@script.exercises("start_span", "get_active_span")
def _spans(scene: Scene) -> None:
    v = scene.values
    if not scene.has("start_span"):
        return
    with scene.api.new_context(fresh=True):
        scene.api.identify_context(v.person)
        scene.api.set_context_session(v.session)
        parent = f"00-{v.uuid.replace('-', '')}-{v.uuid[:8] * 2}-01"
        for name in (LISTED, v.email):
            with scene.api.start_span(
                name, attributes=v.bag(), parent=parent, tracestate=f"a={v.key}"
            ) as span:
                assert scene.api.get_active_span() is span
                span.set_attribute(v.key, v.text)
                span.add_event(LISTED, v.bag())
                span.add_event(v.email, v.bag())
                span.record_exception(ValueError(v.text))
                span.set_status("error", v.email)


@script.exercises("metrics")
def _metrics(scene: Scene) -> None:
    v = scene.values
    metrics = (scene.api.setup() if scene.has("setup") else scene.api).metrics
    for name in (LISTED, v.email):
        metrics.count(name, 3, attributes=v.bag(), unit=v.key)
        metrics.gauge(f"{name} now", 12, attributes=v.bag())
        metrics.gauge(f"{name} then", int("".join(filter(str.isdigit, v.phone))))
        metrics.histogram(f"{name} took", 12.5, attributes={v.key: v.text, "plan": "pro"})
    metrics.flush()
    metrics.count(LISTED)
    metrics.reset()


# What sends mail is no channel


@script.exercises("emails")
def _emails(scene: Scene) -> None:
    client = scene.api.setup() if scene.has("setup") else scene.api
    if not hasattr(client, "emails"):
        return
    to, data = scene.values.email, {"name": scene.values.name}
    with pytest.raises(Exception, match="PostHog"):
        client.emails.send(to=to, template_id=TEMPLATE, template_data=data)


# Lifecycle, and what is only looked at


@script.exercises("queue", "consumers", "setup", "flush")
def _look(scene: Scene) -> None:
    client = scene.api.setup() if scene.has("setup") else scene.api
    assert client.queue is client._analytics_lane.queue
    assert client.consumers
    scene.api.flush()


@script.exercises("set_socket_options", "enable_keep_alive", "disable_connection_reuse")
def _connections(scene: Scene) -> None:
    """Settings of the process, which are the vendor's own; they send nothing."""


@script.exercises("join", "shutdown")
def _shutdown(scene: Scene) -> None:
    scene.api.shutdown()
    scene.api.join()
    scene.api.capture(LISTED, distinct_id=scene.values.person, properties=scene.values.bag())


# asyncio


@async_script.exercises("AsyncClient.capture", "AsyncClient.capture_immediate")
async def _async_capture(scene: Scene) -> None:
    v = scene.values
    groups = {"company": v.group, v.key: v.other}
    for name in (LISTED, v.email):
        scene.api.capture(name, distinct_id=v.person, properties=v.bag(), groups=groups)
        await scene.api.flush()
        await scene.api.capture_immediate(name, distinct_id=v.person, properties=v.bag())


@async_script.exercises(
    "AsyncClient.set", "AsyncClient.set_once", "AsyncClient.group_identify", "AsyncClient.alias"
)
async def _async_people(scene: Scene) -> None:
    v = scene.values
    scene.api.set(distinct_id=v.person, properties=v.bag(), uuid=v.uuid)
    scene.api.set_once(distinct_id=v.email, properties=v.bag(), timestamp=v.phone)
    scene.api.group_identify("company", v.group, v.bag(), distinct_id=v.person)
    scene.api.group_identify(v.key, v.email, v.bag())
    scene.api.alias(v.other, v.person)


@async_script.exercises("AsyncClient.capture_exception")
async def _async_exception(scene: Scene) -> None:
    try:
        _fail(ValueError(scene.values.text))
    except ValueError as error:
        scene.api.capture_exception(error, distinct_id=scene.values.person)


@async_script.exercises("AsyncClient.evaluate_flags", "AsyncClient.get_remote_config_payload")
async def _async_flags(scene: Scene) -> None:
    v = scene.values
    flags = await scene.api.evaluate_flags(
        v.person, flag_keys=[FLAG, v.key], **scene.flag_arguments()
    )
    flags.is_enabled(FLAG)
    scene.api.capture(LISTED, distinct_id=v.person, flags=flags)
    await scene.api.get_remote_config_payload(v.key)
    await scene.api.get_remote_config_payload(FLAG)


@async_script.exercises("AsyncClient.emails")
async def _async_emails(scene: Scene) -> None:
    if not scene.has("emails"):
        return
    with pytest.raises(Exception, match="PostHog"):
        await scene.api.emails.send(to=scene.values.email, template_id=TEMPLATE)


@async_script.exercises("AsyncClient.flush", "AsyncClient.shutdown", "AsyncClient.join")
async def _async_shutdown(scene: Scene) -> None:
    await scene.api.flush()
    await scene.api.shutdown()
    await scene.api.join()
