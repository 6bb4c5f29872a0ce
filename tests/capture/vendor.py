"""What the stand-ins for all vendors share."""

from __future__ import annotations

import base64
import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Check = Callable[[Any], bool]


@dataclass
class Request:
    """A request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: list[tuple[str, str]]
    body: bytes
    messages: list[dict[str, Any]] = field(default_factory=list)

    def header(self, name: str) -> str | None:
        return {key.lower(): value for key, value in self.headers}.get(name.lower())

    def json(self) -> Any:
        def no_constant(text: str) -> None:
            raise ValueError(text)

        return json.loads(self.body, parse_constant=no_constant)

    def basic(self) -> str | None:
        """User and password of HTTP Basic authentication."""
        given = self.header("Authorization") or ""
        return base64.b64decode(given[6:]).decode() if given.startswith("Basic ") else None


@dataclass
class Answer:
    """An answer, or a fault: a reset connection, a body that stops early or only dribbles."""

    status: int = 200
    body: bytes = b"{}"
    headers: tuple[tuple[str, str], ...] = ()
    reset: bool = False
    missing: int = 0
    dribble: float = 0


def answer(status: int, /, **body: Any) -> Answer:
    return Answer(status, json.dumps(body).encode(), (("Content-Type", "application/json"),))


def refuse(status: int, why: str) -> Answer:
    return answer(status, error=why)


def is_text(value: Any) -> bool:
    return type(value) is str and value != ""


def is_bag(value: Any) -> bool:
    return type(value) is dict and all(type(key) is str for key in value)


def is_bool(value: Any) -> bool:
    return type(value) is bool


def is_whole(value: Any) -> bool:
    return type(value) is int


def is_time_with_zone(value: Any) -> bool:
    try:
        return dt.datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def is_uuid(value: Any) -> bool:
    try:
        return str(uuid.UUID(value)) == value
    except (TypeError, ValueError, AttributeError):
        return False


def wrong_fields(message: Any, known: Mapping[str, Check], required: set[str]) -> list[str]:
    """Names of fields that are missing, unknown or of the wrong type."""
    if not is_bag(message):
        return ["message"]
    wrong = [name for name in required if name not in message]
    wrong += [name for name, value in message.items() if not known.get(name, _nothing)(value)]
    return wrong


def _nothing(_value: Any) -> bool:
    return False
