"""Detentions: those recorded one by one and counts of unnamed people, reconciled (docs/decisions/0004, 0025)."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from domain.vocabulary.custody import CIRCUMSTANCES
from domain.vocabulary.protests import PROTEST_FORMS
from projections import statistics
from projections.figures.definition import Counted, Definition, Facts, Tie
from projections.night_tables import is_certain
from projections.reconciling import Claim, Total, beyond, needed, reconcile

Night = tuple[int, int]
"""A night and a city, 0 for what could not be placed in one."""


def count(facts: Facts) -> Iterator[Counted]:
    """Each at its protest, each detention at none, and for each city and night what counts ask for beyond them."""
    protests = {row.record: row for row in facts.ever_known(statistics.PROTEST)}
    standing = {row.record for row in facts.known(statistics.PROTEST)}
    alone: dict[Night, int] = defaultdict(int)
    named: dict[bytes, int] = defaultdict(int)
    held: dict[bytes, Any] = {}
    for row in facts.known(statistics.DETENTION):
        held[row.record] = row
        if row.protest in protests:
            named[row.protest] += 1
        else:
            alone[row.night, row.city or 0] += 1
            yield Counted(Total(1, 1), row.city, row.region, row.day, (row.category,), row.cell)
    claims: dict[bytes, list[Claim]] = defaultdict(list)
    for row in facts.known(statistics.COUNT):
        if row.protest in standing:
            claims[row.protest].append(Claim(row.low, row.high, row.category))
    loose: list[Any] = []
    for row in facts.known(statistics.REPORT):
        if row.category is None:
            continue
        if row.protest in standing:
            claims[row.protest].append(Claim(row.low, row.high, row.station))
        else:
            loose.append(row)
    at_protests: dict[Night, list[tuple[int, int]]] = defaultdict(list)
    for key in named.keys() | claims.keys():
        at = protests[key]
        total = reconcile(named.get(key, 0), claims.get(key, ()))
        at_protests[at.night, at.city or 0].append((total.low, named.get(key, 0)))
        yield Counted(total, at.city, at.region, at.day, (at.category,), at.cell, key)
    if loose:
        yield from _beyond(facts, loose, held, at_protests, alone)


def _beyond(
    facts: Facts,
    loose: Sequence[Any],
    held: Mapping[bytes, Any],
    at_protests: Mapping[Night, Sequence[tuple[int, int]]],
    alone: Mapping[Night, int],
) -> Iterator[Counted]:
    """What counts told without a protest ask for beyond protests and people: as `projections.nights` keeps it for today."""
    claims: dict[Night, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    regions: dict[Night, set[str | None]] = defaultdict(set)
    for row in loose:
        claims[row.night, row.city or 0][row.station or ""].append(Claim(row.low, row.high, row.station))
        regions[row.night, row.city or 0].add(row.region)
    surely, perhaps = _who_was_there(facts, {row.record: row for row in loose}, held)
    for night, at in claims.items():
        sums = at_protests.get(night, ())
        low, named = sum(low for low, _ in sums), sum(named for _, named in sums)
        asked = [
            needed(counts, len(surely[*night, station]), perhaps=len(perhaps[*night, station]))
            for station, counts in at.items()
            if station
        ]
        nowhere = needed(at.get("", ()), len(surely[*night, ""]), perhaps=named + alone.get(night, 0))
        more = beyond(Total(low, None), named, asked, nowhere, is_certain=is_certain(night))
        if more != (0, 0):
            (region,) = regions[night] if len(regions[night]) == 1 else (None,)
            yield Counted(more, night[1] or None, region, night[0], ())


There = Mapping[tuple[int, int, str], set[bytes]]
"""The detentions that belong to a night, a city and a station."""


def _who_was_there(facts: Facts, reports: Mapping[bytes, Any], held: Mapping[bytes, Any]) -> tuple[There, There]:
    """Who is among those counted at each station for certain, and who may be: everybody ever known there."""
    stays: dict[bytes, list[tuple[int, Any]]] = defaultdict(list)
    surely: dict[tuple[int, int, str], set[bytes]] = defaultdict(set)
    perhaps: dict[tuple[int, int, str], set[bytes]] = defaultdict(set)
    for row in held.values():
        if row.station is not None:
            stays[row.record].append((row.version, row))
    for row in facts.known(statistics.STAY):
        if row.record in held:
            stays[row.record].append((row.version, row))
    elsewhere: set[bytes] = set()
    for row in facts.known(statistics.TOLD_OUT):
        report = reports.get(row.record)
        if report is not None and row.detention in held:
            for cell in (surely, perhaps):
                cell[report.night, report.city or 0, report.station or ""].add(row.detention)
            if report.station is not None:
                elsewhere.add(row.detention)
    for record, known in stays.items():
        for index, (_, row) in enumerate(sorted(known, key=lambda stay: stay[0])):
            night = row.night if row.night is not None else held[record].night
            perhaps[night, row.city or 0, row.station].add(record)
            if index == 0 and record not in elsewhere:
                surely[night, row.city or 0, row.station].add(record)
    return surely, perhaps


def ties(rows: Sequence[Any]) -> Callable[[Any], Iterator[Tie]]:
    """By protest; and by city and night where any count ever told of one asks for people beyond its protests."""
    asked = {(row.night, row.city or 0) for row in rows if row.kind == statistics.REPORT}
    nights: dict[bytes, set[int]] = defaultdict(set)
    for row in rows:
        if row.kind == statistics.DETENTION:
            nights[row.record].add(row.night)

    def of(row: Any) -> Iterator[Tie]:
        yield row.record
        if row.protest is not None:
            yield row.protest
        if row.detention is not None:
            yield row.detention
        for night in [row.night] if row.night is not None else nights.get(row.record, ()):
            if (night, row.city or 0) in asked:
                yield night, row.city or 0

    return of


DETENTIONS = Definition(
    "detentions",
    2,
    ("detentions", "задержания"),
    (
        "Detentions recorded one by one and counts of unnamed people, reconciled for each protest: at least the larger "
        "of the two, never their sum. Counts at police stations told without a protest add only what they ask for "
        "beyond the people known there, for each city and night from noon to noon: at the low end what the protests "
        "do not account for, at the high end all of it; where city or night is not certain, at the high end alone. "
        "Detentions at a protest count at its place and day, such counts on the day on which the night began. "
        "Category: the form of the protest, or the circumstances where there was none.",
        "Задержания, записанные поимённо, и подсчёты неназванных людей, сведённые по каждой акции: не меньше большего "
        "из двух, никогда не их сумма. Подсчёты в отделах полиции, сообщённые без акции, прибавляют по каждому городу и "
        "ночи, от полудня до полудня, только то, что в них сверх людей, известных там поимённо: к нижней границе — "
        "чего не объясняют акции, к верхней — всё; где город или ночь неясны — только к верхней. Задержания на акции "
        "учитываются по её месту и дню, такие подсчёты — по дню, в который началась ночь. Категория — форма акции, а "
        "без акции — обстоятельства.",
    ),
    count,
    ties,
    (statistics.PROTEST, statistics.COUNT, statistics.DETENTION, statistics.REPORT, statistics.STAY, statistics.TOLD_OUT),
    (PROTEST_FORMS, CIRCUMSTANCES),
    is_of_people=False,
)
