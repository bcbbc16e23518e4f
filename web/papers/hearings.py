"""The hearings of one lawyer's people, for their calendar: those that stand and those withdrawn, not those without a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.moment import When
from projections import assignments, people, proceedings
from projections.kept import loads
from web.desk import HOME_ZONE, Desk


@dataclass(frozen=True, slots=True)
class InCase:
    """A hearing as its case knows it; `moved` is the position of what was said of it last, which only grows."""

    proceeding: UUID
    hearing: int
    persons: tuple[UUID, ...]
    when: When
    court: str
    moved: int
    stands: bool
    recorded: datetime

    @property
    def position(self) -> int:
        """Of the entry that says so last."""
        return self.moved


def hearings_of(desk: Desk, counsel: UUID, language: str) -> list[InCase]:
    """Every hearing told of in the cases of this lawyer's people; of others in the same case it says nothing."""
    with desk.tracker.views() as db:
        files = {one for joined in people.clusters(db, assignments.people_of(db, counsel.bytes)).values() for one in joined}
        known = {row.person for row in people.rows_of(db, files) if not row.forgotten}
        rows = [row for row in proceedings.hearings_of(db, known, withdrawn=True) if _last_due(row) is not None]
    said = desk.tracker.log.at(row.changed for row in rows)
    found: dict[tuple[bytes, int], list[Any]] = {}
    for row in rows:
        found.setdefault((row.proceeding, row.hearing), []).append(row)
    return [_hearing(desk, at, said[at[0].changed].event.timestamp, language) for at in found.values()]


def _hearing(desk: Desk, rows: Iterable[Any], recorded: datetime, language: str) -> InCase:
    row, *others = rows
    earliest, latest, zone = _last_due(row) or (0, 0, None)
    when = When(datetime.fromtimestamp(earliest, UTC), datetime.fromtimestamp(latest, UTC), zone or HOME_ZONE)
    court = desk.tracker.gazetteer.city_name(row.city, language) if row.city else ""
    persons = tuple(UUID(bytes=one.defendant) for one in (row, *others))
    return InCase(
        UUID(bytes=row.proceeding),
        row.hearing,
        persons,
        when,
        court,
        row.changed,
        bool(row.stands and row.in_case and row.due is not None),
        recorded,
    )


def _last_due(hearing: Any) -> tuple[int, int, str | None] | None:
    """When a hearing is to be (seconds since 1970), or was to be before it was moved to nobody knows when; None where no time was
    ever told.
    """
    if hearing.due is not None:
        return hearing.due, hearing.latest, hearing.zone
    told = loads(hearing.told)
    known = [told[version] for version in sorted(told, key=int) if told[version][0] is not None]
    return (known[-1][0], known[-1][1], known[-1][2]) if known else None
