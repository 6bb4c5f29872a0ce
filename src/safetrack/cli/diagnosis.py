"""The checks of ``safetrack doctor``, one function each. None of them uses the network."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, TypeAlias

from safetrack import __version__
from safetrack.cli.policy_file import load_policy_or_none
from safetrack.dropin.versions import SUPPORTED, installed_version, is_too_old, is_untested
from safetrack.errors import SafetrackError
from safetrack.policy.document import Detection
from safetrack.policy.load import Policy

_OLDEST: Final = (3, 11)
_NEWEST: Final = (3, 13)
"""Python versions that are tested; the oldest is Presidio's floor."""
_LIBRARIES: Final = ("presidio-analyzer", "presidio-anonymizer", "spacy", "requests")
_EXTRAS: Final = {
    "duckdb": "destination duckdb, demo",
    "pyarrow": "scrub of Parquet",
    "opentelemetry-api": "metrics of delivery",
}
_SAMPLE: Final = "Please write to jane.doe@example.com, Jane Doe asked for it in Paris."
_SAMPLE_ENTITIES: Final = frozenset({"EMAIL_ADDRESS", "PERSON"})


class Status(StrEnum):
    """How a check came out."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check found."""

    subject: str
    status: Status
    finding: str


Check: TypeAlias = Callable[[Policy | None], Iterator[Verdict]]


def diagnose(checks: Sequence[tuple[str, Check]], policy: str | None) -> list[Verdict]:
    """Run all checks; one that fails is a verdict, and the others still run."""
    loaded, verdict = _policy(policy)
    verdicts = [verdict]
    for subject, check in checks:
        verdicts += _run(subject, check, loaded)
    return verdicts


def _run(
    subject: str, check: Callable[[Any], Iterator[Verdict]], policy: Policy | None
) -> list[Verdict]:
    try:
        return list(check(policy))
    except SafetrackError as error:
        return [Verdict(subject, Status.BAD, str(error))]


def _policy(named: str | None) -> tuple[Policy | None, Verdict]:
    try:
        policy = load_policy_or_none(named)
    except SafetrackError as error:
        return None, Verdict("policy", Status.BAD, str(error))
    if policy is None:
        found = "none (no ./safetrack.yaml, no SAFETRACK_POLICY); make one with: safetrack init"
        return None, Verdict("policy", Status.NOTE, found)
    return policy, Verdict("policy", Status.GOOD, str(policy.source))


def _python(_policy: Policy | None) -> Iterator[Verdict]:
    tested = _OLDEST <= sys.version_info[:2] <= _NEWEST
    span = "" if tested else "; tested are {}.{} to {}.{}".format(*_OLDEST, *_NEWEST)
    status = Status.GOOD if tested else Status.BAD
    yield Verdict("python", status, platform.python_version() + span)


def _versions(_policy: Policy | None) -> Iterator[Verdict]:
    yield Verdict("safetrack", Status.GOOD, __version__)
    for name in _LIBRARIES:
        found = _version(name)
        yield Verdict(name, Status.GOOD if found else Status.BAD, found or "not installed")
    for name, use in _EXTRAS.items():
        found = _version(name)
        yield Verdict(
            name, Status.GOOD if found else Status.NOTE, found or f"not installed; only for {use}"
        )


def _sdks(_policy: Policy | None) -> Iterator[Verdict]:
    """The vendors' SDKs that are installed: which of them have drop-ins been tested with?"""
    for vendor, supported in SUPPORTED.items():
        installed = installed_version(vendor)
        if installed is None:
            continue
        status, remark = Status.GOOD, ""
        if is_too_old(vendor):
            status = Status.NOTE
            remark = f"; safetrack.dropin.{vendor} refuses it, it needs {supported.oldest} or newer"
        elif is_untested(vendor):
            status = Status.NOTE
            remark = (
                f"; safetrack.dropin.{vendor} has been tested with {supported.oldest} to "
                f"{supported.newest}: what a newer one sends in a new way may pass it by. "
                f"Keep to {supported.newest}, or let your tests assert that nothing personal leaves"
            )
        yield Verdict(supported.distribution, status, installed + remark)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _model(policy: Policy | None) -> Iterator[Verdict]:
    from safetrack.detect.presidio.model import find_model

    detection = policy.document.detection if policy else Detection()
    for language in detection.languages:
        folder = find_model(language, detection.model)
        yield Verdict("language model", Status.GOOD, f"{language}: {folder.name}")


def _detector(_policy: Policy | None) -> Iterator[Verdict]:
    from safetrack.detect.detector import Query, SearchFailed
    from safetrack.detect.lazy import LazyDetector

    (found,) = LazyDetector().find([Query(_SAMPLE, names=True)])
    if isinstance(found, SearchFailed):
        yield Verdict("detector", Status.BAD, f"the self-test failed: {found.reason}")
        return
    missed = _SAMPLE_ENTITIES - {finding.entity for finding in found}
    if missed:
        yield Verdict("detector", Status.BAD, f"the self-test missed {', '.join(sorted(missed))}")
    else:
        yield Verdict("detector", Status.GOOD, "finds an e-mail address and a name in a sample")


def _keys(policy: Policy | None) -> Iterator[Verdict]:
    from safetrack.compile.policy import CompiledPolicy
    from safetrack.keys.sources import read_keys
    from safetrack.sanitize import DEFAULT_KEYS

    source = (policy and policy.document.keys) or DEFAULT_KEYS
    keyring = read_keys(source)
    if keyring:
        yield Verdict("keys", Status.GOOD, f"{source}, fingerprint {keyring.fingerprint()}")
        return
    needed = policy is not None and CompiledPolicy(policy).needs_key()
    found = f"{source} holds no key; make one with: safetrack keys new"
    yield Verdict("keys", Status.BAD if needed else Status.NOTE, found)


def _destinations(policy: Policy | None) -> Iterator[Verdict]:
    for name in policy.document.destinations if policy else ():
        yield from _run(f"destination {name}", partial(_destination, name), policy)


def _destination(name: str, policy: Policy) -> Iterator[Verdict]:
    """Whether it can be built: its extra installed, its secrets set. It is not spoken to."""
    from safetrack.destinations.registry import build
    from safetrack.keys.sources import resolve_secret, unset_variable

    one = policy.document.destinations[name]
    texts = [value for value in one.options.values() if isinstance(value, str)]
    unset = [variable for text in texts if (variable := unset_variable(text))]
    if unset and one.type in SUPPORTED:
        found = f"{', '.join(unset)} not set here; needed by safetrack.Client and safetrack.track"
        own = f"{found}, not by safetrack.dropin.{one.type}, which your code gives its own"
        yield Verdict(f"destination {name}", Status.NOTE, own)
        return
    options = {
        option: resolve_secret(value) if isinstance(value, str) else value
        for option, value in one.options.items()
    }
    build(name, one.type, options, one.timeout).close()
    yield Verdict(f"destination {name}", Status.GOOD, f"{one.type}, configured (not contacted)")


CHECKS: Final[Sequence[tuple[str, Check]]] = (
    ("python", _python),
    ("libraries", _versions),
    ("vendor SDKs", _sdks),
    ("language model", _model),
    ("detector", _detector),
    ("keys", _keys),
    ("destinations", _destinations),
)
