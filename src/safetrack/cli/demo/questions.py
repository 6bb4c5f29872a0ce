"""The questions that a product team asks, each one SQL statement for whichever file it is asked of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from safetrack.cli.demo.database import connect


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the SQL that answers it.

    Attributes:
        name: How the report calls it.
        sql: Gives rows of a label and one number.
        unit: What the number counts.
        coarser: What the policy makes coarser in it, so that small differences are expected.
    """

    name: str
    sql: str
    unit: str
    coarser: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question's answers from two files: label to number, in the order of the first file."""

    question: Question
    raw: dict[str, float]
    safe: dict[str, float]

    @property
    def differences(self) -> dict[str, tuple[float | None, float | None]]:
        """Labels whose numbers are not exactly equal, with both numbers; None where one lacks it."""
        labels = [*self.raw, *(label for label in self.safe if label not in self.raw)]
        pairs = {label: (self.raw.get(label), self.safe.get(label)) for label in labels}
        return {label: pair for label, pair in pairs.items() if pair[0] != pair[1]}


SIGNUPS: Final = Question(
    "Sign-ups by plan",
    """
    SELECT properties->>'$.plan' AS label, count(DISTINCT user_id) AS number
    FROM events WHERE event = 'Signed Up' GROUP BY label ORDER BY number DESC, label
    """,
    "users",
)

FUNNEL: Final = Question(
    "Activation funnel",
    """
    WITH steps AS (
        SELECT user_id,
            min("timestamp") FILTER (event = 'Signed Up') AS signed_up,
            min("timestamp") FILTER (event = 'API Key Created') AS key_created,
            min("timestamp") FILTER (event = 'Playground Run') AS first_run,
            max("timestamp") FILTER (event = 'Invoice Paid') AS paid
        FROM events GROUP BY user_id)
    SELECT unnest(['1 signed up', '2 created a key', '3 then ran a model', '4 then paid']) AS label,
        unnest([count(signed_up),
            count(*) FILTER (key_created > signed_up),
            count(*) FILTER (key_created > signed_up AND first_run > key_created),
            count(*) FILTER (key_created > signed_up AND first_run > key_created
                AND paid > first_run)]) AS number
    FROM steps
    """,
    "users",
)

RETENTION: Final = Question(
    "Weekly retention",
    """
    WITH arrivals AS (
        SELECT user_id, min("timestamp") AS arrived, date_trunc('week', arrived) AS cohort
        FROM events WHERE event = 'Signed Up' GROUP BY user_id)
    SELECT strftime(cohort, '%d %b') || ' week ' ||
            date_diff('week', cohort, date_trunc('week', "timestamp")) AS label,
        count(DISTINCT user_id) AS number
    FROM events JOIN arrivals USING (user_id)
    WHERE "timestamp" >= arrived
    GROUP BY cohort, label ORDER BY cohort, label
    """,
    "active users",
)

REFERRERS: Final = Question(
    "Top referrer domains",
    """
    SELECT regexp_extract(properties->>'$.referrer', '^https?://([^/?#]+)', 1) AS label,
        count(*) AS number
    FROM events WHERE type = 'page'
    GROUP BY label HAVING label NOT IN ('', 'platform.demo.example')
    ORDER BY number DESC, label LIMIT 10
    """,
    "page views",
)

REVENUE: Final = Question(
    "Revenue by country",
    """
    SELECT context->>'$.location.country' AS label,
        round(sum(CAST(properties->>'$.amount' AS DOUBLE)), 2) AS number
    FROM events WHERE event = 'Invoice Paid' GROUP BY label ORDER BY number DESC, label
    """,
    "USD",
    coarser="the policy rounds each amount to whole dollars",
)

QUESTIONS: Final = (SIGNUPS, FUNNEL, RETENTION, REFERRERS, REVENUE)


def ask(question: Question, path: Path) -> dict[str, float]:
    """The answer of one file, label to number."""
    with connect(path, read_only=True) as database:
        rows: list[tuple[Any, Any]] = database.execute(question.sql).fetchall()
    return {str(label): float(number) for label, number in rows}


def compare(raw: Path, safe: Path) -> list[Answer]:
    """Ask both files every question."""
    return [Answer(question, ask(question, raw), ask(question, safe)) for question in QUESTIONS]
