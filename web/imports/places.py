"""From the cells of a row to the place it tells, asked of the gazetteer once for each different place of a file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.errors import RuleBroken
from domain.place import Place, Precision
from web.gazetteer import Gazetteer
from web.geocoding import GazetteerGeocoder
from web.imports.cells import Header, Reader, Row
from web.imports.errors import ImportRefused
from web.imports.mapping import Where

REMEMBERED = 65_536

_TO_A_CITY = (Precision.ADDRESS, Precision.STATION, Precision.STREET, Precision.DISTRICT, Precision.CITY)


@dataclass(frozen=True, slots=True)
class Atlas:
    """Who is asked where something is."""

    gazetteer: Gazetteer
    geocoder: GazetteerGeocoder
    language: str


@dataclass(frozen=True, slots=True)
class Located:
    """The place of a row; `remark` says why it is less than the row's words promised, `station` the words of a police station."""

    place: Place
    remark: RuleBroken | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """What the cells of one row say about where."""

    country: str
    region: str
    city: str
    address: str
    station: str
    at: tuple[float, float] | None


class PlaceReader:
    """Reads one `[place]` of a mapping. A country is two letters that are a country's: any others would be counted as one."""

    def __init__(self, told: Where, atlas: Atlas, header: Header, place: str) -> None:
        self._where, self._atlas, self._place = told, atlas, place
        country = Reader(told.country, header, f"{place}, country")
        constants = [told.country] if isinstance(told.country, str) else [told.country.value or "", *told.country.values.values()]
        for code in (*constants, told.usual_country):
            if code and not self._is_country(code):
                raise ImportRefused("mapping_wrong_value", mapping=header.mapping, place=f"{place}, country", given=code)
        region = Reader(told.region, header, f"{place}, region")
        city = Reader(told.city, header, f"{place}, city")
        address = Reader(told.address, header, f"{place}, address")
        station = Reader(told.station, header, f"{place}, station")
        if (told.latitude is None) != (told.longitude is None):
            raise ImportRefused("mapping_one_of", mapping=header.mapping, place=place, keys="latitude + longitude")
        pair = (told.latitude, told.longitude)
        self._point = tuple(header.index(column, place) for column in pair if column is not None)
        self._readers = (country, region, city, address, station)
        self.columns = tuple(index for reader in self._readers for index in reader.columns) + self._point
        self.keeps_words = told.keep_words
        self.wants_station = bool(station)
        self._settle: Callable[[tuple[str, ...]], Located] = lru_cache(REMEMBERED)(self._settled)

    def _is_country(self, code: str) -> bool:
        return self._atlas.gazetteer.is_country(code.upper())

    def of(self, row: Row) -> Located | None:
        """Where the row says it was; None for a `[place]` of a police station that names no single one.

        RuleBroken: "ambiguous_place", "unreadable_coordinates", "geocoder_unreachable".
        """
        located = self._settle(tuple([row[index] for index in self.columns]))
        return None if self.wants_station and located.place.precision is not Precision.STATION else located

    def _coordinates(self, row: Row) -> tuple[float, float] | None:
        if not self._point:
            return None
        lat, lon = (row[index].replace(",", ".") for index in self._point)
        if not lat and not lon:
            return None
        try:
            point = float(lat), float(lon)
        except ValueError:
            raise RuleBroken("unreadable_coordinates", words=f"{lat}; {lon}") from None
        if not (abs(point[0]) <= 90 and abs(point[1]) <= 180):
            raise RuleBroken("unreadable_coordinates", words=f"{lat}; {lon}")
        return point

    def _settled(self, cells: tuple[str, ...]) -> Located:
        """Asked once for the same cells: a place is found in the better part of a millisecond, remembered in none."""
        row = dict(zip(self.columns, cells, strict=True))
        country, region, city, address, station = (reader.text(row) for reader in self._readers)
        told = _Told(country, region, city, address, station, self._coordinates(row))
        if country and not self._is_country(country):
            raise RuleBroken("unknown_country", words=country)
        town = self._town(told)
        if told.station:
            code = self._atlas.gazetteer.find_station(told.station, town.place.city)
            words = told.station if self.keeps_words else None
            return Located(self._atlas.geocoder.station_place(code, words)) if code else town
        if told.at is not None and self._where.coordinates != "city":
            words = ", ".join(part for part in (told.city, told.address) if part) or None
            point = self._atlas.geocoder.at(*told.at, words=words, precision=Precision(self._where.coordinates))
            return Located(self._worded(point))
        if told.address:
            return self._within(town, told.address)
        return Located(self._worded(town.place), town.remark)

    def _within(self, town: Located, address: str) -> Located:
        """A street or square of the town; where it is not known, the town, with the words."""
        try:
            place = self._atlas.geocoder.settle(address, town.place, self._atlas.language)
        except RuleBroken as unsure:
            if unsure.code != "ambiguous_place" or town.place.city is None:
                raise
            place = replace(town.place, words=address)  # several points of one town
        if town.place.city is not None and place.city != town.place.city:
            place = replace(town.place, words=address)
        return Located(self._worded(place), town.remark)

    def _town(self, told: _Told) -> Located:
        wide = Place(Precision.COUNTRY, told.country.upper()) if told.country else None
        usual = wide or (Place(Precision.COUNTRY, self._where.usual_country) if self._where.usual_country else None)
        words = ", ".join(part for part in (told.city, told.region) if part)
        if not words:
            if told.at is not None:
                return Located(self._atlas.geocoder.at(*told.at, precision=Precision.CITY))
            return Located(usual or Place(Precision.UNKNOWN))
        try:
            place = self._atlas.geocoder.settle(words, usual, self._atlas.language, told.at)
            if wide is None and usual is not None and place.precision not in (*_TO_A_CITY, Precision.REGION):
                place = self._elsewhere(words, told, place)
        except RuleBroken as unsure:
            if unsure.code != "ambiguous_place" or self._where.ambiguous == "refuse":
                raise
            wider = self._atlas.geocoder.settle(told.region, usual, self._atlas.language) if told.region and told.city else usual
            return Located(replace(wider or Place(Precision.UNKNOWN), words=words), unsure)
        if place.city is None and told.at is not None:
            place = replace(self._atlas.geocoder.at(*told.at, precision=Precision.CITY), words=words)
        remark = RuleBroken("place_not_found", words=words) if told.city and place.city is None else None
        return Located(place, remark)

    def _elsewhere(self, words: str, told: _Told, here: Place) -> Place:
        """A town the usual country does not have: one abroad, if there is one."""
        abroad = self._atlas.geocoder.settle(words, None, self._atlas.language, told.at)
        return abroad if abroad.precision is not Precision.UNKNOWN else here

    def _worded(self, place: Place) -> Place:
        return place if self.keeps_words or place.words is None else replace(place, words=None)
