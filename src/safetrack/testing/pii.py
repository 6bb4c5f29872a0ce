"""Whether anything personal is in what was captured."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from safetrack.detect.detector import Query, SearchFailed
from safetrack.detect.entities import PATTERNS
from safetrack.detect.lazy import LazyDetector
from safetrack.testing.server import Capture
from safetrack.testing.vendor import Request
from safetrack.vendors.posthog import NO_IP

OWN_FIELDS: Final = frozenset(
    {"api_key", "token", "$token", "writeKey", "$insert_id", "uuid", "eid"}
)
"""Fields of the vendors' envelopes that hold the application's own keys and keyed ids."""


def assert_no_pii(
    captured: Capture | Iterable[Request],
    *,
    entities: Collection[str] = PATTERNS,
    ignore: Collection[str] = OWN_FIELDS,
) -> None:
    """Search every text of every captured message for personal data.

    Args:
        captured: What a capture server got.
        entities: What is looked for, by Presidio's names. By default all that patterns and
            checksums find; add ``PERSON`` and ``LOCATION`` for names.
        ignore: Names of fields that are not looked at.

    Raises:
        AssertionError: Something was found. Says the types and the paths, never a value.
        DetectorError: A language model is missing.
    """
    requests = captured.requests if isinstance(captured, Capture) else captured
    leaves = [leaf for request in requests for leaf in _of_request(request, frozenset(ignore))]
    wanted = frozenset(entities)
    names = bool(wanted - PATTERNS)
    detector = LazyDetector(named=wanted)
    found = detector.find([Query(text, names=names) for _, text in leaves])
    problems = {
        f"{what} at {path}"
        for (path, _), findings in zip(leaves, found, strict=True)
        for what in _entities(findings, wanted)
    }
    if problems:
        raise AssertionError("personal data left:\n" + "\n".join(sorted(problems)))


def _entities(findings: Any, wanted: frozenset[str]) -> Iterator[str]:
    if isinstance(findings, SearchFailed):
        yield f"a text that could not be searched ({findings.reason})"
        return
    for finding in findings:
        if finding.unsearched is not None:
            yield f"a text that could not be searched ({finding.unsearched})"
        elif finding.entity in wanted:
            yield finding.entity


def _of_request(request: Request, ignore: frozenset[str]) -> Iterator[tuple[str, str]]:
    place = f"{request.method} {request.path}"
    for message in request.messages:
        yield from _leaves(place, message, ignore)


def _leaves(path: str, value: Any, ignore: frozenset[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in ignore:
                yield from _leaves(f"{path} {key}", item, ignore)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(path, item, ignore)
    elif isinstance(value, str) and value != NO_IP:
        yield path, value
