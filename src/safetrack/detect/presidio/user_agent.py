"""Whole user agents: model and build single a device out. Only where the policy names them."""

from __future__ import annotations

from presidio_analyzer import Pattern, PatternRecognizer


class UserAgentRecognizer(PatternRecognizer):
    """The user agent of a browser, to its end: model and build single a device out."""

    def __init__(self, supported_language: str = "en") -> None:
        agent = r"\b(?:Mozilla|Opera|Dalvik)/\d[\w.]{0,20} ?\([^\n\"]{4,1000}"
        super().__init__(
            supported_entity="USER_AGENT",
            supported_language=supported_language,
            patterns=[Pattern("browser's user agent", agent, 0.9)],
        )
