"""Two synthetic years of protests in 200 cities: events as they would arrive, in the order in which they would be recorded.

Big cities have most of them; a night brings many detentions; a person's file holds 1 to 12 events; papers, releases and
corrections come hours or days later, between those of other people. The same seed gives the same events.
"""

import heapq
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import h3

from domain.count import Count
from domain.detention import Detention
from domain.moment import When
from domain.person import Person
from domain.place import Place, Precision
from domain.privacy import Sealed
from domain.protest import Protest
from domain.provenance import Reliability, Source
from domain.record import Record
from web.places.entries import City

DAYS = 730
FIRST_DAY = datetime(2022, 2, 24, tzinfo=UTC)
ACCOUNT = UUID(int=7 << 76 | 1 << 63)
SOURCES = [Source(kind, reliability) for kind in ("detainee", "lawyer", "relative", "media") for reliability in Reliability]


class Years:
    """Makes the events. `people` is how many were detained over the two years; the first of `cities` has most of them."""

    def __init__(self, people: int, cities: Sequence[City], seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.people = people
        self._later: list[tuple[datetime, int, Callable[[datetime], Record.Event]]] = []
        self._made = 0
        self._squares = [self._city(city, rank) for rank, city in enumerate(cities, start=1)]
        self._weights = [1 / rank for rank in range(1, len(cities) + 1)]

    def events(self) -> Iterator[Record.Event]:
        """In order of recording; each with the machine's time at which it would have been."""
        nights = sorted(self.random.choices(range(DAYS), k=max(1, self.people // 12)))
        for night in nights:
            start = FIRST_DAY + timedelta(days=night, hours=self.random.uniform(12, 19))
            yield from self._until(start)
            self._protest(start, self.random.choices(self._squares, self._weights)[0])
        yield from self._until(None)

    def _until(self, moment: datetime | None) -> Iterator[Record.Event]:
        while self._later and (moment is None or self._later[0][0] <= moment):
            recorded, _, make = heapq.heappop(self._later)
            yield make(recorded)

    def _city(self, city: City, rank: int) -> list[Place]:
        squares = []
        for _ in range(max(3, 60 // rank)):
            cell = h3.latlng_to_cell(city.lat + self.random.gauss(0, 0.02), city.lon + self.random.gauss(0, 0.03), 9)
            squares.append(Place(Precision.STREET, city.country, city.region, city.id, cell=cell, zone=city.zone))
        squares.append(Place(Precision.CITY, city.country, city.region, city.id, zone=city.zone))
        return squares

    def _protest(self, start: datetime, squares: list[Place]) -> None:
        square = self.random.choice(squares)
        history = _History(self, start, self._id(start))
        when = _at(start, square)
        history.add(0.2, Protest.Recorded, originator_topic="protest", when=when, place=square, form="rally",
                    agreement="not_agreed", about="Against the war", organiser=None)  # fmt: skip
        taken = min(400, int(self.random.expovariate(1 / 12)) + 1)
        for _ in range(self.random.randint(0, 2)):
            counted = Count(taken // 2, taken + 3, None)
            history.add(1, Protest.DetentionsCounted, when=when, count=counted, place=None)
        if self.random.random() < 0.1:
            history.add(1, Protest.ForceReported, when=None, kind="baton", people=None)
        if self.random.random() < 0.05:
            restated = {"when": when, "count": Count(taken, taken, None), "place": None}
            history.correct(12, Protest.Corrected, Protest.DetentionsCounted, restated)
        for _ in range(taken):
            self._detained(start + timedelta(minutes=self.random.uniform(0, 90)), square, history.record)

    def _detained(self, start: datetime, square: Place, protest: UUID) -> None:
        person, detention = self._id(start), self._id(start)
        file, held = _History(self, start, person), _History(self, start, detention)
        file.add(0, Person.Opened, originator_topic="person")
        if self.random.random() < 0.7:
            file.add(0.2, Person.Named, name=self._sealed(person, person, "name"), kind="full")
        words = self._sealed(person, detention, "words") if self.random.random() < 0.3 else None
        held.add(0, Detention.Recorded, originator_topic="detention", person=person, when=_at(start, square), place=square,
                 protest=protest if self.random.random() < 0.9 else None, circumstances="at_protest", agency="riot_police",
                 minor="unknown", words=words)  # fmt: skip
        steps = self.random.randint(0, 9)
        for make in self._steps(person, detention, square)[:steps]:
            held.add(1, *make[:1], **make[1])
        if steps > 1:
            held.add(
                8, Detention.Released, when=None, kind=self.random.choice(("after_protocol", "without_protocol", "from_court"))
            )
            if self.random.random() < 0.02:
                held.correct(20, Detention.Corrected, Detention.Released, {"when": None, "kind": "undertaking_to_appear"})

    def _steps(self, person: UUID, detention: UUID, square: Place) -> list[tuple[type[Record.Event], dict[str, Any]]]:
        station = Place(Precision.STATION, "RU", square.region, square.city, station="ru-mow-tverskoy", zone=square.zone)
        return [
            (Detention.Delivered, {"when": None, "place": station}),
            (Detention.DeviceTaken, {"when": None, "device": "phone", "returned": "unknown"}),
            (Detention.CounselRequested, {"when": None}),
            (Detention.CounselRefused, {"when": None, "ground": "plan_krepost", "agency": "police"}),
            (Detention.Fingerprinted, {"when": None, "taken": ("fingerprints",), "forced": "yes"}),
            (Detention.ProtocolDrawn, {"when": None, "kind": "offence", "article": "koap-20.2-5", "copy_given": "no"}),
            (Detention.IllTreatmentReported, {"when": None, "kind": "beating", "agency": "police",
                                              "words": self._sealed(person, detention, "words")}),
            (Detention.Requalified, {"when": None, "article": "koap-19.3-1"}),
            (Detention.HelpGiven, {"when": None, "kind": "legal"}),
        ]  # fmt: skip

    def _sealed(self, person: UUID, record: UUID, field: str) -> Sealed:
        return Sealed(person, record, field, self.random.randbytes(92))

    def _id(self, start: datetime) -> UUID:
        """Of version 7, as the casebook mints them, with the simulated time."""
        high = int(start.timestamp() * 1000) << 16 | 0x7000 | self.random.getrandbits(12)
        return UUID(int=high << 64 | 0b10 << 62 | self.random.getrandbits(62))

    def _schedule(self, recorded: datetime, make: Callable[[datetime], Record.Event]) -> None:
        self._made += 1
        heapq.heappush(self._later, (recorded, self._made, make))


class _History:
    """One record's events, each some hours after the one before."""

    def __init__(self, years: Years, start: datetime, record: UUID) -> None:
        self.years = years
        self.moment = start
        self.record = record
        self.version = 0
        self.told: dict[type[Record.Event], int] = {}

    def add(self, hours: float, happened: type[Record.Event], **facts: Any) -> None:
        self.version += 1
        self.told[happened] = self.version
        self.moment += timedelta(hours=self.years.random.uniform(0, hours))
        common = self._common(self.version)
        self.years._schedule(self.moment, lambda recorded: happened(timestamp=recorded, **common, **facts))

    def correct(self, hours: float, correction: type[Record.Event], told: type[Record.Event], facts: dict[str, Any]) -> None:
        version = self.told.get(told)
        if version is None:
            return
        restated = told(timestamp=self.moment, **self._common(version), **facts)
        self.add(hours, correction, version=version, because="new_information", words=None, restated=restated)

    def _common(self, version: int) -> dict[str, Any]:
        random = self.years.random
        command = UUID(int=random.getrandbits(128) & ~(0xF << 76) | 7 << 76)
        return {
            "originator_id": self.record,
            "originator_version": version,
            "recorded_by": ACCOUNT,
            "source": random.choice(SOURCES),
            "command": command,
        }


def _at(moment: datetime, place: Place) -> When:
    exact = moment.replace(microsecond=0)
    return When(exact, exact + timedelta(minutes=20), place.zone or "UTC")
