"""What the name of a key, with what stands around it, says about its value.

``phone`` holds a phone number however it is written, and ``session_id`` an identifier that no
pattern could tell from any other id. The last words of a name decide (``billing_phone`` is a
phone, ``phone_verified`` is not one), the longest known ending first (``mac_address`` is no street).
What says nothing alone (``name``, ``id``, ``state``, ``number``) is decided by what is around it.
A claim is believed where the value looks like it (`safetrack.detect.fit`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from safetrack.detect.canonical import canonical
from safetrack.detect.harmless import counts_things, holds_labels
from safetrack.detect.keyphrases import BY_ENDING, BY_WHOLE, LONGEST_ENDING, NEUTRAL, Claim
from safetrack.detect.owner import Owner, evidence, owner_of_words
from safetrack.detect.relations import (
    CONTAINERS,
    NAMED_THINGS,
    PEOPLE,
    PERSONAL_PLACES,
    PLACES,
    TRANSPARENT,
)
from safetrack.detect.words import split_words, word_set


class Around(NamedTuple):
    """What stands around the keys of one mapping.

    Attributes:
        parents: Canonical words of each key above, the nearest last.
        owner: Whose the mapping is, as it or the keys in it say; None where they do not.
        goods: Whether it holds prices, quantities and the like.
        place: Whether it holds parts of a place.
        root: Whose everything in the message is, where nothing nearer says so.
    """

    parents: tuple[tuple[str, ...], ...] = ()
    owner: Owner | None = None
    goods: bool = False
    place: bool = False
    root: Owner | None = None


_QUALIFIERS: Final = word_set("""value text string raw hash hashed sha1 sha256 sha512 md5 encrypted encoded normalized
    normalised plain lower lowercase uppercase clean primary secondary current new old original
    masked obfuscated hex base64 sha md input field str list
    array default main formatted display public external internal given entered label""")
"""Words at the end of a name that leave open what it holds: a hashed e-mail is still an e-mail."""

_ALONE: Final[Mapping[Owner, Mapping[str, Claim]]] = {
    Owner.PERSON: {
        "name": Claim("PERSON", "called"),
        "names": Claim("PERSON", "called"),
        "display": Claim("PERSON", "called"),
        "full": Claim("PERSON", "name"),
        "first": Claim("PERSON", "name"),
        "last": Claim("PERSON", "name"),
        "middle": Claim("PERSON", "name"),
        "given": Claim("PERSON", "name"),
        "family": Claim("PERSON", "name"),
        "initials": Claim("PERSON", "name"),
        "initial": Claim("PERSON", "name"),
        "alias": Claim("USERNAME", "id"),
        "handle": Claim("USERNAME", "handle"),
        "slug": Claim("USERNAME", "handle"),
        "login": Claim("USERNAME", "handle"),
        "number": Claim("PHONE_NUMBER", "dialled"),
        "home": Claim("PHONE_NUMBER", "dialled"),
        "work": Claim("PHONE_NUMBER", "dialled"),
        "contact": Claim("PHONE_NUMBER", "dialled"),
        "born": Claim("DATE_OF_BIRTH", "date"),
        "id": Claim("USER_ID", "id"),
        "ids": Claim("USER_ID", "id"),
        "uuid": Claim("USER_ID", "id"),
        "guid": Claim("USER_ID", "id"),
        "pk": Claim("USER_ID", "id"),
        "sub": Claim("USER_ID", "id"),
        "picture": Claim("USERNAME", "url"),
        "photo": Claim("USERNAME", "url"),
        "image": Claim("USERNAME", "url"),
        "url": Claim("USERNAME", "url"),
        "permalink": Claim("USERNAME", "url"),
    },
    Owner.PLACE: {
        "long": Claim("GEO_COORDINATE", "geo"),
        "x": Claim("GEO_COORDINATE", "geo"),
        "y": Claim("GEO_COORDINATE", "geo"),
        "line": Claim("LOCATION", "address"),
        "name": Claim("LOCATION", "spot"),
        "display": Claim("LOCATION", "spot"),
        "formatted": Claim("LOCATION", "address"),
        "full": Claim("LOCATION", "address"),
        "unit": Claim("LOCATION", "address"),
        "apt": Claim("LOCATION", "address"),
        "apartment": Claim("LOCATION", "address"),
        "building": Claim("LOCATION", "address"),
        "number": Claim("LOCATION", "address"),
    },
}
"""Words that say something only of what belongs to a person or a place."""

_REGIONS: Final = word_set("""state region province county district subdivision prefecture canton territory governorate
    department parish oblast emirate estado""")
_NO_REGIONS: Final = frozenset({"state", "department"})
"""Of these, the ones that are mostly something else."""
_REGION: Final = Claim("LOCATION", "region")
_PROPER_REGION: Final = Claim("LOCATION", "proper region")
_REGION_OWNERS: Final = (
    PERSONAL_PLACES
    | PLACES
    | word_set("home user customer ip mp birth residence us property ship bill store")
)

_REFERENCES: Final = word_set("""user customer author owner assignee reviewer reporter approver creator requester requestor
    sender recipient invitee inviter attendee participant patient employee cardholder beneficiary
    payee payer collaborator organizer organiser speaker applicant candidate supervisor member
    contact follower friend buyer seller assigner resident respondent colleague mentioned
    opponent opponents player players teammate rival challenger streamer gamer buddy friends followers
    mention people person signer signatory witness traveler traveller rep holder submitter
    courier rider broadcaster chatter gifter commenter committer winner loser teammates mentions
    subscriber guest guests doctor physician nurse""")
"""What stands for a person where it holds a bare value."""

_DONE_BY: Final = word_set("""sort group order filter power trigger cause partition back follow step increment decrement
    offset multiplie divide delimite separate limit rank""")
"""By these, something is done by a thing: ``sorted_by``."""
_TO_SOMEBODY: Final = word_set(
    "assigned shared sent delegated forwarded escalated reassigned reported addressed"
)

_GENERIC: Final = word_set("""number no address id uuid code token line value hash key url handle username text
    ip date year digits user login secret pan cookie jwt num profile picture tag""")
"""Words that mean something together with the key above: ``{phone: {number}}``."""

_MOST_GENERIC: Final = 2

_INHERITED: Final[Mapping[str, str]] = {
    "email": "at",
    "at": "at",
    "phone": "dialled",
    "dialled": "dialled",
    "secret": "token",
    "token": "opaque",
    "ip": "ip",
    "address": "spot",
    "zip": "zip",
    "geo": "geo",
}
"""Shape of a claim to the one that values below it must have: ``{phones: {home, count}}``."""

LABELLED: Final = Claim("LABEL", "LABEL")
"""Of a key whose text is a label of a thing: to be searched for patterns, not for names."""

_BARE: Final = Around()


def claim(own: tuple[str, ...], around: Around = _BARE) -> Claim | None:
    """What a key claims of its value.

    Args:
        own: The key's canonical words (`safetrack.detect.canonical.canonical`).
        around: What stands around it.
    """
    if not own:
        return None
    bare = _without_qualifiers(own)
    if _is_neutral(own):
        return None
    found = (
        _id_elsewhere(bare, around)
        or BY_WHOLE.get(own)
        or _in_thing_bag(bare, around)
        or _by_ending(bare)
        or BY_WHOLE.get(bare)
        or _of_somebody(bare)
        or _with_parent(bare, around)
        or _by_owner(bare, around)
        or _by_region(bare, around)
        or _value_of_parent(bare, around)
        or (LABELLED if _is_label_key(own, bare, around) else None)
        or _inherited(around)
    )
    return found if found is not _NOTHING else None


def _is_label_key(own: tuple[str, ...], bare: tuple[str, ...], around: Around) -> bool:
    """Whether a key says that its value is a label of a thing (`safetrack.detect.harmless`)."""
    if holds_labels(own) or holds_labels(bare) or counts_things(own):
        return True
    if bare not in _BARE_NAMES:
        return False
    nearest = _nearest(around)
    if nearest is not None:
        return holds_labels((nearest[1], *bare))
    return around.goods


_BARE_NAMES: Final = frozenset({("name",), ("title",), ("label",), ("text",), ("type",)})

_NOTHING: Final = Claim("", "")
"""Ends the search: the key is known to claim nothing."""


def _without_qualifiers(words: tuple[str, ...]) -> tuple[str, ...]:
    end = len(words)
    while end > 1 and (words[end - 1] in _QUALIFIERS or words[end - 1].isdigit()):
        end -= 1
    return words[:end]


def _is_neutral(words: tuple[str, ...]) -> bool:
    return any(words[-length:] in NEUTRAL for length in range(2, LONGEST_ENDING + 1))


def _in_thing_bag(words: tuple[str, ...], around: Around) -> Claim | None:
    """A product's handle is a part of its URL."""
    if words == ("handle",) and _owner(around) is Owner.THING:
        return _NOTHING
    return None


def _id_elsewhere(words: tuple[str, ...], around: Around) -> Claim | None:
    """A person's ``external_id``, which elsewhere is believed to be a person's if it is a hash."""
    if words == ("external", "id") and _owner_of_id(around) is Owner.PERSON:
        return _ALONE[Owner.PERSON]["id"]
    return None


def _by_ending(words: tuple[str, ...]) -> Claim | None:
    for length in range(min(LONGEST_ENDING, len(words)), 0, -1):
        found = BY_ENDING.get(words[-length:])
        if found is not None:
            return found
    return None


def _of_somebody(words: tuple[str, ...]) -> Claim | None:
    """``customer_name``, ``driver_id``, ``created_by``, ``assignee``."""
    last = words[-1]
    if len(words) == 1:
        return _REFERENCE if last in _REFERENCES else None
    before = next((word for word in reversed(words[:-1]) if not word.isdigit()), "")
    if last in {"by", "with", "to"} and _is_done_by(before, last):
        return _REFERENCE
    if last in _REFERENCES:
        return _REFERENCE if before in _TO_SOMEBODY else _SOMEBODY  # ``team_member``, ``db_user``
    if before in NAMED_THINGS and before not in PEOPLE:
        return _NOTHING if last in _ALONE[Owner.PERSON] else None
    if before in PEOPLE or (before in PERSONAL_PLACES and last not in _IDS):
        return _ALONE[Owner.PERSON].get(last)
    return None


_REFERENCE: Final = Claim("PERSON", "person")
_SOMEBODY: Final = Claim("PERSON", "people")
_IDS: Final = frozenset({"id", "ids", "uuid", "guid", "pk"})


def _is_done_by(word: str, last: str) -> bool:
    if last != "by":
        return word in _TO_SOMEBODY
    stem = word.removesuffix("ed").removesuffix("d")
    doing = word.endswith(("ed", "en", "ade", "ld", "nt", "ght", "paid"))
    return doing and stem not in _DONE_BY and word not in _DONE_BY


def _with_parent(words: tuple[str, ...], around: Around) -> Claim | None:
    """What the nearest telling key above and this one say together: ``{card: {number}}``."""
    if words[0] not in _GENERIC or len(words) > _MOST_GENERIC:
        return None
    for parent in reversed(around.parents):
        if all(word in TRANSPARENT or word.isdigit() for word in parent):
            continue
        together = (*parent, *words)
        found = None if _is_neutral(together) else _by_ending(together)
        return found if found is None or not _is_weaker(parent, words) else None
    return None


def _is_weaker(parent: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the words alone say as much: then the key above adds nothing."""
    return not parent or _by_ending(words) is not None


def _by_owner(words: tuple[str, ...], around: Around) -> Claim | None:
    """What a word means that says nothing alone."""
    if len(words) > 1 and words[-1] in _IDS and _WHOSE_ID.issuperset(words[:-1]):
        words = words[-1:]
    if len(words) > 1 and words != ("line", "1"):
        return None
    word = words[0]
    owner = _owner_of_id(around) if word in _IDS else _owner(around)
    if owner is None:
        return None
    if word == "name" and owner is Owner.PLACE and _holds_a_recipient(around):
        owner = Owner.PERSON
    return _ALONE.get(owner, {}).get(word)


_WHOSE_ID: Final = word_set(
    "external internal legacy crm ref reference source global unique universal public primary remote foreign erp db"
)
"""Words in front of ``id`` that leave open whose it is."""


def _holds_a_recipient(around: Around) -> bool:
    """Whether the place is an address that something is sent to, not a point on a map."""
    nearest = next((parent for parent in reversed(around.parents) if parent), ())
    return "address" in nearest or not PERSONAL_PLACES.isdisjoint(nearest)


def _owner(around: Around) -> Owner | None:
    """Whose a bare ``name`` is. The nearest that tells decides."""
    nearest = _nearest(around)
    if around.owner is Owner.PERSON and nearest is not None:
        kind = nearest[1]
        return Owner.THING if kind in NAMED_THINGS and kind not in CONTAINERS else Owner.PERSON
    if around.owner is not None:
        return around.owner
    if nearest is not None:
        return nearest[0]
    return around.root


def _owner_of_id(around: Around) -> Owner | None:
    """Whose a bare ``id`` is: that of what the key above names, an order's as well."""
    nearest = _nearest(around)
    if nearest is not None:
        return None if nearest[1] in PERSONAL_PLACES else nearest[0]
    if around.root is not None:
        return around.root
    return around.owner


def _nearest(around: Around) -> tuple[Owner, str] | None:
    for parent in reversed(around.parents):
        for word in reversed(parent):
            if word in TRANSPARENT:
                continue
            owner = owner_of_words((word,))
            if owner is None and word == "name":
                return Owner.PERSON, word  # {name: {first, last}}
            if owner is not None:
                return owner, word
    return None


def _by_region(words: tuple[str, ...], around: Around) -> Claim | None:
    """``state`` and ``region`` beside an address, or in front of something of one."""
    parts = tuple(w for w in words if not w.isdigit() and w not in {"name", "code", "iso"})
    if not parts or parts[-1] not in _REGIONS:
        return None
    if len(parts) > 1:
        return _REGION if parts[-2] in _REGION_OWNERS else None
    nearest = _nearest(around)
    in_place = nearest is not None and nearest[0] is Owner.PLACE
    personal = nearest is not None and nearest[1] in PERSONAL_PLACES
    if around.place or in_place or personal:
        return _REGION
    return None if parts[-1] in _NO_REGIONS else _PROPER_REGION


def _value_of_parent(words: tuple[str, ...], around: Around) -> Claim | None:
    """``{password: {value}}``: a key that says only that here is the value of the one above."""
    if len(words) != 1 or words[0] not in _VALUE_WORDS or not around.parents:
        return None
    parent = _without_qualifiers(around.parents[-1])
    return _by_ending(parent) or BY_WHOLE.get(parent)


_VALUE_WORDS: Final = word_set("value val old new current previous before after raw plain given")


def _inherited(around: Around) -> Claim | None:
    """What the key right above claims of everything below it."""
    for parent in reversed(around.parents):
        if all(word in TRANSPARENT for word in parent):
            continue
        above = _by_ending(_without_qualifiers(parent))
        if above is None or above.shape not in _INHERITED:
            return None
        return Claim(above.entity, _INHERITED[above.shape])
    return None


@lru_cache(maxsize=8192)
def meaning(
    words: tuple[str, ...], parents: tuple[str, ...] = (), siblings: tuple[str, ...] = ()
) -> str | None:
    """The entity that a key's name says its value is, or None.

    Whether a value looks like it is another question: see `safetrack.detect.fit.fits`.

    Args:
        words: The key's own words, lower case (`safetrack.detect.words.split_words`).
        parents: Words of the keys above it, and of whatever else tells what it belongs to.
        siblings: The names of the keys beside it.
    """
    found = claim(canonical(words), around((tuple(parents),), siblings))
    return found.entity if found and found is not LABELLED else None


def around(
    parents: Iterable[tuple[str, ...]], siblings: Iterable[str], root: Owner | None = None
) -> Around:
    """What stands around the keys of a mapping, from their words.

    Args:
        parents: The words of each key above, the nearest last.
        siblings: The names of the mapping's keys.
        root: Whose everything in the message is.
    """
    owner, goods, place = evidence(canonical(split_words(name)) for name in siblings)
    above = tuple(canonical(words) for words in parents if words)
    return Around(above, owner, goods, place, root)
