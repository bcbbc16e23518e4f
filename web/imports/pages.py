"""Carries pages of rows into the log: each row whole or not at all, each event exactly once.

For a page the vault commits what its rows are about to become, then the log takes their events in one transaction. Killed in
between, the next run finds the ids in the vault, in the log nothing under them, and records it; killed before or after, there is
nothing to do again. Two imports of one file at once collide on the ids, and the slower one looks again.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import RecordConflictError

from domain.casebook import Casebook
from domain.errors import RuleBroken
from domain.record import Record
from web.imports.amending import Amendment, History
from web.imports.building import Builder, Seals, SealsNothing, wants_sealing
from web.imports.errors import ImportRefused
from web.imports.rows_at_hand import RowAtHand
from web.imports.traces import first_trace, next_trace
from web.vault import Made, NoKey, Row, Trace, Vault

ATTEMPTS = 5
"""How often a page is looked at again because another process was faster."""


class Pages:
    """Records the rows of one mapping."""

    def __init__(self, casebook: Casebook, vault: Vault, mapping: str, *, dry_run: bool) -> None:
        self._casebook, self._vault, self._mapping, self._dry_run = casebook, vault, mapping, dry_run
        self._account = vault.accounts.id_of("operator")
        self.added = 0
        """How many rows of the last page the vault had not known."""
        self.events: Counter[str] = Counter()
        """How many events of each kind were recorded, or would be."""

    def record(self, rows: Sequence[RowAtHand]) -> None:
        """Record what these rows ask for; what became of each is then in its `became` or `problem`.

        Raises ImportRefused `too_busy`.
        """
        self.added = 0
        for row in rows:
            self._plan(row)
        for _ in range(ATTEMPTS):
            wanted = self._built([row for row in rows if row.problem is None])
            events = Counter(_topics(record for row in wanted for record in row.records))
            if self._dry_run or self._kept(wanted):
                self.events += events
                return
        raise ImportRefused("too_busy")

    def _plan(self, row: RowAtHand) -> None:
        def digest(said: Sequence[str | None], name: str) -> bytes:
            return self._vault.identities.digest(self._mapping, row.identity, said, name)

        if row.trace is None:
            row.made = first_trace(row.entries, digest)
            return
        changed = row.trace.content != row.content
        row.made, restated = next_trace(row.entries, row.trace.made, digest, row_changed=changed)
        if restated:
            row.made = self._amendment(SealsNothing()).without_change(row.entries, row.made, restated)

    def _built(self, rows: list[RowAtHand]) -> list[RowAtHand]:
        """The rows with their events ready, without those that turn out to be refused."""
        seals = self._sealer(rows)
        for row in rows:
            try:
                row.records = self._records(row, seals)
            except RuleBroken as problem:
                row.problem, row.records = problem, []
            except NoKey as forgotten:  # the key is gone and the record does not say so yet
                row.problem, row.records = RuleBroken(forgotten.code), []
        return [row for row in rows if row.problem is None]

    def _records(self, row: RowAtHand, seals: Seals) -> list[Record]:
        if row.trace is None:  # its ids were made a moment ago: the log need not be asked
            row.became = "recorded"
            return Builder(self._account, seals, row.made).all(row.entries)
        history = History(self._casebook)
        if history.has_all(row.made):
            row.became = "known"
            return []
        row.became = "corrected" if history.knows_any(row.made) else "recorded"
        return self._amendment(seals, history).build(row.entries, row.made)

    def _amendment(self, seals: Seals, history: History | None = None) -> Amendment:
        builder: Callable[[Mapping[str, Made]], Builder] = lambda made: Builder(self._account, seals, made)  # noqa: E731
        return Amendment(history or History(self._casebook), self._account, builder)

    def _sealer(self, rows: list[RowAtHand]) -> Seals:
        """The keys of the page's people, committed to the vault before anything is sealed with them."""
        persons = {person for row in rows for entry in row.entries if (person := wants_sealing(entry, row.made)) is not None}
        return self._vault.mint(persons) if persons and not self._dry_run else SealsNothing()

    def _kept(self, rows: list[RowAtHand]) -> bool:
        """Vault first, log second. False where the ids that stand are another import's, or the log changed: look again."""
        changed = {row.identity: row.now() for row in rows if row.trace != row.now()}
        if changed:
            known = {row.identity: row.trace for row in rows if row.trace is not None}
            standing = self._vault.identities.remember(self._mapping, changed, known)
            if self._overtaken(rows, standing):
                return False
            self.added += sum(row.trace is None for row in rows)
        records = [record for row in rows for record in row.records]
        try:
            if records:
                self._casebook.keep(*records)
        except RecordConflictError:
            for row in rows:
                row.trace = row.now()
            return False
        return True

    def _overtaken(self, rows: list[RowAtHand], standing: Mapping[Row, Trace]) -> bool:
        """Go on with what another import has meanwhile put into the vault for these rows. Whether there was any."""
        overtaken = [row for row in rows if row.identity in standing and standing[row.identity] != row.now()]
        if not overtaken:
            return False
        for row in rows:
            row.trace = standing.get(row.identity, row.trace)
        for row in overtaken:
            self._plan(row)
        return True


def _topics(records: Any) -> list[str]:
    return [event.TOPIC for record in records for event in record.pending_events]


def records_of(trace: Trace) -> set[UUID]:
    """The records a row became."""
    return {made.record for made in trace.made.values()}
