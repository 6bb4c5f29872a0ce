from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.event import Reason
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring
from safetrack.transform.action import DROP, Outcome, Place, Search
from safetrack.transform.generalize.url import Url
from safetrack.transform.generalize.url_path import template
from safetrack.transform.generalize.url_text import decoded, encoded

PLACE = Place("page_url", None, None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), None)
ORIGIN = Url("origin")
PATH = Url("path", ("utm_source", "utm campaign"))


def value_of(action, value):
    return action.apply(value, PLACE).value


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://www.google.com/search?q=jane#x", "https://www.google.com"),
        ("HTTPS://Jane:secret@Shop.Example:8443/a", "https://shop.example:8443"),
        ("http://shop.example:80/", "http://shop.example"),
        ("https://shop.example.:443?x", "https://shop.example"),
        ("//cdn.example/x", "//cdn.example"),
        ("http://localhost:3000/", "http://localhost:3000"),
        ("https://xn--mnchen-3ya.de/", "https://xn--mnchen-3ya.de"),
        ("https://M\u00dcNCHEN.de/", "https://m\u00fcnchen.de"),
        ("https://203.0.113.7/", "https://203.0.113.7"),
        ("https://[2001:DB8::1%25eth0]:8443/", "https://[2001:db8::1]:8443"),
        ("android-app://com.google.android.gm/x", "android-app://com.google.android.gm"),
        (" https://shop.example/\n", "https://shop.example"),
        ("https://a.example\\@b.example/", "https://b.example"),
    ],
)
def test_origins(url, origin):
    assert ORIGIN.apply(url, PLACE) == Outcome(origin, Search.PATTERNS, Reason.RULE)


@pytest.mark.parametrize(
    "value",
    [
        "", "jane", "www.google.com", "jane@acme.com", "/relative", "javascript:alert(1)",
        "data:text/html,x", "mailto:jane@acme.com", "blob:https://a.example/x", "file:///etc/passwd",
        "ftp://a.example/", "https:", "https:///x", "https:a.example", "https://", "https://[", "https://[x]/",
        "https://a.example:x/", "https://a.example:99999/", "https://ex ample.com/", "https://jane%40acme.com/",
        "https://2130706433/", "http://0x7f.1/", "http://1.2.3/", "https://\u2100.com/",
        "https://" + "a." * 200 + "com/", "https://a.example/" + "x" * 3000, None, True, 5,
    ],
)  # fmt: skip
def test_what_is_no_web_url_has_no_origin(value):
    assert ORIGIN.apply(value, PLACE) == Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)


@pytest.mark.parametrize("action", [ORIGIN, PATH])
def test_the_sdks_word_for_no_referrer_stays(action):
    assert action.apply("$direct", PLACE) == Outcome("$direct")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://a.example", "https://a.example"),
        ("https://a.example/", "https://a.example/"),
        ("https://j:p@a.example/docs/#jane", "https://a.example/docs/"),
        (
            "https://a.example/users/4711?utm_source=news&token=x",
            "https://a.example/users/:id?utm_source=news",
        ),
        ("/pricing?token=x", "/pricing"),
        ("/pricing;utm_source=x?a=1;utm_source=b", "/pricing?utm_source=b"),
        ("?utm_source=x", "?utm_source=x"),
        ("/a?utm%20campaign=x&utm+campaign=y", "/a?utm%20campaign=x&utm%20campaign=y"),
        ("/a?UTM_SOURCE=x&utm_source", "/a?utm_source="),
        ("/a?utm_source=a%26b%3Dc&utm_source=100%25", "/a?utm_source=a%26b%3Dc&utm_source=100%25"),
        ("/a?utm_source=" + "x" * 257, "/a"),
        ("/a?utm_source=%2525252525", "/a"),
        ("android-app://com.example/jane", "android-app://com.example"),
    ],
)
def test_paths(url, path):
    outcome = PATH.apply(url, PLACE)
    assert (outcome.value, outcome.search) == (path, Search.FULL)


def test_kept_query_values_are_decoded_for_the_search():
    for spelled in ("jane@acme.com", "jane%40acme.com", "jane%2540acme.com"):
        assert value_of(PATH, f"/a?utm_source={spelled}") == "/a?utm_source=jane@acme.com"


@pytest.mark.parametrize("url", ["?token=x", "jane", "javascript:alert(1)", "https:///x"])
def test_of_a_url_without_anything_to_keep_nothing_leaves(url):
    assert PATH.apply(url, PLACE) == Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)


TOKEN = Keyring.parse(new_key()).pseudonym("v", scope="s", kind="k")
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    "segment",
    [
        "4711", "user-42", "550e8400-e29b-41d4-a716-446655440000", "deadbeefcafe", "DEADBEEF",
        "dGhpc0lzQVRva2VuXYZqWrT", "k7f3x9", "jane@acme.com", "jane%40acme.com", "jane%2540acme.com",
        "@jane", "~jane", "jane.doe", "jane%20doe", "a%2Fb", "%FF", "%25252525252540", "..", ".", JWT, TOKEN,
        "x" * 25, "\u0664\u0662", "2026-11-23", "a--b", "jane+doe", "v1234", "\ud800",
    ],
)  # fmt: skip
def test_segments_that_can_identify_become_id(segment):
    assert template(f"/app/{segment}/edit") == "/app/:id/edit"


@pytest.mark.parametrize(
    "segment",
    [
        "pricing", "api-keys", "sign_up", "index.html", "report.pdf", "v2", "oauth2", "getUserProfile",
        "\u00fcber-uns", "%C3%BCber-uns", "internationalization", ":id",
    ],
)  # fmt: skip
def test_segments_made_of_words_stay(segment):
    assert template(f"/{segment}/x") == f"/{decoded(segment)}/x"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/users/jane", "/users/:id"),
        ("/users/me/settings", "/users/me/settings"),
        ("/Users/Jane/orders", "/Users/:id/orders"),
        ("/reset/sdfjkh", "/reset/:id"),
        ("/team/pricing", "/team/pricing"),
    ],
)
def test_after_a_word_for_people_or_secrets_only_pages_stay(path, expected):
    assert template(path) == expected


def test_empty_segments_and_path_parameters_go():
    assert template("//a;jsessionid=1///b;x/") == "/a/b/"
    assert template("/;x/") == "/"


@given(st.text(st.characters(), max_size=40))
def test_a_template_of_a_template_is_itself(path):
    assert template(template(path)) == template(path)


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_what_is_encoded_can_be_decoded_and_splits_nothing(text):
    written = encoded(text)
    assert not set("&;=#+ ") & set(written)
    if decoded(text) == text:
        assert decoded(written) == text


@given(
    st.from_regex(r"[a-z]{1,10}:[a-z]{1,10}", fullmatch=True), st.text("abc/?&;=%41", max_size=20)
)
def test_user_info_and_fragment_never_leave(userinfo, rest):
    name, _, secret = userinfo.partition(":")
    url = f"https://{name.upper()}QX:{secret.upper()}QX@a.example/{rest}#FRAGMENTQX"
    for action in (ORIGIN, Url("path", ("a", "b"))):
        assert "QX" not in str(value_of(action, url))


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        (ORIGIN, PATH, True),
        (PATH, ORIGIN, False),
        (Url("path"), PATH, True),
        (Url("path", ("token",)), PATH, False),
        (ORIGIN, ORIGIN, True),
    ],
)
def test_less_of_a_url_is_narrower(inner, outer, expected):
    assert inner.is_narrower_than(outer) is expected
