"""Keys and tokens that open something."""

from __future__ import annotations

from typing import Final

from presidio_analyzer import Pattern, PatternRecognizer

_KEYS: Final = (
    r"\b(?:sk|pk|rk)[_-][\w-]{16,}",  # Stripe, OpenAI, Anthropic
    r"\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}",  # GitHub, GitLab
    r"\bxox[abposr]-[\w-]{10,}",  # Slack
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",  # AWS
    r"\bSG\.[\w.-]{16,}",  # SendGrid
    r"\bAIza[\w-]{30,}|\bya29\.[\w-]{16,}",  # Google
    r"\b(?:hf|npm|whsec|shpat|dop_v1|pypi)[_-]\w{16,}",  # Hugging Face, npm, Stripe, Shopify …
    r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?",  # JSON Web Token (RFC 7519)
    r"\b(?:Bearer|Basic) +[\w.~+/-]{16,}=*",  # RFC 9110, RFC 6750
)
_PARAMETER: Final = (
    r"(?<=[?&#;](?:token|code|key|api_key|apikey|secret|password|sig|signature|state|session|sid"
    r"|access_token|id_token|refresh_token|auth|otp)=)[^&#\s\"'<>]{4,2000}"
)


class SecretRecognizer(PatternRecognizer):
    """API keys by the prefixes of their providers, and tokens in the query of a URL."""

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(
            supported_entity="SECRET",
            supported_language=supported_language,
            patterns=[
                *(Pattern("key of a provider", key, 0.9) for key in _KEYS),
                Pattern("token in a URL", _PARAMETER, 0.8),
            ],
        )
