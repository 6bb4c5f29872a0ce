"""The client: what it is, what it says, and what goes past its plugins."""

import copy
import logging
import traceback

import amplitude
import pytest
from amplitude.plugin import AmplitudeDestinationPlugin
from amplitude.worker import Workers

import safetrack.dropin.amplitude as dropin
from safetrack import PolicyError
from safetrack.vendors.shape import IdKind

EMAIL = "jane.canary@example.org"
EVENTS = ("EventOptions", "BaseEvent", "IdentifyEvent", "GroupIdentifyEvent", "RevenueEvent")
EVENT = {"event_type": "Signed Up", "user_id": EMAIL}


def event(**more):
    return dropin.BaseEvent(**{**EVENT, **more})


class Adding(dropin.EventPlugin):
    """Adds an address, then fails if it is told to."""

    def __init__(self, kind=dropin.PluginType.ENRICHMENT, *, fails=False):
        super().__init__(kind)
        self.fails = fails

    def execute(self, event):
        event.event_properties = {"plan": EMAIL, "email": EMAIL}
        event.city = EMAIL
        if self.fails:
            raise ValueError(EMAIL)
        return event


def test_every_public_name_of_the_sdk_can_be_imported_and_what_takes_values_is_ours():
    public = {name for name in vars(amplitude) if not name.startswith("_")}

    assert {name for name in public if not hasattr(dropin, name)} == {"http_client"}
    assert {
        name for name in dropin.__all__ if getattr(dropin, name) is not vars(amplitude)[name]
    } == {"Amplitude", "Identify", "Revenue", *EVENTS}
    assert issubclass(dropin.Amplitude, amplitude.Amplitude)
    assert public - {"http_client"} <= {*dir(dropin)}


def test_modules_of_the_sdk_give_our_classes_where_those_send_and_theirs_otherwise():
    assert dropin.client.Amplitude is dropin.Amplitude
    assert issubclass(dropin.worker.Workers, Workers)
    assert dropin.timeline.InvalidEventError is amplitude.timeline.InvalidEventError
    assert dropin.client.Config is amplitude.Config
    assert dropin.constants is amplitude.constants
    with pytest.raises(AttributeError, match="unsanitized"):
        _ = dropin.http_client
    with pytest.raises(AttributeError):
        _ = dropin.nothing


def test_what_leaves_is_what_the_policy_lets_out(make, sent):
    client = make()

    client.track(
        event(event_properties={"plan": "pro", "email": EMAIL}, ip="203.0.113.9", price=3.5)
    )

    (message,) = sent(client)
    assert message["event_properties"] == {"plan": "pro"}
    assert message["user_id"] == client.safetrack.identifier(IdKind.PERSON, EMAIL)
    assert message["price"] == 3.5
    assert message["library"].startswith("amplitude-python/")
    assert "ip" not in message
    assert client.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


def test_the_client_is_the_vendors_with_its_internals_in_place(make):
    client = make()

    (plugin,) = client._Amplitude__timeline.plugins[dropin.PluginType.DESTINATION]
    assert isinstance(client, amplitude.Amplitude)
    assert isinstance(plugin, AmplitudeDestinationPlugin)
    assert isinstance(plugin.workers, Workers)
    assert plugin.workers.configuration.api_key == "project-key"
    assert client.add(Adding()) is client
    assert client.track(event()) is None
    assert [future.result() for future in client.flush()] == [None]


def test_the_configuration_stays_the_callers_own(make):
    own = amplitude.Config()
    before = {**vars(own)}
    client = make(own)

    assert client.configuration is own
    own.opt_out = True
    client.track(event())
    assert client.flush() == [None]
    changed = {name for name, value in vars(own).items() if before[name] != value}
    assert changed == {"api_key", "_url", "opt_out"}


def test_without_a_policy_there_is_no_client(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFETRACK_POLICY", raising=False)

    with pytest.raises(PolicyError):
        dropin.Amplitude("key")


@pytest.mark.parametrize("kind", [dropin.PluginType.BEFORE, dropin.PluginType.ENRICHMENT])
@pytest.mark.parametrize("fails", [False, True])
def test_what_plugins_add_is_sanitized_even_when_they_fail_half_way(
    kind, fails, make, sent, caplog
):
    client = make()
    client.add(Adding(kind, fails=fails))
    (destination,) = client._Amplitude__timeline.plugins[dropin.PluginType.DESTINATION]
    destination.add(Adding(kind, fails=fails))

    client.track(event())

    (message,) = sent(client)
    assert EMAIL not in str(message)
    assert EMAIL not in caplog.text
    assert ("(ValueError)" in caplog.text) is fails


def test_further_destinations_of_the_sdks_own_send_what_may_leave_wherever_they_hang(make, sent):
    client = make()
    second, inner = AmplitudeDestinationPlugin(), AmplitudeDestinationPlugin()
    outer = dropin.DestinationPlugin()
    outer.flush = inner.flush
    inner.setup(client)
    client.add(second)
    client.add(outer)
    outer.add(inner)
    late = AmplitudeDestinationPlugin()
    late.setup(client)
    client._Amplitude__timeline.add(late)

    client.track(event(event_properties={"plan": "pro", "email": EMAIL}))

    messages = sent(client)
    assert len(messages) == 4
    assert {str(message["event_properties"]) for message in messages} == {"{'plan': 'pro'}"}
    for plugin in (second, inner, late):
        plugin.shutdown()


def test_a_destination_that_was_nested_before_is_taken_over_too(make, sent):
    client = make()
    inner, outer = AmplitudeDestinationPlugin(), dropin.DestinationPlugin()
    outer.add(inner)
    outer.flush = inner.flush
    inner.setup(client)

    client.add(outer)
    client.track(event(event_properties={"email": EMAIL}))

    assert all(EMAIL not in str(message) for message in sent(client))
    assert client.safetrack.stats()["passed"] == 2
    inner.shutdown()


def test_a_plain_client_beside_it_stays_as_it_is(make, capture, sent):
    make()
    plain = amplitude.Amplitude("key", amplitude.Config(server_url=f"{capture.url}/2/httpapi"))

    plain.track(amplitude.BaseEvent(**EVENT))

    assert sent(plain)[0]["user_id"] == EMAIL
    (plugin,) = plain._Amplitude__timeline.plugins[amplitude.PluginType.DESTINATION]
    assert type(plugin.workers) is Workers
    plain.shutdown()
    with plugin.storage.lock:
        plugin.storage.lock.notify_all()


def test_clients_with_different_policies_live_side_by_side(make, sent):
    strict = make(policy={"version": 1})
    open_ = make(policy={"version": 1, "properties": {"plan": "keep"}}, destination="other")

    for client in (strict, open_):
        client.track(event(event_properties={"plan": "pro"}))
        sent(client)

    first, second = sent(open_)
    assert "event_properties" not in first
    assert second["event_properties"] == {"plan": "pro"}
    assert first["user_id"] != second["user_id"]


def test_the_callers_objects_are_not_changed_beyond_what_the_vendor_does(make, sent):
    properties = {"plan": "pro", "nested": {"email": EMAIL}, "none": None}
    before = copy.deepcopy(properties)
    own = event(event_properties=properties)
    client = make()

    client.track(own)
    sent(client)

    assert properties == before
    assert own.event_properties is properties
    assert own.user_id == EMAIL
    assert own.insert_id
    assert own.time


def test_errors_in_the_caller_are_the_vendors_without_a_value(make):
    own = event()
    own.event_properties = {"email": Unwilling()}
    client = make()

    with pytest.raises(TypeError) as raised:
        client.track(own)

    assert "failed in" in str(raised.value)
    assert EMAIL not in str(raised.value)
    assert raised.value.__context__ is None
    frames = [frame for frame, _ in traceback.walk_tb(raised.tb)]
    assert EMAIL not in str([frame.f_locals for frame in frames[1:]])


class Unwilling:
    """Cannot be copied, and cannot be written as JSON."""

    def __deepcopy__(self, memo):
        raise ValueError(EMAIL)


def test_no_log_record_before_the_last_hop_holds_a_value(make, caplog):
    caplog.set_level(logging.DEBUG)
    client = make()

    client.track(dropin.BaseEvent("Signed Up", event_properties={"email": EMAIL}))  # nobody's
    own = event()
    own[EMAIL] = EMAIL
    own["ip"] = [EMAIL]
    client.identify(dropin.Identify(), dropin.EventOptions(user_id=EMAIL))

    assert len(caplog.records) == 4
    assert EMAIL not in caplog.text
    assert all(record.exc_info is None for record in caplog.records)


class Words:
    """A logger that is none of the standard library's."""

    def __init__(self):
        self.words = []

    def info(self, *words, **more):
        self.words.append((words, more))

    debug = warning = error = exception = info


def test_a_logger_of_the_applications_own_gets_no_value_either(make, sent):
    own = Words()
    client = make(amplitude.Config(logger=own))
    client.add(Adding(fails=True))

    client.track(event())
    client.track(dropin.BaseEvent("nobody's"))
    sent(client)

    assert {"(ValueError)" in str(one) for one in own.words} == {True, False}
    assert EMAIL not in str(own.words)
    assert client.configuration.logger is own


def test_a_logger_that_is_set_later_is_the_one_that_is_told(make):
    own = Words()
    client = make()

    workers_of(client).configuration.logger = own
    client.track(dropin.BaseEvent("nobody's"))

    assert client.configuration.logger is own
    assert len(own.words) == 1


def workers_of(client):
    (plugin, *_) = client._Amplitude__timeline.plugins[dropin.PluginType.DESTINATION]
    return plugin.workers


def test_a_destination_that_is_none_of_the_sdks_does_as_before(make, sent):
    seen = []

    class Warehouse(dropin.EventPlugin):
        def execute(self, event):
            seen.append(event.user_id)

        def flush(self):
            return None

        def shutdown(self):
            return None

    client = make()
    client.add(Warehouse(dropin.PluginType.DESTINATION))

    client.track(event())

    assert sent(client)[0]["user_id"] != EMAIL
    assert seen == [EMAIL]
    client._timeline.begin_anew()
    client.track(event())
    assert len(sent(client)) == 2


def test_a_destination_of_ours_in_a_plain_client_sanitizes_by_the_usual_policy(
    capture, sent, monkeypatch, tmp_path
):
    path = tmp_path / "safetrack.yaml"
    path.write_text("version: 1\n")
    monkeypatch.setenv("SAFETRACK_POLICY", str(path))
    plain = amplitude.Amplitude("key", amplitude.Config(server_url=f"{capture.url}/2/httpapi"))
    (vendors,) = plain._Amplitude__timeline.plugins[amplitude.PluginType.DESTINATION]
    plain.remove(vendors)

    own = dropin.plugin.AmplitudeDestinationPlugin()
    plain.add(own)
    plain.track(event())

    assert EMAIL not in str(sent(plain))
    assert own.workers.safetrack.stats()["passed"] == 1
    plain.shutdown()
    vendors.shutdown()


def test_a_plugin_that_moves_to_another_client_sends_by_its_policy(make, sent):
    first, second = make(), make(policy={"version": 1}, destination="other")
    (plugin,) = first._timeline.plugins[dropin.PluginType.DESTINATION]
    first.remove(plugin)

    second.add(plugin)
    second.track(event(event_properties={"plan": "pro"}))

    assert not any("event_properties" in message for message in sent(second))
    assert second.safetrack.stats()["passed"] == 2


def test_a_timeline_of_the_applications_own_may_be_ours(make, sent):
    outer, inner = dropin.DestinationPlugin(), AmplitudeDestinationPlugin()
    outer.timeline = dropin.timeline.Timeline()
    outer.flush = inner.flush
    client = make()
    inner.setup(client)
    outer.add(inner)

    client.add(outer)
    client.track(event())

    messages = sent(client)
    assert len(messages) == 2
    assert EMAIL not in str(messages)
    inner.shutdown()


class Forwarding(dropin.EventPlugin):
    """Sends to Amplitude by a plugin of the vendor's that it holds itself."""

    def __init__(self, when, kind=dropin.PluginType.DESTINATION, wrap=lambda inner: inner):
        super().__init__(kind)
        self.when, self.wrap, self.inner = when, wrap, None
        if when == "at once":
            self.make()

    def make(self):
        self.made = AmplitudeDestinationPlugin()
        self.inner = self.wrap(self.made)

    def setup(self, client):
        self.client = client
        if self.when == "at its setup":
            self.make()
        if self.inner is not None:
            self.made.setup(client)

    def execute(self, event):
        if self.inner is None:
            self.make()
            self.made.setup(self.client)
        self.made.execute(copy.deepcopy(event))
        return event

    def flush(self):
        return self.made.flush()

    def shutdown(self):
        self.made.shutdown()


@pytest.mark.parametrize("when", ["at once", "at its setup", "at its first event"])
def test_a_destination_that_a_plugin_holds_itself_sends_what_may_leave(when, make, sent):
    client = make()
    plugin = Forwarding(when)
    client.add(plugin)

    client.track(event(event_properties={"plan": "pro", "email": EMAIL}))

    messages = sent(client)
    assert len(messages) == 2
    assert {str(message["event_properties"]) for message in messages} == {"{'plan': 'pro'}"}
    assert client.safetrack.stats()["passed"] == 2


@pytest.mark.parametrize("kind", [dropin.PluginType.BEFORE, dropin.PluginType.ENRICHMENT])
@pytest.mark.parametrize(
    "wrap", [lambda inner: [inner], lambda inner: {"inner": (inner,), "own": inner}]
)
def test_wherever_a_plugin_holds_it(kind, wrap, make, sent):
    client = make()
    plugin = Forwarding("at its setup", kind, wrap)
    client.add(plugin)

    client.track(event())
    plugin.flush().result()

    messages = sent(client)
    assert len(messages) == 2
    assert EMAIL not in str(messages)
    plugin.shutdown()


def test_a_destination_that_a_plugin_holds_keeps_the_policy_that_it_has(make, sent):
    strict, open_ = make(policy={"version": 1}, destination="strict"), make()
    (inner,) = strict._timeline.plugins[dropin.PluginType.DESTINATION]
    plugin = Forwarding("at once")
    plugin.made = plugin.inner = inner
    inner.setup(strict)
    plugin.setup = lambda _client: None
    open_.add(plugin)

    open_.track(event(event_properties={"plan": "pro"}))

    assert inner.workers.safetrack is strict.safetrack
    assert sum("event_properties" in message for message in sent(open_)) == 1


def test_in_a_child_process_a_destination_that_a_plugin_holds_begins_anew_as_well(make, sent):
    client = make()
    plugin = Forwarding("at once")
    client.add(plugin)
    client.track(event())

    client._timeline.begin_anew()

    assert sent(client) == []
