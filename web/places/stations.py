"""The police stations and other places of custody: those of our own table, and those and the spellings that users have added.

Kept in memory. What was added comes from the views and is looked for again whenever a name is looked up, which costs one row when
nothing has changed; so a form, an import and the command line know a new spelling as soon as it is recorded.
"""

import re
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rapidfuzz.fuzz import ratio

from web.places.building import table
from web.places.coordinates import distance
from web.places.entries import Station
from web.places.spellings import CitySpellings, Spelt, StationSpellings, key_of, says_station, told_stems
from web.places.stems import Word, words_of

NEARBY_KM = 250
"""People held after a protest in a city are often taken to a station of a town nearby."""
MOST_NEARBY = 6
"""So many of those are offered, the nearest first, where the city has none that is called so."""
LIKE = 75
"""How much alike, of a hundred, a spelling must be to be offered."""
PATIENCE = 1.0
"""Seconds for which the name of a station, which is asked for on every line of a page, is not looked for again."""


@dataclass(frozen=True, slots=True)
class Added:
    """What users have said of one station: further `spellings`, and, where our table does not have it, the station itself."""

    station: Station
    spellings: tuple[str, ...]
    stands: bool
    corrected: bool = False
    """Whether what was said of a station of our table differs from the table."""


class Additions(Protocol):
    """Where the stations and spellings that were added are found."""

    def changed(self) -> int:
        """The position of the last entry about a station, 0 where there is none."""

    def all(self) -> Sequence[Added]:
        """All of them, also those that were withdrawn: records that name them go on doing so."""


class Stations:
    """All that is known of stations at this moment."""

    def __init__(self, where_is: Callable[[int], tuple[float, float] | None], additions: Additions | None = None) -> None:
        self._where_is = where_is
        self._additions = additions
        self._lock = threading.Lock()
        self._seen, self._looked = -1, 0.0
        self._cities: CitySpellings | None = None
        self._known: dict[str, Station] = {}
        self._listed: dict[str, Station] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._spellings = StationSpellings()
        self._withdrawn: frozenset[str] = frozenset()

    @property
    def cities(self) -> CitySpellings:
        """The spellings of cities, made when first asked for."""
        if self._cities is None:
            self._cities = CitySpellings()
        return self._cities

    def one(self, code: str) -> Station | None:
        """The station with this code, also one that was withdrawn."""
        self.refresh(within=PATIENCE if code in self._known else 0.0)
        return self._known.get(code)

    def is_listed(self, code: str) -> bool:
        """Whether it is a station of our own table."""
        self.refresh(within=PATIENCE)
        return code in self._listed

    def of(self, city: int) -> list[Station]:
        """The stations of a city, by code."""
        self.refresh()
        found = (station for station in self._known.values() if station.city == city and station.code not in self._withdrawn)
        return sorted(found, key=lambda station: station.code)

    def all(self) -> list[Station]:
        """Every station, by code."""
        self.refresh()
        return sorted((one for one in self._known.values() if one.code not in self._withdrawn), key=lambda one: one.code)

    def called(self, words: str, city: int | None) -> list[Station]:
        """Every station the words may name: in `city`, else in a town nearby; anywhere where no city is known."""
        self.refresh()
        return self.called_as(words_of(words), city)

    def knows(self, word: Word) -> bool:
        """Whether the word occurs in the name of any station, as of the last look."""
        return self._spellings.knows(word)

    def called_as(self, said: Sequence[Word], city: int | None) -> list[Station]:
        """As `called`, for words that were read already, as of the last look."""
        codes = self._spellings.called(said)
        if city is not None and not codes:
            codes = self._spellings.called(self.cities.without(said, city))
        found = sorted((self._known[code] for code in codes), key=lambda station: station.code)
        here = [station for station in found if station.city == city]
        return here or (self._nearest(found, city) if city is not None else found)

    def near(self, words: str, city: int) -> list[Station]:
        """Stations of the city whose names are spelt much like these words: to be offered, never taken."""
        self.refresh()
        key = key_of(told_stems(self.cities.without(words_of(words), city)))
        alike: dict[str, float] = {}
        for spelling, codes in self._spellings.strictly.items():
            likeness = ratio(key, spelling, score_cutoff=LIKE) if key else 0
            alike |= {code: max(likeness, alike.get(code, 0)) for code in codes if likeness and self._known[code].city == city}
        return [self._known[code] for code in sorted(alike, key=lambda code: (-alike[code], code))]

    def named(self, words: str, city: int | None) -> tuple[tuple[str, ...], bool]:
        """The codes of the stations named one after the other, and whether every station that is spoken of is known:
        "ОВД Тверское, ОВД Басманное - 4" names two."""
        whole = self.called(words, city)
        if len(whole) == 1:
            return (whole[0].code,), True
        codes, all_known = [], True
        for piece in re.split(r"[,;\n]+", re.sub(r"\[[^\]]*\]", " ", words)):
            found = self.called(_without_count(piece), city) or self.called(piece, city)
            if len(found) == 1:
                codes.append(found[0].code)
            elif says_station(words_of(piece)):
                all_known = False
        return tuple(dict.fromkeys(codes)), all_known

    def _nearest(self, found: Iterable[Station], city: int) -> list[Station]:
        """Those of towns nearby, the nearest town first, and no more than are looked over at a glance."""
        there = self._where_is(city)
        away = ((self._where_is(station.city), station) for station in found)
        near = [(distance(*at, *there), station) for at, station in away if at is not None and there is not None]
        near = sorted((one for one in near if one[0] < NEARBY_KM), key=lambda one: (one[0], one[1].code))
        return [station for _, station in near[:MOST_NEARBY]]

    def refresh(self, *, within: float = 0.0) -> None:
        """Take in what was added since the last look; with `within`, a look that is no older will do."""
        now = time.monotonic()
        if self._seen >= 0 and (self._additions is None or now - self._looked < within):
            return
        changed = self._additions.changed() if self._additions is not None else 0
        if changed != self._seen:
            with self._lock:
                if changed != self._seen:
                    self._take_in(self._additions.all() if self._additions is not None else ())
                    self._seen = changed
        self._looked = now

    def _take_in(self, additions: Iterable[Added]) -> None:
        if not self._listed:
            self._listed, self._names = _listed()
        known, spelt, withdrawn = dict(self._listed), dict(self._names), set[str]()
        for added in additions:
            code = added.station.code
            if added.stands and (code not in self._listed or added.corrected):
                known[code] = _named_as_listed(added.station, self._listed.get(code))
                withdrawn.discard(code)
            elif code not in known:
                known[code] = added.station
                withdrawn.add(code)
            if added.stands:
                spelt[code] = (*spelt.get(code, ()), *added.spellings)
        spellings = StationSpellings.of(
            Spelt(code, station.city, spelt[code]) for code, station in known.items() if code in spelt and code not in withdrawn
        )
        # One after the other, each whole: a reader in between sees a name without its station, never half a table.
        self._known, self._withdrawn, self._spellings = known, frozenset(withdrawn), spellings


def _named_as_listed(station: Station, listed: Station | None) -> Station:
    """A station as users corrected it, with what our table knows besides: its English name, and where it is."""
    if listed is None:
        return station
    found = replace(station, en=listed.en) if station.ru == listed.ru else station
    return replace(found, lat=listed.lat, lon=listed.lon) if found.lat is None else found


def _listed() -> tuple[dict[str, Station], dict[str, tuple[str, ...]]]:
    stations, names = {}, {}
    for row in table("stations"):
        code, lat, lon = row["code"], float(row["lat"]) if row["lat"] else None, float(row["lon"]) if row["lon"] else None
        stations[code] = Station(code, int(row["city"]), row["en"], row["ru"], lat, lon, row["address"] or None)
        names[code] = tuple(name for name in dict.fromkeys((row["ru"], row["en"], *row["aliases"].split("|"))) if name)
    return stations, names


_COUNTED = re.compile(r"\(.*?\)|[-–—]\s*\d[\d+ ]*\.?\s*$")
_LED_IN = re.compile(r"^.*[-–—]\s*(?=(?:ОВД|ОМВД|ОП|УВД)\b)")


def _without_count(piece: str) -> str:
    return _LED_IN.sub("", _COUNTED.sub(" ", piece)).strip()
