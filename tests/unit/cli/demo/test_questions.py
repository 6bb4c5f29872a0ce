from __future__ import annotations

import itertools

import pytest

from safetrack.cli.demo.questions import (
    FUNNEL,
    QUESTIONS,
    REFERRERS,
    RETENTION,
    REVENUE,
    SIGNUPS,
    Answer,
    ask,
)
from safetrack.cli.demo.raw import write_raw

_ids = itertools.count()


def _event(user, event, time, country="DE", **properties):
    return {
        "type": "track",
        "event": event,
        "userId": user,
        "properties": properties,
        "context": {"location": {"country": country}},
        "timestamp": f"2025-10-{time}Z",
        "messageId": str(next(_ids)),
    }


def _page(user, time, referrer):
    page = _event(user, None, time, referrer=referrer)
    return {**page, "type": "page", "name": "Docs"}


@pytest.fixture
def path(tmp_path):
    """Ann signs up, activates, pays and comes back; Bob runs before he has a key; Cem stays away."""
    write_raw(
        tmp_path / "x.duckdb",
        [
            _event("ann", "Signed Up", "06T10:00:00", plan="pro"),
            _event("ann", "API Key Created", "06T10:05:00"),
            _event("ann", "Playground Run", "06T10:06:00"),
            _event("ann", "Invoice Paid", "15T10:00:00", amount=20.5),
            _page("bob", "07T08:00:00", "https://news.example:8443/a?token=1"),
            _event("bob", "Signed Up", "07T10:00:00", plan="free"),
            _event("bob", "Playground Run", "07T10:01:00"),
            _event("bob", "API Key Created", "07T10:02:00"),
            _event("bob", "Invoice Paid", "07T10:03:00", "FR", amount=7),
            _event("cem", "Signed Up", "14T09:00:00", plan="free"),
            _page("cem", "14T09:01:00", "https://platform.demo.example/usage"),
            _page("cem", "14T09:02:00", ""),
        ],
    )
    return tmp_path / "x.duckdb"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (SIGNUPS, {"free": 2, "pro": 1}),
        (FUNNEL, {"1 signed up": 3, "2 created a key": 2, "3 then ran a model": 1, "4 then paid": 1}),
        (RETENTION, {"06 Oct week 0": 2, "06 Oct week 1": 1, "13 Oct week 0": 1}),
        (REFERRERS, {"news.example:8443": 1}),
        (REVENUE, {"DE": 20.5, "FR": 7}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)  # fmt: skip
def test_answers_a_question_as_counted_by_hand(path, question, answer):
    assert ask(question, path) == answer


def test_every_question_has_an_answer_in_the_stream(small, tmp_path):
    path = tmp_path / "raw.duckdb"
    write_raw(path, small.messages)
    assert all(len(ask(question, path)) >= 3 for question in QUESTIONS)


def test_tells_every_label_whose_numbers_differ():
    answer = Answer(SIGNUPS, {"free": 2, "pro": 1}, {"free": 2, "other": 1})
    assert answer.differences == {"pro": (1, None), "other": (None, 1)}
    assert Answer(SIGNUPS, {"free": 2}, {"free": 2}).differences == {}
