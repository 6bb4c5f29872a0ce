"""Names of people in the names that they give their devices: ``Jane's iPhone``, ``janes-macbook``."""

from __future__ import annotations

from safetrack.detect.presidio.form import Form, FormRecognizer
from safetrack.detect.vocabulary import is_known

_DEVICES = (
    "macbook", "imac", "mac-mini", "mac mini", "mbp", "iphone", "ipad", "ipod", "laptop", "notebook",
    "desktop", "workstation", "phone", "tablet", "galaxy", "pixel", "watch", "airpods", "kindle", "thinkpad",
    "surface", "chromebook", "pc", "mba",
)  # fmt: skip


def _is_owner(name: str) -> bool:
    """Whether it is no word of analytics: ``work-laptop`` and ``new iPhone`` are nobody's."""
    plain = name.lower()
    return len(plain) >= _SHORTEST and not is_known(plain) and plain not in _ADJECTIVES


_SHORTEST = 3
_ADJECTIVES = frozenset({"apple", "gaming", "spare", "shared", "loaner", "dell", "hp", "lenovo", "asus", "acer", "sony", "lg", "xiaomi", "redmi", "oppo", "vivo", "honor", "nothing", "the", "this", "his", "her", "their", "our", "win"})  # fmt: skip


class DeviceNameRecognizer(FormRecognizer):
    """The owner's name in front of the word for the device."""

    TRIGGER = f"(?i:{'|'.join(_DEVICES)})"
    FORMS = (
        Form(
            _DEVICES,
            rf"(?i)(?<![^\W\d_])(?P<value>[^\W\d_]{{2,20}}(?:[- ][^\W\d_]{{2,20}})?)['\u2019]s[- _]{{1,2}}(?:[\w-]{{1,12}}[- ])?(?:{'|'.join(_DEVICES)})(?![^\W\d_])",
            "PERSON",
            0.6,
            _is_owner,
        ),
        Form(
            _DEVICES,
            rf"(?i)\A(?P<value>[^\W\d_]{{2,20}}?)s?[-_](?:{'|'.join(_DEVICES)})(?:[-_ ]?(?:pro|air|mini|\d{{1,4}})){{0,2}}(?:\.(?:local|lan|home|fritz\.box|internal))?\Z",
            "PERSON",
            0.6,
            _is_owner,
        ),
        Form(
            _DEVICES,
            r"(?i)\b(?:iphone|ipad|macbook|imac|laptop|phone|téléphone|ordinateur|portable|computer|handy|galaxy) (?:de|von|di|van|d['\u2019]) ?(?P<value>[^\W\d_]{2,20})",
            "PERSON",
            0.6,
            _is_owner,
        ),
    )
