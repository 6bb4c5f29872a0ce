"""Which of many fixed texts stand in a text: one pass over it, whatever their number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any


class Literals:
    """Looks for all of a set of texts at once.

    Args:
        words: What is looked for; none is empty.
    """

    def __init__(self, words: Iterable[str]) -> None:
        known = sorted(set(words))
        self._pattern = re.compile(f"(?=({_expression(_tree(known))}))" if known else "(?!)")
        self._with_prefixes: Mapping[str, tuple[str, ...]] = {
            word: tuple(other for other in known if word.startswith(other)) for word in known
        }

    def found_in(self, text: str) -> set[str]:
        """Those that stand in `text`."""
        longest = {match.group(1) for match in self._pattern.finditer(text)}
        return {word for one in longest for word in self._with_prefixes[one]}


def _tree(words: Iterable[str]) -> dict[str, Any]:
    """Character → tree of what may follow; the key ``""`` marks the end of a word."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return root


def _expression(node: Mapping[str, Any]) -> str:
    """A regular expression for the longest word of a tree."""
    branches = [re.escape(first) + _expression(rest) for first, rest in node.items() if first]
    if not branches:
        return ""
    joined = f"(?:{'|'.join(branches)})" if len(branches) > 1 or "" in node else branches[0]
    return f"{joined}?" if "" in node else joined
