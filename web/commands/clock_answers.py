"""What the law answers for a case, as lines of text and as JSON, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.law.answers import Basis, CaseAnswer, Clock, CustodyAnswer, Elapsed, Flag, Forum, Window
from domain.law.country import laws
from domain.law.rules import Rule
from domain.law.span import Length, Span
from domain.moment import When
from domain.vocabulary.articles import ARTICLES
from web.commands.clock_facts import Given
from web.settings import LANGUAGES
from web.telling import clocks, moments
from web.telling.clock_words import HEADINGS, NOT_ADVICE, said
from web.telling.overrun import statement


@dataclass(frozen=True, slots=True)
class Answered:
    """Everything that follows from a file."""

    given: Given
    custody: CustodyAnswer | None
    cases: tuple[CaseAnswer, ...]
    windows: tuple[Window, ...]


def answered(given: Given) -> Answered:
    """The law of the country that the file names."""
    law = laws()[given.country]
    custody = law.custody(given.custody, given.now, given.zone) if given.custody is not None else None
    cases = tuple(law.case(case, given.now, given.zone) for case in given.cases)
    return Answered(given, custody, cases, law.exposure(given.cases, given.now, given.zone))


def lines(found: Answered, language: str) -> Iterator[str]:
    """As it is printed."""
    now, zone = found.given.now, found.given.zone
    yield f"{moments.moment(When(now, now, zone), language)} ({moments.zone_name(zone, language)})"
    yield NOT_ADVICE[language == "ru"]
    if found.custody is not None:
        yield from ("", said(HEADINGS, "custody", language))
        yield from (f"  {clocks.clock(one, now, language)}" for one in found.custody.clocks)
        yield from (f"  {clocks.elapsed(one, language)}" for one in found.custody.elapsed)
        yield from (f"  ! {clocks.flag(one, language)}" for one in found.custody.flags)
        if found.custody.missing:
            yield f"  {said(HEADINGS, 'missing', language)}: {clocks.missing(found.custody.missing, language)}."
        yield from ("", said(HEADINGS, "statement", language))
        yield from (f"  {line}" if line else "" for line in _statement(found.custody, language).splitlines())
    for case, facts in zip(found.cases, found.given.cases, strict=True):
        yield from ("", f"{said(HEADINGS, 'case', language)}: {ARTICLES.label(facts.article, language)}")
        yield from (f"  {clocks.clock(one, now, language)}" for one in case.clocks)
        yield from (f"  ! {clocks.flag(one, language)}" for one in case.flags)
        yield from (f"  {clocks.forum(one, now, language)}" for one in case.forums)
    if found.windows:
        yield from ("", said(HEADINGS, "windows", language))
        yield from (f"  {clocks.window(one, now, language)}" for one in found.windows)


def as_json(found: Answered) -> dict[str, Any]:
    """As a program reads it: instants in UTC, lengths in seconds, and every line in both languages beside its numbers."""
    now = found.given.now
    document: dict[str, Any] = {"now": _instant(now), "zone": found.given.zone, "country": found.given.country}
    document["notice"] = {language: NOT_ADVICE[language == "ru"] for language in LANGUAGES}
    if (custody := found.custody) is not None:
        document["custody"] = {
            "clocks": [_clock(one, now) for one in custody.clocks],
            "elapsed": [_elapsed(one) for one in custody.elapsed],
            "flags": [_flag(one) for one in custody.flags],
            "missing": list(custody.missing),
            "statement": {language: _statement(custody, language) for language in LANGUAGES},
        }
    document["cases"] = [
        {
            "article": facts.article,
            "in_force": _span(case.in_force),
            "clocks": [_clock(one, now) for one in case.clocks],
            "flags": [_flag(one) for one in case.flags],
            "forums": [_forum(one, now) for one in case.forums],
            "missing": list(case.missing),
        }
        for case, facts in zip(found.cases, found.given.cases, strict=True)
    ]
    document["windows"] = [_window(one, now) for one in found.windows]
    return document


def _statement(custody: CustodyAnswer, language: str) -> str:
    return statement(custody, language, str).text()


def _clock(told: Clock, now: datetime) -> dict[str, Any]:
    return {
        "code": told.code,
        "state": told.state.value,
        "articles": list(told.articles),
        "limit": {"amount": told.limit.amount, "unit": told.limit.unit},
        "starts": told.starts,
        "start": _span(told.start),
        "due": _span(told.due),
        "stops": told.stops,
        "stop": _span(told.stop),
        "over": _length(told.over),
        "conditions": list(told.conditions),
        "notes": list(told.notes),
        "missing": list(told.missing),
        "rules": _rules(told.rules),
        "basis": _basis(told.basis),
        "text": {language: clocks.clock(told, now, language) for language in LANGUAGES},
    }


def _elapsed(told: Elapsed) -> dict[str, Any]:
    return {
        "code": told.code,
        "length": _length(told.length),
        "begins": _span(told.begins),
        "ends": _span(told.ends),
        "goes_on": told.goes_on,
        "missing": list(told.missing),
        "rules": _rules(told.rules),
        "basis": _basis(told.basis),
        "text": {language: clocks.elapsed(told, language) for language in LANGUAGES},
    }


def _flag(told: Flag) -> dict[str, Any]:
    return {
        "code": told.code,
        "certain": told.certain,
        "articles": list(told.articles),
        "times": {name: _span(span) for name, span in told.times},
        "lengths": {name: _length(length) for name, length in told.lengths},
        "told": _instant(told.told),
        "rules": _rules(told.rules),
        "basis": _basis(told.basis),
        "text": {language: clocks.flag(told, language) for language in LANGUAGES},
    }


def _forum(told: Forum, now: datetime) -> dict[str, Any]:
    return {
        "code": told.code,
        "state": told.state.value,
        "due": _span(told.due),
        "missing": list(told.missing),
        "rules": _rules(told.rules),
        "basis": _basis(told.basis),
        "text": {language: clocks.forum(told, now, language) for language in LANGUAGES},
    }


def _window(told: Window, now: datetime) -> dict[str, Any]:
    return {
        "code": told.code,
        "reading": told.reading,
        "state": told.state.value,
        "opens": _span(told.opens),
        "closes": _span(told.closes),
        "count": {"least": told.least, "most": told.most},
        "missing": list(told.missing),
        "rules": _rules(told.rules),
        "basis": _basis(told.basis),
        "text": {language: clocks.window(told, now, language) for language in LANGUAGES},
    }


def _rules(rules: tuple[Rule, ...]) -> list[dict[str, Any]]:
    return [
        {
            "code": rule.code,
            "citation": {language: rule.citation[language == "ru"] for language in LANGUAGES},
            "checked": rule.checked,
            "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
            "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        }
        for rule in rules
    ]


def _basis(basis: tuple[Basis, ...]) -> list[dict[str, Any]]:
    return [{"part": one.part, "ref": one.ref} for one in basis]


def _span(span: Span | None) -> dict[str, str | None] | None:
    return None if span is None else {"earliest": _instant(span.earliest), "latest": _instant(span.latest)}


def _length(length: Length) -> dict[str, int | None]:
    return {"least_seconds": _seconds(length.least), "most_seconds": _seconds(length.most)}


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())


def _instant(instant: datetime | None) -> str | None:
    return instant.isoformat().replace("+00:00", "Z") if instant is not None else None
