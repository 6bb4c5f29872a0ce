"""``generalize: {email: domain}``: whose mail it is, not whom it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search
from safetrack.transform.generalize.hostname import read_hostname

_MAX_ADDRESS: Final = 320
"""64 characters of mailbox, one @ and 255 of domain (RFC 5321)."""


@dataclass(frozen=True, slots=True)
class EmailDomain:
    """Cuts an e-mail address to its domain: ``jane@acme.com`` to ``acme.com``.

    A text without an @ is dropped even if it looks like a domain, for so does ``jane.doe``.
    """

    name: ClassVar[str] = "generalize"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """The domain, still to be searched. What is no single address is dropped."""
        domain = _domain(value.strip()) if type(value) is str else None
        if domain is None:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        return Outcome(domain, Search.PATTERNS, Reason.RULE)

    def is_narrower_than(self, other: Action) -> bool:
        """Always: there is only one way to cut an address."""
        return isinstance(other, EmailDomain)


def _domain(address: str) -> str | None:
    mailbox, _, domain = address.partition("@")
    if not mailbox or len(address) > _MAX_ADDRESS or "." not in domain.strip("."):
        return None
    return read_hostname(domain)
