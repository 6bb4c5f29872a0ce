"""Mixpanel's ``/track``, ``/engage``, ``/groups``, ``/import``, and its feature flags.

Source: https://docs.mixpanel.com/reference/track-event, …/profile-set, …/group-set-property,
…/import-events, …/create-identity, …/identity-create-alias, …/identity-merge; feature flags as
Mixpanel's own SDK asks for them.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from safetrack.testing import posthog
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


def _is_seconds(value: Any) -> bool:
    return type(value) in {int, float}


def _is_off(value: Any) -> bool:
    """Whether an address is the one that switches locating off."""
    return value in {0, "0"}


def _is_lists(value: Any) -> bool:
    return is_bag(value) and all(type(one) is list for one in value.values())


def _is_names(value: Any) -> bool:
    return type(value) is list and all(type(one) is str for one in value)


def _is_numbers(value: Any) -> bool:
    return is_bag(value) and all(type(one) in {int, float} for one in value.values())


def _is_two(value: Any) -> bool:
    return type(value) is list and len(value) == 2 and all(map(is_text, value))


PROPERTIES: dict[str, Check] = {
    "token": is_text,
    "distinct_id": _is_nobody_or_text,
    "time": _is_time,
    "$insert_id": _is_insert_id,
    "$user_id": is_text,
    "$device_id": is_text,
    "ip": _is_off,
}
LINKS: dict[str, dict[str, Check]] = {
    "$create_alias": {"token": is_text, "distinct_id": is_text, "alias": is_text},
    "$identify": {"token": is_text, "$identified_id": is_text, "$anon_id": is_text},
    "$merge": {"token": is_text, "$distinct_ids": _is_two},
}
"""What each event that links ids must have."""
VERBS: dict[str, Check] = {
    "$set": is_bag,
    "$set_once": is_bag,
    "$add": _is_numbers,
    "$append": is_bag,
    "$union": _is_lists,
    "$remove": is_bag,
    "$unset": _is_names,
    "$delete": lambda value: value == "",
}
UPDATE: dict[str, Check] = {
    "$token": is_text,
    "$distinct_id": is_text,
    "$time": _is_seconds,
    "$ip": _is_off,
    "$ignore_time": is_bool,
    "$ignore_alias": is_bool,
    **VERBS,
}
GROUP: dict[str, Check] = {
    "$token": is_text,
    "$group_key": is_text,
    "$group_id": is_text,
    "$time": _is_seconds,
    **VERBS,
}
FORM = {"data", "verbose", "ip", "api_key"}
"""Fields of the form that Mixpanel's own SDKs send."""


def _messages(request: Request) -> list[Any]:
    """From JSON, or from the form that Mixpanel's own SDKs send."""
    kind = request.content_type()
    if kind == "application/json":
        found = request.json()
    elif kind == "application/x-www-form-urlencoded":
        form = parse_qs(request.body.decode(), strict_parsing=True)
        if not form.keys() <= FORM:
            raise ValueError(kind)
        request.query |= {key: values[0] for key, values in form.items() if key != "data"}
        found = json.loads(form["data"][0], parse_constant=_no_constant)
    else:
        raise ValueError(kind)
    request.messages = found if type(found) is list else [found]
    return request.messages


def _no_constant(text: str) -> None:
    raise ValueError(text)


def _wrong_event(message: Any) -> list[str]:
    wrong = wrong_fields(message, {"event": is_text, "properties": is_bag}, {"event", "properties"})
    if wrong:
        return wrong
    own = message["properties"]
    link = LINKS.get(message["event"])
    needed = link or ("token", "distinct_id")
    wrong = [name for name in needed if name not in own]
    checks = PROPERTIES | (link or {})
    wrong += [name for name, check in checks.items() if name in own and not check(own[name])]
    return wrong + (["properties"] if len(own) > 255 else [])


def _wrong_update(message: Any) -> list[str]:
    return wrong_fields(message, UPDATE, {"$token", "$distinct_id"}) + _wrong_verb(message)


def _wrong_group(message: Any) -> list[str]:
    required = {"$token", "$group_key", "$group_id"}
    return wrong_fields(message, GROUP, required) + _wrong_verb(message)


def _wrong_verb(message: Any) -> list[str]:
    return [] if len(set(VERBS) & set(message)) == 1 else ["operation"]


def _taking(wrong: Callable[[Any], list[str]]) -> Callable[[Request], Answer]:
    def check(request: Request) -> Answer:
        found = _messages(request)
        if len(found) > 2000:
            return refuse(413, "too many")
        problems = [problem for message in found for problem in wrong(message)]
        return answer(200, status=0 if problems else 1, error=", ".join(problems) or None)

    return check


def _import(request: Request) -> Answer:
    """Two ways in: service accounts, and the project's secret, which older SDKs use."""
    if not request.basic():
        return _unauthorized()
    if request.content_type() == "application/x-www-form-urlencoded":
        return _taking(_wrong_import)(request)
    if not request.query.get("project_id"):
        return _unauthorized()
    if request.query.get("strict") != "1":
        return refuse(400, "the tests want strict answers")
    failed = []
    for index, message in enumerate(_messages(request)):
        own = message.get("properties", {})
        wrong = _wrong_import(message)
        failed += [{"index": index, "insert_id": own.get("$insert_id"), "field": f} for f in wrong]
    taken = len(request.messages) - len({record["index"] for record in failed})
    status = 400 if failed else 200
    return answer(status, code=status, num_records_imported=taken, failed_records=failed)


def _unauthorized() -> Answer:
    return answer(401, code=401, error="Invalid credentials", status="Unauthorized")


def _wrong_import(message: Any) -> list[str]:
    wrong = _wrong_event(message)
    if wrong or message["event"] in LINKS:
        return wrong
    return [name for name in ("time", "$insert_id") if name not in message["properties"]]


FLAGS = {"mp_lib", "lib_version", "token", "project_id", "context", "flag_key"}
"""Parameters of a question about flags."""
DEFINITIONS = FLAGS - {"context", "flag_key"}


def _flags(request: Request) -> Answer:
    """Nobody is in any rollout, unless the test queues another answer."""
    if not request.basic():
        return _unauthorized()
    if not request.query.keys() <= FLAGS or not request.query.get("token"):
        return refuse(400, "unknown parameter, or no token")
    context = json.loads(request.query.get("context", ""), parse_constant=_no_constant)
    if not is_bag(context) or not is_text(context.get("distinct_id")):
        return refuse(400, "distinct_id must be provided in evalContext as a string")
    request.messages = [context]
    return answer(200, code=200, flags={})


def _definitions(request: Request) -> Answer:
    """No flags, unless the test queues another answer."""
    if "mp_lib" not in request.query:
        return posthog.PATHS["GET", "/flags/definitions"](request)
    if not request.basic():
        return _unauthorized()
    if not request.query.keys() <= DEFINITIONS or not request.query.get("token"):
        return refuse(400, "unknown parameter, or no token")
    return answer(200, flags=[])


def would_be_dropped(message: dict[str, Any]) -> bool:
    """Whether ``/track`` answers 200 to it and forgets it."""
    return bool(message["properties"]["time"] < time.time() - FIVE_DAYS)


PATHS = {
    ("POST", "/track"): _taking(_wrong_event),
    ("POST", "/engage"): _taking(_wrong_update),
    ("POST", "/groups"): _taking(_wrong_group),
    ("POST", "/import"): _import,
    ("GET", "/flags"): _flags,
    ("GET", "/flags/definitions"): _definitions,
}
