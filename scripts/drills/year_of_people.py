"""A made-up year of people detained, recorded through the aggregates and counted along: over it released tables are attacked."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.count import Count
from domain.detention import Detention
from domain.moment import When
from domain.person import Person
from domain.place import Place, Precision
from domain.proceeding import Proceeding
from domain.protest import Protest
from domain.provenance import Entry, Source
from domain.record import Record, new_id
from web.places.entries import City
from web.wiring import Tracker

YEAR, DAYS = 2022, 365
TOGETHER = 4_000
SOURCE = Source("media")
CIRCUMSTANCES = ("on_the_way", "single_picket", "face_recognition", "at_home", "preventive", "summoned", "other", "unknown")
ARTICLES = ("koap-20.2-5", "koap-20.2-5", "koap-20.2.2-1", "koap-19.3-1", "koap-20.3.3-1", "koap-20.1-1", "uk-318", "uk-213")
ADULTS = ("from_18_to_24", "from_25_to_34", "from_35_to_44", "from_45_to_59", "from_60")


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who is detained; what was not told of them is "unknown"."""

    id: UUID
    minor: str
    age: str
    gender: str


@dataclass(frozen=True, slots=True)
class Held:
    """One detention, as it is known: city (GeoNames id), month (202203), and what was told of it; "" where nothing was."""

    city: int
    month: int
    circumstances: str
    is_refused: bool
    is_ill_treated: bool
    article: str


@dataclass
class YearOfPeople:
    """`held` and `ruled` (month and penalty) are by person."""

    people: int
    cities: Sequence[City]
    seed: int
    everybody: list[Somebody] = field(default_factory=list)
    held: dict[int, list[Held]] = field(default_factory=lambda: defaultdict(list))
    ruled: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))

    def record(self, tracker: Tracker) -> int:
        """All of it. Returns how many events."""
        events, pending = 0, list[Record]()
        for record in self._records():
            pending.append(record)
            if len(pending) >= TOGETHER:
                events += len(tracker.casebook.keep(*pending))
                pending = []
        return events + len(tracker.casebook.keep(*pending))

    def _records(self) -> Iterator[Record]:
        chance = random.Random(self.seed)
        weights = [1 / rank for rank in range(1, len(self.cities) + 1)]
        left = self.people
        while left > 0:
            day = datetime(YEAR, 1, 1, 9, tzinfo=UTC) + timedelta(days=min(DAYS - 1, int(chance.betavariate(1.2, 1.8) * DAYS)))
            city = chance.choices(self.cities, weights)[0]
            place = Place(Precision.CITY, city.country, city.region, city.id, zone=city.zone)
            taken = min(left, 1 + int(chance.expovariate(1 / 12)))
            left -= taken
            protest: Protest | None = None
            if taken > 1:
                protest = Protest.record(_entry(), new_id(), when=_on(day, place), place=place, form="rally")
                if chance.random() < 0.3:
                    more = taken + chance.randrange(9)
                    protest.count_detentions(_entry(), count=Count(more, more))
                yield protest
            for _ in range(taken):
                if not self.everybody or chance.random() > 0.06:
                    yield self._somebody(chance)
                    number = len(self.everybody) - 1
                else:
                    number = chance.randrange(len(self.everybody))
                yield from self._detention(chance, number, protest.id if protest is not None else None, day, place)

    def _somebody(self, chance: random.Random) -> Person:
        person = Person.open(_entry(), new_id())
        minor = chance.choices(("yes", "no", "unknown"), (1, 12, 6))[0]
        age = "from_16_to_17" if minor == "yes" else chance.choice((*ADULTS[:2], *ADULTS))
        told = Somebody(
            person.id, minor, chance.choice((age, age, "unknown")), chance.choice(("woman", "man", "man", "unknown", "other"))
        )
        if (told.age, told.gender) != ("unknown", "unknown"):
            person.describe(_entry(), age_band=told.age, gender=told.gender)
        self.everybody.append(told)
        return person

    def _detention(
        self, chance: random.Random, number: int, protest: UUID | None, day: datetime, place: Place
    ) -> Iterator[Record]:
        person = self.everybody[number]
        how = "at_protest" if protest is not None and chance.random() < 0.9 else chance.choice(CIRCUMSTANCES)
        held = Held(
            place.city or 0,
            _month(day),
            how,
            chance.random() < 0.12,
            chance.random() < (0.25 if place.city == self.cities[5].id else 0.04),
            chance.choice(ARTICLES) if chance.random() < 0.6 else "",
        )
        facts: dict[str, Any] = {"when": _on(day, place), "place": place, "protest": protest}
        taken = Detention.record(_entry(), new_id(), person=person.id, circumstances=how, minor=person.minor, **facts)
        if held.is_refused:
            taken.refuse_counsel(_entry(), ground=chance.choice(("plan_krepost", "wait", "no_reason")))
        if held.is_ill_treated:
            taken.report_ill_treatment(_entry(), kind=chance.choice(("beating", "humiliation", "no_sleep")))
        if held.article:
            taken.draw_protocol(_entry(), kind="offence", article=held.article)
        self.held[number].append(held)
        yield taken
        if held.article and chance.random() < 0.5:
            yield self._ruling(chance, number, taken.id, held.article, day + timedelta(days=chance.randrange(30)), place)

    def _ruling(
        self, chance: random.Random, number: int, detention: UUID, article: str, day: datetime, place: Place
    ) -> Proceeding:
        person, penalty = self.everybody[number].id, chance.choice(("fine", "fine", "arrest", "work", "warning"))
        facts: dict[str, Any] = {"when": _on(day, place), "place": place}
        case = Proceeding.open(
            _entry(), new_id(), persons=(person,), kind="administrative", article=article, detention=detention, **facts
        )
        case.rule(_entry(), outcome="guilty", penalties=(penalty,), **facts)
        self.ruled[number].append((_month(day), penalty))
        return case

    def values(self, quarter: int, lists: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
        """Everybody detained in the quarter that ends with this month, with one value of each attribute of the tables."""
        found = []
        for number, all_of_them in self.held.items():
            held = [one for one in all_of_them if quarter - 3 < one.month <= quarter]
            if held:
                person = self.everybody[number]
                ruled = {penalty for month, penalty in self.ruled[number] if quarter - 3 < month <= quarter}
                told = {
                    "city": {str(one.city) for one in held},
                    "month": {str(one.month) for one in held},
                    "circumstances": {one.circumstances for one in held} - {"unknown"},
                    "article": {one.article for one in held if one.article} or {"not_reported"},
                    "outcome": ruled & {"fine", "arrest", "work"} or ruled or {"not_reported"},
                    "minor": {person.minor},
                    "age": {person.age},
                    "gender": {person.gender},
                    "counsel": {"refused" if any(one.is_refused for one in held) else "not_reported"},
                    "ill_treatment": {"reported" if any(one.is_ill_treated for one in held) else "not_reported"},
                }
                found.append({name: _one(told[name], listed) for name, listed in lists.items()})
        return found


def _one(values: set[str], listed: Sequence[str]) -> str:
    value = next(iter(values)) if len(values) == 1 else "several" if values else "unknown"
    return value if value in listed else "other_values"


def _on(day: datetime, place: Place) -> When:
    return When.day(day.date(), place.zone or "Europe/Moscow")


def _month(day: datetime) -> int:
    return day.year * 100 + day.month


def _entry() -> Entry:
    return Entry(new_id(), SOURCE, new_id())
