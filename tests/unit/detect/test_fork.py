"""Locks that a fork waits for."""

from __future__ import annotations

import os
import threading

from safetrack.detect.fork import ForkLock


def _is_free_in_a_child(locks: list[ForkLock]) -> bool:
    child = os.fork()
    if child == 0:
        free = all(lock._lock.acquire(timeout=2) for lock in locks)
        os._exit(0 if free else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_lock_that_another_thread_holds_is_free_in_a_child() -> None:
    lock, held = ForkLock(), threading.Event()

    def work() -> None:
        with lock:
            held.set()
            threading.Event().wait(0.2)

    thread = threading.Thread(target=work)
    thread.start()
    held.wait()
    assert _is_free_in_a_child([lock])
    thread.join()


def test_a_lock_that_is_made_and_taken_while_a_fork_waits_is_free_in_the_child() -> None:
    outer, held = ForkLock(), threading.Event()
    locks = [outer]

    def load() -> None:
        with outer:
            held.set()
            threading.Event().wait(0.3)
            inner = ForkLock()
            locks.append(inner)
            inner.acquire()
        threading.Event().wait(0.3)
        inner.release()

    thread = threading.Thread(target=load)
    thread.start()
    held.wait()
    assert _is_free_in_a_child(locks)
    assert len(locks) == 2
    thread.join()
