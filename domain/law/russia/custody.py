"""Everything that follows for one detention: administrative and criminal clocks, elapsed times, flags, and what is missing."""

from collections.abc import Iterator
from datetime import datetime

from domain.law.answers import Clock, CustodyAnswer, Elapsed, Flag
from domain.law.calendar import end_of
from domain.law.facts import Custody
from domain.law.heard import Word, first_heard, heard
from domain.law.judging import judge
from domain.law.russia import charges, suspects
from domain.law.russia.held import Held, as_start, as_stop
from domain.law.russia.working_days import working_days
from domain.law.span import Span, between

_PAPERS = {"delivery": "koap-27.2-3", "administrative_detention": "koap-27.4", "offence": "koap-28.2"}
_TOLD = {"relatives_told": "koap-27.3-3", "parents_told": "koap-27.3-4"}


def answer(facts: Custody, now: datetime, zone: str | None) -> CustodyAnswer:
    """The clocks that matter most come first."""
    held = Held.of(facts, now, zone)
    found = [*charges.clocks(held), *suspects.clocks(held), _constitution(held), _call(held), *_hearing(held)]
    return CustodyAnswer(now, held.zone, tuple(found), tuple(_elapsed(held)), tuple(_flags(held)), tuple(_missing(held)))


def holding(facts: Custody, now: datetime, zone: str | None) -> tuple[Clock, ...]:
    """The clocks at the end of which somebody has to be let go or brought before a judge, as they stand in the answer."""
    held = Held.of(facts, now, zone)
    return (*charges.clocks(held), *suspects.to_court(held), _constitution(held))


def _constitution(held: Held) -> Clock:
    """48 hours without a court's decision, from the restriction of movement, whatever the article."""
    limit = held.limit("constitution-22-2")
    due, _ = end_of(held.restrained.span, limit, held.zone, working_days())
    ended = first_heard("ended", held.ended, held.step("prolonged")) if held.step("prolonged").happened else held.ended
    missing = (*held.missing(held.restrained), *ended.untimed)
    state, over, stop = judge(due, ended.stop, held.now, limit, missing)
    notes = ("no_release_reported",) if ended.word is Word.SILENT else ()
    return Clock(
        "without_court_48h", held.rules("constitution-22-2"), state, limit, "restrained", held.restrained.span, due, over,
        held.zone, stops=ended.part, stop=stop, notes=notes, missing=missing, basis=(*as_start(held.restrained), *as_stop(ended)),
    )  # fmt: skip


def _call(held: Held) -> Clock:
    return held.duty("call", "police-14-7", held.restrained, held.step("call"))


def _hearing(held: Held) -> Iterator[Clock]:
    """Where the article allows 48 hours, the court must hear the case within them."""
    stages = charges.stages(held)
    if stages and stages[-1].limits == (charges.LONG,):
        heard_in_court = first_heard("hearing", held.step("hearing"), heard("ruled", held.facts.ruled))
        yield held.duty("hearing", "koap-29.6-4", held.delivered, heard_in_court)


def _elapsed(held: Held) -> Iterator[Elapsed]:
    """Times that no number in the law stands against: on the way, and since the restriction of movement."""
    restrained, delivered = heard("restrained", held.facts.restrained), heard("delivered", held.facts.delivered)
    last = held.ended.stop
    until = Span(last.earliest, min(last.latest or held.now, held.now)) if last else Span(held.now, held.now)
    if delivered.word is not Word.SILENT or restrained.has_time:
        arrived = delivered.span if delivered.has_time else Span(None, until.latest)  # nobody arrives who was let go
        yield Elapsed(
            "on_the_way", held.rules("koap-27.2-2"), between(restrained.span, arrived), restrained.span, arrived, held.zone,
            delivered.word is Word.DENIED, (*held.missing(restrained), *held.missing(delivered)),
            (*as_start(restrained), *as_stop(delivered)),
        )  # fmt: skip
    yield Elapsed(
        "since_restriction", held.rules("police-14"), between(held.restrained.span, until), held.restrained.span, until,
        held.zone, last is None, held.missing(held.restrained), (*as_start(held.restrained), *as_stop(held.ended)),
        held.ended.part if last else "",
    )  # fmt: skip


def _flags(held: Held) -> Iterator[Flag]:
    yield from charges.flags(held)
    for kind, rule in _PAPERS.items():
        paper = held.paper(kind)
        if paper.word in (Word.DENIED, Word.DISPUTED):
            yield Flag(f"no_{kind}_protocol", paper.word is Word.DENIED, held.rules(rule), held.zone, basis=paper.basis)
    for kind, rule in _TOLD.items():
        step = held.step(kind)
        if step.word in (Word.DENIED, Word.DISPUTED) and (kind != "parents_told" or held.facts.minor != "no"):
            yield Flag(f"not_{kind}", step.word is Word.DENIED, held.rules(rule), held.zone, basis=step.basis)
    yield from _contradictions(held)


def _contradictions(held: Held) -> Iterator[Flag]:
    """Reports that cannot all be true are shown, never put right."""
    order = [heard("restrained", held.facts.restrained), heard("delivered", held.facts.delivered), held.ended]
    known = [fact for fact in order if fact.has_time]
    for number, first in enumerate(known):
        for second in known[number + 1 :]:
            if first.span.earliest and second.span.latest and second.span.latest < first.span.earliest:
                times = ((first.part, first.span), (second.part, second.span))
                yield Flag("contradiction", True, zone=held.zone, times=times, basis=(*first.basis, *second.basis))


def _missing(held: Held) -> Iterator[str]:
    """What a lawyer would ask next; nothing here is taken for "no", and there is an entry that answers each."""
    for fact in (heard("restrained", held.facts.restrained), heard("delivered", held.facts.delivered)):
        if not fact.has_time and fact.word is not Word.DENIED:
            yield fact.part
    yield from held.ended.untimed
    administrative = any(stage.limits for stage in charges.stages(held))
    if administrative:
        yield from _papers_missing(held)
    is_minor = held.facts.minor == "yes"
    owed = ["call", "relatives_told", *(["parents_told"] if is_minor else []), *(() if administrative else _OF_A_SUSPECT)]
    yield from (step for step in owed if held.step(step).word is Word.SILENT)
    if not administrative and not held.paper("criminal_detention").happened:
        yield "criminal_detention"
    for name in ("minor", *(("foreigner", "intoxicated") if administrative else ())):
        if getattr(held.facts, name) == "unknown":
            yield name
    if administrative and held.facts.intoxicated == "yes" and not heard("sobered", held.facts.sobered).has_time:
        yield "sobered"


_OF_A_SUSPECT = ("prosecutor_told", "questioned")


def _papers_missing(held: Held) -> Iterator[str]:
    offence = held.paper("offence").word is not Word.SILENT or bool(charges.recorded(held))
    for kind in _PAPERS:
        if held.paper(kind).word is Word.SILENT and not (kind == "offence" and offence):
            yield f"{kind}_protocol"
