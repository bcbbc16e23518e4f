"""The days in court of a person's cases as they stand: each once, for when it was last moved to, until it is said to be held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.law.span import Span
from domain.proceeding import Proceeding
from domain.vocabulary.proceedings import HEARING_KINDS
from web.desk import HOME_ZONE
from web.languages import translated as _
from web.telling import spans
from web.telling.phrases import phrase


@dataclass(frozen=True, slots=True)
class DayInCourt:
    """A hearing of which nobody has said that it was held. `said` is the entry that says for when it stands: set, or moved."""

    said: Any
    kind: str

    def is_ahead(self, now: datetime) -> bool:
        """Whether it may still be to come."""
        return self.said.due is not None and self.said.due.latest >= now


def days_in_court(entries: Iterable[Any]) -> list[DayInCourt]:
    """From entries that stand and concern one person, of one case or of several; the next one first, those without a day last."""
    found, held = dict[tuple[UUID, int], DayInCourt](), set[tuple[UUID, int | None]]()
    for event in sorted(entries, key=lambda event: event.originator_version):
        match event:
            case Proceeding.HearingSet():
                found[event.originator_id, event.originator_version] = DayInCourt(event, event.kind)
            case Proceeding.HearingMoved():
                number = event.originator_id, event.hearing or event.originator_version
                found[number] = DayInCourt(event, found[number].kind if number in found else "unknown")
            case Proceeding.HearingHeld():
                held.add((event.originator_id, event.hearing))
    standing = [day for number, day in found.items() if number not in held]
    return sorted(standing, key=lambda day: (day.said.due is None, day.said.due.earliest.timestamp() if day.said.due else 0.0))


def next_day(entries: Iterable[Any], now: datetime, language: str) -> list[tuple[datetime, str]]:
    """The next one ahead, in words and with its moment, to be put beside what falls due; empty where there is none."""
    day = next((one for one in days_in_court(entries) if one.is_ahead(now)), None)
    if day is None:
        return []
    due = day.said.due
    at = spans.at(Span(due.earliest, due.latest), due.zone or HOME_ZONE, language, now)
    told = (_("hearing"), phrase(HEARING_KINDS, day.kind, language) if day.kind != "unknown" else "")
    return [(due.earliest, f"{at}: {', '.join(part for part in told if part)}")]
