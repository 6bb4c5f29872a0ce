"""Where the demo's invented people live: cities, dialling codes, and common names of the place.

Weights follow the shape of a developer platform's public usage figures (about a third in the
United States, a long tail elsewhere); first and last names are common ones, combined at random.
No name part is also a city, a company word or a word of the support messages, so that a search
for it finds nothing else (a test checks this).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class City:
    """A city, the region it lies in, and its position in degrees."""

    name: str
    region: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its share of the users, and what its people's details look like.

    Attributes:
        code: ISO 3166-1 alpha-2.
        weight: Share of the users, in any unit.
        phone: How a phone number is written; ``#`` stands for a digit, ``%`` for 1 to 9.
        network: First octet of its addresses.
        hours: Offset from UTC, whole hours.
        locale: As a browser sends it.
    """

    code: str
    weight: int
    phone: str
    network: int
    hours: int
    locale: str
    cities: tuple[City, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]


def _country(  # noqa: PLR0913, PLR0917  one row of the table below
    code: str,
    weight: int,
    phone: str,
    network: int,
    hours: int,
    locale: str,
    cities: str,
    first: str,
    last: str,
) -> Country:
    rows = (row.split("/") for row in cities.split(";"))
    places = tuple(
        City(name.strip(), region, float(lat), float(lon)) for name, region, lat, lon in rows
    )
    return Country(
        code,
        weight,
        phone,
        network,
        hours,
        locale,
        places,
        tuple(first.split()),
        tuple(last.split()),
    )


COUNTRIES: Final = (
    _country(
        "US", 32, "+1 (20%) 555-01##", 73, -6, "en-US",
        "Seattle/Washington/47.6062/-122.3321;Austin/Texas/30.2672/-97.7431;"
        "Chicago/Illinois/41.8781/-87.6298;Boston/Massachusetts/42.3601/-71.0589;"
        "Denver/Colorado/39.7392/-104.9903;Minneapolis/Minnesota/44.9778/-93.2650;"
        "Pittsburgh/Pennsylvania/40.4406/-79.9959;Boise/Idaho/43.6150/-116.2023",
        "Emily Michael Jessica Matthew Ashley Joshua Megan Brandon Lauren Kevin Rachel Tyler "
        "Olivia Ethan Hannah Nathan Brittany Derek Kimberly Gregory "
        "Samantha Zachary Danielle Marcus Alyssa Trevor Monica Caleb Vanessa Gavin Heather Isaiah "
        "Melissa Dominic Natalie Spencer Allison Malik Stephanie Jared",
        "Johnson Williams Anderson Thompson Martinez Robinson Walker Mitchell Campbell Peterson "
        "Ramirez Hughes Sullivan Henderson Kowalczyk Delgado-Reed Castellanos O'Brien "
        "Davidson Ferguson Gallagher Harrington Jefferson Kaplan Lombardi McCarthy Nicholson "
        "Ortega Pritchard Rosenberg Stevenson Vaughn Whitaker Zielinski Abernathy Blackwell",
    ),
    _country(
        "IN", 13, "+91 98### #####", 103, 5, "en-IN",
        "Bengaluru/Karnataka/12.9716/77.5946;Pune/Maharashtra/18.5204/73.8567;"
        "Hyderabad/Telangana/17.3850/78.4867;Chennai/Tamil Nadu/13.0827/80.2707",
        "Priya Rahul Ananya Arjun Kavya Rohan Deepika Vikram Sneha Aditya Pooja Karthik Meera Sanjay "
        "Ishaan Divya Nikhil Shreya Varun Lakshmi Abhishek Tanvi",
        "Sharma Iyer Reddy Patel Nair Gupta Krishnan Deshmukh Banerjee Chatterjee Kulkarni Menon "
        "Subramanian Bhattacharya Joshi Agarwal Pillai Chowdhury Mukherjee Venkatesan",
    ),
    _country(
        "DE", 9, "+49 151 ########", 91, 1, "de-DE",
        "Berlin/Berlin/52.5200/13.4050;Hamburg/Hamburg/53.5511/9.9937;"
        "München/Bayern/48.1351/11.5820;Leipzig/Sachsen/51.3397/12.3731",
        "Lukas Katharina Jonas Annika Felix Franziska Maximilian Greta Sebastian Jürgen Birgit Matthias "
        "Friederike Torsten Sabine Björn Ulrike Hendrik Anneliese Konstantin",
        "Müller Schneider Fischer Weber Hoffmann Schäfer Krüger Zimmermann Köhler Lehmann Voigt Großmann "
        "Bergmann Vogel Seidel Winkler Baumgartner Jäger Hartmann",
    ),
    _country(
        "GB", 8, "+44 7400 ######", 81, 0, "en-GB",
        "Manchester/England/53.4808/-2.2426;Bristol/England/51.4545/-2.5879;"
        "Edinburgh/Scotland/55.9533/-3.1883;Cardiff/Wales/51.4816/-3.1791",
        "Oliver Imogen Harry Charlotte Callum Freya Alistair Gemma Rhys Eleanor Duncan Bronwen "
        "Nigel Philippa Gareth Beatrice Ewan Rosalind",
        "Smith Davies Wright Patterson MacDonald Fitzgerald Ashworth Pemberton Llewellyn Thornton "
        "Hargreaves Sinclair Whitfield Drummond Cartwright Fairbairn",
    ),
    _country(
        "BR", 6, "+55 11 9####-####", 177, -3, "pt-BR",
        "Curitiba/Paraná/-25.4284/-49.2733;Recife/Pernambuco/-8.0476/-34.8770;"
        "Fortaleza/Ceará/-3.7319/-38.5267",
        "Thiago Larissa Gustavo Camila Rafael Beatriz João Fernanda Leandro Juliana",
        "Oliveira Souza Pereira Almeida Carvalho Gonçalves Ribeiro Monteiro Cavalcanti",
    ),
    _country(
        "FR", 5, "+33 6 1# ## ## ##", 90, 1, "fr-FR",
        "Lyon/Auvergne-Rhône-Alpes/45.7640/4.8357;Rennes/Bretagne/48.1173/-1.6778;"
        "Toulouse/Occitanie/43.6047/1.4442",
        "Camille Théo Élodie Antoine Manon Baptiste Chloé Guillaume Océane Rémi",
        "Lefèvre Moreau Girard Bonnet Rousseau Chevalier Delacroix Fontaine Mercier",
    ),
    _country(
        "JP", 5, "+81 90-1###-####", 126, 9, "ja-JP",
        "Osaka/Kansai/34.6937/135.5023;Fukuoka/Kyushu/33.5904/130.4017;"
        "Sapporo/Hokkaido/43.0618/141.3545",
        "Haruto Yui Takumi Sakura Kenji Aiko Daisuke Naomi Hiroshi Emi",
        "Tanaka Suzuki Watanabe Yamamoto Nakamura Kobayashi Yoshida Matsumoto Shimizu",
    ),
    _country(
        "CA", 4, "+1 (60%) 555-01##", 99, -5, "en-CA",
        "Toronto/Ontario/43.6532/-79.3832;Calgary/Alberta/51.0447/-114.0719;"
        "Halifax/Nova Scotia/44.6488/-63.5752",
        "Liam Chantal Noah Geneviève Owen Maude Étienne Paige",
        "Tremblay MacKenzie Gagnon Bouchard Fraser Singh-Gill Leclerc",
    ),
    _country(
        "NG", 3, "+234 803 ### ####", 105, 1, "en-NG",
        "Lagos/Lagos State/6.5244/3.3792;Ibadan/Oyo State/7.3775/3.9470",
        "Chinedu Adaeze Oluwaseun Ngozi Emeka Folake Babatunde Chiamaka",
        "Okafor Adeyemi Eze Okonkwo Balogun Nwosu Afolabi",
    ),
    _country(
        "MX", 3, "+52 55 #### ####", 187, -6, "es-MX",
        "Guadalajara/Jalisco/20.6597/-103.3496;Monterrey/Nuevo León/25.6866/-100.3161",
        "Alejandra Ximena Guillermo Lucía Rodrigo Valeria Héctor Paola",
        "Hernández García López Velázquez Ramos Castañeda Zúñiga",
    ),
    _country(
        "PL", 2, "+48 5## ### ###", 83, 1, "pl-PL",
        "Kraków/Małopolska/50.0647/19.9450;Gdańsk/Pomorze/54.3520/18.6466",
        "Agnieszka Tomasz Małgorzata Krzysztof Zofia Paweł Katarzyna",
        "Nowak Wiśniewska Wójcik Kamiński Lewandowski Szymańska",
    ),
    _country(
        "NL", 2, "+31 6 1#######", 77, 1, "nl-NL",
        "Utrecht/Utrecht/52.0907/5.1214;Eindhoven/Noord-Brabant/51.4416/5.4697",
        "Sanne Daan Femke Bram Lotte Joost Maaike",
        "Visser Bakker Dijkstra Vermeulen Hendriks Mulder",
    ),
    _country(
        "NO", 2, "+47 9## ## ###", 84, 1, "nb-NO",
        "Bergen/Vestland/60.3913/5.3221;Trondheim/Trøndelag/63.4305/10.3951",
        "Ingrid Sindre Astrid Håkon Solveig Øyvind",
        "Hansen Bjørnstad Haugen Solberg Lie-Dahl",
    ),
    _country(
        "KR", 2, "+82 10-####-####", 121, 9, "ko-KR",
        "Busan/Yeongnam/35.1796/129.0756;Daejeon/Hoseo/36.3504/127.3845",
        "Minjun Jiwoo Seoyeon Hyunwoo Soojin Taeyang",
        "Kim Choi Jeong Hwang Baek",
    ),
    _country(
        "VN", 2, "+84 91 ### ## ##", 113, 7, "vi-VN",
        "Đà Nẵng/Central Coast/16.0544/108.2022;Hải Phòng/Red River Delta/20.8449/106.6881",
        "Linh Thảo Quân Ngọc Tuấn Hương",
        "Nguyễn Trần Phạm Huỳnh Đặng",
    ),
    _country(
        "ID", 1, "+62 812-####-####", 114, 7, "id-ID",
        "Bandung/West Java/-6.9175/107.6191;Surabaya/East Java/-7.2575/112.7521",
        "Dewi Budi Siti Rizky Ayu Bambang",
        "Wijaya Santoso Kusuma Hidayat Pratama",
    ),
    _country(
        "TR", 1, "+90 532 ### ## ##", 78, 3, "tr-TR",
        "İzmir/Aegean/38.4237/27.1428;Bursa/Marmara/40.1885/29.0610",
        "Elif Emre Zeynep Mehmet Ayşe Murat",
        "Yılmaz Demir Şahin Öztürk Aydın",  # noqa: RUF001  Turkish
    ),
)  # fmt: skip
"""The table. Phone numbers are random digits in the country's form; in North America from the
range that is reserved for fiction (other such ranges are not valid numbers to a phone library)."""
