"""Tokens and markers that safetrack itself put into a text, so that a second pass leaves them be.

Only what checks out counts: a token must have been made by one of our keys for this destination,
and a marker must be one that this policy can produce. A look-alike is raw text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from safetrack.compile.destination import DestinationRules
from safetrack.keys.keyring import ENCRYPTED, TOKEN, Keyring

MARKER: Final = re.compile(r"<[A-Z][A-Z0-9_]{1,39}>")


class Protection:
    """Knows the own tokens and markers of one destination."""

    def __init__(self, keyring: Keyring, rules: DestinationRules) -> None:
        self._keyring = keyring
        self._rules = rules

    def blank(self, text: str) -> str:
        """The text with own tokens and markers replaced by line breaks of the same length."""
        if "<" not in text and "st1" not in text:
            return text
        return self._each(text, lambda found: "\n" * len(found))

    def remove(self, text: str) -> str:
        """The text as if own tokens and markers had never stood in it."""
        return self._each(text, lambda _found: "")

    def _each(self, text: str, replacement: Callable[[str], str]) -> str:
        if "<" in text:
            text = _replaced(text, MARKER, self._is_marker, replacement)
        if "st1" in text:
            text = _replaced(text, TOKEN, self._is_token, replacement)
            text = _replaced(text, ENCRYPTED, self._is_encrypted, replacement)
        return text

    def _is_marker(self, found: str) -> bool:
        return found in self._rules.policy.markers

    def _is_token(self, found: str) -> bool:
        return any(
            self._keyring.own_epoch(found, scope=scope, kind=kind) is not None
            for scope, kind in _places(self._rules.scope, self._rules.policy.token_kinds)
        )

    def _is_encrypted(self, found: str) -> bool:
        return any(
            self._keyring.decrypt(found, scope=scope, kind=kind) is not None
            for scope, kind in _places(self._rules.scope, self._rules.policy.token_kinds)
        )


def _replaced(
    text: str,
    pattern: re.Pattern[str],
    is_own: Callable[[str], bool],
    replacement: Callable[[str], str],
) -> str:
    return pattern.sub(lambda m: replacement(m[0]) if is_own(m[0]) else m[0], text)


def _places(scope: str | None, kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Scope and kind of every token that can stand inside a text."""
    for kind in kinds:
        yield from ((scope, kind), (f"{scope}#{kind}", kind)) if scope else ()
        yield "*", kind
