"""Numbers of people in real formats, with right check digits: cards, IBANs, national ids."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable
from typing import Final

from making.people import Person

_CARD_STARTS: Final = (
    ("4", 16), ("51", 16), ("55", 16), ("2223", 16), ("2720", 16), ("34", 15), ("37", 15),
    ("6011", 16), ("65", 16), ("3528", 16), ("36", 14), ("62", 16),
)  # fmt: skip


def luhn_digit(digits: str) -> str:
    """The check digit of ISO/IEC 7812-1 for digits without one."""
    total = 0
    for place, c in enumerate(reversed(digits)):
        n = int(c) * (2 if place % 2 == 0 else 1)
        total += n - 9 if n > 9 else n
    return str(-total % 10)


def card(rng: random.Random) -> str:
    """A card number, at times grouped."""
    start, length = rng.choice(_CARD_STARTS)
    body = start + _digits(rng, length - len(start) - 1)
    whole = body + luhn_digit(body)
    if length == 16 and rng.random() < 0.5:
        return rng.choice([" ", "-"]).join(whole[at : at + 4] for at in range(0, 16, 4))
    if length == 15 and rng.random() < 0.4:
        return f"{whole[:4]} {whole[4:10]} {whole[10:]}"
    return whole


def iban(rng: random.Random) -> str:
    """An IBAN (ISO 13616), at times grouped."""
    country, bban = rng.choice(
        [("DE", _digits(rng, 18)), ("GB", "NWBK" + _digits(rng, 14)), ("FR", _digits(rng, 23)),
         ("NL", "ABNA" + _digits(rng, 10)), ("ES", _digits(rng, 20)), ("NO", _digits(rng, 11)),
         ("PL", _digits(rng, 24)), ("CH", _digits(rng, 17)), ("SE", _digits(rng, 20))]
    )  # fmt: skip
    number = int("".join(str(int(c, 36)) for c in f"{bban}{country}00"))
    whole = f"{country}{98 - number % 97:02}{bban}"
    if rng.random() < 0.4:
        return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))
    return whole


def national_id(person: Person) -> tuple[str, str]:
    """A key name that the person's country uses, and a number in its format."""
    key, make = _NATIONAL.get(person.country_code, ("passport_number", _passport))
    return key, make(person.rng, person.born)


def _ssn(rng: random.Random, _: dt.date) -> str:
    return f"{rng.randint(1, 665):03}-{rng.randint(1, 99):02}-{rng.randint(1, 9999):04}"


def _nino(rng: random.Random, _: dt.date) -> str:
    return f"{rng.choice(['AB', 'JR', 'SN'])}{_digits(rng, 6)}C"


def _dni(rng: random.Random, _: dt.date) -> str:
    n = rng.randint(10_000_000, 99_999_999)
    return f"{n}{'TRWAGMYFPDXBNJZSQVHLCKE'[n % 23]}"


def _cpf(rng: random.Random, _: dt.date) -> str:
    d = _digits(rng, 9)
    for weights in (range(10, 1, -1), range(11, 1, -1)):
        d += str(_weighted(d, weights) * 10 % 11 % 10)
    return f"{d[:3]}.{d[3:6]}.{d[6:9]}-{d[9:]}"


def _pesel(rng: random.Random, born: dt.date) -> str:
    month = born.month + (20 if born.year >= 2000 else 0)
    digits = f"{born:%y}{month:02}{born:%d}{_digits(rng, 4)}"
    return f"{digits}{-_weighted(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10}"


def _personnummer(rng: random.Random, born: dt.date) -> str:
    digits = f"{born:%y%m%d}{_digits(rng, 3)}"
    return f"{born:%Y%m%d}-{digits[6:]}{luhn_digit(digits)}"


def _aadhaar(rng: random.Random, _: dt.date) -> str:
    return f"{rng.randint(2, 9)}{_digits(rng, 3)} {_digits(rng, 4)} {_digits(rng, 4)}"


def _hetu(rng: random.Random, born: dt.date) -> str:
    n = rng.randint(2, 899)
    check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(f"{born:%d%m%y}{n:03}") % 31]
    return f"{born:%d%m%y}-{n:03}{check}"


def _nir(rng: random.Random, born: dt.date) -> str:
    n = f"{rng.randint(1, 2)}{born:%y%m}{rng.randint(1, 95):02}{_digits(rng, 6)}"
    return f"{n}{97 - int(n) % 97:02}"


def _tfn(rng: random.Random, _: dt.date) -> str:
    return f"{_digits(rng, 3)} {_digits(rng, 3)} {_digits(rng, 3)}"


def _sin(rng: random.Random, _: dt.date) -> str:
    body = f"{rng.randint(1, 7)}{_digits(rng, 7)}"
    whole = body + luhn_digit(body)
    return f"{whole[:3]}-{whole[3:6]}-{whole[6:]}"


def _codice(rng: random.Random, born: dt.date) -> str:
    letters = "".join(rng.choice("BCDFGLMNPRSTV") for _ in range(6))
    return f"{letters}{born:%y}{rng.choice('ABCDEHLMPRST')}{born:%d}H{_digits(rng, 3)}X"


def _passport(rng: random.Random, _: dt.date) -> str:
    return f"{rng.choice('CFGHJKLX')}{_digits(rng, 8)}"


_NATIONAL: Final[dict[str, tuple[str, Callable[[random.Random, dt.date], str]]]] = {
    "US": ("ssn", _ssn),
    "GB": ("national_insurance_number", _nino),
    "ES": ("dni", _dni),
    "BR": ("cpf", _cpf),
    "PL": ("pesel", _pesel),
    "SE": ("personnummer", _personnummer),
    "IN": ("aadhaar_number", _aadhaar),
    "FI": ("henkilotunnus", _hetu),
    "FR": ("numero_securite_sociale", _nir),
    "AU": ("tax_file_number", _tfn),
    "CA": ("sin_number", _sin),
    "IT": ("codice_fiscale", _codice),
}


def _weighted(digits: str, weights: Iterable[int]) -> int:
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True))


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))
