"""Snapshots of flags, which applications ask for a flag by its name."""

from __future__ import annotations

from typing import Any

from posthog.feature_flag_evaluations import FeatureFlagEvaluations

from safetrack.dropin.value_free import value_free_calls


@value_free_calls
class Snapshot(FeatureFlagEvaluations):
    """The SDK's snapshot, whose errors hold no value."""

    def _clone_with(self, flags: Any) -> Any:
        return value_free_snapshot(super()._clone_with(flags))


def value_free_snapshot(snapshot: Any) -> Any:
    """Have the errors of a snapshot, and of those made from it, hold no value."""
    snapshot.__class__ = Snapshot
    return snapshot
