"""How far the forgetting of a person has come, as its page shows it: the state, the next step, and who may take it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.incident import Incident
from domain.moment import When
from domain.vocabulary.people import FORGETTING_REASONS, FORGETTING_VOICES, VERIFIED_BY
from projections import case_files, forgettings, people
from web.custody import HELD, state_of
from web.desk import HOME_ZONE, Desk
from web.forgetting.shared import SharedCase, shared_by
from web.languages import language
from web.vault.elsewhere import BackupMade
from web.wiring import Views

NOT_ASKED, ASKED, WAITING, DUE, FORGOTTEN = "not_asked", "asked", "waiting", "due", "forgotten"


@dataclass(frozen=True, slots=True)
class Notice:
    """A request that stands, for a list or a case file. `due` is "" until it is approved."""

    person: UUID
    number: str
    asked_by: str
    due: str
    is_due: bool


@dataclass(frozen=True, slots=True)
class State:
    """What the page shows. `mine` says that the account at this desk recorded the request and so may not approve it.

    `files` are all files of the person, the given one first; `elsewhere` are requests in other files of theirs; `once` files that
    were joined with this one and no longer are; `held` is how many detentions still count as custody; `counted` are the records
    that stay in totals, by kind and number; `shared` the cases that would lose the words said of all in them.
    """

    person: UUID
    stage: str
    request: int
    asked_by: str
    verified_by: str
    because: str
    waived: bool
    requested_by: str
    approved_by: str
    due: str
    mine: bool
    files: Sequence[UUID]
    elsewhere: Sequence[Notice]
    once: Sequence[UUID]
    held: int
    counted: Sequence[tuple[str, UUID]]
    backups: Sequence[BackupMade]
    """Backups that still hold the person's keys, for whoever has the recovery key of their hour: to be destroyed."""
    must_collect: bool
    """Whether the new recovery key waits to be noted at the machine."""
    shared: Sequence[SharedCase]


def state_of_forgetting(desk: Desk, person: UUID) -> State | None:
    """As it is known now; None for nobody on record."""
    with desk.tracker.views() as db:
        files = people.cluster(db, person.bytes)
        if not people.rows_of(db, [person.bytes]):
            return None
        pending = {row.person: row for row in forgettings.pending_of(db, files)}
        gone = person.bytes in people.forgotten_among(db, files)
        custodies = case_files.detentions_of(db, files)
        counted = _counted(desk, db, files, custodies) if gone else ()
        once = people.once_joined(db, files)
        shared = shared_by(desk, db, files) if not gone else ()
    row = pending.pop(person.bytes, None)
    names = desk.tracker.vault.accounts.names() if row is not None else {}
    return State(
        person,
        FORGOTTEN if gone else _stage(row),
        row.request if row is not None else 0,
        FORGETTING_VOICES.label(row.asked_by, language()) if row is not None else "",
        VERIFIED_BY.label(row.verified_by, language()) if row is not None else "",
        FORGETTING_REASONS.label(row.because, language()) if row is not None else "",
        row is not None and bool(row.waived),
        names.get(UUID(bytes=row.requested_by), "") if row is not None else "",
        names.get(UUID(bytes=row.approved_by), "") if row is not None and row.approved_by is not None else "",
        due_in_words(desk, row.due) if row is not None and row.due is not None else "",
        row is not None and row.requested_by == desk.reader.account.id.bytes,
        [UUID(bytes=file) for file in files],
        [_notice(desk, other) for other in pending.values()],
        [UUID(bytes=file) for file in once],
        sum(1 for custody in custodies if state_of(custody) == HELD),
        counted,
        desk.tracker.vault.copies.still_holding([UUID(bytes=file) for file in files]) if gone else (),
        gone and desk.tracker.vault.must_be_collected,
        shared,
    )


def notices_of(desk: Desk, db: Views, persons: Iterable[bytes]) -> list[Notice]:
    """The requests that stand in the files of one person, for its case file."""
    return [_notice(desk, row) for row in forgettings.pending_of(db, list(persons))]


def notices(desk: Desk, db: Views) -> list[Notice]:
    """Every request that stands about somebody whose file the reader may see, the first asked first."""
    pending = forgettings.pending(db)
    seen = desk.visible([UUID(bytes=row.person) for row in pending])
    return [_notice(desk, row) for row in pending if UUID(bytes=row.person) in seen]


def due_in_words(desk: Desk, due: int) -> str:
    """The moment from which on it may be done, on the home zone's clock."""
    return desk.teller().when(When.at(datetime.fromtimestamp(due, UTC), HOME_ZONE), language())


def _notice(desk: Desk, row: Any) -> Notice:
    person = UUID(bytes=row.person)
    due = due_in_words(desk, row.due) if row.due is not None else ""
    return Notice(person, person.hex[-8:], FORGETTING_VOICES.label(row.asked_by, language()), due, _stage(row) == DUE)


def _stage(row: Any) -> str:
    if row is None:
        return NOT_ASKED
    if row.due is None:
        return ASKED
    return DUE if row.due <= datetime.now(UTC).timestamp() else WAITING


def _counted(desk: Desk, db: Views, files: Sequence[bytes], custodies: Sequence[Any]) -> list[tuple[str, UUID]]:
    detentions = [UUID(bytes=row.detention) for row in custodies if row.stands]
    # a case is in no total; whoever else is in it goes on with it
    apart = {*files, *(row.detention for row in custodies), *case_files.cases_against(db, files)}
    others = [UUID(bytes=record) for record in case_files.records_of(db, files) if record not in apart]
    incidents = [record for record in others if not desk.tracker.casebook.standing(Incident, record).withdrawn]
    return [*(("detentions", record) for record in detentions), *(("incidents", record) for record in incidents)]
