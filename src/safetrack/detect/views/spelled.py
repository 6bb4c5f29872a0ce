"""Identifiers spelled for a human reader: ``[at]``, letters apart, digits as words, backwards."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from safetrack.detect.views.view import Piece

# --- At and dot -----------------------------------------------------------------------------

_AT: Final = "at|arroba|arobase|arobas|chiocciola|klammeraffe|apestaart|apenstaartje|malpa|snabel-a"
_DOT: Final = "dot|punkt|punto|point|ponto|punt|kropka|prikk|piste|period"
_SPELLED: Final = re.compile(
    rf"\s{{0,3}}[\[({{<]\s{{0,3}}(?:(?P<at>{_AT}|a|@)|(?:{_DOT}|\.))\s{{0,3}}[\])}}>]\s{{0,3}}"
    rf"|\s?[|*_~-]{{1,3}}(?:(?P<marked_at>{_AT})|(?:{_DOT}))[|*_~-]{{1,3}}\s?"
    rf"|(?<=\w)\s+(?:(?P<bare_at>{_AT})|(?:{_DOT}))\s+(?=\w)",
    re.IGNORECASE,
)
_SPELLED_TRIGGER: Final = re.compile(
    rf"[\[({{<]\s{{0,3}}(?:{_AT}|a|@|{_DOT}|\.)\s{{0,3}}[\])}}>]|[\s|*_~-](?:{_DOT})[\s|*_~-]",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"\w@[\w-]{1,63}\.\w|\d{1,3}(?:\.\d{1,3}){3}")


def is_spelled(text: str) -> bool:
    """Whether the words or brackets are there that at-signs and dots are spelled with."""
    return bool(_SPELLED_TRIGGER.search(text))


def read_spelled(text: str) -> Iterator[Piece]:
    """``ada [at] example (dot) org``, ``ada at example dot org``; if that makes an address."""
    if _ADDRESS.search(_SPELLED.sub(_mark, text)):
        for match in _SPELLED.finditer(text):
            yield Piece(*match.span(), _mark(match))


def _mark(match: re.Match[str]) -> str:
    return "@" if match["at"] or match["marked_at"] or match["bare_at"] else "."


# --- Loose white space ----------------------------------------------------------------------

_LOOSE: Final = re.compile(
    r"(?<=[\w.+-])\s+@\s*(?=\w)|(?<=[\w.+-])@\s+(?=\w)"  # ada @ example
    r"|(?<=\w)\s+\.\s*(?=\w)"  # example . org
    r"|(?<=\d)\s*\.\s+(?=\d)"  # 198. 51
    r"|(?<=\w)\.[\r\n]+[ \t]*(?=[\w.]+@)"  # ada.⏎lovelace@
    r"|(?<=\w)[\r\n]+[ \t]*(?=[@.]\w)|(?<=@)[\r\n]+(?=\w)"
)


_MAY_BE_LOOSE: Final = re.compile(r"\s[@.]|@\s|\.[\r\n]|\d\.\s+\d")


def is_loose(text: str) -> bool:
    """Whether there is white space beside an at-sign, or beside a dot that does not end a sentence."""
    return bool(_MAY_BE_LOOSE.search(text))


def read_loose(text: str) -> Iterator[Piece]:
    """``ada @ example . org``: white space around at-signs and dots, if that makes an address."""
    if _ADDRESS.search(_LOOSE.sub(_tight, text)):
        for match in _LOOSE.finditer(text):
            yield Piece(*match.span(), _tight(match))


def _tight(match: re.Match[str]) -> str:
    return _WHITE.sub("", match.group())


_WHITE: Final = re.compile(r"\s+")


# --- Letters and digits apart ---------------------------------------------------------------

FEWEST_APART: Final = 7
"""Single characters in a row; a list of fewer is more likely a list."""
_TOKEN: Final = re.compile(r"\S+")
_APART: Final = re.compile(r"(?<!\S)\S\s{1,3}\S\s{1,3}\S\s{1,3}\S(?!\S)")
_SEPARATORS: Final = "._-,/|*+:;~"
_MARKED: Final = re.compile(r"(?<![^\W_])[^\W_]([._\-,/|*+:;~])\S\1\S\1\S\1\S(?![^\W_])")


def is_apart(text: str) -> bool:
    """Whether several characters in a row stand alone."""
    return bool(_APART.search(text) or _MARKED.search(text))


def read_apart(text: str) -> Iterator[Piece]:
    """``a d a @ e x a m p l e . o r g``, ``4-1-1-1``: run together."""
    for gap in _gaps(text):
        yield Piece(gap.start, gap.end, "")


def read_apart_words(text: str) -> Iterator[Piece]:
    """``A d a L o v e l a c e``, ``J.a.n.e``: with a space where a wider gap or a capital says so."""
    for gap in _gaps(text):
        yield Piece(gap.start, gap.end, " " if gap.is_border else "")


class _Gap(NamedTuple):
    """What stands between two characters of a run; whether it separates words."""

    start: int
    end: int
    is_border: bool


def _gaps(text: str) -> Iterator[_Gap]:
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if len(token.group()) == 1:
            run.append(token)
            continue
        yield from _spaces(run)
        run = []
        yield from _marks(token.group(), token.start())
    yield from _spaces(run)


def _spaces(run: list[re.Match[str]]) -> Iterator[_Gap]:
    """The white space in a run of single characters."""
    if len(run) < FEWEST_APART:
        return
    usual = min(after.start() - before.end() for before, after in pairwise(run))
    for before, after in pairwise(run):
        is_wide = after.start() - before.end() > usual
        is_border = is_wide or _begins_word(before.group(), after.group())
        yield _Gap(before.end(), after.start(), is_border)


def _begins_word(before: str, after: str) -> bool:
    return after.isupper() and (before.islower() or before.isdigit())


def _marks(token: str, offset: int) -> Iterator[_Gap]:
    """The mark that stands between all characters of a token."""
    for mark in _SEPARATORS:
        if token.count(mark) < FEWEST_APART - 1:
            continue
        gaps = list(_between(token, mark))
        if gaps:
            yield from (_Gap(offset + gap.start, offset + gap.end, gap.is_border) for gap in gaps)
            return


def _between(token: str, mark: str) -> Iterator[_Gap]:
    at = 0
    run: list[tuple[int, int]] = []
    for part in token.split(mark):
        if len(part) <= 1:
            run.append((at, at + len(part)))
        else:
            yield from _run_marks(token, run)
            run = []
        at += len(part) + 1
    yield from _run_marks(token, run)


def _run_marks(token: str, run: list[tuple[int, int]]) -> Iterator[_Gap]:
    """The marks between single characters; of three in a row the middle one is a character."""
    if sum(end > start for start, end in run) < FEWEST_APART:
        return
    for (start, before), (after, end) in pairwise(run):
        is_character = start == before and after == end
        if not is_character:
            yield _Gap(before, after, _begins_word(token[start:before], token[after:end]))


# --- Numbers --------------------------------------------------------------------------------

_GROUPED: Final = re.compile(r"(?<![\w.,/])\+?\d{1,8}(?:[\s,;/|_*~.:\-]{1,3}\d{1,8}){1,24}(?![\w])")
_GROUPED_IBAN: Final = re.compile(
    r"(?<!\w)[A-Z]{2}\d{2}(?:[\s,;/|_*~.:\-]{1,3}[A-Z0-9]{4}){2,7}(?:[\s,;/|_*~.:\-]{1,3}[A-Z0-9]{1,3})?(?!\w)"
)
_GROUP: Final = re.compile(r"[A-Z0-9]+")
_ODD: Final = re.compile(r"[\n\r\t,;/|_*~]")
ODD_NUMBER: Final = re.compile(r"\d(?:[,;/|_*~\n\r\t]|\s{2,3})\s?\d")


def read_grouped(text: str) -> Iterator[Piece]:
    """``5555,5555,5555,4444``, ``202/555/0147``: one odd mark between all groups, as hyphens."""
    yield from _grouped(text, _GROUPED, "-")


def read_grouped_iban(text: str) -> Iterator[Piece]:
    """``DE89,3704,0044 …``."""
    yield from _grouped(text, _GROUPED_IBAN, " ")


def _grouped(text: str, pattern: re.Pattern[str], plain: str) -> Iterator[Piece]:
    for match in pattern.finditer(text):
        groups = list(_GROUP.finditer(text, *match.span()))
        marks = {text[a.end() : b.start()] for a, b in pairwise(groups)}
        if len(marks) == 1 and _ODD.search(next(iter(marks))):
            for before, after in pairwise(groups):
                yield Piece(before.end(), after.start(), plain)


_DIGIT_WORDS: Final = (
    ("zero", "oh", "null", "cero", "nul", "noll"),
    ("one", "eins", "ein", "un", "uno", "um"),
    ("two", "zwei", "zwo", "deux", "dos", "due", "dois"),
    ("three", "drei", "trois", "tres", "tre", "três"),
    ("four", "vier", "quatre", "cuatro", "quattro", "quatro"),
    ("five", "fünf", "fuenf", "cinq", "cinco", "cinque"),
    ("six", "sechs", "seis", "sei"),
    ("seven", "sieben", "sept", "siete", "sette", "sete"),
    ("eight", "acht", "huit", "ocho", "otto", "oito"),
    ("nine", "neun", "neuf", "nueve", "nove"),
)
_SPOKEN: Final = {
    word: str(digit) for digit, words in enumerate(_DIGIT_WORDS) for word in words
} | {
    "plus": "+",
    "dot": ".",
    "point": ".",
    "dash": "-",
    **{str(digit): str(digit) for digit in range(10)},
}
FEWEST_SPOKEN: Final = 7
_SPOKEN_WORD: Final = re.compile(r"[^\W_]+")
_SPOKEN_GAP: Final = re.compile(r"[\s,.\-]{1,3}\Z")
_CHINESE: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_DIGITS: Final = re.compile("[〇零一二三四五六七八九]{7,}")


_BREAKS: Final = str.maketrans(",.-\n", "    ")


def is_spoken(text: str) -> bool:
    """Whether enough of its words are digits."""
    if text.count(" ") + text.count("-") + text.count("\n") < FEWEST_SPOKEN - 1:
        return False
    words = text.lower().translate(_BREAKS).split()
    return sum(word in _SPOKEN for word in words) >= FEWEST_SPOKEN


def read_spoken(text: str) -> Iterator[Piece]:
    """``four one five …``: digits as words, seven or more in a row."""
    run: list[re.Match[str]] = []
    for word in _SPOKEN_WORD.finditer(text):
        if word.group().lower() in _SPOKEN and (
            not run or _SPOKEN_GAP.fullmatch(text, run[-1].end(), word.start())
        ):
            run.append(word)
            continue
        yield from _digits(run)
        run = [word] if word.group().lower() in _SPOKEN else []
    yield from _digits(run)


def _digits(run: list[re.Match[str]]) -> Iterator[Piece]:
    if len(run) < FEWEST_SPOKEN:
        return
    for word, after in zip(run, [*run[1:], None], strict=True):
        yield Piece(word.start(), word.end(), _SPOKEN[word.group().lower()])
        if after is not None:
            yield Piece(word.end(), after.start(), "")


def is_chinese(text: str) -> bool:
    """Whether there are Chinese numerals in a row."""
    return not text.isascii() and bool(_CHINESE_DIGITS.search(text))


def read_chinese_digits(text: str) -> Iterator[Piece]:
    """``四一五…``: Chinese numerals, seven or more in a row."""
    for match in _CHINESE_DIGITS.finditer(text):
        yield Piece(*match.span(), match.group().translate(_CHINESE), exact=True)


# --- Backwards, and the alphabet shifted -----------------------------------------------------

_SECRET_BEGINNINGS: Final = (
    *("sk_live_", "sk_test_", "rk_live_", "pk_live_", "sk-", "whsec_", "shpat_"),
    *("ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-"),
    *("AKIA", "ASIA", "AIza", "SG.", "hf_", "npm_", "pypi-", "eyJ"),
)
"""How the keys of well-known providers begin, and JSON Web Tokens."""

SECRET_BEGINNING: Final = "|".join(map(re.escape, _SECRET_BEGINNINGS))
LONG_RUN: Final = re.compile(r"[A-Za-z0-9_.-]{20}")
_BACKWARDS_ENDINGS: Final = tuple(b[::-1] for b in _SECRET_BEGINNINGS)
_LONG_TOKEN: Final = re.compile(r"[\w.-]{20,}")
_BACKWARDS_NUMBER: Final = re.compile(
    r"(?<!\w)\d[\d ]{10,28}\d{2}[A-Z]{2}(?!\w)|(?<![\w-])\d{2,6}(?:[ -]\d{2,6}){2,7}(?![\w-])"
)
_QUAD: Final = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_HIGHEST_OCTET: Final = 255


def read_backwards(text: str) -> Iterator[Piece]:
    """``321.541.52.302``, ``4444 5555 …``: numbers and keys that are some only from their ends."""
    found = list(_BACKWARDS_NUMBER.finditer(text))
    if text.count(".") > 2:  # noqa: PLR2004  an address has three
        found += [quad for quad in _QUAD.finditer(text) if _is_no_address(quad.group())]
    if LONG_RUN.search(text):
        tokens = _LONG_TOKEN.finditer(text)
        found += [token for token in tokens if token.group().endswith(_BACKWARDS_ENDINGS)]
    done = 0
    for match in sorted(found, key=re.Match.start):
        if match.start() >= done:
            done = match.end()
            yield Piece(*match.span(), match.group()[::-1])


def _is_no_address(quad: str) -> bool:
    return any(int(part) > _HIGHEST_OCTET for part in quad.split("."))


_ENDS_HIGH: Final = re.compile(r"[a-z][A-Z](?![A-Za-z]).{0,40}[a-z][A-Z](?![A-Za-z])")
_BACKWARDS_WORD: Final = r"[^\W\d_A-Z]{1,24}[A-Z]"
_BACKWARDS_NAME: Final = re.compile(
    rf"(?<!\w){_BACKWARDS_WORD}(?:,? (?:{_BACKWARDS_WORD}|[A-Z]\.?|\d{{1,6}}(?!\w))){{1,6}}(?!\w)"
)


def is_backwards_name(text: str) -> bool:
    """Whether two words end in a capital."""
    return bool(_ENDS_HIGH.search(text) and _BACKWARDS_NAME.search(text))


def read_backwards_name(text: str) -> Iterator[Piece]:
    """``ecalevoL adA``."""
    for match in _BACKWARDS_NAME.finditer(text):
        if _ENDS_HIGH.search(match.group()):
            yield Piece(*match.span(), match.group()[::-1])


_SHIFTED: Final = re.compile(
    "(?<![A-Za-z0-9])(?:"
    + "|".join(re.escape(codecs.encode(b, "rot13")) for b in _SECRET_BEGINNINGS)
    + r")[\w-]{16}"
)


def is_shifted(text: str) -> bool:
    """Whether a provider's key begins in it, thirteen letters on."""
    return bool(LONG_RUN.search(text) and _SHIFTED.search(text))


def read_shifted(text: str) -> Iterator[Piece]:
    """ROT13."""
    yield Piece(0, len(text), codecs.encode(text, "rot13"), exact=True)
