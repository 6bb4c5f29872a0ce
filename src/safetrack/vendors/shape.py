"""What a message is made of: a table from places in it to what stands there.

The sanitizer walks every message by such a table and knows no vendor. What a shape does not name
is unlisted, and does not leave.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias


class Section(StrEnum):
    """The policy's section that decides about a bag of properties."""

    PROPERTIES = "properties"
    TRAITS = "traits"
    GROUP_TRAITS = "group_traits"
    CONTEXT = "context"


class IdKind(StrEnum):
    """The kinds of identifiers that ``identity:`` decides about."""

    PERSON = "person"
    GROUP = "group"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Name:
    """A name: of an event, a page, a category.

    Attributes:
        event: Whether it is the one that chooses rules.
        calls: Names by which the vendor writes what is no event of the application's, e.g.
            ``$identify``: nobody has to list them.
    """

    event: bool = False
    calls: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Id:
    """An identifier, or a list of them."""

    kind: IdKind


@dataclass(frozen=True, slots=True)
class Groups:
    """A mapping from group type to group id (or a list of ids)."""


@dataclass(frozen=True, slots=True)
class GroupType:
    """The name of a kind of group, e.g. ``company``."""


@dataclass(frozen=True, slots=True)
class Bag:
    """A mapping of properties that a section of the policy decides about.

    ``encoded`` marks a bag that the vendor writes as JSON text inside a string.
    """

    section: Section
    encoded: bool = False


@dataclass(frozen=True, slots=True)
class Unset:
    """Names of properties that the vendor is to forget: the keys of a mapping, or a list.

    A name leaves where a rule of the section names it. What stands beside it never does: that
    becomes `sign`.
    """

    section: Section
    sign: str = "-"


@dataclass(frozen=True, slots=True)
class Word:
    """A place for words of the vendor's own protocol: nothing else leaves."""

    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Property:
    """A single property outside any bag: decided as `name` in `section`."""

    section: Section
    name: str


@dataclass(frozen=True, slots=True)
class Time:
    """A time of the message. Parsed, and re-emitted in `form`."""

    form: Literal["iso", "seconds", "milliseconds", "sql"] = "iso"


@dataclass(frozen=True, slots=True)
class MessageId:
    """The id by which the vendor de-duplicates."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The word that says which message this is. Anything not in `values` drops the event.

    ``default`` is taken where the word is missing and the message names an event.
    """

    values: frozenset[str]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """A control key that restricts the flow when it is `restricts`: honoured, as a boolean."""

    restricts: bool


@dataclass(frozen=True, slots=True)
class Integrations:
    """Which destinations may have the event: ``{"All": bool, NAME: bool}``.

    ``routed`` marks a vendor that itself hands the event on by them: they go along, and only the
    vendor's own switch stops the event here.
    """

    routed: bool = False


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person consented to, by which the vendor hands the event on: ``{category: bool}``.

    Or a list of categories: of those denied where `denies`, else of those allowed. A denial whose
    category may not leave drops the event, for without it the vendor would hand the event on.
    """

    denies: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    """A word that says how the consent beside it is to be read. Any other drops the event."""

    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Never:
    """Routes, authenticates or enriches at the vendor: never taken from the caller."""


Role: TypeAlias = (
    Name
    | Id
    | Groups
    | GroupType
    | Bag
    | Unset
    | Word
    | Property
    | Time
    | MessageId
    | Kind
    | Switch
    | Integrations
    | Consent
    | Terms
    | Never
)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One kind of message.

    Attributes:
        vendor: Whose message it is: ``neutral`` or a destination type.
        roles: Dotted place (``properties.$insert_id``) to what stands there. A place inside a bag
            overrides the bag.
        fixed: Sections of a bag that depend on the message's kind word:
            ``{("traits", "group"): Section.GROUP_TRAITS}``.
        sdks_own: Places in which the SDK speaks of itself. What a message says there is never
            taken, and the drop-in says it again.
    """

    vendor: str
    roles: Mapping[str, Role]
    fixed: Mapping[tuple[str, str], Section]
    sdks_own: frozenset[str] = frozenset()
    names_event: tuple[str, ...] | None = field(init=False, repr=False)
    """The keys that lead to the name that chooses rules, if there is one."""
    calls: frozenset[str] = field(init=False, repr=False)
    """Names there that are no event of the application's."""
    kinds: tuple[tuple[tuple[str, ...], Kind], ...] = field(init=False, repr=False)
    """The keys that lead to each word that says which message this is."""
    times: tuple[tuple[str, ...], ...] = field(init=False, repr=False)
    """The keys that lead to each time of the message."""
    _by_keys: Mapping[tuple[str, ...], Role] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_keys = {tuple(place.split(".")): role for place, role in self.roles.items()}
        names = {k: role for k, role in by_keys.items() if isinstance(role, Name) and role.event}
        set_once = object.__setattr__
        set_once(self, "_by_keys", by_keys)
        set_once(self, "names_event", next(iter(names), None))
        set_once(self, "calls", next((role.calls for role in names.values()), frozenset()))
        kinds = ((keys, role) for keys, role in by_keys.items() if isinstance(role, Kind))
        set_once(self, "kinds", tuple(kinds))
        times = (keys for keys, role in by_keys.items() if isinstance(role, Time))
        set_once(self, "times", tuple(times))

    def role_at(self, keys: tuple[object, ...]) -> Role | None:
        """The role of the place that these keys lead to. A dotted key is the same path."""
        role = self._by_keys.get(keys)  # type: ignore[arg-type]
        if role is None and "." in str(keys[-1]):
            return self.roles.get(".".join(map(str, keys)))
        return role
