"""Recognisers of the policy's own: what a user looks for besides what detection knows.

A pattern runs on values that anybody may have sent. One that takes more than linear time would be
a way to stop the pipeline: it is refused when the policy is loaded. (While it runs it is guarded as
well: what takes too long costs the value.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from safetrack.policy.document import CustomPattern, CustomRecognizer
from safetrack.policy.written import (
    Block,
    Mistake,
    Place,
    Problems,
    Reader,
    Row,
    read_entries,
    shown,
)

DEFAULT_SCORE: Final = 0.6
LONGEST_PATTERN: Final = 1000
"""Characters of a regular expression."""
PROBE_LENGTH: Final = 2_000
"""Characters of a hostile text; detection searches stretches of this length."""
PROBE_SECONDS: Final = 0.25
"""Linear patterns take some microseconds for such a text."""

_ENTITY: Final = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_LITERAL: Final = re.compile(r"\\([dwsDWSbB])|\\(.)|([^\\^$.|?*+(){}\[\]])")
_OF_CLASS: Final = {"d": "1", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a"}


def read_recognizers(
    value: object, _place: Place, problems: Problems
) -> tuple[CustomRecognizer, ...]:
    """Read ``detection.recognizers``; mistakes go to `problems`.

    Raises:
        Mistake: It is no list.
    """
    if value is None:
        return ()
    if not isinstance(value, Row):
        raise Mistake(f"a list of recognizers, not {shown(value)}")
    read = [_read_one(item, at, problems) for item, at in zip(value, value.items_at, strict=True)]
    return tuple(one for one in read if one is not None)


def _read_one(value: object, place: Place, problems: Problems) -> CustomRecognizer | None:
    if not isinstance(value, Block):
        problems.add(Mistake(f"a mapping of {', '.join(READERS)}, not {shown(value)}"), place)
        return None
    before = len(problems.found)
    read = read_entries(value, READERS, problems)
    lacking = [key for key in ("name", "entity") if key not in value]
    for key in lacking:
        problems.add(Mistake(f"a recognizer needs {key}:"), place)
    if not read.get("patterns") and not read.get("deny_list") and len(problems.found) == before:
        problems.add(Mistake("a recognizer needs patterns: or deny_list:"), place)
    return CustomRecognizer(**read) if len(problems.found) == before else None


def _name(value: object, _place: Place, _problems: Problems) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Mistake(f"a name, not {shown(value)}")
    return value


def _entity(value: object, _place: Place, _problems: Problems) -> str:
    if not isinstance(value, str) or not _ENTITY.fullmatch(value):
        raise Mistake(f"an entity is written like STAFF_BADGE, not {shown(value)}")
    return value


def _words(value: object, _place: Place, problems: Problems) -> tuple[str, ...]:
    if not isinstance(value, Row) or not value:
        raise Mistake(f"a list of texts, not {shown(value)}")
    for item, at in zip(value, value.items_at, strict=True):
        if not isinstance(item, str) or not item.strip():
            problems.add(Mistake(f"a text, not {shown(item)}"), at)
    return tuple(item for item in value if isinstance(item, str))


def _languages(value: object, place: Place, problems: Problems) -> tuple[str, ...]:
    languages = _words(value, place, problems)
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            raise Mistake(f"a language is two or three small letters, not {shown(language)}")
    return languages


def _patterns(value: object, _place: Place, problems: Problems) -> tuple[CustomPattern, ...]:
    if not isinstance(value, Row) or not value:
        raise Mistake(f"a list of patterns, not {shown(value)}")
    read = []
    for item, at in zip(value, value.items_at, strict=True):
        try:
            read.append(_pattern(item, at, problems))
        except Mistake as mistake:
            problems.add(mistake, at)
    return tuple(one for one in read if one is not None)


def _pattern(value: object, place: Place, problems: Problems) -> CustomPattern | None:
    if not isinstance(value, Block):
        return CustomPattern(regex=_regex(value, place, problems), score=DEFAULT_SCORE)
    if "regex" not in value:
        raise Mistake("a pattern needs regex:", place)
    before = len(problems.found)
    read = read_entries(value, _PATTERN, problems)
    return (
        CustomPattern(**{"score": DEFAULT_SCORE} | read) if len(problems.found) == before else None
    )


def _score(value: object, _place: Place, _problems: Problems) -> float:
    if type(value) not in {int, float} or not 0 < value <= 1:  # type: ignore[operator]
        raise Mistake(f"a score is a number above 0 and at most 1, not {shown(value)}")
    return float(value)  # type: ignore[arg-type]


def _regex(value: object, _place: Place, _problems: Problems) -> str:
    if not isinstance(value, str) or not value:
        raise Mistake(f"a regular expression, not {shown(value)}")
    if len(value) > LONGEST_PATTERN:
        raise Mistake(f"a regular expression of more than {LONGEST_PATTERN} characters")
    _check_regex(value)
    return value


def _check_regex(expression: str) -> None:
    """Raises `Mistake` for what is no regular expression, matches nothing at all, or is too slow."""
    import regex  # type: ignore[import-untyped]  # what Presidio compiles with; only when needed

    message = ""
    try:
        compiled = regex.compile(expression, regex.DOTALL | regex.MULTILINE | regex.IGNORECASE)
    except regex.error as error:
        message = f"no regular expression: {error.msg}"
    if message:
        raise Mistake(message)
    if compiled.match("") is not None:
        raise Mistake("this regular expression matches the empty text, and so every value")
    if not all(_is_fast(compiled, text) for text in _probes(expression)):
        raise Mistake(
            "this regular expression takes too long on some texts; "
            "do not repeat what is repeated already, as in (a+)+, and bound what you repeat"
        )


def _is_fast(compiled: Any, text: str) -> bool:
    try:
        for _ in compiled.finditer(text, timeout=PROBE_SECONDS):
            pass
    except TimeoutError:
        return False
    return True


def _probes(expression: str) -> Iterator[str]:
    """Hostile texts: repetitions of what the pattern is made of, with and without an end that fails."""
    literals = _literals(expression)
    rest = "".join(literals)  # an engine gives up at once where a needed character is missing
    pieces = ["a", "0", " ", "-", "a ", "a0", "0-", "a.", "\n", *literals]
    for piece in dict.fromkeys(pieces):
        run = piece * (PROBE_LENGTH // len(piece))
        yield run
        yield f"{run}\x00{rest}"
        yield f"x{run}!"


_MOST_LITERALS: Final = 20


def _literals(expression: str) -> list[str]:
    found = [
        _OF_CLASS.get(match[1], "") or match[2] or match[3] or ""
        for match in _LITERAL.finditer(expression)
    ]
    single = [text for text in dict.fromkeys(found) if text]
    pairs = [a + b for a, b in pairwise(found) if a and b]
    return [*single[:_MOST_LITERALS], *dict.fromkeys(pairs[:_MOST_LITERALS])]


_PATTERN: Final[Mapping[str, Reader]] = {"regex": _regex, "score": _score}

READERS: Final[Mapping[str, Reader]] = {
    "name": _name,
    "entity": _entity,
    "patterns": _patterns,
    "deny_list": _words,
    "context": _words,
    "languages": _languages,
}
"""What a recogniser may say."""
