"""One entry, several people: a detention that turns out to be of more than one person is told apart, all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.casebook.detentions import file_opened
from domain.casebook.recording import Outcome, Recording
from domain.casebook.reports import Held
from domain.detention import Detention
from domain.privacy import Words
from domain.provenance import Entry
from domain.record import Record


class Splitting(Recording):
    """The people told out of a detention get detentions of their own; the first one stays the detention of the first person."""

    def split_detention(
        self,
        entry: Entry,
        detention: UUID,
        *,
        held: Sequence[Held],
        facts: Mapping[str, Any],
        references: Mapping[UUID, Words],
        words: Words = None,
        because: str = "several_people",
        read: int | None = None,
    ) -> Outcome:
        """Open the detention of each of these people, and restate the first entry of `detention`, so that it says why.

        `facts` are all the fields of that entry, `references` lead from each new detention back to it. Raises what
        `correct` raises.
        """
        self._must_exist(facts)

        def decide(found: Detention) -> list[Record]:
            found.must_be_as_read(Record.INITIAL_VERSION, read)
            found.correct(entry, Record.INITIAL_VERSION, facts, because=because, words=words)
            return [record for one in held for record in _opened(entry, one, references.get(one.detention))]

        return self._amend(Detention, entry, detention, decide)


def _opened(entry: Entry, one: Held, reference: Words) -> list[Record]:
    own = replace(entry, source=replace(entry.source, reference=reference))
    opened = Detention.record(own, one.detention, person=one.person, **one.facts)
    for tell in one.told:
        tell(opened, own)
    return [file_opened(entry, one.person, one.name, one.name_kind), opened]
