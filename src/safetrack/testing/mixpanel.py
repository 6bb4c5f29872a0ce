"""Mixpanel's ``/track``, ``/engage``, ``/groups`` and ``/import``.

Source: https://docs.mixpanel.com/reference/track-event, …/profile-set, …/group-set-property,
…/import-events.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from safetrack.testing.vendor import (
    Answer,
    Check,
    Request,
    answer,
    is_bag,
    is_bool,
    is_text,
    refuse,
    wrong_fields,
)

INSERT_ID = re.compile(r"[A-Za-z0-9-]{1,36}")
FIVE_DAYS = 5 * 86400


def _is_time(value: Any) -> bool:
    return type(value) in {int, float} and 31536000 < value < 4102444800000


def _is_insert_id(value: Any) -> bool:
    return is_text(value) and INSERT_ID.fullmatch(value) is not None


def _is_nobody_or_text(value: Any) -> bool:
    return type(value) is str and len(value) <= 255


PROPERTIES: dict[str, Check] = {
    "token": is_text,
    "distinct_id": _is_nobody_or_text,
    "time": _is_time,
    "$insert_id": _is_insert_id,
    "$user_id": is_text,
    "$device_id": is_text,
    "ip": lambda value: value in {0, "0"},
}
UPDATE: dict[str, Check] = {
    "$token": is_text,
    "$distinct_id": is_text,
    "$time": lambda value: type(value) in {int, float},
    "$ip": lambda value: value in {0, "0"},
    "$ignore_time": is_bool,
    "$set": is_bag,
    "$set_once": is_bag,
    "$union": lambda value: is_bag(value) and all(type(v) is list for v in value.values()),
}
GROUP: dict[str, Check] = {
    "$token": is_text,
    "$group_key": is_text,
    "$group_id": is_text,
    "$time": lambda value: type(value) in {int, float},
    "$set": is_bag,
}


def _messages(request: Request) -> list[Any]:
    """From JSON, or from the form that Mixpanel's own SDKs send."""
    kind = (request.header("Content-Type") or "").split(";")[0]
    if kind == "application/json":
        found = request.json()
    elif kind == "application/x-www-form-urlencoded":
        form = parse_qs(request.body.decode())
        request.query |= {key: values[0] for key, values in form.items() if key != "data"}
        found = json.loads(form["data"][0])
    else:
        raise ValueError(kind)
    request.messages = found if type(found) is list else [found]
    return request.messages


def _wrong_event(message: Any) -> list[str]:
    wrong = wrong_fields(message, {"event": is_text, "properties": is_bag}, {"event", "properties"})
    if wrong:
        return wrong
    own = message["properties"]
    wrong = [name for name in ("token", "distinct_id") if name not in own]
    wrong += [name for name, check in PROPERTIES.items() if name in own and not check(own[name])]
    return wrong + (["properties"] if len(own) > 255 else [])


def _wrong_update(message: Any) -> list[str]:
    wrong = wrong_fields(message, UPDATE, {"$token", "$distinct_id"})
    verbs = {"$set", "$set_once", "$union"} & set(message)
    return wrong + ([] if len(verbs) == 1 else ["operation"])


def _wrong_group(message: Any) -> list[str]:
    return wrong_fields(message, GROUP, set(GROUP) - {"$time"})


def _taking(wrong: Callable[[Any], list[str]]) -> Callable[[Request], Answer]:
    def check(request: Request) -> Answer:
        found = _messages(request)
        if len(found) > 2000:
            return refuse(413, "too many")
        problems = [problem for message in found for problem in wrong(message)]
        return answer(200, status=0 if problems else 1, error=", ".join(problems) or None)

    return check


def _import(request: Request) -> Answer:
    if not request.basic() or not request.query.get("project_id"):
        return answer(401, code=401, error="Invalid credentials", status="Unauthorized")
    if request.query.get("strict") != "1":
        return refuse(400, "the tests want strict answers")
    failed = []
    for index, message in enumerate(_messages(request)):
        own = message.get("properties", {})
        wrong = _wrong_event(message) + [n for n in ("time", "$insert_id") if n not in own]
        failed += [{"index": index, "insert_id": own.get("$insert_id"), "field": f} for f in wrong]
    taken = len(request.messages) - len({record["index"] for record in failed})
    status = 400 if failed else 200
    return answer(status, code=status, num_records_imported=taken, failed_records=failed)


def would_be_dropped(message: dict[str, Any]) -> bool:
    """Whether ``/track`` answers 200 to it and forgets it."""
    return bool(message["properties"]["time"] < time.time() - FIVE_DAYS)


PATHS = {
    ("POST", "/track"): _taking(_wrong_event),
    ("POST", "/engage"): _taking(_wrong_update),
    ("POST", "/groups"): _taking(_wrong_group),
    ("POST", "/import"): _import,
}
