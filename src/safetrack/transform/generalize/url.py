"""``generalize: {url: origin}`` and ``{url: path}``: where on the web, not who or with what."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final, Literal, TypeAlias
from urllib.parse import SplitResult, urlsplit

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search
from safetrack.transform.generalize.hostname import read_hostname
from safetrack.transform.generalize.url_path import template
from safetrack.transform.generalize.url_text import decoded, encoded

Part: TypeAlias = Literal["origin", "path"]

DIRECT: Final = "$direct"
"""What web SDKs write for "no referrer" (PostHog, Mixpanel). Left as it is."""

_MAX_TEXT: Final = 2048
"""Characters; what browsers and proxies agree to carry."""
_MAX_VALUE: Final = 256
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_APP_SCHEMES: Final = frozenset({"android-app", "ios-app"})
"""Referrers that are apps. Only their origin leaves."""


@dataclass(frozen=True, slots=True)
class Url:
    """Cuts a URL. User info and fragment always go; so does every URL that is not of the web.

    Attributes:
        part: ``origin`` leaves ``https://shop.example``; ``path`` also the path, as a template
            (`safetrack.transform.generalize.url_path`), and takes relative URLs too.
        query: Names of the query parameters that stay, with ``part="path"``. Exact.
    """

    part: Part = "origin"
    query: tuple[str, ...] = ()
    name: ClassVar[str] = "generalize"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """The part of a URL, still to be searched. What is no web URL is dropped."""
        if value == DIRECT:
            return Outcome(value)
        if type(value) is not str or len(value) > _MAX_TEXT:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        text = self._cut(value.strip())
        if not text:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        search = Search.FULL if self.part == "path" else Search.PATTERNS
        return Outcome(text, search, None if text == value else Reason.RULE)

    def _cut(self, text: str) -> str | None:
        url = _split(text)
        if url is None:
            return None
        if not url.scheme and not url.netloc:
            return self._path(url) if self.part == "path" and text[:1] in ("/", "?") else None
        origin = _origin(url)
        if origin is None or self.part == "origin" or url.scheme in _APP_SCHEMES:
            return origin
        return origin + self._path(url)

    def _path(self, url: SplitResult) -> str:
        query = "&".join(self._kept(url.query)) if url.query and self.query else ""
        return template(url.path) + (f"?{query}" if query else "")

    def _kept(self, query: str) -> Iterator[str]:
        """The parameters that stay. A semicolon separates them as well as an ampersand does."""
        for pair in re.split("[&;]", query):
            name, _, raw = pair.replace("+", " ").partition("=")
            value = decoded(raw)
            if decoded(name) in self.query and value is not None and len(value) <= _MAX_VALUE:
                yield f"{encoded(decoded(name) or '')}={encoded(value)}"

    def is_narrower_than(self, other: Action) -> bool:
        """No more of the URL, and no other query parameters."""
        if not isinstance(other, Url):
            return False
        if self.part == "origin":
            return True
        return other.part == "path" and set(self.query) <= set(other.query)


def _split(text: str) -> SplitResult | None:
    try:
        url = urlsplit(text)
        _ = url.port  # raises where it is no number
    except ValueError:
        return None
    return url


def _origin(url: SplitResult) -> str | None:
    """``scheme://host[:port]``; ``//host[:port]`` where the scheme is left open."""
    if url.scheme and url.scheme not in _DEFAULT_PORTS and url.scheme not in _APP_SCHEMES:
        return None
    host = _host(url.hostname or "")
    if host is None:
        return None
    number = url.port
    port = "" if number in (None, _DEFAULT_PORTS.get(url.scheme)) else f":{number}"
    return f"{url.scheme}{':' if url.scheme else ''}//{host}{port}"


def _host(text: str) -> str | None:
    """A DNS name, or an IP address: that is left to the search."""
    if ":" not in text and not text[-1:].isdigit():
        return read_hostname(text)
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return read_hostname(text)
    return str(address) if address.version == 4 else f"[{address}]"  # noqa: PLR2004
