import base64
import json

import pytest
import requests

from safetrack.testing import capturing

OWN = "iglu:com.snowplowanalytics.snowplow"
EVENT = {
    "e": "pv",
    "eid": "f9b2b0d2-4b6c-4f0c-8d8e-5d8f1c1f7a11",
    "dtm": "1790000000000",
    "stm": "1790000000000",
    "tv": "py-1.1.0",
    "p": "pc",
}
PAYLOAD = f"{OWN}/payload_data/jsonschema/1-0-4"
INNER = {"schema": "iglu:com.acme/signed_up/jsonschema/1-0-0", "data": {"plan": "pro"}}


@pytest.fixture
def capture():
    with capturing() as running:
        yield running


def post(capture, *events, schema=PAYLOAD, **more):
    url = f"{capture.url}/com.snowplowanalytics.snowplow/tp2"
    return requests.post(url, json={"schema": schema, "data": list(events), **more}, timeout=5)


def encoded(document):
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode()


def described(inner, schema="unstruct_event/jsonschema/1-0-0"):
    document = {"schema": f"{OWN}/{schema}", "data": inner}
    return {**EVENT, "e": "ue", "ue_px": encoded(document)}


def test_what_the_pipeline_takes_is_taken(capture):
    structured = {**EVENT, "e": "se", "se_ca": "shop", "se_ac": "add", "se_va": "-1.5"}

    assert post(capture, EVENT, structured, described(INNER)).status_code == 200
    assert requests.get(f"{capture.url}/i", params=EVENT, timeout=5).status_code == 200
    assert [message["e"] for message in capture.messages()] == ["pv", "se", "ue", "pv"]
    assert capture.messages()[2]["ue_px"]["data"] == INNER


@pytest.mark.parametrize(
    ("event", "wrong"),
    [
        ({**EVENT, "e": "xx"}, "e"),
        ({**EVENT, "eid": "1"}, "eid"),
        ({**EVENT, "dtm": "yesterday"}, "dtm"),
        ({**EVENT, "p": "desktop"}, "p"),
        ({**EVENT, "what": "ever"}, "what"),
        ({**EVENT, "vid": "1.5"}, "vid"),
        ({key: value for key, value in EVENT.items() if key != "tv"}, "tv"),
        ({**EVENT, "e": "se", "se_ac": "add"}, "se_ca"),
        ({**EVENT, "e": "ue"}, "ue_px"),
        ({**EVENT, "page": "x" * 1_000_000}, "size"),
        (described({"schema": "signed_up", "data": {}}), "ue_px"),
        (described({**INNER, "data": []}), "ue_px"),
        (described(INNER, "contexts/jsonschema/1-0-1"), "ue_px"),
        (
            {**EVENT, "cx": encoded({"schema": f"{OWN}/contexts/jsonschema/1-0-1", "data": []})},
            "cx",
        ),
        ({**EVENT, "co": json.dumps({"data": []})}, "co"),
        ({**EVENT, "vid": 1}, "an event is text to text"),
        ("jane", "an event is text to text"),
    ],
)
def test_what_fails_in_the_pipeline_is_refused(event, wrong, capture):
    answer = post(capture, event)

    assert answer.status_code == 400
    assert answer.json() == {"error": wrong}


def test_a_document_that_does_not_decode_is_refused(capture):
    assert post(capture, {**EVENT, "cx": "jane"}).status_code == 400


def test_a_body_without_its_envelope_is_refused(capture):
    url = f"{capture.url}/com.snowplowanalytics.snowplow/tp2"

    assert post(capture, EVENT, schema="other").json() == {"error": "envelope"}
    assert post(capture, EVENT, more=1).json() == {"error": "envelope"}
    assert post(capture).json() == {"error": "data"}
    assert requests.post(url, data=b"{}", timeout=5).json() == {"error": "content type"}
