"""Who is closed at the end of a process, and how long that may take."""

from __future__ import annotations

import multiprocessing.util
import os
import sys
import time
import types

import pytest

from safetrack.delivery import endings


class Sender:
    def __init__(self, seconds=0.0):
        self.given = []
        self.left = 0
        self._seconds = seconds

    def close_at_exit(self, timeout):
        self.given.append(timeout)
        time.sleep(self._seconds)

    def leave_to_parent(self):
        self.left += 1


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    monkeypatch.setattr(endings, "_hooked", set())
    others = set(endings._LIVE)
    endings._LIVE.clear()
    yield
    endings._LIVE.clear()
    endings._LIVE.update(others)


def test_all_share_one_time(monkeypatch):
    monkeypatch.setattr(endings, "EXIT_SECONDS", 0.2)
    senders = [Sender(0.3), Sender(0.3)]
    for one in senders:
        endings.watch(one)

    endings.end_all()

    first, second = sorted((one.given[0] for one in senders), reverse=True)
    assert 0.1 < first <= 0.2
    assert second == 0.0


def test_who_is_closed_already_is_let_go_and_who_is_only_forgotten_is_not():
    given = []
    for name in ("forgotten", "closed"):
        one = Sender()
        one.given = given
        endings.watch(one)
        if name == "closed":
            endings.forget(one)
        del one

    endings.end_all()

    assert len(given) == 1


def test_in_a_child_everybody_begins_anew():
    one = Sender()
    endings.watch(one)
    child = os.fork()
    if child == 0:  # pragma: no cover  another process
        os._exit(0 if one.left == 1 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert one.left == 0


def test_the_main_process_uses_no_finalizer_and_a_child_of_multiprocessing_one(monkeypatch):
    made = []
    monkeypatch.setattr(multiprocessing.util, "Finalize", lambda *args, **_: made.append(args))
    endings.hook()
    assert made == []

    monkeypatch.setattr("multiprocessing.process.parent_process", lambda: "a parent")
    monkeypatch.setattr(endings, "_hooked", set())
    endings.hook()
    endings.hook()
    assert made == [(None, endings.end_all)]


def test_celery_s_signal_is_used_where_celery_is_loaded(monkeypatch):
    connected = []
    shutdown = types.SimpleNamespace(connect=lambda what, **_: connected.append(what))
    loaded = types.SimpleNamespace(worker_process_shutdown=shutdown)
    monkeypatch.setitem(sys.modules, "celery.signals", loaded)
    endings.hook()
    one = Sender()
    endings.watch(one)

    (ended,) = connected
    ended(signal=shutdown, sender=None, pid=1, exitcode=0)
    assert len(one.given) == 1
