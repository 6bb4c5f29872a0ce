"""Whatever fails, and wherever: nothing personal comes out, and every event is counted."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from canary.evidence import Evidence
from canary.finder import Finder
from canary.grid import Canary, Extent, canaries, canaries_of
from canary.places import PLACES, Channel, plant
from canary.policies import KEYS
from canary.run import Outcome, run
from safetrack import Reason, SafetrackError
from safetrack.client import Client
from safetrack.destinations.destination import SendResult
from safetrack.detect.detector import Findings, Query, SearchFailed
from safetrack.event import Event, SafeEvent
from safetrack.keys.keyring import Keyring
from safetrack.outbox.memory import MemoryOutbox
from safetrack.walk.walk import Walk
from sanitizing import detector

SMALL = Extent(kinds=("e-mail", "free text"), encodings=("plain",))
OUTPUTS = ("archive", "hook")


def _run(folder: Path, sabotage: Callable[[Client], None] | None = None, **options: Any) -> Outcome:
    def both(client: Client) -> None:
        client._route.sanitizer.detector = detector()
        if sabotage is not None:
            sabotage(client)

    options = {"destinations": OUTPUTS, "patience": 20.0, **options}
    outcome = run("product-analytics", folder, SMALL, sabotage=both, **options)
    assert Finder(outcome.planted.canaries).hits(outcome.evidence) == []
    _assert_balanced(outcome)
    return outcome


def _assert_balanced(outcome: Outcome) -> None:
    """Tracked = delivered + dropped, and nothing pends once the client is closed."""
    for books in (one for stats in outcome.stats for one in stats.values()):
        dropped = sum(books["dropped"].values())  # type: ignore[union-attr]
        assert books["tracked"] == books["delivered"] + dropped  # type: ignore[operator]
        assert books["pending"] == 0
        assert books["tracked"]


def _dropped(outcome: Outcome) -> set[str]:
    every = (one for stats in outcome.stats for one in stats.values())
    return {reason for books in every for reason in books["dropped"]}  # type: ignore[union-attr]


class Raising:
    """A detector whose error shows what it was searching."""

    def __init__(self, error: type[BaseException]) -> None:
        self.error = error

    def find(self, queries: Sequence[Query]) -> list[Findings]:
        raise self.error(queries[0].text)


class Short:
    """A detector that returns too few findings."""

    def find(self, queries: Sequence[Query]) -> list[Findings]:
        return [() for _ in queries[1:]]


class Late:
    """A detector that runs out of time on every text."""

    def find(self, queries: Sequence[Query]) -> list[Findings]:
        return [SearchFailed(Reason.TIMEOUT) for _ in queries]


@pytest.mark.parametrize(
    "broken", [Raising(ValueError), Raising(MemoryError), Raising(RecursionError), Short(), Late()]
)
def test_a_failing_detector_costs_the_values_it_was_to_search(broken: Any, tmp_path: Path) -> None:
    def sabotage(client: Client) -> None:
        client._route.sanitizer.detector = broken

    outcome = _run(tmp_path, sabotage)
    assert outcome.stats[0]["archive"]["delivered"]
    written = (tmp_path / "events.jsonl").read_text()
    assert '"comment"' not in written
    assert "<REDACTED>" in written  # names that could not be searched


def test_a_language_model_that_fails_costs_the_values_it_was_to_search(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_self: Any, texts: Sequence[str]) -> Any:
        raise ValueError(texts[0])

    monkeypatch.setattr("safetrack.detect.presidio.names.NameFinder.find", fail)

    def uncached(client: Client) -> None:
        client._route.sanitizer.detector = detector()._inner  # type: ignore[attr-defined]

    _run(tmp_path, uncached)
    assert '"comment"' not in (tmp_path / "events.jsonl").read_text()


def test_a_failing_destination_shows_nothing_and_everything_is_counted(tmp_path: Path) -> None:
    class Broken:
        batch_size = 10

        def send(self, events: Sequence[SafeEvent]) -> SendResult:
            raise RuntimeError(events[0].to_dict())

        def close(self) -> None:
            raise RuntimeError("cannot close")

    outcome = _run(tmp_path, destinations={"own": Broken()}, patience=1.0)
    assert outcome.stats[0]["own"]["delivered"] == 0
    assert "process_ended" in _dropped(outcome)


def test_a_refusing_server_shows_nothing(tmp_path: Path) -> None:
    class Refusing:
        batch_size = 10

        def send(self, events: Sequence[SafeEvent]) -> SendResult:
            return SendResult(rejected=dict.fromkeys(range(len(events)), "http_400"))

        def close(self) -> None:
            return

    assert "rejected" in _dropped(_run(tmp_path, destinations={"own": Refusing()}))


def test_a_failing_before_drops_the_event(tmp_path: Path) -> None:
    def before(event: Event) -> Event:
        raise ValueError(event.message)

    outcome = _run(tmp_path, before=before)
    assert _dropped(outcome) == {"before_failed"}
    assert not (tmp_path / "events.jsonl").exists()


@pytest.mark.parametrize("made", [7, "text", [("type", "track")], {"type": ["track"]}, object()])
def test_nonsense_from_before_does_not_leave(made: Any, tmp_path: Path) -> None:
    outcome = _run(tmp_path, before=lambda _event: made)
    assert outcome.stats[0]["archive"]["delivered"] == 0


def test_what_before_adds_is_sanitized_like_all_else(tmp_path: Path) -> None:
    def before(event: Event) -> dict[Any, Any]:
        message = dict(event.message)
        return {**message, "context": {"raw": message}, "extra": message}

    assert _run(tmp_path, before=before).stats[0]["archive"]["delivered"]


def test_a_failing_on_drop_changes_nothing(tmp_path: Path) -> None:
    def on_drop(reason: Reason, path: str) -> None:
        raise RuntimeError(f"{reason} {path}")

    assert _run(tmp_path, on_drop=on_drop).stats[0]["archive"]["delivered"]


@pytest.mark.parametrize("method", ["put", "lease", "ack", "next_due"])
def test_a_failing_outbox_shows_nothing_and_everything_is_counted(
    method: str, tmp_path: Path
) -> None:
    def fail(*arguments: Any, **_: Any) -> Any:
        raise RuntimeError(repr(arguments))

    outbox = MemoryOutbox()
    setattr(outbox, method, fail)
    _run(tmp_path, outbox=outbox, patience=1.0)


@pytest.mark.parametrize("method", ["pseudonym", "message_id"])
def test_a_keyring_that_breaks_costs_the_events_and_shows_nothing(
    method: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_self: Keyring, value: str, **_: Any) -> str:
        raise ValueError(value)

    monkeypatch.setattr(Keyring, method, fail)
    outcome = _run(tmp_path)
    assert "sanitizer_error" in _dropped(outcome)


def test_a_walk_that_fails_at_random_costs_the_event(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    decide, calls = Walk.property, iter(range(10**9))

    def fail_sometimes(self: Walk, spot: Any, value: Any) -> Any:
        if next(calls) % 7 == 3:
            raise KeyError(value)
        return decide(self, spot, value)

    monkeypatch.setattr(Walk, "property", fail_sometimes)
    assert "sanitizer_error" in _dropped(_run(tmp_path))


# What strict=True raises.


@pytest.mark.parametrize("channel", [Channel.TRACK, Channel.IDENTIFY, Channel.GROUP, Channel.PAGE])
def test_a_strict_clients_errors_show_nothing_even_to_an_error_tracker(
    channel: Channel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    evidence = Evidence()
    planted: list[Canary] = []
    monkeypatch.setenv("SAFETRACK_KEYS", KEYS)
    policy = {
        "version": 1,
        "extends": ["safetrack:product-analytics"],
        "delivery": {"outbox": "memory"},
        "destinations": {"archive": {"type": "jsonl", "path": str(tmp_path / "out.jsonl")}},
    }
    with Client(policy, strict=True) as client:
        client._route.sanitizer.detector = detector()
        for kind, encoding in SMALL.forms():
            named = channel is Channel.TRACK  # one without a name would be refused for that
            arguments: dict[str, Any] = {"event": "Signed Up"} if named else {}
            for place in PLACES:
                if channel in place.channels and place.event == "main":
                    canary = canaries_of(place, kind, encoding)[0]
                    planted.append(canary)
                    plant(arguments, place.path, canary.planted, place.leaf)
            switch = canaries("strict", kind, encoding)[0]
            planted.append(switch)
            arguments["integrations"] = {"Braze": switch.planted}  # cannot be understood
            with pytest.raises(SafetrackError) as caught:
                getattr(client, channel.value)(**arguments)
            evidence.add_error("strict", caught.value)
    evidence.add_files(tmp_path)
    assert any("bad_control" in text for _, text in evidence.texts)
    assert Finder(planted).hits(evidence) == []


# What is left when the interpreter ends.

SCRIPT = """
import logging, sys, threading
logging.basicConfig(level=logging.DEBUG)
import safetrack
from canary.calls import plant_all
from canary.grid import Extent, Planted

failed = threading.Event()

class Broken:
    batch_size = 10
    def send(self, events):
        failed.set()
        raise RuntimeError(events[0].to_dict())
    def close(self):
        pass

policy = {"version": 1, "extends": ["safetrack:product-analytics"]}
safetrack.configure(policy, destinations={"own": Broken()})
from safetrack import default
plant_all(default.client(), Extent(kinds=("e-mail",), encodings=("plain",)), Planted())
assert failed.wait(100)
if sys.argv[1] == "raise":
    raise SystemExit("done")
"""


@pytest.mark.parametrize("end", ["return", "raise"])
def test_a_process_that_ends_with_events_waiting_writes_none_of_them(
    end: str, tmp_path: Path
) -> None:
    root = Path(__file__).parents[2]
    path = os.pathsep.join([str(root / "src"), str(root / "tests")])
    environment = {
        **os.environ,
        "PYTHONPATH": path,
        "SAFETRACK_KEYS": KEYS,
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "ignore", "-c", SCRIPT, end],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        timeout=120,
    )
    evidence = Evidence()
    evidence.add("stdout", done.stdout)
    evidence.add("stderr", done.stderr)
    evidence.add_files(tmp_path)
    assert b"destination own failed" in done.stderr
    canaries = {_canary for place in PLACES for _canary in _all(place.name)}
    assert Finder(canaries).hits(evidence) == []


def _all(place: str) -> Any:
    from canary.grid import canaries

    return canaries(place, "e-mail", "plain")
