"""A source on file: somebody or something that reports come from again and again, kept so that what it says can be told apart."""

from typing import Annotated, Any, Self
from uuid import UUID

from domain.errors import RuleBroken
from domain.moment import When
from domain.privacy import Sealed
from domain.provenance import Entry
from domain.record import Record
from domain.topics import stored_as
from domain.vocabulary.general import RELIABILITY, SOURCE_KINDS
from domain.vocabulary.sources import RATING_REASONS, RETRACTION_REASONS


@stored_as("source")
class SourceOnFile(Record):
    """Who it is stands in words of its own, sealed under a key of its own id: whoever protects it destroys that key.

    Its entries have a source too: who told us this about it.
    """

    class Opened(Record.Created):
        """A source was put on file. One that passes on what another says `repeats` it, and is no second voice."""

        TOPIC = "source.opened"
        kind: Annotated[str, SOURCE_KINDS]
        reliability: Annotated[str, RELIABILITY]
        repeats: UUID | None
        name: Sealed | None
        words: Sealed | None

        def apply(self, aggregate: Any) -> None:
            aggregate.repeats = self.repeats
            super().apply(aggregate)

    class Rated(Record.Event):
        """How far it is relied on was thought over: from here on, for all that it has said and says."""

        TOPIC = "source.rated"
        reliability: Annotated[str, RELIABILITY]
        because: Annotated[str, RATING_REASONS]
        words: Sealed | None

    class Retracted(Record.Event):
        """It took back what it said, or that was found false: everything, or what was recorded from it between two times.

        Nothing that rests on it is deleted or withdrawn. It counts for nothing, and what rests on nothing else is marked.
        """

        TOPIC = "source.retracted"
        because: Annotated[str, RETRACTION_REASONS]
        said_from: When | None
        said_until: When | None
        words: Sealed | None

    class Forgotten(Record.Event):
        """Who it is was destroyed with its key. What it said stays, and counts as before."""

        TOPIC = "source.forgotten"

        def apply(self, aggregate: Any) -> None:
            aggregate.forgotten = True
            super().apply(aggregate)

    class Corrected(Record.Correction):
        """An entry about the source was restated."""

        TOPIC = "source.corrected"

        def apply(self, aggregate: Any) -> None:
            aggregate.repeats = getattr(self.restated, "repeats", aggregate.repeats)
            super().apply(aggregate)

    class Withdrawn(Record.Withdrawal):
        """An entry about the source, or the source as a whole, was taken back. A retraction taken back counts no more."""

        TOPIC = "source.withdrawn"

    class Reinstated(Record.Reinstatement):
        """What was taken back about the source counts again."""

        TOPIC = "source.reinstated"

        def apply(self, aggregate: Any) -> None:
            aggregate.repeats = getattr(self.restated, "repeats", aggregate.repeats)
            super().apply(aggregate)

    class Attested(Record.Attestation):
        """Another source says the same about the source."""

        TOPIC = "source.attested"

    repeats: UUID | None = None
    """Whom it passes on, as it is known now."""

    @classmethod
    def open(
        cls,
        entry: Entry,
        source: UUID,
        *,
        kind: str = "unknown",
        reliability: str = "unknown",
        repeats: UUID | None = None,
        name: Sealed | None = None,
        words: Sealed | None = None,
    ) -> Self:
        """Put a source on file under the id `source`. Raises RuleBroken `same_record` where it would pass on itself."""
        if repeats == source:
            raise RuleBroken("same_record")
        return cls._begin(cls.Opened, entry, source, kind=kind, reliability=reliability, repeats=repeats, name=name, words=words)

    def rate(self, entry: Entry, *, reliability: str, because: str, words: Sealed | None = None) -> None:
        """How far it is relied on from now on. The reason `other` needs words."""
        self._enter(self.Rated, entry, reliability=reliability, because=because, words=words)

    def retract(
        self,
        entry: Entry,
        *,
        because: str,
        said_from: When | None = None,
        said_until: When | None = None,
        words: Sealed | None = None,
    ) -> None:
        """What it said counts for nothing. Raises RuleBroken `times_exchanged` where the end lies before the beginning."""
        if said_from is not None and said_until is not None and said_until.latest < said_from.earliest:
            raise RuleBroken("times_exchanged")
        self._enter(self.Retracted, entry, because=because, said_from=said_from, said_until=said_until, words=words)

    def forget(self, entry: Entry) -> None:
        """To be called after the vault destroyed its key; once is enough."""
        if not self.forgotten:
            self._enter_regardless(self.Forgotten, entry)
