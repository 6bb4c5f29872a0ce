"""Match property names: exact names, other spellings of dropped ones, and globs.

A name is a dotted path; a key that contains dots is the same path. ``*`` stands for one segment or
a part of one, ``**`` for any number of segments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safetrack.compile.rule import ReadyRule


def restyle(path: str) -> str:
    """A path without case and word style: ``user.firstName`` and ``User.first_name`` agree."""
    return ".".join(_restyle_segment(segment) for segment in path.split("."))


def _restyle_segment(segment: str) -> str:
    folded = "".join(char for char in segment.casefold() if char.isalnum() or char == "*")
    return folded if folded.strip("*") else segment  # `$*` must not become `*`


def glob_regex(pattern: str, *, reaches_below: bool = False) -> re.Pattern[str]:
    """A regular expression for a glob; with `reaches_below` also for every path under a match."""
    body = ""
    for part in re.split(r"(\.\*\*\.|^\*\*\.|\.\*\*$|\*\*|\*)", pattern):
        body += _GLOB_PARTS.get(part, re.escape(part))
    tail = r"(?:\..*)?" if reaches_below else ""
    return re.compile(body + tail, re.DOTALL)


_GLOB_PARTS: Mapping[str, str] = {
    ".**.": r"\.(?:.*\.)?",
    "**.": r"(?:.*\.)?",
    ".**": r"\..+",
    "**": r".*",
    "*": r"[^.]*",
}


def is_glob(pattern: str) -> bool:
    """Whether a name in the policy stands for several names."""
    return "*" in pattern


@dataclass(frozen=True, slots=True)
class Glob:
    """A rule that matches by pattern, with what decides between several of them."""

    regex: re.Pattern[str]
    styled: re.Pattern[str] | None
    rule: ReadyRule
    precedence: tuple[int, int, int]

    def matches(self, path: str, styled: str) -> bool:
        """Whether the rule reaches a path, given also without case and word style."""
        if self.regex.fullmatch(path):
            return True
        return self.styled is not None and self.styled.fullmatch(styled) is not None


class NameTable:
    """The rules of one bag in one file, at one level (global, or of one event)."""

    def __init__(self, rules: Iterable[ReadyRule]) -> None:
        rules = self.all_rules = tuple(rules)
        self.exact = {rule.pattern: rule for rule in rules if not is_glob(rule.pattern)}
        self.styled = {
            restyle(rule.pattern): rule
            for rule in self.exact.values()
            if rule.action.name == "drop"
        }
        globs = [_glob(rule) for rule in rules if is_glob(rule.pattern) or rule.reaches_below]
        self.globs = sorted(globs, key=lambda glob: glob.precedence, reverse=True)

    def find_exact(self, path: str, styled: str) -> ReadyRule | None:
        """The rule that names this path itself."""
        return self.exact.get(path) or self.styled.get(styled)

    def find_glob(self, path: str, styled: str) -> ReadyRule | None:
        """The closest rule that matches this path by pattern, or reaches it from above."""
        for glob in self.globs:
            if glob.matches(path, styled):
                return glob.rule
        return None


def _glob(rule: ReadyRule) -> Glob:
    wildcards = len(re.findall(r"\*+", rule.pattern))
    literal = len(rule.pattern.replace("*", ""))
    if not is_glob(rule.pattern):  # reaches below: as `name.**` would
        wildcards += 1
    is_drop = rule.action.name == "drop"
    return Glob(
        regex=glob_regex(rule.pattern, reaches_below=rule.reaches_below),
        styled=glob_regex(restyle(rule.pattern), reaches_below=True) if is_drop else None,
        rule=rule,
        precedence=(literal, -wildcards, rule.line),
    )


def find_rule(tables: Iterable[NameTable], path: str) -> ReadyRule | None:
    """Ask the tables of one file, nearest level first: exact names before globs."""
    styled = restyle(path)
    asked = tuple(tables)
    for table in asked:
        if rule := table.exact.get(path):
            return rule
    for table in asked:
        if rule := table.find_exact(path, styled):
            return rule
    for table in asked:
        if rule := table.find_glob(path, styled):
            return rule
    return None
