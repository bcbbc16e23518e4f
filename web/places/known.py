"""The places of what is known by a code or an id: a city, a station, a square. Nothing is looked up by words here."""

from dataclasses import replace
from typing import Protocol

import h3

from domain.errors import RuleBroken
from domain.place import Place, Precision
from web.places.entries import City, Landmark, Station

CELL = 9
"""The H3 resolution stored in events (about 170 m); maps derive coarser cells from it."""


class Names(Protocol):
    """What the gazetteer is asked for."""

    def city(self, city: int, /) -> City | None:
        """The city with this id."""

    def station(self, code: str, /) -> Station | None:
        """The station with this code."""

    def landmark(self, code: str, /) -> Landmark | None:
        """The square, street or metro station with this code."""

    def city_name(self, city: int, language: str, /) -> str:
        """How a city is called."""

    def region_name(self, region: str, language: str, /) -> str:
        """How a region is called."""


class KnownPlaces:
    """Makes places of codes."""

    def __init__(self, gazetteer: Names) -> None:
        self._names = gazetteer

    def city_place(self, city: int) -> Place:
        """The place that is this city and no more is known."""
        known = self._names.city(city)
        if known is None:
            raise RuleBroken("unknown_city", city=city)
        return Place(Precision.CITY, known.country, known.region, known.id, zone=known.zone)

    def station_place(self, code: str, words: str | None = None) -> Place:
        """The place of a police station; without a cell where its coordinates are not known."""
        station = self._names.station(code)
        if station is None:
            raise RuleBroken("unknown_station", station=code)
        cell = h3.latlng_to_cell(station.lat, station.lon, CELL) if station.lat is not None else None
        return replace(self.city_place(station.city), precision=Precision.STATION, station=code, cell=cell, words=words)

    def landmark_place(self, code: str, words: str | None = None) -> Place:
        """The place of a square, a street or a metro station: its one representative point."""
        mark = self._names.landmark(code)
        if mark is None:
            raise RuleBroken("unknown_landmark", landmark=code)
        cell = h3.latlng_to_cell(mark.lat, mark.lon, CELL)
        return replace(self.city_place(mark.city), precision=Precision.STREET, cell=cell, words=words)
