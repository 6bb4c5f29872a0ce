import json

import pytest
import requests

from safetrack.testing import assert_no_pii, capturing


@pytest.fixture
def capture():
    with capturing() as running:
        yield running


def send(capture, properties):
    event = {"event": "Signed Up", "properties": {"token": "t", "distinct_id": "d", **properties}}
    answer = requests.post(
        f"{capture.url}/track", data={"data": json.dumps(event), "ip": "0"}, timeout=5
    )
    assert answer.json()["status"] == 1


def test_clean_messages_pass(capture):
    send(capture, {"plan": "pro", "items": [{"sku": "A-1"}]})

    assert_no_pii(capture)


def test_what_is_personal_is_told_by_type_and_path_without_the_value(capture):
    send(capture, {"items": [{"note": "ask jane@acme.com"}]})

    with pytest.raises(AssertionError) as caught:
        assert_no_pii(capture)

    assert "EMAIL_ADDRESS at POST /track properties items note" in str(caught.value)
    assert "jane" not in str(caught.value)


def test_names_are_looked_for_where_they_are_asked_for(capture):
    send(capture, {"note": "Please call Marta Kowalczyk back about the order."})

    assert_no_pii(capture)
    with pytest.raises(AssertionError, match="PERSON at"):
        assert_no_pii(capture, entities={"PERSON"})


def test_a_field_can_be_left_out(capture):
    send(capture, {"note": "ask jane@acme.com"})

    assert_no_pii(capture, ignore={"note"})


def test_what_cannot_be_searched_fails(capture):
    send(capture, {"note": "a%20b " * 40_000})

    with pytest.raises(AssertionError, match="could not be searched"):
        assert_no_pii(capture)
