"""The courts and bodies outside the country: what is left after Russia's exclusion from the Council of Europe."""

from collections.abc import Iterator
from dataclasses import replace

from domain.law.answers import Forum, Openness
from domain.law.calendar import last_second
from domain.law.heard import Heard, Word
from domain.law.judging import judge
from domain.law.russia.counting import Pending
from domain.law.russia.court_rules import LAST_DAY_OF_STRASBOURG
from domain.law.russia.held import as_start
from domain.law.span import Span


def forums(case: Pending) -> Iterator[Forum]:
    """Strasbourg, the Working Group, the Committee, in this order."""
    final = case.hear("final")
    yield _strasbourg(case, final)
    yield Forum("un_wgad", case.rules("un-wgad", Span()), Openness.OPEN, case.zone)
    state = Openness.OPEN if final.word is Word.REPORTED else Openness.NOT_YET
    missing = ("final",) if final.word is Word.SILENT else ()
    yield Forum("un_hrc", case.rules("un-hrc", Span()), state, case.zone, missing=missing, basis=as_start(final))


def _strasbourg(case: Pending, final: Heard) -> Forum:
    """Open for facts of its time, until so many months after the final decision."""
    acted = _acted(case)
    last = last_second(LAST_DAY_OF_STRASBOURG, case.zone)
    due, rules, limit, _ = case.end("ecthr-35", final.span if final.happened else Span(case.now, None))
    rules = (*case.rules("ecthr-58", Span()), *rules)
    basis = (*as_start(acted), *as_start(final))
    if acted.span.earliest is not None and acted.span.earliest > last:
        return Forum("ecthr", rules, Openness.CLOSED, case.zone, basis=basis)
    in_its_time = acted.has_time and acted.span.latest is not None and acted.span.latest <= last
    missing = (*(() if acted.has_time else ("acted",)), *(() if final.has_time else ("final",)))
    if not final.happened:
        state = Openness.NOT_YET if in_its_time else Openness.PERHAPS if acted.has_time else Openness.CANNOT_TELL
        return Forum("ecthr", rules, state, case.zone, missing=missing, basis=basis)
    assert limit is not None  # noqa: S101 - some version is in force on every day
    _, over, _ = judge(due, None, case.now, limit)
    ended = over.least is not None and over.least.total_seconds() > 0
    runs = over.most is not None and over.most.total_seconds() <= 0
    if ended:
        state = Openness.CLOSED
    elif missing:
        state = Openness.CANNOT_TELL
    else:
        state = Openness.OPEN if runs and in_its_time else Openness.PERHAPS
    return Forum("ecthr", rules, state, case.zone, due, over, missing, basis)


def _acted(case: Pending) -> Heard:
    """The act. Where nobody said when, it was not after the first that a court made of it."""
    acted = case.hear("acted")
    if acted.has_time:
        return acted
    courts = [case.hear(name) for name in ("remanded", "ruled", "copy_received", "appeal_decided", "final")]
    known = [fact for fact in courts if fact.has_time and fact.span.latest is not None]
    if not known:
        return acted
    first = min(known, key=lambda fact: fact.span.latest or case.now)
    return replace(acted, word=Word.REPORTED, span=Span(None, first.span.latest), basis=(*acted.basis, *first.basis))
