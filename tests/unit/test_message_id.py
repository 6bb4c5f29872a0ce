"""Ids of events that bring none."""

from __future__ import annotations

import os
import threading
import uuid

from safetrack.message_id import new_message_id


def test_an_id_is_a_random_uuid():
    for _ in range(2000):
        text = new_message_id()
        read = uuid.UUID(text)
        assert (read.version, read.variant, str(read)) == (4, uuid.RFC_4122, text)


def test_no_id_comes_twice_from_many_threads():
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.extend(new_message_id() for _ in range(3000)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == len(found) == 24_000


def test_a_forked_child_does_not_repeat_its_parent_s_ids():
    new_message_id()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, "\n".join(new_message_id() for _ in range(500)).encode())
        os._exit(0)
    own = {new_message_id() for _ in range(500)}
    os.close(writer)
    with os.fdopen(reader) as pipe:
        theirs = set(pipe.read().split())
    os.waitpid(child, 0)
    assert len(theirs) == 500
    assert not own & theirs
