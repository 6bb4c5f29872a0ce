"""What names of keys say about their values."""

from __future__ import annotations

import pytest

from safetrack.detect import keynames
from safetrack.detect.entities import KEY_NAMES
from safetrack.detect.fit import _NUMBERS, SHAPES
from safetrack.detect.keynames import meaning
from safetrack.detect.keyphrases import BY_ENDING, BY_WHOLE
from safetrack.detect.words import split_words


@pytest.mark.parametrize(
    ("key", "entity"),
    [
        ("email", "EMAIL_ADDRESS"),
        ("contactEmailAddress", "EMAIL_ADDRESS"),
        ("email_sha256", "EMAIL_ADDRESS"),
        ("useremail", "EMAIL_ADDRESS"),
        ("correo_electronico", "EMAIL_ADDRESS"),
        ("phone", "PHONE_NUMBER"),
        ("billing_phone", "PHONE_NUMBER"),
        ("Téléphone", "PHONE_NUMBER"),
        ("msisdn", "PHONE_NUMBER"),
        ("first_name", "PERSON"),
        ("lastName", "PERSON"),
        ("Nachname", "PERSON"),
        ("customer_name", "PERSON"),
        ("address", "LOCATION"),
        ("addressLine1", "LOCATION"),
        ("zip", "LOCATION"),
        ("Straße", "LOCATION"),
        ("ssn", "US_SSN"),
        ("dob", "DATE_OF_BIRTH"),
        ("birthDate", "DATE_OF_BIRTH"),
        ("geburtsdatum", "DATE_OF_BIRTH"),
        ("password", "SECRET"),
        ("api_key", "SECRET"),
        ("stripeSecretKey", "SECRET"),
        ("ip", "IP_ADDRESS"),
        ("X-Forwarded-For", "IP_ADDRESS"),
        ("mac_address", "MAC_ADDRESS"),
        ("device_id", "DEVICE_ID"),
        ("idfa", "DEVICE_ID"),
        ("gclid", "DEVICE_ID"),
        ("$session_id", "DEVICE_ID"),
        ("userId", "USER_ID"),
        ("lat", "GEO_COORDINATE"),
        ("home_longitude", "GEO_COORDINATE"),
        ("card_number", "CREDIT_CARD"),
        ("iban", "IBAN_CODE"),
        ("username", "USERNAME"),
        ("twitter_handle", "USERNAME"),
        ("passport_no", "US_PASSPORT"),
        ("identifiant_client", "USER_ID"),
        ("用户ID", "USER_ID"),
        ("手机号码", "PHONE_NUMBER"),
        ("密码", "SECRET"),
        ("メールアドレス", "EMAIL_ADDRESS"),
        ("생년월일", "DATE_OF_BIRTH"),
        ("номер_телефона", "PHONE_NUMBER"),
        ("пароль", "SECRET"),
        ("id_пользователя", "USER_ID"),
        ("team_member", "PERSON"),
        ("submitter_id", "USER_ID"),
        ("friend_ids", "USER_ID"),
        ("_pk_id", "DEVICE_ID"),
        ("identifiant_utilisateur", "USER_ID"),
        ("optional_email", "EMAIL_ADDRESS"),
        ("email_10", "EMAIL_ADDRESS"),
        ("stad", "LOCATION"),
        ("_hjSessionUser_123456", "DEVICE_ID"),
    ],
)
def test_a_telling_name_says_what_its_value_is(key: str, entity: str) -> None:
    assert meaning(split_words(key)) == entity


@pytest.mark.parametrize(
    "key",
    [
        "email_verified",
        "phone_type",
        "name",
        "product_name",
        "company_name",
        "event_name",
        "plan",
        "total_tokens",
        "token_count",
        "last_login",
        "zip_file_size",
        "description",
        "shipping_cost",
        "device_type",
        "session_count",
        "url",
        "country",
        "long",
        "order_id",
        "shipping_id",
        "",
    ],
)
def test_a_name_that_only_mentions_something_says_nothing(key: str) -> None:
    assert meaning(split_words(key)) is None


@pytest.mark.parametrize(
    ("parents", "entity"),
    [
        ((), None),
        (("user",), "PERSON"),
        (("order", "customer"), "PERSON"),
        (("product",), None),
        (("customer", "product"), None),
        (("product", "owner"), "PERSON"),
        (("location",), "LOCATION"),
        (("shipping", "address"), "PERSON"),
    ],
)
def test_a_bare_name_is_what_the_nearest_parent_makes_it(
    parents: tuple[str, ...], entity: str | None
) -> None:
    assert meaning(("name",), parents) == entity


def test_long_is_a_coordinate_only_beside_a_place() -> None:
    assert meaning(("long",), ("geo",)) == "GEO_COORDINATE"
    assert meaning(("long",), ("video",)) is None


def test_an_id_belongs_to_a_person_only_under_one() -> None:
    assert meaning(("id",), ("user",)) == "USER_ID"
    assert meaning(("id",), ("order",)) is None


def test_the_list_of_what_key_names_say_is_complete() -> None:
    tables = (BY_ENDING, BY_WHOLE, *keynames._ALONE.values())
    assert {claim.entity for table in tables for claim in table.values()} == KEY_NAMES


def test_every_claim_has_a_shape_that_can_be_checked() -> None:
    tables = (BY_ENDING, BY_WHOLE, *keynames._ALONE.values())
    assert {claim.shape for table in tables for claim in table.values()} <= SHAPES.keys()
    assert set(keynames._INHERITED.values()) <= SHAPES.keys()
    assert _NUMBERS.keys() <= SHAPES.keys()
