"""A station: a police station or another place where people are held, and how it is called. Added by those who record.

A station of the gazetteer has a record only from the first spelling that somebody adds to it; its code says which one it is.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self
from uuid import UUID

from domain.errors import RuleBroken
from domain.place import Place
from domain.privacy import Words
from domain.provenance import Entry
from domain.record import Record
from domain.topics import stored_as
from domain.vocabulary.stations import PLACE_KINDS


@stored_as("station")
class Station(Record):
    """Not about a person: names of stations are public, its words are plain."""

    PERSONAL = False

    if TYPE_CHECKING:
        code: str

    class Opened(Record.Created):
        """A station was put on record. `code` is what places name it by, for good; `place` is where it lies, with the address
        as its words."""

        TOPIC = "station.opened"
        code: str
        name: str
        kind: Annotated[str, PLACE_KINDS]
        place: Place

        def apply(self, aggregate: Any) -> None:
            aggregate.code = self.code
            super().apply(aggregate)

    class SpellingAdded(Record.Event):
        """It is also called so."""

        TOPIC = "station.spelling_added"
        spelling: str

    class Corrected(Record.Correction):
        """An entry about the station was restated."""

        TOPIC = "station.corrected"

    class Withdrawn(Record.Withdrawal):
        """A spelling, or the station with all that was added to it, was taken back. Records that name it go on doing so."""

        TOPIC = "station.withdrawn"

    class Reinstated(Record.Reinstatement):
        """What was taken back about the station counts again."""

        TOPIC = "station.reinstated"

    class Attested(Record.Attestation):
        """Another source says the same about the station."""

        TOPIC = "station.attested"

    @classmethod
    def open(cls, entry: Entry, station: UUID, *, code: str, name: str, place: Place, kind: str = "police_station") -> Self:
        """Open the record of a station under the id `station`. Raises RuleBroken `station_without_city`."""
        _must_have_city(place)
        return cls._begin(cls.Opened, entry, station, code=code, name=_told(name), kind=kind, place=place)

    def add_spelling(self, entry: Entry, *, spelling: str) -> None:
        """One more spelling, beside those that are known."""
        self._enter(self.SpellingAdded, entry, spelling=_told(spelling))

    def correct(self, entry: Entry, version: int, facts: Mapping[str, Any], *, because: str, words: Words = None) -> None:
        """As any entry is restated; the city is still needed, what is empty is no name, and the code stays what it is."""
        super().correct(entry, version, self._restated(facts), because=because, words=words)

    def reinstate(self, entry: Entry, version: int, facts: Mapping[str, Any], *, because: str, words: Words = None) -> None:
        """As `correct`."""
        super().reinstate(entry, version, self._restated(facts), because=because, words=words)

    def _restated(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        if isinstance(facts.get("place"), Place):
            _must_have_city(facts["place"])
        kept = {"code": self.code} if "code" in facts else {}
        return {**facts, **kept} | {name: _told(facts[name]) for name in ("name", "spelling") if name in facts}


def _must_have_city(place: Place) -> None:
    if place.city is None:
        raise RuleBroken("station_without_city", field="place")


def _told(name: str | None) -> str:
    if name is None or not name.strip():
        raise RuleBroken("missing_fact", field="name")
    return " ".join(name.split())
