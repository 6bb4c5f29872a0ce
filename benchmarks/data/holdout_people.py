# ruff: noqa: RUF001 - names are written in the letters of their country
"""Made-up people of many countries for the holdout events: names, addresses, numbers, ids.

Everything here is invented; formats (phone numbering, postal layouts, check digits of national
ids, card numbers and IBANs) are the real ones, so that a value looks as it does in production.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Country:
    """What a country gives its people: pools and formats. `9` in a format is a random digit."""

    code: str
    name: str
    locale: str
    zone: str
    firsts: str
    lasts: str
    streets: str
    places: str
    """City|region|postcode format, semicolon between places."""
    phones: str
    line: str = "{street} {number}"
    layout: str = "{line}, {postcode} {city}"
    native: dict[str, str] = field(default_factory=dict)
    """Latin name to the name in the country's own script."""


COUNTRIES = (
    Country(
        "US",
        "United States",
        "en-US",
        "America/Chicago",
        "Marcus,Delphine,Tyrell,Brooke,Ashlyn,Dwight,Monique,Carter,Shanice,Everett",
        "Whitfield,Okafor-Reed,Delgado,Prentiss,Huxtable,McAllister,Brannigan,Ostrowski,Tran,Bellweather",
        "Maplewood Dr,W Juniper Ave,Old Mill Rd,N 14th St,Cedar Hollow Ln,Briar Ridge Ct",
        "Tulsa|Oklahoma|741##;Boise|Idaho|837##;Chattanooga|Tennessee|374##;Fort Collins|Colorado|805##;Spokane|Washington|992##",
        "+1 (918) 4##-####,208-3##-####,(423) 2##-####,+1970########,509.4##.####",
        "{number} {street}",
        "{line}, {city}, {region} {postcode}",
    ),
    Country(
        "GB",
        "United Kingdom",
        "en-GB",
        "Europe/London",
        "Imogen,Callum,Priyanka,Alistair,Gwendolyn,Rhys,Harriet,Nigel,Zainab,Tobias",
        "Ashworth,Cholmondeley,Pembroke,Thistlewaite,Llewellyn,Farquhar,Okonjo,Hargreaves,Blythe,Mistry",
        "Rosemount Terrace,Kingfisher Close,Station Rd,Church Lane,Albion Mews",
        "Leeds|West Yorkshire|LS# #NQ;Norwich|Norfolk|NR## #TE;Cardiff|South Glamorgan|CF## #XA;Aberdeen|Aberdeenshire|AB## #PD",
        "+44 7### ######,07### ######,0113 4## ####,+44 1603 ######",
        "{number} {street}",
        "{line}, {city} {postcode}",
    ),
    Country(
        "DE",
        "Germany",
        "de-DE",
        "Europe/Berlin",
        "Annegret,Jürgen,Katharina,Torben,Wiebke,Matthias,Heike,Lennart,Sigrid,Björn",
        "Brinkmann,Oberhäuser,Schröter,Wiesengrund,Kühnel,Dreyer,Yıldırım,Niemeyer,Vogelsang,Großmann",
        "Lindenallee,Ahornweg,Bahnhofstraße,Am Mühlbach,Gerberstr.",
        "Kassel|Hessen|341##;Osnabrück|Niedersachsen|490##;Jena|Thüringen|077##;Ulm|Baden-Württemberg|890##",
        "+49 151 ########,0561 ######,+49 (0)541 #####,0176/#######",
    ),
    Country(
        "FR",
        "France",
        "fr-FR",
        "Europe/Paris",
        "Maëlys,Thibault,Solène,Aurélien,Capucine,Gaspard,Noémie,Yannick,Fatoumata,Éloïse",
        "Lefèvre-Masson,Beaumarchais,Dubreuil,Quénot,Traoré,Vasseur,Delacourt,Pelletier,N'Guessan,Roussel",
        "rue des Tilleuls,avenue Jean-Moulin,chemin du Lavoir,impasse des Acacias,boulevard Carnot",
        "Angers|Pays de la Loire|490##;Dijon|Bourgogne-Franche-Comté|210##;Nîmes|Occitanie|300##;Quimper|Bretagne|290##",
        "+33 6 ## ## ## ##,06 ## ## ## ##,+3367#######,02.41.##.##.##",
        "{number} {street}",
    ),
    Country(
        "ES",
        "Spain",
        "es-ES",
        "Europe/Madrid",
        "Itziar,Álvaro,Rocío,Gonzalo,Macarena,Iker,Montserrat,Joaquín,Nuria,Xavier",
        "Etxeberria,Villanueva,Peñalver,Quintanilla,Ferrándiz,Urrutia,Bofill,Castañeda,Ledesma,Roldán",
        "Calle Olivo,Avda. de la Constitución,Paseo del Río,C/ San Bernardo,Plaza Mayor",
        "Logroño|La Rioja|260##;Albacete|Castilla-La Mancha|020##;Girona|Cataluña|170##;Cádiz|Andalucía|110##",
        "+34 6## ### ###,6########,941 ## ## ##,+34 722 ######",
        "{street} {number}",
    ),
    Country(
        "BR",
        "Brazil",
        "pt-BR",
        "America/Sao_Paulo",
        "Thaís,Leandro,Iracema,Wellington,Jussara,Caio,Luciana,Anderson,Rosângela,Otávio",
        "Vasconcelos,Figueiredo,do Nascimento,Albuquerque,Sant'Anna,Bittencourt,Guimarães,Quaresma,Teixeira,Brandão",
        "Rua das Palmeiras,Av. Getúlio Vargas,Travessa Boa Vista,Rua Sete de Setembro",
        "Londrina|Paraná|860##-###;Aracaju|Sergipe|490##-###;Uberlândia|Minas Gerais|384##-###;Joinville|Santa Catarina|892##-###",
        "+55 43 9####-####,(79) 9####-####,+55 (34) 9####-####,47 9########",
        "{street}, {number}",
        "{line}, {city} - {region}, {postcode}",
    ),
    Country(
        "IT",
        "Italy",
        "it-IT",
        "Europe/Rome",
        "Ludovica,Ettore,Ginevra,Massimiliano,Fiammetta,Raffaele,Ilaria,Corrado,Benedetta,Nazario",
        "Bevilacqua,Squarcialupi,Montanari,De Santis,Carbonaro,Zanetti,Pellegrini,Lo Presti,Fumagalli,Trevisan",
        "Via Garibaldi,Corso Umberto I,Viale dei Pini,Piazza Dante,Via San Rocco",
        "Ferrara|Emilia-Romagna|441##;Lecce|Puglia|731##;Udine|Friuli-Venezia Giulia|331##;Siena|Toscana|531##",
        "+39 34# ### ####,33########,0532 ######,+39 0832 ######",
        "{street}, {number}",
    ),
    Country(
        "PL",
        "Poland",
        "pl-PL",
        "Europe/Warsaw",
        "Agnieszka,Zbigniew,Małgorzata,Krzysztof,Bożena,Wojciech,Jadwiga,Łukasz,Grażyna,Przemysław",
        "Wierzbicka,Szczepański,Kowalczuk,Brzęczek,Gąsiorowska,Nowicki,Ostaszewski,Żurawska,Dudek,Cieślak",
        "ul. Lipowa,ul. Mickiewicza,al. Niepodległości,os. Słoneczne,ul. Polna",
        "Lublin|lubelskie|20-###;Opole|opolskie|45-###;Białystok|podlaskie|15-###;Toruń|kujawsko-pomorskie|87-###",
        "+48 5## ### ###,6## ### ###,81 ### ## ##,+4850#######",
    ),
    Country(
        "NL",
        "Netherlands",
        "nl-NL",
        "Europe/Amsterdam",
        "Annelies,Joost,Femke,Wouter,Liesbeth,Sjoerd,Marloes,Thijs,Roos,Ruben",
        "van den Heuvel,Hoekstra,de Graaf,Verschuren,Bouwmeester,ter Horst,El Idrissi,Kuipers,Zijlstra,van Dalen",
        "Kerkstraat,Prinsengracht,Molenweg,Dorpsplein,Beukenlaan",
        "Zwolle|Overijssel|80## KL;Breda|Noord-Brabant|48## RT;Groningen|Groningen|97## GD",
        "+31 6 ########,06-########,038 ### ####",
    ),
    Country(
        "SE",
        "Sweden",
        "sv-SE",
        "Europe/Stockholm",
        "Ingegerd,Torbjörn,Saga,Mikael,Åsa,Hjalmar,Linnéa,Göran,Ebba,Sixten",
        "Lindqvist,Söderblom,Hägg,Nordström,Åkesson,Bergfalk,Wennerlund,Öberg,Sandell,Mohammadi",
        "Storgatan,Björkvägen,Kungsgatan,Skolgatan,Ängsstigen",
        "Västerås|Västmanland|72# ##;Umeå|Västerbotten|90# ##;Växjö|Kronoberg|35# ##",
        "+46 70 ### ## ##,070-### ## ##,021-## ## ##",
    ),
    Country(
        "TR",
        "Turkey",
        "tr-TR",
        "Europe/Istanbul",
        "Ayşegül,Mehmet,Zeynep,Oğuzhan,Şule,Kerem,Gülnur,Tolga,Nesrin,Umut",
        "Karadağ,Öztürkmen,Çelikkol,Aydınlar,Şahinoğlu,Demirtaş,Güvenç,Akbulut,Kılıçarslan,Toprak",
        "Atatürk Caddesi,Menekşe Sokak,İnönü Bulvarı,Çamlık Sk.",
        "Eskişehir|Eskişehir|260##;Denizli|Denizli|201##;Trabzon|Trabzon|610##",
        "+90 532 ### ## ##,0(541) ### ## ##,05## ### ## ##",
        "{street} No:{number}",
    ),
    Country(
        "IN",
        "India",
        "en-IN",
        "Asia/Kolkata",
        "Lakshmi,Rajesh,Ananya,Harpreet,Meenakshi,Sourav,Divya,Karthik,Fatima,Venkatesh",
        "Subramaniam,Chattopadhyay,Iyer,Bhattacharya,Deshpande,Gill,Naidu,Kulkarni,Quraishi,Pillai",
        "MG Road,Gandhi Nagar 2nd Cross,Station Road,Lake View Road,Sector 21",
        "Coimbatore|Tamil Nadu|6410##;Nagpur|Maharashtra|4400##;Kochi|Kerala|6820##;Lucknow|Uttar Pradesh|2260##",
        "+91 98### #####,09### ######,+9197########,8#########",
        "{number}, {street}",
        "{line}, {city}, {region} {postcode}",
    ),
    Country(
        "JP",
        "Japan",
        "ja-JP",
        "Asia/Tokyo",
        "Haruka,Kenji,Ayumi,Takeshi,Mizuki,Shinji,Natsumi,Daisuke",
        "Watanabe,Kobayashi,Matsumoto,Fujiwara,Ishikawa,Hasegawa,Shimizu,Morita",
        "Chuo,Sakuragaoka,Midorimachi,Honcho",
        "Sapporo|Hokkaido|060-00##;Sendai|Miyagi|980-08##;Kanazawa|Ishikawa|920-09##",
        "090-####-####,+81 80-####-####,011-2##-####",
        "{number} {street}",
        "{line}, {city}, {region} {postcode}",
        {
            "Haruka": "遥",
            "Kenji": "健二",
            "Ayumi": "歩美",
            "Takeshi": "武",
            "Mizuki": "瑞希",
            "Shinji": "真司",
            "Natsumi": "夏美",
            "Daisuke": "大輔",
            "Watanabe": "渡辺",
            "Kobayashi": "小林",
            "Matsumoto": "松本",
            "Fujiwara": "藤原",
            "Ishikawa": "石川",
            "Hasegawa": "長谷川",
            "Shimizu": "清水",
            "Morita": "森田",
        },
    ),
    Country(
        "CN",
        "China",
        "zh-CN",
        "Asia/Shanghai",
        "Xiaoming,Yuting,Jianguo,Meiling,Haoran,Siqi,Weiwei,Zihan",
        "Ouyang,Zhang,Huang,Zheng,Xiang,Liang,Song,Qian",
        "Zhongshan Lu,Renmin Xi Lu,Jiefang Dadao,Heping Jie",
        "Chengdu|Sichuan|6100##;Hangzhou|Zhejiang|3100##;Xi'an|Shaanxi|7100##",
        "+86 138 #### ####,139########,+86 159########",
        "{number} {street}",
        "{line}, {city}, {region} {postcode}",
        {
            "Xiaoming": "晓明",
            "Yuting": "雨婷",
            "Jianguo": "建国",
            "Meiling": "美玲",
            "Haoran": "浩然",
            "Siqi": "思琪",
            "Weiwei": "薇薇",
            "Zihan": "子涵",
            "Ouyang": "欧阳",
            "Zhang": "张",
            "Huang": "黄",
            "Zheng": "郑",
            "Xiang": "向",
            "Liang": "梁",
            "Song": "宋",
            "Qian": "钱",
        },
    ),
    Country(
        "KR",
        "South Korea",
        "ko-KR",
        "Asia/Seoul",
        "Seo-yeon,Min-jun,Ji-woo,Hye-jin,Dong-hyun,Yu-na,Sang-hoon,Eun-ji",
        "Hwang,Kwon,Jeong,Yoon,Baek,Shin,Namgung,Cheon",
        "Teheran-ro,Gangnam-daero,Daehak-ro,Haeundae-ro",
        "Daejeon|Daejeon|341##;Busan|Busan|480##;Jeju|Jeju|631##",
        "010-####-####,+82 10-####-####,+8210########",
        "{number} {street}",
        "{line}, {city} {postcode}",
        {
            "Seo-yeon": "서연",
            "Min-jun": "민준",
            "Ji-woo": "지우",
            "Hye-jin": "혜진",
            "Dong-hyun": "동현",
            "Yu-na": "유나",
            "Sang-hoon": "상훈",
            "Eun-ji": "은지",
            "Hwang": "황",
            "Kwon": "권",
            "Jeong": "정",
            "Yoon": "윤",
            "Baek": "백",
            "Shin": "신",
            "Namgung": "남궁",
            "Cheon": "천",
        },
    ),
    Country(
        "VN",
        "Vietnam",
        "vi-VN",
        "Asia/Ho_Chi_Minh",
        "Thảo,Quang,Hương,Tuấn,Phương,Khánh,Ngọc,Trung",
        "Nguyễn,Trần Thị,Phạm Văn,Huỳnh,Đặng,Võ Thị,Bùi,Đoàn",
        "Lê Lợi,Nguyễn Trãi,Trần Hưng Đạo,Hai Bà Trưng",
        "Đà Nẵng|Đà Nẵng|5500##;Cần Thơ|Cần Thơ|9000##;Hải Phòng|Hải Phòng|1800##",
        "+84 9## ### ###,09########,+8491#######",
        "{number} {street}",
    ),
    Country(
        "NG",
        "Nigeria",
        "en-NG",
        "Africa/Lagos",
        "Chidinma,Babatunde,Ngozi,Emeka,Folasade,Ibrahim,Adaeze,Olumide,Halima,Tunde",
        "Adeyemi,Nwachukwu,Olatunji,Ezeudo,Abubakar,Ogunleye,Okonkwo,Danjuma,Balogun,Uzoma",
        "Awolowo Road,Ahmadu Bello Way,Allen Avenue,Ogui Road",
        "Enugu|Enugu State|4001##;Ibadan|Oyo|2001##;Kaduna|Kaduna|8001##",
        "+234 803 ### ####,0806 ### ####,+23481########",
        "{number} {street}",
        "{line}, {city}, {region}",
    ),
    Country(
        "SA",
        "Saudi Arabia",
        "ar-SA",
        "Asia/Riyadh",
        "Abdulrahman,Nourah,Fahad,Reem,Khalid,Maha,Sultan,Hessa",
        "Al-Qahtani,Al-Harbi,Al-Shehri,Al-Dosari,Al-Zahrani,Al-Ghamdi,Al-Mutairi,Al-Otaibi",
        "King Fahd Road,Olaya Street,Prince Sultan Street,Al Madinah Road",
        "Jeddah|Makkah|234##;Dammam|Eastern Province|322##;Abha|Asir|623##",
        "+966 50 ### ####,055#######,+96656#######",
        "{number} {street}",
        "{line}, {city} {postcode}",
        {
            "Abdulrahman": "عبدالرحمن",
            "Nourah": "نورة",
            "Fahad": "فهد",
            "Reem": "ريم",
            "Khalid": "خالد",
            "Maha": "مها",
            "Sultan": "سلطان",
            "Hessa": "حصة",
            "Al-Qahtani": "القحطاني",
            "Al-Harbi": "الحربي",
            "Al-Shehri": "الشهري",
            "Al-Dosari": "الدوسري",
            "Al-Zahrani": "الزهراني",
            "Al-Ghamdi": "الغامدي",
            "Al-Mutairi": "المطيري",
            "Al-Otaibi": "العتيبي",
        },
    ),
    Country(
        "UA",
        "Ukraine",
        "uk-UA",
        "Europe/Kyiv",
        "Oksana,Bohdan,Solomiia,Mykola,Iryna,Taras,Nataliia,Yurii",
        "Shevchuk,Kovalenko,Melnychenko,Hrytsenko,Lysenko,Tymoshchuk,Bondarenko,Zakharchuk",
        "vul. Sadova,vul. Franka,prospekt Svobody,vul. Shkilna",
        "Vinnytsia|Vinnytska oblast|210##;Chernivtsi|Chernivetska oblast|580##;Poltava|Poltavska oblast|360##",
        "+380 67 ### ## ##,050 ### ## ##,+38093#######",
        "{street}, {number}",
        "{line}, {city}, {postcode}",
        {
            "Oksana": "Оксана",
            "Bohdan": "Богдан",
            "Solomiia": "Соломія",
            "Mykola": "Микола",
            "Iryna": "Ірина",
            "Taras": "Тарас",
            "Nataliia": "Наталія",
            "Yurii": "Юрій",
            "Shevchuk": "Шевчук",
            "Kovalenko": "Коваленко",
            "Melnychenko": "Мельниченко",
            "Hrytsenko": "Гриценко",
            "Lysenko": "Лисенко",
            "Tymoshchuk": "Тимощук",
            "Bondarenko": "Бондаренко",
            "Zakharchuk": "Захарчук",
        },
    ),
    Country(
        "MX",
        "Mexico",
        "es-MX",
        "America/Mexico_City",
        "Guadalupe,Ximena,Ignacio,Citlali,Rodrigo,Yolanda,Emiliano,Araceli",
        "Cuauhtémoc Ríos,Zaragoza,Villalobos,Maldonado,Olivares,Tlaxcalteco,Barrera,Sepúlveda",
        "Calle Hidalgo,Av. Insurgentes Sur,Calz. de Tlalpan,Privada Jacarandas",
        "Mérida|Yucatán|970##;Saltillo|Coahuila|250##;Xalapa|Veracruz|910##",
        "+52 999 ### ####,844 ### ####,+52 1 228 ### ####",
    ),
    Country(
        "NZ",
        "New Zealand",
        "en-NZ",
        "Pacific/Auckland",
        "Aroha,Wiremu,Tāne,Marama,Hemi,Kiri,Bronwyn,Fergus",
        "Ngata,Parata,Tamihana,Waititi-Moana,Rangihuna,Hetaraka,Cunliffe,Sutherland",
        "Tui Street,Rimu Road,Marine Parade,Karaka Crescent",
        "Dunedin|Otago|90##;Tauranga|Bay of Plenty|31##;Whangārei|Northland|01##",
        "+64 21 ### ####,027 ### ####,03 4## ####",
        "{number} {street}",
        "{line}, {city} {postcode}",
    ),
    Country(
        "CZ",
        "Czechia",
        "cs-CZ",
        "Europe/Prague",
        "Zdeňka,Bohumil,Kateřina,Vojtěch,Ludmila,Radek,Šárka,Jiří",
        "Dvořáčková,Procházka,Křížová,Havlíček,Součková,Vlček,Zemanová,Hruška",
        "Husova,Palackého třída,Na Kopci,Zahradní",
        "Olomouc|Olomoucký kraj|779 ##;Pardubice|Pardubický kraj|530 ##;Liberec|Liberecký kraj|460 ##",
        "+420 60# ### ###,77# ### ###,585 ### ###",
    ),
)

FREE_MAIL = (
    "gmail.com",
    "outlook.com",
    "yahoo.co.uk",
    "gmx.de",
    "orange.fr",
    "web.de",
    "icloud.com",
    "proton.me",
    "libero.it",
    "wp.pl",
    "uol.com.br",
    "163.com",
    "naver.com",
    "hotmail.es",
)
WORK_MAIL = (
    "kestrel-analytics.io",
    "oakfieldlogistics.com",
    "nimbus-retail.de",
    "brightloom.app",
    "vertabode.fr",
    "halcyonhealth.org",
    "tidewater-energy.co",
    "petalgrove.shop",
    "ironbarkcapital.com.au",
    "meridianschools.edu",
    "quayside.co.uk",
    "solvantis.eu",
)


def filled(rng: random.Random, pattern: str) -> str:
    """`pattern` with a random digit for each `#`."""
    return "".join(str(rng.randint(0, 9)) if c == "#" else c for c in pattern)


def ascii_of(text: str) -> str:
    """`text` in plain lower-case Latin letters, as mail addresses and handles write it."""
    table = {"ł": "l", "ı": "i", "ß": "ss", "đ": "d", "ø": "o", "æ": "ae"}
    low = "".join(table.get(c, c) for c in text.lower())
    flat = unicodedata.normalize("NFKD", low).encode("ascii", "ignore").decode()
    return "".join(c for c in flat if c.isalnum())


@dataclass(frozen=True)
class Person:
    """One made-up person with all that events say about people."""

    country: Country
    first: str
    last: str
    email: str
    work_email: str
    handle: str
    phone: str
    line: str
    number: str
    city: str
    region: str
    postcode: str
    born: tuple[int, int, int]

    @property
    def full(self) -> str:
        """First and last name in Latin letters, as people of most countries write it."""
        return f"{self.first} {self.last}"

    @property
    def native(self) -> str:
        """The name in the country's own script; the Latin one where that is its script."""
        forms = self.country.native
        if self.first not in forms:
            return self.full
        joined = self.country.code in {"JP", "CN", "KR"}
        first, last = forms[self.first], forms[self.last]
        return last + first if joined else f"{first} {last}"

    @property
    def address(self) -> str:
        """The address on one line, laid out as in the person's country."""
        layout = self.country.layout
        return layout.format(
            line=self.line, city=self.city, region=self.region, postcode=self.postcode
        )

    @property
    def slug(self) -> str:
        """The name as profile addresses write it."""
        return f"{ascii_of(self.first)}-{ascii_of(self.last)}"


def person(rng: random.Random) -> Person:
    """A person made up from the pools of one country."""
    country = rng.choice(COUNTRIES)
    first, last = rng.choice(country.firsts.split(",")), rng.choice(country.lasts.split(","))
    low_first, low_last = ascii_of(first), ascii_of(last)
    digits = str(rng.randint(1, 9999))
    local = rng.choice(
        (
            f"{low_first}.{low_last}{digits}",
            f"{low_first[0]}{low_last}{digits}",
            f"{low_first}_{low_last}{digits}",
            f"{low_last}.{low_first}",
            f"{low_first}{digits}",
            f"{low_first}.{low_last}+news",
        )
    )
    handle = rng.choice(
        (
            f"{low_first}{digits}",
            f"{low_first[0]}.{low_last}",
            f"{low_first}_{low_last[:3]}{digits[:2]}",
            f"{low_last}{digits[:2]}",
            f"the_real_{low_first}",
            f"{low_first}.codes",
        )
    )
    city, region, postcode = rng.choice(country.places.split(";")).split("|")
    number = str(rng.randint(2, 289))
    line = country.line.format(street=rng.choice(country.streets.split(",")), number=number)
    return Person(
        country, first, last,
        f"{local}@{rng.choice(FREE_MAIL)}",
        f"{low_first}.{low_last}@{rng.choice(WORK_MAIL)}",
        handle,
        filled(rng, rng.choice(country.phones.split(","))),
        line, number, city, region, filled(rng, postcode),
        (rng.randint(1948, 2006), rng.randint(1, 12), rng.randint(1, 28)),
    )  # fmt: skip


def luhn(digits: str) -> str:
    """The check digit that makes `digits` pass the Luhn test (ISO/IEC 7812)."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def card(rng: random.Random) -> str:
    """A card number with a real prefix and a right check digit, written in one of the usual ways."""
    head = rng.choice(("4539", "4716", "5425", "5167", "2223"))
    body = filled(rng, head + "#" * 11)
    number = body + luhn(body)
    return number if rng.random() < 0.5 else " ".join(number[i : i + 4] for i in range(0, 16, 4))


IBAN_BODIES = {
    "DE": "50010517##########",
    "NL": "INGB##########",
    "GB": "BARC203057########",
    "ES": "2100041845##########",
    "PL": "109010140000############",
}


def iban(rng: random.Random) -> str:
    """An IBAN with right check digits (ISO 13616); a bank's code and a made-up account."""
    country = rng.choice(sorted(IBAN_BODIES))
    body = filled(rng, IBAN_BODIES[country])
    digits = "".join(str(int(c, 36)) for c in body + country + "00")
    plain = f"{country}{98 - int(digits) % 97:02d}{body}"
    return (
        plain if rng.random() < 0.5 else " ".join(plain[i : i + 4] for i in range(0, len(plain), 4))
    )


def _cpf(rng: random.Random) -> str:
    digits = [rng.randint(0, 9) for _ in range(9)]
    for length in (10, 11):
        total = sum(d * w for d, w in zip(digits, range(length, 1, -1), strict=True))
        digits.append(0 if total % 11 < 2 else 11 - total % 11)
    text = "".join(map(str, digits))
    return f"{text[:3]}.{text[3:6]}.{text[6:9]}-{text[9:]}"


def _pesel(rng: random.Random) -> str:
    head = f"{rng.randint(50, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}" + filled(
        rng, "####"
    )
    total = sum(int(d) * w for d, w in zip(head, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), strict=True))
    return head + str(-total % 10)


def national_id(rng: random.Random) -> tuple[str, str]:
    """(key word, number) of one of a few national identity or tax numbers, check digits right."""
    which = rng.randrange(6)
    if which == 0:
        return "ssn", filled(
            rng, f"{rng.randint(101, 665)}-{rng.randint(10, 98)}-{rng.randint(1001, 9998)}"
        )
    if which == 1:
        return "nino", filled(rng, rng.choice(("JG", "PX", "SH")) + " ## ## ## ") + rng.choice(
            "ABCD"
        )
    if which == 2:
        number = rng.randint(10_000_000, 79_999_999)
        return "dni", f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"
    if which == 3:
        return "cpf", _cpf(rng)
    if which == 4:
        return "pesel", _pesel(rng)
    body = f"{rng.randint(50, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}" + filled(
        rng, "###"
    )
    return "personnummer", f"{body[:6]}-{body[6:]}{luhn(body)}"


def ipv4(rng: random.Random) -> str:
    """A public IPv4 address."""
    head = rng.choice((81, 93, 185, 177, 49, 103, 24, 68, 212, 5))
    return f"{head}.{rng.randint(1, 254)}.{rng.randint(1, 254)}.{rng.randint(2, 254)}"


def ipv6(rng: random.Random) -> str:
    """A public IPv6 address in its short form."""
    groups = [f"{rng.randint(0x100, 0xFFFF):x}" for _ in range(4)]
    return (
        f"2a02:{rng.randint(0x100, 0xFFFF):x}:" + ":".join(groups[:2]) + "::" + ":".join(groups[2:])
    )


def hexes(rng: random.Random, length: int) -> str:
    """`length` random hex digits."""
    return "".join(rng.choice("0123456789abcdef") for _ in range(length))


def letters(rng: random.Random, length: int, pool: str = "") -> str:
    """`length` random letters and digits, or characters of `pool`."""
    pool = pool or "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(rng.choice(pool) for _ in range(length))


def uuid4(rng: random.Random) -> str:
    """A random UUID."""
    text = hexes(rng, 32)
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{rng.choice('89ab')}{text[17:20]}-{text[20:]}"
