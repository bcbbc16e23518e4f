"""What is done about the sources themselves, apart from anything they say."""

from typing import Any
from uuid import UUID

from domain.casebook.recording import Outcome, Recording
from domain.privacy import Sealed
from domain.provenance import Entry
from domain.source_on_file import SourceOnFile


class SourcesOnFile(Recording):
    """The arguments are those of the verbs of SourceOnFile, where they are explained."""

    def open_source(self, entry: Entry, source: UUID, **facts: Any) -> Outcome:
        """Put a source on file under the id `source`, minted with the form."""
        self._must_exist(facts)
        return self._open(entry, SourceOnFile.open(entry, source, **facts))

    def rate_source(self, entry: Entry, source: UUID, *, reliability: str, because: str, words: Sealed | None = None) -> Outcome:
        """How far it is relied on from now on."""
        facts: dict[str, Any] = {"reliability": reliability, "because": because, "words": words}
        return self._amend(SourceOnFile, entry, source, lambda found: found.rate(entry, **facts))

    def retract_source(self, entry: Entry, source: UUID, *, because: str, **facts: Any) -> Outcome:
        """What it said counts for nothing."""
        return self._amend(SourceOnFile, entry, source, lambda found: found.retract(entry, because=because, **facts))

    def forget_source(self, entry: Entry, source: UUID) -> Outcome:
        """Who it is was destroyed. To be called after the vault destroyed its key."""
        return self._amend(SourceOnFile, entry, source, lambda found: found.forget(entry))
