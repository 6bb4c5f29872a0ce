"""ip, e-mail domain, user agent and version."""

from __future__ import annotations

import datetime as dt
import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.event import Reason
from safetrack.transform.action import DROP, Outcome, Place, Search
from safetrack.transform.generalize.email_domain import EmailDomain
from safetrack.transform.generalize.hostname import read_hostname
from safetrack.transform.generalize.ip import IpPrefix
from safetrack.transform.generalize.user_agent import BROWSERS, SYSTEMS, UserAgent
from safetrack.transform.generalize.version import Version

PLACE = Place("ip", None, None, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), None)
WRONG_TYPE = Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        (" 203.0.113.7\n", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("::ffff:cb00:7107", "203.0.113.0/24"),
        ("2002:cb00:7107::1", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("fe80::1234%eth0", "fe80::/48"),
        ("64:ff9b::203.0.113.7", "64:ff9b::/48"),
        ("203.0.113.7/32", "203.0.113.0/24"),
        ("10.1.2.3/8", "10.0.0.0/8"),
    ],
)
def test_an_address_is_cut_to_its_network(value, expected):
    assert IpPrefix().apply(value, PLACE) == Outcome(expected, Search.NONE, Reason.RULE)


PLAIN_V6 = st.ip_addresses(network="2001:db8::/32")  # neither mapped nor 6to4


@given(st.ip_addresses(v=4) | PLAIN_V6, st.integers(0, 32), st.integers(32, 128))
def test_two_addresses_of_one_network_cannot_be_told_apart(address, v4, v6):
    network = ipaddress.ip_network(IpPrefix(v4, v6).apply(str(address), PLACE).value)
    assert network.prefixlen == (v4 if address.version == 4 else v6)
    assert address in network
    assert IpPrefix(v4, v6).apply(str(network[-1]), PLACE).value == str(network)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "localhost",
        "1.2.3.4, 5.6.7.8",
        16909060,
        None,
        "1" * 999,
    ],
)
def test_what_is_no_address_is_dropped(value):
    assert IpPrefix().apply(value, PLACE) == WRONG_TYPE


def test_shorter_prefixes_are_narrower():
    assert IpPrefix(16, 48).is_narrower_than(IpPrefix(24, 48))
    assert not IpPrefix(16, 64).is_narrower_than(IpPrefix(24, 48))
    assert not IpPrefix(24, 48).is_narrower_than(IpPrefix(16, 48))


@pytest.mark.parametrize(
    ("value", "domain"),
    [
        ("jane@acme.com", "acme.com"),
        (" Jane.Doe+x@Mail.ACME.com. ", "mail.acme.com"),
        ("jane@m\u00fcnchen.de", "m\u00fcnchen.de"),
        ("jane@xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
    ],
)
def test_an_address_is_cut_to_its_domain(value, domain):
    assert EmailDomain().apply(value, PLACE) == Outcome(domain, Search.PATTERNS, Reason.RULE)


@pytest.mark.parametrize(
    "value",
    [
        "jane.doe", "acme.com", "@acme.com", "jane@", "jane@acme", "jane@.com.", "a@b@c.com",
        "Jane <jane@acme.com>", "jane@acme.com, joe@acme.com", "jane@[1.2.3.4]", "jane@1.2.3.4",
        "jane@acme.com/joe", "jane@" + "a." * 200 + "com", "j" * 400 + "@acme.com", "", None, 5,
    ],
)  # fmt: skip
def test_what_is_no_single_address_is_dropped(value):
    assert EmailDomain().apply(value, PLACE) == WRONG_TYPE


@pytest.mark.parametrize(
    "text", ["", ".", "a..b", "-a.com", "a-.com", "a b.com", "a/b", "1.2.3.4", "a.0x7f", "x" * 64]
)
def test_what_is_no_host_name(text):
    assert read_hostname(text) is None


AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Safari/537.36": "Chrome 120, Windows",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.2 Mobile/15E148 Safari/604.1": "Mobile Safari 17, iOS",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0": "Firefox 121, Linux",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.6099.144 Mobile Safari/537.36": "Chrome Mobile 120, Android",
    "curl/8.4.0": "curl 8, Other",
    "JanesPrivateBrowser/1.0 (jane@acme.com)": "Other, Other",
    "JaneDoeBot/2.0": "Other, Other",  # ua-parser takes a bot's own name for its family
    "Jane Doe": "Other, Other",
    "\ud800": "Other, Other",
}


@pytest.mark.parametrize("agent", AGENTS)
def test_a_user_agent_becomes_its_families(agent):
    assert UserAgent().apply(agent, PLACE) == Outcome(AGENTS[agent], Search.NONE, Reason.RULE)


@given(st.text(), st.integers(0, 10**7))
def test_nothing_but_listed_families_and_short_majors_leaves(text, number):
    agent = f"Mozilla/5.0 ({text}) Chrome/{number}.0 Safari/537.36 {text}"
    browser, _, system = UserAgent().apply(agent, PLACE).value.rpartition(", ")
    family, _, major = browser.rpartition(" ")
    assert system in {*SYSTEMS.values(), "Other"}
    assert browser in {*BROWSERS, "Other"} or (family in BROWSERS and 1 <= len(major) <= 4)


@pytest.mark.parametrize(
    "look_alike",
    ["Chrome 12345, Windows", "Chrome 120, Jane", "Jane 120, Windows", "Chrome  1, Windows"],
)
def test_only_its_very_own_output_is_left_as_it_is(look_alike):
    assert UserAgent().apply("Chrome 120, Windows", PLACE) == Outcome("Chrome 120, Windows")
    assert UserAgent().apply(look_alike, PLACE).value != look_alike


@pytest.mark.parametrize("value", ["", " ", None, 5])
def test_what_is_no_text_is_no_user_agent(value):
    assert UserAgent().apply(value, PLACE) == WRONG_TYPE


def test_an_overlong_user_agent_is_dropped():
    assert UserAgent().apply("x" * 1001, PLACE) == Outcome(DROP, Search.NONE, Reason.TOO_LARGE)


@pytest.mark.parametrize(
    ("value", "major"),
    [
        ("17.2.1", "17"),
        ("v3", "3"),
        ("2026-11-23", "2026"),
        (14, "14"),
        (3.11, "3"),
        ("1.0-beta+5", "1"),
    ],
)
def test_a_version_is_cut_to_its_major(value, major):
    assert Version().apply(value, PLACE) == Outcome(major, Search.NONE, Reason.RULE)


@pytest.mark.parametrize(
    "value", ["", "Windows 10", "+4930", "12345", "555a", "jane", -1, 1e22, None, True, "1." * 60]
)
def test_what_is_no_version_is_dropped(value):
    assert Version().apply(value, PLACE) == WRONG_TYPE


def test_an_ipv6_address_of_small_value_stays_ipv6():
    assert IpPrefix(v4=0, v6=128).apply("::/1", PLACE).value == "::/1"
    assert IpPrefix().apply("::1", PLACE).value == "::/48"
