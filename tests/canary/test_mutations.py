"""A grid that is green because it looks away would be worse than none: break the code, see red."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from canary.finder import Finder, Hit
from canary.grid import Extent
from canary.places import KEY
from canary.run import run
from safetrack.client import Client
from safetrack.compile.destination import DestinationRules
from safetrack.compile.rule import ReadyRule
from safetrack.detect.detector import Findings, Query
from safetrack.event import Event
from safetrack.transform.keep import Keep
from safetrack.vendors import shape
from safetrack.walk import roles
from safetrack.walk.settle import Settling
from safetrack.walk.walk import Walk
from sanitizing import detector

SMALL = Extent(kinds=("e-mail",), encodings=("plain",))
PLAIN_OUTPUTS = ("archive", "hook", "console", "warehouse")


def _share_detector(client: Client) -> None:
    """Loading another one takes seconds."""
    client._route.sanitizer.detector = detector()


def _hits(folder: Path, sabotage: Callable[[Client], None] = _share_detector) -> list[Hit]:
    outcome = run("product-analytics", folder, SMALL, sabotage=sabotage, destinations=PLAIN_OUTPUTS)
    return Finder(outcome.planted.canaries).hits(outcome.evidence)


def _places(hits: Sequence[Hit]) -> set[str]:
    return {canary.place for hit in hits for canary in hit.canaries}


def _pools(*names: str) -> set[str]:
    """What places of these names are called in a hit."""
    return {place.pool or place.name for place in SMALL.places if place.name in names}


def _raw(_walk: Any, _role: Any, spot: Any, value: Any) -> None:
    spot.holder[spot.key] = value


def test_without_a_mutation_nothing_is_found(tmp_path: Path) -> None:
    assert _hits(tmp_path) == []


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (shape.Id, {"userId", "anonymousId", "previousId", "groupId", "context: device.id"}),
        (shape.Name, {"event", "name", "category"}),
        (shape.Groups, {"groups", "groups, key", "groups, in a list", "properties: $groups"}),
        (shape.GroupType, {"groupType"}),
        (shape.Integrations, {"integrations, key", "integrations, value"}),
        (shape.MessageId, {"messageId"}),
        (shape.Time, {"timestamp"}),
        (shape.Switch, {"switch"}),
    ],
)
def test_an_envelope_role_that_lets_values_through_is_seen(
    role: type, places: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(roles.ROLES, role, _raw)  # type: ignore[arg-type]
    assert _pools(*places) <= _places(_hits(tmp_path))


@pytest.mark.parametrize("bag", ["properties", "traits", "context"])
def test_a_bag_that_is_skipped_is_seen(
    bag: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def skip(walk: Walk, role: shape.Bag, spot: Any, value: Any) -> None:
        if spot.keys == (bag,):
            spot.holder[spot.key] = value
        else:
            roles._bag(walk, role, spot, value)

    monkeypatch.setitem(roles.ROLES, shape.Bag, skip)  # type: ignore[arg-type]
    there = {place.pool or place.name for place in SMALL.places if place.path[0] == bag}
    assert there - _places(_hits(tmp_path)) <= {"switch"}  # its events do not leave


def test_top_level_keys_without_a_role_are_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    special = Walk._special

    def keep_unknown(self: Walk, spot: Any, value: Any) -> None:
        special(self, spot, value)
        if len(spot.keys) == 1:
            spot.holder.setdefault(spot.key, value)

    monkeypatch.setattr(Walk, "_special", keep_unknown)
    unknown = {"unknown key", "unknown key's value", "unknown key's value, nested"}
    assert unknown <= _places(_hits(tmp_path))


def test_rules_that_keep_and_trust_everything_are_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rule = ReadyRule(Keep(trusted=True), "everything", "**")
    monkeypatch.setattr(DestinationRules, "find", lambda *_: rule)
    found = _places(_hits(tmp_path))
    bags = ("properties", "traits", "context", "set_once")
    places = [
        place for place in SMALL.places if place.path[0] in bags and KEY not in place.path[-1]
    ]
    ids = {"switch", "context: groupId", "context: device.id", "properties: $groups"}
    assert {place.pool or place.name for place in places} - ids <= found  # no rule decides those


def test_findings_that_are_ignored_are_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Settling, "settle", lambda *_: None)
    places = [place for place in SMALL.places if place.opens]
    cut = {place.name for place in places if place.name.endswith(("url", "path", "referrer"))}
    assert {place.pool or place.name for place in places} - cut <= _places(_hits(tmp_path))


def test_a_detector_that_finds_nothing_is_seen(tmp_path: Path) -> None:
    class Blind:
        def find(self, queries: Sequence[Query]) -> list[Findings]:
            return [() for _ in queries]

    def blind(client: Client) -> None:
        client._route.sanitizer.detector = Blind()

    assert {"names", "comment", "industry"} <= _places(_hits(tmp_path, blind))


def test_keys_that_are_not_searched_are_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Walk, "search_key", lambda *_: None)
    assert {"names", "properties: kept pattern, key"} <= _places(_hits(tmp_path))


def test_decisions_that_show_unknown_keys_are_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Walk, "show", lambda _self, plan: ".".join(map(str, plan.keys)))
    origins = {hit.origin for hit in _hits(tmp_path)}
    assert {"on_drop", "repr of what was sanitized"} <= origins


def test_a_repr_that_shows_the_event_is_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Event, "__repr__", lambda self: repr(self.message))
    assert {hit.origin for hit in _hits(tmp_path)} == {"repr of an event"}
