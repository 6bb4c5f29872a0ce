"""E-mail addresses in every surrounding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.detect.presidio.email import GrownEmailRecognizer

RECOGNIZER = GrownEmailRecognizer()


def _found(text: str) -> list[str]:
    return [text[r.start : r.end] for r in RECOGNIZER.analyze(text, ["EMAIL_ADDRESS"])]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ada@example.org", "ada@example.org"),
        ("Write to ada.lovelace+x@mail.example.co.uk.", "ada.lovelace+x@mail.example.co.uk"),
        ("/cb?u=ada.lovelace@example.org&t=1", "ada.lovelace@example.org"),
        ("http://10.0.0.9/u?e=ada@example.org", "ada@example.org"),
        ("http://intranet/reset/ada@example.org", "ada@example.org"),
        ("ada@corp.internal", "ada@corp.internal"),
        ("ada@localhost", "ada@localhost"),
        ("ada@10.0.0.9", "ada@10.0.0.9"),
        ("ada@[2001:db8::1]", "ada@[2001:db8::1]"),
        ('"ada lovelace"@example.org', '"ada lovelace"@example.org'),
        ("user_ada@example.org_end", "user_ada@example.org"),
        ("mailto:ada@example.org?subject=x", "ada@example.org"),
        ("<ada@example.org>", "ada@example.org"),
        ("'ada@example.org'", "ada@example.org"),
        ("jörg@münchen.de", "jörg@münchen.de"),
        ("ada@xn--mnchen-3ya.de", "ada@xn--mnchen-3ya.de"),
        ("ada@163.com", "ada@163.com"),
        ("o'hara@example.ie", "o'hara@example.ie"),
        ("x" * 100 + "@example.org", "x" * 100 + "@example.org"),
    ],
)
def test_an_address_is_found_whole_and_nothing_but_the_address(text: str, address: str) -> None:
    assert _found(text) == [address]


def test_all_addresses_of_a_list_are_found() -> None:
    assert _found("a@b.org,c@d.org;e@f.org") == ["a@b.org", "c@d.org", "e@f.org"]


@pytest.mark.parametrize(
    "text",
    [
        "react@18.2.0",
        "actions/checkout@v4",
        "pkg@latest",
        "@handle",
        "a @ b",
        "3 @ 5",
        "a@",
        "@",
        "sha@sha256",
    ],
)
def test_versions_handles_and_lone_signs_are_no_addresses(text: str) -> None:
    assert _found(text) == []


def test_an_address_on_a_bare_host_scores_lower() -> None:
    (bare,) = RECOGNIZER.analyze("ada@mailhost", ["EMAIL_ADDRESS"])
    (full,) = RECOGNIZER.analyze("ada@mailhost.org", ["EMAIL_ADDRESS"])
    assert 0.4 <= bare.score < full.score


@given(st.text(alphabet="ab.@\"'-_/ 1[]:é", max_size=40))
def test_any_arrangement_of_marks_gives_ordered_spans_around_an_at_sign(text: str) -> None:
    results = RECOGNIZER.analyze(text, ["EMAIL_ADDRESS"])
    for result in results:
        assert result.start < text.index("@", result.start) < result.end <= len(text)
    assert [r.start for r in results] == sorted(r.start for r in results)
