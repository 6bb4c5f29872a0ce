"""`make stress` at small size: real processes, a real server, kills and faults."""

from __future__ import annotations

import logging

import pytest
from stress import kills, losses, outage, soak, storage
from stress.sink import sink
from stress.subjects import LOUD, Options, running


@pytest.fixture(autouse=True)
def loggers():
    """The harness silences the vendors' loggers; other tests look at them."""
    before = {name: logging.getLogger(name).level for name in LOUD}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("sealed", [False, True])
def test_no_accepted_event_is_lost_or_changed_when_processes_are_killed(sealed):
    outcome = kills.run(rounds=3, events=400, sealed=sealed)
    assert outcome.accepted >= 1200
    assert (outcome.lost, outcome.strange, outcome.changed) == (0, 0, 0)


@pytest.mark.parametrize("subject", losses.OURS)
@pytest.mark.parametrize("scenario", losses.SHORT, ids=lambda one: one.name)
def test_nothing_is_lost_but_what_was_promised_to_be(scenario, subject):
    losses.give_keys()
    cell = losses.run(scenario, subject)
    assert not cell.hung
    assert cell.changed == 0
    if scenario.ending != "SIGKILL" or "sealed" in subject:
        assert cell.lost == 0


@pytest.mark.parametrize("fault", ["disk full", "bit flips", "files deleted"])
def test_a_fault_of_the_disk_lets_no_raw_byte_out_and_is_counted(fault):
    losses.give_keys()
    result = storage.one(fault, events=2_000)
    assert result.balances
    assert result.raw == 0


def test_the_books_balance_under_random_faults():
    result = soak.run(seconds=4)
    assert result.balances
    assert result.stats["delivered"] == result.arrived


def test_a_destination_that_is_down_does_not_keep_the_other_one_from_its_events():
    assert outage.run(pairs=1)[0].down < 60


def test_the_harness_sees_a_loss_and_a_copy(tmp_path):
    losses.give_keys()
    with sink() as server:
        client = running("safetrack", Options(server.url, tmp_path / "outbox"))
        for number in (1, 2, 2):
            client.track(number)
        client.flush(60)
        client.close()
        report = server.report()
    assert report.missing(range(4)) == 2
    assert report.doubled() == 1
    assert report.changed() == 1
