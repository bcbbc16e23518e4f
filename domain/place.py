"""Where something happened, as precisely as anybody knows, and the words it was told in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from domain.privacy import Words


class Precision(StrEnum):
    """How closely a place is known, from the finest to none."""

    ADDRESS = "address"
    STATION = "station"
    STREET = "street"
    DISTRICT = "district"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as recorded: nothing here is looked up again later, so a replay needs no gazetteer and no network.

    `country` is ISO 3166-1 alpha-2; `region` is the GeoNames first-order division ("RU.48"); `city` its GeoNames id;
    `station` the code of a police station; `cell` the H3 cell of resolution 9 (about 170 m), None unless the place is known
    to the district or better; `zone` an IANA time zone name.
    """

    precision: Precision
    country: str | None = None
    region: str | None = None
    city: int | None = None
    station: str | None = None
    cell: str | None = None
    zone: str | None = None
    words: Words = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing the words may mean: `name` and `region_name` in the asker's language, `population` of the city (0 unknown)."""

    place: Place
    name: str
    region_name: str
    population: int = 0


class Geocoder(Protocol):
    """Finds places for words. Asked before an event is recorded, never during a replay."""

    def find(self, words: str, *, within: Place | None = None, language: str = "en") -> Sequence[Candidate]:
        """Everything the words may mean, likeliest first; empty when nothing is known. Never guesses among equals."""
