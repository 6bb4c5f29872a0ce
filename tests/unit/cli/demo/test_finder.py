from __future__ import annotations

import base64
import hashlib
import unicodedata
from urllib.parse import quote

import pytest

from safetrack.cli.demo.finder import HASHES, Finder

EMAIL = "jürgen.o-brien7@alderlabs.example"
NAME = "Jürgen O'Brien"
PHONE = "+1 (202) 555-0123"


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder({"email": [EMAIL], "name": [NAME], "phone": [PHONE]}, hashed=["email"])


@pytest.mark.parametrize(
    "text",
    [
        EMAIL,
        f"write to {EMAIL}, please",
        EMAIL.upper(),
        unicodedata.normalize("NFD", EMAIL),
        f"https://x.example/?to={quote(EMAIL)}&a=1",
        quote(quote(EMAIL)),
        base64.b64encode(EMAIL.encode()).decode(),
        "eyJhbGciOiJub25lIn0." + base64.urlsafe_b64encode(EMAIL.encode()).decode().rstrip("="),
        EMAIL.encode().hex(),
        quote(base64.b64encode(f"user={EMAIL}".encode()).decode()),
    ],
)
def test_finds_a_value_plain_and_decoded(finder, text):
    assert finder.find(text) == {("email", EMAIL)}


@pytest.mark.parametrize("name", HASHES)
def test_finds_a_value_that_was_hashed_without_a_key(finder, name):
    digest = hashlib.new(name, EMAIL.encode()).hexdigest()
    assert finder.find(f"id-{digest}") == {("email", EMAIL)}


def test_finds_values_that_start_with_no_letter(finder):
    assert finder.find(f"call {PHONE}!") == {("phone", PHONE)}


def test_finds_all_values_of_a_text(finder):
    assert finder.find(f"{NAME} <{EMAIL}> {PHONE}") == {
        ("name", NAME), ("email", EMAIL), ("phone", PHONE),
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "nothing here", f"x{EMAIL}", f"{PHONE}4", "Jürgen Brien", "555-0123", "%%% ===="]
)
def test_finds_nothing_where_no_whole_value_stands(finder, text):
    assert finder.find(text) == set()
