"""The module-level API of PostHog's SDK, in a module of ours."""

import asyncio
import inspect
import types

import posthog
import pytest

import safetrack.dropin.posthog as dropin
from safetrack import default


@pytest.fixture
def module(monkeypatch, policy, capture):
    before = dict(vars(dropin))
    monkeypatch.setattr(default, "_policy", policy)
    dropin.api_key, dropin.host = "phc_module", capture.url
    yield dropin
    dropin.shutdown()
    vars(dropin).update(before)


def test_every_public_name_of_the_sdk_is_there():
    names = {name for name in vars(posthog) if not name.startswith("_")}

    assert [name for name in names if not hasattr(dropin, name)] == []
    assert set(dropin.__all__) <= names  # submodules that were imported later are found as well
    assert {"Posthog", "capture", "identify_context", "api_key"} <= set(dropin.__all__)
    assert dropin.FeatureFlag is posthog.FeatureFlag
    assert dropin.VERSION == posthog.__version__ == dropin.__version__


def test_what_the_sdk_gets_only_later_is_found_as_well(monkeypatch):
    monkeypatch.setattr(posthog, "made_later", 1, raising=False)

    assert dropin.made_later == 1
    with pytest.raises(AttributeError):
        _ = dropin.is_nowhere


def test_no_function_or_client_is_the_vendors_own():
    ours = {
        name: value
        for name, value in vars(dropin).items()
        if isinstance(value, types.FunctionType) and getattr(posthog, name, None) is value
    }
    assert {value.__module__ for value in ours.values()} <= {"posthog.contexts", "posthog.request"}
    for name in ("Client", "Posthog", "AsyncClient", "AsyncPosthog"):
        if hasattr(posthog, name):
            assert getattr(dropin, name) is not getattr(posthog, name)
            assert issubclass(getattr(dropin, name), getattr(posthog, name))


def test_internals_are_reachable_and_the_clients_there_are_ours():
    assert dropin.client.batch_post is posthog.client.batch_post
    assert dropin.client.Client is dropin.Client
    assert dropin.request.post is posthog.request.post
    if hasattr(posthog, "AsyncClient"):
        assert dropin.async_client._AsyncConsumer is posthog.async_client._AsyncConsumer


def test_functions_keep_their_signatures():
    for name, function in inspect.getmembers(posthog, inspect.isfunction):
        if function.__module__ == "posthog":
            ours = getattr(dropin, name)
            assert list(inspect.signature(ours).parameters) == list(
                inspect.signature(function).parameters
            )


def test_its_settings_and_its_client_are_its_own(module, capture):
    module.capture(
        "Signed Up", distinct_id="u-1", properties={"plan": "pro", "email": "a@b.example"}
    )
    module.flush()

    (event,) = capture.messages()
    assert event["properties"]["plan"] == "pro"
    assert capture.last.json()["api_key"] == "phc_module"
    assert type(module.default_client) is dropin.Client
    assert posthog.default_client is None
    assert posthog.api_key is None


def test_a_client_that_is_put_there_is_used(module, policy, capture):
    module.default_client = dropin.Client("phc_mine", host=capture.url, policy=policy)

    module.capture("Signed Up", distinct_id="u-1")
    module.flush()

    assert capture.last.json()["api_key"] == "phc_mine"


def test_a_hook_that_is_set_late_is_used(module, capture):
    module.setup()
    module.before_send = lambda event: None

    assert module.capture("Signed Up", distinct_id="u-1") is None


def fails():
    with dropin.new_context(fresh=True, capture_exceptions=True):
        raise ValueError("jane@example.org")


def test_errors_of_a_context_go_to_the_modules_own_client(module, capture):
    with pytest.raises(ValueError, match="jane"):
        fails()
    module.flush()

    assert [event["event"] for event in capture.messages()] == ["$exception"]
    assert b"jane" not in capture.last.body
    assert posthog.default_client is None


def test_errors_of_a_context_can_go_to_another_client(module, policy, capture):
    client = dropin.Client("phc_other", host=capture.url, policy=policy)
    with pytest.raises(KeyError), module.new_context(capture_exceptions=True, client=client):
        raise KeyError
    client.shutdown()

    assert capture.last.json()["api_key"] == "phc_other"
    assert module.default_client is None


def test_a_context_makes_no_client(module):
    with module.new_context():
        module.tag("plan", "pro")
        assert module.get_tags() == {"plan": "pro"}

    assert module.default_client is None


def test_a_context_captures_errors_where_the_settings_say_so(module):
    from posthog.contexts import _default_capture_exceptions

    stands_in = dropin.new_context.__wrapped__.__closure__
    (given,) = [c.cell_contents for c in stands_in if hasattr(c.cell_contents, "_home")]
    assert _default_capture_exceptions(given) is False
    module.enable_exception_autocapture = True
    assert _default_capture_exceptions(given) is True
    module.default_client = module.setup()
    module.default_client.enable_exception_autocapture = False
    assert _default_capture_exceptions(given) is False
    assert given.api_key == "phc_module"


def test_a_scoped_function_runs_in_a_context_of_its_own(module):
    @module.scoped()
    def tagged():
        module.tag("a", 1)
        return dict(module.get_tags())

    @module.scoped(fresh=True)
    async def tagged_later():
        await asyncio.sleep(0)
        module.tag("b", 2)
        return dict(module.get_tags())

    assert tagged() == {"a": 1}
    assert asyncio.run(tagged_later()) == {"b": 2}
    assert module.get_tags() == {}
