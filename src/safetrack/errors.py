"""Every error that safetrack raises, as one tree.

::

    SafetrackError
    ├── PolicyError            the policy file or dict is wrong; lists every problem found
    │   └── KeyringError       a key is missing, malformed or too short
    ├── ConfigError            an argument or environment setting is wrong
    │   └── MissingExtraError  an optional dependency is not installed
    ├── InputError             a file given to the command line cannot be read
    ├── DetectorError          personal-data detection cannot start
    ├── EventError             strict mode only: an event was refused
    └── DeliveryError          strict mode only: an event could not be handed over

A message says what is wrong, where, and what to do; it never holds a value of an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class SafetrackError(Exception):
    """Base of every error that safetrack raises."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a policy: where it stands, what is wrong and what to do about it.

    Attributes:
        message: What is wrong, and the nearest valid name where there is one.
        file: The policy's path, or None for a policy given as a dict.
        line: One-based line, or None where there is no file.
        column: One-based column, or None where there is no file.
        path: The dotted place inside the policy, e.g. ``properties.plan``.
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return ": ".join(part for part in (place, self.path, self.message) if part)


class PolicyError(SafetrackError):
    """The policy cannot be used. ``problems`` lists each mistake with its place."""

    def __init__(self, problems: str | Problem | Sequence[Problem]) -> None:
        if isinstance(problems, str):
            problems = Problem(problems)
        if isinstance(problems, Problem):
            problems = (problems,)
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class KeyringError(PolicyError):
    """A key that the policy needs is missing, malformed or too short."""


class ConfigError(SafetrackError):
    """An argument or an environment setting is wrong."""


class MissingExtraError(ConfigError):
    """An optional dependency is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        self.extra = extra
        super().__init__(
            f"{feature} needs an optional dependency. Install it with: pip install 'safetrack[{extra}]'"
        )


class InputError(SafetrackError):
    """A file given to the command line cannot be read in the format asked for."""


class DetectorError(SafetrackError):
    """Personal-data detection cannot start; every searched value is dropped until it can."""


class EventError(SafetrackError):
    """Strict mode only: an event was refused. Names the reason, never a value."""


class DeliveryError(SafetrackError):
    """Strict mode only: an event could not be handed over. Names the reason, never a value."""
