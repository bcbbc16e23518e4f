"""Where the demonstration happens: the squares and stations of `cities.toml`, and whatever else the geocoder knows."""

from dataclasses import replace

from domain.place import Place, Precision
from web.demo.chronicle import Table
from web.geocoding import GazetteerGeocoder


class Places:
    """Finds the place a line means. Every place is looked up once."""

    def __init__(self, geocoder: GazetteerGeocoder, cities: Table) -> None:
        self._geocoder = geocoder
        self._cities = cities
        self._found: dict[tuple[str, str], Place] = {}

    def find(self, words: str, city: str) -> Place:
        """The place, in plain words; a place nobody has a point for is the city."""
        if (words, city) not in self._found:
            self._found[words, city] = self._look_up(words, city)
        return self._found[words, city]

    def _look_up(self, words: str, city: str) -> Place:
        known, home = self._cities[city], self._geocoder.settle(city, Place(Precision.COUNTRY, "RU"))
        for spots, precision in (("squares", Precision.STREET), ("stations", Precision.STATION)):
            match known.get(spots, {}).get(words):
                case str(code):
                    return self._geocoder.station_place(code, words)
                case [float(latitude), float(longitude)]:
                    point = self._geocoder.at(latitude, longitude, words=words, precision=precision)
                    return replace(point, region=home.region, city=home.city)
        return self._geocoder.settle(words, within=home)
