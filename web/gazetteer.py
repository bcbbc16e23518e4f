"""The offline gazetteer: what is called how and lies where, answered from one small read-only SQLite file.

Read by `web.geocoding` for every place that is recorded, and by pages for the names of cities, regions and stations. The file
is built once by `build_gazetteer`; a look-up takes about a tenth of a millisecond. Nothing is sent anywhere.
"""

import math
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from web.places.building import build_gazetteer
from web.places.coordinates import distance
from web.places.entries import City, Found, Landmark, Part, Station
from web.places.folding import folded, street_keys
from web.places.spellings import CitySpellings, LandmarkSpellings
from web.places.stations import Additions, Stations
from web.places.stems import Word, words_of

__all__ = ["City", "Found", "Gazetteer", "Landmark", "Station", "build_gazetteer", "open_gazetteer"]


Box = tuple[float, float, float, float]
"""South, west, north, east, in degrees."""


CITIES_KEPT = 4_096
"""So many cities are kept once they were looked up: a page names the same few dozen again and again."""


class Gazetteer:
    """Look-ups in one gazetteer file; connections are opened when first asked, one a thread."""

    def __init__(self, file: Path, additions: Additions | None = None) -> None:
        self.file = file
        self.stations = Stations(self.coordinates, additions)
        self._declined: LandmarkSpellings | None = None
        self._by_id: dict[int, City | None] = {}
        self._here = threading.local()

    def _db(self) -> sqlite3.Connection:
        # After a fork the child must not use its parent's connection.
        if getattr(self._here, "process", None) != os.getpid():
            uri = f"{self.file.absolute().as_uri()}?mode=ro&immutable=1"
            self._here.db, self._here.process = sqlite3.connect(uri, uri=True), os.getpid()
        db: sqlite3.Connection = self._here.db
        return db

    def close(self) -> None:
        """Close this thread's connection; the next question opens it again."""
        if getattr(self._here, "process", None) == os.getpid():
            self._here.db.close()
        self._here = threading.local()

    # -- names and coordinates by id

    def city(self, city: int) -> City | None:
        """The city (or district) with this GeoNames id."""
        if city not in self._by_id:
            row = self._db().execute("SELECT * FROM cities WHERE id = ?", (city,)).fetchone()
            if len(self._by_id) >= CITIES_KEPT:
                self._by_id.clear()
            self._by_id[city] = City(*row) if row else None
        return self._by_id[city]

    def city_name(self, city: int, language: str) -> str:
        """How the city is called in "ru" or "en"; its number, if the gazetteer does not know it."""
        found = self.city(city)
        return found.name(language) if found else str(city)

    def region_name(self, region: str, language: str) -> str:
        """How a region ("RU.48") is called; where we have no table, its country's name and GeoNames' code: "France (11)"."""
        row = self._db().execute("SELECT en, ru FROM regions WHERE code = ?", (region,)).fetchone()
        if row:
            return str(row[1] if language == "ru" else row[0])
        country, _, code = region.partition(".")
        return f"{self.country_name(country, language)} ({code})" if code else self.country_name(country, language)

    def country_name(self, country: str, language: str) -> str:
        """How a country (ISO 3166-1 alpha-2) is called; the code itself, if it is none."""
        row = self._db().execute("SELECT en, ru FROM countries WHERE code = ?", (country,)).fetchone()
        return str(row[1] if language == "ru" else row[0]) if row else country

    def is_country(self, code: str) -> bool:
        """Whether these are the two letters of a country."""
        return self._db().execute("SELECT 1 FROM countries WHERE code = ?", (code,)).fetchone() is not None

    def station_name(self, code: str, language: str) -> str:
        """How a police station is called; its code, if it is not in the list."""
        found = self.station(code)
        return (found.ru if language == "ru" else found.en) if found else code

    def coordinates(self, city: int) -> tuple[float, float] | None:
        """Latitude and longitude of the middle of a city."""
        found = self.city(city)
        return (found.lat, found.lon) if found else None

    def cities_in(self, country: str) -> list[City]:
        """The cities of a country without their districts, the most populous first."""
        rows = self._db().execute(
            "SELECT * FROM cities WHERE country = ? AND part_of IS NULL ORDER BY population DESC, id", (country,)
        )
        return [City(*row) for row in rows]

    def station(self, code: str) -> Station | None:
        """The police station with this code."""
        return self.stations.one(code)

    def stations_of(self, city: int) -> list[Station]:
        """The police stations of a city, by code."""
        return self.stations.of(city)

    def landmark(self, code: str) -> Landmark | None:
        """The square, street or metro station with this code."""
        row = self._db().execute("SELECT * FROM landmarks WHERE code = ?", (code,)).fetchone()
        return Landmark(*row) if row else None

    def landmarks_in(self, city: int) -> list[Landmark]:
        """The squares, streets and metro stations known in a city, by code: the labels of its map."""
        rows = self._db().execute("SELECT * FROM landmarks WHERE city = ? ORDER BY code", (city,))
        return [Landmark(*row) for row in rows]

    def region_called(self, words: str, country: str) -> str | None:
        """The code of the region of `country` called so, or abbreviated so in the USA: "Якутия", "LA"."""
        regions = [region for region in self._part(words).regions if region.startswith(f"{country}.")]
        return regions[0] if len(regions) == 1 else None

    # -- police stations by words

    def find_station(self, words: str, city: int | None) -> str | None:
        """The code of the one station `words` name in or around `city`; None when they name none, several or an unknown one."""
        named, all_known = self.stations.named(words, city)
        return named[0] if len(named) == 1 and all_known else None

    def stations_named(self, words: str, city: int | None) -> tuple[str, ...]:
        """The codes of all known stations named, in the order of the words: "ОВД Тверское, ОВД Басманное - 4" names two."""
        return self.stations.named(words, city)[0]

    def stations_called(self, words: str, city: int | None) -> list[Station]:
        """Every station the words may be the name of, in or around `city`: what is ambiguous is all of them."""
        return self.stations.called(words, city)

    # -- places by words and by coordinates

    def search(self, words: str, *, countries: Iterable[str] = (), box: Box | None = None) -> list[Found]:
        """Everything the words may mean, likeliest first; only in `countries` and inside `box`, where given.

        The words may say where: "Portland, OR", "Кировск, Мурманская область", "Нижегородская область, Арзамас", "Москва,
        Пушкинская площадь". What lies where another part of the words says it does not lie is left out.
        """
        allowed = frozenset(countries)
        pieces = [piece.strip() for piece in re.split(r"[,;\n]+", words) if piece.strip()]
        whole = self._part(words)
        parts = [whole] if whole.cities and len(pieces) > 1 else [self._part(piece) for piece in pieces]
        cities = self._cities(parts, allowed, box)
        if cities and len(parts) > 1:
            landmarks = [found for city in cities for found in self._landmarks(city, parts)]
            return landmarks or cities
        return sorted(cities + self._wider(parts, allowed, box), key=_weight, reverse=True)

    def _cities(self, parts: list[Part], allowed: frozenset[str], box: Box | None) -> list[Found]:
        confirmed: dict[int, tuple[int, Found]] = {}
        for part in parts:
            for city, own in part.cities:
                says = [other.agrees(city) for other in parts if other is not part]
                outside = (allowed and city.country not in allowed) or (box is not None and not _inside(box, city.lat, city.lon))
                if False in says or outside or says.count(True) < confirmed.get(city.id, (0,))[0]:
                    continue
                confirmed[city.id] = (says.count(True), Found(city=city, own=own))
        most = max((number for number, _ in confirmed.values()), default=0)
        return sorted((found for number, found in confirmed.values() if number == most), key=_weight, reverse=True)

    def _landmarks(self, found: Found, parts: list[Part]) -> list[Found]:
        """What the other parts name inside the city, the whole first, so that "Тверская, 13" is not merely the street."""
        city = found.city
        if city is None:
            return []
        others = [part for part in parts if not any(other.id == city.id for other, _ in part.cities)]
        home = city.part_of or city.id
        together = self.landmarks_called(" ".join(part.text for part in others), home, strictly=True)
        each = together or [mark for part in others for mark in self.landmarks_called(part.text, home)]
        return [Found(city=city, landmark=mark) for mark in dict.fromkeys(each)]

    def landmarks_called(self, words: str, city: int, *, strictly: bool = False) -> list[Landmark]:
        """Squares, streets and metro stations of a city by what people call them; `strictly` minds the house number."""
        for key in street_keys(words)[: 1 if strictly else None]:
            rows = self._db().execute(
                "SELECT l.* FROM landmark_keys k JOIN landmarks l ON l.code = k.landmark WHERE k.city = ? AND k.key = ?",
                (city, key),
            )
            found = [Landmark(*row) for row in rows]
            if found:
                return found
        if strictly:
            return []
        return self.landmarks_declined(words_of(words), city)

    def landmarks_declined(self, words: Sequence[Word], city: int | None) -> list[Landmark]:
        """Squares, streets and metro stations by words of any ending, in either script; without a city anywhere."""
        return [mark for code in self.landmarks.called(words, city) if (mark := self.landmark(code)) is not None]

    @property
    def landmarks(self) -> LandmarkSpellings:
        """How squares, streets and metro stations are called."""
        if self._declined is None:
            self._declined = LandmarkSpellings()
        return self._declined

    @property
    def cities(self) -> CitySpellings:
        """How the cities of our own table are called."""
        return self.stations.cities

    def _wider(self, parts: list[Part], allowed: frozenset[str], box: Box | None) -> list[Found]:
        """Regions and countries the words may mean: only where they are all that was said, or no city fits."""
        if box is not None:
            return []
        countries = frozenset[str]().union(*(part.countries for part in parts))
        found = [Found(region=region, country=region[:2]) for part in parts for region in sorted(part.regions)]
        if len(parts) > 1 and countries:
            found = [place for place in found if place.country in countries] or found
        if len(parts) == 1 or not found:
            found += [Found(country=country) for country in sorted(countries)]
        return [place for place in found if not allowed or place.country in allowed]

    def _part(self, text: str) -> Part:
        key, db = folded(text), self._db()
        if key.isdigit():  # a house number; GeoNames has towns with numbers among their names ("31")
            return Part(text, (), frozenset(), frozenset())
        rows = db.execute("SELECT c.*, k.own FROM city_keys k JOIN cities c ON c.id = k.city WHERE k.key = ?", (key,))
        cities = tuple((City(*row[:-1]), bool(row[-1])) for row in rows)
        regions = {region for (region,) in db.execute("SELECT region FROM region_keys WHERE key = ?", (key,))}
        countries = {country for (country,) in db.execute("SELECT country FROM country_keys WHERE key = ?", (key,))}
        code = text.replace(".", "").strip()
        if re.fullmatch("[A-Z]{2}", code):  # only in capitals: "IN" is Indiana, "in" is a word
            regions |= {region for (region,) in db.execute("SELECT code FROM regions WHERE code = ?", (f"US.{code}",))}
            countries |= {country for (country,) in db.execute("SELECT code FROM countries WHERE code = ?", (code,))}
        return Part(text, cities, frozenset(regions), frozenset(countries))

    def nearest(
        self, lat: float, lon: float, *, called: str | None = None, fits: Callable[[City], bool] | None = None
    ) -> City | None:
        """The city a point belongs to: the nearest in proportion to its size, at most 40 km away; None in the wilderness.

        With `called`, only places of that name. A district answers with its city.
        """
        if called is not None:
            rows = self._db().execute(
                "SELECT c.* FROM city_keys k JOIN cities c ON c.id = k.city WHERE k.key = ?", (folded(called),)
            )
        else:
            width = 0.36 / max(math.cos(math.radians(lat)), 0.05)
            around = (lat - 0.36, lat + 0.36, lon, width)
            rows = self._db().execute("SELECT * FROM cities WHERE lat BETWEEN ? AND ? AND abs(lon - ?) < ?", around)
        best, least = None, float("inf")
        for city in (City(*row) for row in rows):
            away = distance(lat, lon, city.lat, city.lon)
            share = away / (8 * (max(city.population, 1000) / 1e6) ** 0.5)
            if away <= 40 and share < least and (fits is None or fits(city)):
                best, least = city, share
        return (self.city(best.part_of) if best.part_of else best) if best else None


def open_gazetteer(folder: Path, additions: Additions | None = None) -> Gazetteer:
    """The gazetteer of `folder` (KHRONIKA_HOME), built first if it is missing or stale; `additions` are what users have added."""
    return Gazetteer(build_gazetteer(folder), additions)


def _weight(found: Found) -> tuple[bool, float]:
    """Countries and regions come before towns that merely have the name among their foreign or former ones."""
    if found.city is None:
        return True, 0.0
    return found.own, found.city.population / (10 if found.city.part_of else 1)


def _inside(box: Box, lat: float, lon: float) -> bool:
    south, west, north, east = box
    return south <= lat <= north and west <= lon <= east
