"""No thread of an SDK is inside detection when the interpreter goes."""

import os
import threading

from safetrack.dropin import guard as guard_module
from safetrack.dropin.ending import Ending
from safetrack.dropin.guard import Guard
from safetrack.vendors.mixpanel import MIXPANEL_EXPORT


def in_a_thread(call):
    results = []
    thread = threading.Thread(target=lambda: results.append(call()))
    thread.start()
    thread.join()
    return results[0]


def may_detect(ending):
    with ending.detecting() as may:
        return may


def test_the_end_waits_for_what_is_begun():
    ending, begun, ended = Ending(), threading.Event(), threading.Event()

    def detect():
        with ending.detecting():
            begun.set()
            ended.wait()

    worker = threading.Thread(target=detect)
    worker.start()
    begun.wait()
    assert ending.is_detecting
    end = threading.Thread(target=ending.end)
    end.start()
    end.join(0.05)
    assert end.is_alive()

    ended.set()
    end.join()
    worker.join()
    assert not ending.is_detecting


def test_after_the_end_only_the_main_thread_begins_anything():
    ending = Ending()
    assert in_a_thread(lambda: may_detect(ending))

    ending.end()

    assert not in_a_thread(lambda: may_detect(ending))
    assert may_detect(ending)
    assert not ending.is_detecting


def test_a_child_process_begins_anew():
    ending = Ending()
    with ending.detecting():
        ending._inside += 1  # a thread that the child has not
        pid = os.fork()
        if pid == 0:
            ending.begin()
            os._exit(ending.is_detecting)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_what_comes_too_late_is_dropped_and_counted(policy, monkeypatch):
    ending = Ending()
    monkeypatch.setattr(guard_module, "ENDING", ending)
    guard = Guard("mixpanel", policy)
    ending.end()

    assert in_a_thread(lambda: guard.clean([{"event": "x"}], MIXPANEL_EXPORT)) == [None]

    assert guard.stats()["dropped"] == {"process_ended": 1}
