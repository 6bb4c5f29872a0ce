"""Our pseudonyms as an operator of presidio-anonymizer."""

from __future__ import annotations

import pytest
from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import InvalidParamError, OperatorConfig, RecognizerResult

from safetrack.detect.presidio.operator import Pseudonymize
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring

TEXT = "Ada@Example.org wrote"
RESULTS = [RecognizerResult("EMAIL_ADDRESS", 0, 15, 1.0)]


@pytest.fixture(scope="module")
def keyring() -> Keyring:
    return Keyring.parse(new_key())


def _anonymize(results: list[RecognizerResult], **params: object) -> str:
    engine = AnonymizerEngine()
    engine.add_anonymizer(Pseudonymize)
    operators = {"DEFAULT": OperatorConfig("pseudonymize", dict(params))}
    return str(engine.anonymize(TEXT, results, operators).text)


def test_an_anonymizer_engine_of_others_makes_our_pseudonyms(keyring: Keyring) -> None:
    token = keyring.pseudonym("ada@example.org", scope="crm", kind="email")
    assert _anonymize(RESULTS, keyring=keyring, scope="crm") == f"{token} wrote"


def test_the_kind_can_be_given(keyring: Keyring) -> None:
    token = keyring.pseudonym("ada@example.org", scope="crm", kind="person")
    assert _anonymize(RESULTS, keyring=keyring, scope="crm", kind="person") == f"{token} wrote"


def test_other_scopes_give_other_tokens(keyring: Keyring) -> None:
    one = _anonymize(RESULTS, keyring=keyring, scope="crm")
    assert one != _anonymize(RESULTS, keyring=keyring, scope="ads")


def test_blank_text_becomes_a_marker(keyring: Keyring) -> None:
    blank = [RecognizerResult("PERSON", 15, 16, 1.0)]
    assert _anonymize(blank, keyring=keyring, scope="crm") == "Ada@Example.org<PERSON>wrote"


@pytest.mark.parametrize("missing", ["keyring", "scope"])
def test_a_missing_parameter_is_refused_without_showing_text(
    keyring: Keyring, missing: str
) -> None:
    params = {"keyring": keyring, "scope": "crm"} | {missing: ""}
    with pytest.raises(InvalidParamError, match=missing) as raised:
        _anonymize(RESULTS, **params)
    assert "Ada" not in str(raised.value)
