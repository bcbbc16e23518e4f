"""The exhibits of a file, a protest or an incident, as the page of that record lists them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.exhibit import Exhibit
from domain.vocabulary.exhibits import EXHIBIT_KINDS, MEDIA
from projections import exhibits
from web.access.exhibits import opened_by
from web.desk import Desk
from web.languages import language
from web.lines import history_of
from web.telling import short_id
from web.wiring import Views


@dataclass(frozen=True, slots=True)
class Listed:
    """One row. `words` is what is in it, "" where that was not said or may not be read."""

    id: UUID
    number: str
    kind: str
    media: str
    captured: str
    words: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Exhibits:
    """Those that the reader may open, and how many there are besides."""

    listed: Sequence[Listed]
    others: int


def exhibits_of(
    desk: Desk, db: Views, *, records: Collection[bytes] = (), people: Collection[bytes] = (), until: int | None = None
) -> Exhibits:
    """What bears out these records, or is about these people; with `until` what was on file at that position."""
    found = [*exhibits.of_records(db, records), *exhibits.of_people(db, people)]
    rows = [row for row in found if until is None or row.position <= until]
    seen = opened_by(desk.reader, desk.tracker, rows)
    history = history_of(desk, [row.exhibit for row in seen], until)
    said = {event.originator_id: event for _, event in history.standing(Exhibit.Deposited)}
    teller, spoken = history.teller, language()
    listed = []
    for row in seen:
        exhibit = UUID(bytes=row.exhibit)
        told = said.get(exhibit)
        listed.append(
            Listed(
                exhibit,
                short_id(exhibit),
                EXHIBIT_KINDS.label(row.kind, spoken),
                MEDIA.label(row.media, spoken) if row.media is not None else "",
                teller.when(told.captured, spoken) if told is not None and told.captured is not None else "",
                teller.said(told.words) if told is not None else "",
                bool(row.stands) if until is None else told is not None,
            )
        )
    return Exhibits(listed, len(rows) - len(seen))
