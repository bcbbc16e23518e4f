"""A protest: where people came out, how many, what the police did, and how many were detained as it was reported."""

from typing import Annotated, Self
from uuid import UUID

from domain.count import Count
from domain.moment import When
from domain.place import Place
from domain.provenance import Entry
from domain.record import Record
from domain.topics import stored_as
from domain.vocabulary.protests import AGREEMENT, FORCE, POLICE_MEASURES, PROTEST_ENDINGS, PROTEST_FORMS


@stored_as("protest")
class Protest(Record):
    """Not about one person: its words are plain and must hold no names of people detained."""

    PERSONAL = False

    class Recorded(Record.Created):
        """A protest was reported. `about` says in plain words what for, `organiser` who called for it."""

        TOPIC = "protest.recorded"
        when: When
        place: Place
        form: Annotated[str, PROTEST_FORMS]
        agreement: Annotated[str, AGREEMENT]
        about: str | None
        organiser: str | None

    class CrowdEstimated(Record.Event):
        """Somebody estimated how many people took part."""

        TOPIC = "protest.crowd_estimated"
        when: When | None
        count: Count

    class DetentionsCounted(Record.Event):
        """Somebody counted people detained without naming them.

        A fact of its own, kept apart from the named detentions. With `place`, the count is of those brought to that station
        only; without, of the whole protest.
        """

        TOPIC = "protest.detentions_counted"
        when: When | None
        count: Count
        place: Place | None

    class ForceReported(Record.Event):
        """Force was used against people; `people` is how many, where it was said."""

        TOPIC = "protest.force_reported"
        when: When | None
        kind: Annotated[str, FORCE]
        people: Count | None

    class PoliceMeasureReported(Record.Event):
        """The police closed, encircled, searched: a fact whether or not anybody was detained."""

        TOPIC = "protest.police_measure_reported"
        when: When | None
        kind: Annotated[str, POLICE_MEASURES]
        place: Place | None

    class Ended(Record.Event):
        """The protest was over."""

        TOPIC = "protest.ended"
        when: When | None
        kind: Annotated[str, PROTEST_ENDINGS]

    class Corrected(Record.Correction):
        """An entry about the protest was restated."""

        TOPIC = "protest.corrected"

    class Withdrawn(Record.Withdrawal):
        """An entry about the protest, or the protest as a whole, was taken back."""

        TOPIC = "protest.withdrawn"

    class Reinstated(Record.Reinstatement):
        """What was taken back about the protest counts again."""

        TOPIC = "protest.reinstated"

    class Attested(Record.Attestation):
        """Another source says the same about the protest."""

        TOPIC = "protest.attested"

    @classmethod
    def record(
        cls,
        entry: Entry,
        protest: UUID,
        *,
        when: When,
        place: Place,
        form: str = "unknown",
        agreement: str = "unknown",
        about: str | None = None,
        organiser: str | None = None,
    ) -> Self:
        """Open the record of a protest under the id `protest`."""
        return cls._begin(
            cls.Recorded,
            entry,
            protest,
            when=when,
            place=place,
            form=form,
            agreement=agreement,
            about=about,
            organiser=organiser,
        )

    def estimate_crowd(self, entry: Entry, *, count: Count, when: When | None = None) -> None:
        """Competing estimates stand side by side."""
        self._enter(self.CrowdEstimated, entry, when=when, count=count)

    def count_detentions(self, entry: Entry, *, count: Count, when: When | None = None, place: Place | None = None) -> None:
        """Competing counts stand side by side; totals give the interval they span."""
        self._enter(self.DetentionsCounted, entry, when=when, count=count, place=place)

    def report_force(self, entry: Entry, *, kind: str, when: When | None = None, people: Count | None = None) -> None:
        """Force as a fact about the protest; ill-treatment of one person belongs to that person's detention."""
        self._enter(self.ForceReported, entry, when=when, kind=kind, people=people)

    def report_police_measure(self, entry: Entry, *, kind: str, when: When | None = None, place: Place | None = None) -> None:
        """A measure may come before the protest or without one happening."""
        self._enter(self.PoliceMeasureReported, entry, when=when, kind=kind, place=place)

    def end(self, entry: Entry, *, kind: str = "unknown", when: When | None = None) -> None:
        """Two endings reported differently are both kept."""
        self._enter(self.Ended, entry, when=when, kind=kind)
