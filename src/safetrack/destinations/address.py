"""Where a vendor's server stands: a region, or a host of one's own."""

from __future__ import annotations

import difflib
import ipaddress
import logging
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from safetrack.errors import ConfigError

_log = logging.getLogger(__name__)

_SECURE: Final = "https"


def base_url(vendor: str, hosts: Mapping[str, str], region: str | None, host: str | None) -> str:
    """The start of a vendor's URLs, without a slash at its end.

    Args:
        vendor: Its name, for messages.
        hosts: Region to URL; the first region is the default one.
        region: A key of `hosts`, or None.
        host: A host name or URL that replaces the region's, or None.

    Raises:
        ConfigError: Unknown region, region and host at once, or a host that is none.
    """
    if region and host:
        raise ConfigError(f"{vendor}: give region or host, not both")
    if host:
        return checked_url(vendor, "host", host if "://" in host else f"{_SECURE}://{host}").rstrip(
            "/"
        )
    if region and region not in hosts:
        near = difflib.get_close_matches(region, hosts, n=1)
        hint = f"did you mean {near[0]!r}" if near else f"known are {', '.join(hosts)}"
        raise ConfigError(f"{vendor}: unknown region {region!r}; {hint}")
    return hosts[region or next(iter(hosts))]


def checked_url(vendor: str, option: str, url: str) -> str:
    """The URL itself, if events can be posted to it.

    Plain ``http`` is taken as written, with a warning unless it stays on this machine.

    Raises:
        ConfigError: Not an http(s) URL, or one that holds a user name or password.
    """
    parts = urlsplit(url)
    try:
        name, _port = parts.hostname, parts.port
    except ValueError:
        name = None
    if parts.scheme not in {"http", _SECURE} or not name:
        raise ConfigError(f"{vendor}: {option} must be an http(s) URL or a host name")
    if "@" in parts.netloc:
        raise ConfigError(f"{vendor}: {option} must not hold a user name or password")
    if parts.scheme != _SECURE and not _is_loopback(name):
        _log.warning("%s: sends without TLS; anybody on the way can read the events", vendor)
    return url


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
