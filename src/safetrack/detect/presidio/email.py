"""E-mail addresses, also those that Presidio's own recogniser lets through.

Presidio's takes everything up to the ``@`` as the local part, the path and query of a URL
included, and then discards the whole match when its domain is not on the public suffix list:
internal hosts, ``localhost``, IP addresses, addresses inside URLs. Here the match grows outwards
from the ``@``, in linear time, and no list is asked.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any, Final

from presidio_analyzer import EntityRecognizer, RecognizerResult

from safetrack.detect.presidio.result import result_of

_LOCAL_MARKS: Final = frozenset(".!#$%'*+^`{|}~-_")
"""Of the marks that RFC 5322 allows, those that do not separate the parts of a URL."""

_QUOTED: Final = re.compile(r'"[^"\r\n]{1,64}"\Z')
_PASSWORD: Final = re.compile(r"://[^\s/?#@:]{0,128}:\Z")
"""In front of a URL's password, which is no local part (`safetrack.detect.presidio.url_credentials`)."""
_LABEL: Final = r"[^\W_](?:[^\W_]|-(?=[-\w])){0,62}"
_HOST: Final = re.compile(rf"\[[0-9A-Fa-f:.]{{2,45}}\]|{_LABEL}(?:\.{_LABEL}){{0,126}}")
_RELEASE: Final = re.compile(
    r"(?:v?\d+(?:\.\d+)*(?:-(?:alpha|beta|rc|dev|pre|next|canary)[\w.-]*)?"
    r"|latest|next|beta|alpha|canary|stable|main|master|head|sha\d*)\Z",
    re.IGNORECASE,
)
"""What follows the ``@`` in ``package@1.2.3`` and ``action@v4``."""

FULL_HOST_SCORE: Final = 1.0
"""``name@host.tld``: the score that Presidio gives to a validated address."""
BARE_HOST_SCORE: Final = 0.6
"""``name@host``: an address on an internal network, or a login."""


class GrownEmailRecognizer(EntityRecognizer):
    """Finds ``EMAIL_ADDRESS`` by growing outwards from each ``@``.

    No recogniser of ours bears the name of one of Presidio's: Presidio finds classes by their name.
    """

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(
            supported_entities=["EMAIL_ADDRESS"], supported_language=supported_language
        )

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: Any = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """All addresses in `text`, in order."""
        results = []
        floor = 0
        at = text.find("@")
        while at >= 0:
            address = _address(text, at, floor)
            if address is not None:
                results.append(result_of(self, "EMAIL_ADDRESS", *address))
            floor = at + 1
            at = text.find("@", floor)
        return results


def _address(text: str, at: int, floor: int) -> tuple[int, int, float] | None:
    host = _HOST.match(text, at + 1)
    if host is None:
        return None
    start = _local_start(text, at, floor)
    score = _score(host.group())
    if start == at or score is None or _PASSWORD.search(text, max(start - 130, 0), start):
        return None
    return start, host.end(), score


def _local_start(text: str, at: int, floor: int) -> int:
    quoted = _QUOTED.search(text, max(floor, at - 66), at) if text[at - 1 : at] == '"' else None
    if quoted:
        return quoted.start()
    start = at
    while start > floor and (text[start - 1].isalnum() or text[start - 1] in _LOCAL_MARKS):
        start -= 1
    while start < at and not text[start].isalnum():
        start += 1  # quotes and bullets in front are not part of it
    return start


def _score(host: str) -> float | None:
    if host.startswith("[") or _is_ip(host):
        return FULL_HOST_SCORE
    if _RELEASE.match(host):
        return None
    last = host.rpartition(".")[2]
    if "." in host and len(last) > 1 and not last.isdigit():
        return FULL_HOST_SCORE
    return BARE_HOST_SCORE if len(last) > 1 and not last.isdigit() else None


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
