"""Words to places: geopy's Nominatim, answered by the offline gazetteer or by a Nominatim of one's own.

Both ways run through the same code: offline, an adapter takes the place of the network and answers Nominatim's JSON from the
gazetteer file. Asked by forms (`find`, to choose from) and by imports (`settle`, which never chooses among equals).
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import h3
from geopy.adapters import BaseSyncAdapter, URLLibAdapter
from geopy.exc import GeopyError
from geopy.geocoders import Nominatim
from tzfpy import get_tz

from domain.errors import RuleBroken
from domain.place import Candidate, Place, Precision
from web.gazetteer import Box, Found, Gazetteer
from web.places.choosing import Heard, common_ground, countries_of, lies_within, rivals_of, without_shadows
from web.places.coordinates import coordinates_in, distance
from web.places.folding import folded
from web.places.known import CELL, KnownPlaces
from web.places.mentions import PlaceMention, places_in

_FINE = (Precision.ADDRESS, Precision.STATION, Precision.STREET, Precision.DISTRICT)
_PRECISION = {
    "country": Precision.COUNTRY,
    **dict.fromkeys(("state", "province", "region", "county", "state_district"), Precision.REGION),
    **dict.fromkeys(("city", "town", "village", "hamlet", "municipality", "administrative"), Precision.CITY),
    **dict.fromkeys(("suburb", "city_district", "district", "borough", "quarter", "neighbourhood"), Precision.DISTRICT),
    **dict.fromkeys(("road", "pedestrian", "square", "place", "railway", "park", "landmark"), Precision.STREET),
}


class GazetteerAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """What geopy takes for the network: /search and /reverse of a Nominatim, answered from the gazetteer."""

    def __init__(self, gazetteer: Gazetteer, *, proxies: object, ssl_context: object) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._gazetteer = gazetteer

    def get_json(self, url: str, *, timeout: float, headers: object) -> Any:
        asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        language = asked.get("accept-language", "en")
        if urlsplit(url).path.endswith("/reverse"):
            city = self._gazetteer.nearest(float(asked["lat"]), float(asked["lon"]))
            return self._told(Found(city=city), language) if city else {"error": "Unable to geocode"}
        countries = [code.upper() for code in asked.get("countrycodes", "").split(",") if code]
        found = self._gazetteer.search(asked["q"], countries=countries, box=_box(asked.get("viewbox")))
        return [self._told(place, language) for place in found[: int(asked.get("limit", 10))]]

    def get_text(self, url: str, *, timeout: float, headers: object) -> str:
        raise NotImplementedError("Nominatim is asked for JSON only")

    def _told(self, found: Found, language: str) -> dict[str, Any]:
        city, mark, names = found.city, found.landmark, self._gazetteer
        if city is None:
            kind = "state" if found.region else "country"
            code = found.country or ""
            tags = {"geonames:region": found.region} if found.region else {}
            name = names.region_name(found.region, language) if found.region else names.country_name(code, language)
            address = {kind: name, "country_code": code.lower()}
            return {
                "lat": "0",
                "lon": "0",
                "addresstype": kind,
                "name": name,
                "display_name": name,
                "address": address,
                "extratags": tags,
            }
        thing = mark or city
        home = (names.city(city.part_of) if city.part_of else None) or city
        name = (mark.ru if language == "ru" else mark.en) if mark else city.name(language)
        called = {"name": name, "name:en": thing.en, "name:ru": thing.ru or ""}
        kind = {"metro": "railway", "square": "square", "garden": "park"}.get(mark.kind, "road") if mark else "city"
        return {
            "lat": str(thing.lat),
            "lon": str(thing.lon),
            "addresstype": "suburb" if mark is None and city.part_of else kind,
            "name": name,
            "display_name": ", ".join(dict.fromkeys((name, home.name(language), names.region_name(city.region, language)))),
            "namedetails": called | ({"own": name} if found.own else {"alt_name": name}),
            "address": {"city": home.name("en"), "country_code": city.country.lower()},
            "extratags": {
                "geonames:id": str(home.id),
                "population": str(city.population),
                "geonames:own": "yes" if found.own else "no",
            },
        }


class GazetteerGeocoder(KnownPlaces):
    """`domain.place.Geocoder`, offline or self-hosted; made by `open_geocoder`."""

    def __init__(self, gazetteer: Gazetteer, nominatim: Any, address: str) -> None:
        super().__init__(gazetteer)
        self._gazetteer = gazetteer
        self._nominatim = nominatim
        self._address = address

    def find(self, words: str, *, within: Place | None = None, language: str = "en") -> Sequence[Candidate]:
        """Everything the words may mean, likeliest first; empty when nothing is known. Coordinates are taken as a point.

        Raises RuleBroken("geocoder_unreachable") when a self-hosted geocoder does not answer.
        """
        return [heard.candidate for heard in self._heard(words, within, language)]

    def settle(
        self, words: str, within: Place | None = None, language: str = "en", at: tuple[float, float] | None = None
    ) -> Place:
        """The one place the words mean, with the words kept; for imports, where nobody can be asked.

        `within` is what the source states for certain (a country, region or city) and binds; `at` are coordinates the source
        gives beside the words (latitude, longitude) and choose among places of one name. A place at least ten times as populous
        as the next is meant; several points inside one city are that city. Nothing known: as much as `within` says, else UNKNOWN.

        Raises RuleBroken("ambiguous_place", words=, candidates=) when several are comparable, "geocoder_unreachable" as `find`.
        """
        told = words.strip()
        if not told:
            return replace(within, words=None) if within else Place(Precision.UNKNOWN)
        heard = self._heard(told, within, language)
        if at is not None:
            heard = [place for place in heard if distance(*at, place.lat, place.lon) < 40] or heard
        if not heard:
            return self._left_open(told, within)
        first, in_city = heard[0], {other.candidate.place.city for other in heard}
        if len(heard) > 1 and len(in_city) == 1 and first.candidate.place.city is not None:
            return replace(self.city_place(first.candidate.place.city), words=told)
        vague = first.candidate.place.precision is Precision.DISTRICT and within is None and at is None and "," not in told
        rivals = rivals_of(first, heard[1:])
        if vague or rivals:
            names = [f"{other.candidate.name} ({other.candidate.region_name})" for other in (first, *rivals[:9])]
            raise RuleBroken("ambiguous_place", words=told, candidates=names)
        return replace(first.candidate.place, words=told)

    def at_least(self, words: str, within: Place | None = None) -> Place:
        """What is certain although the place is not: the country and region all candidates share, with the words kept.

        For an import that must not lose a row over an ambiguous name: record this and report the row.
        """
        places = [heard.candidate.place for heard in self._heard(words.strip(), within, "en")] or [
            within or Place(Precision.UNKNOWN)
        ]
        return common_ground(places, words)

    def at(self, lat: float, lon: float, *, words: str | None = None, precision: Precision = Precision.ADDRESS) -> Place:
        """The place of a point given by its coordinates: its city is looked up, its zone is the point's own."""
        zone = get_tz(lon, lat) or None
        try:
            found = self._nominatim.reverse((lat, lon), language="en", exactly_one=True)
        except GeopyError as error:
            raise RuleBroken("geocoder_unreachable", address=self._address) from error
        heard = self._understood(found.raw, "en") if found else None
        known = heard.candidate.place if heard else Place(precision)
        cell = h3.latlng_to_cell(lat, lon, CELL) if precision in _FINE else None
        return replace(known, precision=precision, cell=cell, zone=zone or known.zone, words=words)

    def places_in(self, text: str, within: Place | None = None, language: str = "en") -> list[PlaceMention]:
        """The places a line of text speaks of, from our own tables alone: see `web.places.mentions`."""
        return places_in(text, self._gazetteer, self, within=within, language=language)

    def _heard(self, words: str, within: Place | None, language: str) -> list[Heard]:
        point = coordinates_in(words)
        if point:
            place = self.at(*point, words=words)
            name = self._gazetteer.city_name(place.city, language) if place.city else words
            region = self._gazetteer.region_name(place.region, language) if place.region else ""
            return [Heard(Candidate(place, name, region), *point, 1.0)]
        query, options = self._asked(words, within)
        try:
            found = self._nominatim.geocode(
                query,
                exactly_one=False,
                limit=40,
                language=language,
                addressdetails=True,
                namedetails=True,
                extratags=True,
                **options,
            )
        except GeopyError as error:
            raise RuleBroken("geocoder_unreachable", address=self._address) from error
        heard = [self._understood(location.raw, language) for location in found or ()]
        fitting = without_shadows([one for one in heard if lies_within(one.candidate.place, within)])
        return sorted(fitting, key=lambda one: -one.weight)

    def _asked(self, words: str, within: Place | None) -> tuple[str, dict[str, Any]]:
        options: dict[str, Any] = {"country_codes": countries_of(within.country)} if within and within.country else {}
        city = self._gazetteer.city(within.city) if within and within.city else None
        if city:
            options |= {"viewbox": ((city.lat - 0.4, city.lon - 0.7), (city.lat + 0.4, city.lon + 0.7)), "bounded": True}
            return f"{words}, {city.ru or city.en}", options
        if within and within.region and folded(words) != folded(region := self._gazetteer.region_name(within.region, "en")):
            return (words if "(" in region else f"{words}, {region}"), options
        return words, options

    def _understood(self, raw: dict[str, Any], language: str) -> Heard:
        """A candidate from one answer of a Nominatim, ours or another."""
        address, tags = raw.get("address") or {}, raw.get("extratags") or {}
        lat, lon = float(raw["lat"]), float(raw["lon"])
        precision = _precision(raw, address)
        country = str(address.get("country_code", "")).upper() or None
        city = None
        if precision not in (Precision.REGION, Precision.COUNTRY):
            city = (
                self._gazetteer.city(int(tags["geonames:id"]))
                if "geonames:id" in tags
                else self._city_of(lat, lon, address, country)
            )
        cell = h3.latlng_to_cell(lat, lon, CELL) if precision in _FINE else None
        region = city.region if city else tags.get("geonames:region") or self._region_of(address, country)
        zone = city.zone if city else (get_tz(lon, lat) or None if precision in _FINE else None)
        place = Place(precision, country, region, city.id if city else None, cell=cell, zone=zone)
        population = int(tags.get("population") or (city.population if city and precision is Precision.CITY else 0))
        named = self._gazetteer.region_name(region, language) if region else self._gazetteer.country_name(country or "", language)
        name = str(raw.get("name") or str(raw.get("display_name", "")).partition(",")[0])
        weight = max(population, 500) * (
            0.01 if tags.get("geonames:own") == "no" else 0.1 if precision is Precision.DISTRICT else 1
        )
        if precision in (Precision.REGION, Precision.COUNTRY):
            weight = 1e6  # as loud as a city of a million: "Washington" and "Georgia" stay open
        return Heard(Candidate(place, name, named, population), lat, lon, weight)

    def _city_of(self, lat: float, lon: float, address: dict[str, Any], country: str | None) -> Any:
        for kind in ("city", "town", "village", "municipality"):
            if kind in address:
                called = self._gazetteer.nearest(lat, lon, called=str(address[kind]), fits=lambda city: city.country == country)
                if called:
                    return called
        return self._gazetteer.nearest(lat, lon, fits=lambda city: city.country == country)

    def _region_of(self, address: dict[str, Any], country: str | None) -> str | None:
        state = address.get("state")
        found = self._gazetteer.search(str(state), countries=[country] if country else ()) if state else []
        return next((place.region for place in found if place.region and place.city is None), None)

    def _left_open(self, words: str, within: Place | None) -> Place:
        if within is None:
            return Place(Precision.UNKNOWN, words=words)
        if within.city is None and self._heard(words, None, "en"):
            return Place(Precision.UNKNOWN, words=words)  # known, but elsewhere: the source contradicts itself
        return replace(within, words=words)


def open_geocoder(gazetteer: Gazetteer, nominatim: str | None = None, *, timeout: float = 5.0) -> GazetteerGeocoder:
    """The geocoder: offline, or asking the self-hosted Nominatim at `nominatim` ("http://127.0.0.1:8080"), `timeout` in seconds.

    Raises RuleBroken("geocoder_address") for an address that is none. Proxies from the environment are not used: words about
    detentions go to the machine that was named and to no other.
    """
    logging.getLogger("geopy").setLevel(logging.WARNING)  # below that it logs every address asked for
    parts = urlsplit(nominatim or "http://gazetteer.invalid")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.username:
        raise RuleBroken("geocoder_address", address=nominatim)
    adapter = partial(GazetteerAdapter, gazetteer) if nominatim is None else URLLibAdapter
    engine = Nominatim(
        domain=parts.netloc + parts.path,
        scheme=parts.scheme,
        timeout=timeout,
        user_agent="khronika",
        proxies={},
        adapter_factory=adapter,
    )
    return GazetteerGeocoder(gazetteer, engine, nominatim or "gazetteer")


def _box(viewbox: str | None) -> Box | None:
    if not viewbox:
        return None
    west, south, east, north = map(float, viewbox.split(","))
    return min(south, north), min(west, east), max(south, north), max(west, east)


def _precision(raw: dict[str, Any], address: dict[str, Any]) -> Precision:
    if "house_number" in address:
        return Precision.ADDRESS
    kind = str(raw.get("addresstype") or raw.get("type") or "")
    if kind in _PRECISION:
        return _PRECISION[kind]
    return Precision.ADDRESS if raw.get("class") != "highway" else Precision.STREET
