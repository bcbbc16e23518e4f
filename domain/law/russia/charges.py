"""Administrative detention by the articles that were recorded: which limit holds, and until which change of the accusation.

An offence protocol says under which article somebody is held; the article says whether for 3 hours or for 48. A change of the
accusation moves the limit, and a log can prove that it came after the shorter one had run out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from domain.law.answers import Basis, Clock, Flag
from domain.law.calendar import end_of
from domain.law.facts import Charge
from domain.law.heard import Heard, Word, begun
from domain.law.judging import judge
from domain.law.rules import Article, in_force
from domain.law.russia.articles import ARTICLES_IN_LAW, CRIMINAL
from domain.law.russia.held import Held, as_start, as_stop
from domain.law.russia.working_days import working_days
from domain.law.span import Span, between, first_of, last_of, later

SHORT, LONG = 3, 48
_RULES = {SHORT: "koap-27.5-1", LONG: "koap-27.5-3"}


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of the detention under the same articles. `opened` is the charge that changed the limit, None for the first."""

    standing: tuple[Charge, ...]
    limits: tuple[int, ...]
    conditions: dict[int, tuple[str, ...]]
    opened: Charge | None = None

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that stand."""
        return tuple(dict.fromkeys(charge.article for charge in self.standing))


def versions(code: str, held: Held) -> tuple[Article, ...]:
    """The versions of an article that may have been in force; all of them where it certainly was not, for it is held against
    somebody all the same."""
    found = in_force(code, ARTICLES_IN_LAW, held.happened, held.zone)
    return found or tuple(article for article in ARTICLES_IN_LAW if article.code == code)


def is_criminal(charge: Charge) -> bool:
    """Whether it is an article of the criminal code."""
    return charge.article in CRIMINAL


def recorded(held: Held) -> tuple[Charge, ...]:
    """The articles recorded by now, in the order in which they were."""
    return tuple(charge for charge in held.facts.charges if charge.when is None or charge.when.earliest <= held.now)


def stages(held: Held) -> list[Stage]:
    """The stretches of the detention, each with its limits. A further article with the same limits opens none."""
    charges, found, standing = recorded(held), list[Stage](), list[Charge]()
    if not charges:
        return [] if held.paper("criminal_detention").happened else [_stage((), None, held)]
    for number, charge in enumerate(charges):
        standing = [charge] if charge.replaces else [*standing, charge]
        administrative = tuple(one for one in standing if not is_criminal(one))
        stage = _stage(administrative, charge if number else None, held) if administrative else Stage((), (), {}, charge)
        if found and (found[-1].limits, found[-1].conditions) == (stage.limits, stage.conditions):
            stage = Stage(stage.standing, stage.limits, stage.conditions, found[-1].opened)
            found.pop()
        found.append(stage)
    return found


def clocks(held: Held) -> Iterator[Clock]:
    """For every stretch a clock, or two where the limit depends on what is not known."""
    found = stages(held)
    for number, stage in enumerate(found):
        following = found[number + 1].opened if number + 1 < len(found) else None
        before = max((hours for earlier in found[:number] for hours in earlier.limits), default=0)
        for hours in stage.limits:
            yield _clock(held, stage, hours, following, longer_before=before > hours)


def _stage(standing: tuple[Charge, ...], opened: Charge | None, held: Held) -> Stage:
    """Where several articles stand, the longest limit among them holds."""
    if not standing:
        return Stage((), (SHORT, LONG), {SHORT: ("before_protocol",), LONG: ("before_protocol",)}, opened)
    least, most = SHORT, SHORT
    for charge in standing:
        hours = [article.hours for article in versions(charge.article, held)]
        known = [number for number in hours if number is not None]
        least = max(least, min(known) if len(known) == len(hours) and known else SHORT)
        most = max(most, max(known) if len(known) == len(hours) and known else LONG)
    if least != most:
        return Stage(standing, (SHORT, LONG), {SHORT: ("article_unclear",), LONG: ("article_unclear",)}, opened)
    if most == SHORT and held.facts.foreigner != "no":
        unless, when = ("unless_foreign", "if_foreign")
        if held.facts.foreigner == "yes":
            unless, when = ("unless_expulsion", "if_expulsion")
        return Stage(standing, (SHORT, LONG), {SHORT: (unless,), LONG: (when,)}, opened)
    return Stage(standing, (most,), {most: ()}, opened)


def _clock(held: Held, stage: Stage, hours: int, following: Charge | None, *, longer_before: bool) -> Clock:
    start, due = due_at(held, hours)
    missing = held.missing(start)
    if stage.opened is not None and longer_before:  # while the longer limit stood nobody had to be let go
        due = last_of(due, begun(stage.opened))
        missing = (*missing, *_charge_missing(stage.opened))
    stop, stops = held.ended.stop, held.ended.part
    basis = (*as_start(start), *(Basis("charge", charge.ref, charge.when) for charge in stage.standing))
    if following is not None:
        changed = begun(following)
        stop = changed if stop is None else first_of(stop, changed)
        sooner = held.ended.stop is None or _before(changed, held.ended.stop)
        stops = "charge_changed" if sooner else stops
        missing = (*missing, *_charge_missing(following))
        basis = (*basis, Basis("stop:charge", following.ref, following.when))
    if held.ended.happened and stops != "charge_changed":
        basis = (*basis, *as_stop(held.ended))
        missing = (*missing, *held.ended.untimed)
    limit = held.limit(_RULES[hours])
    state, over, ended = judge(due, stop, held.now, limit, missing)
    rules = [*held.rules(_RULES[hours]), *held.rules("koap-27.5-4")]
    if held.facts.intoxicated == "yes":
        rules.extend(held.rules("koap-27.5-4-together"))
    return Clock(
        f"custody_{hours}h", tuple(rules), state, limit, start.part, start.span, due, over, held.zone,
        stops=stops, stop=ended, articles=stage.articles, conditions=stage.conditions[hours],
        notes=_notes(held, stage, hours, following),
        missing=missing, basis=basis,
    )  # fmt: skip


def due_at(held: Held, hours: int) -> tuple[Heard, Span]:
    """From what the limit runs, and when it is over: from delivery; of an intoxicated person from sobering, and both together
    no more than 48 hours where that was already the law."""
    limit = held.limit(_RULES[hours])
    if held.facts.intoxicated != "yes":
        return held.delivered, end_of(held.delivered.span, limit, held.zone, working_days())[0]
    sobered = held.sobered
    due, _ = end_of(sobered.span, limit, held.zone, working_days())
    capped = first_of(due, later(held.delivered.span, held.limit("koap-27.5-4-together").hours))
    if not held.rules("koap-27.5-4-together"):
        return sobered, due
    return sobered, capped if held.surely("koap-27.5-4-together") else Span(capped.earliest, due.latest)


def flags(held: Held) -> Iterator[Flag]:
    """A 48-hour article recorded after the 3-hour limit had run out, with both times; an article that was not yet law."""
    found = stages(held)
    for before, after in pairwise(found):
        if SHORT in before.limits and after.limits == (LONG,) and after.opened is not None:
            yield from _late(held, "requalified_after_limit", before, after.opened, after)
    first = recorded(held)[:1]
    if first and found and found[0].limits == (LONG,):
        yield from _late(held, "first_protocol_after_three_hours", None, first[0], found[0])
    for charge in recorded(held):
        known = [article for article in ARTICLES_IN_LAW if article.code == charge.article]
        if known and not in_force(charge.article, ARTICLES_IN_LAW, held.happened, held.zone):
            yield Flag(
                "article_not_in_force", all(article.dates_checked for article in known), zone=held.zone,
                articles=(charge.article,), times=(("happened", held.happened),), told=charge.told,
                basis=(Basis("charge", charge.ref, charge.when), *as_start(held.restrained)),
            )  # fmt: skip


def _late(held: Held, code: str, before: Stage | None, charge: Charge, after: Stage) -> Iterator[Flag]:
    start, due = due_at(held, SHORT)
    recorded_at = begun(charge)
    late = between(due, recorded_at)
    if late.most is not None and late.most.total_seconds() <= 0:
        return
    last = held.ended.stop or Span(held.now, held.now)
    stood = before.standing if before else ()
    yield Flag(
        code, late.least is not None and late.least.total_seconds() > 0,
        (*held.rules("koap-27.5-1"), *held.rules("koap-27.5-3")), held.zone,
        (*(before.articles if before else ()), charge.article), held.limit("koap-27.5-1"),
        (("limit_ran_out", due), ("recorded", recorded_at)),
        (("late", late), ("disregarding", between(due, Span(last.earliest, last.latest or held.now)))),
        charge.told,
        (*as_start(start), *(Basis("charge", one.ref, one.when) for one in stood), Basis("changed", charge.ref, charge.when),
         *as_stop(held.ended)),
    )  # fmt: skip


def _notes(held: Held, stage: Stage, hours: int, following: Charge | None) -> tuple[str, ...]:
    known = [article for charge in stage.standing for article in versions(charge.article, held)]
    notes = [] if all(article.checked and article.dates_checked for article in known) else ["article_unverified"]
    if held.ended.word is Word.SILENT and following is None:
        notes.append("no_release_reported")
    if held.ended.word is Word.DISPUTED:
        notes.append("end_disputed")
    if held.facts.intoxicated == "unknown":
        notes.append("unless_intoxicated")
    if held.facts.minor == "yes" and hours == LONG:
        notes.append("minor_disputed")
    if held.delivered.word is Word.DENIED:
        notes.append("not_delivered_yet")
    return tuple(notes)


def _charge_missing(charge: Charge) -> tuple[str, ...]:
    return () if charge.when is not None else ("charge_time",)


def _before(first: Span, second: Span) -> bool:
    return first.latest is not None and second.earliest is not None and first.latest <= second.earliest
