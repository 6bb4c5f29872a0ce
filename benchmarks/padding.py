"""What hostile text costs: every pattern, every reading, and the whole detector, CPU seconds.

Repeated tokens are what makes a careless pattern slow: it tries again from each of them. Each
recogniser and each reading is given such padding in three lengths; what costs more than linear
time shows as a growing cost a character. The detector cuts text into windows before it searches,
and ends a search after a second of CPU.
"""

from __future__ import annotations

import base64
import gzip
import time
from collections.abc import Callable, Iterator
from typing import Any

from safetrack.detect.detector import Query, SearchFailed
from safetrack.detect.entities import ENTITIES
from safetrack.detect.presidio.analyzer import PresidioDetector
from safetrack.detect.presidio.artifacts import TextArtifacts
from safetrack.detect.segments import LENGTH
from safetrack.detect.views.readings import ARRANGED, CLEANED, DECODED

TOKENS = (
    *(".", "a", "a.", "1", "1 ", "1-", "1.", "a@", "@", "@a.", "www.", "jane.", "A", "Ab ", "aB "),
    *("%41", "&#65;", "\\u0041", "=41", "+AEA-", "=?utf-8?B?QUJD?=", "YWRh", "61", "61:", "0x61, "),
    *(
        "97, ",
        "01100001 ",
        "[at] ",
        " dot ",
        "a b ",
        "a_",
        "a.b.",
        "one ",
        "1,",
        "1\n",
        "<a ",
        "<a>",
    ),
    *(
        '{"',
        '":"',
        "=",
        ";a=",
        "_A",
        "sk_live_",
        "evil_ks",
        "DE89",
        "00:",
        "://",
        "\u202e",
        "\u200b",
    ),
    *(
        "\u0430",
        "\uff41",
        "\u0665",
        "\u0300",
        "\U000e0041",
        "eyJ.",
        "Bearer ",
        "123-45-",
        "St ",
        "\t",
    ),
    *(
        "token=",
        "?code=",
        "/Users/",
        "Mozilla/5.0 (",
        "12 Oak ",
        " \n",
        "\u00e9",
        "\ud800",
        "-----BEGIN ",
    ),
)
"""Padding: what patterns and readings begin with, repeated."""
SIZES = (2_000, 16_000, 100_000)
MOST = 1.0
"""CPU seconds that the patterns of one text may cost."""


def padding(token: str, size: int) -> str:
    """`size` characters of one token."""
    return (token * (size // len(token) + 1))[:size]


def seconds(run: Callable[[], Any]) -> float:
    """CPU time of one call."""
    start = time.process_time()
    run()
    return time.process_time() - start


def recognisers(detector: PresidioDetector) -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Every recogniser of the engine, those of other modules and of the caller included."""
    for recogniser in detector._engine.recognizers:  # noqa: SLF001  the thing measured

        def run(text: str, own: Any = recogniser) -> Any:
            return own.analyze(text, own.supported_entities, TextArtifacts(text, "en"))

        yield recogniser.name, run


def readings() -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Every reading: its test, and then its work, whether the test asked for it or not."""
    for reading in (*CLEANED, *DECODED, *ARRANGED):

        def run(text: str, own: Any = reading) -> Any:
            own.may_apply(text)
            return list(own.read(text))

        yield f"reading {reading.name}", run


def worst(run: Callable[[str], Any], size: int) -> tuple[float, str]:
    """The dearest token and what it cost."""
    return max((seconds(lambda t=t: run(padding(t, size))), t) for t in TOKENS)


def attempt(run: Callable[[str], Any]) -> Callable[[str], Any]:
    """A search that fails closed counts by what it cost until then."""

    def attempted(text: str) -> Any:
        try:
            return run(text)
        except Exception as error:  # noqa: BLE001  time-outs and bounds are among the answers
            return type(error).__name__

    return attempted


def part_by_part(detector: PresidioDetector) -> None:
    """Each recogniser on one window, each reading on a whole run that cannot be cut."""
    print(f"{'part':34} {'2,000':>9} {'16,000':>9} {'100,000':>9}  dearest token")
    rows = []
    for name, run in readings():
        costs = [worst(attempt(run), size) for size in SIZES]
        rows.append((costs[-1][0], name, [cost for cost, _ in costs], costs[-1][1]))
    for name, run in recognisers(detector):
        cost, token = worst(attempt(run), LENGTH)
        rows.append((cost * SIZES[-1] / LENGTH, name, [cost], token))
    for _, name, costs, token in sorted(rows, reverse=True)[:25]:
        cells = " ".join(f"{cost:9.4f}" for cost in costs)
        print(f"{name:34} {cells:29}  {token!r}")


def whole(detector: PresidioDetector) -> None:
    """The detector itself, patterns only, on 100,000 characters."""
    print(f"\n{'100,000 characters of':34} {'CPU s':>7}  answer")
    rows = []
    bomb = base64.b64encode(gzip.compress(b"a@b.c " * 1_000_000)).decode()
    for text, name in [*((padding(t, SIZES[-1]), repr(t)) for t in TOKENS), (bomb, "gzip bomb")]:
        answers: list[Any] = []
        cost = seconds(
            lambda text=text, answers=answers: answers.extend(detector.find([Query(text)]))
        )
        rows.append((cost, name, told(answers[0])))
    for cost, name, answer in sorted(rows, reverse=True)[:15]:
        print(f"{name:34} {cost:7.3f}  {answer}")
    over = sum(cost > MOST for cost, _, _ in rows)
    print(f"{len(rows)} paddings, {over} above {MOST} s, worst {max(rows)[0]:.2f} s")


def told(found: Any) -> str:
    """An answer in a word or two."""
    if isinstance(found, SearchFailed):
        return f"does not leave: {found.reason}"
    rest = [finding.unsearched for finding in found if finding.unsearched is not None]
    return f"rest does not leave: {rest[0]}" if rest else f"{len(found)} findings"


def main() -> None:
    """Print both tables."""
    detector = PresidioDetector(entities=ENTITIES)
    detector.find([Query("warm up ada@example.org +1 202 555 0147")])
    part_by_part(detector)
    whole(detector)


if __name__ == "__main__":
    main()
