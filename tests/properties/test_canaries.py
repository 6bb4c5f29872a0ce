"""No personal value that is planted anywhere survives, in any form that can be read back."""

from __future__ import annotations

import base64
import html
import json
import re
import urllib.parse
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from properties.policies import WRITTEN, under
from properties.strategies import EVENTS

LETTERS = "bcdfghjklmnpqrstvwxz"


@st.composite
def emails(draw: Any) -> str:
    local = "".join(draw(st.lists(st.sampled_from(LETTERS), min_size=6, max_size=9)))
    domain = "".join(draw(st.lists(st.sampled_from(LETTERS), min_size=5, max_size=7)))
    return f"{local}.{domain[:3]}@{domain}.{draw(st.sampled_from(['com', 'org', 'example']))}"


@st.composite
def phones(draw: Any) -> str:
    # North American numbers with area codes that exist
    area = draw(st.sampled_from(["415", "212", "303", "617"]))
    line = draw(st.integers(0, 99_999))
    style = draw(st.sampled_from(["+1 {} {} {}", "+1{}{}{}", "({}) {}-{}", "{}-{}-{}"]))
    return style.format(area, f"55{line // 10_000}", f"{line % 10_000:04}")


@st.composite
def cards(draw: Any) -> str:
    digits = "4" + "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=14, max_size=14)))
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 - place % 2)
        total += doubled - 9 * (doubled > 9)
    number = digits + str(-total % 10)
    if draw(st.booleans()):
        return number
    return " ".join(number[at : at + 4] for at in range(0, 16, 4))


CANARIES = st.one_of(emails(), cards(), phones())
WAYS = {
    "plain": lambda text: text,
    "in a sentence": lambda text: f"please reach me at {text} today",
    "percent": lambda text: urllib.parse.quote(text, safe=""),
    "entities": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "base64": lambda text: base64.b64encode(f"user={text}".encode()).decode(),
    "hex": lambda text: text.encode().hex(),
    "json": lambda text: json.dumps({"contact": [text]}),
    "query": lambda text: f"https://example.com/cb?next=1&u={urllib.parse.quote(text)}",
    "full width": lambda text: "".join(
        chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text
    ),
}
PLACES = st.sampled_from(
    [
        ("event",),
        ("name",),
        ("category",),
        ("userId",),
        ("anonymousId",),
        ("messageId",),
        ("timestamp",),
        ("groups", "company"),
        ("groupId",),
        ("groupType",),
        ("custom",),
        ("properties", "plan"),
        ("properties", "note"),
        ("properties", "$set", "bio"),
        ("properties", "$set_once", "plan"),
        ("properties", "$groups", "team"),
        ("properties", "deep", "er", "still"),
        ("traits", "about"),
        ("context", "page", "title"),
        ("context", "campaign", "name"),
        ("integrations", "Other"),
    ]
)


def plant(event: dict[str, Any], place: tuple[str, ...], value: Any, *, as_key: bool) -> None:
    holder = event
    for key in place[:-1]:
        if type(holder.get(key)) is not dict:
            holder[key] = {}
        holder = holder[key]
    holder[place[-1]] = {value: "pro"} if as_key else value


ESCAPED = re.compile(r"\\+u([0-9a-fA-F]{4})")


def readings(text: str) -> set[str]:
    """A text as anyone may read it: unescaped, decoded, without spaces and signs."""
    found = {text}
    for _ in range(2):
        for known in list(found):
            found |= {urllib.parse.unquote(known), html.unescape(known)}
            found.add(ESCAPED.sub(lambda match: chr(int(match[1], 16)), known))
    words = {word for known in found for word in known.replace('"', " ").split()}
    for word in words:
        for decode in (base64.b64decode, bytes.fromhex):
            try:
                found.add(decode(word).decode())
            except ValueError:
                continue
    wide = {ord(chr(code + 0xFEE0)): chr(code) for code in range(0x21, 0x7F)}
    return found | {known.translate(wide) for known in found}


def survives(canary: str, text: str) -> bool:
    def bare(value: str) -> str:
        return "".join(char for char in value if char.isalnum())

    digits = bare(canary)
    sought = digits[-10:] if digits.isdigit() else digits
    return any(sought in bare(reading) for reading in readings(text))


@pytest.mark.parametrize("way", WAYS)
@given(text=st.one_of(emails(), cards()))
@settings(max_examples=10)
def test_the_search_finds_what_survives(way, text):
    assert survives(text, f'{{"x":{json.dumps(WAYS[way](text))}}}')
    assert not survives(text, '{"x":"<EMAIL_ADDRESS>"}')


@pytest.mark.parametrize("policy", WRITTEN)
@given(
    event=EVENTS,
    canary=CANARIES,
    way=st.sampled_from(sorted(WAYS)),
    place=PLACES,
    as_key=st.booleans(),
)
@settings(max_examples=100)
def test_no_canary_survives(policy, event, canary, way, place, as_key):  # noqa: PLR0913, PLR0917
    event = {key: value for key, value in event.items() if key not in place}
    plant(event, place, WAYS[way](canary), as_key=as_key)
    done = under(policy).process([event], "vendor")[0]
    assert canary not in repr(done.decisions)
    if done.safe is not None:
        assert not survives(canary, done.safe.to_json().decode())


@pytest.mark.parametrize("policy", WRITTEN)
@given(event=EVENTS, canary=cards(), place=PLACES)
@settings(max_examples=30)
def test_no_number_that_is_a_card_survives(policy, event, canary, place):
    plant(event, place, int(canary.replace(" ", "")), as_key=False)
    done = under(policy).process([event], "vendor")[0]
    if done.safe is not None:
        assert not survives(canary, done.safe.to_json().decode())
