"""The numbers that are announced as their pages show them: to journalists as outside, to everybody else true, and marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.tally import tally_of
from domain.vocabulary.protests import PROTEST_FORMS
from domain.vocabulary.publications import HOLDING_REASONS
from projections import held_back
from projections.days import month_of
from projections.held_back import Spot
from web.citing import cite
from web.desk import Desk
from web.languages import translated as _
from web.maps.outside import FIGURE
from web.publishing.announced import Announced, kept
from web.publishing.tallies import UNKNOWN, OfProtest
from web.publishing.wording import day_text, day_told, moment_told, number_told, steps_told


@dataclass(frozen=True, slots=True)
class Row:
    """One number in a list. `number` is "" where it is held back from this reader; `is_without`: outside it is told without
    something that is held back."""

    where: str
    day: str
    number: str
    is_held_back: bool
    is_without: bool
    city: int
    day_text: str
    protest: UUID | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """One number with its history, the newest step first, and what is decided about it."""

    row: Row
    history: Sequence[tuple[int, str, str, str]]
    protests: Sequence[Row]
    position: int
    citation: str
    because: str
    since: str
    can_be_held: bool


def announced_to(desk: Desk) -> Announced:
    """What this reader is told: outside nothing of what is held back, inside everything."""
    return kept(desk, is_outside=desk.reader.role.is_outside)


def months_of(known: Announced) -> list[int]:
    """Every month with a number, the latest first; UNKNOWN last, for what could not be dated."""
    months = {month_of(day) for by_day in known.tallies.days.values() for day in by_day}
    return sorted(months, reverse=True)


def rows_of(desk: Desk, known: Announced, month: int, language: str) -> list[Row]:
    """The days of a month, the latest first and in it the highest number."""
    found = [
        (day, total.low, city)
        for city, by_day in known.tallies.days.items()
        for day, total in by_day.items()
        if month_of(day) == month
    ]
    held = _held(desk)
    return [
        _of_day(desk, known, held, city, day, language)
        for day, _low, city in sorted(found, key=lambda one: (-one[0], -one[1], one[2]))
    ]


def number_of_day(desk: Desk, city: int, day: date, language: str) -> Number | None:
    """The number of a city's day; None where nothing was ever recorded of it."""
    known, number = announced_to(desk), int(day.strftime("%Y%m%d"))
    if number not in known.tallies.days.get(city, {}):
        return None
    held = _held(desk)
    row = _of_day(desk, known, held, city, number, language)
    spot = Spot(city or None, number)
    protests = [
        _of_protest(desk, known, held, told, language)
        for told in known.tallies.protests
        if told.city == city and told.day == number and told.stands
    ]
    steps = known.history.get(spot, ()) if row.number else ()
    position = steps[-1].position if steps else known.position
    citation = cite(FIGURE.name, FIGURE.version, position, {"city": city or "none", "day": day_text(number)})
    return Number(
        row,
        steps_told(steps, language),
        protests,
        known.position,
        citation if row.number and not (row.is_without and known.tallies.is_day_without(city, number)) else "",
        *_decision(desk, tally_of(city=city, day=day), language),
        city != UNKNOWN,
    )


def number_of_protest(desk: Desk, protest: UUID, language: str) -> Number | None:
    """The number of one protest that stands."""
    known, held = announced_to(desk), _held(desk)
    told = next((told for told in known.tallies.protests if told.record == protest.bytes and told.stands), None)
    if told is None:
        return None
    row = _of_protest(desk, known, held, told, language)
    steps = known.history.get(told.record, ()) if row.number else ()
    decision = _decision(desk, tally_of(protest=protest), language)
    return Number(row, steps_told(steps, language), (), known.position, "", *decision, True)


def held_rows(desk: Desk, known: Announced, language: str) -> list[Row]:
    """All that is held back."""
    held = _held(desk)
    days = sorted(held.city_days, key=lambda spot: (-spot.day, spot.city or 0))
    found = [_of_day(desk, known, held, spot.city or UNKNOWN, spot.day, language) for spot in days]
    return found + [
        _of_protest(desk, known, held, told, language) for told in known.tallies.protests if told.record in held.protests
    ]


def city_called(desk: Desk, city: int, language: str) -> str:
    """By its name."""
    return desk.tracker.gazetteer.city_name(city, language) if city != UNKNOWN else _("Not placed in any city")


def _held(desk: Desk) -> held_back.Held:
    with desk.tracker.views() as db:
        return held_back.held(db)


def _of_day(desk: Desk, known: Announced, held: held_back.Held, city: int, day: int, language: str) -> Row:
    is_held = held.is_all or Spot(city or None, day) in held.city_days
    is_without = not is_held and Spot(city or None, day) in held.around  # for whoever is told all of it: outside it is without
    total = known.tallies.days.get(city, {}).get(day)
    number = "" if total is None or known.tallies.is_held_back(city, day) else number_told(total, language)
    text = day_text(day) if day % 100 else ""
    return Row(city_called(desk, city, language), day_told(day, language), number, is_held, is_without, city, text)


def _of_protest(desk: Desk, known: Announced, held: held_back.Held, told: OfProtest, language: str) -> Row:
    where = city_called(desk, told.city, language)
    if told.form in PROTEST_FORMS and told.form != "unknown":
        where = f"{where}, {PROTEST_FORMS.label(told.form, language)}"
    number = "" if told.is_held_back else number_told(told.total, language)
    is_held = held.is_all or told.record in held.protests or Spot(told.city or None, told.day) in held.city_days
    return Row(where, day_told(told.day, language), number, is_held, False, told.city, "", UUID(bytes=told.record))


def _decision(desk: Desk, tally: UUID, language: str) -> tuple[str, str]:
    """Why it is held back and since when; "" where it is not."""
    with desk.tracker.views() as db:
        row = held_back.one(db, tally)
    if row is None or row.held_at is None:
        return "", ""
    told = desk.tracker.log.at([row.held_at]).get(row.held_at)
    since = moment_told(int(told.event.timestamp.timestamp())) if told is not None else ""
    return HOLDING_REASONS.label(row.because, language), since


def day_in(text: str) -> date | None:
    """A day as it stands in an address, None for what is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if text == found.isoformat() and 1900 <= found.year <= 2200 else None


def month_shown(known: Announced, asked: int | None) -> int:
    """The month that is asked for, or the latest."""
    return asked if asked is not None else next(iter(months_of(known)), UNKNOWN)
