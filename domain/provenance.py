"""Who says so, and how far they can be relied on."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self
from uuid import UUID

from domain.privacy import Words


class Reliability(StrEnum):
    """HURIDOCS Events Standard Formats, the reliability scale; `unknown` is its own answer."""

    HIGH = "highly_reliable"
    RELIABLE = "reliable"
    DOUBTFUL = "doubtful"
    UNRELIABLE = "unreliable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report comes from. `kind` is a code of `vocabulary.SOURCE_KINDS`; `reference` leads back to it (a link, a call).

    `origin` is the source on file it came from, None where it is not on file: entries stored before sources were kept have none.
    """

    kind: str
    reliability: Reliability = Reliability.UNKNOWN
    reference: Words = None
    origin: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of entering something: by which account, from which source, under which command id (UUID version 7).

    The same command twice is one event: the id is minted with the form, so a retry is recognised.
    """

    recorded_by: UUID
    source: Source
    command: UUID

    def without_reference(self) -> Self:
        """The same for a further record of the command: a reference is sealed for one record and opens in no other."""
        return replace(self, source=replace(self.source, reference=None))
