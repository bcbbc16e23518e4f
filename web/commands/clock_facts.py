"""A case given as facts in a JSON file, read into what `domain/law` takes. The form is in docs/law.md.

Whatever is not understood is refused with the place where it stands; nothing is skipped.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from domain.errors import RuleBroken
from domain.law.country import laws
from domain.law.facts import STEPS, Case, Charge, Claim, Claims, Custody
from domain.moment import When
from domain.moment_words import parse_when
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.custody import PROTOCOL_KINDS, RELEASE_KINDS
from domain.vocabulary.general import ANSWERS
from domain.wall_clock import zone_named

_NOT_CLAIMS = {"article", "penalties", "held", "ref", "charges", "papers", "steps", "minor", "foreigner", "intoxicated"}
_KINDS: Mapping[str, Collection[str]] = {"papers": tuple(PROTOCOL_KINDS), "steps": STEPS, "released": tuple(RELEASE_KINDS)}
PENALTIES = ("fine", "work", "arrest", "imprisonment", "expulsion", "none")


class FactRefused(Exception):
    """Something in the file cannot be read: where it stands, and why."""

    def __init__(self, place: str, why: RuleBroken) -> None:
        super().__init__(place)
        self.place, self.why = place, why


@dataclass(frozen=True, slots=True)
class Given:
    """What a file says. One of `custody` and `cases` may be empty, not both."""

    country: str
    zone: str
    now: datetime
    custody: Custody | None
    cases: tuple[Case, ...]


def read_facts(document: object, now: datetime) -> Given:
    """`now` is when the question is asked, unless the file says another time. Raises FactRefused."""
    given = _object(document, "", ("country", "zone", "now", "custody", "cases"))
    country = _one_of(given.get("country", "RU"), "country", laws())
    zone = _zone(given.get("zone"))
    reader = _Reader(zone, now)
    if given.get("now") is not None:
        now = reader.time(given["now"], "now").latest
        reader = _Reader(zone, now)
    custody = reader.custody(given["custody"]) if given.get("custody") is not None else None
    cases = tuple(reader.case(one, f"cases[{number}]") for number, one in enumerate(_list(given.get("cases", []), "cases")))
    if custody is None and not cases:
        raise FactRefused("", RuleBroken("clocks_nothing_given"))
    return Given(country, zone, now, custody, cases)


@dataclass(frozen=True, slots=True)
class _Reader:
    zone: str
    now: datetime

    def custody(self, value: object) -> Custody:
        given = _object(value, "custody", _names(Custody))
        facts = self._all_claims(Custody, given, "custody")
        facts["charges"] = tuple(
            self._charge(one, f"custody.charges[{number}]")
            for number, one in enumerate(_list(given.get("charges", []), "custody.charges"))
        )
        facts |= {name: _answer(given, name, "custody") for name in ("minor", "foreigner", "intoxicated")}
        facts |= {name: self._claims(given.get(name, []), f"custody.{name}", _KINDS[name]) for name in ("papers", "steps")}
        return Custody(**facts)

    def case(self, value: object, place: str) -> Case:
        given = _object(value, place, _names(Case))
        article = _one_of(given.get("article"), f"{place}.article", tuple(ARTICLES))
        penalties = tuple(
            _one_of(one, f"{place}.penalties[{number}]", PENALTIES)
            for number, one in enumerate(_list(given.get("penalties", []), f"{place}.penalties"))
        )
        claims = self._all_claims(Case, given, place)
        held = _answer(given, "held", place)
        return Case(article, **claims, penalties=penalties, held=held, ref=given.get("ref", place))

    def _all_claims(self, kind: type[Custody | Case], given: Mapping[str, Any], place: str) -> dict[str, Any]:
        names = [name for name in _names(kind) if name not in _NOT_CLAIMS and name in given]
        return {name: self._claims(given[name], f"{place}.{name}", _KINDS.get(name)) for name in names}

    def _claims(self, value: object, place: str, kinds: Collection[str] | None) -> Claims:
        """One report or several, which compete. Null is the same as a field that was left out: nobody reported it."""
        if value is None:
            return ()
        if isinstance(value, list):
            return tuple(self._claim(one, f"{place}[{number}]", kinds) for number, one in enumerate(value))
        return (self._claim(value, place, kinds),)

    def _claim(self, value: object, place: str, kinds: Collection[str] | None) -> Claim:
        if not isinstance(value, dict) or _is_interval(value):
            return Claim(self.time(value, place), ref=place)
        given = _object(value, place, ("when", "ref", "answer", "told", *(("kind",) if kinds else ())))
        kind = _one_of(given.get("kind", ""), f"{place}.kind", kinds) if kinds and given.get("kind") else ""
        told = self._told(given, place)
        answer = _answer(given, "answer", place, otherwise="yes")
        return Claim(self._when(given.get("when"), f"{place}.when"), given.get("ref", place), answer, kind, told)

    def _charge(self, value: object, place: str) -> Charge:
        given = _object(value, place, ("article", "when", "ref", "replaces", "told"))
        article = _one_of(given.get("article"), f"{place}.article", tuple(ARTICLES))
        replaces = given.get("replaces", False)
        if not isinstance(replaces, bool):
            raise FactRefused(f"{place}.replaces", RuleBroken("clocks_wrong_value", given=_quoted(replaces), known="true, false"))
        when = self._when(given.get("when"), f"{place}.when")
        return Charge(article, when, given.get("ref", place), replaces, self._told(given, place))

    def _told(self, given: Mapping[str, Any], place: str) -> datetime | None:
        return self.time(given["told"], f"{place}.told").latest if given.get("told") is not None else None

    def _when(self, value: object, place: str) -> When | None:
        """None says that it happened, and nobody knows when."""
        return None if value is None else self.time(value, place)

    def time(self, value: object, place: str) -> When:
        """Words as people write them, or {"from": ..., "to": ...}."""
        if isinstance(value, dict):
            ends = _object(value, place, ("from", "to"))
            first, last = self.time(ends.get("from"), f"{place}.from"), self.time(ends.get("to"), f"{place}.to")
            return _refusing(lambda: When.between(first.earliest, last.latest, self.zone), place)
        if not isinstance(value, str):
            raise FactRefused(place, RuleBroken("clocks_no_time", given=_quoted(value)))
        return _refusing(lambda: parse_when(value, zone=self.zone, said_at=self.now), place)


def _refusing(read: Callable[[], When], place: str) -> When:
    try:
        return read()
    except RuleBroken as refused:
        raise FactRefused(place, refused) from None


def _object(value: object, place: str, known: Collection[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise FactRefused(place, RuleBroken("clocks_not_an_object", given=_quoted(value), known=", ".join(known)))
    for name in value:
        if name not in known:
            raise FactRefused(place, RuleBroken("clocks_unknown_field", given=name, known=", ".join(known)))
    return value


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise FactRefused(place, RuleBroken("clocks_not_a_list", given=_quoted(value)))
    return value


def _one_of(value: object, place: str, known: Collection[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise FactRefused(place, RuleBroken("clocks_wrong_value", given=_quoted(value), known=", ".join(known)))
    return value


def _answer(given: Mapping[str, Any], name: str, place: str, otherwise: str = "unknown") -> str:
    return _one_of(given.get(name, otherwise), f"{place}.{name}", tuple(ANSWERS))


def _zone(value: object) -> str:
    if not isinstance(value, str):
        raise FactRefused("zone", RuleBroken("clocks_no_zone"))
    try:
        zone_named(value)
    except RuleBroken as refused:
        raise FactRefused("zone", refused) from None
    return value


def _quoted(value: object) -> str:
    """As it stands in the file."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _is_interval(value: Mapping[str, Any]) -> bool:
    return "from" in value or "to" in value


def _names(kind: type[Custody | Case]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))
