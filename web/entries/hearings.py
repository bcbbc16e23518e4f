"""Which hearing an entry is about: one that was set and of which nobody has said that it was held. The next one is proposed.

It is the next one in the form as it was shown: what others record meanwhile does not turn it into another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import request

from domain.moment import When
from domain.proceeding import Proceeding
from domain.record import Record
from domain.vocabulary.proceedings import HEARING_KINDS
from web.entries.fields import Field
from web.entries.labels import hint, label
from web.entries.subject import Subject
from web.languages import language
from web.languages import translated as _

NEXT = "next-"
_OF_HEARINGS = (Proceeding.HearingMoved, Proceeding.HearingHeld)
_NO_DAY = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A hearing, by the number of the entry that set it: when it is due now, where and on what, whom it concerns."""

    number: int
    due: When | None
    place: Any
    kind: str
    person: UUID | None
    held: bool

    def concerns(self, person: UUID | None) -> bool:
        """What is set for all is set for each."""
        return self.person is None or person is None or self.person == person


def hearings_in(about: Subject) -> list[Ahead]:
    """Every hearing that stands, the next one first; one of which nobody knows the day comes last."""
    standing = [event for _, event in about.history.standing(Proceeding.HearingSet, *_OF_HEARINGS)]
    held = {event.hearing for event in standing if isinstance(event, Proceeding.HearingHeld)}
    moves = sorted((one for one in standing if isinstance(one, Proceeding.HearingMoved)), key=lambda one: one.originator_version)
    first = [event for event in standing if isinstance(event, Proceeding.HearingSet)]
    found = []
    told: list[Any] = [*first, *(move for move in moves if move.hearing is None)]
    for event in told:
        number = event.originator_version
        moved = [move for move in moves if move.hearing == number]
        due = moved[-1].due if moved else event.due
        place = next((move.place for move in reversed(moved) if move.place is not None), event.place)
        kind = event.kind if isinstance(event, Proceeding.HearingSet) else "unknown"
        found.append(Ahead(number, due, place, kind, event.person, number in held))
    return sorted(found, key=lambda one: (one.due.earliest if one.due is not None else _NO_DAY, one.number))


def with_hearings(fields: Sequence[Field], about: Subject, event: type[Record.Event]) -> list[Field]:
    """The fields, for what is told of a hearing with those there are to choose from; without one, nothing is asked."""
    every = hearings_in(about) if event in _OF_HEARINGS else []
    ahead = [one for one in every if not one.held]
    if not ahead:
        return list(fields)
    named = {code: told for field in fields if field.shape == "defendant" for code, told in field.options}
    told = {str(one.number): _called(one, about, named) for one in every}
    first = f"{NEXT}{ahead[0].number}"
    is_of_several = len(named) > 1 and len({one.person for one in ahead}) > 1  # whose is next depends on whom it concerns
    proposed = _("the next one") if is_of_several else _("the next one: %(hearing)s", hearing=told[str(ahead[0].number)])
    options = [(first, proposed), *((str(one.number), told[str(one.number)]) for one in ahead[0 if is_of_several else 1 :])]
    asked = request.form.get("hearing", "")  # as the form was shown: others may have said since that it was held
    if asked not in dict(options) and asked.removeprefix(NEXT) in told:
        options.append((asked, told[asked.removeprefix(NEXT)]))
    return [Field("hearing", "choice", label("", "hearing"), hint("", "hearing"), options=tuple(options), first=first), *fields]


def _called(one: Ahead, about: Subject, named: dict[str, str]) -> str:
    teller, spoken = about.history.teller, language()
    when = teller.when(one.due, spoken) if one.due is not None else _("nobody knows when")
    where = teller.place(one.place, spoken) if one.place is not None else ""
    kind = HEARING_KINDS.label(one.kind, spoken) if one.kind != "unknown" else ""
    whom = named.get(str(one.person), "") if one.person is not None and len(named) > 1 else ""
    return ", ".join(part for part in (when, where, kind, whom) if part)


def meant(chosen: str, about: Subject, person: UUID | None) -> int | None:
    """The number of the hearing that was chosen for this defendant; None where none was ever set for them."""
    number = chosen.removeprefix(NEXT)
    every = hearings_in(about)
    proposed = next((one for one in every if str(one.number) == number), None)
    if proposed is not None and (chosen == number or proposed.concerns(person)):
        return proposed.number
    return next((one.number for one in every if not one.held and one.concerns(person)), None)
