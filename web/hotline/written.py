"""Lines written where there was no connection: each becomes a report once, however often they are sent.

The vault keeps, under the number of the page or file and the number of the line, which report a line became. Sent again, grown by
new lines, only those are recorded; a line that was changed since is told, and not recorded a second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.casebook import Outcome
from domain.errors import RuleBroken
from domain.moment import When
from domain.place import Place
from domain.provenance import Source
from domain.record import new_id
from domain.wall_clock import zone_named
from web.hotline.listening import Heard
from web.hotline.message import city_called, listened, message_of, on_the_day, zone_of
from web.hotline.recording import Message, record
from web.vault import Made, Row, Trace, VaultLocked
from web.wiring import Tracker

MAPPING = "lines"
MOST_LINES = 5000
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Written:
    """One line. `city` and `day` are what was written beside it, "" and None for nothing; `since` is when it may have been
    said at the earliest."""

    number: int
    text: str
    city: str = ""
    day: date | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Became:
    """What became of the lines: their numbers, and the reports that are new."""

    new: Sequence[int]
    again: Sequence[int]
    changed: Sequence[int]
    refused: Sequence[tuple[int, RuleBroken]]
    reports: Sequence[UUID]
    outcome: Outcome


def understood(tracker: Tracker, line: Written, language: str) -> tuple[Heard, Message]:
    """What a line says, and what is recorded of it: "an hour ago" says nothing where nobody knows when it was said.

    Raises RuleBroken `future_date`, `no_such_date` for a day written beside it on which nobody can have said anything.
    """
    _must_have_begun(line.day)
    city = city_called(tracker, line.city, language)
    told = listened(tracker, line.text, city, _said_by(line, city), language)
    if told.is_of_a_moment:
        told = replace(told, when=None)
    message = message_of(tracker, told, city, _when(line, told.city or city), language)
    if message.place is None and line.city:
        message = replace(message, place=tracker.geocoder.at_least(line.city))
    return told, message


def record_written(
    tracker: Tracker,
    account: UUID,
    source: Source,
    origin: str,
    lines: Sequence[Written],
    language: str,
    *,
    dry_run: bool = False,
) -> Became:
    """Record each line of the page or file `origin` that is new. A line that is refused does not keep the others.

    Raises RuleBroken `vault_locked`.
    """
    try:
        identities = tracker.vault.identities
    except VaultLocked as locked:
        raise RuleBroken(locked.code) from None
    rows: dict[Row, Written] = {(origin, str(line.number)): line for line in lines}
    contents = {row: identities.digest(MAPPING, row, [line.text]) for row, line in rows.items()}
    made = {row: new_id() for row in rows}
    traces = {row: Trace(contents[row], {"report": Made(made[row], made[row], contents[row])}) for row in rows}
    standing = identities.lookup(MAPPING, rows) if dry_run else identities.remember(MAPPING, traces)
    new: list[int] = []
    again: list[int] = []
    changed: list[int] = []
    refused: list[tuple[int, RuleBroken]] = []
    reports: list[UUID] = []
    last = Outcome(tracker.log.last(), new=False)
    for row, line in rows.items():
        if row in standing and standing[row].content != contents[row]:
            changed.append(line.number)
            continue
        if dry_run:
            (again if row in standing else new).append(line.number)
            continue
        report = standing[row].made["report"].record
        try:
            outcome = record(tracker, account, source, report, understood(tracker, line, language)[1])
        except RuleBroken as broken:
            refused.append((line.number, broken))
            continue
        (new if outcome.new else again).append(line.number)
        if outcome.new:
            reports.append(report)
            last = outcome
    return Became(new, again, changed, refused, reports, last)


def _must_have_begun(day: date | None) -> None:
    """A day begins in the east up to fourteen hours before it does in UTC."""
    if day is not None and day > datetime.now(UTC).date() + timedelta(days=1):
        raise RuleBroken("future_date", earliest=day.isoformat())


def _said_by(line: Written, city: Place | None) -> datetime:
    """The latest moment at which a line can have been written: a clock time in it is the last one before that."""
    now = datetime.now(UTC)
    if line.day is None:
        return now
    return min(
        now, datetime.combine(line.day + timedelta(days=1), datetime.min.time(), zone_named(zone_of(city))).astimezone(UTC)
    )


def _when(line: Written, city: Place | None) -> When | None:
    """What is known of the time of a line that tells none."""
    now = datetime.now(UTC).replace(microsecond=0)
    if line.day is not None:
        return on_the_day(city, line.day)
    return When.between(min(line.since, now), now, zone_of(city)) if line.since is not None else None
