"""Which of several places is meant: the documented rules by which nothing is guessed among equals (docs/places.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.place import Candidate, Place, Precision
from web.places.coordinates import distance

DOMINANCE = 10
"""How many times as populous a place must be to be meant without being asked."""
ONE_PLACE_KM = 15
"""Entries of the same name closer than this are one place entered twice."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A candidate with what the choice between candidates needs.

    `weight` is the population; a hundredth of it for a place that merely has the words among its foreign or former names, a
    tenth for a district.
    """

    candidate: Candidate
    lat: float
    lon: float
    weight: float


def lies_within(place: Place, within: Place | None) -> bool:
    """Whether a place lies in what is stated for certain."""
    if within is None:
        return True
    if within.country is not None and (place.country is None or place.country.lower() not in countries_of(within.country)):
        return False
    wanted = ((within.region, place.region), (within.city, place.city))
    return all(stated is None or stated == found for stated, found in wanted)


def countries_of(country: str) -> list[str]:
    """A country for geopy, with the territories that have codes of their own: what is told of the USA includes Puerto Rico."""
    return [country.lower(), *(["pr", "gu", "vi", "as", "mp"] if country == "US" else [])]


def without_shadows(heard: list[Heard]) -> list[Heard]:
    """A region gives way to its city of the same name (Moscow, New York), a city to its country of the same name (Luxembourg)."""
    places = [one.candidate.place for one in heard]
    countries = {place.country for place in places if place.precision is Precision.COUNTRY}
    regions_of_cities = {place.region for place in places if place.precision is Precision.CITY}
    return [
        one
        for one, place in zip(heard, places, strict=True)
        if not (place.precision is Precision.REGION and place.region in regions_of_cities)
        and (place.precision in (Precision.COUNTRY, Precision.REGION) or place.country not in countries)
    ]


def _entered_twice(one: Heard, other: Heard) -> bool:
    cities = one.candidate.place.precision is other.candidate.place.precision is Precision.CITY
    return cities and distance(one.lat, one.lon, other.lat, other.lon) < ONE_PLACE_KM


def rivals_of(first: Heard, others: Sequence[Heard]) -> list[Heard]:
    """The others that are comparable to the first: not a second entry of it, and not ten times less populous."""
    return [other for other in others if not _entered_twice(first, other) and first.weight < DOMINANCE * other.weight]


def common_ground(places: Sequence[Place], words: str) -> Place:
    """The region, else the country, that all of the places share; UNKNOWN where they share neither."""
    countries, regions = {place.country for place in places}, {place.region for place in places}
    if len(countries) != 1 or None in countries:
        return Place(Precision.UNKNOWN, words=words)
    if len(regions) != 1 or None in regions:
        return Place(Precision.COUNTRY, countries.pop(), words=words)
    return Place(Precision.REGION, countries.pop(), regions.pop(), words=words)
