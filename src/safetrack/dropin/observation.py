"""What `mode: observe` would have changed, counted: no value is ever recorded."""

from __future__ import annotations

import atexit
import json
import logging
import weakref
from collections import Counter
from collections.abc import Container, Sequence
from typing import Any, Final, TypeAlias

from safetrack.detect.fork import ForkLock
from safetrack.event import Decision
from safetrack.forking import in_children
from safetrack.sanitize import Sanitized

logger = logging.getLogger("safetrack.observe")

_Seen: TypeAlias = tuple[str, str, str | None, tuple[str, ...], str]

MOST_KINDS: Final = 10_000
"""Different decisions remembered; what comes after is counted as one. A path can hold numbers of
unknown keys, so their variety is the caller's."""


class Observation:
    """Counts of what enforcement would have decided. Thread-safe.

    Its summary is logged as JSON by ``safetrack.observe`` at INFO when the process ends, and
    given by `summary` at any time.

    Args:
        destination: Whose messages: a destination's name, or a bare scope.
    """

    def __init__(self, destination: str) -> None:
        self.destination: Final = destination
        self._lock = ForkLock()
        self._begin()
        _LIVE.add(self)

    def note(self, done: Sequence[Sanitized], unchanged: Container[str] = ()) -> None:
        """Count what would have become of messages.

        Args:
            done: What the sanitizer made of them.
            unchanged: Paths where what it took off would have been put back.
        """
        with self._lock:
            for one in done:
                changes = [_key(own) for own in one.decisions if own.path not in unchanged]
                self._messages += 1
                self._changed += bool(changes)
                if one.reason is not None:
                    self._dropped[one.reason.value] += 1
                for change in changes:
                    self._count(change)

    def summary(self) -> dict[str, Any]:
        """Counts so far.

        Returns:
            ``destination``, ``messages``, ``changed`` (with any decision), ``dropped`` (whole
            messages, by reason), and ``decisions``: path, action, rule, entities, reason and
            count, the most frequent first.
        """
        with self._lock:
            seen = self._seen.most_common()
            return {
                "destination": self.destination,
                "messages": self._messages,
                "changed": self._changed,
                "dropped": dict(self._dropped),
                "decisions": [
                    {**dict(zip(_WORDS, key, strict=True)), "count": count} for key, count in seen
                ],
            }

    def _count(self, key: _Seen) -> None:
        if key in self._seen or len(self._seen) < MOST_KINDS:
            self._seen[key] += 1
        else:
            self._seen[_OTHERS] += 1

    def _begin(self) -> None:
        """Count from nothing: at the start, and in a child process, whose parent reports its own."""
        self._messages = self._changed = 0
        self._seen: Counter[_Seen] = Counter()
        self._dropped: Counter[str] = Counter()


_WORDS: Final = ("path", "action", "rule", "entities", "reason")
_OTHERS: Final[_Seen] = ("<others>", "", None, (), "")
_LIVE: Final[weakref.WeakSet[Observation]] = weakref.WeakSet()


def _key(decision: Decision) -> _Seen:
    return (
        decision.path,
        decision.action,
        decision.rule,
        decision.entities,
        decision.reason.value,
    )


def _report_at_exit() -> None:
    for one in list(_LIVE):
        summary = one.summary()
        if summary["messages"]:
            logger.info("mode: observe: %s", json.dumps(summary))


atexit.register(_report_at_exit)
in_children(_LIVE, Observation._begin)  # noqa: SLF001  the module's own
