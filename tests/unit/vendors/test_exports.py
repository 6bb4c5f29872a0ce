"""The shapes of the vendors' exports, walked by the real sanitizer.

Every place of a record holds a canary of its own. What the policy lists comes out; what names a
person comes out as a pseudonym; nothing else comes out at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.policy.load import Policy
from safetrack.sanitize import Sanitizer
from safetrack.vendors.amplitude import AMPLITUDE_EXPORT
from safetrack.vendors.mixpanel import MIXPANEL_EXPORT
from safetrack.vendors.posthog import POSTHOG_EXPORT
from safetrack.vendors.shape import Shape, Time

RULES: dict[str, Any] = {
    "version": 1,
    "timestamp": {"generalize": {"time": "minute"}},
    "properties": {"plan": {"keep": ["pro"]}, "country": {"keep": ["Germany"]}},
    "traits": {"plan": {"keep": ["pro"]}},
    "group_traits": {"plan": {"keep": ["pro"]}},
    "events": {"Signed Up": {"properties": {}}},
}
KEYS = Keyring.parse(new_key())

MIXPANEL: dict[str, Any] = {
    "event": "Signed Up",
    "properties": {
        "time": 1795456090,
        "mp_processing_time_ms": 1795456091123,
        "distinct_id": "$device:raw-1",
        "$distinct_id": "raw-2",
        "$user_id": "raw-3",
        "$device_id": "raw-1",
        "$distinct_id_before_identity": "raw-4",
        "$insert_id": "raw-5",
        "$session_id": "raw-6",
        "$ios_ifa": "raw-7",
        "$city": "raw-8",
        "$os": "raw-9",
        "mp_country_code": "raw-10",
        "$email": "raw-11",
        "token": "raw-12",
        "ip": "raw-13",
        "$ip": "raw-14",
        "plan": "pro",
        "alias": "raw-16",
        "$groups": {"plan": "raw-17"},
        "nested": {"deep": ["raw-18"]},
    },
    "project": "raw-19",
}
_BAGS: dict[str, Any] = {
    "plan": "pro",
    "$set": {"plan": "pro", "email": "raw-1"},
    "$set_once": {"plan": "pro", "email": "raw-2"},
    "$groups": {"plan": "raw-3"},
    "$group_key": "raw-4",
    "$group_type": "plan",
    "$group_set": {"plan": "pro", "name": "raw-5"},
    "$group_0": "raw-6",
    "$ip": "raw-7",
    "ip": "raw-8",
    "token": "raw-9",
    "$session_id": "raw-10",
    "$device_id": "raw-11",
    "$anon_distinct_id": "raw-12",
    "$current_url": "raw-13",
    "$process_person_profile": False,
    "$geoip_disable": True,
}
POSTHOG: dict[str, Any] = {
    "uuid": "018daf23-89b3-7cf8-a4f1-94064c96df90",
    "event": "Signed Up",
    "properties": _BAGS,
    "distinct_id": "raw-20",
    "person_id": "raw-21",
    "person_properties": {"plan": "pro", "email": "raw-22"},
    "timestamp": "2026-11-23 17:48:10.123000+00:00",
    "created_at": "2026-11-23T17:48:11.456Z",
    "team_id": 424242,
    "elements_chain": "raw-23",
    "set": {"plan": "pro", "email": "raw-24"},
    "set_once": None,
    "ip": "raw-25",
    "site_url": "raw-26",
}
AMPLITUDE: dict[str, Any] = {
    "event_type": "Signed Up",
    "user_id": "raw-1",
    "device_id": "raw-2",
    "amplitude_id": 434343,
    "event_time": "2026-11-23 17:48:10.123000",
    "client_event_time": "2026-11-23 17:48:10.123000",
    "server_upload_time": "2026-11-23 17:48:12.456000",
    "user_creation_time": "2020-01-01 10:00:30.000000",
    "$insert_id": "raw-3",
    "uuid": "raw-4",
    "session_id": 1795456090123,
    "idfa": "raw-5",
    "adid": "raw-6",
    "event_properties": {"plan": "pro", "email": "raw-7"},
    "user_properties": {"plan": "pro", "email": "raw-8"},
    "groups": {"plan": ["raw-9"]},
    "group_properties": {"plan": {"raw-10": {"plan": "pro"}}},
    "city": "raw-11",
    "region": "raw-12",
    "country": "Germany",
    "ip_address": "203.0.113.9",
    "location_lat": 52.520008,
    "location_lng": 13.404954,
    "os_name": "raw-13",
    "device_type": "raw-14",
    "library": "raw-15",
    "app": 454545,
    "data": {"path": "raw-16"},
    "$schema": 13,
}

EXPORTS: dict[str, tuple[Shape, dict[str, Any]]] = {
    "mixpanel": (MIXPANEL_EXPORT, MIXPANEL),
    "posthog": (POSTHOG_EXPORT, POSTHOG),
    "posthog with bags as text": (
        POSTHOG_EXPORT,
        {k: json.dumps(v) if type(v) is dict else v for k, v in POSTHOG.items()},
    ),
    "amplitude": (AMPLITUDE_EXPORT, AMPLITUDE),
}

CANARY = re.compile(r"raw-\d+|424242|434343|454545|1795456090123|203\.0\.113|52\.52|13\.40|12\.456")
TOKEN = re.compile(r"(\$device:)?st1_k1_0_[a-z2-7]{39}")


def sanitized(name: str) -> dict[str, Any]:
    shape, record = EXPORTS[name]
    sanitizer = Sanitizer(Policy.from_dict(RULES), keyring=KEYS)
    safe = sanitizer.sanitize_batch([record], name.split(maxsplit=1)[0], shape)[0]
    assert safe is not None
    found: dict[str, Any] = safe.to_dict()
    return found


def decoded(record: dict[str, Any]) -> dict[str, Any]:
    return {
        key: json.loads(value) if type(value) is str and value.startswith("{") else value
        for key, value in record.items()
    }


@pytest.mark.parametrize("name", EXPORTS)
def test_no_raw_value_of_a_record_comes_out(name: str) -> None:
    assert CANARY.search(json.dumps(EXPORTS[name][1]))
    assert not CANARY.search(json.dumps(sanitized(name)))


def test_a_mixpanel_record_keeps_its_form() -> None:
    found = sanitized("mixpanel")
    own = found["properties"]
    ids = {key: own.pop(key) for key in list(own) if TOKEN.fullmatch(str(own[key]))}
    insert_id = own.pop("$insert_id")
    assert re.fullmatch(r"[0-9a-f-]{36}", insert_id)
    assert set(ids) == {
        "distinct_id",
        "$distinct_id",
        "$user_id",
        "$device_id",
        "$distinct_id_before_identity",
        "alias",
    }
    assert ids["distinct_id"] == f"$device:{ids['$device_id']}"
    assert TOKEN.fullmatch(own.pop("$groups")["plan"])
    assert found == {
        "event": "Signed Up",
        "properties": {"time": 1795456080, "mp_processing_time_ms": 1795456080000, "plan": "pro"},
    }


@pytest.mark.parametrize("name", ["posthog", "posthog with bags as text"])
def test_a_posthog_record_keeps_its_form(name: str) -> None:
    record = sanitized(name)
    for key in ("properties", "person_properties", "set"):
        assert type(record[key]) is type(EXPORTS[name][1][key])
    found = decoded(record)
    assert TOKEN.fullmatch(found.pop("distinct_id"))
    assert TOKEN.fullmatch(found.pop("person_id"))
    assert re.fullmatch(r"[0-9a-f-]{36}", found.pop("uuid"))
    own = found["properties"]
    tokens = {key for key in list(own) if TOKEN.fullmatch(str(own[key])) and own.pop(key)}
    assert tokens == {"$group_key", "$group_0", "$device_id", "$anon_distinct_id"}
    assert TOKEN.fullmatch(own.pop("$groups")["plan"])
    assert found == {
        "event": "Signed Up",
        "properties": {
            "plan": "pro",
            "$set": {"plan": "pro"},
            "$set_once": {"plan": "pro"},
            "$group_type": "plan",
            "$group_set": {"plan": "pro"},
            "$process_person_profile": False,
            "$geoip_disable": True,
        },
        "person_properties": {"plan": "pro"},
        "set": {"plan": "pro"},
        "timestamp": "2026-11-23T17:48:00Z",
        "created_at": "2026-11-23T17:48:00Z",
    }


def test_an_amplitude_record_keeps_its_form() -> None:
    found = sanitized("amplitude")
    for key in ("user_id", "device_id", "amplitude_id"):
        assert TOKEN.fullmatch(found.pop(key))
    assert re.fullmatch(r"[0-9a-f-]{36}", found.pop("$insert_id"))
    assert re.fullmatch(r"[0-9a-f-]{36}", found.pop("uuid"))
    assert TOKEN.fullmatch(found.pop("groups")["plan"][0])
    assert found == {
        "event_type": "Signed Up",
        "event_time": "2026-11-23 17:48:00.000000",
        "client_event_time": "2026-11-23 17:48:00.000000",
        "server_upload_time": "2026-11-23 17:48:00.000000",
        "user_creation_time": "2020-01-01 10:00:00.000000",
        "event_properties": {"plan": "pro"},
        "user_properties": {"plan": "pro"},
        "group_properties": {},
        "country": "Germany",
    }


def times(shape: Shape) -> Iterator[str]:
    return (place for place, role in shape.roles.items() if isinstance(role, Time))


@pytest.mark.parametrize(
    ("shape", "own"),
    [
        (MIXPANEL_EXPORT, "properties.time"),
        (POSTHOG_EXPORT, "timestamp"),
        (AMPLITUDE_EXPORT, "event_time"),
    ],
)
def test_the_last_time_of_a_shape_is_the_events_own(shape: Shape, own: str) -> None:
    """The walk takes the last one for the event's time, which decides epochs."""
    assert list(times(shape))[-1] == own
