"""Canaries: unique personal values that are planted, and must be found nowhere afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from safetrack.testing.readings import readings, squash, text_of
from safetrack.testing.server import Capture
from safetrack.testing.vendor import Request

Output: TypeAlias = "Capture | Request | bytes | str"
"""Something that came out: what a capture server got, one request, a file's bytes, a log's text."""

_GIVEN: Final = ("Zefirina", "Quillon", "Ostrava", "Belphine", "Tormund", "Xanthippa")
_FAMILY: Final = ("Vandermolt", "Kestrelbury", "Oxenhadow", "Piltworthy", "Grimsdotter")
_LETTERS: Final = "bcdfghjklmnpqrstvwz"


@dataclass(frozen=True, slots=True)
class Found:
    """A canary that came out.

    Attributes:
        kind: What it is, e.g. ``email``.
        number: Which one, counted from 1 in the order of planting.
        where: In which output.
    """

    kind: str
    number: int
    where: str

    def __str__(self) -> str:
        return f"canary {self.number} ({self.kind}) in {self.where}"


class Canaries:
    """Makes unique personal values and remembers them. None is anybody's.

    Each call gives a new value. Phone numbers are of the range reserved for fiction, cards and
    addresses of those reserved for tests and documentation.
    """

    def __init__(self) -> None:
        self._planted: list[tuple[str, str]] = []

    def email(self) -> str:
        """An address below ``example.org`` (RFC 2606)."""
        return self._plant("email", f"{_word(9)}.{_word(7)}@example.org")

    def name(self) -> str:
        """A given and a family name."""
        family = secrets.choice(_FAMILY)
        return self._plant("name", f"{secrets.choice(_GIVEN)}{_word(3)} {family}{_word(4)}")

    def phone(self) -> str:
        """A North American number of the range for fiction, 555-01xx."""
        known = {value for _, value in self._planted}
        while (number := _phone()) in known:
            pass
        return self._plant("phone", number)

    def ip(self) -> str:
        """An IPv6 address of the documentation prefix (RFC 3849)."""
        groups = ":".join(f"{0x1000 + secrets.randbelow(0xE000):x}" for _ in range(6))
        return self._plant("ip", f"2001:db8:{groups}")

    def card(self) -> str:
        """A card number with the right Luhn sum, of an issuer's test range."""
        digits = f"400000{secrets.randbelow(10**9):09}"
        return self._plant("card", f"{digits}{_luhn(digits)}")

    def secret(self) -> str:
        """A token."""
        return self._plant("secret", f"sk_live_{secrets.token_hex(16)}")

    def identifier(self) -> str:
        """An id of a person, as an application makes them."""
        return self._plant("identifier", f"user-{secrets.token_hex(8)}")

    def text(self) -> str:
        """A sentence with an e-mail address in it."""
        return f"Please call me back, {self.email()}, it is about my order."

    def plant(self, kind: str, value: str) -> str:
        """Remember a value of your own.

        Raises:
            ValueError: It has fewer than eight letters and digits, and could be found by chance.
        """
        if len(squash(value)) < _SHORTEST:
            raise ValueError(f"a canary needs {_SHORTEST} letters and digits or more")
        return self._plant(kind, value)

    def found_in(self, *outputs: Output | Iterable[Output]) -> list[Found]:
        """Where planted values came out, in whatever encoding."""
        needles = [(kind, squash(value)) for kind, value in self._planted]
        return [
            Found(kind, number, where)
            for where, text in _texts(outputs)
            for number, kind in _numbers(needles, {squash(one) for one in readings(text)})
        ]

    def _plant(self, kind: str, value: str) -> str:
        self._planted.append((kind, value))
        return value

    def __repr__(self) -> str:
        return f"<Canaries planted={len(self._planted)}>"


_SHORTEST: Final = 8


def assert_no_canary(output: Output | Iterable[Output], canaries: Canaries) -> None:
    """Look for every planted value in all that came out, also decoded.

    Raises:
        AssertionError: One came out. Says which kind and where, not the value.
    """
    found = canaries.found_in(output)
    if found:
        raise AssertionError("\n".join(dict.fromkeys(map(str, found))))


def _numbers(needles: Sequence[tuple[str, str]], texts: set[str]) -> Iterator[tuple[int, str]]:
    for number, (kind, needle) in enumerate(needles, start=1):
        if any(needle in text for text in texts):
            yield number, kind


def _texts(outputs: Iterable[Output | Iterable[Output]]) -> Iterator[tuple[str, str]]:
    """Every text of what came out, with where it is from."""
    for output in outputs:
        if isinstance(output, Capture):
            yield from _texts(output.requests)
        elif isinstance(output, Request):
            yield from _of_request(output)
        elif isinstance(output, bytes):
            yield "bytes", text_of(output)
        elif isinstance(output, str):
            yield "text", output
        else:
            yield from _texts(output)


def _of_request(request: Request) -> Iterator[tuple[str, str]]:
    place = f"{request.method} {request.path}"
    yield f"the address of {place}", request.target or request.path
    for name, value in request.headers:
        yield f"header {name} of {place}", f"{name}: {value}"
    yield f"the body of {place}", text_of(request.body)


def _phone() -> str:
    return f"+1 {200 + secrets.randbelow(700)} 555 01{secrets.randbelow(100):02}"


def _word(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def _luhn(digits: str) -> int:
    """The check digit (ISO/IEC 7812-1, annex B)."""
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits))]
    return -sum(d - 9 if d > 9 else d for d in doubled) % 10
