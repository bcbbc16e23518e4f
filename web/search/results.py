"""What was found, as the page lists it: the names opened for this page only, and why each of these people is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from domain.vocabulary.people import NAME_KINDS
from projections import case_files, people
from web.custody import HELD, state_of
from web.desk import Desk
from web.naming import names_of
from web.search.finding import Findings, Found
from web.search.matching import CYRILLIC, EXACT, FEWER, INITIAL, LATIN, SHORT, SLIP, VARIANT

WHY: Mapping[str, Any] = {
    EXACT: _l("spelt like this"),
    SHORT: _l("first name as a short form"),
    VARIANT: _l("another form of the first name or patronymic"),
    INITIAL: _l("initials only"),
    SLIP: _l("differs by a letter"),
    FEWER: _l("a part of the name is not on record"),
    LATIN: _l("on record in Latin letters"),
    CYRILLIC: _l("on record in Cyrillic letters"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One person's row: the earliest of their files that may be seen. `held` counts the detentions of all of these files."""

    id: UUID
    number: str
    name: str
    city: str
    detentions: int
    held: int
    why: Sequence[str]


def listed(desk: Desk, findings: Findings, language: str) -> Sequence[Listed]:
    """The rows of a page, in the order found."""
    keys = [file.bytes for found in findings.people for file in found.files]
    with desk.tracker.views() as db:
        rows = {row.person: row for row in people.rows_of(db, keys)}
        names = names_of(desk, db, keys)
        custodies: dict[bytes, list[Any]] = {}
        for custody in case_files.detentions_of(db, keys):
            custodies.setdefault(custody.person, []).append(custody)
    shown = []
    for found in findings.people:
        # Somebody may have been forgotten, or a file withdrawn, since the names were looked through.
        files = [rows[file.bytes] for file in found.files if file.bytes in rows]
        if files and not any(row.forgotten for row in files):
            shown.append(_row(desk, found, sorted(files, key=lambda row: row.opened), names, custodies, language))
    return shown


def _row(
    desk: Desk,
    found: Found,
    files: Sequence[Any],
    names: Mapping[bytes, str],
    custodies: Mapping[bytes, Sequence[Any]],
    language: str,
) -> Listed:
    first = next((row for row in files if row.stands), files[0])
    own = [custody for row in files for custody in custodies.get(row.person, ())]
    cities = [custody.city for custody in own if custody.city]
    standing = [custody for custody in own if custody.stands]
    return Listed(
        UUID(bytes=first.person),
        first.person.hex()[-8:],
        next((names[row.person] for row in (first, *files) if row.person in names), ""),
        desk.tracker.gazetteer.city_name(cities[-1], language) if cities else "",
        len(standing),
        sum(1 for custody in standing if state_of(custody) == HELD),
        [str(WHY[code]) if code in WHY else NAME_KINDS.label(code, language) for code in found.reasons],
    )
