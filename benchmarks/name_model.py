"""The models that find names, beside each other: speed, memory, and what they find.

    python benchmarks/name_model.py [--free-text synth_dataset_v2.json]

Each model runs in a process of its own. Speed is CPU time of one thread, the best of three runs, on
texts of the training's held-out templates cut to length. `evaluation/free_text.py` says where
the public set is to be had.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

os.environ["OMP_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

SHORT, MIDDLE, LONG = 30, 200, 2000


def main() -> None:
    """Measure every model that is installed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--free-text", type=Path)
    options = parser.parse_args()
    for model in ("stock", "small", "medium"):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            print(json.dumps(pool.apply(measure, (model, options.free_text)), indent=1))


def measure(model: Any, free_text: Path | None) -> dict[str, object]:
    """What one model costs and finds; its error if it is not installed."""
    from safetrack.detect.presidio.names import NameFinder
    from safetrack.errors import DetectorError

    try:
        finder = NameFinder(["en"], model)
    except DetectorError as error:
        return {"model": model, "error": str(error)}
    finder.load()
    result: dict[str, object] = {"model": model, "MiB loaded": _resident()}
    for name, texts in _texts().items():
        finder.find(texts)
        result[f"ms a text, {name}"] = round(min(_seconds(finder, texts) for _ in range(3)), 3)
    result["MiB after that"] = _resident()
    result |= _held_out(model)
    return result | (_public(model, free_text) if free_text else {})


def _texts() -> dict[str, list[str]]:
    from sentences import sentences

    drawn = [one.text for one in islice(sentences(99, held_out=True), 4000)]
    whole = " ".join(drawn)
    return {
        "short": [text for text in drawn if len(text) <= SHORT][:640],
        "200 characters": [whole[at : at + MIDDLE] for at in range(0, 256 * MIDDLE, MIDDLE)],
        "2000 characters": [whole[at : at + LONG] for at in range(0, 64 * LONG, LONG)],
    }


def _seconds(finder: Any, texts: list[str]) -> float:
    """Milliseconds of CPU a text."""
    started = time.process_time()
    finder.find(texts)
    return (time.process_time() - started) * 1000 / len(texts)


def _held_out(model: Any) -> dict[str, object]:
    """The whole detector on templates that were not trained on."""
    from sentences import sentences

    drawn = list(islice(sentences(2027, held_out=True), 1500))
    found = _search(model, [one.text for one in drawn])
    total = hit = harmless = harmed = 0
    for one, spans in zip(drawn, found, strict=True):
        covered = {at for start, end in spans for at in range(start, end)}
        total += len(one.entities)
        hit += sum(
            2 * sum(at in covered for at in range(start, end)) >= end - start
            for start, end, _ in one.entities
        )
        harmless += not one.entities
        harmed += bool(spans and not one.entities)
    return {
        "held-out templates, spans found": f"{hit} of {total}",
        "held-out harmless texts hit": f"{harmed} of {harmless}",
    }


def _public(model: Any, path: Path) -> dict[str, object]:
    from evaluation.free_text import read_sentences, score

    sentences = read_sentences(path)
    counted = score(sentences, _search(model, [one.text for one in sentences]))
    gold = [kind for one in sentences for _, _, kind in one.gold]
    kinds = {kind: f"{counted.found[kind]} of {gold.count(kind)}" for kind in sorted(set(gold))}
    return {
        "public set, spans found": f"{counted.found.total()} of {len(gold)}",
        "public set, fully masked": counted.masked,
        "public set, findings right": f"{counted.right} of {counted.predicted}",
        "by kind": kinds,
    }


def _search(model: Any, texts: list[str]) -> list[list[tuple[int, int]]]:
    from safetrack.detect.detector import Query, SearchFailed
    from safetrack.detect.entities import DEFAULT_ENTITIES
    from safetrack.detect.presidio.analyzer import PresidioDetector

    detector = PresidioDetector(entities=DEFAULT_ENTITIES | {"DATE_TIME"}, model=model)
    return [
        [] if isinstance(one, SearchFailed) else [(f.start, f.end) for f in one]
        for one in detector.find([Query(text, names=True) for text in texts])
    ]


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


if __name__ == "__main__":
    main()
