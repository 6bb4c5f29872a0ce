"""Names of people in paths and URLs."""

from __future__ import annotations

import pytest

from safetrack.detect.presidio.url_path import UrlPathRecognizer

PATHS = UrlPathRecognizer()


def _found(text: str) -> list[tuple[str, str]]:
    return list(
        dict.fromkeys((r.entity_type, text[r.start : r.end]) for r in PATHS.analyze(text, []))
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://app.example/users/wiesenthal/settings?tab=2", "wiesenthal"),
        ("/u/nightowl_22", "nightowl_22"),
        ("https://app.example/profile/florence.w", "florence.w"),
        ("/Users/wiesenthal/Library/Caches/x.db", "wiesenthal"),
        ("C:\\Users\\Florence Wiesenthal\\Desktop\\cv.docx", "Florence Wiesenthal"),
        ("C:\\\\Users\\\\florence\\\\x", "florence"),
        ("/home/florence/.ssh/config", "florence"),
        ("file:///home/florence/x", "florence"),
        ("/mnt/c/Users/florence/x", "florence"),
        ("at main (/Users/florence/app/index.js:10:5)", "florence"),
        ("https://www.linkedin.com/in/florence-wiesenthal-4a1b2c/", "florence-wiesenthal-4a1b2c"),
        ("https://github.com/fwiesenthal", "fwiesenthal"),
        ("https://twitter.com/fwiesenthal/status/17", "fwiesenthal"),
        ("x.com/fwiesenthal", "fwiesenthal"),
        ("https://m.facebook.com/profile.php?id=100004", "100004"),
        ("https://instagram.com/stories/fwiesenthal/1", "fwiesenthal"),
        ("t.me/fwiesenthal", "fwiesenthal"),
        ("https://www.tiktok.com/@fwiesenthal", "fwiesenthal"),
        ("https://medium.com/@fwiesenthal/a-story-12", "fwiesenthal"),
        ("https://www.reddit.com/user/fwiesenthal", "fwiesenthal"),
    ],
)
def test_the_segment_that_names_somebody_is_found(text: str, name: str) -> None:
    assert ("USERNAME", name) in _found(text) or ("USER_ID", name) in _found(text)
    assert {value for _, value in _found(text)} <= {name}


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("https://a.example/invite/FuGxB4eur6jqm9dmGzaEH33Ha", "FuGxB4eur6jqm9dmGzaEH33Ha"),
        ("/reset-password/3knBfja9b8kzt7quCmy3jrzHeLAf?x=1", "3knBfja9b8kzt7quCmy3jrzHeLAf"),
        (
            "/verify/email/550e8400-e29b-41d4-a716-446655440000",
            "550e8400-e29b-41d4-a716-446655440000",
        ),
    ],
)
def test_the_token_of_a_link_is_a_secret(text: str, token: str) -> None:
    assert _found(text) == [("SECRET", token)]


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.example/products/42/reviews",
        "/users/new",
        "/users/:id/edit",
        "/users/{id}",
        "/users/[id]",
        "/account/settings/billing",
        "/accounts/login",
        "/profile/edit",
        "/home/dashboard",
        "https://shop.example/home/products",
        "/home/runner/work/app/app/x.js",
        "/Users/Shared/x",
        "/home/ubuntu/app/main.py",
        "https://github.com/pricing",
        "https://github.com/acme/widgets",
        "https://www.facebook.com/tr?id=12",
        "https://twitter.com/search?q=x",
        "https://www.linkedin.com/company/acme",
        "https://www.google.com/",
        "https://netflix.com/title/81",
        "https://cdn.example/npm/@scope/pkg",
        "https://unpkg.com/@sentry/browser",
        "/share/dashboard-overview-2024",
        "/download/550e8400-e29b-41d4-a716-446655440000",
        "/user/app.js",
        "and/or 1/2",
    ],
)
def test_pages_products_and_machines_stay(text: str) -> None:
    assert _found(text) == []
