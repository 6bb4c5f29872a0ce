"""PostHog's own SDK and the drop-in, through every public call of the SDK."""

import asyncio
import inspect
import itertools
import logging
import uuid

import posthog
import pytest

import safetrack.dropin.posthog as dropin
from dropin.posthog_script import LISTED, Scene, Values, async_script, script
from dropin.script import functions_of, methods_of, on_the_wire, stopped_clock
from safetrack import Policy, configure, default
from safetrack.dropin.versions import SUPPORTED
from safetrack.testing import assert_no_canary, assert_no_pii, capturing

STRICT = {"extends": ["safetrack:strict"], "events": {LISTED: {}}}
ANALYTICS = {"extends": ["safetrack:product-analytics", "safetrack:llm"]}
OBSERVE = {**STRICT, "mode": "observe", "until": "2999-01-01"}
POLICIES = {"strict": STRICT, "product-analytics": ANALYTICS}
UNSENT = {"strict": {"/i/v0/ai/batch/", "/i/v1/metrics"}, "product-analytics": set()}
"""Under ``strict`` nobody has listed that event, and no metric's value."""

PATHS = {
    "/batch/",
    "/i/v0/ai/batch/",
    "/flags/",
    "/flags/definitions",
    "/api/projects/@current/feature_flags/checkout/remote_config",
    "/i/v1/traces",
    "/i/v1/metrics",
}
OPTIONS = {
    "flush_interval": 60,
    "secret_key": "phs_project_secret",
    "traces": {"service_name": "shop", "flush_interval": 3600},
    "metrics": {"service_name": "shop", "flush_interval": 3600},
    "poll_interval": 3600,
    "capture_exception_code_variables": True,
    "email_request_max_retries": 0,
    "app_host": "http://127.0.0.1:9",
}
IS_NEWEST = posthog.__version__ == SUPPORTED["posthog"].newest
if not IS_NEWEST:  # tests of the oldest version: what came later is not there
    known = inspect.signature(posthog.Client.__init__).parameters
    OPTIONS = {name: value for name, value in OPTIONS.items() if name in known}
    PATHS -= set() if "traces" in known else {"/i/v1/traces"}
has_asyncio = pytest.mark.skipif(not hasattr(posthog, "AsyncClient"), reason="an older SDK")


@pytest.fixture(scope="module")
def values():
    return Values()


def policy(sections):
    return Policy.from_dict({"version": 1, **sections})


def public_calls():
    methods = {name.removeprefix("Client.") for name in methods_of(posthog.Client)}
    functions = {name for name in functions_of(posthog) if not name.startswith("inner_")}
    return methods | functions


def test_the_script_makes_every_public_call_of_the_sdk():
    missing, gone = script.unknown_to(public_calls())
    assert missing == []
    assert gone == [] or not IS_NEWEST
    if hasattr(posthog, "AsyncClient"):
        assert async_script.unknown_to(methods_of(posthog.AsyncClient))[0] == []


def run(client, capture, values):
    """The whole script, each step's events sent before the next step."""
    scene = Scene(client, values)
    for step in script.steps:
        step(scene)
        client.flush()
    return capture


@pytest.mark.parametrize("name", POLICIES)
def test_no_canary_leaves_through_a_client(name, values, caplog):
    caplog.set_level(logging.DEBUG)
    with capturing() as capture:
        client = dropin.Posthog(
            "phc_project",
            host=capture.url,
            policy=policy(POLICIES[name]),
            super_properties=values.bag(),
            **OPTIONS,
        )
        logging.getLogger("posthog").setLevel(logging.DEBUG)
        run(client, capture, values)

    assert {request.path for request in capture.requests} == PATHS - UNSENT[name]
    assert_no_canary([capture, caplog.text], values.canaries)
    assert_no_pii(capture)


@pytest.fixture
def module():
    """The module-level API, as an application finds it; afterwards without its client."""
    before = dict(vars(dropin))
    yield dropin
    vars(dropin).update(before)
    configure_nothing()


def configure_nothing():
    default._policy = default._client = None


@pytest.mark.parametrize("name", POLICIES)
def test_no_canary_leaves_through_the_module(name, values, caplog, module):
    caplog.set_level(logging.DEBUG)
    configure(policy(POLICIES[name]))
    with capturing() as capture:
        module.api_key, module.host = "phc_project", capture.url
        module.super_properties = values.bag()
        for option in ("secret_key", "traces", "metrics", "poll_interval"):
            setattr(module, option, OPTIONS.get(option))
        module.setup()
        run(module, capture, values)

    assert {"/batch/", "/flags/"} <= {request.path for request in capture.requests}
    assert_no_canary([capture, caplog.text], values.canaries)
    assert posthog.default_client is None
    assert posthog.api_key is None


async def run_async(client, values):
    scene = Scene(client, values)
    for step in async_script.steps:
        await step(scene)
        await client.flush()


@has_asyncio
@pytest.mark.parametrize("name", POLICIES)
def test_no_canary_leaves_through_the_client_for_asyncio(name, values, caplog):
    caplog.set_level(logging.DEBUG)

    async def main(host):
        client = dropin.AsyncPosthog("phc_project", host=host, policy=policy(POLICIES[name]))
        await run_async(client, values)

    with capturing() as capture:
        asyncio.run(main(capture.url))

    assert {request.path for request in capture.requests} == {"/batch/", "/flags/"}
    assert_no_canary([capture, caplog.text], values.canaries)
    assert_no_pii(capture)


@pytest.fixture
def counted(monkeypatch):
    """Random ids of the SDK become counted ones; called again, they start again."""

    def start():
        numbers = itertools.count(1)

        def counted_uuid():
            return uuid.UUID(int=next(numbers), version=4)

        for module in ("client", "capture_v1", "async_client"):
            if hasattr(posthog, module):
                monkeypatch.setattr(f"posthog.{module}.uuid4", counted_uuid)
        monkeypatch.setattr("secrets.token_hex", lambda size: next(numbers).to_bytes(size).hex())

        monkeypatch.setattr("time.monotonic_ns", lambda: 0)  # of the durations of spans

    return start


def wire_of(sdk, values, counted, **options):
    counted()
    with capturing() as capture, stopped_clock():
        own = {"super_properties": values.bag(), **OPTIONS, **options}
        client = sdk.Posthog("phc_project", host=capture.url, **own)
        run(client, capture, values)
    return on_the_wire(capture)


def test_while_observing_every_byte_is_the_plain_sdks(values, counted):
    plain = wire_of(posthog, values, counted)
    observed = wire_of(dropin, values, counted, policy=policy(OBSERVE))

    assert observed == plain
    assert {target.split("?")[0] for _, target, _, _ in plain} > PATHS


async def _observe(sdk, capture, values, **options):
    client = sdk.AsyncPosthog("phc_project", host=capture.url, secret_key="s", **options)
    await run_async(client, values)


@has_asyncio
def test_while_observing_the_client_for_asyncio_sends_every_byte_as_the_plain_one(values, counted):
    wires = []
    for sdk, options in ((posthog, {}), (dropin, {"policy": policy(OBSERVE)})):
        counted()
        with capturing() as capture, stopped_clock():
            asyncio.run(_observe(sdk, capture, values, **options))
        wires.append(on_the_wire(capture))

    assert wires[0] == wires[1]
    assert {"/batch/", "/flags/"} < {target.split("?")[0] for _, target, _, _ in wires[0]}
