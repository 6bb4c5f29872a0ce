"""``generalize: user_agent``: browser family, its major version, and the family of the OS."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search

if TYPE_CHECKING:
    from ua_parser import Resolver

OTHER: Final = "Other"
BROWSERS: Final = frozenset(
    {
        "Amazon Silk", "Android", "Baidu Browser", "Brave", "Chrome", "Chrome Mobile",
        "Chrome Mobile WebView", "Chrome Mobile iOS", "Chromium", "DuckDuckGo", "DuckDuckGo Mobile",
        "Edge", "Edge Mobile", "Electron", "Facebook", "Firefox", "Firefox Mobile", "Firefox iOS",
        "Googlebot", "HeadlessChrome", "Huawei Browser", "IE", "IE Mobile", "Instagram", "LINE",
        "MiuiBrowser", "Mobile Safari", "Mobile Safari UI/WKWebView", "Oculus Browser", "Opera",
        "Opera GX", "Opera Mini", "Opera Mobile", "Opera Touch", "Pinterest", "Python Requests",
        "Python aiohttp", "QQ Browser", "QQ Browser Mobile", "Safari", "Samsung Internet", "Snapchat",
        "Sogou Explorer", "TikTok", "Twitter", "UC Browser", "Vivaldi", "WeChat Browser", "Whale",
        "Yandex Browser", "bingbot", "curl", "okhttp",
    }
)  # fmt: skip
"""Families that may leave, by the names of ua-parser (https://github.com/ua-parser/uap-core)."""
SYSTEMS: Final[Mapping[str, str]] = {
    "Android": "Android",
    "Arch Linux": "Linux",
    "CentOS": "Linux",
    "Chrome OS": "Chrome OS",
    "Debian": "Linux",
    "Fedora": "Linux",
    "FreeBSD": "FreeBSD",
    "Gentoo": "Linux",
    "HarmonyOS": "HarmonyOS",
    "KaiOS": "KaiOS",
    "Linux": "Linux",
    "Linux Mint": "Linux",
    "Mac OS": "Mac OS X",
    "Mac OS X": "Mac OS X",
    "Red Hat": "Linux",
    "SUSE": "Linux",
    "Tizen": "Tizen",
    "Ubuntu": "Linux",
    "WatchOS": "WatchOS",
    "Windows": "Windows",
    "Windows Mobile": "Windows",
    "Windows Phone": "Windows",
    "iOS": "iOS",
    "tvOS": "tvOS",
    "webOS": "webOS",
}
"""Families of ua-parser, and as what they leave. A Linux distribution is rare enough to single out."""

_MAX_TEXT: Final = 1000
"""Characters. Real user agents have up to some 400."""
_MAJOR: Final = re.compile(r"[0-9]{1,4}")
_RESULT: Final = re.compile(r"(?P<browser>[^,]+?)( [0-9]{1,4})?, (?P<system>[^,]+)")


@dataclass(frozen=True, slots=True)
class UserAgent:
    """Cuts a user agent to ``Chrome 120, Windows``, out of closed lists of families."""

    name: ClassVar[str] = "generalize"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """The families, ``Other`` for those not listed. What is no text, or too long, is dropped."""
        if type(value) is not str or not value.strip():
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        if len(value) > _MAX_TEXT:
            return Outcome(DROP, Search.NONE, Reason.TOO_LARGE)
        if _is_result(value):
            return Outcome(value)
        return Outcome(_families(value), Search.NONE, Reason.RULE)

    def is_narrower_than(self, other: Action) -> bool:
        """Always: there is only one way to cut a user agent."""
        return isinstance(other, UserAgent)


def _is_result(text: str) -> bool:
    parts = _RESULT.fullmatch(text)
    if parts is None:
        return False
    browser = parts["browser"] == OTHER or parts["browser"] in BROWSERS
    return browser and (parts["system"] == OTHER or parts["system"] in SYSTEMS.values())


def _families(text: str) -> str:
    from ua_parser import Domain

    readable = text.encode("utf-8", "replace").decode("utf-8")  # no lone surrogates
    found = _resolver()(readable, Domain.USER_AGENT | Domain.OS)
    browser = found.user_agent.family if found.user_agent else OTHER
    system = found.os.family if found.os else OTHER
    shown = OTHER
    if found.user_agent and browser in BROWSERS:
        major = found.user_agent.major or ""
        shown = f"{browser} {major}" if _MAJOR.fullmatch(major) else browser
    return f"{shown}, {SYSTEMS.get(system, OTHER)}"


@functools.cache
def _resolver() -> Resolver:
    """ua-parser's fastest engine without its cache, which would hold raw user agents."""
    from ua_parser import BestAvailableResolver, load_lazy_builtins

    browsers, systems, _devices = load_lazy_builtins()
    return BestAvailableResolver((browsers, systems, []))
