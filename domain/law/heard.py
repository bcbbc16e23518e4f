"""What several reports of one fact say together: that it happened, that it did not, both, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.law.answers import Basis
from domain.law.facts import Charge, Claim, Claims
from domain.law.span import Span, hull, span_of


class Word(Enum):
    """What the reports say. Silence is never taken for "no"."""

    REPORTED = "reported"
    DENIED = "denied"
    DISPUTED = "disputed"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Heard:
    """A fact as it was reported. `span` holds every time that was told; open where nobody knows when.

    `untimed` names what is said to have happened without anybody saying when.
    """

    part: str
    word: Word
    span: Span
    basis: tuple[Basis, ...] = ()
    untimed: tuple[str, ...] = ()

    @property
    def has_time(self) -> bool:
        """Whether it happened, and somebody said when."""
        return self.happened and self.span != Span()

    @property
    def happened(self) -> bool:
        """Whether somebody says that it did."""
        return self.word in (Word.REPORTED, Word.DISPUTED)

    @property
    def stop(self) -> Span | None:
        """When it stopped a clock; None where nothing says that it did. What is disputed may not have stopped it yet."""
        if not self.happened:
            return None
        return Span(self.span.earliest, None) if self.word is Word.DISPUTED else self.span


def heard(part: str, claims: Claims) -> Heard:
    """The reports of one fact. Of those that say it happened, those with a time decide when."""
    yes = [claim for claim in claims if claim.answer != "no"]
    no = len(yes) < len(claims)
    basis = tuple(Basis(part, claim.ref, claim.when) for claim in claims)
    if not yes:
        return Heard(part, Word.DENIED if no else Word.SILENT, Span(), basis)
    untimed = () if any(claim.when for claim in yes) else (part,)
    return Heard(part, Word.DISPUTED if no else Word.REPORTED, _when(yes), basis, untimed)


def begun(charge: Charge) -> Span:
    """When an article was recorded. Where nobody said, it was before the record was told of it."""
    return span_of(charge.when) if charge.when else Span(None, charge.told)


def first_heard(part: str, *facts: Heard) -> Heard:
    """Whichever of these came first: a release or a court's ruling ends the same custody. It bears the name of the one that did,
    where that can be told."""
    happened = [fact for fact in facts if fact.happened]
    if not happened:
        denied = any(fact.word is Word.DENIED for fact in facts)
        return Heard(part, Word.DENIED if denied else Word.SILENT, Span(), tuple(basis for fact in facts for basis in fact.basis))
    certain = any(fact.word is Word.REPORTED for fact in happened)
    earliest = [fact.span.earliest for fact in happened]
    latest = [fact.span.latest for fact in happened if fact.word is Word.REPORTED and fact.span.latest]
    span = Span(None if None in earliest else min(end for end in earliest if end), min(latest, default=None))
    basis = tuple(basis for fact in happened for basis in fact.basis)
    untimed = tuple(name for fact in happened for name in fact.untimed)
    first = [fact for fact in happened if all(other is fact or _surely_before(fact, other) for other in happened)]
    name = first[0].part if first else part
    return Heard(name, Word.REPORTED if certain else Word.DISPUTED, span, basis, untimed)


def _surely_before(first: Heard, other: Heard) -> bool:
    ends, begins = first.span.latest, other.span.earliest
    return first.word is Word.REPORTED and ends is not None and begins is not None and ends < begins


def zone_of(*facts: Iterable[Claim | Charge]) -> str | None:
    """The zone of the place: that of the first report with a time."""
    return next((claim.when.zone for claims in facts for claim in claims if claim.when is not None), None)


def _when(claims: list[Claim]) -> Span:
    known = [span_of(claim.when) for claim in claims if claim.when is not None]
    if known:
        return hull(known)
    told: list[datetime | None] = [claim.told for claim in claims]
    return Span(None, None if None in told else max(time for time in told if time))
