"""A script: every public call of a vendor's SDK, written once and run against SDK and drop-in."""

from __future__ import annotations

import inspect
import itertools
import uuid
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any, Final

import pytest
import time_machine

from safetrack.testing import Capture

MOMENT: Final = "2026-11-25T12:00:00+00:00"
"""Where the clock stands while requests are compared."""

_PER_CONNECTION: Final = {"host", "connection", "accept-encoding"}


class Script:
    """Steps by the public calls that they exercise. A step is given the vendor's own scene."""

    def __init__(self) -> None:
        self.steps: list[Callable[[Any], object]] = []
        self.exercised: set[str] = set()

    def exercises(self, *calls: str) -> Callable[[Callable[[Any], object]], Any]:
        """Register a step under the names of the calls that it makes."""

        def register(step: Callable[[Any], object]) -> Callable[[Any], object]:
            self.steps.append(step)
            self.exercised.update(calls)
            return step

        return register

    def run(self, scene: Any) -> None:
        """Every step, in the order of writing."""
        for step in self.steps:
            step(scene)

    def unknown_to(self, public: Iterable[str]) -> tuple[list[str], list[str]]:
        """Public calls that no step exercises, and exercised ones that are not public (any more)."""
        names = set(public)
        return sorted(names - self.exercised), sorted(self.exercised - names)


def methods_of(*classes: type) -> set[str]:
    """``Class.method`` of each public one, inherited ones included."""
    return {
        f"{kind.__name__}.{name}"
        for kind in classes
        for name, member in inspect.getmembers(kind)
        if not name.startswith("_")
        and (callable(member) or isinstance(member, property))
        and not hasattr(object, name)
    }


def functions_of(module: ModuleType) -> set[str]:
    """Public functions of a module, wherever they were written."""
    return {
        name
        for name, member in inspect.getmembers(module, inspect.isroutine)
        if not name.startswith("_")
    }


def stopped_clock() -> Any:
    """A context in which every clock of the process stands still at `MOMENT`."""
    return time_machine.travel(MOMENT, tick=False)


def counted_uuids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random ids become counted ones."""
    numbers = itertools.count(1)
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=next(numbers), version=4))


def on_the_wire(capture: Capture) -> list[tuple[Any, ...]]:
    """What was sent, byte for byte, without what is each connection's own."""
    return [
        (
            request.method,
            request.target,
            sorted(
                (name.lower(), value)
                for name, value in request.headers
                if name.lower() not in _PER_CONNECTION
            ),
            request.body,
        )
        for request in capture.requests
    ]
