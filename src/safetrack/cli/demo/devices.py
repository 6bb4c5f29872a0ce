"""Operating systems and browsers of the demo's people, with their full user-agent strings."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Device:
    """What a browser tells about itself on every request."""

    os: str
    os_version: str
    browser: str
    user_agent: str


_WEBKIT: Final = "AppleWebKit/537.36 (KHTML, like Gecko)"
_SAFARI: Final = "AppleWebKit/605.1.15 (KHTML, like Gecko)"

_SYSTEMS: Final = (
    # share, family, versions, how the user agent writes it
    (38, "Windows", ("10", "11"), "Windows NT 10.0; Win64; x64"),
    (30, "Mac OS X", ("13.6.9", "14.7.1", "15.0.1", "15.1", "15.6.1"), "Macintosh; Intel Mac OS X 10_15_7"),
    (18, "Linux", ("6.8", "6.11", "6.12"), "X11; Linux x86_64"),
    (8, "Android", ("13", "14", "15", "16"), "Linux; Android {version}; {model}"),
    (6, "iOS", ("17.6.1", "18.0.1", "18.5", "18.6.2", "26.0.1"), "iPhone; CPU iPhone OS {dashed} like Mac OS X"),
)  # fmt: skip
_MODELS: Final = ("Pixel 8", "Pixel 9 Pro", "SM-S921B", "SM-A556E", "CPH2581", "2312DRA50G")
_CHROME: Final = ("136.0.7103.114", "137.0.7151.68", "138.0.7204.49", "139.0.7258.127", "140.0.7339.80", "141.0.7390.54")  # fmt: skip
_EDGE: Final = ("139.0.3405.86", "140.0.3485.54", "141.0.3537.57")
_FIREFOX: Final = ("128.0", "140.0", "142.0", "143.0", "144.0")


def draw_device(rng: random.Random) -> Device:
    """One device, with the shares of a developer audience."""
    shares = [row[0] for row in _SYSTEMS]
    _, family, versions, written = rng.choices(_SYSTEMS, shares)[0]
    version = rng.choice(versions)
    platform = written.format(
        version=version, dashed=version.replace(".", "_"), model=rng.choice(_MODELS)
    )
    browser, agent = _browser(rng, family, version, platform)
    return Device(family, version, browser, agent)


def _browser(rng: random.Random, family: str, version: str, platform: str) -> tuple[str, str]:
    if family == "iOS" or (family == "Mac OS X" and rng.random() < 0.35):  # noqa: PLR2004
        mobile = " Mobile/15E148" if family == "iOS" else ""
        number = version if family == "iOS" else rng.choice(("17.6", "18.1", "18.5", "26.0"))
        return "Safari", f"Mozilla/5.0 ({platform}) {_SAFARI} Version/{number}{mobile} Safari/604.1"
    draw = rng.random()
    if family == "Windows" and draw < 0.2:  # noqa: PLR2004
        chrome = rng.choice(_CHROME)
        edge = rng.choice(_EDGE)
        agent = f"Mozilla/5.0 ({platform}) {_WEBKIT} Chrome/{chrome} Safari/537.36 Edg/{edge}"
        return "Edge", agent
    if draw < 0.4 and family != "Android":  # noqa: PLR2004
        number = rng.choice(_FIREFOX)
        return "Firefox", f"Mozilla/5.0 ({platform}; rv:{number}) Gecko/20100101 Firefox/{number}"
    mobile = " Mobile" if family == "Android" else ""
    chrome = rng.choice(_CHROME)
    return "Chrome", f"Mozilla/5.0 ({platform}) {_WEBKIT} Chrome/{chrome}{mobile} Safari/537.36"
