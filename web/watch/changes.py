"""What became known since a position: the entries about the records on the board, in sentences, the latest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.record import Record
from domain.report import Report
from projections import who_is_inside
from projections.log import Told
from web.desk import Desk, recorded_at
from web.watch.board import city_called, station_called
from web.watch.choosing import Watch
from web.wiring import Views

MOST_TOLD = 40


@dataclass(frozen=True, slots=True)
class Change:
    """One entry. `person` is None for what is about nobody the reader may open the file of."""

    position: int
    sentence: str
    where: str
    recorded: str
    person: UUID | None
    number: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The latest entries, and whether there are more."""

    told: Sequence[Change]
    more: bool


def changes_since(desk: Desk, db: Views, watch: Watch, position: int, language: str) -> Changes:
    """The entries after a position about people and reports of the chosen nights and cities."""
    rows = who_is_inside.changed_since(db, position, watch.nights, watch.among, limit=MOST_TOLD + 1)
    places = {UUID(bytes=record): (city, station) for record, city, station in rows}
    told = [found for found in desk.tracker.log.of(places) if found.position > position]
    told.sort(key=lambda found: -found.position)
    return Changes(told_changes(desk, db, told[:MOST_TOLD], places, language), len(told) > MOST_TOLD or len(rows) > MOST_TOLD)


def told_changes(
    desk: Desk, db: Views, chosen: Sequence[Told], places: Mapping[UUID, tuple[int, str]], language: str
) -> list[Change]:
    """These entries in sentences, each with whom and where it is about as the board has it now."""
    rows = who_is_inside.of(db, {found.event.originator_id.bytes for found in chosen})
    owners = {UUID(bytes=row.detention): UUID(bytes=row.person) for row in rows}
    visible = desk.visible(list(owners.values()))
    teller = desk.teller(_shown(found.event for found in chosen))
    changes = []
    for found in chosen:
        record = found.event.originator_id
        city, station = places[record]
        owner = owners.get(record)
        named = [station_called(desk, station, language), city_called(desk, city, language)]
        changes.append(
            Change(
                found.position,
                teller.tell(found.event, language),
                ", ".join(name for name in named if name),
                recorded_at(found.event.timestamp, teller),
                owner if owner in visible else None,
                owner.hex[-8:] if owner is not None else "",
            )
        )
    return changes


def _shown(events: Iterable[Record.Event]) -> Iterable[Record.Event]:
    """What is opened: the whole words of a report are read on its own page, not in passing."""
    return (event for event in events if not isinstance(event, Report.Received))
