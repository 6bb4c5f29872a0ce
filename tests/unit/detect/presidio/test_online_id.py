"""Ids of browsers, devices and clicks in the forms of their libraries."""

from __future__ import annotations

import pytest

from safetrack.detect.presidio.online_id import OnlineIdRecognizer

IDS = OnlineIdRecognizer()
_RUN = "a8Kx2mQ7rT4nS9vW1zYb"


def _found(text: str) -> list[str]:
    return [text[r.start : r.end] for r in IDS.analyze(text, [])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GA1.2.1830284756.1700000000", "1830284756.1700000000"),
        ("1830284756.1700000000", "1830284756.1700000000"),
        ("cus_NffrFeUfNV2Hib", "NffrFeUfNV2Hib"),
        ("see user-4711 again", "4711"),
        ("auth0|5f7c8ec7c33c6c004bbafe82", "5f7c8ec7c33c6c004bbafe82"),
        ("GS1.1.1700000000.5.1.1700000100.0.0.0", "GS1.1.1700000000.5.1.1700000100.0.0.0"),
        ("GS2.1.s1745000000$o3$g1$t1745000100$j60", "GS2.1.s1745000000$o3$g1$t1745000100$j60"),
        ("fb.1.1700000000000.1098115397", "fb.1.1700000000000.1098115397"),
        ("fb.1.1700000000000.IwAR0" + _RUN, "fb.1.1700000000000.IwAR0" + _RUN),
        ("IwAR2" + _RUN * 2, "IwAR2" + _RUN * 2),
        ("IwY2xjawE" + _RUN * 2, "IwY2xjawE" + _RUN * 2),
        ("Cj0KCQiA" + _RUN * 2, "Cj0KCQiA" + _RUN * 2),
        ("EAIaIQobChMI" + _RUN * 2, "EAIaIQobChMI" + _RUN * 2),
        ("E.C.P." + _RUN, "E.C.P." + _RUN),
        (
            "17a3bc9d8e7f60-0d1e2f3a4b5c6d-34637600-1fa400-17a3bc9d8e8a10",
            "17a3bc9d8e7f60-0d1e2f3a4b5c6d-34637600-1fa400-17a3bc9d8e8a10",
        ),
        ("$device:17a3bc9d8e7f60-0d1e2f", "17a3bc9d8e7f60-0d1e2f"),
        (
            "aBcDeFgHiJkLmNoPqRsTuV.dXNlcjQy..1gq3s8k2a.1gq3s9b4c.0.2.2",
            "aBcDeFgHiJkLmNoPqRsTuV.dXNlcjQy..1gq3s8k2a.1gq3s9b4c.0.2.2",
        ),
        ("dQw4w9WgXcQ:APA91b" + _RUN * 6, "dQw4w9WgXcQ:APA91b" + _RUN * 6),
        ("ExponentPushToken[xxyyzz1122334455667788]", "xxyyzz1122334455667788"),
        ("MCMID|40712930128374650192837465019283746501", "40712930128374650192837465019283746501"),
        ("urn:li:person:aB3xK9mQ2", "aB3xK9mQ2"),
        ("0a1b2c3d4e5f6071.1700000000.4.1700000100.1700000000.", "0a1b2c3d4e5f6071.1700000000.4.1700000100.1700000000."),
        ("79272883.1d2c3b4a5f6e7d8c9b0a1f2e3d4c5b6a.1700000000000.1700000000000.1", "79272883.1d2c3b4a5f6e7d8c9b0a1f2e3d4c5b6a.1700000000000.1700000000000.1"),
    ],
)  # fmt: skip
def test_an_id_is_found_alone_and_inside_a_text(text: str, found: str) -> None:
    assert _found(text)[0] == found
    assert found in _found(f"seen as {text} today")


@pytest.mark.parametrize(
    "text",
    [
        "550e8400-e29b-41d4-a716-446655440000",
        "1700000000.123",
        "1700000000",
        "12.50",
        "2025-11-25T18:26:39",
        "v1.2.3-rc.1",
        "order-2024-000123-17",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "checkout.payment.method.selected",
        "com.android.chrome.customtabs",
        "Clearance_sale_banner_2024",
        "CloudFormation_stack_EAST_region",
        "user_signup",
        "customer_segment2",
        "member-benefits-v2",
    ],
)
def test_ids_of_things_times_and_versions_stay(text: str) -> None:
    assert _found(text) == []
