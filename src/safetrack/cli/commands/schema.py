"""``safetrack schema``: the policy file's JSON Schema, for editors."""

from __future__ import annotations

from safetrack.cli.terminal import print_json


def schema() -> None:
    """Print the JSON Schema of the policy file, for completion and checks in an editor."""
    from safetrack.policy.schema import json_schema

    print_json(json_schema())
