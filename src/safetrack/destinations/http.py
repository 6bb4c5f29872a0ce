"""The one HTTP sender, and the only importer of ``requests``.

What leaves is exactly what a destination hands over: the body's bytes and the announced headers.
No ``~/.netrc`` or certificate setting of the environment is taken, and of its proxies only that
for TLS (`safetrack.config.https_proxy`). Certificates are verified, no cookie is kept, no redirect
is followed, nothing is retried, and a header that tracing instrumentation adds or
changes anywhere between here and the socket does not get onto the wire.
"""

from __future__ import annotations

import email.utils
import json
import os
import re
import sys
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.hooks import default_hooks
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from safetrack import __version__
from safetrack.config import https_proxy

VERSION: Final = __version__
USER_AGENT: Final = f"safetrack/{VERSION}"

MAX_REPLY: Final = 64 * 1024
"""Bytes of an answer that are read. A longer one is a mistake, or an attack."""
MAX_RETRY_AFTER: Final = 300.0
"""Seconds. What a server asks for beyond that is cut: the outbox's own age limit must hold."""

RETRYABLE: Final = frozenset({408, 425, 429, 460}) | frozenset(range(500, 600)) - {501, 505}
"""Statuses after which the same bytes may succeed. 460 is a load balancer's client timeout."""

_OWN_HEADERS: Final = {
    "User-Agent": USER_AGENT,
    "Accept": "application/json",
    "Accept-Encoding": "identity",
    "Content-Type": "application/json",
}
_FRAMING: Final = frozenset({"host", "content-length"})
"""Headers that the HTTP library writes itself, from the URL and the body."""
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?")
_NETWORK_ERRORS: Final = (requests.RequestException, HTTPError, OSError)


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer.

    Attributes:
        status: The HTTP status; None when there was no answer.
        body: At most `MAX_REPLY` bytes of it. Never logged: it may echo the events.
        retry_after: Seconds that it asks to wait, at most `MAX_RETRY_AFTER`; None if it does not.
        failure: What went wrong where there was no answer, e.g. ``timeout``.
    """

    status: int | None
    body: bytes = b""
    retry_after: float | None = None
    failure: str = "no_answer"

    @property
    def why(self) -> str:
        """The outcome as a short code, e.g. ``http_503``: nothing that the server has written."""
        return self.failure if self.status is None else f"http_{self.status}"

    @property
    def delivered(self) -> bool:
        """Whether the server took the request."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004

    @property
    def retryable(self) -> bool:
        """Whether sending the same again may help. Redirects and refusals are final."""
        return self.status is None or self.status in RETRYABLE

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; empty when it is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if type(found) is dict else {}


_FAILURES: Final = (
    (requests.exceptions.SSLError, "tls"),
    (requests.exceptions.ConnectTimeout, "timeout"),
    (requests.exceptions.ReadTimeout, "timeout"),
    (requests.exceptions.ConnectionError, "connection"),
)
"""Kinds of trouble on the way, the more special ones first."""


def _no_reply(error: Exception) -> Reply:
    """No answer, and which kind of trouble that was; never the error's text, which has the URL."""
    kinds = (name for kind, name in _FAILURES if isinstance(error, kind))
    return Reply(None, failure=next(kinds, "no_answer"))


class HttpSender:
    """Posts bytes. Used by one thread at a time; may be used after a fork.

    Args:
        timeout: Seconds for connecting, for each wait for the server, and for reading its answer.
    """

    def __init__(self, *, timeout: float) -> None:
        self._timeout = timeout
        self._announced: dict[str, str] = {}
        self._urls: dict[str, str] = {}
        self._session: requests.Session | None = None
        self._pid = os.getpid()

    def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        """Post JSON and wait for the answer. Never raises for what a network can do.

        Args:
            url: Where to. It is what logs and tracing show of a request: no secret belongs in it.
            body: The exact bytes.
            headers: Further headers, on top of the four that every request has.
        """
        sent = {**_OWN_HEADERS, **(headers or {})}
        self._announced.clear()
        self._announced.update({name.lower(): value for name, value in sent.items()})
        try:
            with _untraced():
                return self._post(url, body, sent)
        except _NETWORK_ERRORS as error:
            return _no_reply(error)

    def close(self) -> None:
        """Close all connections."""
        if self._session is not None and self._pid == os.getpid():
            self._session.close()
        self._session = None

    def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        with self._opened().send(
            self._request(url, body, headers),
            proxies=_proxies(url),
            timeout=(self._timeout, self._timeout),
            allow_redirects=False,
            stream=True,
        ) as response:
            wait = parse_retry_after(response.headers.get("Retry-After", ""))
            try:
                answer = _read(response, time.monotonic() + self._timeout)
            except _NETWORK_ERRORS:
                if response.status_code >= 300:  # noqa: PLR2004
                    return Reply(None)  # it might have said which events are to blame: ask again
                answer = b""
            return Reply(response.status_code, answer, wait)

    def _request(
        self, url: str, body: bytes, headers: Mapping[str, str]
    ) -> requests.PreparedRequest:
        """As ``requests`` prepares it, which is a third of a request's cost; URLs only once."""
        prepared = requests.PreparedRequest()
        if url not in self._urls:
            prepared.prepare_url(url, None)
            self._urls[url] = prepared.url or url
        prepared.method, prepared.url = "POST", self._urls[url]
        sized = {**headers, "Content-Length": str(len(body))}
        prepared.headers = CaseInsensitiveDict(sized)
        prepared.body, prepared.hooks = body, default_hooks()
        prepared.prepare_cookies({})
        return prepared

    def _opened(self) -> requests.Session:
        """The session of this process: a forked child must not write to its parent's sockets."""
        if self._session is None or self._pid != os.getpid():
            self._pid = os.getpid()
            self._session = _session(self._announced)
        return self._session


def parse_retry_after(text: str, now: datetime | None = None) -> float | None:
    """Seconds to wait, from 0 to `MAX_RETRY_AFTER`; None when `text` says nothing.

    Reads seconds, every HTTP date form (RFC 9110 §5.6.7; without a zone or with ``-0000`` taken
    as UTC), and a repeated header joined by commas, of which the longest wait counts.
    """
    now = now or datetime.now(UTC)
    waits = [wait for part in _retry_parts(text) if (wait := _seconds(part, now)) is not None]
    return min(max(0.0, *waits), MAX_RETRY_AFTER) if waits else None


def _retry_parts(text: str) -> list[str]:
    """Split at commas, but for the one behind a date's weekday."""
    parts: list[str] = []
    weekday = ""
    for part in text.split(","):
        if part.strip().isalpha():
            weekday = part + ","
            continue
        parts.append(weekday + part)
        weekday = ""
    return parts


def _seconds(text: str, now: datetime) -> float | None:
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return float(text)
    try:
        date = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds()


def _read(response: requests.Response, deadline: float) -> bytes:
    """The answer's first bytes, read piecemeal so that a server that dribbles cannot hold us."""
    answer = b""
    while len(answer) < MAX_REPLY and time.monotonic() < deadline:
        piece = response.raw.read1(MAX_REPLY - len(answer), decode_content=False)
        if not piece:
            break
        answer += piece
    return answer


def _proxies(url: str) -> dict[str, str]:
    """The proxy for a URL. It sees of a TLS connection where it goes, and nothing else."""
    parts = urlsplit(url)
    proxy = https_proxy(parts.hostname or "") if parts.scheme == "https" else None
    return {"https": proxy} if proxy else {}


def _untraced() -> AbstractContextManager[Any]:
    """Keep OpenTelemetry, where the application uses it, from recording our requests."""
    module = sys.modules.get("opentelemetry.instrumentation.utils")
    suppress = getattr(module, "suppress_instrumentation", nullcontext)
    found: AbstractContextManager[Any] = suppress()
    return found


def _session(announced: Mapping[str, str]) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.headers.clear()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    adapter = _closed_adapter(announced)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def _closed_adapter(announced_headers: Mapping[str, str]) -> HTTPAdapter:
    """An adapter whose connections write the announced headers, with their values, only.

    The connection is the last place before the bytes: Sentry and others hook ``http.client``
    itself, below ``requests`` and ``urllib3``.
    """

    class Closed(HTTPConnection):
        def putheader(self, header: str | bytes, *values: Any) -> None:
            name = (header if isinstance(header, str) else header.decode("latin-1")).lower()
            if name in _FRAMING:
                super().putheader(name.title(), *values)
            elif name in announced_headers:
                super().putheader(name.title(), announced_headers[name])

    class ClosedTls(Closed, HTTPSConnection):
        pass

    class Pool(HTTPConnectionPool):
        ConnectionCls = Closed

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = ClosedTls

    pools = {"http": Pool, "https": TlsPool}

    class Adapter(HTTPAdapter):
        def proxy_manager_for(self, proxy: Any, **options: Any) -> Any:
            manager = super().proxy_manager_for(proxy, **options)
            manager.pool_classes_by_scheme = pools
            return manager

    adapter = Adapter(max_retries=0)
    adapter.poolmanager.pool_classes_by_scheme = pools
    return adapter
