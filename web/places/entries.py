"""What the gazetteer holds and answers with: cities, landmarks, police stations, and what a piece of words may name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class City:
    """A town as GeoNames knows it: `id` is its GeoNames id, `part_of` the city it is a district of, `zone` an IANA time zone."""

    id: int
    en: str
    ru: str | None
    country: str
    region: str
    lat: float
    lon: float
    population: int
    zone: str
    part_of: int | None

    def name(self, language: str) -> str:
        """In Russian where a Russian name is known for certain, else in Latin letters."""
        return self.ru if language == "ru" and self.ru else self.en


@dataclass(frozen=True, slots=True)
class Landmark:
    """A square, street, park, building or metro station, by one representative point (to about 200 m)."""

    code: str
    city: int
    kind: str
    en: str
    ru: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Station:
    """A police station or other place of custody; without coordinates where none are known. `kind` is of `PLACE_KINDS`."""

    code: str
    city: int
    en: str
    ru: str
    lat: float | None
    lon: float | None
    address: str | None
    kind: str = "police_station"

    def name(self, language: str) -> str:
        """In the reader's language."""
        return self.ru if language == "ru" else self.en


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that words may mean. `own`: the words are its own name, not merely one of its foreign or former names."""

    city: City | None = None
    landmark: Landmark | None = None
    region: str | None = None
    country: str | None = None
    own: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One piece between commas and everything it may be the name of."""

    text: str
    cities: tuple[tuple[City, bool], ...]
    regions: frozenset[str]
    countries: frozenset[str]

    def agrees(self, city: City) -> bool | None:
        """Whether this piece says where `city` lies: yes, no (it names another region or country), or nothing about it."""
        if city.region in self.regions or city.country in self.countries:
            return True
        if any(other.id in (city.id, city.part_of) for other, _ in self.cities):
            return True
        return False if self.regions or self.countries else None
