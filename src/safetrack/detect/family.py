"""The keys of one mapping, read together: what each of them claims of its value.

Fields written as pairs are read as fields: in ``{label: "Phone", value: …}`` the value is what the
label says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from safetrack.detect.canonical import canonical, canonical_of_value
from safetrack.detect.fit import fits
from safetrack.detect.harmless import is_short
from safetrack.detect.keynames import LABELLED, Around, claim
from safetrack.detect.keyphrases import Claim
from safetrack.detect.owner import Owner, evidence, owner_by_kind
from safetrack.detect.relations import TELLING
from safetrack.detect.words import split_words, word_set, words_of
from safetrack.reading import Plain

_LABELS: Final = [
    "key",
    "label",
    "field",
    "question",
    "property",
    "header",
    "param",
    "parameter",
    "name",
    "title",
    "attribute",
    "field_name",
    "fieldName",
    "field_label",
    "fieldLabel",
    "prompt",
    "header_name",
]
"""Keys that hold the name of a field, in the order in which they are asked."""
_VALUES: Final = word_set("""value values answer answers val content response text data input new old before after
    new_value old_value newValue oldValue from to entry""")
"""Keys that hold what stands in it."""
_KINDS: Final = ("type", "kind", "object", "object_type", "objectType", "entity_type", "entityType")
_LONGEST_LABEL: Final = 80
_MOST_REMEMBERED: Final = 64
"""Keys of a mapping whose claims are remembered; of more they are read anew each time."""
_LEAST_PREFIXED: Final = 3
_SCALARS: Final = frozenset({str, int, float})
LABEL: Final = LABELLED.entity
"""Says of a text that it is a label: it is searched for patterns, not for names."""
_NAME: Final = Claim("PERSON", "name")


class Family:
    """What stands in one mapping.

    Args:
        path: The dotted path of the mapping inside its bag; empty for the bag itself.
        mapping: The mapping.
        root: Whose everything in the bag is, where nothing nearer says so.
    """

    __slots__ = ("_claims", "_mapping", "_path", "_root")

    def __init__(self, path: str, mapping: Mapping[object, Plain], root: Owner | None) -> None:
        self._path = path
        self._mapping = mapping
        self._root = root
        self._claims: Mapping[str, Claim] | None = None

    def named(self, key: str, value: Plain) -> str | None:
        """The entity that a key and what is around it say its value is, if it looks like one.

        `LABEL` if they say that it is named for the program or the world, not for people.

        Args:
            key: The key, as it stands in the mapping.
            value: The value, or an item of the list that it is.
        """
        if self._claims is None:
            self._claims = self._read()
        found = self._claims.get(key)
        if found is None:
            return None
        if found is LABELLED:
            return LABEL if type(value) is str and is_short(value) else None
        return found.entity if type(value) in _SCALARS and fits(found.shape, value) else None

    def _read(self) -> Mapping[str, Claim]:
        keys = tuple([key for key in self._mapping if type(key) is str])
        kind = self._kind()
        label = self._label(kind)
        if len(keys) > _MOST_REMEMBERED:
            return _claims.__wrapped__(self._path, keys, kind, label, self._root)
        return _claims(self._path, keys, kind, label, self._root)

    def _kind(self) -> Owner | None:
        """What the mapping says that it is."""
        for key in _KINDS:
            kind = self._mapping.get(key)
            if type(kind) is str and len(kind) <= _LONGEST_LABEL:
                return owner_by_kind(kind)
        return None

    def _label(self, kind: Owner | None) -> Claim | None:
        """What the field claims that the mapping describes."""
        if _VALUES.isdisjoint(self._mapping):
            return None
        for key in _LABELS:
            label = self._mapping.get(key)
            if type(label) is str and len(label) <= _LONGEST_LABEL:
                return _claim_of_label(label, _surroundings(self._path, (), kind, self._root))
        return None


def _claim_of_label(label: str, above: Around) -> Claim | None:
    words = canonical_of_value(words_of(label))
    found = claim(words, above._replace(parents=()))
    if (
        found is None
        and words[-1:] == ("name",)
        and (len(words) == 1 or words[-2] in {"your", "my"})
    ):
        return _NAME
    return found


@lru_cache(maxsize=2048)
def _claims(
    path: str,
    keys: tuple[str, ...],
    kind: Owner | None,
    label: Claim | None,
    root: Owner | None,
) -> Mapping[str, Claim]:
    """The claim of each key of a mapping that makes one."""
    groups: dict[str, list[str]] = {}
    for key in keys:
        above, own = _parted(key)
        groups.setdefault(above, []).append(own)
    claims: dict[str, Claim] = {}
    for above, own_keys in groups.items():
        whole = ".".join(filter(None, (path, above)))
        words = _unprefixed([canonical(split_words(_NUMBERING.sub("", o))) for o in own_keys])
        surroundings = _surroundings(whole, words, kind, root)
        for own, own_words in zip(own_keys, words, strict=True):
            key = f"{above}.{own}" if above else own
            found = claim(own_words, _of_vendor(surroundings) if own[:1] == "$" else surroundings)
            if label is not None and own in _VALUES:
                found = label
            if found is not None:
                claims[key] = found
    return claims


_NUMBERING: Final = re.compile(r"(?:\.\d[0-9a-f]*)+\Z")
"""What some libraries hang on the names of their cookies: ``_pk_id.1.1fff``."""


def _parted(key: str) -> tuple[str, str]:
    """A key with dots as what is above, and its own name with its numbering."""
    numbering = _NUMBERING.search(key)
    end = numbering.start() if numbering is not None else len(key)
    above, _, own = key[:end].rpartition(".")
    return above, own + key[end:]


def _unprefixed(keys: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Keys without a first word that all of them have: it tells them apart from other systems'."""
    first = {words[0] if len(words) > 1 else "" for words in keys}
    if len(keys) < _LEAST_PREFIXED or len(first) > 1 or first & TELLING:
        return keys
    return [words[1:] or words for words in keys]


def _of_vendor(surroundings: Around) -> Around:
    """A vendor's own ``$region`` is where somebody is, whatever stands beside it."""
    return surroundings._replace(place=True)


def _surroundings(
    path: str, keys: Iterable[tuple[str, ...]], kind: Owner | None, root: Owner | None
) -> Around:
    parents = tuple(canonical(split_words(key)) for key in path.split(".")) if path else ()
    owner, goods, place = evidence(keys)
    return Around(parents, owner if kind is None else kind, goods, place, root)
