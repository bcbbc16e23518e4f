"""A `Place` in the reader's language: the finest name first, then the city; the words where they say more than the names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from babel import Locale

from domain.place import Place, Precision
from web.telling.moments import LOCALES
from web.telling.words import compared, quoted

K = TypeVar("K", int, str)

_FINE = frozenset({Precision.ADDRESS, Precision.STATION, Precision.STREET, Precision.DISTRICT})
_BESIDE = re.compile(
    r"(?:у|около|возле|на|в|во|рядом|под|перед|за|по|from|near|at|in|on|by|outside|opposite|behind|inside) ", re.IGNORECASE
)
"""Words that begin like this say their own preposition."""

_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_WORD = re.compile(r"\w+")
_PLACE_WORDS = frozenset("в во на из у г город the in at city of".split())


class PlaceNames(Protocol):
    """Names of places in the reader's language, "" or the code where there is none. The gazetteer has them."""

    def city_name(self, id: int, language: str, /) -> str:
        """The name of a city by its GeoNames id."""

    def region_name(self, code: str, language: str, /) -> str:
        """The name of a region by its code ("RU.48")."""

    def station_name(self, code: str, language: str, /) -> str:
        """The name of a police station by its code."""


class RememberedNames:
    """Asks for each name once: the lines of a file share their places."""

    def __init__(self, names: PlaceNames) -> None:
        self._names = names
        self._known: dict[tuple[int | str, str], str] = {}

    def city_name(self, id: int, language: str, /) -> str:
        """The name of a city."""
        return self._remembered(id, language, self._names.city_name)

    def region_name(self, code: str, language: str, /) -> str:
        """The name of a region."""
        return self._remembered(code, language, self._names.region_name)

    def station_name(self, code: str, language: str, /) -> str:
        """The name of a police station."""
        return self._remembered(code, language, self._names.station_name)

    def _remembered(self, code: K, language: str, ask: Callable[[K, str], str]) -> str:
        name = self._known.get((code, language))
        if name is None:
            name = self._known[code, language] = ask(code, language)
        return name


@dataclass(frozen=True, slots=True)
class Located:
    """A place told: its `name` alone, and `there` as it follows a verb ("at Red Square, Moscow"; in Russian the name alone)."""

    name: str = ""
    there: str = ""


NOWHERE = Located()
"""Nothing was said about where."""


def located(place: Place, words: str, names: PlaceNames, language: str, home: str | None = None) -> Located:
    """The place in the reader's language. `words` are its words, opened; `home` is the country that goes without saying."""
    station = names.station_name(place.station, language) if place.station else ""
    city = names.city_name(place.city, language) if place.city is not None else ""
    wider = _wider(place, city, names, language, home)
    lead, aside = station, ""
    if words and (place.precision in _FINE or not (city or wider)):
        if not station:
            lead = words
        elif not _names_station(words, place.station, names):
            aside = quoted(words, language)
    elif words and not _only_names(words, _all_names(place, names)):
        aside = quoted(words, language)
    plain = not lead or lead == station or bool(_CYRILLIC.search(lead)) == (language == "ru")
    shown_lead = lead if plain else quoted(lead, language)
    if lead and place.city is not None and _mentions(lead, place.city, names):
        city = ""
    name = ", ".join(part for part in (shown_lead, city, wider) if part) + (f" ({aside})" if aside else "")
    if language == "ru" or not name:
        return Located(name, name)
    if lead:
        return Located(name, name if plain and _BESIDE.match(lead) else f"at {name}")
    return Located(name, f"in {name}")


def _wider(place: Place, city: str, names: PlaceNames, language: str, home: str | None) -> str:
    """The region where no city is known; the country where not even that is, or where it is not the usual one."""
    region = names.region_name(place.region, language) if place.region and not city else ""
    abroad = place.country is not None and home is not None and place.country != home
    country = country_name(place.country, language) if place.country and (abroad or not (city or region)) else ""
    return ", ".join(part for part in (region, country) if part)


@lru_cache(maxsize=1024)
def country_name(code: str, language: str) -> str:
    """The name of a country by its ISO 3166-1 alpha-2 code; the code where CLDR has no name."""
    return str(Locale.parse(LOCALES[language]).territories.get(code, code))


def _names_station(words: str, station: str | None, names: PlaceNames) -> bool:
    """Whether the words are the station's name, or part of it, or hold it, in either language."""
    said = compared(words)
    known = (compared(names.station_name(station, language)) for language in LOCALES) if station else ()
    return any(name and (name in said or said in name) for name in known)


def _mentions(lead: str, city: int, names: PlaceNames) -> bool:
    """Whether what stands first names the city itself, in either language and, for Russian endings, without the last letter."""
    said = compared(lead)
    return any(stem in said for language in LOCALES if (stem := _stem(names.city_name(city, language))))


def _stem(name: str) -> str:
    name = compared(name)
    return name[:-1] if len(name) > 4 and _CYRILLIC.search(name) else name


def _all_names(place: Place, names: PlaceNames) -> list[str]:
    found = []
    for language in LOCALES:
        if place.city is not None:
            found.append(names.city_name(place.city, language))
        if place.region:
            found.append(names.region_name(place.region, language))
        if place.country:
            found.append(country_name(place.country, language))
    return [name for name in found if name]


def _only_names(words: str, known: list[str]) -> bool:
    """Whether the words are nothing but names the reader is told anyway."""
    stems = tuple(_stem(part) for name in known for part in _WORD.findall(name))
    said = [word for word in _WORD.findall(compared(words)) if word not in _PLACE_WORDS]
    return all(word.startswith(stems) for word in said) if stems else False
