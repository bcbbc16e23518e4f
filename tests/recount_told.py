"""What stands of the events of a log, with nothing of `projections`: what the recount of every figure begins with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.detention import Detention
from domain.person import Person
from domain.protest import Protest
from domain.record import Record
from tests.recount_rows import One


@dataclass
class Entry:
    """An entry as it was last told; `stands` unless it was taken back. `told` is the moment at which it was first recorded."""

    says: Any
    told: datetime
    number: int
    stands: bool = True


def number_of(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(when: Any) -> int:
    if when is None:
        return 0
    zone = ZoneInfo(when.zone)
    first: date = when.earliest.astimezone(zone).date()
    last: date = when.latest.astimezone(zone).date()
    if first == last:
        return number_of(first)
    if (first.year, first.month) == (last.year, last.month):
        return number_of(first) // 100 * 100
    return number_of(first) // 10_000 * 10_000 if first.year == last.year else 0


def night_of(when: Any, told: datetime | None = None, place: Any = None) -> int:
    """The day on whose noon it began."""
    if when is None:
        if told is None:
            return 0
        zone = ZoneInfo((place.zone if place is not None else None) or "Europe/Moscow")
        return number_of((told.astimezone(zone) - timedelta(hours=12)).date())
    zone = ZoneInfo(when.zone)
    first, last = ((end.astimezone(zone) - timedelta(hours=12)).date() for end in (when.earliest, when.latest))
    return number_of(first) if first == last else day_of(when)


class Told:
    """What stood once these events were told."""

    def __init__(self, events: Iterable[Any]) -> None:
        self.entries: dict[tuple[Any, int], Entry] = {}
        self.judged: dict[tuple[Any, int], int] = {}
        for number, event in enumerate(events):
            self._take(number, event)

    def _take(self, number: int, event: Any) -> None:
        record = event.originator_id
        if isinstance(event, Record.Correction):  # what is brought back is restated too
            known = self.entries[record, event.version]
            known.says, known.stands = event.restated, True
        elif isinstance(event, Record.Withdrawal):
            self.entries[record, event.version or 1].stands = False
        else:
            self.entries[record, event.originator_version] = Entry(event, event.timestamp, number)

    def of(self, kind: Any, *, ever: bool = False) -> list[tuple[Any, Entry]]:
        """The entries of one kind that stand, or ever stood, with their records, by their numbers in these."""
        found = [(key, entry) for key, entry in self.entries.items() if isinstance(entry.says, kind) and (ever or entry.stands)]
        return [(record, entry) for (record, _), entry in sorted(found, key=lambda item: item[0][1])]

    def same(self) -> dict[Any, Any]:
        """For each file one that stands for its person: files are joined by the latest judgement about the two that stands."""
        latest: dict[frozenset[Any], tuple[int, bool]] = {}
        for (record, _), entry in self.entries.items():
            said = entry.says
            if not isinstance(said, Person.FoundToBe | Person.ToldApart | Detention.Identified) or not entry.stands:
                continue
            if not self.entries[record, 1].stands:  # the whole record was taken back, and its judgements with it
                continue
            one = said.person if isinstance(said, Detention.Identified) else record
            if one != said.other:
                pair = frozenset((one, said.other))
                found = (entry.number, not isinstance(said, Person.ToldApart))
                latest[pair] = max(latest.get(pair, (-1, False)), found)
        group_of: dict[Any, set[Any]] = {}
        for pair, (_, is_same) in latest.items():
            if is_same:
                joined = {*pair}.union(*(group_of.get(file, set()) for file in pair))
                group_of |= dict.fromkeys(joined, joined)
        return {file: min(group) for file, group in group_of.items()}

    def held(self) -> list[tuple[Any, Any, Any]]:
        """Each detention, with what says where and when it counts: its protest where it has one."""
        protests = {record: entry.says for record, entry in self.of(Protest.Recorded, ever=True)}
        held = self.of(Detention.Recorded)
        return [(record, entry.says, protests.get(entry.says.protest, entry.says)) for record, entry in held]


def counted_at(said: Any, categories: tuple[str, ...], who: Any = None, of: Any = None) -> One:
    """Something counted where and when this says."""
    place = said.place
    city, region = (place.city, place.region) if place is not None else (None, None)
    return One(1, 1, city, region, day_of(said.when), categories, who, of or {})


def city_of(place: Any) -> int:
    return (place.city if place is not None else None) or 0


def station_of(place: Any) -> str | None:
    found: str | None = place.station if place is not None else None
    return found
