"""Properties and ids for every event of a request, carried by `contextvars`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from safetrack.reading import snapshot


@dataclass(frozen=True, slots=True)
class RequestContext:
    """What every event inside a ``with safetrack.context(...)`` block gets.

    Attributes:
        fields: Keys of the neutral form, e.g. ``userId``.
        properties: Properties of track, page and screen events.
    """

    fields: Mapping[str, object] = field(default_factory=dict)
    properties: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<RequestContext fields={len(self.fields)} properties={len(self.properties)}>"


_CURRENT: Final[ContextVar[RequestContext]] = ContextVar("safetrack_context")
_EMPTY: Final = RequestContext()


def current_context() -> RequestContext:
    """The innermost context, with all around it."""
    return _CURRENT.get(_EMPTY)


def _read(properties: object) -> dict[str, object]:
    """Copied at once; nothing, where it is no mapping. Never runs the caller's code."""
    read = snapshot(properties)
    return read if type(read) is dict else {}


@contextmanager
def context(
    *,
    user_id: str | None = None,
    anonymous_id: str | None = None,
    groups: Mapping[str, object] | None = None,
    context: Mapping[str, object] | None = None,
    properties: Mapping[str, object] | None = None,
) -> Iterator[None]:
    """Give ids, groups, context and properties to every event tracked inside the block.

    Works across ``await``. Inner blocks add to outer ones and win over them; a call's own
    arguments win over both.
    """
    outer = current_context()
    own = {"userId": user_id, "anonymousId": anonymous_id, "groups": groups, "context": context}
    token = _CURRENT.set(
        RequestContext(
            fields={**outer.fields, **{k: v for k, v in own.items() if v is not None}},
            properties={**outer.properties, **_read(properties)},
        )
    )
    try:
        yield
    finally:
        _CURRENT.reset(token)
