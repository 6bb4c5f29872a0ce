"""A message without its holes."""

from __future__ import annotations

from safetrack.transform.action import DROP
from safetrack.walk.draft import EncodedBag, finished


def test_holes_are_closed_and_what_held_nothing_else_goes_with_them():
    message = {
        "a": DROP,
        "b": {"c": DROP},
        "d": {"e": DROP, "f": {"g": 1}},
        "h": [DROP, 1, [DROP], {"i": DROP}],
        "j": [DROP],
    }
    assert finished(message) == {"d": {"f": {"g": 1}}, "h": [1]}


def test_what_was_empty_before_stays():
    assert finished({"a": {}, "b": [], "c": [[]]}) == {"a": {}, "b": [], "c": [[]]}


def test_a_message_of_holes_alone_is_empty():
    assert finished({"a": DROP}) == {}
    assert finished({}) == {}


def test_values_that_look_empty_are_no_holes():
    message = {"a": None, "b": False, "c": 0, "d": ""}
    assert finished(message) == message


def test_a_bag_that_came_as_text_leaves_as_text_even_when_it_is_empty():
    assert finished({"p": EncodedBag(a="ö", b=DROP), "q": EncodedBag(a=DROP)}) == {
        "p": '{"a":"ö"}',
        "q": "{}",
    }
