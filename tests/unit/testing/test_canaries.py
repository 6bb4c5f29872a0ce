import base64
import gzip
from urllib.parse import quote, urlencode

import pytest
import requests

from safetrack.testing import Canaries, assert_no_canary, capturing

HIDE = {
    "plain": lambda text: text,
    "upper case": str.upper,
    "percent twice": lambda text: quote(quote(text, safe="")),
    "base64 in a sentence": lambda text: f"v {base64.b64encode(text.encode()).decode()} w",
    "hexadecimal": lambda text: text.encode().hex(),
    "escapes": lambda text: "".join(f"\\u{ord(char):04x}" for char in text),
    "full width": lambda text: text.translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)}),
    "packed": lambda text: gzip.compress(text.encode()),
    "packed twice": lambda text: gzip.compress(gzip.compress(text.encode())),
    "UTF-16": lambda text: text.encode("utf-16"),
}
MAKERS = ("email", "name", "phone", "ip", "card", "secret", "identifier", "text")


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("hide", HIDE.values(), ids=HIDE)
def test_a_planted_value_is_found_through_every_encoding(make, hide):
    canaries = Canaries()
    value = getattr(canaries, make)()

    with pytest.raises(AssertionError) as caught:
        assert_no_canary(hide(value), canaries)

    assert "canary 1 (" in str(caught.value)
    assert value not in str(caught.value)


@pytest.mark.parametrize("make", MAKERS)
def test_no_value_is_made_twice_nor_found_where_it_is_not(make):
    canaries, others = Canaries(), Canaries()
    made = {getattr(canaries, make)() for _ in range(50)}
    other = {getattr(others, make)() for _ in range(50)} - made  # there are 70,000 such phones

    assert len(made) == 50
    assert_no_canary(other, canaries)


def test_addresses_headers_and_bodies_of_requests_are_searched():
    canaries = Canaries()
    in_path, in_query, in_header, in_body = (canaries.email() for _ in range(4))
    with capturing() as capture:
        requests.post(
            f"{capture.url}/{quote(in_path)}?{urlencode({'q': in_query})}",
            headers={"X-Person": in_header},
            data={"d": in_body},
            timeout=5,
        )

    found = canaries.found_in(capture)

    assert [one.number for one in sorted(found, key=lambda one: one.number)] == [1, 2, 3, 4]
    assert any("header X-Person" in one.where for one in found)


def test_an_own_value_can_be_planted_unless_it_could_be_found_by_chance():
    canaries = Canaries()
    canaries.plant("street", "12 Vandermolt Lane")

    assert canaries.found_in("to 12, VANDERMOLT lane")
    with pytest.raises(ValueError, match="8 letters"):
        canaries.plant("zip", "12345")


def test_the_values_themselves_are_not_shown():
    canaries = Canaries()
    value = canaries.email()

    assert value not in repr(canaries)
    assert value not in repr(canaries.found_in(value))
