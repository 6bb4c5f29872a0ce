"""Draws the demo's people and organisations."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
import uuid
from dataclasses import dataclass
from typing import Final

from safetrack.cli.demo.companies import FIELDS, FREE_MAIL, INDUSTRIES, SIZES, STEMS
from safetrack.cli.demo.countries import COUNTRIES, City, Country
from safetrack.cli.demo.devices import Device, draw_device

USERS_PER_ORGANISATION: Final = 2.8
PLANS: Final = {"free": 72, "pro": 19, "team": 7, "enterprise": 2}
"""Plans, and the share of sign-ups that start on each, in per cent."""
PRICES: Final = {"free": 0, "pro": 20, "team": 90, "enterprise": 1500}
"""Monthly base price in USD."""
_ID_LETTERS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN_LETTERS: Final = str.maketrans("øØæÆłŁđĐıß", "oOaAlLdDis")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A customer of the platform."""

    id: str
    name: str
    domain: str
    industry: str
    size: str
    country: Country


@dataclass(slots=True)
class Person:
    """A user of the platform. ``plan`` changes when the person upgrades."""

    id: str
    anonymous_id: str
    first: str
    last: str
    email: str
    phone: str
    ip: str
    country: Country
    city: City
    device: Device
    organisation: Organisation
    plan: str
    seats: int
    signed_up: dt.datetime
    sessions: int

    @property
    def name(self) -> str:
        """First and last name, as the profile shows it."""
        return f"{self.first} {self.last}"


def draw_text(rng: random.Random, length: int, letters: str = _ID_LETTERS) -> str:
    """A random id or token of `length` characters."""
    return "".join(rng.choices(letters, k=length))


def draw_uuid(rng: random.Random) -> str:
    """A version 4 UUID as text."""
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def draw_phone(rng: random.Random, country: Country) -> str:
    """A phone number, written as people of the country write it."""
    gaps = {"#": "0123456789", "%": "123456789"}
    return "".join(rng.choice(gaps.get(mark, mark)) for mark in country.phone)


def draw_organisations(rng: random.Random, users: int) -> list[Organisation]:
    """About one organisation for 2.8 users, each with its own name, domain and id."""
    count = max(1, round(users / USERS_PER_ORGANISATION))
    names = [f"{stem} {field}" for stem in STEMS for field in FIELDS]
    rng.shuffle(names)
    return [_draw_organisation(rng, name) for name in names[:count]]


def _draw_organisation(rng: random.Random, name: str) -> Organisation:
    domain = name.lower().replace(" ", "") + ".example"
    return Organisation(
        id=f"org-{draw_text(rng, 16)}",
        name=name,
        domain=domain,
        industry=rng.choice(INDUSTRIES),
        size=rng.choice(SIZES),
        country=rng.choices(COUNTRIES, [country.weight for country in COUNTRIES])[0],
    )


def draw_person(rng: random.Random, organisation: Organisation, signed_up: dt.datetime) -> Person:
    """One person of an organisation."""
    country = organisation.country
    if rng.random() < 0.1:  # noqa: PLR2004  remote colleagues
        country = rng.choices(COUNTRIES, [country.weight for country in COUNTRIES])[0]
    first, last = rng.choice(country.first_names), rng.choice(country.last_names)
    return Person(
        id=f"user-{draw_text(rng, 20)}",
        anonymous_id=draw_uuid(rng),
        first=first,
        last=last,
        email=_draw_email(rng, first, last, organisation),
        phone=draw_phone(rng, country),
        ip=f"{country.network}.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}",
        country=country,
        city=rng.choice(country.cities),
        device=draw_device(rng),
        organisation=organisation,
        plan=rng.choices(list(PLANS), list(PLANS.values()))[0],
        seats=min(200, int(rng.paretovariate(1.1))),
        signed_up=signed_up,
        sessions=min(14, int(rng.paretovariate(1.3))),
    )


def _draw_email(rng: random.Random, first: str, last: str, organisation: Organisation) -> str:
    local = f"{_plain(first)}.{_plain(last)}"
    if rng.random() < 0.7:  # noqa: PLR2004  most sign up with their address at work
        return f"{local}{rng.choice(('', '', str(rng.randrange(2, 99))))}@{organisation.domain}"
    return f"{local}{rng.randrange(1, 9999)}@{rng.choice(FREE_MAIL)}"


def _plain(name: str) -> str:
    """A name in the letters of e-mail addresses: accents and marks removed."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_PLAIN_LETTERS))
    return "".join(letter for letter in decomposed.lower() if letter.isascii() and letter.isalpha())
