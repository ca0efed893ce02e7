"""Where the fleet's firms are: names, towns and hours of eight countries, in their own letters."""

from collections.abc import Sequence
from dataclasses import dataclass

EXAMPLE_COUNTRIES = ("germany", "austria", "united-states")
"""Groups that the worked example has already."""


@dataclass(frozen=True, slots=True)
class Country:
    """What firms of a country choose from. `share` is how many of a hundred firms are there."""

    id: str
    share: int
    locale: str
    time_zone: str
    currency: str
    dial: str
    names: Sequence[str]
    seconds: Sequence[str]
    forms: Sequence[str]
    towns: Sequence[tuple[str, str]]
    streets: Sequence[str]

    @property
    def host(self) -> str:
        return f"www.{self.id}.example"

    @property
    def booking_host(self) -> str:
        return f"booking.{self.id}.example"


COUNTRIES = (
    Country(
        "germany",
        48,
        "de",
        "Europe/Berlin",
        "EUR",
        "+49 30 555",
        (
            "Müller",
            "Schröder",
            "Yıldız",
            "Öztürk",
            "Groß",
            "Kowalczyk",
            "Nguyễn",
            "Weiß",
            "Jäger",
            "Şahin",
            "Thieß",
        ),
        ("Lindner", "Brückner", "Çelik", "Vogt", "Wójcik", "von der Mühlen", "Petrović", "Hölderle", "Ğül"),
        (
            "{0} & {1} Steuerberatung",
            "{0} {1} Partnerschaft mbB",
            "Kanzlei {0} – Steuern und Recht",
            "Lohnbüro {1}",
        ),
        (
            ("10969", "Berlin"),
            ("80331", "München"),
            ("50667", "Köln"),
            ("01067", "Dresden"),
            ("24103", "Kiel"),
        ),
        ("Lindenstraße", "Große Bleichen", "Am Mühlenbach", "Königsallee", "Straße des 17. Juni"),
    ),
    Country(
        "austria",
        12,
        "de",
        "Europe/Vienna",
        "EUR",
        "+43 1 555",
        ("Steinböck", "Hölzl", "Grünwald", "Novák", "Pichler", "Đorđević"),
        ("Achleitner", "Königshofer", "Széchenyi", "Prohaska", "Pernkopf"),
        ("{0} & {1} Steuerberatung GmbH", "{0} Treuhand", "Lohnkontor {1}"),
        (("1080", "Wien"), ("8010", "Graz"), ("5020", "Salzburg"), ("6020", "Innsbruck")),
        ("Lerchenfelder Straße", "Getreidegasse", "Mühlgasse", "Am Grünanger"),
    ),
    Country(
        "united-states",
        22,
        "en",
        "America/New_York",
        "USD",
        "+1 212 555-",
        ("Harlow", "O'Brien", "Núñez", "Washington", "Kim", "Hawkins", "Delacroix"),
        ("Pike", "Castañeda", "Whitfield", "Nakamura", "Okafor", "St. James"),
        ("{0} {1} CPAs", "{0}, {1} & Co.", "{1} Tax Advisory LLC", "{0} Bookkeeping"),
        (
            ("NY 10011", "New York"),
            ("CA 94107", "San Francisco"),
            ("IL 60607", "Chicago"),
            ("TX 78701", "Austin"),
        ),
        ("Main Street", "Fifth Avenue", "Cañon Road", "Harbor Boulevard"),
    ),
    Country(
        "turkey",
        5,
        "de",
        "Europe/Istanbul",
        "TRY",
        "+90 212 555",
        ("Işık", "Gökçe", "Şimşek", "Öğüt", "İnönü", "Çağlayan"),
        ("Yılmaz", "Doğan", "Güneş", "Aydın", "Kılıç"),
        ("{0} ve {1} Mali Müşavirlik", "{1} Muhasebe Ltd. Şti."),
        (("34330", "İstanbul"), ("35210", "İzmir"), ("16010", "Eskişehir")),
        ("İstiklal Caddesi", "Bağdat Caddesi", "Gazi Sokağı"),
    ),
    Country(
        "poland",
        5,
        "en",
        "Europe/Warsaw",
        "PLN",
        "+48 22 555",
        ("Zielińska", "Wiśniewski", "Łuczak", "Żak", "Grześkowiak"),
        ("Dąbrowska", "Świątek", "Jabłoński", "Kaźmierczak"),
        ("{0} i {1} Doradcy Podatkowi", "Biuro Rachunkowe {1}"),
        (("00-001", "Warszawa"), ("90-001", "Łódź"), ("30-001", "Kraków"), ("50-001", "Wrocław")),
        ("ulica Świętojańska", "ulica Żelazna", "aleja Róż"),
    ),
    Country(
        "japan",
        4,
        "en",
        "Asia/Tokyo",
        "JPY",
        "+81 3 5555",
        ("佐藤", "鈴木", "髙橋", "渡邊", "齋藤"),
        ("田中", "小林", "吉田", "山﨑"),
        ("{0}{1}税理士法人", "{0}会計事務所", "{1}税務オフィス"),
        (("100-0001", "東京都千代田区"), ("530-0001", "大阪市北区"), ("604-8001", "京都市中京区")),
        ("丸の内", "梅田", "三条通"),
    ),
    Country(
        "israel",
        2,
        "en",
        "Asia/Jerusalem",
        "ILS",
        "+972 3 555",
        ("כהן", "לוי", "מזרחי", "פרידמן"),
        ("ביטון", "אברהם", "גולדברג"),
        ("{0} ושות׳ רואי חשבון", "משרד {0} את {1}"),
        (("6100000", "תל אביב"), ("9100000", "ירושלים")),
        ("שדרות רוטשילד", "רחוב הרצל"),
    ),
    Country(
        "emirates",
        2,
        "en",
        "Asia/Dubai",
        "AED",
        "+971 4 555",
        ("الهاشمي", "المنصوري", "الشامسي"),
        ("القاسمي", "السويدي", "النعيمي"),
        ("{0} و{1} لتدقيق الحسابات", "مكتب {1} للضرائب"),
        (("00000", "دبي"), ("00001", "أبو ظبي")),
        ("شارع الشيخ زايد", "شارع الكورنيش"),
    ),
)
