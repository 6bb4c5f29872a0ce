"""What is allowed in a policy and yet deserves a second thought: ``safetrack check`` shows it.

Each check looks at one rule, event or destination and says at most one thing about it. What the
shipped presets say is not repeated to those who extend them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from safetrack.errors import Problem
from safetrack.policy.document import DestinationDocument, Detection, Document, EventRules, Rule
from safetrack.policy.load import Layer, Policy
from safetrack.policy.written import Path, find_place, nearest

SOON: Final = dt.timedelta(days=30)
"""How long before its expiry an event or rule is worth a word."""
WIDE: Final = 10_000_000
"""Phone, account and card numbers have seven digits or more; below this none fits."""
MOST_EDGES: Final = 50
MOST_SHOWN: Final = 4
FINEST_DECIMALS: Final = 1
"""One decimal of a degree is about 11 km."""
STRICTEST_SCORE: Final = 0.6
"""Above it, Presidio's pattern recognisers without context (0.01 to 0.6) no longer count."""

Remark: TypeAlias = tuple[Path, str]
"""Where, and what there is to say."""


def warnings(policy: Policy, today: dt.date) -> list[Problem]:
    """Everything in a valid policy that deserves a second thought.

    Args:
        policy: The policy, with all that it extends.
        today: Against which dates are checked.

    Returns:
        One entry a remark, with its place, file by file from top to bottom.
    """
    found: list[Problem] = []
    for layer in policy.layers:
        if not layer.is_preset:
            problems = [_problem(layer, remark) for remark in _remarks(layer.document, today)]
            found += sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))
    return found


def _problem(layer: Layer, remark: Remark) -> Problem:
    path, message = remark
    return find_place(layer.written, path)._replace(path=path).problem(message)


def _remarks(document: Document, today: dt.date) -> Iterator[Remark]:
    yield from _about_document(document, today)
    for path, rule in _all_rules(document):
        yield from ((path, message) for message in _about_rule(path, rule, today))
    for name, event in document.events.items():
        yield from ((("events", name), message) for message in _about_event(event, today))
    for name, destination in document.destinations.items():
        yield from _about_destination(("destinations", name), destination)


# Every rule with its path.

_BAGS: Final = ("properties", "traits", "group_traits", "context")


def _all_rules(document: Document) -> Iterator[tuple[Path, Rule]]:
    yield from _rules_of(document, ())
    for name, destination in document.destinations.items():
        yield from _rules_of(destination, ("destinations", name))


def _rules_of(document: Document | DestinationDocument, root: Path) -> Iterator[tuple[Path, Rule]]:
    for bag in _BAGS:
        for name, rule in getattr(document, bag).items():
            yield (*root, bag, name), rule
    for event_name, event in document.events.items():
        for name, rule in event.properties.items():
            yield (*root, "events", event_name, "properties", name), rule


# The whole.


def _about_document(document: Document, today: dt.date) -> Iterator[Remark]:
    if document.unlisted == "scrub":
        text = "what no rule names leaves, and only detection stands between; list it, or drop"
        yield ("unlisted",), text
    if document.timestamp is not None and document.timestamp.action == "keep":
        yield ("timestamp",), "exact times link events to other logs; a second is enough for charts"
    if document.mode == "observe" and document.until is not None:
        passed = today > document.until
        state = "until {} is over: it enforces" if passed else "enforces nothing until {}"
        yield ("mode",), f"observe {state.format(document.until)}"
    if document.detection.min_score > STRICTEST_SCORE:
        score = f"above {STRICTEST_SCORE} many findings no longer count"
        yield ("detection", "min_score"), score
    if document.delivery.spool == "sealed" and document.delivery.outbox == "memory":
        yield ("delivery", "spool"), "sealed keeps events on disk, but the outbox is in memory"
    yield from _about_planned(document)
    yield from _about_identity(document)
    yield from _about_entities(document)
    yield from _about_recognizers(document.detection)


_PLANNED_KEYS: Final = ("aws-kms:", "gcp-kms:", "vault:")


def _about_planned(document: Document) -> Iterator[Remark]:
    """What the format of policies has, and this version does not do."""
    if document.keys and document.keys.startswith(_PLANNED_KEYS):
        source = document.keys.partition(":")[0]
        yield ("keys",), f"{source}: is not part of this version; write env:NAME or file:PATH"


def _about_identity(document: Document) -> Iterator[Remark]:
    for kind in ("person", "group", "device"):
        rule: Rule | None = getattr(document.identity, kind)
        path = ("identity", kind)
        if rule is not None and rule.action == "keep":
            yield path, "raw ids leave: whoever reads them can join them to your own records"
        elif rule is not None:
            yield from ((path, message) for message in _about_token(rule))


ENTITIES: Final = (
    "AU_MEDICARE",
    "AU_TFN",
    "CA_SIN",
    "CREDIT_CARD",
    "CRYPTO",
    "DATE_OF_BIRTH",
    "DATE_TIME",
    "DEVICE_ID",
    "DE_HEALTH_INSURANCE",
    "DE_ID_CARD",
    "DE_PASSPORT",
    "DE_SOCIAL_SECURITY",
    "DE_TAX_ID",
    "EMAIL_ADDRESS",
    "ES_NIE",
    "ES_NIF",
    "ES_PASSPORT",
    "FI_PERSONAL_IDENTITY_CODE",
    "DECIMAL_DEGREE",
    "GEO_COORDINATE",
    "IBAN_CODE",
    "IN_AADHAAR",
    "IN_PAN",
    "IN_PASSPORT",
    "IN_VOTER",
    "IP_ADDRESS",
    "IT_DRIVER_LICENSE",
    "IT_FISCAL_CODE",
    "IT_IDENTITY_CARD",
    "IT_PASSPORT",
    "KR_FRN",
    "KR_PASSPORT",
    "KR_RRN",
    "LOCATION",
    "MAC_ADDRESS",
    "MEDICAL_LICENSE",
    "NATIONAL_ID",
    "NG_NIN",
    "NRP",
    "OPAQUE_ID",
    "ORGANIZATION",
    "PERSON",
    "PHONE_NUMBER",
    "PH_PASSPORT",
    "PH_UMID",
    "PL_PESEL",
    "PROPER_NAME",
    "RANDOM_TOKEN",
    "SECRET",
    "SE_PERSONNUMMER",
    "SG_NRIC_FIN",
    "TH_TNIN",
    "TR_NATIONAL_ID",
    "UK_DRIVING_LICENCE",
    "UK_NHS",
    "UK_NINO",
    "UK_PASSPORT",
    "USERNAME",
    "USER_AGENT",
    "USER_ID",
    "US_BANK_NUMBER",
    "US_DRIVER_LICENSE",
    "US_ITIN",
    "US_MBI",
    "US_PASSPORT",
    "US_SSN",
    "USERNAME",
    "UUID",
    "ZA_ID_NUMBER",
)
"""What detection reports (a test compares it with `safetrack.detect.entities`, a higher layer)."""


def _about_entities(document: Document) -> Iterator[Remark]:
    for name, rule in document.detection.entities.items():
        path = ("detection", "entities", name)
        known = (*ENTITIES, *(one.entity for one in document.detection.recognizers), "*")
        if name not in known:
            yield path, f"detection reports no {name}{nearest(name, known[:-1])}"
        if rule.action == "keep":
            yield path, "what is found leaves as it is"
        else:
            yield from ((path, message) for message in _about_token(rule))


def _about_recognizers(detection: Detection) -> Iterator[Remark]:
    seen: set[str] = set()
    for number, one in enumerate(detection.recognizers):
        path = ("detection", "recognizers", str(number))
        if one.languages and set(detection.languages).isdisjoint(one.languages):
            needed = " or ".join(one.languages)
            yield path, f"never runs: {needed} is not among detection.languages"
        if one.name in seen:
            yield path, "a recognizer above has the same name; explain cannot tell them apart"
        seen.add(one.name)


# One rule.


def _about_rule(path: Path, rule: Rule, today: dt.date) -> Iterator[str]:
    name = str(path[-1])
    yield from _about_expiry(rule.expires, today)
    yield from _about_keep(name, rule)
    yield from _about_token(rule)
    if message := _too_fine(rule):
        yield message


def _is_open_text(rule: Rule) -> bool:
    return rule.action == "keep" and rule.values is None and rule.type in {None, "string"}


def _about_keep(name: str, rule: Rule) -> Iterator[str]:
    if rule.trusted and (_is_open_text(rule) or rule.how in {"url", "email"}):
        yield "trusted: whatever stands here leaves unsearched"
    elif _is_open_text(rule) and not name.strip("*.$"):
        yield "keeps every property there is; list them, or use unlisted: scrub"
    if _is_open_text(rule) and (what := _personal(name)):
        yield f"the name says {what}, and it leaves; pseudonymize, generalize or drop it"
    if rule.action == "keep" and rule.type in {"integer", "number"}:
        bounds = [bound for bound in (rule.min, rule.max) if bound is not None]
        if any(abs(bound) >= WIDE for bound in bounds):
            yield f"bounds of {WIDE:,} and more have room for phone and account numbers"


def _about_token(rule: Rule) -> Iterator[str]:
    if rule.action == "encrypt":
        yield "encrypt: whoever holds the key can read the value back; pseudonymize cannot be read"
    if rule.action in {"pseudonymize", "encrypt"} and rule.scope == "global":
        yield "scope: global: two leaked destinations can be joined by this token"


def _too_fine(rule: Rule) -> str | None:
    """Why a generalisation hides next to nothing."""
    if rule.action == "mask" and rule.last > MOST_SHOWN:
        return f"mask: more than {MOST_SHOWN} characters shown"
    if rule.action != "generalize":
        return None
    checks: dict[str | None, tuple[bool, str]] = {
        "round": ((rule.step or 1) < 1, "a step below 1 hides next to nothing"),
        "bins": (len(rule.edges) > MOST_EDGES, f"more than {MOST_EDGES} edges: bins too narrow"),
        "geo": (
            (rule.decimals or 0) > FINEST_DECIMALS,
            "two decimals of a degree are about a kilometre: a place of work or home",
        ),
        "ip": (rule.prefix_v4 > 24 or rule.prefix_v6 > 48, "few addresses share this prefix"),  # noqa: PLR2004  the defaults
    }
    is_fine, message = checks.get(rule.how, (False, ""))
    return message if is_fine else None


_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

PERSONAL_WORDS: Final = {
    "email": "an e-mail address",
    "mail": "an e-mail address",
    "phone": "a phone number",
    "mobile": "a phone number",
    "ssn": "a government identifier",
    "passport": "a government identifier",
    "password": "a secret",
    "secret": "a secret",
    "token": "a secret",
    "iban": "an account number",
    "card": "a card number",
    "address": "an address",
    "street": "an address",
    "zip": "an address",
    "postcode": "an address",
    "birthday": "a date of birth",
    "birthdate": "a date of birth",
    "dob": "a date of birth",
    "ip": "a network address",
    "latitude": "a place",
    "longitude": "a place",
    "username": "a person's name",
    "firstname": "a person's name",
    "lastname": "a person's name",
    "fullname": "a person's name",
    "surname": "a person's name",
}
"""Word of a property's name to what it says."""

_WHOSE: Final = frozenset(
    {"first", "last", "full", "user", "given", "family", "middle", "customer"}
)


def _personal(name: str) -> str | None:
    """What a property's name says about a person; None when it says nothing."""
    words = [word.lower() for word in _WORDS.findall(name.rpartition(".")[2])]
    if words[-1:] == ["country"]:  # address_country is a country
        return None
    if name == "name" or (words[-1:] == ["name"] and _WHOSE & set(words)):
        return "a person's name"
    return next((PERSONAL_WORDS[word] for word in words if word in PERSONAL_WORDS), None)


# Dates and reasons.


def _about_expiry(expires: dt.date | None, today: dt.date) -> Iterator[str]:
    if expires is not None and today > expires:
        yield f"expired on {expires}: nothing of it leaves any more; renew or remove it"
    elif expires is not None and expires - today <= SOON:
        yield f"expires on {expires}; renew it if it is still needed"


def _about_event(event: EventRules, today: dt.date) -> Iterator[str]:
    if event.action == "drop":
        return
    yield from _about_expiry(event.expires, today)
    missing = [name for name in ("purpose", "owner") if getattr(event, name) is None]
    if missing:
        yield f"an event without {' and '.join(missing)}: nobody will know whether it may go"


# Destinations.

_AT_HOME: Final = re.compile(r"http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$)")
_SECRETS: Final = ("secret", "service_account", "token", "api_key", "write_key")


def _about_destination(path: Path, destination: DestinationDocument) -> Iterator[Remark]:
    options = destination.options
    for name in ("url", "host"):
        address = str(options.get(name, ""))
        if address.startswith("http://") and not _AT_HOME.match(address):
            yield (*path, name), "without TLS everyone on the way reads the events; use https://"
    for name in _SECRETS:
        if _is_literal(options.get(name)):
            yield (*path, name), "a secret stands in the file; write env:NAME"
    for header, text in options.get("headers", {}).items():
        if header.lower() in {"authorization", "x-api-key", "cookie"} and _is_literal(text):
            yield (*path, "headers", header), "a secret stands in the file; write env:NAME"


def _is_literal(secret: Any) -> bool:
    return isinstance(secret, str) and not secret.startswith("env:")
