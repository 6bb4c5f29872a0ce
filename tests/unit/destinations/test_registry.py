"""How a destination is made from what the policy says."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from safetrack.destinations.registry import PROVIDERS, build
from safetrack.errors import ConfigError, MissingExtraError
from safetrack.policy.destination import TYPES

EXAMPLES: dict[str, dict[str, object]] = {
    "amplitude": {"api_key": "k", "region": "eu"},
    "duckdb": {"path": "events.duckdb", "table": "t", "retention": 60},
    "jsonl": {"path": "events.jsonl"},
    "mixpanel": {"token": "t", "region": "eu", "project_id": "1", "service_account": "u:s"},
    "posthog": {"api_key": "k", "host": "https://eu.i.posthog.com"},
    "segment": {"write_key": "k", "host": "https://api.segment.io"},
    "stdout": {},
    "webhook": {"url": "https://example.com/in", "headers": {"X-Team": "growth"}, "secret": "s"},
}


@pytest.mark.parametrize("kind", sorted(PROVIDERS))
def test_every_type_can_be_built_and_says_how_much_it_takes(kind: str) -> None:
    destination = build("d", kind, EXAMPLES[kind], 5.0)
    assert destination.batch_size >= 1
    destination.close()


def test_an_unknown_type_names_the_nearest_one() -> None:
    with pytest.raises(ConfigError, match="did you mean 'mixpanel'"):
        build("d", "mixpannel", {}, 5.0)


def test_an_unknown_option_names_the_nearest_one() -> None:
    with pytest.raises(
        ConfigError, match="destination d: unknown option 'tabel'; did you mean 'table'"
    ):
        build("d", "duckdb", {"path": "x", "tabel": "t"}, 5.0)


@pytest.mark.parametrize("options", [{}, {"token": ""}, {"token": None}])
def test_a_missing_option_is_named(options: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="missing option token"):
        build("d", "mixpanel", options, 5.0)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    monkeypatch.delitem(sys.modules, "safetrack.destinations.duckdb", raising=False)
    with pytest.raises(MissingExtraError, match=r"safetrack\[duckdb\]"):
        build("d", "duckdb", {"path": tmp_path / "x"}, 5.0)


def test_a_mistake_of_our_own_is_not_taken_for_a_missing_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(name: str) -> None:
        raise ModuleNotFoundError(name="safetrack.gone")

    monkeypatch.setattr(importlib, "import_module", broken)
    with pytest.raises(ModuleNotFoundError):
        build("d", "duckdb", {"path": "x"}, 5.0)


def test_the_policy_knows_the_same_types_and_options() -> None:
    known = {
        kind: (provider.required, provider.required | provider.optional)
        for kind, provider in PROVIDERS.items()
    }
    assert known == {
        kind: (frozenset(found.required), frozenset(found.options)) for kind, found in TYPES.items()
    }
