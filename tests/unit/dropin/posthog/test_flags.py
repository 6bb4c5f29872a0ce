"""Feature flags: the same ids as everywhere, and nothing raw in what is asked."""

import json

import posthog
import pytest

import safetrack.dropin.posthog as dropin
from safetrack import Policy
from safetrack.testing import Answer
from safetrack.testing.posthog import FLAG, VARIANTS, variant
from safetrack.vendors.shape import IdKind

EMAIL = "jane.doe@example.org"


def asked(capture):
    return [request.messages[0] for request in capture.requests if request.path == "/flags/"]


def pseudonym(client, value, kind=IdKind.PERSON):
    return client.safetrack.identifier(kind, value)


def test_this_process_and_posthog_choose_the_same_variant(make, capture):
    remote, local = make(), make(secret_key="s", poll_interval=3600)
    local.load_feature_flags()
    people = [f"user-{number}" for number in range(40)]

    chosen = [remote.get_feature_flag_result(FLAG, one).variant for one in people]

    assert len(asked(capture)) == len(people)
    assert set(chosen) == {"control", "test"}
    assert chosen == [local.get_feature_flag_result(FLAG, one).variant for one in people]
    assert chosen == [local.evaluate_flags(one).get_flag(FLAG) for one in people]
    assert chosen == [local.get_all_flags(one)[FLAG] for one in people]
    assert chosen == [variant(pseudonym(local, one)) for one in people]
    assert len(asked(capture)) == len(people)


def test_what_is_asked_of_posthog_is_what_the_policy_lets_out(make, capture):
    client = make()
    bag = {"plan": "pro", "email": EMAIL, "distinct_id": "u-1", "$ip": "10.1.2.3"}

    client.get_feature_flag_result(
        FLAG,
        "u-1",
        groups={"company": "o-1", EMAIL: "o-2"},
        person_properties=bag,
        group_properties={"company": bag, EMAIL: bag},
        device_id="d-1",
        disable_geoip=False,
    )

    (body,) = asked(capture)
    group = pseudonym(client, "o-1", IdKind.GROUP)
    assert body["person_properties"] == {"plan": "pro", "distinct_id": pseudonym(client, "u-1")}
    assert body["groups"] == {"company": group}
    assert body["group_properties"] == {"company": {"$group_key": group, "plan": "pro"}}
    assert body["device_id"] == pseudonym(client, "d-1")
    assert body["flag_keys_to_evaluate"] == [FLAG]
    assert body["geoip_disable"] is True


def test_ids_of_the_context_are_mapped_as_well(make, capture):
    client = make()
    with client.new_context(fresh=True):
        client.identify_context("u-1")
        client.set_context_device_id("d-1")
        client.evaluate_flags()
        client.get_flags_decision()

    for body in asked(capture):
        assert body["distinct_id"] == pseudonym(client, "u-1")
        assert body["device_id"] == pseudonym(client, "d-1")


def test_a_flag_whose_name_may_not_leave_is_not_named(make, capture):
    client = make()

    client.get_feature_flag_result(EMAIL, "u-1")
    client.get_remote_config_payload(EMAIL)

    (body,) = asked(capture)
    assert "flag_keys_to_evaluate" not in body
    assert len(capture.requests) == 1


def test_flags_that_posthog_has_named_itself_may_be_named(make, capture):
    unlisted = Policy.from_dict({"version": 1, "unlisted_events": "drop"})
    client = make(secret_key="s", poll_interval=3600, policy=unlisted)

    assert client.get_remote_config_payload("zq-beta") is None
    assert capture.requests == []
    assert client.safetrack.stats()["dropped"] == {"detected": 1}
    client.feature_flags = [{"key": "zq-beta", "active": True}]
    client.get_remote_config_payload("zq-beta")
    assert "/zq-beta/" in capture.last.path


def test_nobody_is_asked_about_where_no_person_may_leave(make, capture):
    client = make(policy=Policy.from_dict({"version": 1, "identity": {"person": "drop"}}))

    assert client.get_feature_flag_result(FLAG, "u-1") is None
    assert client.get_all_flags("u-1") == {}
    assert client.evaluate_flags("u-1").keys == []
    with client.new_context(fresh=True):
        client.identify_context("u-1")
        assert client.evaluate_flags().keys == []

    assert asked(capture) == []


def test_where_a_device_may_not_leave_that_of_the_context_does_not_either(make, capture):
    client = make(policy=Policy.from_dict({"version": 1, "identity": {"person": "keep"}}))
    with client.new_context(fresh=True):
        client.set_context_device_id(EMAIL)
        client.get_flags_decision("u-1")

    (body,) = asked(capture)
    assert body["distinct_id"] == "u-1"
    assert EMAIL not in str(body["device_id"])


def test_flags_that_are_drawn_by_device_are_drawn_by_its_pseudonym(make, capture):
    halves = [{"key": key, "rollout_percentage": 50} for key in VARIANTS]
    everybody = [{"properties": [], "rollout_percentage": 100}]
    filters = {"groups": everybody, "multivariate": {"variants": halves}, "payloads": {}}
    flag = {"id": 1, "key": FLAG, "active": True, "filters": filters}
    client = make(secret_key="s", poll_interval=3600)
    client.feature_flags = [{**flag, "bucketing_identifier": "device_id"}]

    devices = [f"d-{number}" for number in range(20)]
    chosen = [client.evaluate_flags("u", device_id=one).get_flag(FLAG) for one in devices]
    single = [client.get_feature_flag_result(FLAG, "u", device_id=one).variant for one in devices]

    assert chosen == single == [variant(pseudonym(client, one)) for one in devices]
    assert asked(capture) == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("action", ["pseudonymize", "encrypt"])
def test_an_id_is_mapped_once_however_often_it_passes(action, make, capture):
    client = make(policy=Policy.from_dict({"version": 1, "identity": {"person": action}}))

    client.capture("Signed Up", distinct_id="u-1", send_feature_flags=True)
    client.evaluate_flags("u-1").get_flag(FLAG)
    client.flush()

    bodies = [message for message in capture.messages() if "distinct_id" in message]
    assert len(bodies) == 4
    assert {body["distinct_id"] for body in bodies} == {pseudonym(client, "u-1")}


def test_properties_for_this_process_stay_in_it_and_decide(make, capture):
    staff = {"key": "email", "value": "@example.org", "operator": "icontains", "type": "person"}
    filters = {"groups": [{"properties": [staff], "rollout_percentage": 100}], "payloads": {}}
    flag = {"id": 1, "key": "staff", "active": True, "filters": filters}
    body = {"flags": [flag], "group_type_mapping": {}, "cohorts": {}}
    capture.answers.append(Answer(200, json.dumps(body).encode()))
    client = make(secret_key="s", poll_interval=3600)
    client.load_feature_flags()

    mine = {"email": EMAIL}
    assert client.get_feature_flag_result("staff", "u-1", person_properties=mine).enabled is True
    assert (
        client.get_feature_flag_result(
            "staff", "u-2", person_properties={"email": "a@else.example"}
        ).enabled
        is False
    )
    client.flush()

    assert asked(capture) == []
    assert b"jane" not in b"".join(request.body for request in capture.requests)


def test_the_flags_of_an_event_are_those_of_its_snapshot(make, capture):
    client = make(policy=Policy.from_dict({"version": 1, "properties": {"$feature/*": "keep"}}))
    flags = client.evaluate_flags("u-1")

    client.capture("Signed Up", distinct_id="u-1", flags=flags)
    client.flush()

    (event,) = [one for one in capture.messages() if one.get("event") == "Signed Up"]
    assert event["properties"][f"$feature/{FLAG}"] == variant(pseudonym(client, "u-1"))


def test_posthog_that_does_not_answer_costs_the_flag_and_no_value(make, capture, caplog):
    capture.answers.append(Answer(500, b'{"detail": "jane.doe@example.org"}'))
    client = make()

    assert client.get_feature_flag_result(FLAG, EMAIL) is None
    assert "jane" not in caplog.text


def test_observing_asks_as_the_plain_sdk_does(make, capture):
    observing = {"version": 1, "mode": "observe", "until": "2999-01-01"}
    bodies = []
    for client in (make(posthog), make(dropin, policy=Policy.from_dict(observing))):
        with client.new_context(fresh=True):
            client.identify_context("u-1")
            client.set_context_device_id("d-1")
            client.get_all_flags(None, groups={"company": "o"}, person_properties={"email": EMAIL})
            client.evaluate_flags(person_properties={"email": EMAIL})
        bodies.append([{**body, "sent_at": ""} for body in asked(capture)])
        capture.requests.clear()

    assert bodies[0] == bodies[1]
    assert client.safetrack.observation.summary()["messages"] == 3  # a group counts
