"""Detentions counted a second time: people recorded one by one and counts of the unnamed, reconciled on paper."""

from collections import Counter, defaultdict
from typing import Any

from domain.detention import Detention
from domain.protest import Protest
from domain.report import Report
from tests.recount_rows import Interval, One, greatest
from tests.recount_told import Entry, Told, city_of, counted_at, night_of, station_of


class Detentions(Told):
    """The figure of detentions."""

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
                claims[record].append((station_of(entry.says.place), entry.says.count))
        loose = {}
        for record, entry in reports.items():
            if entry.says.protest in standing:
                claims[entry.says.protest].append((station_of(entry.says.place), entry.says.count))
            else:
                loose[record] = entry
        found: list[One] = []
        at_protests, alone = defaultdict(list), defaultdict[tuple[int, int], int](int)
        known_at = Counter(entry.says.protest for entry in held.values())
        for protest, at in protests.items():
            named = known_at[protest]
            if named or claims[protest]:
                low, high = _reconciled(named, claims[protest])
                found.append(counted_at(at, (at.form,))._replace(low=low, high=high))
                at_protests[night_of(at.when), at.place.city or 0].append((low, named))
        for entry in held.values():
            if entry.says.protest not in protests:
                found.append(counted_at(entry.says, (entry.says.circumstances,)))
                alone[self._night(entry), city_of(entry.says.place)] += 1
        return found + self._beyond(held, loose, at_protests, alone)

    @staticmethod
    def _night(entry: Entry) -> int:
        return night_of(entry.says.when, entry.told, entry.says.place)

    def _beyond(self, held: Any, loose: Any, at_protests: Any, alone: Any) -> list[One]:
        """For each city and night what counts ask for that were told without a protest."""
        surely, perhaps = self._there(held, loose)
        found, of_night = [], defaultdict[tuple[int, int], list[Entry]](list)
        for entry in loose.values():
            of_night[self._night(entry), city_of(entry.says.place)].append(entry)
        for (night, city), told in of_night.items():
            unnamed = sum(low - named for low, named in at_protests[night, city])
            named = sum(named for _, named in at_protests[night, city])
            stations, nowhere = 0, 0
            highs: list[int | None] = []
            for station in {station_of(entry.says.place) for entry in told}:
                counts = [entry.says.count for entry in told if station_of(entry.says.place) == station]
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
                station = station_of(report.says.place)
                where = (self._night(report), city_of(report.says.place), station)
                surely[where].add(entry.says.detention)
                perhaps[where].add(entry.says.detention)
                if station is not None:
                    told_out.add(entry.says.detention)
        stays: dict[Any, list[tuple[int, int, str]]] = defaultdict(list)
        for record, entry in held.items():
            if station_of(entry.says.place) is not None:
                stays[record].append((self._night(entry), city_of(entry.says.place), entry.says.place.station))
        for record, entry in self.of((Detention.Delivered, Detention.Transferred)):
            if record in held and station_of(entry.says.place) is not None:
                night = night_of(entry.says.when) if entry.says.when is not None else self._night(held[record])
                stays[record].append((night, city_of(entry.says.place), entry.says.place.station))
        for record, known in stays.items():
            for where in known:
                perhaps[where].add(record)
            if record not in told_out:
                surely[known[0]].add(record)
        return surely, perhaps


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
