"""Long random runs: what is left of secrets when no form tells their provider."""

from __future__ import annotations

from safetrack.detect.presidio.form import Form, FormRecognizer
from safetrack.detect.presidio.randomness import is_token

_START = r"(?:(?<=\A)|(?<=[\s\"'`=:,(\[{]))"
_END = r"(?=\Z|[\s\"'`,;)\]}.!?])"


def _is_key(run: str) -> bool:
    """Base62 or base64: small and capital letters and digits. Hashes and UUIDs have one case."""
    kinds = (str.islower, str.isupper, str.isdigit)
    return all(any(kind(c) for c in run) for kind in kinds) and is_token(run)


class RandomTokenRecognizer(FormRecognizer):
    """Runs of 32 to 512 letters and digits in random order that stand alone. In open text only."""

    TRIGGER = r"[\w+/-]{24}"
    FORMS = (
        Form((), rf"{_START}[A-Za-z0-9+/_-]{{32,512}}={{0,2}}{_END}", "RANDOM_TOKEN", 0.5, _is_key),
    )
