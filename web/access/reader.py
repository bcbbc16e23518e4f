"""Who asks for a page: an account in its role, and the one rule of what such a reader may see of a person.

A lawyer sees the people assigned to them. A monitor sees those who are held, or were let go within a day, in the cities of the
watch, and of them the name, the place and the times; what they entered themselves they see for a day. A coordinator sees
everything but the notes of the defence, which are read by the lawyers who have the file; nobody else sees anything. Files merged
are one person: who may see one of them may see them all. A report is read by who is on watch where it speaks of, for a day; its
line may name several people, so a lawyer reads it only where all are their own. Who a source on file is coordinators read, and of
the monitors those who put it on file or named it; nobody else.
"""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.privacy import Sealed
from domain.record import Record
from projections import assignments, case_files, people, reports, sources
from web.access.exhibits import of_protests
from web.access.proceedings import shared_words
from web.access.roles import Role
from web.access.sessions import Session
from web.telling.opening import sealed_in
from web.vault.accounts import Account
from web.vault.storage import portions
from web.wiring import Tracker, Views

A_DAY = 24 * 60 * 60
NOTE = "note"
"""The field of what counsel writes down for the defence: it is read by those who have the file, and by nobody else."""
SEEN_ON_WATCH = frozenset({"name", "place", "when"})
"""The fields of a person's record that a monitor reads."""


@dataclass(frozen=True, slots=True)
class Reader:
    """`session` is None for what is not a browser."""

    account: Account
    role: Role
    session: Session | None = None

    def visible(self, tracker: Tracker, persons: Collection[UUID]) -> set[UUID]:
        """Those among these people whose files this reader may open. An id that is nobody's is among none."""
        wanted = list(dict.fromkeys(persons))
        if self.role not in (Role.MONITOR, Role.LAWYER, Role.COORDINATOR):
            return set()
        with tracker.views() as db:
            known = _known(db, [person.bytes for person in wanted])
            if self.role is Role.COORDINATOR:
                return {person for person in wanted if person.bytes in known}
            files = people.clusters(db, known)
            concerned = {file for joined in files.values() for file in joined}
            seen = self._assigned(db, concerned) if self.role is Role.LAWYER else self._on_watch(db, concerned)
        return {person for person in wanted if person.bytes in known and seen.intersection(files[person.bytes])}

    def listed(self, db: Views) -> set[bytes] | None:
        """All the people whose files this reader may open, None for everybody's."""
        match self.role:
            case Role.COORDINATOR:
                return None
            case Role.LAWYER:
                own = assignments.people_of(db, self.account.id.bytes)
            case Role.MONITOR:
                rows = case_files.on_watch(db, int(time.time()) - A_DAY)
                own = {row.person for row in rows if self._watches(row.city)}
            case _:
                own = set()
        return {file for files in people.clusters(db, own).values() for file in files}

    def visible_reports(self, tracker: Tracker, chosen: Collection[UUID]) -> set[UUID]:
        """Those among these reports that this reader may open: a coordinator all; a monitor, for a day, those of the cities of
        the watch, those that stand nowhere and those entered by themselves; a lawyer those that name one of their people."""
        with tracker.views() as db:
            rows = [row for some in portions([one.bytes for one in chosen]) for row in reports.rows_of(db, some)]
            return {UUID(bytes=row.report) for row in rows if self._sees_report(db, row)}

    def _sees_report(self, db: Views, row: Any) -> bool:
        match self.role:
            case Role.COORDINATOR:
                return True
            case Role.MONITOR:
                is_of_today = row.received >= time.time() - A_DAY
                return is_of_today and (self._watches(row.city) or row.recorded_by == self.account.id.bytes)
            case Role.LAWYER:
                return bool(self._own(db).intersection(reports.everybody_in(db, row.report)))
        return False

    def _reads_report(self, db: Views, row: Any) -> bool:
        """Whether a reader who sees a report may read its line: a lawyer only where it speaks of nobody but their own people."""
        if self.role is not Role.LAWYER:
            return True
        told = reports.everybody_in(db, row.report)
        return told <= self._own(db) and row.low is not None and row.high is not None and row.high <= row.people

    def _own(self, db: Views) -> set[bytes]:
        """The files of the people assigned to this lawyer."""
        own = assignments.people_of(db, self.account.id.bytes)
        return {file for files in people.clusters(db, own).values() for file in files}

    def _readable_reports(self, tracker: Tracker, chosen: Collection[UUID]) -> set[UUID]:
        """The reports whose own words this reader may read."""
        with tracker.views() as db:
            rows = [row for some in portions([one.bytes for one in chosen]) for row in reports.rows_of(db, some)]
            return {UUID(bytes=row.report) for row in rows if self._sees_report(db, row) and self._reads_report(db, row)}

    @property
    def names_sources(self) -> bool:
        """Whether this reader may ever be told who a source on file is, and name one."""
        return self.role in (Role.MONITOR, Role.COORDINATOR)

    def knows(self, tracker: Tracker, origins: Collection[UUID]) -> set[UUID]:
        """Those among these sources on file of which this reader may be told who they are."""
        if not origins or not self.names_sources:
            return set()
        if self.role is Role.COORDINATOR:
            return set(origins)
        with tracker.views() as db:
            return sources.used_by(db, self.account.id, origins)

    def _assigned(self, db: Views, files: Collection[bytes]) -> set[bytes]:
        return assignments.people_of(db, self.account.id.bytes).intersection(files)

    def _on_watch(self, db: Views, files: Collection[bytes]) -> set[bytes]:
        since = time.time() - A_DAY
        return {
            row.person
            for some in portions(list(files))
            for row in case_files.detentions_of(db, some)
            if row.stands and self._watches(row.city) and (row.freed_at is None or row.freed_at >= since)
        }

    def _watches(self, city: int | None) -> bool:
        """Somebody held nobody knows where is everybody's to look for."""
        return city is None or not self.account.cities or city in self.account.cities

    def readable(self, tracker: Tracker, events: Iterable[Record.Event]) -> set[Sealed]:
        """The sealed words in these events that this reader may read."""
        told = list(events)
        texts = {text for event in told for text in sealed_in(event)}
        if self.role is Role.COORDINATOR:
            return {text for text in texts if text.field != NOTE}
        own = self._typed(tracker, {event.originator_id for event in told if self.did_it_today(event)})
        concerned = {text.person for text in texts}
        seen, lines = self.visible(tracker, concerned), self._readable_reports(tracker, concerned)
        lines |= self.knows(tracker, concerned)
        lines_of_cases = shared_words(self, tracker, told)
        # under the key of the exhibit itself: no file of anybody's is opened by it
        open_to_all = of_protests(self, tracker, told)
        own |= {text for text in texts if text.person == text.aggregate and text.aggregate in open_to_all}
        return {
            text
            for text in texts
            if text in own or text in lines_of_cases or text.person in lines or (text.person in seen and self._reads(text.field))
        }

    def _typed(self, tracker: Tracker, records: Collection[UUID]) -> set[Sealed]:
        """The words this account typed itself. A correction says again what others had said: that makes it nobody else's."""
        first: dict[Sealed, Record.Event] = {}
        for told in tracker.log.of(records):
            for text in sealed_in(told.event):
                first.setdefault(text, told.event)
        return {text for text, event in first.items() if self.did_it_today(event)}

    def may_withdraw(self, opening: Record.Event) -> bool:
        """Whether the record that this event opened may be withdrawn whole: by a coordinator, or on the day one entered it.

        Asked of the event as it was first told: whoever corrects it has not entered the record.
        """
        return self.role is Role.COORDINATOR or self.did_it_today(opening)

    def may_reinstate(self, withdrawal: Record.Event) -> bool:
        """Whether what this event withdrew may be brought back: by a coordinator, or on the day one withdrew it."""
        return self.role is Role.COORDINATOR or self.did_it_today(withdrawal)

    def did_today(self, account: bytes, recorded: float) -> bool:
        """Whether this reader is a monitor, and the account that recorded something within a day."""
        return self.role is Role.MONITOR and account == self.account.id.bytes and recorded >= time.time() - A_DAY

    def did_it_today(self, event: Record.Event) -> bool:
        """Whether this account entered it within a day: one must be able to read over what one has just typed."""
        return self.did_today(event.recorded_by.bytes, event.timestamp.timestamp())

    def _reads(self, field: str) -> bool:
        return self.role is Role.LAWYER or field in SEEN_ON_WATCH


def _known(db: Views, persons: list[bytes]) -> set[bytes]:
    return {row.person for some in portions(persons) for row in people.rows_of(db, some)}
