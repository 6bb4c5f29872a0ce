"""Online identifiers and secrets in the formats of those who issue them.

Secrets are put together from pieces when the script runs, so that nothing that looks like a
credential stands in a source file; none of them was ever valid.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
import string
from typing import Final

_ALNUM: Final = string.ascii_letters + string.digits
_URLSAFE: Final = _ALNUM + "-_"
_HEX: Final = "0123456789abcdef"


class Ids:
    """Draws identifiers of devices, visits and clicks, and secrets."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def chars(self, alphabet: str, count: int) -> str:
        """So many characters of an alphabet."""
        return "".join(self.rng.choice(alphabet) for _ in range(count))

    def hex(self, count: int) -> str:
        """Lower-case hexadecimal."""
        return self.chars(_HEX, count)

    def uuid(self) -> str:
        """A random UUID."""
        h = self.hex(32)
        return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-{self.rng.choice('89ab')}{h[17:20]}-{h[20:]}"

    def ipv4(self) -> str:
        """A public address."""
        first = self.rng.choice([5, 23, 31, 46, 62, 71, 84, 93, 109, 151, 176, 185, 198, 203, 212])
        return ".".join([str(first), *(str(self.rng.randint(1, 254)) for _ in range(3))])

    def ipv6(self) -> str:
        """An address, at times shortened."""
        groups = [self.hex(4).lstrip("0") or "0" for _ in range(6)]
        start = self.rng.choice(["2001:db8", "2a02:8109", "2607:fb90", "2401:4900"])
        if self.rng.random() < 0.5:
            return f"{start}:{groups[0]}::{groups[1]}"
        return ":".join([start, *groups])

    def ip(self) -> str:
        """Either."""
        return self.ipv4() if self.rng.random() < 0.75 else self.ipv6()

    def mac(self) -> str:
        """A hardware address."""
        pairs = [self.hex(2) for _ in range(6)]
        joined = self.rng.choice([":", "-"]).join(pairs)
        return joined.upper() if self.rng.random() < 0.5 else joined

    def advertising(self) -> str:
        """IDFA (upper case) or the Android one."""
        return self.uuid().upper() if self.rng.random() < 0.5 else self.uuid()

    def device(self) -> str:
        """A device id: a UUID, an Android one, or that of PostHog and Mixpanel browsers."""
        h = self.hex(60)
        posthog = f"0{h[:10]}-{h[10:25]}-{h[25:33]}-{h[33:38]}-{h[38:53]}"
        uuid7 = f"0193{h[:4]}-{h[4:8]}-7{h[8:11]}-a{h[11:14]}-{h[14:26]}"
        return self.rng.choice([self.uuid(), self.hex(16), posthog, uuid7, self.uuid().upper()])

    def session(self) -> str:
        """A session id."""
        n = self.rng.randrange(10**9, 10**10)
        return self.rng.choice(
            [self.uuid(), f"1{n}", f"1{n}123", f"s_{self.hex(12)}", self.hex(32), f"sess-{n % 10**8}",
             self.chars(_ALNUM, 22)]
        )  # fmt: skip

    def visitor(self) -> str:
        """An anonymous visitor's id."""
        return self.rng.choice(
            [self.uuid(), self.hex(20), f"anon_{self.chars(_ALNUM, 12)}", f"GA1.2.{self._ga()}",
             self._ga(), f"$device:{self.uuid()}"]
        )  # fmt: skip

    def _ga(self) -> str:
        return f"{self.rng.randrange(10**8, 10**10)}.1{self.rng.randrange(6 * 10**8, 7 * 10**8)}"

    def click(self) -> tuple[str, str]:
        """A click id: the parameter's name and its value."""
        name = self.rng.choice(
            ["gclid", "fbclid", "msclkid", "ttclid", "wbraid", "gbraid", "twclid", "yclid", "dclid"]
        )
        values = {
            "gclid": "Cj0KCQ" + self.chars(_URLSAFE, 60) + "_wcB",
            "fbclid": "IwAR" + self.chars(_URLSAFE, 56),
            "msclkid": self.hex(32),
            "yclid": str(self.rng.randrange(10**18, 10**19)),
        }
        return name, values.get(name, self.chars(_URLSAFE, 40))

    def cookie(self) -> tuple[str, str]:
        """An analytics cookie: its name and value."""
        return self.rng.choice(
            [("_ga", f"GA1.1.{self._ga()}"), ("_gid", f"GA1.2.{self._ga()}"),
             ("_fbp", f"fb.1.1{self.rng.randrange(6 * 10**11, 7 * 10**11)}.{self._ga()[:9]}"),
             ("_fbc", f"fb.1.1{self.rng.randrange(6 * 10**11, 7 * 10**11)}.IwAR{self.chars(_ALNUM, 30)}"),
             ("ajs_anonymous_id", self.uuid()), ("_hjSessionUser_22", self.uuid()),
             ("amplitude_id", self.chars(_ALNUM, 22) + "R"), ("hubspotutk", self.hex(32))]
        )  # fmt: skip

    def push_token(self) -> str:
        """APNs or FCM."""
        fcm = f"{self.chars(_URLSAFE, 22)}:APA91b{self.chars(_URLSAFE, 60)}"
        return self.rng.choice([self.hex(64), fcm, f"ExponentPushToken[{self.chars(_ALNUM, 22)}]"])

    def hashed(self, email: str) -> str:
        """A hashed e-mail address, as advertisers exchange it."""
        raw = email.strip().lower().encode()
        plain = self.rng.choice([hashlib.sha256, hashlib.sha256, hashlib.md5, hashlib.sha1])
        return plain(raw).hexdigest()

    def imei(self) -> str:
        """A phone's serial number."""
        return "35" + self.chars("0123456789", 13)

    def position(self) -> tuple[float, float]:
        """Latitude and longitude."""
        digits = self.rng.choice([4, 5, 6])
        latitude = round(self.rng.uniform(-55, 68), digits)
        return latitude, round(self.rng.uniform(-170, 170), digits)

    def jwt(self, subject: str) -> str:
        """A signed token of RFC 7519."""
        head = _b64(json.dumps({"alg": "HS256", "typ": "JWT"}, separators=(",", ":")))
        body = _b64(json.dumps({"sub": subject, "iat": 1_760_000_000}, separators=(",", ":")))
        return f"{head}.{body}.{self.chars(_URLSAFE, 43)}"

    def api_key(self) -> str:
        """A key of one of many issuers."""
        c = self.chars
        upper = string.ascii_uppercase + string.digits
        return self.rng.choice(
            [
                "sk" + "_live_" + c(_ALNUM, 24),
                "rk" + "_test_" + c(_ALNUM, 24),
                "gh" + "p_" + c(_ALNUM, 36),
                "github" + "_pat_" + c(_ALNUM, 22) + "_" + c(_ALNUM, 59),
                "gl" + "pat-" + c(_URLSAFE, 20),
                "AK" + "IA" + c(upper, 16),
                "AI" + "za" + c(_URLSAFE, 35),
                "xoxb-" + c("0123456789", 12) + "-" + c("0123456789", 12) + "-" + c(_ALNUM, 24),
                "sk" + "-proj-" + c(_URLSAFE, 48),
                "sk" + "-ant-api03-" + c(_URLSAFE, 60),
                "SG" + "." + c(_URLSAFE, 22) + "." + c(_URLSAFE, 43),
                "npm" + "_" + c(_ALNUM, 36),
                "pypi" + "-AgEIcHlwaS5vcmc" + c(_URLSAFE, 60),
                "hf" + "_" + c(string.ascii_letters, 34),
                "key" + "-" + c(_HEX, 32),
                "SK" + c(_HEX, 32),
                "dop" + "_v1_" + c(_HEX, 64),
                "sh" + "pat_" + c(_HEX, 32),
                "ya" + "29." + c(_URLSAFE, 60),
                "EAA" + c(_ALNUM, 60),
            ]
        )

    def password(self) -> str:
        """What people choose."""
        n = self.rng.randint(10, 2024)
        word = self.rng.choice(["Sunflower", "dragon", "Wombat", "LetMeIn", "tr0ub4dor", "Kaffee"])
        return self.rng.choice(
            [f"{word}{n}!", f"{word.lower()}-{n}", self.chars(_ALNUM + "!@#$%", 14), f"{word}#{n}x",
             "correct horse battery staple", f"{word}{word}"]
        )  # fmt: skip

    def private_key(self) -> str:
        """The beginning and end of a PEM file."""
        kind = self.rng.choice(["RSA ", "", "OPENSSH ", "EC "])
        edge = f"{kind}PRIVATE" + " KEY-----"
        body = "\n".join(self.chars(_ALNUM + "+/", 64) for _ in range(3))
        return f"-----BEGIN {edge}\n{body}\n-----END {edge}"


def _b64(written: str) -> str:
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")
