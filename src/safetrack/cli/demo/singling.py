"""How many people stand alone with what is known about them, without any name or id.

An attacker who knows somebody's city and browser finds that person's rows when nobody else shares
the combination. The same statement is asked of both files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from safetrack.cli.demo.database import connect

_TRAITS: Final = {
    "city": "context->>'$.location.city'",
    "country": "context->>'$.location.country'",
    "latitude": "context->>'$.location.latitude'",
    "user_agent": "context->>'$.userAgent'",
    "os_version": "context->>'$.os.version'",
    "locale": "context->>'$.locale'",
    "plan": "traits->>'$.plan'",
    "organisation": "groups->>'$.company'",
}
"""Quasi-identifiers: what each is called here, and where it stands."""

COMBINATIONS: Final = {
    "their place, device, plan": tuple(name for name in _TRAITS if name != "organisation"),
    "these and organisation": tuple(_TRAITS),
}


def count_people(path: Path) -> int:
    """How many people the file tells apart."""
    with connect(path, read_only=True) as database:
        (found,) = database.execute("SELECT count(DISTINCT user_id) FROM events").fetchall()[0]
    return int(found)


def count_singled_out(path: Path, combination: tuple[str, ...]) -> int:
    """How many people are the only ones with their combination of quasi-identifiers."""
    columns = ", ".join(f"max({_TRAITS[name]}) AS {name}" for name in combination)
    sql = f"""
        WITH people AS (SELECT user_id, {columns} FROM events GROUP BY user_id)
        SELECT count(*) FROM (SELECT 1 FROM people
            GROUP BY {", ".join(combination)} HAVING count(*) = 1)
        """  # noqa: S608  the statements above
    with connect(path, read_only=True) as database:
        (found,) = database.execute(sql).fetchall()[0]
    return int(found)


def count_by_exact_time(path: Path) -> int:
    """How many people have an event at a moment at which nobody else has one.

    Who knows that moment from elsewhere, a log or a screenshot, knows the rest of their history.
    """
    sql = """
        WITH alone AS (SELECT any_value(user_id) AS user_id FROM events
            GROUP BY "timestamp" HAVING count(DISTINCT user_id) = 1)
        SELECT count(DISTINCT user_id) FROM alone
        """
    with connect(path, read_only=True) as database:
        (found,) = database.execute(sql).fetchall()[0]
    return int(found)
