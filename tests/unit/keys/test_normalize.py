from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.keys.normalize import normalize

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters()),
    st.from_regex(r"(\+|00)?[0-9 ()/-]{3,20}", fullmatch=True),
)
kinds = st.sampled_from(["person", "group", "email", "phone", "city"])


@given(scalars, kinds)
def test_normalising_never_raises_and_is_stable(value, kind):
    once = normalize(value, kind)
    if once is not None and kind != "phone":
        assert normalize(once, kind) == once


@pytest.mark.parametrize(
    "value", [None, True, False, "", "  \n", float("nan"), float("inf"), 2**64]
)
def test_what_identifies_nothing_has_no_text(value):
    assert normalize(value, "person") is None


@pytest.mark.parametrize(
    "spelling", ["Jane@Acme.com", " jane@acme.com\n", "JANE@ACME.COM", "jane@acme.com"]
)
@pytest.mark.parametrize("kind", ["person", "email"])
def test_spellings_of_one_address_are_one(spelling, kind):
    assert normalize(spelling, kind) == "jane@acme.com"


@pytest.mark.parametrize(
    "value", ["Jane", " user-1 ", "Jane@Corp", "mail Jane@Acme.com", "a@b@C.com"]
)
def test_person_ids_that_are_no_address_stay_as_they_are(value):
    assert normalize(value, "person") == value


def test_other_kinds_are_not_folded_even_if_they_are_addresses():
    assert normalize("Jane@Acme.com", "group") == "Jane@Acme.com"


def test_composed_and_decomposed_letters_are_one():
    assert normalize("Zu\u0308rich", "city") == normalize("Z\u00fcrich", "city")


def test_tags_keep_two_addresses_apart():
    assert normalize("jane+a@acme.com", "email") != normalize("jane+b@acme.com", "email")


@pytest.mark.parametrize(
    "spelling",
    ["+49 30 123456", "0049 (30) 12 34 56", "+4930123456", "\uff0b49 30 123456", " +49-30-123456 "],
)
def test_spellings_of_one_phone_number_are_one(spelling):
    assert normalize(spelling, "phone") == "+4930123456"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("(030) 123 456", "030123456"),
        (4930123456, "4930123456"),
        ("+1", "1"),
        ("٠٣٠ ١٢٣", "030123"),
        ("+" + "1" * 100, "1" * 100),
        (" withheld ", "withheld"),
    ],
)
def test_numbers_without_a_country_become_their_digits(value, text):
    assert normalize(value, "phone") == text


@pytest.mark.parametrize("kind", ["person", "email", "phone", "city"])
def test_our_tokens_are_left_alone(kind):
    ring = Keyring.parse(new_key())
    for token in (
        ring.pseudonym("v", scope="s", kind=kind),
        ring.encrypt("v", scope="s", kind=kind),
    ):
        assert normalize(token, kind) == token
