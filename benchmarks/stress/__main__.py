"""``make stress``: everything, at full length. `--part` and `--short` for less."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from typing import Final

from stress import kills, losses, outage, soak, storage


def _endings(*, short: bool) -> None:
    _matrix(losses.SHORT if short else losses.ENDINGS)


def _faults(*, short: bool) -> None:
    _matrix(() if short else losses.FAULTS)


def _matrix(scenarios: tuple[losses.Scenario, ...]) -> None:
    subjects = (*losses.OURS, *losses.VENDORS)
    losses.show(losses.matrix(scenarios, subjects), subjects)


def _kills(*, short: bool) -> None:
    print(f"\nSIGKILL at random moments: {kills.run(5 if short else kills.ROUNDS)}")
    sealed = kills.run(5 if short else kills.SEALED_ROUNDS, sealed=True)
    print(f"the same, sealed: {sealed}")


def _outage(*, short: bool) -> None:
    print("\none of two destinations down; from the first call of 100 to their delivery")
    outage.show(outage.run(3 if short else outage.PAIRS))


def _storage(*, short: bool) -> None:  # noqa: ARG001  it is short
    storage.show(storage.run())


def _soak(*, short: bool) -> None:
    soak.show(soak.run(15 if short else soak.SECONDS))


PARTS: Final[Mapping[str, Callable[..., None]]] = {
    "endings": _endings,
    "faults": _faults,
    "kills": _kills,
    "outage": _outage,
    "storage": _storage,
    "soak": _soak,
}


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="stress", description=__doc__)
    parser.add_argument("--part", choices=sorted(PARTS))
    parser.add_argument("--short", action="store_true")
    asked = parser.parse_args()
    for name, part in PARTS.items():
        if asked.part in (None, name):
            part(short=asked.short)
    print(f"\nload average of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
