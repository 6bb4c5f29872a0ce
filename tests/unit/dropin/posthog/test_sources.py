"""What the SDK gathers by itself: errors with their frames, and calls of language models."""

import json
import sys

import pytest
from posthog.ai.openai import OpenAI

import safetrack.dropin.posthog as dropin
from safetrack import Policy
from safetrack.testing import Answer, Canaries, assert_no_canary, assert_no_pii, capturing

ERRORS = {"properties": {"$exception_list": "scrub", "$exception_level": "keep"}}


def failing(mail):
    raise ValueError(f"no user {mail}")


def policy_of(**sections):
    return Policy.from_dict({"version": 1, **sections})


def captured_error(client, mail):
    try:
        failing(mail)
    except ValueError as error:
        client.capture_exception(error, distinct_id="u-1")
    client.flush()


@pytest.mark.parametrize("with_variables", [False, True])
def test_errors_are_searched_frame_by_frame(with_variables, make, capture):
    canaries = Canaries()
    client = make(policy=policy_of(**ERRORS), capture_exception_code_variables=with_variables)

    captured_error(client, canaries.email())

    (event,) = capture.messages()
    (error,) = event["properties"]["$exception_list"]
    assert error["type"] == "ValueError"
    assert error["value"] == "no user <EMAIL_ADDRESS>"
    frames = error["stacktrace"]["frames"]
    assert [frame["function"] for frame in frames] == ["captured_error", "failing"]
    assert ("code_variables" in frames[-1]) is with_variables
    assert_no_canary(capture, canaries)


def test_without_a_rule_an_error_is_counted_and_says_nothing(make, capture):
    client = make()

    captured_error(client, "jane@example.org")

    (event,) = capture.messages()
    assert event["event"] == "$exception"
    assert not [key for key in event["properties"] if key.startswith("$exception")]


@pytest.mark.parametrize("full", [False, True])
def test_calls_of_language_models_are_searched(full, make, capture):
    canaries = Canaries()
    client = make(
        policy=policy_of(extends=["safetrack:product-analytics", "safetrack:llm"]),
        enable_full_ai_capture=full,
    )

    answer = ask(client, canaries)
    client.flush()

    assert answer.choices[0].message.content.startswith("Please call me back")
    assert capture.last.path == ("/i/v0/ai/batch/" if full else "/batch/")
    (event,) = capture.messages()
    own = event["properties"]
    assert (own["$ai_model"], own["$ai_provider"]) == ("gpt-5", "openai")
    for said in (own["$ai_input"][0], own["$ai_output_choices"][0]):
        assert "Please call me back, <EMAIL_ADDRESS>" in str(said["content"])
    assert_no_canary(capture, canaries)
    assert_no_pii(capture)


def ask(client, canaries):
    """Through the SDK's wrapper of OpenAI's, which gets its answer from a server of ours."""
    message = {"role": "assistant", "content": canaries.text()}
    answer = {
        "id": "a",
        "object": "chat.completion",
        "created": 1,
        "model": "gpt-5",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12},
    }
    with capturing() as models:
        models.answers.append(
            Answer(200, json.dumps(answer).encode(), (("Content-Type", "application/json"),))
        )
        with OpenAI(api_key="k", base_url=models.url, posthog_client=client) as wrapper:
            return wrapper.chat.completions.create(
                model="gpt-5",
                messages=[{"role": "user", "content": canaries.text()}],
                posthog_distinct_id=canaries.identifier(),
                posthog_trace_id=canaries.identifier(),
                posthog_properties={"email": canaries.email(), "plan": "pro"},
                posthog_groups={"company": canaries.identifier()},
            )


def test_an_error_that_nobody_caught_is_captured_by_the_client_alone(make, capture, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    client = make(policy=policy_of(**ERRORS), enable_exception_autocapture=True)
    canaries = Canaries()
    try:
        failing(canaries.email())
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    client.exception_capture.close()
    client.flush()

    assert [event["event"] for event in capture.messages()] == ["$exception"]
    assert dropin.default_client is None
    assert_no_canary(capture, canaries)
