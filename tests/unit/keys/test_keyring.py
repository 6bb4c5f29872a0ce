from __future__ import annotations

import base64
import copy
import pickle
import re
import sys
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.errors import KeyringError
from safetrack.keys.generate import new_key
from safetrack.keys.keyring import ENCRYPTED, TOKEN, Keyring


def key(*seed: int) -> str:
    """A fixed key in base64 that passes for random."""
    return base64.b64encode(
        bytes((seed[0] + i * i * 37 + i * 11) % 256 for i in range(32))
    ).decode()


FIRST, SECOND = f"a1:{key(1)}", f"b2:{key(99)}"
ring = Keyring.parse(FIRST)
any_text = st.text(st.characters(), max_size=40)
word = st.text("abc#:_", max_size=6)


@given(any_text, word, word, st.integers(0, 10**9))
def test_a_pseudonym_has_the_documented_form_and_is_ours(value, scope, kind, epoch):
    token = ring.pseudonym(value, scope=scope, kind=kind, epoch=epoch)
    assert TOKEN.fullmatch(token)
    assert token.startswith(f"st1_a1_{epoch}_")
    assert ring.own_epoch(token, scope=scope, kind=kind) == epoch


@given(any_text, word, word)
def test_a_pseudonym_of_a_pseudonym_is_itself(value, scope, kind):
    token = ring.pseudonym(value, scope=scope, kind=kind, epoch=7)
    assert ring.pseudonym(token, scope=scope, kind=kind) == token
    assert ring.pseudonym(token, scope=scope, kind=kind, epoch=8) == token


@given(*[st.tuples(any_text, word, word, st.integers(0, 99))] * 2)
def test_tokens_are_equal_only_if_value_scope_kind_and_epoch_are(left, right):
    tokens = [
        ring.pseudonym(value, scope=scope, kind=kind, epoch=epoch)
        for value, scope, kind, epoch in (left, right)
    ]
    assert (tokens[0] == tokens[1]) == (left == right)


@given(word.filter(bool), word)
def test_moving_a_character_between_scope_and_kind_changes_body_and_check(scope, kind):
    token = ring.pseudonym("v", scope=scope, kind=kind)
    moved = ring.pseudonym("v", scope=scope[:-1], kind=scope[-1] + kind)
    assert TOKEN.fullmatch(token)["body"] != TOKEN.fullmatch(moved)["body"]
    assert ring.own_epoch(token, scope=scope[:-1], kind=scope[-1] + kind) is None


def test_another_key_gives_another_token_even_under_the_same_kid():
    other = Keyring.parse(f"a1:{key(99)}")
    assert other.pseudonym("v", scope="s", kind="k") != ring.pseudonym("v", scope="s", kind="k")


def test_another_scopes_or_kinds_or_keys_token_is_a_value_like_any_other():
    token = ring.pseudonym("v", scope="s", kind="k")
    stranger = Keyring.parse(f"a1:{key(99)}")
    for keys, scope, kind in [(ring, "t", "k"), (ring, "s", "l"), (stranger, "s", "k")]:
        assert keys.own_epoch(token, scope=scope, kind=kind) is None
        assert keys.pseudonym(token, scope=scope, kind=kind) != token


@pytest.mark.parametrize("position", [7, 9, 20, 34, 35, 47])
def test_a_token_with_one_character_changed_is_not_ours(position):
    token = ring.pseudonym("v", scope="s", kind="k", epoch=12)
    changed = "b" if token[position] != "b" else "c"
    if token[position].isdecimal() and position < 9:
        changed = "9"
    forged = token[:position] + changed + token[position + 1 :]
    assert ring.own_epoch(token, scope="s", kind="k") == 12
    assert ring.own_epoch(forged, scope="s", kind="k") is None


@pytest.mark.parametrize("tail", ["\n", " ", "x"])
def test_a_token_with_something_around_it_is_not_ours(tail):
    token = ring.pseudonym("v", scope="s", kind="k")
    assert ring.own_epoch(token + tail, scope="s", kind="k") is None
    assert ring.own_epoch(tail + token, scope="s", kind="k") is None


def test_old_keys_recognise_old_tokens_and_the_first_one_makes_new_ones():
    old = Keyring.parse(FIRST)
    rotated = Keyring.parse(f"{SECOND}, {FIRST}\n")
    token = old.pseudonym("v", scope="s", kind="k")
    assert rotated.current == "b2"
    assert rotated.pseudonym(token, scope="s", kind="k") == token
    assert rotated.pseudonym("v", scope="s", kind="k").startswith("st1_b2_")
    assert old.own_epoch(rotated.pseudonym("v", scope="s", kind="k"), scope="s", kind="k") is None


def test_own_kind_tells_which_of_the_kinds_a_token_is_of():
    token = ring.pseudonym("v", scope="s", kind="email")
    assert ring.own_kind(token, scope="s", kinds=["person", "email"]) == "email"
    assert ring.own_kind(token, scope="s", kinds=["person", "group"]) is None
    assert ring.own_kind("v", scope="s", kinds=["email"]) is None


@given(any_text, word)
def test_a_message_id_is_a_version_8_uuid_fixed_for_its_scope(message_id, scope):
    wire = ring.message_id(message_id, scope=scope)
    assert (uuid.UUID(wire).version, uuid.UUID(wire).variant) == (8, uuid.RFC_4122)
    assert wire == ring.message_id(message_id, scope=scope)
    assert wire != ring.message_id(message_id, scope=scope + "x")


@given(any_text, word, word)
def test_an_encrypted_value_comes_back_under_its_scope_and_kind_alone(value, scope, kind):
    token = ring.encrypt(value, scope=scope, kind=kind)
    assert ENCRYPTED.fullmatch(token)
    assert ring.decrypt(token, scope=scope, kind=kind) == value
    assert ring.decrypt(token, scope=scope + "x", kind=kind) is None
    assert ring.decrypt(token, scope=scope, kind=kind + "x") is None
    assert ring.encrypt(token, scope=scope, kind=kind) == token


def test_encrypted_values_of_similar_length_have_tokens_of_one_length():
    lengths = {len(ring.encrypt("x" * n, scope="s", kind="k")) for n in range(32)}
    assert len(lengths) == 1
    assert len(ring.encrypt("x" * 32, scope="s", kind="k")) > lengths.pop()


@pytest.mark.parametrize("change", [lambda t: t[:-1] + "b", lambda t: t + "a", str.upper])
def test_a_changed_encrypted_token_does_not_open(change):
    token = ring.encrypt("jane", scope="s", kind="k")
    forged = change(token)
    assert forged != token
    assert ring.decrypt(forged, scope="s", kind="k") is None
    assert ring.encrypt(forged, scope="s", kind="k") != forged


def test_a_token_of_a_kid_that_is_not_in_the_ring_does_not_open():
    token = Keyring.parse(SECOND).encrypt("jane", scope="s", kind="k")
    assert ring.decrypt(token, scope="s", kind="k") is None


def test_the_fingerprint_is_the_key_s_and_not_the_kid_s():
    same = Keyring.parse(f"zz:{key(1)}").fingerprint()
    assert same.partition(":")[2] == ring.fingerprint().partition(":")[2]
    assert Keyring.parse(f"a1:{key(2)}").fingerprint() != ring.fingerprint()
    assert re.fullmatch(
        r"b2:[a-z2-7]{16},a1:[a-z2-7]{16}", Keyring.parse(f"{SECOND},{FIRST}").fingerprint()
    )


def test_new_keys_differ_and_can_be_parsed():
    keys = {new_key() for _ in range(20)}
    assert len(keys) == 20
    assert all(Keyring.parse(text).current == "k1" for text in keys)


def test_repr_shows_kids_only():
    assert repr(Keyring.parse(f"{FIRST},{SECOND}")) == "<Keyring a1, b2>"


@pytest.mark.parametrize("take", [pickle.dumps, copy.deepcopy])
def test_a_keyring_cannot_be_pickled_or_copied(take):
    with pytest.raises(TypeError, match="cannot be pickled"):
        take(ring)


def test_url_safe_and_unpadded_base64_are_the_same_key():
    raw = bytes((i * i * 37 + i * 11 + 251) % 256 for i in range(32))
    spellings = [base64.b64encode(raw), base64.urlsafe_b64encode(raw), base64.b64encode(raw)[:-1]]
    assert b"+" in spellings[0] or b"/" in spellings[0]
    assert len({Keyring.parse(f"a:{s.decode()}").fingerprint() for s in spellings}) == 1


BAD = {
    "": 'key 1 has no "kid:"',
    key(1): 'key 1 has no "kid:"',
    f"{FIRST},": 'key 2 has no "kid:"',
    f":{key(1)}": "key 1 has a kid",
    f"K1:{key(1)}": "key 1 has a kid",
    f"toolong99:{key(1)}": "key 1 has a kid",
    "k1:": "key 1 is not base64",
    "k1:not base64!": "key 1 is not base64",
    "k1:c2VjcmV0": "key 1 has 6 bytes; at least 32",
    f"{FIRST},a1:{key(9)}": "key 2 repeats the kid",
    f"{FIRST},b2:{key(1)}": "key 2 repeats the bytes",
    f"k1:{base64.b64encode(bytes(32)).decode()}": "key 1 is not random",
    f"k1:{base64.b64encode(bytes(range(32))).decode()}": "key 1 is not random",
    f"k1:{base64.b64encode(b'correct horse battery staple, twice over').decode()}": "key 1 is not random",
}


@pytest.mark.parametrize("text", BAD)
def test_bad_keys_are_refused_and_neither_the_error_nor_its_frames_show_them(text):
    with pytest.raises(KeyringError) as caught:
        Keyring.parse(text)
    assert BAD[text] in str(caught.value)
    assert caught.value.__context__ is None
    frame_values = []
    trace = caught.value.__traceback__.tb_next  # the first frame is this test's own
    while trace:
        frame_values += [repr(value) for value in trace.tb_frame.f_locals.values()]
        trace = trace.tb_next
    secrets = [part.rpartition(":")[2] for part in text.split(",") if len(part) > 12]
    assert frame_values
    assert not [s for s in secrets for shown in [*frame_values, str(caught.value)] if s in shown]


def test_the_modules_of_keys_load_without_the_heavy_libraries():
    import subprocess

    code = "import sys, safetrack.keys.keyring, safetrack.keys.normalize; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert {"phonenumbers", "spacy", "pydantic", "requests"}.isdisjoint(loaded.stdout.split())
