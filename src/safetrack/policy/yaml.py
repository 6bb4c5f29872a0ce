"""Read YAML 1.2 text into plain data with places.

ruamel.yaml parses; what a plain word means is decided here, by the core schema of YAML 1.2
(https://yaml.org/spec/1.2.2/#103-core-schema) plus ISO dates, so that ``NO`` is Norway. Tags,
merge keys, directives and keys given twice are refused: each is a way to write one thing and
mean another.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from safetrack.policy.written import Block, Budget, Mistake, Place, Row, shown

MAX_BYTES: Final = 256_000
"""A policy of a large company is some tens of kilobytes."""

_CORE_TAG: Final = "tag:yaml.org,2002:"
_TEXT: Final = _CORE_TAG + "str"
_IMPLICIT_TAGS: Final = frozenset(
    _CORE_TAG + kind
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")
)
_NAMED: Final = re.compile(r"\b(alias|anchor|handle|tag) ['\"].*", re.DOTALL)
"""Where a message of ruamel's says a name from the file, which may be no policy at all."""
_NO_TAGS: Final = "no YAML tags here: write plain values"


def read_yaml(data: bytes, file: str) -> Any:
    """Parse one YAML document.

    Args:
        data: The file's bytes, UTF-8.
        file: Its name, for messages.

    Returns:
        `Block`, `Row`, str, int, float, bool, None or date.

    Raises:
        Mistake: With the place, for anything that is not plain, bounded YAML 1.2.
    """
    if len(data) > MAX_BYTES:
        raise Mistake(f"larger than {MAX_BYTES} bytes; split the policy", Place(file))
    text = _decode(data, file)
    if directive := re.search(r"^%", text, re.MULTILINE):
        line = text.count("\n", 0, directive.start()) + 1
        raise Mistake("no YAML directives here: the file is YAML 1.2", Place(file, (), line, 1))
    node = _compose(text, file)
    return None if node is None else _Builder(file).build(node, ())


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before) - (before.rfind(b"\n") + 1) + 1
    raise Mistake("not UTF-8 text", Place(file, (), line, column))


def _compose(text: str, file: str) -> Node | None:
    try:
        return YAML(typ="safe", pure=True).compose(text)  # type: ignore[no-any-return]
    except MarkedYAMLError as error:
        mistake = _from_marked(error, file)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        mistake = Mistake("a control character has no place in YAML", Place(file, (), line, 1))
    except RecursionError:
        mistake = Mistake("nested too deeply", Place(file))
    except (YAMLError, ValueError):
        mistake = Mistake("not YAML", Place(file))
    raise mistake


def _from_marked(error: MarkedYAMLError, file: str) -> Mistake:
    mark = error.problem_mark or error.context_mark
    place = Place(file) if mark is None else Place(file, (), mark.line + 1, mark.column + 1)
    parts = [_NAMED.sub(r"\1", part) for part in (error.context, error.problem) if part]
    message = "not YAML: " + ", ".join(parts)
    if "alias" in message or "'@'" in message:
        message += "; names that begin with * or @ must be quoted"
    return Mistake(message, place)


class _Builder:
    """Turns composed nodes into plain data, counting as it goes."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._budget = Budget()

    def build(self, node: Node, path: tuple[str | int, ...]) -> Any:
        place = self._place(node, path)
        self._budget.spend(place)
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            return self._sequence(node, place)
        if isinstance(node, ScalarNode):
            return _scalar(node, place)
        raise Mistake(_NO_TAGS, place)

    def _place(self, node: Node, path: tuple[str | int, ...]) -> Place:
        mark: StringMark = node.start_mark
        return Place(self._file, path, mark.line + 1, mark.column + 1)

    def _mapping(self, node: MappingNode, place: Place) -> Block:
        _refuse_tag(node, "map", place)
        block = Block(place)
        for key_node, value_node in node.value:
            key_at = self._place(key_node, place.path)
            key = _key(key_node, key_at)
            path = (*place.path, key)
            key_at = key_at._replace(path=path)
            if key in block:
                first = block.keys_at[key].line
                raise Mistake(f"{shown(key)} stands here twice, first on line {first}", key_at)
            block.put(key, self.build(value_node, path), key_at, self._place(value_node, path))
        return block

    def _sequence(self, node: SequenceNode, place: Place) -> Row:
        _refuse_tag(node, "seq", place)
        row = Row(place)
        for index, item in enumerate(node.value):
            path = (*place.path, index)
            row.put(self.build(item, path), self._place(item, path))
        return row


def _refuse_tag(node: Node, expected: str, place: Place) -> None:
    if str(node.tag) != _CORE_TAG + expected:
        raise Mistake(_NO_TAGS, place)


def _key(node: Node, place: Place) -> str:
    """A key is always the text that stands there: property names are text."""
    if not isinstance(node, ScalarNode):
        raise Mistake("a key is a single name", place)
    if node.style is None and node.value == "<<":
        raise Mistake("no merge keys here: `extends:` puts policies together", place)
    return str(node.value)


_INTEGER: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INFINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def _scalar(node: ScalarNode, place: Place) -> Any:
    is_plain = node.style is None
    value = _plain_word(str(node.value), place) if is_plain else str(node.value)
    # ruamel tags what has none by itself: plain words by their look, quoted ones as text.
    untagged = str(node.tag) in _IMPLICIT_TAGS if is_plain else node.tag == _TEXT
    if not untagged or (is_plain and node.tag == _TEXT and type(value) is not str):
        raise Mistake(_NO_TAGS, place)
    return value


def _plain_word(text: str, place: Place) -> Any:
    """What an unquoted word means."""
    if text in _WORDS:
        return _WORDS[text]
    for pattern, convert in _PLAIN_FORMS:
        if pattern.fullmatch(text):
            return convert(text, place)
    return text


def _integer(text: str, place: Place) -> int:
    if len(text) > 40:  # noqa: PLR2004  no number in a policy is longer
        raise Mistake("a number of more than 40 digits", place)
    return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)


def _date(text: str, place: Place) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        mistake = Mistake("this is no date; put text in quotes", place)
    raise mistake


def _infinite(_text: str, place: Place) -> float:
    raise Mistake("a number in a policy is finite", place)


_PLAIN_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[str, Place], Any]], ...]] = (
    (_INTEGER, _integer),
    (_FLOAT, lambda text, _place: float(text)),
    (_DATE, _date),
    (_INFINITE, _infinite),
)
