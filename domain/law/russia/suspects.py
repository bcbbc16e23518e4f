"""Custody of a suspect in a criminal case: the clocks of the code of criminal procedure (UPK 92, 94, 96, 108)."""

from collections.abc import Iterator
from dataclasses import replace

from domain.law.answers import Basis, Clock
from domain.law.calendar import end_of
from domain.law.heard import Heard, heard
from domain.law.judging import judge
from domain.law.russia import charges
from domain.law.russia.held import Held, as_start, as_stop
from domain.law.russia.working_days import working_days
from domain.law.span import Span


def clocks(held: Held) -> Iterator[Clock]:
    """None unless a criminal article or a protocol of a suspect's detention was reported."""
    decided = list(to_court(held))
    if not decided:
        return
    yield from decided
    brought = _brought(held)
    yield held.duty("suspect_protocol", "upk-92-protocol", brought, held.paper("criminal_detention"))
    yield held.duty("prosecutor_told", "upk-92-prosecutor", held.restrained, held.step("prosecutor_told"))
    yield held.duty("questioned", "upk-92-questioned", held.restrained, held.step("questioned"))
    yield held.duty("suspect_call", "upk-96-call", brought, held.step("call"))
    yield held.duty("suspect_relatives", "upk-96-relatives", held.restrained, held.step("relatives_told"))


def to_court(held: Held) -> Iterator[Clock]:
    """Until when a court has to decide; none of who is no suspect."""
    articles = tuple(charge for charge in charges.recorded(held) if charges.is_criminal(charge))
    if articles or held.paper("criminal_detention").happened:
        yield _to_court(held, tuple(dict.fromkeys(charge.article for charge in articles)))


def _brought(held: Held) -> Heard:
    """The delivery to the investigator. Who was first held in an administrative case was brought there at a later time."""
    told = heard("to_investigator", held.facts.to_investigator)
    if told.has_time:
        return told
    if not any(not charges.is_criminal(charge) for charge in charges.recorded(held)):
        return held.delivered
    return replace(told, span=Span(held.delivered.span.earliest, None), basis=(*told.basis, *held.delivered.basis))


def _to_court(held: Held, articles: tuple[str, ...]) -> Clock:
    """48 hours to a court's decision; where a judge prolonged them, 72 hours from that ruling."""
    prolonged = held.step("prolonged")
    start, code, rule = held.restrained, "to_court_48h", "upk-94"
    if prolonged.happened:
        start, code, rule = prolonged, "prolonged_72h", "upk-108-7"
    limit = held.limit(rule)
    due, _ = end_of(start.span, limit, held.zone, working_days())
    missing = (*held.missing(start), *held.ended.untimed)
    state, over, ended = judge(due, held.ended.stop, held.now, limit, missing)
    named = tuple(Basis("charge", charge.ref, charge.when) for charge in charges.recorded(held) if charges.is_criminal(charge))
    return Clock(
        code, held.rules(rule), state, limit, start.part, start.span, due, over, held.zone, stops=held.ended.part, stop=ended,
        articles=articles, missing=missing, basis=(*as_start(start), *named, *as_stop(held.ended)),
    )  # fmt: skip
