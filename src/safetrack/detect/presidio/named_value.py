"""Values with their name beside them: ``?email=…``, ``sid=…; theme=dark``, ``Pwd=…``, ``"phone": "…"``.

The text is read from each ``=`` and ``:`` outwards, in linear time. What the name says
(`safetrack.detect.parameters`) and whether the value can be that decide; the other parameters of a
URL stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import unquote_plus

import regex  # type: ignore[import-untyped]
from presidio_analyzer import EntityRecognizer, RecognizerResult

from safetrack.detect.keynames import meaning
from safetrack.detect.parameters import AMBIGUOUS, LONGEST_NAME, parameter_meaning
from safetrack.detect.presidio.guard import check_time
from safetrack.detect.presidio.randomness import is_random, is_wordless
from safetrack.detect.presidio.result import result_of
from safetrack.detect.words import split_words, word_set

SCORE: Final = 0.8

_SIGN: Final = re.compile(
    r"=>|:=|={1,2}|(?<!\d):(?![/:])|(?<=\d):(?![/:\d])|(?<=[a-z]) (?:is|was|ist|est|es) (?=\S)"
)
_GAP: Final = "\"' \t\\"
_NAME_MARKS: Final = frozenset("_$.[]-@~")
_LEADS: Final = frozenset("?&#;")
"""In front of a parameter of a URL, where a value may hold marks that end one elsewhere."""


class _Pair(NamedTuple):
    """A name and the stretch of the text that is its value.

    With `is_parameter` it stands in a URL; with `is_assigned` behind an equals sign, else behind a
    colon or, with `is_prose`, a verb.
    """

    name: str
    start: int
    end: int
    is_parameter: bool
    is_assigned: bool
    is_prose: bool


class NamedValueRecognizer(EntityRecognizer):
    """Finds values by the name that stands in front of them."""

    TRIGGER: Final = r"[=:]| (?:is|was|ist|est|es) "

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(supported_entities=sorted(_CHECKS), supported_language=supported_language)

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: Any = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """All such values in `text`, in order."""
        check_time()
        results = []
        for pair in _pairs(text):
            entity = _entity(text, pair)
            if entity is not None:
                start, end = _narrowed(entity, text, pair)
                results.append(result_of(self, entity, start, end, SCORE, context=pair.name))
        return results


# Reading


def _pairs(text: str) -> Iterator[_Pair]:
    for sign in _SIGN.finditer(text):
        is_assigned = "=" in sign.group()
        name, before = _name_before(text, sign.start(), words=not is_assigned)
        if not name:
            continue
        start = _after_spaces(text, sign.end())
        is_parameter = is_assigned and (before in _LEADS or (not before and "&" in text))
        if text[start : start + 1] in {'"', "'", "\\"}:
            start, end = _quoted(text, start)
        else:
            end = _end(text, start, is_parameter=is_parameter, is_assigned=is_assigned)
        if start < end:
            yield _Pair(name, start, end, is_parameter, is_assigned, sign.group()[0] == " ")


def _after_spaces(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \t":
        start += 1
    return start


def _name_before(text: str, end: int, *, words: bool) -> tuple[str, str]:
    """The name that ends at `end`, and the character in front of it; prose has names of words."""
    while end and text[end - 1] in _GAP:
        end -= 1
    start = end
    least = max(0, end - LONGEST_NAME)
    while start > least and (text[start - 1].isalnum() or text[start - 1] in _NAME_MARKS):
        start -= 1
    if words:
        start = _words_before(text, start, least)
    name = text[start:end]
    return (name, text[start - 1 : start]) if any(c.isalpha() for c in name) else ("", "")


_WORDS_BEFORE: Final = re.compile(r"(?:[^\W\d_][\w'\u2019-]{0,20} ){1,3}\Z")


def _words_before(text: str, start: int, least: int) -> int:
    """Up to three more words, as in ``Date of birth:``."""
    found = _WORDS_BEFORE.search(text, least, start)
    return found.start() if found else start


_PARAMETER_END: Final = re.compile(r"[&;#\s\"'<>\\]|\?(?=[\w.-]+=)|\Z")
_ASSIGNED_END: Final = re.compile(r"[\s&;,\"'<>()\[\]{}|\\]|\Z")
_LINE_END: Final = re.compile(r"[\r\n;|{}<>\"]|\\[nr]|\Z")
_QUOTED_END: Final = re.compile(r"[\"'\\\n]|\Z")


def _end(text: str, start: int, *, is_parameter: bool, is_assigned: bool) -> int:
    assigned = _PARAMETER_END if is_parameter else _ASSIGNED_END
    found = (assigned if is_assigned else _LINE_END).search(text, start)
    return found.start() if found else len(text)


def _quoted(text: str, start: int) -> tuple[int, int]:
    while start < len(text) and text[start] in "\"'\\":
        start += 1
    found = _QUOTED_END.search(text, start)
    return start, found.start() if found else len(text)


_SCHEME: Final = re.compile(r"(?i)(?:bearer|basic|token|digest|apikey|bot|ssws|negotiate) +")
_TOKEN: Final = re.compile(r"[^\s,]+?(?=[.?,]*(?:\s|\Z)|,)")
_NUMBER: Final = re.compile(r"[+(]?[\w][\w ().\-/]{0,30}\d|\S+")
_NAME: Final = regex.compile(r"(?:\p{Lu}[\p{L}'\u2019.-]{0,30}[ ,]{0,2}){1,5}(?<=[\p{L}.])|\S+")
_NARROW: Final[Mapping[str, Any]] = {
    "LOCATION": re.compile(r"[^\n]{1,120}?(?=, \w+(?: \w+)?:|[\n.]?\Z|\n)"),
    "PERSON": _NAME,
    "PHONE_NUMBER": _NUMBER,
    "DATE_OF_BIRTH": _NUMBER,
}


def _narrowed(entity: str, text: str, pair: _Pair) -> tuple[int, int]:
    """How much of the line behind a colon is the value: a word of it, or as many as its kind has."""
    start, end = pair.start, pair.end
    if pair.is_assigned or text[start - 1 : start] in {'"', "'"}:
        return start, end
    scheme = _SCHEME.match(text, start, end)
    if scheme:
        start = scheme.end()
    found = _NARROW.get(entity, _TOKEN).match(text, start, end)
    return (start, found.end()) if found else (start, end)


# Deciding


def _entity(text: str, pair: _Pair) -> str | None:
    """What the name says that the value is, if it can be that."""
    value = text[pair.start : pair.end].strip()
    if value[:1] == "<" or value.startswith("st1_"):
        return None
    plain = unquote_plus(value) if pair.is_parameter else value
    if pair.is_parameter and pair.name.lower() in AMBIGUOUS:
        return "SECRET" if _is_ambiguous_token(plain, text) else None
    entity = _meaning(pair)
    if entity is None or entity not in _CHECKS:
        return None
    if not pair.is_assigned:
        start, end = _narrowed(entity, text, pair)
        plain = text[start:end].strip()
        if "=" in plain.rstrip("="):
            return None  # a cookie's header: its own pairs decide
    return entity if _CHECKS[entity](plain, pair) else None


def _meaning(pair: _Pair) -> str | None:
    """In prose and JSON, names are those of keys; what is short there says nothing."""
    if pair.is_assigned or pair.name.lower() in _SHORT_NAMES:
        return parameter_meaning(pair.name)
    words = split_words(pair.name)
    entity = meaning(words)
    return None if pair.is_prose and entity in {"LOCATION", "PERSON"} else entity


_SHORT_NAMES: Final = frozenset({"pass", "pw", "pin", "passwd", "password"})


_OPENS: Final = re.compile(
    r"(?i)oauth|callback|login|signin|sso|verif|confirm|reset|invit|activat|magic|unsubscribe|token|redirect_uri"
)
"""What stands in the URL of a page that a token opens."""
_LONG_TOKEN: Final = 16
_SHORT_TOKEN: Final = 4


def _is_ambiguous_token(value: str, text: str) -> bool:
    if len(value) < _SHORT_TOKEN or not is_wordless(value):
        return False
    return is_random(value) or len(value) >= _LONG_TOKEN or bool(_OPENS.search(text))


_STATES: Final = word_set("""true false yes no on off null none nil undefined nan empty blank unknown missing required optional
    invalid incorrect wrong valid correct expired expiring weak strong changed reset updated hidden masked
    redacted filtered removed hash hashed encrypted not set unset here a an the your my in at too must
    should cannot being still now also same different mismatch forgotten protected""")
_PLACEHOLDER: Final = re.compile(r"[*\u2022xX.#_-]+|[\[({<%$].*|.*\}\}|\.\.\..*")
_OPENING_NAMES: Final = re.compile(
    r"(?i)pass|pwd|kennwort|\bpw\b|pin\b|otp|cvv|cvc|contrasena|senha|haslo"
)
_FEWEST: Final = 6


def _is_secret(value: str, pair: _Pair) -> bool:
    if value.lower() in _STATES or _PLACEHOLDER.fullmatch(value) or len(value) < 3:  # noqa: PLR2004
        return False
    if _OPENING_NAMES.search(pair.name):
        return pair.is_assigned or is_wordless(value)
    return len(value) >= _FEWEST and is_wordless(value) and not _is_small_number(value)


_SMALL_NUMBER: Final = re.compile(r"-?\d{1,9}(?:\.\d{1,3})?")


def _is_small_number(value: str) -> bool:
    return bool(_SMALL_NUMBER.fullmatch(value))


def _is_id(value: str, _pair: _Pair) -> bool:
    return len(value) > 1 and value.lower() not in _STATES and is_wordless(value)


def _is_device(value: str, pair: _Pair) -> bool:
    return len(value) >= _FEWEST and _is_id(value, pair)


_HASH: Final = re.compile(r"[0-9A-Fa-f]{32,128}")


def _is_email(value: str, _pair: _Pair) -> bool:
    return "@" in value or bool(_HASH.fullmatch(value))


def _has_digits(least: int) -> Callable[[str, _Pair], bool]:
    def check(value: str, _pair: _Pair) -> bool:
        return sum(c.isdigit() for c in value) >= least or bool(_HASH.fullmatch(value))

    return check


def _is_person(value: str, _pair: _Pair) -> bool:
    return any(c.isalpha() for c in value) and "/" not in value and value.lower() not in _STATES


def _is_place(value: str, _pair: _Pair) -> bool:
    return len(value) > 1 and value.lower() not in _STATES and is_wordless(value)


_POSITION: Final = re.compile(
    r"-?\d{1,3}\.\d+(?:[,; ]\s*-?\d{1,3}\.\d+)?(?:[,;].{0,40})?|[0-9b-hjkmnp-z]{5,12}|-?\d{1,3}[\u00b0\u00ba].{0,40}"
)


def _is_position(value: str, _pair: _Pair) -> bool:
    return bool(_POSITION.fullmatch(value)) and any(c.isdigit() for c in value)


def _is_address_of_host(value: str, _pair: _Pair) -> bool:
    return value.count(".") >= 3 or value.count(":") > 1  # noqa: PLR2004  the least of IPv4 and IPv6


_CHECKS: Final[Mapping[str, Callable[[str, _Pair], bool]]] = {
    "CREDIT_CARD": _has_digits(12),
    "CRYPTO": _is_device,
    "DATE_OF_BIRTH": _has_digits(2),
    "DEVICE_ID": _is_device,
    "EMAIL_ADDRESS": _is_email,
    "GEO_COORDINATE": _is_position,
    "IBAN_CODE": _has_digits(8),
    "IP_ADDRESS": _is_address_of_host,
    "LOCATION": _is_place,
    "MAC_ADDRESS": _is_device,
    "NATIONAL_ID": _has_digits(4),
    "PERSON": _is_person,
    "PHONE_NUMBER": _has_digits(6),
    "SECRET": _is_secret,
    "USERNAME": _is_id,
    "USER_ID": _is_id,
    "US_BANK_NUMBER": _has_digits(4),
    "US_DRIVER_LICENSE": _has_digits(4),
    "US_PASSPORT": _has_digits(4),
    "US_SSN": _has_digits(4),
}
"""Entity → whether a value, percent-decoded, can be one."""
