"""Our pseudonyms as a Presidio operator, for whoever runs Presidio himself.

Example::

    engine = AnonymizerEngine()
    engine.add_anonymizer(Pseudonymize)
    operator = OperatorConfig("pseudonymize", {"keyring": keyring, "scope": "mixpanel"})
    engine.anonymize(text, results, {"EMAIL_ADDRESS": operator})
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from presidio_anonymizer.entities import InvalidParamError
from presidio_anonymizer.operators import Operator, OperatorType

from safetrack.keys.keyring import Keyring
from safetrack.keys.normalize import normalize

KINDS: Final[Mapping[str, str]] = {
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
}
"""Entity → kind of the pseudonym; others are known by their entity's name, lower case."""


class Pseudonymize(Operator):
    """Replaces what was found by a keyed pseudonym: the same text, scope and key, the same token.

    Parameters of its ``OperatorConfig``:
        keyring: A `safetrack.keys.keyring.Keyring`.
        scope: Who receives the text; two receivers cannot join their tokens.
        kind: Kind of the pseudonym; by default that of the entity (see `KINDS`).
    """

    def operate(self, text: str, params: dict[str, Any] | None = None) -> str:
        """The pseudonym of `text`; a marker with the entity where there is nothing to identify."""
        given = params or {}
        entity = given.get("entity_type", "")
        kind = given.get("kind") or KINDS.get(entity, entity.lower())
        value = normalize(text, kind)
        if value is None:
            return f"<{entity}>"
        keyring: Keyring = given["keyring"]
        return keyring.pseudonym(value, scope=given["scope"], kind=kind)

    def validate(self, params: dict[str, Any] | None = None) -> None:
        """Raises ``InvalidParamError`` when keyring or scope are missing or of the wrong type."""
        given = params or {}
        if not isinstance(given.get("keyring"), Keyring):
            raise InvalidParamError("pseudonymize needs `keyring`, a safetrack Keyring")
        if not isinstance(given.get("scope"), str) or not given["scope"]:
            raise InvalidParamError("pseudonymize needs `scope`, a text that is not empty")

    def operator_name(self) -> str:
        """The name that an ``OperatorConfig`` uses for it."""
        return "pseudonymize"

    def operator_type(self) -> OperatorType:
        """It takes away, it does not give back."""
        return OperatorType.Anonymize
