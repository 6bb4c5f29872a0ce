"""Snowplow's collector: ``POST /com.snowplowanalytics.snowplow/tp2`` and ``GET /i``.

A collector takes whatever it gets, and what is wrong fails later, out of the sender's sight. The
stand-in refuses at once what the pipeline behind it would refuse.

Source: https://docs.snowplow.io/docs/events/going-deeper/event-parameters/, and the schema
``payload_data`` of Iglu Central: an event is a mapping of text to text.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any

from safetrack.testing.vendor import (
    Answer,
    Check,
    Request,
    answer,
    is_bag,
    is_text,
    is_uuid,
    refuse,
    wrong_fields,
)

OWN = "iglu:com.snowplowanalytics.snowplow/"
ADDRESS = re.compile(r"iglu:[a-zA-Z0-9_.-]+/[a-zA-Z0-9_-]+/[a-zA-Z0-9_-]+/[0-9]+-[0-9]+-[0-9]+")
INTEGER = re.compile(r"-?[0-9]{1,10}")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MILLISECONDS = re.compile(r"[0-9]{12,14}")
LARGEST = 1_000_000
"""Bytes of one event: more fails as a "size violation"."""


def _like(pattern: re.Pattern[str]) -> Check:
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def _one_of(*words: str) -> Check:
    return lambda value: value in words


def _decoded(text: str) -> Any:
    return json.loads(base64.b64decode(text, b"-_", validate=True))


def _is_event(document: Any) -> bool:
    return _is_envelope(document, f"{OWN}unstruct_event/") and _is_described(document["data"])


def _is_entities(document: Any) -> bool:
    is_known = _is_envelope(document, f"{OWN}contexts/") and type(document["data"]) is list
    return is_known and len(document["data"]) > 0 and all(map(_is_described, document["data"]))


def _is_envelope(document: Any, schema: str) -> bool:
    is_one = is_bag(document) and document.keys() == {"schema", "data"}
    return is_one and str(document["schema"]).startswith(schema)


def _is_described(document: Any) -> bool:
    """Whether it has a schema that a registry could hold, and data for it."""
    is_one = is_bag(document) and document.keys() == {"schema", "data"}
    return is_one and bool(ADDRESS.fullmatch(str(document["schema"]))) and is_bag(document["data"])


PAIRS: dict[str, Check] = {
    "e": _one_of("pv", "pp", "ue", "se", "tr", "ti"),
    "eid": is_uuid,
    "tv": is_text,
    "tna": is_text,
    "aid": is_text,
    "p": _one_of("web", "mob", "pc", "srv", "app", "tv", "cnsl", "iot"),
    **dict.fromkeys(("dtm", "stm", "ttm"), _like(MILLISECONDS)),
    **dict.fromkeys(("uid", "duid", "tnuid", "sid", "ip", "ua", "lang", "tz"), is_text),
    **dict.fromkeys(("res", "vp"), _like(re.compile(r"[0-9]{1,6}x[0-9]{1,6}"))),
    **dict.fromkeys(("cd", "vid"), _like(INTEGER)),
    **dict.fromkeys(("url", "page", "refr"), is_text),
    **dict.fromkeys(("pp_mix", "pp_max", "pp_miy", "pp_may"), _like(INTEGER)),
    **dict.fromkeys(("se_ca", "se_ac", "se_la", "se_pr"), is_text),
    **dict.fromkeys(("se_va", "tr_tt", "tr_tx", "tr_sh", "ti_pr"), _like(NUMBER)),
    **dict.fromkeys(("tr_id", "tr_af", "tr_ci", "tr_st", "tr_co", "tr_cu"), is_text),
    **dict.fromkeys(("ti_id", "ti_sk", "ti_nm", "ti_ca", "ti_cu"), is_text),
    "ti_qu": _like(INTEGER),
    "ue_px": _is_event,
    "ue_pr": _is_event,
    "cx": _is_entities,
    "co": _is_entities,
}
"""What each pair may be; the documents once they are read."""

READERS: dict[str, Callable[[str], Any]] = {
    "ue_px": _decoded,
    "ue_pr": json.loads,
    "cx": _decoded,
    "co": json.loads,
}
REQUIRED = {"se": {"se_ca", "se_ac"}}


def _post(request: Request) -> Answer:
    if request.content_type() != "application/json":
        return refuse(400, "content type")
    body = request.json()
    schema = f"{OWN}payload_data/jsonschema/1-0-4"
    if not is_bag(body) or body.keys() != {"schema", "data"} or body["schema"] != schema:
        return refuse(400, "envelope")
    if type(body["data"]) is not list or not body["data"]:
        return refuse(400, "data")
    return _take(request, body["data"])


def _get(request: Request) -> Answer:
    return _take(request, [dict(request.query)])


def _take(request: Request, events: list[Any]) -> Answer:
    wrong = []
    for event in events:
        if not is_bag(event) or any(type(value) is not str for value in event.values()):
            return refuse(400, "an event is text to text")
        request.messages.append(_opened(event))
        wrong += _wrong(event, request.messages[-1])
    return refuse(400, ", ".join(wrong)) if wrong else answer(200)


def _opened(event: dict[str, str]) -> dict[str, Any]:
    """An event with its documents read."""
    return {key: READERS[key](value) if key in READERS else value for key, value in event.items()}


def _wrong(event: dict[str, str], message: dict[str, Any]) -> list[str]:
    wrong = wrong_fields(message, PAIRS, {"e", "eid", "tv", "p", "dtm", "stm"})
    wrong += sorted(REQUIRED.get(event.get("e", ""), set()) - event.keys())
    if event.get("e") == "ue" and len({"ue_px", "ue_pr"} & event.keys()) != 1:
        wrong.append("ue_px")
    if len(json.dumps(event)) > LARGEST:
        wrong.append("size")
    return wrong


PATHS = {
    ("POST", "/com.snowplowanalytics.snowplow/tp2"): _post,
    ("GET", "/i"): _get,
}
