"""Hearings as an iCalendar file, for the calendar of whoever defends.

A calendar lives on a phone and, as a rule, in somebody's cloud. So an entry says when, at which court and in which file, by the
file's number, and no name, article or number of a case. Read again, the file moves what was moved and strikes what was struck: an
entry keeps its number, which is random, and its sequence grows.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from icalendar import Calendar, Event

from domain.moment import When
from domain.wall_clock import zone_named
from web.telling import moments, short_id

PRODUCT = "-//Khronika//Hearings//EN"
_SUMMARY = {"en": "Hearing, file {file}", "ru": "Заседание, карточка {file}"}
_BY_POSITION = {"en": "Position {position}.", "ru": "Событие № {position}."}
_ROUGHLY = {"en": "Time as reported: {when}.", "ru": "Время, как сообщено: {when}."}


class Hearing(Protocol):
    """One hearing as its proceeding knows it."""

    @property
    def proceeding(self) -> UUID:
        """The case: a random number."""

    @property
    def hearing(self) -> int:
        """The number of the entry that set it, for good: the same after it was moved."""

    @property
    def persons(self) -> tuple[UUID, ...]:
        """The defendants it is about, of those whose files the reader may open."""

    @property
    def when(self) -> When:
        """When it is, as it was set or moved last; where it was moved to nobody knows when, when it was to be."""

    @property
    def court(self) -> str:
        """The name of the place, "" where it is not known; a public word, never one that is sealed."""

    @property
    def moved(self) -> int:
        """How often it was moved or otherwise changed."""

    @property
    def stands(self) -> bool:
        """False where it was struck or withdrawn, or moved to nobody knows when: then the day in the calendar is not true."""

    @property
    def position(self) -> int:
        """Of the entry that says so last."""

    @property
    def recorded(self) -> datetime:
        """When that entry was recorded (aware)."""


def calendar_of(hearings: Iterable[Hearing], language: str) -> bytes:
    """The file, hearing after hearing: the same bytes for the same hearings."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for hearing in sorted(hearings, key=lambda one: (one.when.earliest, one.proceeding, one.hearing)):
        calendar.add_component(_entry(hearing, language))
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _entry(hearing: Hearing, language: str) -> Event:
    entry, when = Event(), hearing.when
    entry.add("uid", f"{hearing.proceeding}-{hearing.hearing}@khronika")
    entry.add("sequence", hearing.moved)
    entry.add("dtstamp", hearing.recorded)
    files = ", ".join(sorted(short_id(person) for person in hearing.persons))
    entry.add("summary", _SUMMARY[language].format(file=files))
    entry.add("status", "CONFIRMED" if hearing.stands else "CANCELLED")
    entry.add("class", "PRIVATE")
    if hearing.court:
        entry.add("location", hearing.court)
    described = [_BY_POSITION[language].format(position=hearing.position)]
    here = zone_named(when.zone)
    first, last = when.earliest.astimezone(here), when.latest.astimezone(here)
    if not moments.has_clock(when):
        entry.add("dtstart", first.date())
        entry.add("dtend", last.date() + timedelta(days=1))  # the day after the last, as the format has it
    else:
        entry.add("dtstart", first)
        if last > first:
            entry.add("dtend", last)
            described.append(_ROUGHLY[language].format(when=moments.moment(when, language)))
    entry.add("description", " ".join(described))
    return entry
