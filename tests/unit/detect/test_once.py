import os
import threading

from safetrack.detect.once import once


class Reading:
    def __init__(self):
        self.computed = 0

    @once
    def value(self) -> int:
        """How often it was computed."""
        self.computed += 1
        return self.computed


class Slow:
    def __init__(self, started, go):
        self.started, self.go = started, go

    @once
    def value(self):
        self.started.set()
        self.go.wait(60)
        return 1


def test_it_is_computed_when_it_is_first_read_and_then_no_more():
    reading = Reading()

    assert reading.computed == 0
    assert [reading.value, reading.value, Reading().value] == [1, 1, 1]
    assert reading.computed == 1


def test_of_the_class_it_is_the_property_itself():
    assert Reading.value.__doc__ == "How often it was computed."


def test_a_child_process_can_compute_what_a_thread_of_the_parent_was_computing():
    started, go = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: Slow(started, go).value)
    thread.start()
    assert started.wait(60)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        ready = threading.Event()
        ready.set()
        os.write(writer, b"%d" % Slow(threading.Event(), ready).value)
        os._exit(0)
    os.waitpid(child, 0)
    go.set()
    thread.join()

    assert os.read(reader, 1) == b"1"
