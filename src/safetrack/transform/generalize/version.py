"""``generalize: version``: the major version alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search
from safetrack.transform.numeric import is_number

_MAX_TEXT: Final = 100
_VERSION: Final = re.compile(r"[vV]?([0-9]{1,4})([.+_ -].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Version:
    """Cuts a version to its major number, as text: ``17.2.1`` to ``17``."""

    name: ClassVar[str] = "generalize"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """The first number of a version, at most four digits. All else is dropped."""
        text = value if type(value) is str else repr(value) if is_number(value) else ""
        found = _VERSION.fullmatch(text.strip()) if len(text) <= _MAX_TEXT else None
        if found is None:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        return Outcome(found[1], Search.NONE, None if found[1] == value else Reason.RULE)

    def is_narrower_than(self, other: Action) -> bool:
        """Always: there is only one way to cut a version."""
        return isinstance(other, Version)
