"""The tables for programs: tallies by city and month, by city and day, by protest, and how each became what it is.

`status` is empty, `held_back` (there is no number), or `without_held_back`: the number is told without a part that is held back,
and has no citation. An open end is empty, and so are an unknown day and an unknown city.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from projections.figures.histories import Step
from projections.held_back import Spot
from projections.reconciling import Total
from web.maps.downloads import WITHOUT
from web.maps.period import month_text
from web.publishing.material import File, Material
from web.publishing.tallies import UNKNOWN
from web.publishing.wording import day_text, moment_text
from web.settings import LANGUAGES

PLACE = ("city", "name_en", "name_ru")
NUMBER = ("detained_low", "detained_high", "status")
HELD_BACK = "held_back"


def data_files(known: Material) -> Iterator[File]:
    """Each under a name that stays."""
    yield "data/tallies.csv", _table((*PLACE, "month", *NUMBER, "citation"), _by_month(known))
    yield "data/tallies-by-day.csv", _table((*PLACE, "day", *NUMBER, "citation"), _by_day(known))
    yield "data/tallies-by-protest.csv", _table(("protest", *PLACE, "day", "form", *NUMBER, "on_record"), _by_protest(known))
    if known.tracker.settings.tells_stations:
        yield (
            "data/tallies-by-station.csv",
            _table((*PLACE, "night", "station", "station_en", "station_ru", *NUMBER[:2]), _by_station(known)),
        )
    moves = ("position", "recorded", "detained_low", "detained_high", "reason")
    yield "data/history-by-day.csv", _table(("city", "day", *moves), _history_by_day(known))
    yield "data/history-by-protest.csv", _table(("protest", *moves), _history_by_protest(known))


def _by_month(known: Material) -> Iterator[Sequence[object]]:
    lines = [(city, month, total) for city, months in known.tallies.cities.items() for month, total in months.items()]
    lines += [(UNKNOWN, month, total) for month, total in known.tallies.not_placed.items()]
    for city, month, total in lines:
        when = month_text(month) if month != UNKNOWN else ""
        status = WITHOUT if known.tallies.is_without(city, month) else ""
        spots = known.spots(city=city, month=month)
        yield *_place(known, city), when, *_ends(total), status, known.cited(spots, city=city or "none", month=when or "none")


def _by_day(known: Material) -> Iterator[Sequence[object]]:
    for city, by_day in known.tallies.days.items():
        for day, total in by_day.items():
            if known.tallies.is_held_back(city, day):
                yield *_place(known, city), day_text(day), "", "", HELD_BACK, ""
                continue
            status = WITHOUT if known.tallies.is_day_without(city, day) else ""
            citation = known.cited([Spot(city or None, day)], city=city or "none", day=day_text(day)) if day % 100 else ""
            yield *_place(known, city), day_text(day), *_ends(total), status, citation


def _by_protest(known: Material) -> Iterator[Sequence[object]]:
    for told in known.tallies.protests:
        number = ("", "", HELD_BACK) if told.is_held_back else (*_ends(told.total), "")
        place, standing = _place(known, told.city), "yes" if told.stands else "no"
        yield UUID(bytes=told.record), *place, day_text(told.day), told.form, *number, standing


def _by_station(known: Material) -> Iterator[Sequence[object]]:
    for at, total in known.known.stations.items():
        called = [known.names.station_name(at.station, language) for language in LANGUAGES]
        yield *_place(known, at.city), day_text(at.night), at.station, *called, *_ends(total)


def _history_by_day(known: Material) -> Iterator[Sequence[object]]:
    for city, by_day in known.tallies.days.items():
        for day in by_day:
            if not known.tallies.is_held_back(city, day):
                for step in known.known.history.get(Spot(city or None, day), ()):
                    yield city or "", day_text(day), *_step(step)


def _history_by_protest(known: Material) -> Iterator[Sequence[object]]:
    for told in known.tallies.protests:
        if not told.is_held_back:
            for step in known.known.history.get(told.record, ()):
                yield UUID(bytes=told.record), *_step(step)


def _step(step: Step) -> Sequence[object]:
    return step.position, moment_text(step.at), *_ends(step.total), step.reason


def _ends(total: Total) -> Sequence[object]:
    return total.low, "" if total.high is None else total.high


def _place(known: Material, city: int) -> Sequence[object]:
    return city or "", *(known.names.city_name(city, language) if city else "" for language in LANGUAGES)


def _table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(heading)
    table.writerows(rows)
    return out.getvalue().encode()
