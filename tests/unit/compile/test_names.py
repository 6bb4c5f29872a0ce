"""Which names a written name stands for."""

from __future__ import annotations

import pytest

from safetrack.compile.names import NameTable, find_rule, glob_regex, is_glob, restyle
from safetrack.compile.rule import ReadyRule
from safetrack.transform.drop import Drop
from safetrack.transform.keep import Keep
from safetrack.transform.scrub import Scrub


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("utm_*", "utm_source", True),
        ("utm_*", "utm_", True),
        ("utm_*", "my_utm_source", False),
        ("utm_*", "utm_source.raw", False),  # * is one segment
        ("*.country", "address.country", True),
        ("*.country", "country", False),
        ("*.country", "home.address.country", False),
        ("**.country", "country", True),  # ** is any depth, none too
        ("**.country", "home.address.country", True),
        ("**.country", "mycountry", False),
        ("home.**", "home.address.country", True),
        ("home.**", "home", False),
        ("home.**.country", "home.country", True),
        ("home.**.country", "home.a.b.country", True),
        ("home.**.country", "home.acountry", False),
        ("**", "anything.at.all", True),
        ("*", "one", True),
        ("*", "one.two", False),
        ("a.b", "aXb", False),  # a dot is a dot
        ("line\nbreak*", "line\nbreak and more", True),
    ],
)
def test_a_star_is_one_segment_and_two_are_any_depth(pattern, path, matches):
    assert bool(glob_regex(pattern).fullmatch(path)) is matches


def test_a_pattern_that_reaches_below_matches_everything_under_it():
    regex = glob_regex("address", reaches_below=True)
    assert regex.fullmatch("address")
    assert regex.fullmatch("address.street.number")
    assert not regex.fullmatch("address2")


def test_only_a_star_makes_a_glob():
    assert is_glob("utm_*")
    assert not is_glob("utm_source?[a]")


@pytest.mark.parametrize(
    "spelling", ["first_name", "firstName", "FirstName", "FIRST-NAME", "first name", "$first_name"]
)
def test_spellings_of_one_name_agree_without_case_and_word_style(spelling):
    assert restyle(spelling) == "firstname"


def test_restyling_keeps_segments_apart_and_wildcards_of_symbols_narrow():
    assert restyle("User.firstName") == "user.firstname"
    assert restyle("$*") == "$*"  # not every name
    assert restyle("***") == "***"


def table(**rules):
    actions = {"keep": Keep(), "drop": Drop(), "scrub": Scrub()}
    names = {name.replace("__", "."): action for name, action in rules.items()}
    return NameTable(
        ReadyRule(actions[action], name, name, line=line)
        for line, (name, action) in enumerate(names.items())
    )


def found(path, *tables):
    rule = find_rule(tables, path)
    return rule and (rule.pattern, rule.action.name)


def test_a_name_that_no_rule_says_is_found_by_none():
    assert found("plan", table(email="keep")) is None


def test_only_drop_matches_a_name_in_other_styles():
    rules = table(first_name="drop", last_name="keep", nick_name="scrub")
    assert found("firstName", rules) == ("first_name", "drop")
    assert found("lastName", rules) is None
    assert found("nickName", rules) is None


def test_an_exact_name_beats_a_drop_in_another_style():
    rules = table(userName="keep", user_name="drop")
    assert found("userName", rules) == ("userName", "keep")
    assert found("UserName", rules) == ("user_name", "drop")


def test_a_dropped_mapping_is_found_below_in_other_styles_too():
    rules = table(home_address="drop")
    assert found("HomeAddress.street", rules) == ("home_address", "drop")


def test_a_dropped_glob_matches_other_styles():
    rules = NameTable([ReadyRule(Drop(), "x", "user_*")])
    assert found("UserName", rules) == ("user_*", "drop")
    assert found("use", rules) is None
