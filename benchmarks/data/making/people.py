"""Made-up people of many countries, with what is known of them in their country's formats."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from faker import Faker


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LOCALES: Final = _words(
    """en_US en_US en_US en_GB en_GB en_IN en_AU en_CA en_IE en_NG de_DE de_DE de_AT de_CH fr_FR
    fr_FR fr_CA es_ES es_MX it_IT pt_BR pt_BR pt_PT nl_NL pl_PL sv_SE da_DK no_NO fi_FI cs_CZ tr_TR
    ro_RO hu_HU id_ID vi_VN yo_NG ru_RU uk_UA el_GR ja_JP zh_CN ko_KR hi_IN"""
)
COUNTRIES: Final = {
    "US": "United States", "GB": "United Kingdom", "IN": "India", "AU": "Australia",
    "CA": "Canada", "IE": "Ireland", "NG": "Nigeria", "DE": "Germany", "AT": "Austria",
    "CH": "Switzerland", "FR": "France", "ES": "Spain", "MX": "Mexico", "IT": "Italy",
    "BR": "Brazil", "PT": "Portugal", "NL": "Netherlands", "PL": "Poland", "SE": "Sweden",
    "DK": "Denmark", "NO": "Norway", "FI": "Finland", "CZ": "Czechia", "TR": "Türkiye",
    "RO": "Romania", "HU": "Hungary", "ID": "Indonesia", "VN": "Vietnam", "RU": "Russia",
    "UA": "Ukraine", "GR": "Greece", "JP": "Japan", "CN": "China", "KR": "South Korea",
}  # fmt: skip
_REGIONS: Final = {
    "US": "California|TX|New York|Ohio|WA|Illinois|FL|Georgia|Oregon|Colorado",
    "GB": "Greater London|Kent|West Yorkshire|Devon|Scotland",
    "IN": "Karnataka|Maharashtra|Tamil Nadu|Kerala|Gujarat",
    "AU": "NSW|Victoria|Queensland|Tasmania",
    "CA": "Ontario|BC|Québec|Alberta|Nova Scotia",
    "DE": "Bayern|Nordrhein-Westfalen|Sachsen|Hessen",
    "FR": "Bretagne|Île-de-France|Occitanie|Normandie",
    "ES": "Cataluña|Andalucía|Galicia",
    "IT": "Lombardia|Toscana|Sicilia",
    "BR": "São Paulo|Bahia|RJ|Minas Gerais|Paraná",
    "NL": "Utrecht|Gelderland|Noord-Brabant",
    "PL": "mazowieckie|małopolskie|śląskie",
    "SE": "Skåne|Västra Götaland|Uppsala län",
    "JP": "Tokyo|Osaka|Hokkaido",
}
_FIRST: Final = _words(
    "Ada Grace Noor Tomas Ines Bram Yara Kofi Mei Lucia Hana Omar Zoë Liam Ngozi Ravi Aisha Theo Wren"
    " Chidi Saoirse Niamh Dmitri Anneke Thandiwe Jamal Keisha Consuelo Xiu Leilani"
)
_LAST: Final = (
    "Okafor|Lindqvist|Kowalczyk|Nakamura|O'Brien|van der Berg|Haddad|Ferreira|Novák|Castellanos"
    "|Whitfield|Mbeki|Johansson|Petrov|St. Clair|Al-Masri|Nguyen|Abernathy|Fitzgerald|Osei|Rossi"
    "|McAllister|Szymanski|Delacroix|Takahashi|Bianchi|Dubois|Cohen|Mwangi|Park"
)
"""First and family names of our own, so that not all come from one lexicon."""

_FREE_MAIL: Final = _words(
    "gmail.com gmail.com yahoo.com hotmail.com outlook.com icloud.com proton.me web.de gmx.net"
    " orange.fr libero.it uol.com.br mail.ru qq.com naver.com wp.pl seznam.cz ziggo.nl bk.ru"
    " googlemail.com me.com live.co.uk"
)
_WORK: Final = _words(
    "acme-widgets.com northwind.io brightline.co.uk kanzlei-huber.de atelier-lumen.fr nordvik.no"
    " sunrise-clinic.org harborlabs.dev studio.tanaka.jp mail.city-hall.gov.au cs.unibe.edu"
    " solstice.ai vela.app farmaciarossi.it oakridge.k12.us corp.meridian.internal"
)


@dataclass(slots=False)
class Person:
    """One made-up person."""

    rng: random.Random = field(repr=False)
    fake: Faker = field(repr=False)
    locale: str

    @property
    def country_code(self) -> str:
        """ISO code."""
        return self.locale.partition("_")[2]

    @property
    def country(self) -> str:
        """English name."""
        return COUNTRIES[self.country_code]

    @cached_property
    def is_latin(self) -> bool:
        """Whether names are in Latin letters."""
        return all(ord(c) < 0x250 or not c.isalpha() for c in self.fake.first_name())

    @cached_property
    def first(self) -> str:
        """Given name."""
        if self._by_hand:
            return self.rng.choice(_FIRST)
        return str(self.fake.first_name()).split()[0]

    @cached_property
    def last(self) -> str:
        """Family name."""
        if self._by_hand:
            return self.rng.choice(_LAST.split("|"))
        return str(self.fake.last_name())

    @cached_property
    def _by_hand(self) -> bool:
        return self.locale.startswith("en") and self.rng.random() < 0.5

    @cached_property
    def name(self) -> str:
        """Given and family name, in the country's order."""
        if self.locale in {"ja_JP", "hu_HU", "zh_CN", "ko_KR", "vi_VN"} and self.rng.random() < 0.7:
            return f"{self.last} {self.first}"
        if self.rng.random() < 0.08:
            return f"{self.first} {self.rng.choice('ABCDEFGHJKLMPRSTW')}. {self.last}"
        return f"{self.first} {self.last}"

    @cached_property
    def written_name(self) -> str:
        """The name as people and databases write it: mostly normal, at times in another case."""
        draw = self.rng.random()
        if draw < 0.1:
            return self.name.lower()
        if draw < 0.18:
            return self.name.upper()
        if draw < 0.25:
            return f"{self.last}, {self.first}"
        if draw < 0.30:
            return f"{self.rng.choice(['Dr.', 'Mrs.', 'Mr', 'Ms.', 'Prof.'])} {self.name}"
        return self.name

    @cached_property
    def _ascii(self) -> tuple[str, str]:
        def plain(text: str) -> str:
            folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
            return "".join(c for c in folded.lower() if c.isalpha())

        first, last = plain(self.first), plain(self.last)
        if first and last:
            return first, last
        return self.rng.choice(["mika", "jun", "lena", "ivan"]), self.rng.choice(["tan", "kimura"])

    @cached_property
    def email(self) -> str:
        """An address at a free mailer or at work."""
        first, last = self._ascii
        year = self.rng.randint(60, 99)
        local = self.rng.choice(
            [f"{first}.{last}", f"{first}{last}", f"{first[0]}{last}", f"{first}_{last}{year}",
             f"{last}.{first}", f"{first}{year}", f"{first}.{last}+shop", f"{first[0]}.{last}"]
        )  # fmt: skip
        domain = self.rng.choice(_FREE_MAIL if self.rng.random() < 0.55 else _WORK)
        whole = f"{local}@{domain}"
        return whole.title() if self.rng.random() < 0.04 else whole

    @cached_property
    def handle(self) -> str:
        """A user name."""
        first, last = self._ascii
        number = self.rng.randint(1, 999)
        return self.rng.choice(
            [f"{first}{last[0]}{number}", f"{first}_{last}", f"{first[0]}{last}", f"{last}{number}",
             f"@{first}{last}", f"{first}.{last[:3]}", f"x{first}x{number}", f"{first}-{last}",
             f"night{self.rng.choice(['owl', 'fox', 'rider'])}_{number}", f"the_real_{first}"]
        )  # fmt: skip

    @cached_property
    def phone(self) -> str:
        """A number in one of the country's spellings."""
        return str(self.fake.phone_number()).partition("x")[0]

    @cached_property
    def street(self) -> str:
        """Street with house number."""
        return str(self.fake.street_address()).replace("\n", ", ")

    @cached_property
    def city(self) -> str:
        """City."""
        return str(self.fake.city())

    @cached_property
    def postcode(self) -> str:
        """Postal code."""
        return str(self.fake.postcode())

    @cached_property
    def region(self) -> str:
        """State, province or the like; empty where we have none."""
        return self.rng.choice(_REGIONS.get(self.country_code, "").split("|"))

    @cached_property
    def address(self) -> str:
        """Street, postal code and city on one line."""
        if self.country_code in {"US", "CA", "AU", "GB", "IE", "IN"}:
            return ", ".join(x for x in (self.street, self.city, self.region, self.postcode) if x)
        return f"{self.street}, {self.postcode} {self.city}"

    @cached_property
    def born(self) -> dt.date:
        """Birth date."""
        return dt.date(1940, 1, 1) + dt.timedelta(days=self.rng.randrange(25_000))

    @cached_property
    def birth_date(self) -> str:
        """Birth date in one of many spellings."""
        b = self.born
        return self.rng.choice(
            [b.isoformat(), b.isoformat(), b.strftime("%m/%d/%Y"), b.strftime("%d/%m/%Y"),
             b.strftime("%d.%m.%Y"), b.strftime("%Y%m%d"), b.strftime("%d %b %Y"),
             b.strftime("%B %d, %Y"), b.strftime("%d-%m-%y"), b.isoformat() + "T00:00:00Z",
             f"{b.day}/{b.month}/{b.year}", b.strftime("%Y/%m/%d"), b.strftime("%d%b%Y").upper()]
        )  # fmt: skip

    @cached_property
    def user_id(self) -> str:
        """An account's id, in one of the usual forms."""
        n = self.rng.randrange(10**4, 10**8)
        hexed = f"{self.rng.getrandbits(96):024x}"
        return self.rng.choice(
            [f"{n}", f"usr_{n:x}", f"u-{n}", hexed, f"auth0|{hexed}", f"user_{n}", self.uuid,
             f"cus_{hexed[:14]}", f"{self.fake.lexify('????????').upper()}{n % 100}"]
        )  # fmt: skip

    @property
    def uuid(self) -> str:
        """A fresh random UUID."""
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))


class People:
    """Draws people."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._fakes: dict[str, Faker] = {}

    def draw(self, locale: str | None = None) -> Person:
        """A new person, of one country or of any."""
        locale = locale or self._rng.choice(LOCALES)
        if locale not in self._fakes:
            fake = Faker(locale)
            fake.seed_instance(self._rng.getrandbits(32))
            self._fakes[locale] = fake
        return Person(self._rng, self._fakes[locale], locale)
