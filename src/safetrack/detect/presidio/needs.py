"""What a text must hold for a regular expression to match in it, read off the expression itself.

Most texts lack the digits, the length or the mark (``@``, ``:``) that a pattern asks for. Counting
those once a text spares nearly all patterns a look at it. The answer is a necessary condition
only: where the expression cannot be read, nothing is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

# The parsed form of a pattern: there from Python 3.11 to 3.13 at least, and unknown to type checkers.
op: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

_DIGIT: Final = re.compile(r"\d")


class Holdings:
    """What one text holds: its length, the number of its digits, its characters."""

    __slots__ = ("characters", "digits", "length")

    def __init__(self, text: str) -> None:
        self.length = len(text)
        self.digits = len(_DIGIT.findall(text))
        self.characters = frozenset(text)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a match holds at least.

    Attributes:
        length: Characters.
        digits: Decimal digits, of any script.
        marks: ASCII characters that are in every match. No letters, which match in either case.
    """

    length: int = 0
    digits: int = 0
    marks: frozenset[str] = frozenset()

    def met_by(self, text: Holdings) -> bool:
        """Whether a text may hold a match."""
        return (
            text.digits >= self.digits
            and text.length >= self.length
            and self.marks <= text.characters
        )

    def then(self, other: Needs) -> Needs:
        """Of one expression after another."""
        return Needs(
            self.length + other.length, self.digits + other.digits, self.marks | other.marks
        )

    def either(self, other: Needs) -> Needs:
        """Of one expression or another."""
        return Needs(
            min(self.length, other.length),
            min(self.digits, other.digits),
            self.marks & other.marks,
        )

    def times(self, number: int) -> Needs:
        """Of an expression that is there so many times."""
        if not number:
            return NOTHING
        return Needs(self.length * number, self.digits * number, self.marks)


NOTHING: Final = Needs()


def needs(expression: str, flags: int = 0) -> Needs:
    """What a text must hold for `expression` to match.

    Nothing, where the standard library cannot read it (it may use what only ``regex`` knows).
    """
    try:
        return _all_of(parser.parse(expression, int(flags) & re.VERBOSE))
    except (re.error, OverflowError, RecursionError):
        return NOTHING


def _all_of(items: Iterable[tuple[Any, Any]]) -> Needs:
    total = NOTHING
    for code, argument in items:
        total = total.then(_one(code, argument))
    return total


def _one(code: Any, argument: Any) -> Needs:
    read = _READERS.get(code)  # none: positions, look-around, back-references, conditions
    return read(argument) if read else NOTHING


def _repeat(argument: Any) -> Needs:
    least, _, inner = argument
    return _all_of(inner).times(int(least))


def _any_of(branches: Iterable[Any]) -> Needs:
    first, *others = map(_all_of, branches)
    for other in others:
        first = first.either(other)
    return first


def _set(members: list[tuple[Any, Any]]) -> Needs:
    """Of one character out of a set."""
    if all(member == (op.CATEGORY, op.CATEGORY_DIGIT) for member in members):
        return Needs(1, 1)
    if all(code is op.LITERAL for code, _ in members):
        return _characters([argument for _, argument in members])
    ends = [argument for code, argument in members if code is op.RANGE]
    if len(ends) == len(members) and all(_is_digit(chr(c)) for end in ends for c in end):
        return Needs(1, 1)
    return Needs(1)


def _characters(codes: list[int]) -> Needs:
    characters = frozenset(map(chr, codes))
    if all(map(_is_digit, characters)):
        return Needs(1, 1)
    only = next(iter(characters)) if len(characters) == 1 else ""
    is_mark = only.isascii() and bool(only) and not only.isalpha()
    return Needs(1, 0, characters if is_mark else frozenset())


def _is_digit(character: str) -> bool:
    return character.isascii() and character.isdigit()


_READERS: Final[Mapping[Any, Callable[[Any], Needs]]] = {
    op.LITERAL: lambda code: _characters([code]),
    op.IN: _set,
    op.ANY: lambda _: Needs(1),
    op.NOT_LITERAL: lambda _: Needs(1),
    op.MAX_REPEAT: _repeat,
    op.MIN_REPEAT: _repeat,
    op.POSSESSIVE_REPEAT: _repeat,
    op.SUBPATTERN: lambda argument: _all_of(argument[-1]),
    op.ATOMIC_GROUP: _all_of,
    op.BRANCH: lambda argument: _any_of(argument[1]),
}
"""How each kind of expression is read."""
