"""From a destination as the policy writes it to one that can send."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from safetrack.destinations.destination import Destination
from safetrack.errors import ConfigError, MissingExtraError


@dataclass(frozen=True, slots=True)
class Provider:
    """What a destination type is made of.

    Attributes:
        module: Its module in this package, loaded when it is first asked for.
        factory: The class in it; called with the options and ``timeout`` as keywords.
        required: Options it cannot do without.
        optional: Options it may have.
        extra: The optional dependency it needs, named as the extra is.
    """

    module: str
    factory: str
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    extra: str | None = None


PROVIDERS: Final[Mapping[str, Provider]] = {
    "amplitude": Provider(
        "amplitude", "Amplitude", frozenset({"api_key"}), frozenset({"region", "host"})
    ),
    "duckdb": Provider(
        "duckdb", "DuckDB", frozenset({"path"}), frozenset({"table", "retention"}), extra="duckdb"
    ),
    "jsonl": Provider("jsonl", "Jsonl", frozenset({"path"})),
    "mixpanel": Provider(
        "mixpanel",
        "Mixpanel",
        frozenset({"token"}),
        frozenset({"region", "host", "project_id", "service_account"}),
    ),
    "posthog": Provider("posthog", "PostHog", frozenset({"api_key"}), frozenset({"host"})),
    "segment": Provider("segment", "Segment", frozenset({"write_key"}), frozenset({"host"})),
    "stdout": Provider("stdout", "Stdout"),
    "webhook": Provider("webhook", "Webhook", frozenset({"url"}), frozenset({"headers", "secret"})),
}
"""Every destination type, with the options that are its own."""


def build(name: str, type: str, options: Mapping[str, Any], timeout: float) -> Destination:  # noqa: A002  the policy's own word
    """Make a destination ready to send. Opens no connection and no file.

    Args:
        name: Its name in the policy; used in messages only.
        type: One of `PROVIDERS`.
        options: The options of its type, secrets already resolved.
        timeout: Seconds that one request, or waiting for a lock, may take.

    Raises:
        ConfigError: Unknown type, or an option that is unknown, missing or impossible.
        MissingExtraError: The type needs an optional dependency that is not installed.
    """
    provider = PROVIDERS.get(type)
    if provider is None:
        raise ConfigError(f"destination {name}: unknown type {type!r}{_nearest(type, PROVIDERS)}")
    _check_options(name, provider, options)
    factory = _load(name, provider)
    return factory(**options, timeout=timeout)


def _check_options(name: str, provider: Provider, options: Mapping[str, Any]) -> None:
    known = provider.required | provider.optional
    for option in options:
        if option not in known:
            hint = _nearest(option, known)
            raise ConfigError(f"destination {name}: unknown option {option!r}{hint}")
    missing = sorted(provider.required - {key for key, value in options.items() if value})
    if missing:
        raise ConfigError(f"destination {name}: missing option {', '.join(missing)}")


def _load(name: str, provider: Provider) -> Callable[..., Destination]:
    try:
        module = importlib.import_module(f"safetrack.destinations.{provider.module}")
    except ModuleNotFoundError as error:
        if provider.extra is None or error.name != provider.extra:
            raise
        raise MissingExtraError(f"destination {name}", provider.extra) from error
    factory: Callable[..., Destination] = getattr(module, provider.factory)
    return factory


def _nearest(word: str, known: Mapping[str, object] | frozenset[str]) -> str:
    found = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {found[0]!r}?" if found else f"; known are {', '.join(sorted(known))}"
