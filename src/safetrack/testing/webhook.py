"""A receiver of safetrack's webhook, as its documentation describes it."""

from __future__ import annotations

from safetrack.testing.vendor import Answer, Request, answer, is_bag, is_text, refuse

KEYS = {"type", "messageId"}


def _hook(request: Request) -> Answer:
    body = request.json()
    if set(body) != {"events"}:
        return refuse(400, "envelope")
    request.messages = body["events"]
    for event in request.messages:
        if not is_bag(event) or not set(event) >= KEYS or not is_text(event["messageId"]):
            return refuse(422, "event")
    return answer(200)


PATHS = {("POST", "/hook"): _hook}
