"""Who logs in with what, written in front of a URL's host."""

from __future__ import annotations

from typing import Final

from presidio_analyzer import Pattern, PatternRecognizer


class UrlCredentialsRecognizer(PatternRecognizer):
    """User name and password in front of a URL's host."""

    PATTERNS: Final = (
        Pattern("user:password@", r"(?<=://)[^\s/?#@:]{1,128}:[^\s/?#@]{0,256}@", 0.9),
    )

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(
            supported_entity="SECRET",
            supported_language=supported_language,
            patterns=list(self.PATTERNS),
        )
