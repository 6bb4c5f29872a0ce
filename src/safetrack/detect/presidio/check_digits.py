"""Check digits of national numbers: each function takes the number as it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence


def _digits(number: str) -> list[int]:
    return [int(c) for c in number if c.isdigit()]


def _weighted(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def is_luhn(number: str) -> bool:
    """ISO/IEC 7812 annex B."""
    digits = _digits(number)[::-1]
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[1::2])  # noqa: PLR2004
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_cpf(number: str) -> bool:
    """Brazil: two check digits, modulo 11; eleven equal digits are none."""
    digits = _digits(number)
    if len(set(digits)) == 1:
        return False
    return all(
        _weighted(digits, range(length + 1, 1, -1)) * 10 % 11 % 10 == digits[length]
        for length in (9, 10)
    )


def is_ahv(number: str) -> bool:
    """Switzerland: EAN-13."""
    return _weighted(_digits(number), (1, 3) * 7) % 10 == 0


def is_rut(number: str) -> bool:
    """Chile: modulo 11, ten is K."""
    *body, check = [c for c in number.upper() if c.isalnum()]
    weighted = _weighted([int(c) for c in reversed(body)], (2, 3, 4, 5, 6, 7) * 2)
    return check == "0123456789K0"[-weighted % 11]


def is_chinese_id(number: str) -> bool:
    """China: ISO 7064 mod 11-2, over a date of birth."""
    total = _weighted(_digits(number[:17]), [2**n % 11 for n in range(17, 0, -1)])
    return _is_date(number[6:14]) and number[-1].upper() == "10X98765432"[total % 11]


def is_nir(number: str) -> bool:
    """France: 97 minus the rest; Corsica's 2A and 2B stand for 19 and 18."""
    plain = number.replace(" ", "").upper().replace("2A", "19").replace("2B", "18")
    return 97 - int(plain[:13]) % 97 == int(plain[13:])


def is_cnp(number: str) -> bool:
    """Romania: modulo 11."""
    digits = _digits(number)
    rest = _weighted(digits, (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)) % 11
    return digits[12] == (1 if rest == 10 else rest)  # noqa: PLR2004


def is_taiwanese_id(number: str) -> bool:
    """Taiwan: the letter stands for two digits."""
    code = "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(number[0]) + 10
    weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
    return _weighted([code // 10, code % 10, *_digits(number)], weights) % 10 == 0


def is_date_number(number: str) -> bool:
    """Sweden: a date of birth (of a coordination number, its day plus 60) and a Luhn digit."""
    digits = "".join(c for c in number if c.isdigit())[-10:]
    day = int(digits[4:6]) % 60
    return _is_date(f"20{digits[:4]}{day:02}") and is_luhn(digits)


def _is_date(text: str) -> bool:
    try:
        dt.datetime.strptime(text, "%Y%m%d").replace(tzinfo=dt.UTC)
    except ValueError:
        return False
    return True
