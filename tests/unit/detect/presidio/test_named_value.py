"""Values known by the name beside them."""

from __future__ import annotations

import pytest

from safetrack.detect.presidio.guard import SearchTimedOutError, time_limit
from safetrack.detect.presidio.named_value import NamedValueRecognizer

VALUES = NamedValueRecognizer()


def _found(text: str) -> list[tuple[str, str]]:
    return [(r.entity_type, text[r.start : r.end]) for r in VALUES.analyze(text, [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "https://shop.example/x?utm_source=mail&gclid=EAIaIQobChMI1&page=2&email=ada%40acme.io",
            [("DEVICE_ID", "EAIaIQobChMI1"), ("EMAIL_ADDRESS", "ada%40acme.io")],
        ),
        ("/welcome?first_name=Ada&plan=pro&city=Ghent", [("PERSON", "Ada"), ("LOCATION", "Ghent")]),
        (
            "https://a.example/cb?code=4/0AX4XfWh&state=Zk3vQ8pLw2Xn&scope=email",
            [("SECRET", "4/0AX4XfWh"), ("SECRET", "Zk3vQ8pLw2Xn")],
        ),
        ("https://a.example/#access_token=abc123def&expires_in=3600", [("SECRET", "abc123def")]),
        ("user[email]=ada@acme.io&user[plan]=pro", [("EMAIL_ADDRESS", "ada@acme.io")]),
        ("/x;jsessionid=1A2B3C4D?lang=en", [("DEVICE_ID", "1A2B3C4D")]),
        ("a=1&password=secret&remember=true", [("SECRET", "secret")]),
        ("?lat=51.05&lng=3.72&zoom=12", [("GEO_COORDINATE", "51.05"), ("GEO_COORDINATE", "3.72")]),
        ("?X-Amz-Signature=9f86d081884c&X-Amz-Expires=900", [("SECRET", "9f86d081884c")]),
        ("?dob=1990-05-12&ref=home", [("DATE_OF_BIRTH", "1990-05-12")]),
        ("?em=" + "ab12" * 16, [("EMAIL_ADDRESS", "ab12" * 16)]),
        ("?uid=8817263&tab=billing", [("USER_ID", "8817263")]),
    ],
)
def test_parameters_of_a_url_are_judged_one_by_one(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.example/x?utm_source=mail&utm_campaign=spring&page=2&ref=nav&sort=price",
        "/search?q=red+shoes&state=active&code=SUMMER20&sort=asc",
        "?token=expired&session=3&account=premium&user=admin&city=all",
        "?email=true&phone=no&ip=auto&lat=auto&dob=hidden&zip=x",
        "?key=name&t=12&ticket=42&auth=required",
        "status=200 duration_ms=1532 size=9062864660 version=7.3.2",
        "Password: required",
        "Error: token expired",
        "Reset your password: click here",
        "order: 12345; status: shipped; total: 12.50",
        "2026-01-01T10:20:30Z level: info",
        "Your account: Premium plan",
        "user is admin and the token is invalid",
        "pass: 3, fail: 2",
        "password=<SECRET>&user=st1_k1_0_abc",
        "password=****&token=[FILTERED]&secret={{secret}}",
        "a == b, c != d, =, ==, : :",
        "",
    ],
)
def test_what_names_nobody_and_opens_nothing_stays(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Server=db;Uid=sa;Pwd=pw!9;Database=x", [("USER_ID", "sa"), ("SECRET", "pw!9")]),
        ("DB_PASSWORD='correct horse' make run", [("SECRET", "correct horse")]),
        ("my password is hunter2!", [("SECRET", "hunter2!")]),
        ("Mein Passwort: sommer99.", [("SECRET", "sommer99")]),
        ("Authorization: Bearer abcdefghijkl", [("SECRET", "abcdefghijkl")]),
        ("x-api-key: 0123456789abcdef", [("SECRET", "0123456789abcdef")]),
        ("PIN: 4821, otp=123456", [("SECRET", "4821"), ("SECRET", "123456")]),
        (
            "Cookie: theme=dark; sessionid=38afes7a8; locale=en; _ga=GA1.2.3.4567",
            [("DEVICE_ID", "38afes7a8"), ("DEVICE_ID", "GA1.2.3.4567")],
        ),
        ("Set-Cookie: connect.sid=s%3Aabcdef12; Path=/; HttpOnly", [("SECRET", "s%3Aabcdef12")]),
        ("user=jane.doe ip=203.0.113.9 status=200", [("USERNAME", "jane.doe"), ("IP_ADDRESS", "203.0.113.9")]),
        (
            '{"email":"x@y.z","first_name":"Jane Ann","plan":"pro","zip":94110}',
            [("EMAIL_ADDRESS", "x@y.z"), ("PERSON", "Jane Ann"), ("LOCATION", "94110")],
        ),
        ('{\\"phone\\": \\"555 0132\\", \\"sku\\": \\"555 0132\\"}', [("PHONE_NUMBER", "555 0132")]),
        ("Phone: (415) 555-0132, City: Ghent", [("PHONE_NUMBER", "(415) 555-0132"), ("LOCATION", "Ghent")]),
        ("Date of birth: 12 May 1990.", [("DATE_OF_BIRTH", "12 May 1990")]),
        ("First name: Jane-Ann, role: editor", [("PERSON", "Jane-Ann")]),
        ("Address: 12 High St, London\nThanks", [("LOCATION", "12 High St, London")]),
    ],
)  # fmt: skip
def test_settings_headers_cookies_logs_json_and_prose_are_read(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert _found(text) == expected


def test_a_name_of_any_length_and_many_signs_cost_linear_time() -> None:
    for hostile in ("=" * 2000, "a=" * 1000, "a b c " * 300 + ":", "x" * 2000 + "=y", ":a" * 1000):
        VALUES.analyze(hostile, [])
    with pytest.raises(SearchTimedOutError), time_limit(-1.0):
        VALUES.analyze("a=b", [])
