"""How much personal data is left, and how much harmless data is harmed, beside two peers.

    python benchmarks/quality.py [--part dev|holdout|all] [--kind K] [--show N] [--no-peers]
    python benchmarks/quality.py --hostile
    python benchmarks/quality.py --free-text synth_dataset_v2.json

By default it does all three, the last one only if it is told where that file is
(`evaluation/free_text.py` says where to get it). The first runs labelled events through the default of ``unlisted: scrub``, and the same leaves through plain
Presidio and through a key-name list with Presidio. For each part of the set it prints, by group
and by kind, how many identifiers survive and how many harmless values are altered, with 95 %
Wilson intervals. What counts is said in `evaluation/scoring.py`, the format of the set in
`evaluation/labelled.py`; `data/make_events.py` makes the part that rules may be written from.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from evaluation.events import Result, print_failures, print_table, run
from evaluation.free_text import print_free_text
from evaluation.hostile import print_grid
from evaluation.labelled import read
from evaluation.systems import KeyListAndPresidio, PlainPresidio, Safetrack

DATA = Path(__file__).parent / "data"
PARTS = ("dev", "holdout")


def main() -> None:
    """Measure what the options say."""
    options = _options()
    if options.free_text:
        print_free_text(options.free_text, peers=not options.no_peers)
        return
    systems = [Safetrack()]
    if not options.no_peers:
        presidio = PlainPresidio()
        systems += [presidio, KeyListAndPresidio(presidio)]
    if options.hostile:
        print_grid(systems)
        return
    for part in (options.part,) if options.part in PARTS else PARTS:
        path = DATA / f"{part}.jsonl"
        if not path.exists():
            print(f"{part}: there is no {path.name}, skipped")
            continue
        results: list[Result] = run(read(path), systems, options.kind)
        print_table(part, results, [system.name for system in systems])
        if options.show:
            print_failures(results, options.show)
    if not options.part:
        print_grid(systems)
        print(
            "\nfree text: skipped; --free-text PATH measures it on presidio-research's synthetic set"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--part", choices=(*PARTS, "all"), help="labelled events alone")
    parser.add_argument("--kind", help="only this kind")
    parser.add_argument("--show", type=int, default=0, help="print this many failures (dev only)")
    parser.add_argument("--hostile", action="store_true", help="the grid of hostile input alone")
    parser.add_argument(
        "--free-text", type=Path, metavar="PATH", help="presidio-research's set alone"
    )
    parser.add_argument("--no-peers", action="store_true", help="safetrack alone")
    options = parser.parse_args()
    if options.show and options.part != "dev":
        parser.error("--show needs --part dev: nobody who writes rules looks into the holdout part")
    return options


if __name__ == "__main__":
    main()
