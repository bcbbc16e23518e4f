"""An exhibit: a photograph, a recording, a paper or a page that bears something out, and through whose hands it went.

What was deposited is kept byte for byte elsewhere, sealed (`web/exhibits/`). The log holds what tells it from any other file: its
SHA-256 and its size. Who was there and captured it, who brought it (the source) and who recorded it are three people.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self
from uuid import UUID

from domain.errors import RuleBroken
from domain.moment import When
from domain.privacy import Sealed
from domain.provenance import Entry
from domain.record import Record
from domain.topics import stored_as
from domain.vocabulary.exhibits import CAPTURE_WAYS, EXHIBIT_KINDS, HANDOVER_FORMS, HANDOVER_REASONS, MEDIA

WHAT_IT_IS = ("sha256", "size", "media")
"""What was found of the file itself: never restated, for the file is what it is."""
_BELONGS_TO = ("detention", "incident", "protest", "person")


@stored_as("exhibit")
class Exhibit(Record):
    """A file, a link, or both. Its words are sealed for the person it is about, or under a key of its own id."""

    if TYPE_CHECKING:
        person: UUID | None
        original: tuple[Any, ...]

    class Deposited(Record.Created):
        """Something was taken in that bears out a detention, an incident, a protest or what is said of a person.

        `supports` is the entry of that record it bears out. A link alone has an `address` and no file.
        """

        TOPIC = "exhibit.deposited"
        kind: Annotated[str, EXHIBIT_KINDS]
        detention: UUID | None
        incident: UUID | None
        protest: UUID | None
        person: UUID | None
        supports: int | None
        sha256: str | None
        size: int | None
        media: Annotated[str | None, MEDIA]
        captured: When | None
        captured_how: Annotated[str, CAPTURE_WAYS]
        captured_by: Sealed | None
        address: Sealed | None
        words: Sealed | None

        def apply(self, aggregate: Any) -> None:
            aggregate.person = self.person
            aggregate.original = (self.sha256, self.size, self.media)
            super().apply(aggregate)

    class Described(Record.Event):
        """What is to be seen or heard in it was told, once more or better."""

        TOPIC = "exhibit.described"
        words: Sealed

    class HandedOver(Record.Event):
        """It was given to somebody outside."""

        TOPIC = "exhibit.handed_over"
        when: When | None
        to: Sealed
        form: Annotated[str, HANDOVER_FORMS]
        because: Annotated[str, HANDOVER_REASONS]

    class Corrected(Record.Correction):
        """An entry about the exhibit was restated."""

        TOPIC = "exhibit.corrected"

    class Withdrawn(Record.Withdrawal):
        """An entry about the exhibit, or the exhibit as a whole, was taken back."""

        TOPIC = "exhibit.withdrawn"

    class Reinstated(Record.Reinstatement):
        """What was taken back about the exhibit counts again."""

        TOPIC = "exhibit.reinstated"

    class Attested(Record.Attestation):
        """Another source says the same about the exhibit."""

        TOPIC = "exhibit.attested"

    @classmethod
    def deposit(
        cls,
        entry: Entry,
        exhibit: UUID,
        *,
        kind: str,
        detention: UUID | None = None,
        incident: UUID | None = None,
        protest: UUID | None = None,
        person: UUID | None = None,
        supports: int | None = None,
        sha256: str | None = None,
        size: int | None = None,
        media: str | None = None,
        captured: When | None = None,
        captured_how: str = "unknown",
        captured_by: Sealed | None = None,
        address: Sealed | None = None,
        words: Sealed | None = None,
    ) -> Self:
        """Open the record of an exhibit. Raises RuleBroken `nothing_deposited` without file and link, `exhibit_of_nothing`."""
        if sha256 is None and address is None:
            raise RuleBroken("nothing_deposited")
        if (detention or incident or protest or person) is None:
            raise RuleBroken("exhibit_of_nothing")
        return cls._begin(
            cls.Deposited,
            entry,
            exhibit,
            kind=kind,
            detention=detention,
            incident=incident,
            protest=protest,
            person=person,
            supports=supports,
            sha256=sha256,
            size=size,
            media=media,
            captured=captured,
            captured_how=captured_how,
            captured_by=captured_by,
            address=address,
            words=words,
        )

    def describe(self, entry: Entry, *, words: Sealed) -> None:
        """Tell what is in it."""
        self._enter(self.Described, entry, words=words)

    def hand_over(self, entry: Entry, *, to: Sealed, form: str = "unknown", because: str, when: When | None = None) -> None:
        """Give it to somebody, for a reason."""
        self._enter(self.HandedOver, entry, when=when, to=to, form=form, because=because)

    def _restate(self, happened: Any, told: Any, entry: Entry, version: int, facts: Mapping[str, Any], **why: Any) -> None:
        """As every record's. RuleBroken `exhibit_is_another` where it would be another file, or somebody else's: that one is
        withdrawn and the right one deposited."""
        if issubclass(told, self.Deposited):
            if (*(facts[name] for name in WHAT_IT_IS), facts["person"]) != (*self.original, self.person):
                raise RuleBroken("exhibit_is_another")
            if facts["sha256"] is None and facts["address"] is None:
                raise RuleBroken("nothing_deposited")
        super()._restate(happened, told, entry, version, facts, **why)

    def concerns(self) -> UUID | None:
        """Whom it is about, where that is somebody on file."""
        return self.person


def belongs_to(deposited: Exhibit.Deposited) -> UUID:
    """The record an exhibit bears out: the most exact of those it names."""
    found: UUID = next(record for name in _BELONGS_TO if (record := getattr(deposited, name)) is not None)
    return found
