"""A bounded memory of what was found, so that a repeated value is searched once."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

from safetrack.detect.detector import Detector, Findings, Query, SearchFailed
from safetrack.detect.fork import ForkLock
from safetrack.event import Reason

DEFAULT_SIZE: Final = 16_384
"""Texts remembered; some 300 bytes each."""


class CachedDetector:
    """Remembers the findings of another detector.

    Entries are keyed by a keyed digest of text, words and ``names`` under a random key of this
    process: neither the memory of the process nor a dump of it holds the texts. Failures are not
    remembered, as the next attempt may succeed; a text that was too costly stays so.

    Args:
        inner: The detector that does the work.
        size: How many texts are remembered; the one not used for longest goes first.
    """

    def __init__(self, inner: Detector, size: int = DEFAULT_SIZE) -> None:
        self._inner = inner
        self._size = size
        self._key = secrets.token_bytes(32)
        self._found: OrderedDict[bytes, Findings] = OrderedDict()
        self._lock = ForkLock()

    def find(self, queries: Sequence[Query]) -> list[Findings]:
        """Search all texts, in one batch; the same text only once."""
        digests = [self._digest(query) for query in queries]
        known = self._known(digests)
        new = {d: query for d, query in zip(digests, queries, strict=True) if d not in known}
        if new:
            fresh = dict(zip(new, self._inner.find(list(new.values())), strict=True))
            self._remember(fresh)
            known |= fresh
        return [known[digest] for digest in digests]

    def _digest(self, query: Query) -> bytes:
        state = blake2b(key=self._key, digest_size=16)
        for part in (query.text, *query.words):
            raw = part.encode("utf-8", "surrogatepass")
            state.update(len(raw).to_bytes(8, "big"))
            state.update(raw)
        state.update(b"\x01" if query.names else b"\x00")
        return state.digest()

    def _known(self, digests: Sequence[bytes]) -> dict[bytes, Findings]:
        known = {}
        with self._lock:
            for digest in digests:
                if digest in self._found:
                    self._found.move_to_end(digest)
                    known[digest] = self._found[digest]
        return known

    def _remember(self, fresh: dict[bytes, Findings]) -> None:
        with self._lock:
            for digest, found in fresh.items():
                if _is_lasting(found):
                    self._found[digest] = found
            while len(self._found) > self._size:
                self._found.popitem(last=False)


def _is_lasting(found: Findings) -> bool:
    """Whether another attempt would fare no better: what was too costly stays so."""
    if isinstance(found, SearchFailed):
        return found.reason is Reason.TOO_COSTLY
    return all(finding.unsearched in _LASTING for finding in found)


_LASTING: Final = (None, Reason.TOO_COSTLY)
