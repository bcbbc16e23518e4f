"""What a monitor does with protests."""

from typing import Any
from uuid import UUID

from domain.casebook.recording import Outcome, Recording
from domain.count import Count
from domain.moment import When
from domain.place import Place
from domain.protest import Protest
from domain.provenance import Entry


class Protests(Recording):
    """The arguments are those of the verbs of Protest, where they are explained."""

    def record_protest(self, entry: Entry, protest: UUID, *, when: When, place: Place, **facts: Any) -> Outcome:
        """Open the record of a protest under the id `protest`, minted with the form."""
        return self._open(entry, Protest.record(entry, protest, when=when, place=place, **facts))

    def estimate_crowd(self, entry: Entry, protest: UUID, *, count: Count, when: When | None = None) -> Outcome:
        """One more estimate of how many took part."""
        return self._amend(Protest, entry, protest, lambda found: found.estimate_crowd(entry, count=count, when=when))

    def count_detentions(
        self, entry: Entry, protest: UUID, *, count: Count, when: When | None = None, place: Place | None = None
    ) -> Outcome:
        """One more count of unnamed people detained, at the whole protest or brought to `place`."""
        return self._amend(
            Protest, entry, protest, lambda found: found.count_detentions(entry, count=count, when=when, place=place)
        )

    def report_force(
        self, entry: Entry, protest: UUID, *, kind: str, when: When | None = None, people: Count | None = None
    ) -> Outcome:
        """Force used at the protest."""
        return self._amend(Protest, entry, protest, lambda found: found.report_force(entry, kind=kind, when=when, people=people))

    def report_police_measure(
        self, entry: Entry, protest: UUID, *, kind: str, when: When | None = None, place: Place | None = None
    ) -> Outcome:
        """A closure, an encirclement, document checks."""
        return self._amend(
            Protest, entry, protest, lambda found: found.report_police_measure(entry, kind=kind, when=when, place=place)
        )

    def end_protest(self, entry: Entry, protest: UUID, *, kind: str = "unknown", when: When | None = None) -> Outcome:
        """The protest is over."""
        return self._amend(Protest, entry, protest, lambda found: found.end(entry, kind=kind, when=when))
