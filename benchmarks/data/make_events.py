"""Writes ``dev.jsonl``: labelled events that rules may be written from.

    python benchmarks/data/make_events.py

The same Python packages (group ``bench``) and seed give the same file. Everyone and everything in
it is made up. The format is that of `benchmarks/evaluation/labelled.py`.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path
from typing import Any

from making import commerce, industries, languages, services, software, tricky, vendors
from making.harmless import Harmless
from making.identifiers import Ids
from making.people import People
from making.scene import Scene
from making.styles import RARE, STYLES
from making.template import line

SEED = 20251125
EVENTS = 1_480
RARELY = 0.06
OUT = Path(__file__).parent / "dev.jsonl"
MODULES = (commerce, software, vendors, industries, services, languages, tricky)
FAMILIES = tuple(family for module in MODULES for family in module.FAMILIES)


def main() -> None:
    """Write the file and say how large it is."""
    _fix_hashes()
    rng = random.Random(SEED)
    scene = Scene(rng, People(rng), Ids(rng), Harmless(rng))
    written = labels = 0
    with OUT.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(EVENTS):
            family = FAMILIES[number % len(FAMILIES)]
            style = rng.choice(RARE if rng.random() < RARELY else STYLES)
            source = f"{family.__module__.rpartition('.')[2]}.{family.__name__}"
            one = line(family(scene), source, style)
            labels += len(one["labels"])
            written += file.write(escaped(one) + "\n")
    print(f"{OUT.name}: {EVENTS} events, {labels} labels, {written / 1e6:.2f} MB")


def escaped(one: dict[str, Any]) -> str:
    """A line of the file, with the first letter of every secret as an escape of JSON.

    Scanners for secrets then find none in the file; a parser gives the true values.
    """
    text = json.dumps(one, ensure_ascii=False, separators=(",", ":"))
    for secret in sorted(_secrets(one), key=len, reverse=True):
        plain = json.dumps(secret, ensure_ascii=False)[1:-1]
        text = text.replace(plain, f"\\u{ord(secret[0]):04x}{plain[1:]}")
    return text


def _secrets(one: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for label in one["labels"]:
        if label["group"] == "secret":
            value = one["event"]
            for step in label["path"]:
                value = value[step]
            found.update(label.get("parts", [value]))
    return found


def _fix_hashes() -> None:
    """Start again with fixed string hashes: Faker draws some values from sets."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, __file__], {**os.environ, "PYTHONHASHSEED": "0"})  # noqa: S606


if __name__ == "__main__":
    main()
