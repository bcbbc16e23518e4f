"""Everything that follows for one case: when the ruling takes effect, appeals, the fine, hearings, and the forums left open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from domain.law.answers import CaseAnswer, Clock, Flag
from domain.law.facts import Case
from domain.law.heard import Heard, Word, first_heard
from domain.law.rules import in_force
from domain.law.russia import forums
from domain.law.russia.articles import ARTICLES_IN_LAW
from domain.law.russia.counting import Pending
from domain.law.russia.held import as_start
from domain.law.span import Span, later

ASSEMBLIES = ("koap-20.2", "koap-20.2-2", "koap-20.2-5", "koap-20.2-6.1", "koap-20.2-8", "koap-20.2.2-1")


def answer(facts: Case, now: datetime, zone: str | None) -> CaseAnswer:
    """A clock is there from the moment its starting fact is reported, or could be bounded by another one."""
    case = Pending.of(facts, now, zone)
    effect = takes_effect(case)
    found = _criminal(case, effect) if case.is_criminal else _administrative(case, effect)
    clocks = tuple(clock for clock in found if clock is not None)
    missing = tuple(dict.fromkeys(name for clock in clocks for name in clock.missing))
    open_to = tuple(forums.forums(case))
    return CaseAnswer(now, case.zone, clocks, tuple(_flags(case)), open_to, effect.span if effect.happened else None, missing)


def takes_effect(case: Pending) -> Heard:
    """When the ruling or sentence takes effect: as reported, with the decision on appeal, or when nobody appealed in time.

    Without a ruling, or with one that was set aside, it never does.
    """
    told, ruled = case.hear("in_force"), case.hear("ruled")
    if case.hear("quashed").word is Word.REPORTED:
        return Heard("in_force", Word.SILENT, Span())
    if told.word is not Word.SILENT:
        return told
    decided, appealed = case.hear("appeal_decided"), case.hear("appealed")
    if decided.happened:
        return replace(decided, part="in_force")
    if not ruled.happened and not case.hear("copy_received").happened:
        return Heard("in_force", Word.SILENT, Span())
    if appealed.happened:
        return Heard("in_force", Word.REPORTED, Span(case.now, None), appealed.basis, ("appeal_decided",))
    start = appeal_start(case)
    due, _, _, _ = case.end("upk-389.4" if case.is_criminal else "koap-30.3", start.span)
    untimed = start.untimed or ((start.part,) if start.word is Word.SILENT else ())
    return Heard("in_force", Word.REPORTED, later(due, timedelta(seconds=1)), start.basis, untimed)


def appeal_start(case: Pending) -> Heard:
    """From what an appeal runs: the copy; in a criminal case the sentence itself, unless the person is in custody."""
    ruled, copy = case.hear("ruled"), case.hear("copy_received")
    if case.is_criminal and case.facts.held == "no":
        return ruled
    if case.is_criminal and case.facts.held == "unknown":
        latest = copy.span.latest if copy.has_time else None
        return replace(ruled, span=Span(ruled.span.earliest, latest), basis=(*ruled.basis, *copy.basis), untimed=("held",))
    if copy.has_time:
        return copy
    return replace(copy, span=Span(ruled.span.earliest, None), basis=(*copy.basis, *ruled.basis))


def _administrative(case: Pending, effect: Heard) -> Iterator[Clock | None]:
    ruled, appealed, decided = case.hear("ruled"), case.hear("appealed"), case.hear("appeal_decided")
    if case.facts.article in ASSEMBLIES and case.hear("acted").has_time:
        yield case.clock("limitation", "koap-4.5", case.hear("acted"), ruled, duty=True)
    if ruled.happened or case.hear("copy_received").happened:
        yield case.clock("appeal", "koap-30.3", appeal_start(case), appealed, notes=("may_be_restored",))
    if appealed.happened and "arrest" in case.facts.penalties:
        yield case.clock("arrest_appeal_heard", "koap-30.5-3", appealed, decided, duty=True)
    elif appealed.happened:
        yield case.clock("appeal_heard", "koap-30.5-1.1", appealed, decided, duty=True)
    if "fine" in case.facts.penalties and effect.happened:
        paid = first_heard("paid", case.hear("paid"), case.hear("executed")) if case.facts.executed else case.hear("paid")
        notes = ("computed_effect",) if case.hear("in_force").word is Word.SILENT else ()
        yield case.clock("fine", "koap-32.2", effect, paid, also=("koap-20.25",), notes=notes)


def _criminal(case: Pending, effect: Heard) -> Iterator[Clock | None]:
    ruled, appealed = case.hear("ruled"), case.hear("appealed")
    if case.hear("remanded").happened:
        yield case.clock("remand_appeal", "upk-108-11", case.hear("remanded"), case.hear("remand_appealed"))
    if ruled.happened or case.hear("copy_received").happened:
        yield case.clock("sentence_appeal", "upk-389.4", appeal_start(case), appealed, notes=("may_be_restored",))
    if effect.happened and ruled.happened:
        start = effect
        if case.facts.held != "no":  # of somebody in custody it runs from the copy, which comes later
            untimed = effect.untimed if case.facts.held == "unknown" else (*effect.untimed, "copy_in_force")
            start = replace(effect, span=Span(effect.span.earliest, None), untimed=untimed or ("held",))
        yield case.clock("cassation", "upk-401.3", start, case.hear("cassation_filed"))


def _flags(case: Pending) -> Iterator[Flag]:
    """An article that was not law when the act happened; a ruling before the act, a copy before the ruling."""
    acted = case.hear("acted")
    known = [article for article in ARTICLES_IN_LAW if article.code == case.facts.article]
    if acted.has_time and known and not in_force(case.facts.article, ARTICLES_IN_LAW, acted.span, case.zone):
        yield Flag(
            "article_not_in_force", all(article.dates_checked for article in known), zone=case.zone,
            articles=(case.facts.article,), times=(("happened", acted.span),), basis=as_start(acted),
        )  # fmt: skip
    order = [case.hear(name) for name in ("acted", "ruled", "copy_received", "appealed", "appeal_decided")]
    timed = [fact for fact in order if fact.has_time]
    for number, first in enumerate(timed):
        for second in timed[number + 1 :]:
            if first.span.earliest and second.span.latest and second.span.latest < first.span.earliest:
                times = ((first.part, first.span), (second.part, second.span))
                yield Flag("contradiction", True, zone=case.zone, times=times, basis=(*first.basis, *second.basis))
