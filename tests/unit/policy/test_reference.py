"""The reference page shows policies that are policies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from safetrack.policy.destination import TYPES
from safetrack.policy.document import ACTIONS, HOWS
from safetrack.policy.load import Policy

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "policy.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_can_be_read(write, number):
    Policy.load(write(EXAMPLES[number]))


def test_the_whole_example_is_the_one_that_is_tested(whole):
    _title, _, text = whole.read_text(encoding="utf-8").partition("\n")
    assert text == EXAMPLES[0]


@pytest.mark.parametrize("name", [*ACTIONS, *TYPES])
def test_every_action_and_destination_type_has_a_row(name):
    assert f"| `{name}` |" in PAGE


@pytest.mark.parametrize("how", HOWS)
def test_every_kind_of_generalize_has_a_row(how):
    assert re.search(rf"^\| (`{how}`|`{{{how}: )", PAGE, re.MULTILINE)
