"""A forgetting is carried out: the keys are destroyed first, then the record says so. Called by the page and the command line.

The other way round, a crash between the two would leave a record that says "forgotten" of somebody whose words still open. This
way it leaves a record that does not know it yet: doing it again heals that, and so does the next start.
"""

import logging
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from uuid import UUID

from domain.casebook import Outcome
from domain.errors import RuleBroken
from domain.person import Person
from domain.provenance import Entry, Source
from domain.record import new_id
from projections import case_files, people, positions, reports
from web.vault import VaultLocked
from web.vault.accounts import OPERATOR
from web.wiring import Tracker

logger = logging.getLogger("khronika.forgetting")


def carry_out(tracker: Tracker, entry: Entry, person: UUID, request: int, seen: Collection[UUID] | None = None) -> Outcome:
    """Forget the person of this file, by the request `request` in it, with all files found to be of the same person.

    `seen` are the files that whoever does it was shown. Raises what `Person.must_be_due` raises; RuleBroken `files_changed` where
    another file was joined or told apart since, which may be somebody else's; `files_not_known` where the views cannot say whose
    files are whose; `vault_locked`. Nothing is destroyed then.
    """
    asked = tracker.casebook.standing(Person, person)
    if entry.command in asked.commands:
        return tracker.casebook.forget(entry, person, request=request)
    asked.must_be_due(request)
    files = files_of(tracker, person)
    if seen is not None and set(files) != set(seen):
        raise RuleBroken("files_changed")
    destroy_keys(tracker, files)
    try:
        outcome = tracker.casebook.forget(entry, person, request=request, files=files)
    except RuleBroken:
        # Cancelled between the look and the deed. The keys are gone, and the record has to say so.
        outcome = _admit(tracker, entry, files)
    joined_meanwhile = [file for file in files_of(tracker, person) if file not in files]
    if joined_meanwhile:
        destroy_keys(tracker, joined_meanwhile)
        outcome = _admit(tracker, entry, joined_meanwhile)
    return outcome


def destroy_keys(tracker: Tracker, files: Iterable[UUID]) -> None:
    """From here on nobody opens a word about them. The one place where the pages and the command line let the vault forget."""
    gone = list(files)
    try:
        tracker.vault.forget(*gone, *reports_naming(tracker, gone), *cases_against(tracker, gone))
    except VaultLocked as locked:
        raise RuleBroken(locked.code) from None
    tracker.originals.drop(tracker.vault.forgotten())
    tracker.names.clear()


def reports_naming(tracker: Tracker, files: Iterable[UUID]) -> list[UUID]:
    """The reports out of which any of these people was told: what their lines say of others is by then in the others' files."""
    with tracker.views() as db:
        return [UUID(bytes=report) for report in reports.naming(db, [file.bytes for file in files])]


def cases_against(tracker: Tracker, files: Iterable[UUID]) -> list[UUID]:
    """The cases in which any of these people is, or was ever, proceeded against: the words they share go with each of them."""
    with tracker.views() as db:
        return [UUID(bytes=case) for case in case_files.cases_against(db, [file.bytes for file in files])]


def files_of(tracker: Tracker, person: UUID) -> list[UUID]:
    """Every file of this person as of now, the given one first.

    RuleBroken `files_not_known` where the view of files, of who was told out of which report, or of whose cases are whose,
    stands still.
    """
    last = tracker.log.last()
    tracker.catch_up(Outcome(last, new=False))
    with tracker.views() as db:
        views = (people.projection, reports.projection, case_files.projection)
        if not positions.are_current(db, *views) or any(positions.reached(db, view) < last for view in views):
            raise RuleBroken("files_not_known")
        return [UUID(bytes=file) for file in people.cluster(db, person.bytes)]


def forgettings_unrecorded(tracker: Tracker) -> list[UUID]:
    """The people whose key was destroyed while the record does not say so."""
    gone = tracker.vault.forgotten()
    with tracker.views() as db:
        told = people.forgotten_among(db, [person.bytes for person in gone])
    doubtful = sorted(person for person in gone if person.bytes not in told)
    return [person for person in doubtful if _has_a_file(tracker, person) and not tracker.casebook.is_forgotten(person)]


def record_missing_forgettings(tracker: Tracker) -> list[UUID]:
    """Record what a crash, or a restored log, left unrecorded; returns whose. To be called at every start, views up to date.

    Where the request stands and is due, it is carried out once more, and so for every file of the person. It never keeps a start
    from going on: what cannot be recorded now is left for the next one.
    """
    missing = forgettings_unrecorded(tracker)
    entry = Entry(tracker.vault.accounts.id_of(OPERATOR), Source("unknown"), new_id())
    left: set[UUID] = set()
    for person in missing:
        asked = tracker.casebook.standing(Person, person).forgetting
        if asked is not None and asked.is_due(datetime.now(UTC)):
            try:
                carry_out(tracker, entry, person, asked.request)
            except RuleBroken as refused:
                left.add(person)
                logger.warning("a forgetting could not be recorded: %s", refused.code)
    if missing:
        tracker.catch_up(_admit(tracker, entry, [person for person in missing if person not in left]))
    return [person for person in missing if person not in left]


def _admit(tracker: Tracker, entry: Entry, files: Iterable[UUID]) -> Outcome:
    for person in files:
        if not tracker.casebook.is_forgotten(person):
            tracker.casebook.admit_forgotten(entry, person)
    return Outcome(tracker.log.last(), new=True)


def _has_a_file(tracker: Tracker, person: UUID) -> bool:
    """Keys are also made for incidents that are about nobody on file, and for forms that were never recorded."""
    try:
        tracker.casebook.standing(Person, person)
    except RuleBroken:
        return False
    return True
