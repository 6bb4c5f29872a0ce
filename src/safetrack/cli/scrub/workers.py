"""Run a function over batches, in this process or in several, results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_WAITING_PER_WORKER: Final = 2
"""Batches handed out ahead of the one that is written next: enough to keep every worker busy, few
enough to keep memory flat."""


def in_order(work: Callable[[T], R], batches: Iterable[T], workers: int) -> Iterator[R]:
    """``map(work, batches)``, with `workers` processes at once when there is more than one.

    Processes are spawned, not forked: libraries with threads of their own do not survive a fork.
    """
    if workers <= 1:
        yield from map(work, batches)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[R]] = deque()
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) >= workers * _WAITING_PER_WORKER:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
