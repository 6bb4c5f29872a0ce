"""Ids of browsers, devices, clicks and people by the forms that libraries give them."""

from __future__ import annotations

import re
from typing import Final

from safetrack.detect.presidio.form import Form, FormRecognizer

_START: Final = r"(?<![A-Za-z0-9])"
_END: Final = r"(?![A-Za-z0-9])"

_DEVICE: Final = "DEVICE_ID"


_OF_PEOPLE: Final = (
    "usr",
    "user",
    "uid",
    "cus",
    "cust",
    "customer",
    "member",
    "mbr",
    "person",
    "contact",
    "employee",
    "emp",
    "patient",
    "subscriber",
    "profile",
    "guest",
    "visitor",
    "student",
    "shopper",
    "buyer",
)
"""What applications and payment providers write in front of a person's id: ``cus_…``, ``user:4711``."""
_NUMBER: Final = re.compile(r"\d{3,20}")
_LEAST_DIGITS: Final = 2
_LONG: Final = 10
"""Letters and digits, from which on one digit among letters of both cases suffices."""


def _is_id(text: str) -> bool:
    """Whether this is what a machine writes behind ``user_``, rather than a word."""
    if _NUMBER.fullmatch(text):
        return True
    digits = sum(map(str.isdigit, text))
    if text not in (text.lower(), text.upper()):
        return digits >= (1 if len(text) >= _LONG else _LEAST_DIGITS)
    return digits >= _LEAST_DIGITS and digits * 3 >= len(text)


class OnlineIdRecognizer(FormRecognizer):
    """Cookies, click ids and push tokens of the usual libraries, wherever they stand."""

    TRIGGER = r"\d{5}|[\w.:-]{20}|(?i:pushtoken|urn:li)|[A-Za-z][_:#|/-][A-Za-z0-9]*\d"
    FORMS = (
        # Google Analytics: _ga, _gid; _ga_<stream>; a client id alone; linker _gl.
        Form(
            ("ga1.",),
            rf"{_START}GA1\.\d\.(?:\d{{1,2}}\.)?(?P<value>\d{{5,12}}\.\d{{9,10}}){_END}",
            _DEVICE,
        ),
        Form(("gs1.", "gs2."), rf"{_START}GS[12]\.\d(?:\.\d)?\.[\w.$-]{{10,120}}", _DEVICE),
        Form(("amp-",), rf"{_START}amp-[\w-]{{20,80}}", _DEVICE),
        Form((".1",), r"(?<![\w.-])\d{7,10}\.1[0-9]\d{8}(?![\w.])", _DEVICE, 0.7),
        Form(("gcl.", "gcl_"), rf"{_START}GCL\.\d{{10}}\.[\w-]{{8,200}}", _DEVICE),
        # Google Ads click ids.
        Form(
            ("cj", "eaiai", "clk", "cki", "ck", "cl"),
            rf"{_START}(?:Cj[0w]K[CE][\w-]{{20,200}}|EAIaIQ[\w-]{{20,200}}|C[KLNOP][\w-]{{2,6}}[_-]?[\w-]{{8,}}(?:EA[EIMQUYkoc]|CF[A-Z])[\w-]{{4,60}})",
            _DEVICE,
        ),
        # Meta: _fbp, _fbc, fbclid.
        Form(("fb.",), rf"{_START}fb\.\d\.\d{{10,13}}\.[\w-]{{4,300}}", _DEVICE),
        Form(("iwar", "iwy2xj", "iwzx"), rf"{_START}Iw(?:AR|Y2xj|ZX)[\w-]{{16,300}}", _DEVICE),
        Form(("paaa", "pazx", "paqx"), rf"{_START}PA(?:AA|ZX|Qx)[\w-]{{30,300}}", _DEVICE),
        Form(("e.c.p.", "_v_v1-"), rf"{_START}E\.C\.P\.[\w-]{{10,300}}", _DEVICE),
        # Mixpanel, and PostHog before it took UUIDs: five hexadecimal groups of no UUID's lengths.
        Form(
            ("-",),
            rf"{_START}(?![0-9a-f]{{8}}-[0-9a-f]{{4}}-)[0-9a-f]{{8,16}}-[0-9a-f]{{8,17}}-[0-9a-f]{{6,10}}-[0-9a-f]{{5,8}}-[0-9a-f]{{8,18}}{_END}",
            _DEVICE,
        ),
        Form(("$device:",), r"\$device:(?P<value>[\w-]{8,64})", _DEVICE),
        # Amplitude: device id, user id in base64, flag, three times or counters in base 32.
        Form(
            ("..", "."),
            r"(?<![\w.-])[\w-]{22}R?\.[\w=+/-]{0,80}\.\w?\.[0-9a-v]{6,11}\.[0-9a-v]{6,11}(?:\.[0-9a-v]{1,4}){0,4}",
            _DEVICE,
        ),
        # HubSpot's __hstc, Hotjar, Matomo, Microsoft, Adobe.
        Form(
            (".",),
            rf"{_START}\d{{5,12}}\.[0-9a-f]{{32}}(?:\.\d{{10,13}}){{1,3}}(?:\.\d{{1,6}})?",
            _DEVICE,
        ),
        Form((".",), r"(?<![\w.])[0-9a-f]{16}\.1\d{9}(?:\.\d{1,10}){0,4}\.?(?!\w)", _DEVICE),
        Form(("mcmid", "mcaid"), r"MC[MA]ID(?:\||%7C)(?P<value>[\w-]{16,40})", _DEVICE),
        # Push tokens: FCM, Expo, OneSignal's are UUIDs.
        Form((":apa91",), r"[\w-]{8,40}:APA91[\w-]{20,300}", _DEVICE),
        Form(("pushtoken[",), r"Expo(?:nent)?PushToken\[(?P<value>[\w-]{8,60})\]", _DEVICE),
        Form(
            ("urn:li:",),
            r"urn:li:(?:person|member|fsd?_?(?:mini)?[pP]rofile):(?P<value>[\w-]{3,80})",
            "USER_ID",
        ),
        Form(
            _OF_PEOPLE,
            rf"{_START}(?i:{'|'.join(_OF_PEOPLE)})s?[_:#|/-](?P<value>[A-Za-z0-9]{{3,40}}|[0-9a-f-]{{36}}){_END}",
            "USER_ID",
            is_right=_is_id,
        ),
        # Auth0 and what is built on it: the provider, then its id.
        Form(
            ("|",),
            rf"{_START}(?:auth0|google-oauth2|google-apps|apple|facebook|github|twitter|linkedin|"
            rf"windowslive|waad|adfs|samlp|oidc|okta|email|sms)\|(?P<value>[\w.@|-]{{5,120}})",
            "USER_ID",
        ),
    )
