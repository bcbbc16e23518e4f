"""What anybody who records does with stations."""

from uuid import UUID

from domain.casebook.recording import Outcome, Recording
from domain.place import Place
from domain.provenance import Entry
from domain.station import Station


class Stations(Recording):
    """The arguments are those of the verbs of Station, where they are explained."""

    def open_station(
        self,
        entry: Entry,
        station: UUID,
        *,
        code: str,
        name: str,
        place: Place,
        kind: str = "police_station",
        spelling: str | None = None,
    ) -> Outcome:
        """Put a station on record, with a `spelling` of it where it was met under another name: also a station of the
        gazetteer, which has no record before its first spelling."""
        opened = Station.open(entry, station, code=code, name=name, place=place, kind=kind)
        if spelling is not None:
            opened.add_spelling(entry, spelling=spelling)
        return self._open(entry, opened)

    def add_spelling(self, entry: Entry, station: UUID, *, spelling: str) -> Outcome:
        """One more spelling of a station that has a record."""
        return self._amend(Station, entry, station, lambda found: found.add_spelling(entry, spelling=spelling))
