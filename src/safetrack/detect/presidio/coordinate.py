"""Positions on Earth: pairs of degrees in their usual notations."""

from __future__ import annotations

from typing import Final

from safetrack.detect.presidio.form import Form, FormRecognizer

_GEO: Final = "GEO_COORDINATE"
_LATITUDE: Final = r"[-+]?(?:90|[0-8]?\d)\.\d{3,18}"
_LONGITUDE: Final = r"[-+]?(?:180|1[0-7]\d|\d{1,2})\.\d{3,18}"
_ROUGH_LATITUDE: Final = r"[-+]?(?:90|[0-8]?\d)(?:\.\d{1,18})?"
_ROUGH_LONGITUDE: Final = r"[-+]?(?:180|1[0-7]\d|\d{1,2})(?:\.\d{1,18})?"
_DEGREE: Final = r"[-+]?(?:1[0-7]\d|\d{1,2})\.\d{4,18}"
_DMS: Final = r"\d{1,3}[\u00b0\u00ba] ?\d{1,2}(?:\.\d{1,8})? ?['\u2032\u2019](?: ?\d{1,2}(?:\.\d{1,6})? ?(?:\"|\u2033|\u201d|''))?"


class CoordinateRecognizer(FormRecognizer):
    """A latitude with its longitude; degrees, minutes and seconds; open location codes.

    A single number of degrees, with four decimals or more (some ten metres), is a
    ``DECIMAL_DEGREE``: it may be anything else as well, so it counts where the policy names it.
    """

    TRIGGER = r"\d[.\u00b0\u00ba+]|[2-9CFGHJMPQRVWX]\+[2-9CFGHJMPQRVWX]|(?i:point)|geo:"
    FORMS = (
        Form(
            (".",),
            rf"(?<![\w.])@?(?P<value>{_LATITUDE}(?:[,;/] ?|%2[Cc] ?|%20|\+| , |[ ]){_LONGITUDE})(?![\d]|\.\d)",
            _GEO,
            0.7,
        ),
        Form(
            ("point",),
            r"(?i)\bpoint ?z? ?\((?P<value> ?-?\d{1,3}(?:\.\d{1,18})? -?\d{1,3}(?:\.\d{1,18})?(?: -?[\d.]{1,12})? ?)\)",
            _GEO,
        ),
        Form(
            ("coordinates",),
            r"(?i)coordinates\\?\"?\s?[:=]\s?\[(?P<value>\s?-?\d{1,3}\.\d{1,18}\s?,\s?-?\d{1,3}\.\d{1,18})",
            _GEO,
        ),
        Form(("geo:",), rf"(?<![\w])geo:(?P<value>{_ROUGH_LATITUDE},{_ROUGH_LONGITUDE})", _GEO),
        Form(
            ("\u00b0", "\u00ba"),
            rf"(?:[NSEW] ?)?{_DMS}(?: ?[NSEWO]\b)?(?:[,; ]{{0,3}}(?:[NSEW] ?)?{_DMS}(?: ?[NSEWO]\b)?)?",
            _GEO,
        ),
        Form(
            ("\u00b0", "\u00ba"),
            r"(?:[NSEW] ?)?-?\d{1,3}\.\d{2,18} ?[\u00b0\u00ba] ?[NSEWO]?[,; ]{0,3}(?:[NSEW] ?)?-?\d{1,3}\.\d{2,18} ?[\u00b0\u00ba](?: ?[NSEWO]\b)?",
            _GEO,
        ),
        Form(
            (".",),
            rf"(?<![\w.])(?P<value>{_LATITUDE}[\u00b0]? ?[NS][,; ]{{1,3}}{_LONGITUDE}[\u00b0]? ?[EWO])\b",
            _GEO,
        ),
        Form(
            ("+",),
            r"(?<![A-Za-z0-9])[2-9C][2-9CFGHJMPQRV][2-9CFGHJMPQRVWX]{6}\+[2-9CFGHJMPQRVWX]{2,3}(?![A-Za-z0-9])",
            _GEO,
        ),
        Form((".",), rf"(?<![\d.]){_DEGREE}(?![\d]|\.\d)", "DECIMAL_DEGREE", 0.6),
    )
