"""Shows what the demo found, side by side, in at most 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from safetrack.cli.demo.attacker import NAME_PART
from safetrack.cli.demo.example import Example
from safetrack.cli.demo.planted import KINDS
from safetrack.cli.demo.questions import RETENTION, Answer
from safetrack.cli.demo.run import POLICY_FILE, RAW_FILE, SAFE_FILE, Outcome
from safetrack.delivery.counters import Stats

WIDTH: Final = 80
_TEXT_ROWS: Final = {
    NAME_PART: "a name, or part of one",
    "email": "an e-mail address",
    "phone": "a phone number",
    "place": "a city",
    "organisation": "an organisation's name",
    "order_id": "an order id",
}
"""What a free text may still hold, and how the report calls it."""


def print_report(outcome: Outcome, console: Console) -> None:
    """Print everything for a person at a terminal."""
    console.print(_heading(outcome))
    _section(console, "What an attacker would hold")
    console.print(_holdings(outcome))
    console.print(_holdings_note(outcome))
    _section(console, "The same questions, asked of both files")
    for answer in outcome.answers:
        console.print(_answer(answer))
    _section(console, "One event, byte for byte")
    _print_example(console, outcome.example)
    console.print(_ending(outcome))


def to_json(outcome: Outcome) -> dict[str, Any]:
    """The same for machines. Every value in it was invented."""
    return {
        "events": outcome.events,
        "people": outcome.people,
        "attacker": [
            {"what": what, "without": without, "with": left}
            for what, without, left in rows(outcome)
        ],
        "survivors": {
            kind: sorted(outcome.safe.loot.values[kind])
            for kind in KINDS
            if outcome.safe.loot.values[kind]
        },
        "questions": [_answer_json(answer) for answer in outcome.answers],
        "example": {
            "before": outcome.example.before.decode(),
            "after": outcome.example.after.decode(),
        },
        "delivery": outcome.stats,
        "seconds": outcome.seconds,
        "folder": str(outcome.folder),
    }


def rows(outcome: Outcome) -> Iterator[tuple[str, int, int]]:
    """What an attacker would hold: what it is, how much of it without and with safetrack."""
    raw, safe = outcome.raw, outcome.safe
    for kind, name in KINDS.items():
        yield name, len(raw.loot.values[kind]), len(safe.loot.values[kind])
    for kind, name in _TEXT_ROWS.items():
        yield f"free texts with {name}", raw.loot.texts[kind], safe.loot.texts[kind]
    for name, count in raw.singled_out.items():
        yield f"people alone with {name}", count, safe.singled_out[name]
    yield "people alone with an exact time", raw.by_exact_time, safe.by_exact_time


def _heading(outcome: Outcome) -> Text:
    return Text(
        f"{outcome.events:,} invented events of {outcome.people:,} people on an AI-API platform, "
        "stored twice: as a plain analytics SDK sends them, and through safetrack."
    )


def _section(console: Console, title: str) -> None:
    console.print()
    console.rule(f"[bold]{title}", align="left")


def _holdings(outcome: Outcome) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("found by searching every byte and cell", style="dim")
    table.add_column("without", justify="right")
    table.add_column("with safetrack", justify="right")
    for what, without, left in rows(outcome):
        style = "green" if left == 0 else "yellow"
        table.add_row(Text(what, style=""), f"{without:,}", Text(f"{left:,}", style=style))
    return table


def _holdings_note(outcome: Outcome) -> Text:
    missed, orders = outcome.safe.loot.any_text, outcome.safe.loot.texts["order_id"]
    return Text(
        f"\nWhat is left is counted, not hidden. {missed:,} of {outcome.raw.loot.any_text:,} free "
        f"texts still name somebody or something, because detection misses, and {orders:,} an "
        "order id, for which there is no recogniser; a policy that drops `message` leaves none. "
        "Referrer hosts such as wiki.COMPANY name the company. Exact times single out whoever is "
        "known to have done something at that moment."
    )


def _answer(answer: Answer) -> Text:
    text = Text()
    text.append(f"{answer.question.name} ({answer.question.unit}): ", style="bold")
    if not answer.differences:
        text.append(f"same, all {len(answer.raw)} numbers\n", style="green")
        return text.append(_numbers(answer) + "\n")
    text.append(f"{len(answer.differences)} numbers differ\n", style="yellow")
    if answer.question.coarser:
        text.append(f"  as expected: {answer.question.coarser}\n")
    return text.append(_differences(answer) + "\n")


def _numbers(answer: Answer) -> str:
    if answer.question is RETENTION:
        return "\n".join(_cohorts(answer.raw))
    return _flow(f"{label} {_number(number)}" for label, number in answer.raw.items())


def _cohorts(numbers: Mapping[str, float]) -> Iterator[str]:
    """One line a week of arrival: how many came, and came back in each week after it."""
    for cohort, group in groupby(numbers.items(), lambda item: item[0].split(" week ")[0]):
        yield f"  {cohort}" + "".join(f"{number:8,.0f}" for _, number in group)


def _differences(answer: Answer) -> str:
    return _flow(
        f"{label} {_number(before)} -> {_number(after)}"
        for label, (before, after) in answer.differences.items()
    )


def _number(number: float | None) -> str:
    if number is None:
        return "none"
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"


def _flow(parts: Iterable[str]) -> str:
    """Parts side by side, in lines of at most `WIDTH` characters."""
    lines = ["  "]
    for part in parts:
        if len(lines[-1]) + len(part) > WIDTH - 4 and lines[-1].strip():
            lines.append("  ")
        lines[-1] += f"{part}  ·  "
    return "\n".join(line.removesuffix("  ·  ") for line in lines)


def _print_example(console: Console, example: Example) -> None:
    for title, content in (("before", example.before), ("after", example.after)):
        console.print(Text(f"{title}: {len(content):,} bytes", style="bold"))
        console.print(Text("\n".join(_chunks(content.decode(), WIDTH))), end="\n\n")


def _chunks(text: str, width: int) -> Iterator[str]:
    """Pieces of `text` that fill a line each, broken anywhere: no byte is added or left out."""
    line = ""
    for letter in text:
        if cell_len(line + letter) > width:
            yield line
            line = ""
        line += letter
    yield line


def _ending(outcome: Outcome) -> Text:
    parts = (f"{name} {seconds:.0f} s" for name, seconds in outcome.seconds.items())
    return Text(
        f"Delivery: {_counts(outcome.stats)}\n"
        f"Time: {sum(outcome.seconds.values()):.0f} s\n{_flow(parts)}\n"
        f"Files in {outcome.folder}:\n{_flow((RAW_FILE, SAFE_FILE, POLICY_FILE))}\n"
        "The key is deleted: nobody can make or match these pseudonyms again."
    )


def _counts(stats: Stats) -> str:
    """The books, which balance: tracked = delivered + pending + dropped."""
    return ", ".join(f"{name} {_count(count)}" for name, count in stats.items())


def _count(count: int | dict[str, int]) -> str:
    if isinstance(count, int):
        return f"{count:,}"
    return ", ".join(f"{number:,} {reason}" for reason, number in count.items()) or "0"


def _answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question.name,
        "unit": answer.question.unit,
        "without": answer.raw,
        "with": answer.safe,
        "differences": answer.differences,
    }
