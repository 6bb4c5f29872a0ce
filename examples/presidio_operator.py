"""Use safetrack's pseudonyms in a Presidio pipeline of your own."""

from __future__ import annotations

from presidio_anonymizer import AnonymizerEngine
from presidio_anonymizer.entities import OperatorConfig, RecognizerResult

from safetrack.detect.presidio.operator import Pseudonymize
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import Keyring

TEXT = "Write to jane@acme.com, or to JANE@acme.com, but not to bob@acme.com."

# What an AnalyzerEngine would have found; given here so that the example needs no model.
ADDRESSES = ("jane@acme.com", "JANE@acme.com", "bob@acme.com")
found = [
    RecognizerResult("EMAIL_ADDRESS", TEXT.index(address), TEXT.index(address) + len(address), 1.0)
    for address in ADDRESSES
]

engine = AnonymizerEngine()
engine.add_anonymizer(Pseudonymize)
keyring = Keyring.parse(new_key())  # yours comes from your secret store
operator = OperatorConfig("pseudonymize", {"keyring": keyring, "scope": "helpdesk"})
print(engine.anonymize(TEXT, found, {"EMAIL_ADDRESS": operator}).text)
