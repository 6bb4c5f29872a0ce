"""What begins anew in a child process, where none of the parent's threads is."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from typing import TypeVar

T = TypeVar("T")


def in_children(live: Collection[T], begin: Callable[[T], object]) -> None:
    """After every fork, call `begin` in the child, for each that is alive at that moment.

    Those who register first are called first.
    """

    def begin_all() -> None:
        for one in list(live):  # it may grow or shrink meanwhile
            begin(one)

    os.register_at_fork(after_in_child=begin_all)
