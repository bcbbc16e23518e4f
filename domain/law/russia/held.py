"""One detention made ready for the clocks: its facts as they were heard, its two starting points, how it ended."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from domain.law.answers import Basis, Clock, State
from domain.law.calendar import end_of
from domain.law.facts import Custody
from domain.law.heard import Heard, Word, first_heard, heard, zone_of
from domain.law.judging import judge, unless_silent
from domain.law.rules import Limit, Rule, in_force
from domain.law.russia.custody_rules import CUSTODY_RULES
from domain.law.russia.working_days import working_days
from domain.law.span import Span, hull, last_of


@dataclass(frozen=True)
class Held:
    """What was reported of a detention, seen at `now`."""

    facts: Custody
    now: datetime
    zone: str

    @classmethod
    def of(cls, facts: Custody, now: datetime, zone: str | None) -> "Held":
        """`zone` is that of the place; without it, that of the first report with a time."""
        given = (facts.restrained, facts.delivered, facts.charges, facts.released, facts.papers, facts.steps)
        return cls(facts, now, zone or zone_of(*given) or "UTC")

    @cached_property
    def restrained(self) -> Heard:
        """The restriction of movement. Where nobody said when, it was not after the delivery."""
        told = heard("restrained", self.facts.restrained)
        brought = heard("delivered", self.facts.delivered)
        if told.has_time or not brought.has_time:
            return told
        return replace(told, span=Span(None, brought.span.latest), basis=(*told.basis, *brought.basis))

    @cached_property
    def delivered(self) -> Heard:
        """The delivery to the station. Where nobody said when, it was not before the restriction of movement."""
        told = heard("delivered", self.facts.delivered)
        if told.word is Word.DENIED:  # still on the way: whatever is counted from delivery has not begun
            return replace(told, span=Span(self.now, None))
        if told.has_time:
            return told
        stopped = heard("restrained", self.facts.restrained)
        return replace(told, span=Span(stopped.span.earliest, None), basis=(*told.basis, *stopped.basis))

    @cached_property
    def sobered(self) -> Heard:
        """When an intoxicated person was sober again. Where nobody said when, it was not before the delivery."""
        told = heard("sobered", self.facts.sobered)
        if told.has_time:  # who was sober before the delivery is held from the delivery, like everybody
            brought = heard("delivered", self.facts.delivered)
            return replace(told, span=last_of(told.span, brought.span)) if brought.has_time else told
        return replace(told, span=Span(self.delivered.span.earliest, None), basis=(*told.basis, *self.delivered.basis))

    @cached_property
    def ended(self) -> Heard:
        """A release or a court's ruling, whichever came first."""
        return first_heard("ended", heard("released", self.facts.released), heard("ruled", self.facts.ruled))

    @cached_property
    def happened(self) -> Span:
        """When the detention began, for choosing the version of a rule."""
        known = [fact.span for fact in (self.restrained, self.delivered) if fact.has_time]
        if known:
            return hull(known)
        return Span(None, self.now)

    def rules(self, code: str) -> tuple[Rule, ...]:
        """The versions of a rule that may apply to this detention."""
        return in_force(code, CUSTODY_RULES, self.happened, self.zone)

    def surely(self, code: str) -> bool:
        """Whether the rule was in force then, whichever of the reported times is true."""
        ends = (Span(end, end) for end in (self.happened.earliest, self.happened.latest))
        return all(in_force(code, CUSTODY_RULES, end, self.zone) for end in ends if end != Span()) and self.happened != Span()

    def limit(self, code: str) -> Limit:
        """The limit a rule gives."""
        return next(rule.limit for rule in CUSTODY_RULES if rule.code == code and rule.limit is not None)

    def missing(self, fact: Heard) -> tuple[str, ...]:
        """The name of a fact whose time nobody has reported."""
        return (fact.part,) if fact.untimed or fact.word in (Word.SILENT, Word.DENIED) else ()

    def step(self, kind: str) -> Heard:
        """What was reported of one of the `STEPS`."""
        return heard(kind, tuple(claim for claim in self.facts.steps if claim.kind == kind))

    def paper(self, kind: str) -> Heard:
        """What was reported of one kind of protocol."""
        return heard(kind, tuple(claim for claim in self.facts.papers if claim.kind == kind))

    def duty(self, code: str, rule: str, start: Heard, done: Heard) -> Clock:
        """The clock of something the authorities must do in time. That nobody reported it is not that it was not done."""
        limit = self.limit(rule)
        due, _ = end_of(start.span, limit, self.zone, working_days())
        silent = done.word is Word.SILENT
        stop = self.ended if not done.happened and self.ended.happened else done  # then it was owed no more
        missing = (*self.missing(start), *(f"{name}:when" for name in stop.untimed))
        state, over, ended = judge(due, stop.stop, self.now, limit, missing)
        state = unless_silent(state, silent)
        if silent and state is not State.STOPPED_IN_TIME:
            missing = (*missing, done.part)
        return Clock(
            code, self.rules(rule), state, limit, start.part, start.span, due, over, self.zone,
            stops=stop.part, stop=ended, missing=missing,
            basis=(*as_start(start), *as_stop(stop)),
        )  # fmt: skip


def as_start(fact: Heard) -> tuple[Basis, ...]:
    """The reports that gave a clock its start."""
    return _as("start", fact.basis)


def as_stop(fact: Heard) -> tuple[Basis, ...]:
    """The reports that stopped a clock."""
    return _as("stop", fact.basis)


def _as(part: str, basis: tuple[Basis, ...]) -> tuple[Basis, ...]:
    return tuple(replace(one, part=f"{part}:{one.part}") for one in basis)
