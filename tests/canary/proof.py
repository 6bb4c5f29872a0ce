"""Write the grid into ``docs/explanation/proof.md``: ``PYTHONPATH=src:tests python -m canary.proof``.

With ``--run`` the grid is run as well, and its figures are written too (some minutes).
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Final

from canary import misses
from canary.finder import Finder
from canary.grid import IN_EACH_CELL, Cell, Extent, Planted, canaries_of, cells
from canary.policies import PRESETS
from canary.report import by_form, by_place, exclusions, results
from canary.run import run

PAGE: Final = Path(__file__).parents[2] / "docs" / "explanation" / "proof.md"


def planned() -> Planted:
    """What a run plants, without running it."""
    planted = Planted()
    for channel, place, kind, encoding in cells(Extent()):
        for canary in canaries_of(place, kind, encoding)[:IN_EACH_CELL]:
            planted.add(Cell(channel, place, kind, encoding), canary)
    return planted


def generated() -> str:
    """The tables of the grid."""
    planted = planned()
    return "\n\n".join((by_place(planted), by_form(planted), exclusions()))


def measured() -> str:
    """The figures of a run under both presets."""
    outcomes, hits = {}, {}
    for preset in PRESETS:
        with tempfile.TemporaryDirectory() as folder:
            outcome = run(preset, Path(folder))
        found = Finder(outcome.planted.canaries).hits(outcome.evidence)
        hits[preset] = len(found)
        print(*found, sep="\n")  # noqa: T201  canaries are nobody's
        outcomes[preset] = outcome
    return results(outcomes, hits)


def _replaced(page: str, mark: str, text: str) -> str:
    pattern = rf"(<!-- {mark} -->\n).*?(<!-- end of {mark} -->)"
    return re.sub(pattern, lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page, flags=re.DOTALL)


def main() -> None:
    """Write the page."""
    page = _replaced(PAGE.read_text("utf-8"), "grid", generated())
    if "--run" in sys.argv:
        page = _replaced(page, "figures", measured())
        page = _replaced(page, "misses", misses.measured())
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
