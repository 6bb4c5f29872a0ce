"""Events as messages, and back."""

import amplitude
import pytest

import safetrack.dropin.amplitude as dropin
from safetrack.dropin.amplitude.message import LIBRARY
from safetrack.vendors.shape import IdKind

EMAIL = "jane.canary@example.org"
GROUP = "acme-canary-corp"
OPTIONS = dropin.EventOptions(user_id=EMAIL)


def group_id(client, value=GROUP):
    return client.safetrack.identifier(IdKind.GROUP, value)


@pytest.mark.parametrize("members", [GROUP, [GROUP, "other-corp"]])
def test_belonging_to_a_group_leaves_as_the_groups_pseudonym_in_both_places(members, make, sent):
    client = make()

    client.set_group("company", members, OPTIONS)

    (message,) = sent(client)
    known = (
        [group_id(client, one) for one in members] if type(members) is list else group_id(client)
    )
    assert message["groups"] == {"company": known}
    assert message["user_properties"] == {"$set": {"company": known}}
    assert client.safetrack.stats()["passed"] == 1


def test_a_property_that_only_has_a_groups_name_is_a_property(make, sent):
    client = make()
    own = dropin.IdentifyEvent(
        user_id=EMAIL,
        groups={"company": GROUP, "plan": "g"},
        user_properties={"$set": {"company": EMAIL, "plan": "pro"}},
    )

    client.track(own)

    (message,) = sent(client)
    assert message["user_properties"] == {"$set": {"plan": "pro"}}


def test_a_group_of_a_personal_type_is_no_property_either(make, sent):
    client = make()

    client.set_group(EMAIL, "g", OPTIONS)

    (message,) = sent(client)
    assert "groups" not in message
    assert "user_properties" not in message


@pytest.mark.parametrize(
    "bags",
    [
        {"groups": {"company": GROUP}},
        {"groups": {"company": GROUP}, "user_properties": {"$set": GROUP}},
        {
            "groups": {"company": {"a": GROUP}},
            "user_properties": {"$set": {"company": {"a": GROUP}}},
        },
        {"user_properties": {"$set": {"company": GROUP}}},
    ],
)
def test_groups_and_properties_of_odd_forms_leave_no_value(bags, make, sent):
    client = make()
    own = dropin.BaseEvent("Signed Up", user_id=EMAIL)
    for name, bag in bags.items():
        setattr(own, name, bag)

    client.track(own)

    (message,) = sent(client)
    assert GROUP not in str(message)


def test_verbs_keep_their_meaning_and_their_properties_are_decided_as_traits(make, sent):
    own = dropin.Identify().set("plan", "pro").set_once("email", EMAIL).unset("tier")
    own.unset("email")
    client = make(policy={"version": 1, "traits": {"plan": "keep", "tier": "keep"}})

    client.identify(own, OPTIONS)
    client.identify(dropin.Identify().clear_all(), OPTIONS)
    client.group_identify("company", GROUP, own)

    first, second, third = sent(client)
    assert first["user_properties"] == {"$set": {"plan": "pro"}, "$unset": {"tier": "-"}}
    assert second["user_properties"] == {"$clearAll": "-"}
    assert "group_properties" not in third
    assert third["groups"] == {"company": group_id(client)}


def test_what_the_client_was_set_up_with_leaves_and_what_an_event_says_of_it_does_not(make, sent):
    plan, source = dropin.Plan(branch="main", version_id="7"), dropin.IngestionMetadata("web", "1")
    client = make(amplitude.Config(plan=plan, ingestion_metadata=source))
    own = {"plan": dropin.Plan(branch=EMAIL), "ingestion_metadata": dropin.IngestionMetadata(EMAIL)}

    client.track(dropin.BaseEvent("Signed Up", user_id=EMAIL))
    client.track(dropin.BaseEvent("Signed Up", user_id=EMAIL, **own))
    odd = dropin.BaseEvent("Signed Up", user_id=EMAIL)
    odd.plan = EMAIL
    client.track(odd)
    strange = dropin.BaseEvent("Signed Up", user_id=EMAIL, plan=dropin.Plan())
    strange.plan.branch = [EMAIL]
    client.track(strange)

    first, *others = sent(client)
    assert first["plan"] == {"branch": "main", "versionId": "7"}
    assert first["ingestion_metadata"] == {"source_name": "web", "source_version": "1"}
    assert EMAIL not in str(others)
    assert not any("plan" in message for message in others)


def test_the_librarys_name_is_the_sdks_own(make, sent):
    class Renaming(dropin.EventPlugin):
        def execute(self, event):
            event.library = EMAIL if event.event_type == "a" else None
            return event

    client = make()
    client.add(Renaming(dropin.PluginType.ENRICHMENT))

    client.track(dropin.BaseEvent("a", user_id=EMAIL))
    client.track(dropin.BaseEvent("b", user_id=EMAIL))

    first, second = sent(client)
    assert first["library"] == LIBRARY
    assert "library" not in second


def test_where_no_person_may_leave_the_event_has_a_device_of_its_own(make, sent):
    client = make(policy={"version": 1, "identity": {"person": "drop"}})

    client.track(dropin.BaseEvent("Signed Up", user_id=EMAIL))
    client.group_identify("company", GROUP, dropin.Identify().set("industry", "retail"))

    first, second = sent(client)
    assert first["device_id"] == first["insert_id"]
    assert "user_id" not in first
    assert not {"user_id", "device_id"} & second.keys()


def test_fields_whose_treated_value_amplitude_would_refuse_are_left_out(make, sent):
    policy = {
        "version": 1,
        "identity": {"device": "pseudonymize"},
        "properties": {
            "revenue": "redact",
            "price": {"generalize": {"round": 10}},
            "product_id": "keep",
            "revenue_type": {"keep": ["renewal"]},
        },
    }
    client = make(policy=policy)
    fields = {"revenue": 12.5, "price": 12.5, "product_id": "basic", "revenue_type": "renewal"}

    client.track(dropin.BaseEvent("Signed Up", user_id=EMAIL, session_id=1795646805123, **fields))

    (message,) = sent(client)
    assert not {"session_id", "revenue"} & message.keys()
    assert message["price"] == 10
    assert message["productId"] == "basic"
    assert message["revenueType"] == "renewal"


@pytest.mark.parametrize("ip", ["$remote", "203.0.113.9"])
def test_amplitude_is_never_told_to_look_a_place_up(ip, make, sent):
    client = make(policy={"version": 1, "properties": {"**": "keep", "ip": "keep"}})

    client.track(dropin.BaseEvent("Signed Up", user_id=EMAIL, ip=ip))

    assert "ip" not in sent(client)[0]
