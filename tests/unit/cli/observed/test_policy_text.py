from collections import Counter

import pytest

from safetrack.cli.observed.policy_text import from_proposals
from safetrack.cli.observed.proposal import Proposal, Proposals
from safetrack.policy.load import Policy
from safetrack.vendors.shape import Section


def load(tmp_path, proposals):
    text = from_proposals(proposals)
    (tmp_path / "p.yaml").write_text(text)
    return text, Policy.load(tmp_path / "p.yaml").document


@pytest.mark.parametrize(
    "name", ["null", "true", "no", "a b", "x: y", "#x", '"q"', "é", "$set_x", "1"]
)
def test_any_name_is_written_so_that_it_is_read_back(tmp_path, name):
    rules = {(Section.PROPERTIES, name): Proposal("{keep: boolean}", "")}

    _, document = load(tmp_path, Proposals(Counter({name: 1}), rules, 0, 0))

    assert set(document.properties) == {name}


def test_a_section_of_undecided_rules_is_commented_out_whole(tmp_path):
    rules = {(Section.TRAITS, "note"): Proposal("scrub", "text of many values", active=False)}

    text, document = load(tmp_path, Proposals(Counter(), rules, 0, 0))

    assert document.traits == {}
    assert "# traits:\n  # note: scrub   # text of many values\n" in text


def test_of_very_many_events_the_most_frequent_are_shown(tmp_path):
    names = Counter({f"E{n:03}": 1000 - n for n in range(100)})

    text, _ = load(tmp_path, Proposals(names, {}, 0, 0))

    assert "#   E000: {purpose: …, owner: …}   # 1,000 times" in text
    assert "E040" not in text
    assert "… and 60 more" in text
