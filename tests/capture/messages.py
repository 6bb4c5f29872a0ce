"""One sanitized message of every kind, as all encoders get them."""

from __future__ import annotations

from typing import Any

TIME = "2099-11-23T17:48:10Z"
SECONDS = 4099139290
ID = "0b8c8a3e-1d0f-8000-8000-000000000001"

_BASE: dict[str, Any] = {"timestamp": TIME, "messageId": ID}

TRACK: dict[str, Any] = {
    **_BASE,
    "type": "track",
    "event": "Signed Up",
    "userId": "st1_user",
    "anonymousId": "st1_anon",
    "groups": {"company": "st1_group"},
    "properties": {
        "plan": "pro",
        "seats": 3,
        "$set": {"plan": "pro"},
        "$set_once": {"first_plan": "free"},
        "$groups": {"team": "st1_team"},
    },
    "context": {"locale": "de", "os": {"name": "Linux"}, "custom": {"deep": 1}},
    "integrations": {"All": True},
}
NOBODY: dict[str, Any] = {**_BASE, "type": "track", "event": "Signed Up", "properties": {"a": 1}}
IDENTIFY: dict[str, Any] = {
    **_BASE,
    "type": "identify",
    "userId": "st1_user",
    "traits": {"plan": "pro"},
    "properties": {"$set_once": {"first_plan": "free"}},
}
LINK: dict[str, Any] = {**IDENTIFY, "anonymousId": "st1_anon"}
PAGE: dict[str, Any] = {
    **_BASE,
    "type": "page",
    "name": "Pricing",
    "category": "Docs",
    "userId": "st1_user",
    "properties": {"url": "https://example.com/pricing", "path": "/pricing", "variant": "b"},
}
SCREEN: dict[str, Any] = {**PAGE, "type": "screen", "properties": {"variant": "b"}}
GROUP: dict[str, Any] = {
    **_BASE,
    "type": "group",
    "userId": "st1_user",
    "groupId": "st1_group",
    "groupType": "team",
    "traits": {"industry": "retail"},
}
ALIAS: dict[str, Any] = {
    **_BASE,
    "type": "alias",
    "userId": "st1_user",
    "previousId": "st1_anon",
}

ENRICHING: dict[str, Any] = {
    "token": "other-project",
    "$token": "other-project",
    "api_key": "other-project",
    "ip": "203.0.113.9",
    "$ip": "203.0.113.9",
    "$remote": "203.0.113.9",
}
"""What a caller might set to reroute an event or have the vendor look a place up."""
