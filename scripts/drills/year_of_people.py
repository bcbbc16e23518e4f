"""A made-up year of people detained, recorded through the aggregates and counted along: over it released tables are attacked."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from domain.count import Count
from domain.detention import Detention
from domain.moment import When
from domain.person import Person
from domain.place import Place, Precision
from domain.protest import Protest
from domain.provenance import Entry, Source
from domain.record import Record, new_id
from web.places.entries import City
from web.wiring import Tracker

YEAR, DAYS = 2022, 365
TOGETHER = 4_000
SOURCE = Source("media")
CIRCUMSTANCES = ("on_the_way", "single_picket", "face_recognition", "at_home", "preventive", "summoned", "other", "unknown")


@dataclass(frozen=True, slots=True)
class Held:
    """One detention, as it is known: city (GeoNames id), month (202203), and what was told of it."""

    city: int
    month: int
    circumstances: str
    minor: str
    counsel_refused: bool
    ill_treated: bool


@dataclass
class YearOfPeople:
    """`held` is by person; `announced` how many detentions are announced of a city and month."""

    people: int
    cities: Sequence[City]
    seed: int
    held: dict[int, list[Held]] = field(default_factory=lambda: defaultdict(list))
    announced: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))

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
        known: list[tuple[object, str]] = []
        left = self.people
        while left > 0:
            day = datetime(YEAR, 1, 1, 9, tzinfo=UTC) + timedelta(days=min(DAYS - 1, int(chance.betavariate(1.2, 1.8) * DAYS)))
            city = chance.choices(self.cities, weights)[0]
            place = Place(Precision.CITY, city.country, city.region, city.id, zone=city.zone)
            when, month = When.day(day.date(), city.zone), day.year * 100 + day.month
            taken = min(left, 1 + int(chance.expovariate(1 / 12)))
            left -= taken
            protest: Protest | None = None
            if taken > 1:
                protest = Protest.record(_entry(), new_id(), when=when, place=place, form="rally")
                unnamed = chance.choice((0, 0, chance.randrange(1, 9)))
                if unnamed:
                    protest.count_detentions(_entry(), count=Count(taken + unnamed, taken + unnamed))
                self.announced[city.id, month] += taken + unnamed
                yield protest
            else:
                self.announced[city.id, month] += 1
            for _ in range(taken):
                if known and chance.random() < 0.06:
                    number = chance.randrange(len(known))
                else:
                    number = len(known)
                    person = Person.open(_entry(), new_id())
                    known.append((person.id, chance.choices(("yes", "no", "unknown"), (1, 12, 6))[0]))
                    yield person
                yield self._detention(
                    chance, number, known[number], protest, when, place, Held(city.id, month, "", "", False, False)
                )

    def _detention(
        self,
        chance: random.Random,
        number: int,
        person: tuple[object, str],
        protest: Protest | None,
        when: When,
        place: Place,
        at: Held,
    ) -> Detention:
        how = "at_protest" if protest is not None and chance.random() < 0.9 else chance.choice(CIRCUMSTANCES)
        refused, ill = chance.random() < 0.12, chance.random() < (0.25 if at.city == self.cities[5].id else 0.04)
        taken = Detention.record(
            _entry(),
            new_id(),
            person=person[0],  # type: ignore[arg-type]
            when=when,
            place=place,
            protest=protest.id if protest is not None else None,
            circumstances=how,
            minor=person[1],
        )
        if refused:
            taken.refuse_counsel(_entry(), ground=chance.choice(("plan_krepost", "wait", "no_reason")))
        if ill:
            taken.report_ill_treatment(_entry(), kind=chance.choice(("beating", "humiliation", "no_sleep")))
        self.held[number].append(Held(at.city, at.month, how, person[1], refused, ill))
        return taken

    def values(self, quarter: int, lists: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
        """Everybody detained in the quarter that ends with this month, with one value of each attribute of the tables."""
        found = []
        for all_of_them in self.held.values():
            held = [one for one in all_of_them if quarter - 3 < one.month <= quarter]
            if held:
                told = {
                    "city": {str(one.city) for one in held},
                    "month": {str(one.month) for one in held},
                    "circumstances": {one.circumstances for one in held} - {"unknown"},
                }
                person = {name: _one(values, lists[name]) for name, values in told.items() if name in lists}
                person["minor"] = held[0].minor
                person["counsel"] = "refused" if any(one.counsel_refused for one in held) else "not_reported"
                person["ill_treatment"] = "reported" if any(one.ill_treated for one in held) else "not_reported"
                found.append(person)
        return found


def _one(values: set[str], listed: Sequence[str]) -> str:
    value = next(iter(values)) if len(values) == 1 else "several" if values else "unknown"
    return value if value in listed else "other_values"


def _entry() -> Entry:
    return Entry(new_id(), SOURCE, new_id())
