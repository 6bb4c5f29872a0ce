from __future__ import annotations

import json
import secrets

import pytest

from safetrack.cli.demo.database import connect
from safetrack.cli.demo.questions import FUNNEL, REFERRERS, RETENTION, REVENUE, SIGNUPS, compare
from safetrack.cli.demo.raw import write_raw
from safetrack.cli.demo.replay import demo_policy, replay
from safetrack.cli.demo.run import POLICY_FILE, RAW_FILE, SAFE_FILE, run
from safetrack.cli.demo.stream import generate
from safetrack.errors import DeliveryError, MissingExtraError
from safetrack.keys.keyring import Keyring
from safetrack.transform.action import Outcome
from safetrack.transform.generalize.url import Url

NEVER = {
    "email", "ip", "key", "message_id", "organisation_id", "person_id", "phone", "referrer",
    "url_secret", "user_agent",
}  # fmt: skip
"""Kinds that do not depend on detection in free text, or that it finds by pattern."""


def test_nothing_that_a_rule_stops_is_left_in_the_file(outcome):
    left = {kind: outcome.safe.loot.values[kind] for kind in NEVER}
    assert left == {kind: set() for kind in NEVER}
    assert all(outcome.raw.loot.values[kind] for kind in NEVER)


def test_what_is_left_comes_from_free_text_and_hosts_and_is_far_less(outcome):
    for kind in ("name", "place", "organisation"):
        assert len(outcome.safe.loot.values[kind]) < 0.4 * len(outcome.raw.loot.values[kind])
    assert outcome.safe.loot.any_text < 0.4 * outcome.raw.loot.any_text


def test_people_stay_countable_but_fewer_stand_alone(outcome):
    assert outcome.safe.people == outcome.raw.people == 60
    for combination, count in outcome.safe.singled_out.items():
        assert count <= outcome.raw.singled_out[combination]


def test_the_product_questions_have_the_same_answers_but_for_rounding(outcome):
    differing = [answer for answer in outcome.answers if answer.differences]
    assert [answer.question for answer in differing] == [REVENUE]
    assert differing[0].raw.keys() == differing[0].safe.keys()
    for before, after in differing[0].differences.values():
        assert after == pytest.approx(before, abs=0.5 * 60)


def test_every_event_arrives(outcome):
    with connect(outcome.folder / SAFE_FILE, read_only=True) as database:
        (stored,) = database.execute("SELECT count(*) FROM events").fetchall()[0]
    assert stored == outcome.events == outcome.stats["delivered"] == outcome.stats["tracked"]
    assert outcome.stats["dropped"] == {}


def test_the_example_is_what_stands_in_the_file(outcome):
    after = json.loads(outcome.example.after)
    with connect(outcome.folder / SAFE_FILE, read_only=True) as database:
        rows = database.execute(
            "SELECT user_id, properties, context FROM events WHERE message_id = ?",
            [outcome.example.message_id],
        ).fetchall()
    assert [(user, json.loads(p), json.loads(c)) for user, p, c in rows] == [
        (after["userId"], after["properties"], after["context"])
    ]
    assert json.loads(outcome.example.before)["userId"] not in outcome.example.after.decode()


def test_the_key_is_gone_when_the_demo_ends(outcome):
    written = (outcome.folder / POLICY_FILE).read_text()
    (line,) = [line for line in written.splitlines() if line.startswith("keys:")]
    assert 'keys: "file:' in line
    assert not list((outcome.folder).glob("*key*"))
    folder = line.split('"file:')[1].split('"')[0]
    with pytest.raises(FileNotFoundError):
        open(folder)  # noqa: PTH123, SIM115  it must not be there


def test_replaces_its_own_files_and_leaves_others_alone(tmp_path):
    (tmp_path / RAW_FILE).write_text("an earlier one, half written")
    (tmp_path / "mine.txt").write_text("precious")
    again = run(tmp_path, users=10, seed=1, on_progress=lambda *_: None)
    assert again.raw.people == 10
    assert (tmp_path / "mine.txt").read_text() == "precious"


def test_says_so_when_nothing_arrives(tmp_path, monkeypatch):
    monkeypatch.setenv("SAFETRACK_DISABLED", "1")
    with pytest.raises(DeliveryError, match="disabled"):
        run(tmp_path, users=10, seed=1, on_progress=lambda *_: None)


def test_says_which_extra_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match=r"safetrack\[duckdb\]"):
        run(tmp_path / "out", users=10, seed=1, on_progress=lambda *_: None)
    assert not (tmp_path / "out").exists()


def test_tells_how_far_it_is(small, tmp_path, monkeypatch):
    monkeypatch.setattr("safetrack.cli.demo.replay._FLUSH_EVERY", 100)
    told: list[int] = []
    with demo_policy(tmp_path / POLICY_FILE, tmp_path / SAFE_FILE) as policy:
        replay(policy, small.messages[:250], on_progress=told.append)
    assert told == [100, 200]


# The comparison can fail: break one transform, and an answer changes.


@pytest.fixture
def differing(tmp_path):
    """Replay a stream with whatever is broken by then; the questions whose answers changed."""

    def replay_and_compare():
        stream = generate(60, 7)
        raw, safe = tmp_path / RAW_FILE, tmp_path / SAFE_FILE
        write_raw(raw, stream.messages)
        with demo_policy(tmp_path / POLICY_FILE, safe) as policy:
            replay(policy, stream.messages, on_progress=lambda _done: None)
        return {a.question for a in compare(raw, safe) if a.differences}

    return replay_and_compare


def test_one_pseudonym_for_all_would_show(differing, monkeypatch):
    monkeypatch.setattr(Keyring, "pseudonym", lambda *_args, **_kwargs: "st1_same")
    assert differing() == {SIGNUPS, FUNNEL, RETENTION, REVENUE}


def test_a_pseudonym_for_each_event_would_show(differing, monkeypatch):
    monkeypatch.setattr(Keyring, "pseudonym", lambda *_args, **_kwargs: secrets.token_hex(8))
    assert differing() == {FUNNEL, RETENTION, REVENUE}


def test_a_url_without_its_host_would_show(differing, monkeypatch):
    monkeypatch.setattr(Url, "apply", lambda *_args: Outcome("https://elsewhere.example"))
    assert differing() == {REFERRERS, REVENUE}
