"""Names of what can be found. They are Presidio's, plus a few of our own."""

from __future__ import annotations

from typing import Final

NAMES: Final = frozenset({"PERSON", "LOCATION", "ORGANIZATION", "NRP", "DATE_TIME"})
"""Found by the language model, in texts that are searched for names."""

NATIONAL: Final = frozenset(
    {
        "AU_MEDICARE",
        "AU_TFN",
        "CA_SIN",
        "DE_HEALTH_INSURANCE",
        "DE_ID_CARD",
        "DE_PASSPORT",
        "DE_SOCIAL_SECURITY",
        "DE_TAX_ID",
        "ES_NIE",
        "ES_NIF",
        "ES_PASSPORT",
        "FI_PERSONAL_IDENTITY_CODE",
        "IN_AADHAAR",
        "IN_PAN",
        "IN_PASSPORT",
        "IN_VOTER",
        "IT_DRIVER_LICENSE",
        "IT_FISCAL_CODE",
        "IT_IDENTITY_CARD",
        "IT_PASSPORT",
        "KR_FRN",
        "KR_PASSPORT",
        "KR_RRN",
        "NG_NIN",
        "PH_PASSPORT",
        "PH_UMID",
        "PL_PESEL",
        "SE_PERSONNUMMER",
        "SG_NRIC_FIN",
        "TH_TNIN",
        "TR_NATIONAL_ID",
        "UK_DRIVING_LICENCE",
        "UK_NINO",
        "UK_PASSPORT",
        "US_MBI",
        "ZA_ID_NUMBER",
        "NATIONAL_ID",
    }
)
"""Numbers that states give their people, found where ``detection.countries`` has the country."""

PATTERNS: Final = NATIONAL | frozenset(
    {
        "CREDIT_CARD",
        "CRYPTO",
        "DATE_OF_BIRTH",
        "DEVICE_ID",
        "EMAIL_ADDRESS",
        "GEO_COORDINATE",
        "IBAN_CODE",
        "IP_ADDRESS",
        "MAC_ADDRESS",
        "MEDICAL_LICENSE",
        "PHONE_NUMBER",
        "RANDOM_TOKEN",
        "SECRET",
        "UK_NHS",
        "US_BANK_NUMBER",
        "US_DRIVER_LICENSE",
        "US_ITIN",
        "US_PASSPORT",
        "US_SSN",
        "USERNAME",
        "USER_ID",
        "UUID",
    }
)
"""Found by patterns and checksums, in every text that is searched."""

OPAQUE: Final = frozenset({"DECIMAL_DEGREE", "OPAQUE_ID", "PROPER_NAME", "USER_AGENT"})
"""What identifies without meaning anything, or by its form alone. Reported in open text (names, and what a rule scrubs)
alone, and only where the policy names it: a value that a rule keeps on purpose may well be an id."""

OPEN_TEXT: Final = OPAQUE | {"RANDOM_TOKEN"}
"""What is reported in open text alone."""

ENTITIES: Final = NAMES | PATTERNS | OPAQUE
"""Everything that detection can report."""

DEFAULT_ENTITIES: Final = NAMES - {"DATE_TIME"} | PATTERNS
"""What is reported unless the policy says otherwise: dates in kept text stay."""

KEY_NAMES: Final = frozenset(
    {
        "CREDIT_CARD",
        "CRYPTO",
        "DATE_OF_BIRTH",
        "DEVICE_ID",
        "EMAIL_ADDRESS",
        "GEO_COORDINATE",
        "IBAN_CODE",
        "IP_ADDRESS",
        "LOCATION",
        "MAC_ADDRESS",
        "NATIONAL_ID",
        "PERSON",
        "PHONE_NUMBER",
        "SECRET",
        "US_BANK_NUMBER",
        "US_DRIVER_LICENSE",
        "US_PASSPORT",
        "US_SSN",
        "USERNAME",
        "USER_ID",
    }
)
"""What the name of a key can say of its value (`safetrack.detect.keynames`)."""
