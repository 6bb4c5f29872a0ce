import json
import logging

from safetrack.dropin import observation
from safetrack.dropin.observation import Observation
from safetrack.event import Decision, Reason
from safetrack.sanitize import Sanitized


def decided(path):
    decision = Decision(path, "drop", None, (), Reason.UNLISTED)
    return Sanitized(None, Reason.EVENT_DROPPED, (decision,))


def test_equal_decisions_are_counted_together():
    seen = Observation("mine")

    seen.note([decided("properties.a"), decided("properties.a"), decided("properties.b")])

    summary = seen.summary()
    assert summary["messages"] == summary["changed"] == 3
    assert summary["dropped"] == {"event_dropped": 3}
    assert [(one["path"], one["count"]) for one in summary["decisions"]] == [
        ("properties.a", 2),
        ("properties.b", 1),
    ]


def test_what_would_be_put_back_is_no_change():
    seen = Observation("mine")

    seen.note([decided("properties.$lib"), decided("properties.b")], {"properties.$lib"})

    summary = seen.summary()
    assert (summary["messages"], summary["changed"]) == (2, 1)
    assert [one["path"] for one in summary["decisions"]] == ["properties.b"]


def test_what_is_too_varied_is_counted_as_one(monkeypatch):
    monkeypatch.setattr(observation, "MOST_KINDS", 1)
    seen = Observation("mine")

    seen.note([decided("properties.a"), decided("properties.b"), decided("properties.c")])

    assert [(one["path"], one["count"]) for one in seen.summary()["decisions"]] == [
        ("<others>", 2),
        ("properties.a", 1),
    ]


def test_at_the_end_the_summary_is_logged_as_json(caplog):
    caplog.set_level(logging.INFO)
    seen, empty = Observation("mine"), Observation("other")
    seen.note([decided("properties.a")])

    observation._report_at_exit()

    (line,) = [text for text in caplog.messages if '"properties.a"' in text]
    summary = json.loads(line.partition("mode: observe: ")[2])
    assert (summary["destination"], summary["messages"]) == ("mine", 1)
    assert empty.summary()["messages"] == 0
