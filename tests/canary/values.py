"""Kinds of personal values, realistic ones, made from a seed."""

from __future__ import annotations

import random
import re
import unicodedata
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from canary.names import FIRST, LAST, MAIL, STREETS

Value: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True)
class Made:
    """A value, and the parts of it that identify on their own."""

    value: Value
    parts: tuple[str, ...]


Maker: TypeAlias = Callable[[random.Random], Made]


def squash(text: str) -> str:
    """Letters and digits alone, case folded, compatibility forms undone."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, plain))


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def _person(rng: random.Random) -> tuple[str, str]:
    return rng.choice(FIRST), rng.choice(LAST)


def name(rng: random.Random) -> Made:
    """``Rosalind Okonkwo``."""
    first, last = _person(rng)
    return Made(f"{first} {last}", (first, last))


def email(rng: random.Random) -> Made:
    """``rosalind.okonkwo41@kelpstone-7h.example``."""
    first, last = (word.lower() for word in _person(rng))
    local = f"{first}{rng.choice('._-')}{last}{rng.randrange(10, 99)}"
    host = f"{rng.choice(MAIL)}-{rng.choice('abcdefghjk')}{rng.randrange(10)}"
    top = rng.choice(("example", "test", "com", "org", "de", "co.uk", "io"))
    return Made(f"{local}@{host}.{top}", (local, first, last))


def _phone_parts(rng: random.Random) -> tuple[str, str, str]:
    area = rng.choice(("212", "312", "415", "503", "617", "646", "718", "808", "917"))
    return area, f"{rng.randrange(2, 10)}{_digits(rng, 2)}", _digits(rng, 4)


def phone(rng: random.Random) -> Made:
    """A number that could exist, in one of the ways people write it."""
    area, prefix, line = _phone_parts(rng)
    form = rng.choice(("+1 {} {} {}", "+1-{}-{}-{}", "+1{}{}{}", "({}) {}-{}", "{}-{}-{}"))
    return Made(form.format(area, prefix, line), (area + prefix + line,))


def phone_number(rng: random.Random) -> Made:
    """A phone number as an integer."""
    national = "".join(_phone_parts(rng))
    return Made(int("1" + national), (national,))


def address(rng: random.Random) -> Made:
    """``2471 Hazelmere Lane, Portland, OR 97205``."""
    street = rng.choice(STREETS)
    number = rng.randrange(1000, 9999)
    town = rng.choice(("Portland, OR 97205", "Austin, TX 78701", "Madison, WI 53703"))
    road = rng.choice(("Lane", "Street", "Avenue", "Road"))
    return Made(f"{number} {street} {road}, {town}", (f"{number} {street}", street))


def ip(rng: random.Random) -> Made:
    """A public IPv4 address of twelve digits, or an IPv6 address."""
    if rng.random() < 0.25:
        groups = [f"{rng.randrange(0x1000, 0xFFFF):x}" for _ in range(6)]
        return Made("2a02:" + ":".join(groups) + ":1", ())
    return Made(".".join(str(rng.randrange(100, 223)) for _ in range(4)), ())


def _with_luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return digits + str(-total % 10)


def _card_digits(rng: random.Random) -> str:
    if rng.random() < 0.2:
        return _with_luhn(rng.choice(("34", "37")) + _digits(rng, 12))
    return _with_luhn(rng.choice(("4", "51", "53", "55")).ljust(2, "2") + _digits(rng, 13))


def card(rng: random.Random) -> Made:
    """A payment card with a right check digit, grouped as on the card or not."""
    digits = _card_digits(rng)
    space = rng.choice(("", " ", "-"))
    if len(digits) == 15:
        return Made(space.join((digits[:4], digits[4:10], digits[10:])), ())
    return Made(space.join(re.findall("....", digits)), ())


def card_number(rng: random.Random) -> Made:
    """A payment card as an integer."""
    return Made(int(_card_digits(rng)), ())


def iban(rng: random.Random) -> Made:
    """A German IBAN with right check digits."""
    account = _digits(rng, 18)
    check = 98 - int(account + "131400") % 97
    text = f"DE{check:02d}{account}"
    return Made(" ".join(re.findall("..?.?.?", text)) if rng.random() < 0.5 else text, (account,))


def ssn(rng: random.Random) -> Made:
    """A US social security number of the ranges that are given out."""
    area = rng.choice([*range(101, 660), *range(670, 720)])
    return Made(f"{area}-{rng.randrange(11, 99)}-{rng.randrange(1001, 9999)}", ())


def device_id(rng: random.Random) -> Made:
    """A UUID, an advertising id, or a session id of 32 hexadecimal digits."""
    made = uuid.UUID(int=rng.getrandbits(128), version=4)
    return Made(rng.choice((str(made), str(made).upper(), made.hex)), ())


_TOKEN: Final = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789"


def _token(rng: random.Random, length: int) -> str:
    return "".join(rng.choices(_TOKEN, k=length))


def secret(rng: random.Random) -> Made:
    """An API key in the form of a well-known provider, or a bare token."""
    prefix = rng.choice(("sk_live_", "ghp_", "sk-proj-", "xoxb-", "AKIA", "SG.", ""))
    body = _token(rng, 32)
    return Made(prefix + (body.upper()[:16] if prefix == "AKIA" else body), (body[:16],))


def url(rng: random.Random) -> Made:
    """A link that carries a token and an address, as password resets do."""
    token, mail = _token(rng, 24), email(rng)
    host = rng.choice(("app.acme.example", "accounts.acme.io", "www.acme.com"))
    query = f"token={token}&email={mail.value}"
    return Made(f"https://{host}/reset?{query}", (token, *mail.parts))


def user_agent(rng: random.Random) -> Made:
    """A browser on a phone whose model and build single it out."""
    model = f"SM-{_token(rng, 7).upper()}"
    build = f"UP1A.{_digits(rng, 9)}"
    version = f"{rng.randrange(90, 130)}.0.{rng.randrange(4000, 7000)}.{rng.randrange(10, 200)}"
    return Made(
        f"Mozilla/5.0 (Linux; Android 14; {model} Build/{build}) AppleWebKit/537.36 "
        f"(KHTML, like Gecko) Chrome/{version} Mobile Safari/537.36",
        (model, build),
    )


def text(rng: random.Random) -> Made:
    """A message to support, with a name, an address and a number in it."""
    who, mail, number = name(rng), email(rng), phone(rng)
    form = rng.choice(
        (
            "Hi, my name is {} and I cannot log in as {}, please call me at {} today.",
            "Customer {} wrote from {} and asked us to call back on {} about the invoice.",
            "Please change the owner to {}, the address is {} and the number is {}.",
        )
    )
    return Made(
        form.format(who.value, mail.value, number.value), (*who.parts, *mail.parts, *number.parts)
    )


def position(rng: random.Random) -> Made:
    """Latitude and longitude, as text."""
    north, east = _coordinate(rng), _coordinate(rng)
    return Made(f"{north}, {east}", (north, east))


def _coordinate(rng: random.Random) -> str:
    return f"{rng.randrange(20, 60)}.{rng.randrange(1, 10)}{_digits(rng, 5)}{rng.randrange(1, 10)}"


def latitude(rng: random.Random) -> Made:
    """A latitude as a number with seven decimals."""
    return Made(float(_coordinate(rng)), ())


KINDS: Final[Mapping[str, Maker]] = {
    "e-mail": email,
    "name": name,
    "phone": phone,
    "address": address,
    "ip": ip,
    "card": card,
    "iban": iban,
    "ssn": ssn,
    "device id": device_id,
    "url": url,
    "user agent": user_agent,
    "secret": secret,
    "free text": text,
    "position": position,
    "phone number": phone_number,
    "card number": card_number,
    "coordinate": latitude,
}
"""What is planted. The last three are numbers, the others text."""

NUMERIC: Final = frozenset({"phone number", "card number", "coordinate"})
