"""Own tokens and markers inside a text are not searched again; look-alikes are."""

from __future__ import annotations

import pytest

from safetrack.compile.destination import DestinationRules
from safetrack.compile.policy import CompiledPolicy
from safetrack.policy.load import Policy
from safetrack.walk.protect import Protection
from sanitizing import keyring


def protection(scope="vendor", **sections):
    compiled = CompiledPolicy(Policy.from_dict({"version": 1, **sections}))
    return Protection(keyring(), DestinationRules(compiled, scope, None))


def token(scope="vendor", kind="email", value="jane@acme.com"):
    return keyring().pseudonym(value, scope=scope, kind=kind)


def is_blanked(found, **sections):
    text = protection(**sections).blank(f"a {found} b")
    assert len(text) == len(found) + 4  # findings keep their places
    return text == "a " + "\n" * len(found) + " b"


def test_own_tokens_of_this_scope_are_blanked():
    assert is_blanked(token())
    assert is_blanked(token(kind="person"))
    assert is_blanked(token(kind="iban_code"))


def test_own_tokens_of_every_scope_that_this_destination_writes_are_blanked():
    assert is_blanked(token("*"))
    assert is_blanked(token("vendor#email"))


def test_tokens_of_a_rule_s_own_kind_are_blanked():
    assert is_blanked(token(kind="order"), properties={"order": "pseudonymize"})
    assert is_blanked(
        token(kind="thing"), properties={"order": {"pseudonymize": True, "kind": "thing"}}
    )
    assert not is_blanked(token(kind="order"))


def test_another_scope_s_token_or_a_look_alike_is_raw_text():
    assert not is_blanked(token("other"))
    own = token()
    assert not is_blanked(own[:-1] + ("a" if own[-1] != "a" else "b"))


def test_own_encrypted_tokens_are_blanked():
    assert is_blanked(keyring().encrypt("jane", scope="vendor", kind="email"))
    assert not is_blanked(keyring().encrypt("jane", scope="other", kind="email"))


@pytest.mark.parametrize(
    ("marker", "is_own"),
    [
        ("<EMAIL_ADDRESS>", True),
        ("<REDACTED>", True),
        ("<JANE_DOE>", False),
        ("<script>", False),
    ],
)
def test_only_markers_that_this_policy_can_produce_are_blanked(marker, is_own):
    assert is_blanked(marker) is is_own


def test_the_marker_of_a_rule_s_own_kind_is_known():
    rules = {"note": {"redact": True, "kind": "free text"}}
    assert is_blanked("<FREE_TEXT>", properties=rules)
    assert not is_blanked("<FREE_TEXT>")


def test_without_a_destination_only_tokens_of_the_global_scope_are_known():
    assert protection(None).blank(token("*")) == "\n" * len(token("*"))
    assert protection(None).blank(token()) == token()


def test_text_without_any_is_left_as_it_is():
    assert protection().blank("st1 is <b>bold</b>") == "st1 is <b>bold</b>"
