"""What the stand-ins for all vendors share: requests, answers, checks of fields."""

from __future__ import annotations

import base64
import datetime as dt
import json
import uuid
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Check: TypeAlias = Callable[[Any], bool]
"""Whether a field may have a value."""


LARGEST_BODY: Final = 50_000_000
"""Bytes that a compressed body may unpack to."""


@dataclass
class Request:
    """A request as it came.

    Attributes:
        method: ``POST``, ``GET`` …
        path: Of its URL, without the query.
        query: Its query, decoded, one value a name.
        headers: Name and value, in order.
        body: Its bytes, as they came.
        messages: The vendor's messages in it, once the vendor's stand-in has read them.
        target: Path and query, as they came.
    """

    method: str
    path: str
    query: dict[str, str]
    headers: list[tuple[str, str]]
    body: bytes
    messages: list[dict[str, Any]] = field(default_factory=list)
    target: str = ""

    def header(self, name: str) -> str | None:
        """The value of a header, whatever its case; None without one."""
        return {key.lower(): value for key, value in self.headers}.get(name.lower())

    def content_type(self) -> str:
        """The media type of the body, without its parameters."""
        return (self.header("Content-Type") or "").split(";")[0].strip()

    def content(self) -> bytes:
        """The body, unpacked.

        Raises:
            ValueError: It is not what its ``Content-Encoding`` says, or unpacks to too much.
        """
        encoding = (self.header("Content-Encoding") or "identity").lower()
        if encoding == "identity":
            return self.body
        bits = {"gzip": 31, "deflate": 15}.get(encoding)
        if bits is None:
            raise ValueError("unknown content encoding")
        unpack = zlib.decompressobj(bits)
        try:
            plain = unpack.decompress(self.body, LARGEST_BODY)
        except zlib.error:
            plain = None
        if plain is None or unpack.unconsumed_tail or not unpack.eof:
            raise ValueError("the body does not unpack")
        return plain

    def json(self) -> Any:
        """The unpacked body as JSON, which has no NaN and no infinities (RFC 8259).

        Raises:
            ValueError: It is none.
        """

        def no_constant(text: str) -> None:
            raise ValueError(text)

        return json.loads(self.content(), parse_constant=no_constant)

    def basic(self) -> str | None:
        """User and password of HTTP Basic authentication, joined by a colon; None without."""
        given = self.header("Authorization") or ""
        return base64.b64decode(given[6:]).decode() if given.startswith("Basic ") else None

    def bearer(self) -> str | None:
        """The token of a bearer (RFC 6750); None without."""
        given = self.header("Authorization") or ""
        return given[7:] if given.startswith("Bearer ") else None


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
    """An answer with a JSON object."""
    return Answer(status, json.dumps(body).encode(), (("Content-Type", "application/json"),))


def refuse(status: int, why: str) -> Answer:
    """An answer that says what is wrong: names of fields, never values."""
    return answer(status, error=why)


def is_text(value: Any) -> bool:
    """Whether it is a string with something in it."""
    return type(value) is str and value != ""


def is_bag(value: Any) -> bool:
    """Whether it is an object."""
    return type(value) is dict and all(type(key) is str for key in value)


def is_bool(value: Any) -> bool:
    """Whether it is true or false."""
    return type(value) is bool


def is_whole(value: Any) -> bool:
    """Whether it is an integer."""
    return type(value) is int


def is_time_with_zone(value: Any) -> bool:
    """Whether it is an ISO 8601 time with its offset."""
    try:
        return dt.datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def is_uuid(value: Any) -> bool:
    """Whether it is a UUID in its usual form."""
    try:
        return type(value) is str and str(uuid.UUID(value)) == value
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
