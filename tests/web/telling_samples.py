"""Events to be told in tests: every stored event with everything reported, with nothing optional reported, with each code."""

import itertools
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from types import NoneType
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID

from eventsourcing.domain import Aggregate
from eventsourcing.utils import get_topic

from domain.count import Count
from domain.detention import Detention
from domain.exhibit import Exhibit
from domain.facts import Fact, facts_of
from domain.incident import Incident
from domain.moment import When
from domain.person import Person
from domain.place import Place, Precision
from domain.privacy import Sealed
from domain.proceeding import Proceeding
from domain.protest import Protest
from domain.provenance import Source
from domain.publication import Publication
from domain.record import Record
from domain.report import Report
from domain.source_on_file import SourceOnFile
from domain.station import Station
from domain.tally import Tally
from domain.vocabulary import Vocabulary

MOSCOW = "Europe/Moscow"
RECORD = UUID("0190f3a2-0000-7000-8000-0000000000a1")
OTHER = UUID("0190f3a2-0000-7000-8000-00001a2b3c4d")
ACCOUNT = UUID("0190f3a2-0000-7000-8000-0000000000c3")


class Names:
    """Two cities, a region and a police station."""

    CITIES: Mapping[int, tuple[str, str]] = {
        524901: ("Moscow", "Москва"),
        498817: ("St Petersburg", "Санкт-Петербург"),
        1486209: ("Yekaterinburg", "Екатеринбург"),
    }

    def city_name(self, id: int, language: str) -> str:
        """By GeoNames id."""
        return self.CITIES.get(id, ("", ""))[language == "ru"]

    def region_name(self, code: str, language: str) -> str:
        """By GeoNames division."""
        return {"RU.47": ("Moscow Region", "Московская область")}.get(code, ("", ""))[language == "ru"]

    def station_name(self, code: str, language: str) -> str:
        """By code."""
        return {"msk-tverskoy": ("Tverskoy police station", "ОВД «Тверской»")}.get(code, ("", ""))[language == "ru"]


def sealed(text: str) -> Sealed:
    """Not encrypted at all: `open_all` below reads it."""
    return Sealed(person=OTHER, aggregate=RECORD, field="words", ciphertext=text.encode())


def open_all(words: Sealed) -> str:
    """The opener of a reader who may see everything."""
    return words.ciphertext.decode()


def clock(hour: int, minute: int = 0, *, day: int = 24, month: int = 2) -> datetime:
    """A time in Moscow in 2022, in UTC."""
    return datetime(2022, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


def told_event(happened: type[Aggregate.Event], source: Source | None = None, **facts: Any) -> Any:
    """An event of that class with these facts, as the log would give it back."""
    if issubclass(happened, Record.Created):
        records = (Protest, Detention, Person, Incident, Report, SourceOnFile, Station, Exhibit, Proceeding, Publication, Tally)
        aggregate = next(record for record in records if happened is vars(record).get(happened.__name__))
        facts["originator_topic"] = get_topic(aggregate)
    common: dict[str, Any] = {
        "originator_id": RECORD,
        "originator_version": 1,
        "timestamp": clock(21),
    }
    if issubclass(happened, Record.Event):
        common |= {"recorded_by": ACCOUNT, "source": source or Source("unknown"), "command": ACCOUNT}
    return happened(**common, **facts)


def rich(happened: type[Aggregate.Event]) -> dict[str, Any]:
    """Everything that may be reported, reported."""
    return {name: _value(fact, happened) for name, fact in facts_of(happened).items()}


def minimal(happened: type[Aggregate.Event]) -> dict[str, Any]:
    """Nothing reported that may be left open: None where it is allowed, `unknown` where that is a code."""
    facts = rich(happened)
    for name, fact in facts_of(happened).items():
        if may_be_none(fact):
            facts[name] = None
        elif fact.vocabulary is not None and "unknown" in fact.vocabulary:
            facts[name] = ("unknown",) if isinstance(facts[name], tuple) else "unknown"
        elif isinstance(facts[name], When):
            facts[name] = When.year(2022, MOSCOW)
        elif isinstance(facts[name], Place):
            facts[name] = Place(Precision.UNKNOWN)
        elif isinstance(facts[name], Count):
            facts[name] = Count(12, None)
    return facts


def every_code(happened: type[Aggregate.Event]) -> Iterator[dict[str, Any]]:
    """Everything reported, once with each code of each of its vocabularies, and with all codes where there may be several."""
    facts = rich(happened)
    for name, fact in facts_of(happened).items():
        if fact.vocabulary is None:
            continue
        several = isinstance(facts[name], tuple)
        for code in fact.vocabulary:
            yield {**facts, name: (code,) if several else code}
        if several:
            yield {**facts, name: tuple(fact.vocabulary)}


def optional(happened: type[Aggregate.Event]) -> Iterator[tuple[str, Any]]:
    """The fields that may be left open, each with its answer for "not known"."""
    for name, fact in facts_of(happened).items():
        if may_be_none(fact):
            yield name, None
        elif fact.vocabulary is not None and "unknown" in fact.vocabulary:
            yield name, ("unknown",) if _holds(fact, tuple) else "unknown"


def may_be_none(fact: Fact) -> bool:
    """Whether the event may leave it open."""
    return _holds(fact, NoneType)


def _holds(fact: Fact, kind: type) -> bool:
    return kind in {get_origin(part) or part for part in _parts(fact.type)}


def _parts(kind: Any) -> list[Any]:
    if get_origin(kind) is Annotated:
        return _parts(get_args(kind)[0])
    if get_origin(kind) is tuple:
        return [kind]
    return list(itertools.chain.from_iterable(map(_parts, get_args(kind)))) or [kind]


def _value(fact: Fact, happened: type[Aggregate.Event]) -> Any:
    if fact.vocabulary is not None:
        return _codes(fact, fact.vocabulary)
    parts = _parts(fact.type)
    values: list[tuple[Any, Any]] = [
        (When, When.between(clock(16, 20), clock(16, 40), MOSCOW, _words("вечером, засветло", happened))),
        (Place, Place(Precision.STREET, "RU", "RU.48", 524901, zone=MOSCOW, words=_words("Пушкинская площадь", happened))),
        (Count, Count(40, 60, "около полусотни")),
        (Sealed, sealed("Всё это было жестоко.")),
        (UUID, OTHER),
        (tuple[UUID, ...], (RECORD, OTHER)),
        (date, date(2023, 3, 2)),
        (int, 3),
        (str, "Мемориал"),
    ]
    return next((value for kind, value in values if kind in parts), told_event(Protest.Ended, when=None, kind="dispersed"))


def _words(text: str, happened: type[Aggregate.Event]) -> Any:
    return text if get_topic(happened).startswith("protest.") else sealed(text)


def _codes(fact: Fact, vocabulary: Vocabulary) -> Any:
    codes = [code for code in vocabulary if code != "unknown"]
    return tuple(codes[:2]) if _holds(fact, tuple) else codes[0]
