"""Writes `reference/presets.md` from the presets: each property, its treatment and the reason.

Run it after changing a preset: ``python docs/presets_page.py``. A test fails when page and presets
disagree, or when a line of a preset has no reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from safetrack.policy.document import Rule
from safetrack.policy.load import PRESETS, Layer, Policy

PAGE = Path(__file__).parent / "reference" / "presets.md"
SECTIONS = {
    "properties": "Properties of events",
    "traits": "Traits of people",
    "group_traits": "Traits of groups",
    "context": "Context of messages",
}
SETTINGS = ("identity", "timestamp", "unlisted", "unlisted_events", "detection")
MOST_LISTED = 8
"""Listed values that the page shows in full."""

HEAD = """# Presets

<!-- Written by docs/presets_page.py from src/safetrack/policy/presets; change those, then run it. -->

Policies to start from. Name one in your own file, and write below it only what is special to you:

```yaml
version: 1
extends: [safetrack:product-analytics]
```

Your own file is asked first, a preset only if nothing there matches. A property that neither names
is dropped. The rule language is described in [the policy file](policy.md).

*Breach field* numbers refer to the seven kinds of field that a breach of an analytics vendor laid
open in November 2025: (1) the name on the account, (2) the e-mail address, (3) the place, (4) the
operating system, (5) the browser, (6) referring websites, (7) ids of organisations and users.
"""


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join((HEAD, *(_preset(name) for name in PRESETS)))


def _preset(name: str) -> str:
    layer = Policy.preset(name).layers[0]
    text = (files("safetrack.policy.presets") / f"{name}.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    parts = [f"## safetrack:{name}\n", _introduction(lines), *_settings(layer, lines)]
    for section, title in SECTIONS.items():
        rules: Mapping[str, Rule] = getattr(layer.document, section)
        if rules:
            parts += [f"### {title} ({name})\n", *_tables(rules, lines)]
    return "\n".join(parts)


def _introduction(lines: list[str]) -> str:
    """The comment at the head of the file, from its second paragraph up to the how-to-read part."""
    head = lines[: lines.index("version: 1")]
    text = "\n".join(line.removeprefix("#").removeprefix(" ") for line in head)
    paragraphs = text.split("\n\n")[1:]
    return "\n\n".join(part for part in paragraphs if not part.startswith("How to read")) + "\n"


def _settings(layer: Layer, lines: list[str]) -> Iterator[str]:
    yield "| setting | value | why |\n|---|---|---|"
    for setting in SETTINGS:
        for number in _lines_of(layer, setting):
            yield f"| {_setting_row(setting, lines[number - 1])} |"
    yield ""


def _lines_of(layer: Layer, setting: str) -> Iterator[int]:
    """Line numbers on which a setting says something."""
    written = layer.written.get(setting)
    if written is None:
        return
    leaves = written.get("entities", written) if setting == "detection" else written
    places = leaves.keys_at if setting in {"identity", "detection"} else {}
    own = layer.written.keys_at[setting]
    yield from (place.line or 0 for place in places.values() or (own,))


def _setting_row(setting: str, line: str) -> str:
    written, _, comment = line.partition("  # ")
    name, _, value = written.strip().partition(":")
    inner = {"identity": f"identity.{name}", "detection": f"detection.entities.{name}"}
    shown = inner.get(setting, name).replace('"', "")
    return f"`{shown}` | `{value.strip()}` | {_as_text(comment)}"


def _tables(rules: Mapping[str, Rule], lines: list[str]) -> Iterator[str]:
    heading = None
    for name, rule in rules.items():
        number = rule.line or 0
        above = _heading_above(lines, number)
        if above != heading:
            heading = above
            yield (f"\n**{heading}**\n\n" if heading else "") + _TABLE_HEAD
        yield f"| `{name}` | {describe(rule)} | {reason(lines[number - 1])} |"
    yield ""


_TABLE_HEAD = "| property | what leaves | why |\n|---|---|---|"


def _heading_above(lines: list[str], number: int) -> str:
    """The nearest comment line above that stands by itself inside the section."""
    for line in reversed(lines[: number - 1]):
        if line.startswith("  # "):
            return line.strip("# ")
        if re.match(r"\w", line):
            break
    return ""


def reason(line: str) -> str:
    """The comment at the end of a rule's line."""
    found = re.search(r"\s# (.+)$", line)
    return _as_text(found[1]) if found else ""


def _as_text(comment: str) -> str:
    """A comment in a Markdown table; markers such as <PERSON> are no HTML."""
    return re.sub(r"<[A-Z_]+>", r"`\g<0>`", comment.strip().replace("|", "\\|"))


def describe(rule: Rule) -> str:
    """What leaves under a rule, in words."""
    return _DESCRIBED[rule.action](rule)


def _keep(rule: Rule) -> str:
    if rule.values is not None:
        shown = ", ".join(f"`{value}`" for value in rule.values[:MOST_LISTED])
        is_long = len(rule.values) > MOST_LISTED
        listed = f"one of {len(rule.values)} listed values: {shown} …" if is_long else shown
        return listed + (f", else `{rule.otherwise}`" if rule.has_otherwise else "")
    if rule.min is not None or rule.max is not None:
        return f"{rule.type} from {rule.min:,} to {rule.max:,}"
    return f"{rule.type}, searched by patterns" if rule.type == "string" else str(rule.type)


def _pseudonymize(rule: Rule) -> str:
    return "pseudonym" + (f", of kind `{rule.kind}`" if rule.kind else "")


def _generalize(rule: Rule) -> str:
    return _GENERALIZED[rule.how or ""](rule)


def _url(rule: Rule) -> str:
    if rule.part == "origin":
        return "origin of the URL"
    query = ", ".join(f"`{name}`" for name in rule.query)
    return "path template" + (f" and of the query {query}" if query else ", without the query")


_GENERALIZED: Mapping[str, Callable[[Rule], str]] = {
    "round": lambda rule: f"rounded to {rule.step:g}",
    "bins": lambda rule: "bin: " + ", ".join(f"{edge:g}" for edge in rule.edges),
    "time": lambda rule: f"time, to the {rule.unit}",
    "url": _url,
    "user_agent": lambda _rule: "browser family with major version, system family",
    "version": lambda _rule: "major version",
}

_DESCRIBED: Mapping[str, Callable[[Rule], str]] = {
    "keep": _keep,
    "scrub": lambda _rule: "text, after the full search",
    "generalize": _generalize,
    "pseudonymize": _pseudonymize,
    "drop": lambda _rule: "nothing",
}

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
