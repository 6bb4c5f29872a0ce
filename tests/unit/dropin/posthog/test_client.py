"""PostHog's client: what leaves, what comes back, and what the application keeps."""

import copy
import datetime as dt
import inspect
import logging
import traceback
from collections import OrderedDict, defaultdict

import posthog
import pytest
from posthog.feature_flag_evaluations import FeatureFlagEvaluations

import safetrack.dropin.posthog as dropin
from safetrack import Policy, PolicyError
from safetrack.dropin import guard
from safetrack.dropin.posthog import lanes
from safetrack.testing import Answer
from safetrack.testing.posthog import FLAG
from safetrack.vendors.shape import IdKind

EMAIL = "jane.doe@example.org"
BAG = {"plan": "pro", "email": EMAIL}
V1 = {"capture_mode": "v1"}


def sent(client, capture):
    client.flush()
    return capture.messages()


def test_it_is_the_vendors_client_with_two_more_keywords(make):
    client = make()

    assert isinstance(client, posthog.Posthog)
    assert isinstance(client, posthog.Client)
    assert isinstance(client, dropin.Client)
    keywords = {
        name
        for name, one in inspect.signature(dropin.Client.__init__).parameters.items()
        if one.kind is one.KEYWORD_ONLY
    }
    assert keywords == {"policy", "destination"}


def test_arguments_by_position_are_the_vendors(policy):
    client = dropin.Client("key", "http://h", False, 7, False, policy=policy)

    assert (client.raw_host, client.queue.maxsize, client.send) == ("http://h", 7, False)


def test_an_argument_that_the_vendor_has_not_is_refused(policy):
    with pytest.raises(TypeError, match="colour"):
        dropin.Client("key", colour="blue", policy=policy)


def test_without_a_policy_there_is_no_client(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PolicyError):
        dropin.Posthog("key")


@pytest.mark.parametrize(
    "options", [{}, {"gzip": True}, {"sync_mode": True}, {"capture_mode": "v1"}, {"thread": 3}]
)
def test_an_event_leaves_as_the_policy_lets_it(options, make, capture):
    client = make(**options)

    made = client.capture("Signed Up", distinct_id=EMAIL, properties=BAG, groups={"company": "o"})

    (event,) = sent(client, capture)
    assert isinstance(made, str)
    assert event["event"] == "Signed Up"
    assert event["distinct_id"] == client.safetrack.identifier(IdKind.PERSON, EMAIL)
    own = event["properties"]
    assert own["plan"] == "pro"
    assert own["$groups"] == {"company": client.safetrack.identifier(IdKind.GROUP, "o")}
    assert own.keys() - {"$lib", "$lib_version"} == {
        "plan",
        "$groups",
        "$geoip_disable",
        "$ip",
        "$is_server",
    }
    assert (own["$geoip_disable"], own["$ip"]) == (True, "0.0.0.0")  # noqa: S104


def test_what_an_sdk_says_of_itself_is_never_the_applications(make, capture):
    said = {"$lib": EMAIL, "$is_server": EMAIL}
    client = make(is_server=False, disable_geoip=False, super_properties=said)

    client.capture("Signed Up", distinct_id="u")

    (event,) = sent(client, capture)
    assert event["properties"]["$lib"] == "posthog-python"
    assert "$is_server" not in event["properties"]
    assert event["properties"]["$geoip_disable"] is True


@pytest.mark.skipif(not hasattr(posthog.Client, "_set_library_identity"), reason="an older SDK")
def test_a_part_of_the_sdk_may_give_it_another_name(make, capture):
    client = make()
    client._set_library_identity("posthog-python-mcp", "1.2")

    client.capture("Signed Up", distinct_id="u")

    (event,) = sent(client, capture)
    assert event["properties"]["$lib"] == "posthog-python-mcp"


def test_ids_are_the_same_in_every_kind_of_message(make, capture):
    client = make()
    client.capture("Signed Up", distinct_id="u-1", groups={"company": "o-1"})
    client.set(distinct_id="u-1", properties=BAG)
    client.set_once(distinct_id="u-1", properties=BAG)
    client.alias("u-0", "u-1")
    client.group_identify("company", "o-1", BAG, distinct_id="u-1")
    client.get_feature_flag_result("checkout", "u-1", groups={"company": "o-1"})

    event, person, once, alias, group, called = sent(client, capture)[1:]
    flags = capture.requests[0].messages[0]
    who, what = (client.safetrack.identifier(*of) for of in ((IdKind.PERSON, "u-1"), GROUP))
    assert {one["distinct_id"] for one in (event, person, once, group, called, flags)} == {who}
    assert alias["properties"]["alias"] == who
    assert alias["distinct_id"] == client.safetrack.identifier(IdKind.PERSON, "u-0")
    assert event["properties"]["$groups"] == flags["groups"] == {"company": what}
    assert group["properties"]["$group_key"] == what
    assert (person["$set"], once["$set_once"]) == ({"plan": "pro"}, {"plan": "pro"})


GROUP = (IdKind.GROUP, "o-1")


def test_where_the_policy_lets_out_nobody_an_event_is_nobodys(make, capture):
    nobody = Policy.from_dict({"version": 1, "identity": {"person": "drop"}})
    client = make(policy=nobody)

    client.capture("Signed Up", distinct_id="u-1")

    (event,) = sent(client, capture)
    assert event["distinct_id"] == event["uuid"]
    assert event["properties"]["$process_person_profile"] is False


def test_the_applications_hook_runs_ahead_of_the_policy(make, capture):
    def hook(event):
        return {**event, "properties": {**event["properties"], "plan": "free", "email": EMAIL}}

    for options in ({}, {"sync_mode": True}):
        client = make(before_send=hook, **options)
        client.capture("Signed Up", distinct_id="u", properties=BAG)
        client.flush()

    assert [event["properties"]["plan"] for event in capture.messages()] == ["free", "free"]
    assert EMAIL.encode() not in b"".join(request.body for request in capture.requests)


@pytest.mark.parametrize("hook", [lambda event: None, lambda event: 1 / 0, lambda event: [event]])
@pytest.mark.parametrize("sync_mode", [False, True])
def test_what_the_hook_drops_or_breaks_is_not_sent(hook, sync_mode, make, capture):
    client = make(before_send=hook, sync_mode=sync_mode)

    assert client.capture("Signed Up", distinct_id="u") is None

    assert sent(client, capture) == []


@pytest.mark.parametrize("options", [{}, {"capture_mode": "v1"}, {"sync_mode": True}])
def test_a_hook_that_leaves_next_to_nothing_costs_its_event_alone(options, make, capture):
    client = make(before_send=lambda event: {} if event["event"] == "Bad" else event, **options)

    for name in ("Bad", "Good", "Bad", "Good"):
        client.capture(name, distinct_id="u", properties=BAG)
        client.flush()

    assert "Good" in str(capture.messages())
    assert EMAIL not in str(capture.messages())


@pytest.mark.parametrize("made", [OrderedDict, lambda event: defaultdict(list, event)])
@pytest.mark.parametrize("options", [{}, {"sync_mode": True}])
def test_any_kind_of_mapping_that_a_hook_makes_is_sent_and_counted(made, options, make, capture):
    client = make(before_send=made, **options)

    client.capture("Signed Up", distinct_id="u", properties=BAG)

    (event,) = sent(client, capture)
    assert event["properties"]["plan"] == "pro"
    assert "email" not in event["properties"]
    assert client.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


@pytest.mark.parametrize("name", ["_enqueue", "_submit_event", "_send_sync"])
@pytest.mark.parametrize("options", [{}, {"sync_mode": True}, {"sync_mode": True, **V1}])
def test_what_a_subclass_adds_late_is_sanitized(name, options, capture, policy):
    if not hasattr(posthog.Client, name):
        pytest.skip("an older SDK")

    def late(self, msg, *args, **more):
        msg["distinct_id"] = EMAIL
        msg["properties"]["email"] = EMAIL
        return getattr(dropin.Posthog, name)(self, msg, *args, **more)

    client = type("Late", (dropin.Posthog,), {name: late})(
        "phc_project", host=capture.url, policy=policy, **options
    )
    client.capture("Signed Up", distinct_id="u", properties=BAG)
    client.shutdown()

    (event,) = capture.messages()
    assert event["properties"]["plan"] == "pro"
    assert EMAIL not in str(capture.messages())
    assert client.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


def test_sent_at_once_an_endpoint_that_is_none_for_events_gets_none(make, capture):
    client = make(sync_mode=True)
    if not hasattr(posthog.Client, "_send_sync"):
        pytest.skip("an older SDK")
    client._analytics_lane.endpoint = "/capture/elsewhere"

    client.capture("Signed Up", distinct_id="u")

    assert capture.requests == []
    assert client.safetrack.stats()["dropped"] == {"unknown_channel": 1}


RAW = {
    "event": "Signed Up",
    "distinct_id": EMAIL,
    "properties": BAG,
    "timestamp": "2026-01-01T00:00:00Z",
    "uuid": "0190a0a0-0000-7000-8000-000000000000",
}


@pytest.mark.parametrize("options", [{}, V1])
def test_what_a_sender_is_handed_directly_is_sanitized(options, make, capture):
    client = make(**options)
    (consumer,) = client.consumers
    batch = [copy.deepcopy(RAW)]

    consumer.request(batch)
    consumer._send(batch, "/batch/")
    consumer.request([])
    client.consumers[0].request(({**RAW, "event": "Later"},))

    events = [event for request in capture.requests for event in request.messages]
    assert [event["event"] for event in events] == ["Signed Up", "Signed Up", "Later"]
    assert batch == [RAW]
    assert EMAIL not in str(events)


@pytest.mark.parametrize("options", [{}, V1])
def test_what_a_sender_is_handed_for_an_unknown_endpoint_is_not_sent(options, make, capture):
    client = make(**options)

    client.consumers[0]._send([RAW], "/capture/elsewhere")

    assert capture.requests == []
    assert client.safetrack.stats()["dropped"] == {"unknown_channel": 1}


def test_what_a_sender_cannot_send_is_in_no_frame_of_its_error(make, capture):
    (consumer,) = make().consumers
    for send in (consumer.request, lambda batch: consumer._send(batch, "/batch/")):
        capture.answers.append(Answer(400, b"{}"))
        with pytest.raises(posthog.request.APIError) as raised:
            send([copy.deepcopy(RAW)])

        inside = [
            frame
            for frame, _ in traceback.walk_tb(raised.value.__traceback__)
            if "test_client" not in frame.f_code.co_filename
        ]
        assert inside
        assert EMAIL not in repr([frame.f_locals for frame in inside])


@pytest.mark.parametrize("options", [{}, V1])
def test_a_batch_that_a_callback_changes_and_sends_again_is_sanitized(options, make, capture):
    capture.answers.append(Answer(400, b"{}"))

    def again(_error, batch):
        batch[0]["distinct_id"] = EMAIL
        client.consumers[0].request(batch)

    client = make(on_error=again, **options)
    client.capture("Signed Up", distinct_id="u", properties=BAG)
    client.flush()

    assert len(capture.requests) == 2
    assert EMAIL not in str([request.messages for request in capture.requests])


def test_a_batch_that_somebody_else_takes_and_changes_is_sanitized(make, capture):
    client = make(thread=0)
    lane = client._lanes[0]
    consumer = lanes.SafeConsumer(lane.queue, "phc_project", host=capture.url, flush_interval=0.1)
    consumer.outgoing = client._outgoing
    lane.queue.put(copy.deepcopy(RAW))

    batch = consumer.next()
    batch[0]["distinct_id"] = EMAIL
    consumer.request(batch)

    (event,) = capture.messages()
    assert event["distinct_id"] != EMAIL


def test_a_snapshot_says_nothing_of_what_it_was_asked(make):
    flags = make().evaluate_flags("u-1")

    for asked in (flags, flags.only([FLAG]), flags.only_accessed()):
        for call in (asked.get_flag, asked.is_enabled, asked.get_flag_payload, asked.only):
            with pytest.raises(TypeError, match="vendor's text is left out") as raised:
                call([[EMAIL]])

            frames = [frame for frame, _ in traceback.walk_tb(raised.value.__traceback__)]
            assert EMAIL not in repr([frame.f_locals for frame in frames[1:]])
    assert isinstance(flags, FeatureFlagEvaluations)
    assert flags.get_flag(FLAG) is not None


def test_the_applications_own_objects_stay_as_they_are(make):
    client = make()
    bag = {**BAG, "nested": {"list": [1, {"email": EMAIL}]}}
    groups, before = {"company": "o"}, copy.deepcopy(bag)
    with client.new_context(fresh=True):
        client.tag("email", EMAIL)
        client.capture("Signed Up", distinct_id="u", properties=bag, groups=groups)
        client.set(distinct_id="u", properties=bag)
        client.set_once(distinct_id="u", properties=bag)
        client.group_identify("company", "o", bag)
        client.get_feature_flag_result(
            "checkout", "u", groups=groups, person_properties=bag, group_properties={"company": bag}
        )
        client.flush()

    assert bag == before
    assert groups == {"company": "o"}


def test_a_callback_gets_what_was_sanitized(make, capture):
    capture.answers.append(Answer(400, b'{"detail": "no"}'))
    failed = []
    client = make(on_error=lambda error, batch: failed.append((str(error), batch)))

    client.capture("Signed Up", distinct_id=EMAIL, properties=BAG)
    client.flush()

    ((error, batch),) = failed
    assert batch[0]["properties"]["plan"] == "pro"
    assert EMAIL not in f"{error}{batch}"


def test_events_that_may_not_leave_are_done_with_and_counted(make, capture):
    client = make(policy=Policy.from_dict({"version": 1, "unlisted_events": "drop"}))
    for _ in range(3):
        client.capture("Debug", distinct_id="u")
    client.set(distinct_id="u", properties=BAG)

    (person,) = sent(client, capture)

    assert person["event"] == "$set"
    assert client.queue.unfinished_tasks == 0
    assert client.safetrack.stats() == {
        "tracked": 4,
        "passed": 1,
        "dropped": {"event_dropped": 3},
    }


def test_an_endpoint_that_is_none_for_events_gets_none(make, capture):
    client = make()
    for consumer in client.consumers:
        consumer.endpoint = "/capture/elsewhere"

    client.capture("Signed Up", distinct_id="u")

    assert sent(client, capture) == []
    assert client.safetrack.stats()["dropped"] == {"unknown_channel": 1}
    assert client.queue.unfinished_tasks == 0


def test_switched_off_nothing_is_asked_or_sent(make, capture, monkeypatch):
    monkeypatch.setenv("SAFETRACK_DISABLED", "1")
    traced = hasattr(posthog.Client, "start_span")
    client = make(secret_key="s", **({"traces": {}} if traced else {}))
    client.load_feature_flags()
    client.capture("Signed Up", distinct_id="u", send_feature_flags=True)
    client.get_feature_flag_result("checkout", "u")
    client.get_remote_config_payload("checkout")
    client.metrics.count("orders")
    client.metrics.flush()
    if traced:
        client.start_span("work").end()
    client.flush()

    assert capture.requests == []
    assert "disabled" in client.safetrack.stats()["dropped"]


def test_in_debug_mode_an_error_has_the_vendors_type_and_no_value(make, monkeypatch):
    client = make(debug=True)
    monkeypatch.setattr(client, "_enqueue", lambda *_args, **_more: int(EMAIL))

    with pytest.raises(ValueError, match="vendor's text is left out") as raised:
        client.capture("Signed Up", distinct_id=EMAIL)

    seen = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    inside = "".join(line for line in seen.format() if "test_client.py" not in line)
    assert EMAIL not in inside.partition("safetrack/dropin")[2]
    assert raised.value.__context__ is None
    logging.getLogger("posthog").setLevel(logging.WARNING)


def test_clients_with_different_policies_and_plain_ones_live_side_by_side(make, capture):
    dropping = Policy.from_dict({"version": 1})
    ours, others, plain = make(), make(policy=dropping, destination="b"), make(posthog)
    for client in (ours, others, plain):
        client.capture("Signed Up", distinct_id="u-1", properties=BAG)
        client.flush()

    own, other, raw = capture.messages()
    assert (own["properties"].get("plan"), other["properties"].get("plan")) == ("pro", None)
    assert own["distinct_id"] != other["distinct_id"]
    assert raw["distinct_id"] == "u-1"
    assert raw["properties"]["email"] == EMAIL


def test_a_lane_that_has_threads_already_is_not_taken_over(make):
    plain = make(posthog)

    with pytest.raises(RuntimeError, match="started before"):
        lanes.take_over(plain._analytics_lane, None, 1)


def test_the_mail_api_refuses_and_is_counted(make):
    if not hasattr(posthog.Client, "emails"):
        pytest.skip("an older SDK")
    client = make(secret_key="s", app_host="http://127.0.0.1:9")
    for _ in range(2):
        with pytest.raises(Exception, match="no email was sent") as raised:
            client.emails.send(to=EMAIL, template_id="0190f6d2-7c1e-7b3a-9f5e-1c2d3e4f5a6b")

        frames = [frame for frame, _ in traceback.walk_tb(raised.value.__traceback__)]
        assert EMAIL not in repr([frame.f_locals for frame in frames[1:]])
    assert client.safetrack.stats()["dropped"] == {"unknown_channel": 2}


def test_metrics_that_opentelemetry_would_send_by_itself_are_off(make, caplog):
    if not hasattr(posthog.Client, "_start_metrics_autocapture"):
        pytest.skip("an older SDK")

    client = make(metrics={"autocapture": True})

    assert client._metrics_autocapture is None
    assert client.safetrack.stats()["dropped"] == {"unknown_channel": 1}
    assert "autocapture is off" in caplog.text


def test_while_observing_they_are_on_and_end_with_it(make, monkeypatch):
    if not hasattr(posthog.Client, "_start_metrics_autocapture"):
        pytest.skip("an older SDK")
    started = []
    monkeypatch.setattr(
        posthog.Client,
        "_start_metrics_autocapture",
        lambda _self, config, _areas: started.append(config["before_send"]),
    )
    observing = {"version": 1, "mode": "observe", "until": "2999-01-01"}
    for metrics in ({"autocapture": True}, {"autocapture": True, "before_send": str.upper}):
        client = make(policy=Policy.from_dict(observing), metrics=metrics)

    assert [hook("sample") for hook in started] == ["sample", "SAMPLE"]
    for hook in started:
        monkeypatch.setattr(guard, "_today", lambda: dt.date(2999, 1, 2))
        assert hook("sample") is None
    assert not client.safetrack.is_observing


def test_while_observing_what_the_sdk_says_of_itself_is_no_change(make, capture):
    rules = {"version": 1, "extends": ["safetrack:product-analytics"]}
    observing, enforcing = ({**rules, "mode": "observe", "until": "2999-01-01"}, rules)
    for policy in (observing, enforcing):
        client = make(policy=Policy.from_dict(policy))
        client.capture("Signed Up", distinct_id="u", properties={"email": EMAIL})
        client.flush()
        if policy is observing:
            seen = {one["path"] for one in client.safetrack.observation.summary()["decisions"]}

    own = {"$lib", "$lib_version", "$is_server"} & capture.messages()[0]["properties"].keys()
    assert own == own & capture.messages()[1]["properties"].keys()
    assert "properties.email" in seen
    assert not seen & {f"properties.{key}" for key in own}


def test_a_shut_down_client_takes_nothing_more(make, capture):
    client = make()
    client.shutdown()

    assert client.capture("Signed Up", distinct_id="u") is None
    assert capture.requests == []
