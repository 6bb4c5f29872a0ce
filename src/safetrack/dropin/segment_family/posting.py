"""The function that posts a batch, for those who call it themselves."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from safetrack.client import PolicySource
from safetrack.dropin.guard import Guard
from safetrack.dropin.segment_family.ready import ready
from safetrack.dropin.segment_family.sdk import Sdk
from safetrack.dropin.segment_family.watched import sending
from safetrack.dropin.value_free import value_free


def posting(sdk: Sdk) -> Callable[..., Any]:
    """The SDK's ``post``, which sanitizes its ``batch``.

    It takes ``policy`` and ``destination`` as every client does. Fields that it does not know
    would be sent as they are, so they are left out.
    """
    vendors = sdk.request.post
    settings = [
        name
        for name, parameter in inspect.signature(vendors).parameters.items()
        if parameter.kind is not inspect.Parameter.VAR_KEYWORD
    ]

    @value_free
    @functools.wraps(vendors)
    def post(
        *args: Any, policy: PolicySource = None, destination: str | None = None, **kwargs: Any
    ) -> Any:
        guard = Guard(sdk.vendor, policy, destination)
        passed = [one for one in ready(sdk, guard, kwargs.get("batch", ())) if one is not None]
        known = {name: kwargs[name] for name in settings if name in kwargs}
        if not passed:
            return None
        with sending(guard, len(passed)):
            return sdk.request.post(*args, **known, batch=passed)

    return post
