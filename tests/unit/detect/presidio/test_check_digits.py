"""Check digits: one right number each, and the same with its last digit changed."""

from __future__ import annotations

import pytest

from safetrack.detect.presidio import check_digits


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (check_digits.is_luhn, "79927398713", "79927398710"),
        (check_digits.is_cpf, "529.982.247-25", "529.982.247-26"),
        (check_digits.is_cpf, "12345678909", "99999999999"),
        (check_digits.is_ahv, "756.9217.0769.85", "756.9217.0769.86"),
        (check_digits.is_rut, "12.345.678-5", "12.345.678-6"),
        (check_digits.is_rut, "6-K", "6-1"),
        (check_digits.is_chinese_id, "11010519491231002X", "110105194912310021"),
        (check_digits.is_chinese_id, "11010519491231002X", "11010519491331002X"),
        (check_digits.is_nir, "269054958815780", "269054958815781"),
        (check_digits.is_cnp, "1800101221144", "1800101221145"),
        (check_digits.is_taiwanese_id, "A123456789", "A123456780"),
        (check_digits.is_date_number, "811228-9874", "811328-9874"),
        (check_digits.is_date_number, "19811228-9874", "811228-9873"),
    ],
)
def test_a_right_number_passes_and_a_wrong_one_does_not(check, right: str, wrong: str) -> None:
    assert check(right)
    assert not check(wrong)
