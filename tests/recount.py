"""Every figure counted a second time, from the events of the log alone, with loops a reader can follow on paper.

Nothing of `projections` is imported: what both say has to come from two programs. The rules are those of the
definitions' texts and of docs/decisions/0004, 0025 and 0040.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.detention import Detention
from domain.incident import Incident
from domain.person import Person
from domain.protest import Protest
from domain.record import Record
from domain.report import Report
from tests.recount_rows import Interval, One, greatest


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


class Recount:
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
        """The entries of one kind that stand, or ever stood, with their records."""
        return [
            (record, entry)
            for (record, _), entry in sorted(self.entries.items(), key=lambda item: item[0][1])
            if isinstance(entry.says, kind) and (ever or entry.stands)
        ]

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
        groups: list[set[Any]] = []
        for pair, (_, is_same) in latest.items():
            if is_same:
                joined = {*pair}.union(*(group for group in groups if group & pair))
                groups = [group for group in groups if not group & pair] + [joined]
        return {file: min(group) for group in groups for file in group}

    # What each figure counts.

    def protests(self) -> list[One]:
        return [_at(entry.says, (entry.says.form,)) for _, entry in self.of(Protest.Recorded)]

    def incidents(self) -> list[One]:
        return [_at(entry.says, tuple(entry.says.categories)) for _, entry in self.of(Incident.Recorded)]

    def _held(self) -> list[tuple[Any, Any, Any]]:
        """Each detention, with what says where and when it counts: its protest where it has one."""
        protests = {record: entry.says for record, entry in self.of(Protest.Recorded, ever=True)}
        held = self.of(Detention.Recorded)
        return [(record, entry.says, protests.get(entry.says.protest, entry.says)) for record, entry in held]

    def people_detained(self) -> list[One]:
        same = self.same()
        return [_at(at, (said.circumstances,), same.get(said.person, said.person)) for _, said, at in self._held()]

    def not_released(self) -> list[One]:
        kept_in = ("to_remand", "to_administrative_arrest")
        free = {record for record, entry in self.of(Detention.Released) if entry.says.kind not in kept_in}
        return [_at(at, (said.circumstances,)) for record, said, at in self._held() if record not in free]

    def counsel_refused(self) -> list[One]:
        return self._told_of(Detention.CounselRefused, "ground")

    def ill_treatment(self) -> list[One]:
        return self._told_of(Detention.IllTreatmentReported, "kind")

    def _told_of(self, kind: Any, code: str) -> list[One]:
        same, held = self.same(), {record: (said, at) for record, said, at in self._held()}
        found = []
        for record, entry in self.of(kind):
            if record in held:
                said, at = held[record]
                found.append(_at(at, (getattr(entry.says, code),), same.get(said.person, said.person)))
        return found

    def minors(self) -> list[One]:
        same, found = self.same(), []
        for _, said, at in self._held():
            if said.minor in ("yes", "unknown"):
                one = _at(at, (said.minor,), same.get(said.person, said.person))
                found.append(one._replace(low=int(said.minor == "yes")))
        return found

    def force(self) -> list[One]:
        protests = {record: entry.says for record, entry in self.of(Protest.Recorded)}
        told = self.of(Protest.ForceReported)
        return [_at(protests[record], (entry.says.kind,), record) for record, entry in told if record in protests]

    def detentions(self) -> list[One]:
        protests = {record: entry.says for record, entry in self.of(Protest.Recorded, ever=True)}
        standing = {record for record, _ in self.of(Protest.Recorded)}
        held = dict(self.of(Detention.Recorded))
        reports = {
            record: entry
            for record, entry in self.of(Report.Received)
            if entry.says.count is not None and entry.says.count.high != 0
        }
        claims: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
        for record, entry in self.of(Protest.DetentionsCounted):
            if record in standing:
                claims[record].append((_station(entry.says.place), entry.says.count))
        loose = {}
        for record, entry in reports.items():
            if entry.says.protest in standing:
                claims[entry.says.protest].append((_station(entry.says.place), entry.says.count))
            else:
                loose[record] = entry
        found: list[One] = []
        at_protests, alone = defaultdict(list), defaultdict[tuple[int, int], int](int)
        for protest, at in protests.items():
            named = sum(1 for entry in held.values() if entry.says.protest == protest)
            if named or claims[protest]:
                low, high = _reconciled(named, claims[protest])
                found.append(_at(at, (at.form,))._replace(low=low, high=high))
                at_protests[night_of(at.when), at.place.city or 0].append((low, named))
        for entry in held.values():
            if entry.says.protest not in protests:
                found.append(_at(entry.says, (entry.says.circumstances,)))
                alone[self._night(entry), _city(entry.says.place)] += 1
        return found + self._beyond(held, loose, at_protests, alone)

    @staticmethod
    def _night(entry: Entry) -> int:
        return night_of(entry.says.when, entry.told, entry.says.place)

    def _beyond(self, held: Any, loose: Any, at_protests: Any, alone: Any) -> list[One]:
        """For each city and night what counts ask for that were told without a protest."""
        surely, perhaps = self._there(held, loose)
        found = []
        for night, city in {(self._night(entry), _city(entry.says.place)) for entry in loose.values()}:
            told = [e for e in loose.values() if (self._night(e), _city(e.says.place)) == (night, city)]
            unnamed = sum(low - named for low, named in at_protests[night, city])
            named = sum(named for _, named in at_protests[night, city])
            stations, nowhere = 0, 0
            highs: list[int | None] = []
            for station in {_station(entry.says.place) for entry in told}:
                counts = [entry.says.count for entry in told if _station(entry.says.place) == station]
                low, high = min(count.low for count in counts), greatest(count.high for count in counts)
                sure = len(surely[night, city, station])
                highs.append(None if high is None else max(0, high - sure))
                if station is None:
                    nowhere = max(0, low - max(sure, named + alone[night, city]))
                else:
                    stations += max(0, low - max(sure, len(perhaps[night, city, station])))
            is_certain = city != 0 and night % 100 > 0
            low = max(0, stations - unnamed, nowhere - unnamed) if is_certain else 0
            high = None if None in highs else sum(high or 0 for high in highs)
            if (low, high) != (0, 0):
                regions = {entry.says.place.region if entry.says.place is not None else None for entry in told}
                region = regions.pop() if len(regions) == 1 else None
                found.append(One(low, high, city or None, region, night, ()))
        return found

    def _there(self, held: Any, loose: Any) -> tuple[Any, Any]:
        """Who was surely, and who perhaps, among those counted at a station on a night."""
        surely, perhaps, told_out = defaultdict(set), defaultdict(set), set()
        for record, entry in self.of(Report.PersonRecorded):
            report = loose.get(record)
            if report is not None and entry.says.detention in held:
                station = _station(report.says.place)
                where = (self._night(report), _city(report.says.place), station)
                surely[where].add(entry.says.detention)
                perhaps[where].add(entry.says.detention)
                if station is not None:
                    told_out.add(entry.says.detention)
        stays: dict[Any, list[tuple[int, int, str]]] = defaultdict(list)
        for record, entry in held.items():
            if _station(entry.says.place) is not None:
                stays[record].append((self._night(entry), _city(entry.says.place), entry.says.place.station))
        for record, entry in self.of((Detention.Delivered, Detention.Transferred)):
            if record in held and _station(entry.says.place) is not None:
                night = night_of(entry.says.when) if entry.says.when is not None else self._night(held[record])
                stays[record].append((night, _city(entry.says.place), entry.says.place.station))
        for record, known in stays.items():
            for where in known:
                perhaps[where].add(record)
            if record not in told_out:
                surely[known[0]].add(record)
        return surely, perhaps


def _at(said: Any, categories: tuple[str, ...], who: Any = None) -> One:
    place = said.place
    city, region = (place.city, place.region) if place is not None else (None, None)
    return One(1, 1, city, region, day_of(said.when), categories, who)


def _city(place: Any) -> int:
    return (place.city if place is not None else None) or 0


def _station(place: Any) -> str | None:
    found: str | None = place.station if place is not None else None
    return found


def _reconciled(named: int, claims: list[tuple[Any, Any]]) -> Interval:
    """Counts of the whole compete; those of stations are of different people; people known one by one push both ends up."""
    spans: dict[Any, Interval] = {}
    for station in {station for station, _ in claims}:
        counts = [count for at, count in claims if at == station]
        spans[station] = (min(count.low for count in counts), greatest(count.high for count in counts))
    whole = spans.pop(None, (0, 0))
    low = max(whole[0], sum(low for low, _ in spans.values()), named)
    highs = [whole[1], *(high for _, high in spans.values())]
    if None in highs:
        return low, None
    return low, max(low, whole[1] or 0, sum(high or 0 for _, high in spans.values()))
