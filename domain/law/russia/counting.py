"""Deadlines of a case: a limit from a fact, by the version of the rule in force when that fact happened."""

from dataclasses import dataclass
from datetime import datetime

from domain.law.answers import Clock
from domain.law.calendar import end_of
from domain.law.facts import Case
from domain.law.heard import Heard, Word, heard, zone_of
from domain.law.judging import judge, unless_silent
from domain.law.rules import Limit, Rule, in_force
from domain.law.russia.articles import CRIMINAL
from domain.law.russia.court_rules import COURT_RULES
from domain.law.russia.held import as_start, as_stop
from domain.law.russia.working_days import working_days
from domain.law.span import Span, hull


@dataclass(frozen=True)
class Pending:
    """One case, seen at `now`."""

    facts: Case
    now: datetime
    zone: str

    @classmethod
    def of(cls, facts: Case, now: datetime, zone: str | None) -> "Pending":
        """`zone` is that of the place; without it, that of the first report with a time."""
        given = (facts.copy_received, facts.ruled, facts.in_force, facts.acted, facts.appealed, facts.remanded, facts.executed)
        return cls(facts, now, zone or zone_of(*given) or "UTC")

    @property
    def is_criminal(self) -> bool:
        """Whether its article is of the criminal code."""
        return self.facts.article in CRIMINAL

    def hear(self, name: str) -> Heard:
        """What was reported of one field of the case."""
        return heard(name, getattr(self.facts, name))

    def rules(self, code: str, at: Span) -> tuple[Rule, ...]:
        """The versions of a rule that may have been in force then."""
        return in_force(code, COURT_RULES, at, self.zone)

    def end(self, code: str, start: Span) -> tuple[Span, tuple[Rule, ...], Limit | None, tuple[str, ...]]:
        """When a limit from `start` is over, by whichever version may apply; and what the calendar could not say."""
        rules = self.rules(code, start)
        limits = [rule.limit for rule in rules if rule.limit is not None]
        if not limits:
            return Span(), rules, None, ()
        ends = [end_of(start, limit, self.zone, working_days()) for limit in limits]
        unknown = () if all(known for _, known in ends) else ("working_days",)
        shortest = min(limits, key=lambda limit: limit.about)
        return hull(span for span, _ in ends), rules, shortest, unknown

    def clock(
        self,
        code: str,
        rule: str,
        start: Heard,
        done: Heard,
        *,
        duty: bool = False,
        also: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
    ) -> Clock | None:
        """A deadline. None where the rule was not in force. With `duty` it binds the court, and silence says nothing."""
        due, rules, limit, unknown = self.end(rule, start.span)
        if limit is None:
            return None
        unsaid = start.untimed or ((start.part,) if start.word is Word.SILENT else ())
        missing = (*unsaid, *unknown, *(f"{name}:when" for name in done.untimed))
        silent = duty and done.word is Word.SILENT
        state, over, stop = judge(due, done.stop, self.now, limit, missing)
        state = unless_silent(state, silent)
        if done.word is Word.SILENT and not silent:
            notes = (*notes, f"not_reported:{done.part}")
        return Clock(
            code, (*rules, *(extra for other in also for extra in self.rules(other, start.span))), state, limit, start.part,
            start.span, due, over, self.zone, stops=done.part, stop=stop, articles=(self.facts.article,), notes=notes,
            missing=(*missing, *((done.part,) if silent else ())), basis=(*as_start(start), *as_stop(done)),
        )  # fmt: skip
