"""What holdout events are assembled from: times, ids, devices, pages, contexts, secrets."""

from __future__ import annotations

import base64
import hashlib
import json
import random
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from holdout_labels import Leaf, direct, online, secret
from holdout_people import Person, ascii_of, hexes, ipv4, ipv6, letters, person, uuid4

T = TypeVar("T")

AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.6422.165 Mobile Safari/537.36",
    "Dalvik/2.1.0 (Linux; U; Android 13; SM-A536B Build/TP1A.220624.014)",
    "okhttp/4.12.0",
)
HOSTS = (
    "shop.petalgrove.com",
    "www.brightloom.app",
    "app.kestrel-analytics.io",
    "store.nimbus-retail.de",
    "learn.meridianschools.edu",
    "www.vertabode.fr",
    "console.solvantis.eu",
)
COMPANIES = (
    "Kestrel Analytics",
    "Oakfield Logistics",
    "Nimbus Retail GmbH",
    "Brightloom",
    "Vertabode SAS",
    "Halcyon Health",
    "Tidewater Energy",
    "Petal & Grove",
    "Ironbark Capital",
    "Hofmann Maschinenbau AG",
    "Solvantis",
    "Quayside Ltd",
    "Baker Tools Inc.",
    "Studio Ottanta",
)
VENDORS = ("Stripe", "Adyen", "Twilio", "Okta", "Zendesk", "Cloudflare", "Datadog", "Algolia")
PRODUCTS = (
    "Merino Crew Sweater", "Martin D-28 Guitar Strings", "Levi's 501 Original Jeans", "Jack Wolfskin Rain Jacket", "Charlotte Lounge Chair", "Ben & Jerry's Cookie Dough 465ml",
    "iPhone 15 Silicone Case", "Santa Cruz Longboard", "Dr. Martens 1460 Boots", "Lavender Bath Salts", "Victoria Sponge Baking Kit", "USB-C Hub 7-in-1", "Trail Runner GTX", "Oatmeal Stout 6-pack",
    "Monstera deliciosa, 12 cm pot", "Philips Hue Starter Kit", "Olivia Pleated Skirt", "Kindle Paperwhite (16 GB)", "Chai Latte Concentrate", "Bose QC45", "Ray-Ban Wayfarer", "Georgia Peach Candle", "Yoga Mat Pro 6mm", "Harper's Oat Granola",
)  # fmt: skip
BRANDS = (
    "Patagonia",
    "Calvin Klein",
    "Fjällräven",
    "Marshall",
    "Tommy Hilfiger",
    "Logitech",
    "Hugo Boss",
    "Lindt",
    "Ralph Lauren",
    "Ikea",
    "Max Mara",
    "Bosch",
)
CATEGORIES = (
    "Shoes",
    "Home & Garden",
    "Electronics",
    "Women's Clothing",
    "Grocery",
    "Outdoor",
    "Beauty",
    "Toys",
    "Musical Instruments",
    "Books",
)
COLOURS = (
    "Navy",
    "Rosa",
    "Olive",
    "Amber",
    "Jade",
    "Charcoal",
    "Violet",
    "Sienna",
    "#1F2A44",
    "Forest Green",
    "Ruby",
    "off-white",
)
PLANS = (
    "free",
    "Premium",
    "pro_annual",
    "Team",
    "enterprise",
    "Starter",
    "basic-monthly-v2",
    "Plus",
)
CAMPAIGNS = (
    "spring_sale_2025",
    "black-friday",
    "brand_de_search",
    "retargeting_q3",
    "TOFU - Lookalike 2%",
    "winback_30d",
    "jordan_release",
    "mothers_day_early",
    "Newsletter 2025-06",
    "launch_victoria",
)
SOURCES = ("google", "newsletter", "facebook", "linkedin", "tiktok", "bing", "partner_blog")
BUTTONS = (
    "Add to cart",
    "Sign up",
    "Continue with Google",
    "Start free trial",
    "Save changes",
    "Learn more",
    "Invite team",
    "Buy now",
    "Mark as read",
    "Sign in with Apple",
    "Next: payment",
    "Will call",
)
PAGES = (
    "Pricing",
    "Home",
    "Checkout",
    "Account settings",
    "Order confirmation",
    "Help center",
    "Product detail",
    "Blog",
    "Integrations",
    "Sign in",
)
PATHS = (
    "/",
    "/pricing",
    "/products/trail-runner-gtx",
    "/checkout/shipping",
    "/blog/2025/04/how-to-choose-a-tent",
    "/account/settings/notifications",
    "/docs/getting-started",
    "/collections/new-arrivals",
    "/help/articles/returns",
    "/cart",
)
FEATURES = (
    "dark_mode",
    "bulk_export",
    "smart_search",
    "Kanban view",
    "ai_summary",
    "two_factor_auth",
    "CSV import",
    "Mail merge",
    "Grace period",
    "Bill pay",
)
ROLES = ("admin", "editor", "viewer", "owner", "billing", "member")
TITLES = (
    "Head of Marketing",
    "Software Engineer",
    "VP Sales",
    "Office Manager",
    "CTO",
    "Data Analyst",
    "Teacher",
    "Product Designer",
)
CURRENCIES = ("EUR", "USD", "GBP", "SEK", "PLN", "BRL", "JPY", "INR")
COUNTRY_VALUES = (
    "Germany",
    "US",
    "France",
    "Jordan",
    "Brazil",
    "Georgia",
    "JP",
    "Chad",
    "Sweden",
    "GB",
    "India",
    "Mexico",
)
CARRIERS = ("Vodafone DE", "T-Mobile US", "Orange F", "Jio", "MTN NG", "Telia", "SK Telecom")
LIBRARIES = (
    ("analytics.js", "2.11.1"),
    ("analytics-python", "2.2.3"),
    ("analytics-ios", "4.1.8"),
    ("RudderLabs JavaScript SDK", "2.48.9"),
    ("analytics-ruby", "2.4.0"),
    ("@segment/analytics-node", "1.3.0"),
)
SCREENS = ((1440, 900), (390, 844), (1920, 1080), (412, 915))


class Maker:
    """A source of made-up values for one event, all from one seeded generator."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.who: Person = person(rng)

    def pick(self, pool: Sequence[T]) -> T:
        """One of `pool`."""
        return self.rng.choice(pool)

    def chance(self, share: float) -> bool:
        """True for `share` of all calls."""
        return self.rng.random() < share

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        return self.rng.randint(low, high)

    def price(self, high: int = 200) -> float:
        """A price with two decimals."""
        return round(self.rng.uniform(2, high), 2)

    def uuid(self) -> str:
        """A random UUID."""
        return uuid4(self.rng)

    def hex(self, length: int) -> str:
        """Random hex digits."""
        return hexes(self.rng, length)

    def chars(self, length: int, pool: str = "") -> str:
        """Random letters and digits."""
        return letters(self.rng, length, pool)

    def digits(self, length: int) -> str:
        """Random digits, the first not zero."""
        return str(self.number(1, 9)) + letters(self.rng, length - 1, "0123456789")

    def time(self) -> str:
        """A point in time, written in one of the usual ways."""
        day = f"{self.number(2023, 2026)}-{self.number(1, 12):02d}-{self.number(1, 28):02d}"
        clock = f"{self.number(0, 23):02d}:{self.number(0, 59):02d}:{self.number(0, 59):02d}"
        return self.pick(
            (
                f"{day}T{clock}.{self.number(0, 999):03d}Z",
                f"{day}T{clock}Z",
                f"{day} {clock}",
                f"{day}T{clock}+02:00",
            )
        )

    def day(self) -> str:
        """A date that is no birth date."""
        return f"{self.number(2023, 2027)}-{self.number(1, 12):02d}-{self.number(1, 28):02d}"

    def epoch(self) -> int:
        """Seconds since 1970."""
        return self.number(1_690_000_000, 1_790_000_000)

    def epoch_ms(self) -> int:
        """Milliseconds since 1970."""
        return self.epoch() * 1000 + self.number(0, 999)

    def sha256(self, raw: str) -> str:
        """The SHA-256 that ad networks ask for."""
        return hashlib.sha256(raw.strip().lower().encode()).hexdigest()

    def other(self) -> Person:
        """Another person."""
        return person(self.rng)

    # Labelled values

    def email(self, who: Person | None = None) -> Leaf:
        """A person's mail address."""
        who = who or self.who
        raw = self.pick((who.email, who.email, who.work_email))
        return direct("email", raw.upper() if self.chance(0.04) else raw)

    def phone(self, who: Person | None = None) -> Leaf:
        """A phone number, written as in its country."""
        return direct("phone", (who or self.who).phone)

    def full(self, who: Person | None = None) -> Leaf:
        """A full name; now and then in its own script, lower case, or last name first."""
        who = who or self.who
        roll = self.rng.random()
        if roll < 0.08 and who.native != who.full:
            return direct("name", who.native)
        if roll < 0.14:
            return named("name", who.full.lower(), who.first.lower(), who.last.lower())
        if roll < 0.20:
            return named("name", f"{who.last}, {who.first}", who.first, who.last)
        if roll < 0.24:
            return named("name", who.full.upper(), who.first.upper(), who.last.upper())
        return named("name", who.full, who.first, who.last)

    def first(self, who: Person | None = None) -> Leaf:
        """A first name."""
        return direct("first_name", (who or self.who).first)

    def last(self, who: Person | None = None) -> Leaf:
        """A last name."""
        return direct("last_name", (who or self.who).last)

    def handle(self, who: Person | None = None, prefix: str = "") -> Leaf:
        """A user name."""
        who = who or self.who
        return direct("handle", prefix + who.handle, who.handle)

    def birth(self) -> Leaf:
        """A birth date, written in one of the usual ways."""
        year, month, day = self.who.born
        form = self.pick(
            (
                f"{year}-{month:02d}-{day:02d}",
                f"{day:02d}.{month:02d}.{year}",
                f"{month:02d}/{day:02d}/{year}",
                f"{year}{month:02d}{day:02d}",
                f"{year}-{month:02d}-{day:02d}T00:00:00Z",
            )
        )
        return direct("birth_date", form)

    def user_id(self) -> Leaf:
        """A person's id in the application, in one of the usual forms."""
        return direct("user_id", self.raw_user_id())

    def raw_user_id(self) -> str:
        """As `user_id`, without the label."""
        return self.pick(
            (
                self.digits(6),
                f"usr_{self.chars(16)}",
                self.uuid(),
                self.hex(24),
                f"auth0|{self.hex(24)}",
                f"U{self.digits(8)}",
                f"cus_{self.chars(14)}",
            )
        )

    def ip(self) -> Leaf:
        """A public IP address."""
        return online("ip", ipv4(self.rng) if self.chance(0.8) else ipv6(self.rng))

    def device_id(self) -> Leaf:
        """A device's or installation's id."""
        return online(
            "device_id",
            self.pick(
                (
                    self.uuid(),
                    self.uuid().upper(),
                    self.hex(16),
                    f"{self.hex(14)}-{self.hex(15)}-{self.hex(8)}-{self.hex(6)}-{self.hex(14)}",
                )
            ),
        )

    def ad_id(self) -> Leaf:
        """An advertising id: a UUID, upper case on Apple's systems."""
        return online("ad_id", self.pick((self.uuid(), self.uuid().upper())))

    def session_id(self) -> Leaf:
        """A session's id."""
        return online(
            "session_id",
            self.pick(
                (
                    self.uuid(),
                    self.epoch_ms(),
                    f"01{self.hex(6)}-{self.hex(4)}-7{self.hex(3)}-a{self.hex(3)}-{self.hex(12)}",
                    self.chars(26).lower(),
                )
            ),
        )

    def visitor_id(self) -> Leaf:
        """An anonymous visitor's id."""
        return online(
            "visitor_id",
            self.pick(
                (
                    self.uuid(),
                    f"{self.digits(9)}.{self.epoch()}",
                    f"GA1.1.{self.digits(9)}.{self.epoch()}",
                    self.hex(32),
                )
            ),
        )

    def push_token(self) -> Leaf:
        """A push token: Apple's hex, Google's registration id."""
        return online(
            "push_token",
            self.pick(
                (
                    self.hex(64),
                    f"{self.chars(11)}_{self.chars(10)}:APA91b{self.chars(100)}",
                    f"ExponentPushToken[{self.chars(22)}]",
                )
            ),
        )

    def mac(self) -> Leaf:
        """A network card's address."""
        raw = ":".join(self.hex(2) for _ in range(6))
        return online("mac", self.pick((raw, raw.upper(), raw.replace(":", "-"))))

    def latitude(self) -> Leaf:
        """A latitude, four or more decimals."""
        return online("geo", round(self.rng.uniform(-60, 65), self.number(4, 6)))

    def longitude(self) -> Leaf:
        """A longitude, four or more decimals."""
        return online("geo", round(self.rng.uniform(-160, 170), self.number(4, 6)))

    def city(self) -> Leaf:
        """The person's town, as a place's approximate location."""
        return direct("city", self.who.city)

    def region(self) -> Leaf:
        """The person's region."""
        return direct("region", self.who.region)

    def postcode(self) -> Leaf:
        """The person's postcode."""
        return direct("postcode", self.who.postcode)

    def street(self) -> Leaf:
        """Street and number."""
        return direct("street", self.who.line)

    def address(self) -> Leaf:
        """The whole address on one line; street, postcode and town must each go."""
        who = self.who
        return direct(
            "address",
            who.address,
            *(part for part in (who.line, who.postcode, who.city) if part in who.address),
        )

    def click_id(self) -> tuple[str, str]:
        """A click id's query parameter and value."""
        return self.pick(
            (
                ("gclid", f"Cj0KCQ{self.chars(50)}"),
                ("fbclid", f"IwAR{self.chars(56)}"),
                ("msclkid", self.hex(32)),
                ("ttclid", f"E.C.P.{self.chars(40)}"),
                ("_ga", f"2.{self.digits(9)}.{self.digits(9)}.{self.epoch()}"),
                ("wbraid", self.chars(28)),
                ("li_fat_id", self.uuid()),
            )
        )

    # Addresses of pages

    def plain_url(self) -> str:
        """A page's address without anything personal."""
        tail = self.pick(
            (
                "",
                "",
                f"?utm_source={self.pick(SOURCES)}&utm_medium=cpc&utm_campaign=spring_sale_2025",
                "?page=2&sort=price_asc",
                f"?variant={self.digits(14)}",
                "#pricing",
                "?color=navy&size=M",
                "?ref=footer",
                "?lang=de&currency=EUR",
            )
        )
        return f"https://{self.pick(HOSTS)}{self.pick(PATHS)}{tail}"

    def url(self) -> str | Leaf:
        """A page's address; some carry a click id, fewer a person."""
        roll = self.rng.random()
        if roll < 0.66:
            return self.plain_url()
        base = f"https://{self.pick(HOSTS)}"
        if roll < 0.80:
            key, value = self.click_id()
            return online(
                "url.click_id",
                f"{base}{self.pick(PATHS)}?utm_source={self.pick(SOURCES)}&{key}={value}",
                value,
            )
        return self.personal_url(base)

    def personal_url(self, base: str) -> Leaf:
        """An address that carries a person."""
        who, uid = self.who, self.digits(6)
        encoded = who.email.replace("@", "%40").replace("+", "%2B")
        token = self.chars(40)
        return self.pick(
            (
                direct("url.email", f"{base}/unsubscribe?email={encoded}&list=weekly", encoded),
                direct("url.email", f"{base}/signup?step=2&e={who.email}", who.email),
                direct("url.user_id", f"{base}/users/{uid}/profile", uid),
                direct("url.user_id", f"{base}/dashboard?user_id={uid}&tab=usage", uid),
                direct("url.handle", f"{base}/u/{who.handle}", who.handle),
                direct(
                    "url.name",
                    f"{base}/invite?first_name={ascii_of(who.first)}&last_name={ascii_of(who.last)}",
                    ascii_of(who.last),
                ),
                direct("url.email", f"{base}/booking/confirm?contact={encoded}", encoded),
                secret("url.token", f"{base}/reset-password?token={token}", token),
                secret("url.token", f"{base}/magic-link/{token}?redirect=%2Fhome", token),
            )
        )

    def page(self) -> dict[str, Any]:
        """The page part of a browser's context."""
        return {
            "path": self.pick(PATHS),
            "referrer": self.pick(
                ("", "https://www.google.com/", "https://duckduckgo.com/", self.plain_url())
            ),
            "search": "",
            "title": self.pick(PAGES),
            "url": self.url(),
        }

    # Contexts

    def web_context(self) -> dict[str, Any]:
        """What a browser library adds."""
        name, version = self.pick(LIBRARIES)
        context: dict[str, Any] = {
            "ip": self.ip(),
            "library": {"name": name, "version": version},
            "locale": self.who.country.locale,
            "page": self.page(),
            "userAgent": self.pick(AGENTS),
            "timezone": self.who.country.zone,
        }
        if self.chance(0.4):
            context["campaign"] = {
                "name": self.pick(CAMPAIGNS),
                "source": self.pick(SOURCES),
                "medium": self.pick(("cpc", "email", "social")),
            }
        if self.chance(0.25):
            context["userAgentData"] = {
                "mobile": False,
                "platform": self.pick(("macOS", "Windows", "Linux")),
                "brands": [{"brand": "Chromium", "version": "126"}],
            }
        return context

    def mobile_context(self) -> dict[str, Any]:
        """What a phone library adds."""
        apple = self.chance(0.5)
        width, height = self.pick(SCREENS[1:])
        device: dict[str, Any] = {
            "id": self.device_id(),
            "manufacturer": "Apple" if apple else self.pick(("Samsung", "Google", "Xiaomi")),
            "model": "iPhone15,2" if apple else self.pick(("SM-S918B", "Pixel 8", "2201117TG")),
            "type": "ios" if apple else "android",
            "adTrackingEnabled": self.chance(0.5),
        }
        if self.chance(0.5):
            device["advertisingId"] = self.ad_id()
        if self.chance(0.3):
            device["token"] = self.push_token()
        device["name"] = (
            direct("device_name", f"{self.who.first}'s iPhone", self.who.first)
            if self.chance(0.12)
            else self.pick(("iPhone", "maguro", "a53x", "Galaxy S23"))
        )
        context: dict[str, Any] = {
            "app": {
                "name": self.pick(("Petal", "Brightloom", "FitTrack")),
                "version": f"{self.number(1, 9)}.{self.number(0, 30)}.{self.number(0, 9)}",
                "build": str(self.number(100, 9999)),
                "namespace": self.pick(
                    ("com.petalgrove.ios", "app.brightloom", "io.fittrack.android")
                ),
            },
            "device": device,
            "locale": self.who.country.locale,
            "network": {
                "bluetooth": False,
                "carrier": self.pick(CARRIERS),
                "cellular": self.chance(0.5),
                "wifi": self.chance(0.5),
            },
            "os": {"name": "iOS" if apple else "Android", "version": "17.5.1" if apple else "14"},
            "screen": {"density": 3, "height": height, "width": width},
            "timezone": self.who.country.zone,
        }
        if self.chance(0.4):
            context["ip"] = self.ip()
        if self.chance(0.2):
            context["location"] = {
                "city": self.city(),
                "country": self.who.country.name,
                "latitude": self.latitude(),
                "longitude": self.longitude(),
                "speed": 0,
            }
        return context

    def context(self) -> dict[str, Any]:
        """A context of one of the three kinds of source."""
        return self.pick(
            (self.web_context, self.web_context, self.mobile_context, self.server_context)
        )()

    def server_context(self) -> dict[str, Any]:
        """What a server library adds."""
        name, version = self.pick(LIBRARIES)
        return {"library": {"name": name, "version": version}}

    # Secrets: put together here, so that no line of this repository holds one

    def api_key(self) -> Leaf:
        """A key of a well-known service."""
        makers: tuple[Callable[[], str], ...] = (
            lambda: "_".join(("sk", "live", self.chars(24))),
            lambda: "AK" + "IA" + self.chars(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
            lambda: "gh" + "p_" + self.chars(36),
            lambda: "-".join(("xo" + "xb", self.digits(12), self.digits(12), self.chars(24))),
            lambda: "AI" + "za" + self.chars(35),
            lambda: "-".join(("sk", "proj", self.chars(48))),
            lambda: ".".join(("S" + "G", self.chars(22), self.chars(43))),
            lambda: "np" + "m_" + self.chars(36),
            lambda: "-".join(("glp" + "at", self.chars(20))),
        )
        return secret("api_key", self.pick(makers)())

    def jwt(self, prefix: str = "") -> Leaf:
        """A signed web token of this person."""
        claims = {"sub": self.digits(8), "email": self.who.email, "iat": self.epoch()}
        parts = [
            base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
            for part in ({"alg": "HS256", "typ": "JWT"}, claims)
        ]
        raw = ".".join((*parts, self.chars(43)))
        return secret("jwt", prefix + raw, raw)

    def password(self) -> Leaf:
        """A password as people choose it."""
        word = self.pick(
            ("Sommer", "dragon", "Xk9", "correct-horse", "qwerty", "Passw0rt", "hunter", "Fluffy")
        )
        return secret("password", f"{word}{self.pick('!#_$%')}{self.digits(3)}")

    def opaque(self) -> Leaf:
        """A token without a telling form."""
        return secret(
            "token",
            self.pick(
                (self.chars(40), self.hex(40), self.chars(64), f"{self.chars(22)}.{self.chars(27)}")
            ),
        )

    def cookie(self) -> Leaf:
        """A session's cookie as a header carries it."""
        raw = self.chars(32).lower()
        return secret(
            "session_cookie",
            f"{self.pick(('sessionid', 'connect.sid', 'JSESSIONID', 'PHPSESSID'))}={raw}; Path=/; HttpOnly",
            raw,
        )


def named(kind: str, value: str, *words: str) -> Leaf:
    """A text with a name; its parts are the name's words of four letters or more, if any."""
    split = [word for name in words for word in name.split()]
    long = tuple(dict.fromkeys(word for word in split if len(word) >= 4))
    return direct(
        kind, value, *(long or (" ".join(words) if " ".join(words) in value else split[-1],))
    )
