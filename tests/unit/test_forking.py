"""What begins anew in a child process."""

from __future__ import annotations

import os

from safetrack.forking import in_children


def test_all_that_live_begin_anew_in_a_child_and_in_the_child_alone():
    begun, live = [], ["a"]
    in_children(live, begun.append)
    live.append("b")
    child = os.fork()
    if child == 0:  # pragma: no cover  another process
        os._exit(0 if begun == ["a", "b"] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert begun == []
    live.clear()
