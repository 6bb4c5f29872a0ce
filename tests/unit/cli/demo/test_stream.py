from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from safetrack.cli.demo import companies, countries, messages, web
from safetrack.cli.demo.planted import KINDS
from safetrack.cli.demo.stream import Stream, generate


@pytest.fixture(scope="module")
def full() -> Stream:
    return generate()


def test_is_as_large_as_the_demo_says(full):
    assert len(full.people) == 2500
    assert len({message["userId"] for message in full.messages}) == 2500
    assert 850 <= len({message["groups"]["company"] for message in full.messages}) <= 900
    assert 20_000 <= len(full.messages) <= 30_000
    assert 1000 <= len(full.planted.texts) <= 1400


def test_is_the_same_for_the_same_seed_and_another_for_another(small):
    assert generate(60, 7).messages == small.messages
    assert generate(60, 8).messages != small.messages


def test_lies_in_six_weeks_in_order_of_time(full):
    times = [message["timestamp"] for message in full.messages]
    assert times[0][:11] >= "2025-09-29T"
    assert times[-1] < "2025-11-10T"
    assert all(before <= after for before, after in pairwise(times))


def test_has_one_id_for_every_message(full):
    assert len({message["messageId"] for message in full.messages}) == len(full.messages)


def test_has_every_event_that_the_questions_ask_for(full):
    names = Counter(message.get("event", message["type"]) for message in full.messages)
    assert min(names.values()) > 200
    assert set(names) == {
        "API Key Created", "Invoice Paid", "Playground Run", "Signed Up", "Support Message Sent",
        "Upgraded", "group", "identify", "page",
    }  # fmt: skip


def test_plants_values_of_every_kind(small):
    assert set(small.planted.values) == set(KINDS)
    assert all(small.planted.values.values())


def test_carries_the_seven_breached_kinds_of_field(small):
    for message in small.messages:
        assert message["userId"].startswith("user-")
        assert message["groups"]["company"].startswith("org-")
        assert message["context"]["userAgent"].startswith("Mozilla/5.0 (")
        assert message["context"]["os"]["name"]
        assert {"city", "region", "country", "latitude", "longitude"} <= set(
            message["context"]["location"]
        )
    traits = [message["traits"] for message in small.messages if message["type"] == "identify"]
    assert all(trait["name"] and "@" in trait["email"] for trait in traits)
    assert any(message["context"]["page"]["referrer"] for message in small.messages)


def test_leaves_a_few_people_doing_most_of_the_work(full):
    runs = Counter(m["userId"] for m in full.messages if m.get("event") == "Playground Run")
    busiest = sum(count for _, count in runs.most_common(250))
    assert busiest > 0.3 * runs.total()


def test_shows_that_people_fade_away(full):
    signed_up = {m["userId"] for m in full.messages[:6000] if m.get("event") == "Signed Up"}
    active = [
        {m["userId"] for m in full.messages if start <= m["timestamp"] < end} & signed_up
        for start, end in (("2025-10-06", "2025-10-13"), ("2025-11-03", "2025-11-10"))
    ]
    assert len(active[1]) < len(active[0])


def test_uses_names_that_are_no_other_word_of_the_stream():
    """Else a search for what is left of a name would find something else."""
    table = countries.COUNTRIES
    names = {part.lower() for row in table for part in (*row.first_names, *row.last_names)}
    texts = [text for _, text in (*messages.PERSONAL, *messages.IMPERSONAL)]
    texts += [*companies.STEMS, *companies.FIELDS, *companies.INDUSTRIES, *web.PAGES, web.SITE]
    texts += [f"{city.name} {city.region}" for row in table for city in row.cities]
    texts += [written for _, written in web._REFERRERS]
    words = {word for text in texts for word in re.findall(r"[\w'-]+", text.lower())}
    assert names & words == set()


def test_uses_reserved_domains_for_all_addresses(small):
    assert all(email.endswith(".example") for email in small.planted.values["email"])
