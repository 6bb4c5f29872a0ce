"""What a run of ``scrub`` did, in figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from safetrack.cli.formats.record import RejectReason
from safetrack.cli.scrub.batch import Sanitized
from safetrack.event import Reason


@dataclass(slots=True)
class Tally:
    """Counts over all inputs: ``read = written + dropped + rejected``."""

    read: int = 0
    written: int = 0
    dropped: Counter[Reason] = field(default_factory=Counter)
    changed: Counter[Reason] = field(default_factory=Counter)
    rejected: Counter[RejectReason] = field(default_factory=Counter)
    unreadable: list[str] = field(default_factory=list)
    """What is wrong with inputs that could not be read at all."""
    forms: list[tuple[str, str | None]] = field(default_factory=list)
    """Every format and scope that was used."""

    def note_form(self, form: str, scope: str | None) -> None:
        """Note under which format and scope an input is sanitized."""
        if (form, scope) not in self.forms:
            self.forms.append((form, scope))

    def add(self, batch: Sanitized) -> None:
        """Count one batch."""
        self.read += len(batch.messages) + batch.dropped.total()
        self.written += len(batch.messages)
        self.dropped += batch.dropped
        self.changed += batch.changed

    def reject(self, reason: RejectReason) -> None:
        """Count one record that could not be read."""
        self.read += 1
        self.rejected[reason] += 1

    @property
    def is_clean(self) -> bool:
        """Whether everything could be read."""
        return not (self.rejected or self.unreadable)

    def to_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "read": self.read,
            "written": self.written,
            "dropped": dict(self.dropped),
            "rejected": dict(self.rejected),
            "changed_values": dict(self.changed),
            "forms": [{"format": form, "scope": scope} for form, scope in self.forms],
            "unreadable_inputs": self.unreadable,
        }
