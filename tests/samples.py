"""One event of every kind as it would be stored: everything reported, and nothing reported that may be left open.

`python -m tests.samples` writes to `tests/history/` what is missing there: a sample of each new event, of each new version of an
event, and each new code. What stands there is history and is never written again.
"""

import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID

from eventsourcing.domain import Aggregate

import domain.vocabulary
from domain.access import Access
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
from domain.provenance import Reliability, Source
from domain.publication import Publication, PublishedCell, PublishedCity, ReleasedRow
from domain.record import Record
from domain.report import Report
from domain.source_on_file import SourceOnFile
from domain.station import Station
from domain.tally import Tally
from domain.topics import all_events
from domain.vocabulary import (
    Vocabulary,
    access,
    articles,
    custody,
    exhibits,
    general,
    incidents,
    people,
    proceedings,
    protests,
    publications,
    sources,
    stations,
)
from web.mapper import form_of

HISTORY = Path(__file__).with_name("history")
CODES = HISTORY / "codes.json"

RECORD = UUID("0190f3a2-0000-7000-8000-0000000000a1")
PERSON = UUID("0190f3a2-0000-7000-8000-0000000000b2")
OTHER = UUID("0190f3a2-0000-7000-8000-00001a2b3c4d")
ACCOUNT = UUID("0190f3a2-0000-7000-8000-0000000000c3")
COMMAND = UUID("0190f3a2-0000-7000-8000-0000000000d4")
ENTERED = datetime(2022, 2, 24, 18, 0, 0, 123456, UTC)
MOSCOW = "Europe/Moscow"

AGGREGATES: tuple[type[Aggregate], ...] = (
    Protest,
    Detention,
    Person,
    Incident,
    Report,
    SourceOnFile,
    Station,
    Exhibit,
    Proceeding,
    Publication,
    Tally,
    Access,
)
RESTATED: dict[type[Aggregate], type[Record.Event]] = {
    Protest: Protest.DetentionsCounted,
    Detention: Detention.Released,
    Person: Person.Named,
    Incident: Incident.Recorded,
    Report: Report.Received,
    SourceOnFile: SourceOnFile.Opened,
    Station: Station.SpellingAdded,
    Exhibit: Exhibit.HandedOver,
    Proceeding: Proceeding.Ruled,
}


def aggregate_of(happened: type[Aggregate.Event]) -> type[Aggregate]:
    """The kind of record an event belongs to, or the log of acts."""
    return next(kind for kind in AGGREGATES if happened in vars(kind).values())


def rich(happened: type[Aggregate.Event]) -> Any:
    """Everything that may be reported, reported, in two alphabets and with signs that JSON must escape."""
    kind = aggregate_of(happened)
    words = _words(kind, '«Нет войне», сказала она.\n"No" \\ 5 € 🕊')
    facts = {name: _value(fact, kind) for name, fact in facts_of(happened).items()}
    if issubclass(happened, Record.Correction):
        facts["restated"] = _event(RESTATED[kind], 3, Source("lawyer"), _all_of(RESTATED[kind]))
        facts["version"] = facts["restated"].originator_version
    return _event(happened, 7, Source("relative", Reliability.DOUBTFUL, words, OTHER), facts)


def minimal(happened: type[Aggregate.Event]) -> Any:
    """Nothing reported that may be left open: None where that is allowed, `unknown` where that is a code."""
    kind = aggregate_of(happened)
    facts: dict[str, Any] = {}
    for name, fact in facts_of(happened).items():
        if NoneType in _parts(fact.type):
            facts[name] = None
        elif fact.vocabulary is not None:
            code = "unknown" if "unknown" in fact.vocabulary else next(iter(fact.vocabulary))
            facts[name] = (code,) if _is_tuple(fact) else code
        else:
            facts[name] = {
                When: When.year(2022, "UTC"),
                Place: Place(Precision.UNKNOWN),
                Count: Count(12, None),
                Sealed: _words(Person, ""),
            }.get(_parts(fact.type)[0], _value(fact, kind))
    if issubclass(happened, Record.Correction):
        facts["restated"] = minimal(RESTATED[kind])
        facts["version"] = facts["restated"].originator_version
    return _event(happened, 2, Source("unknown"), facts)


def _all_of(happened: type[Aggregate.Event]) -> dict[str, Any]:
    return {name: _value(fact, aggregate_of(happened)) for name, fact in facts_of(happened).items()}


def _event(happened: type[Aggregate.Event], version: int, source: Source, facts: dict[str, Any]) -> Any:
    common: dict[str, Any] = {
        "originator_id": RECORD,
        "originator_version": 1 if issubclass(happened, Record.Created | Access.Act) else version,
        "timestamp": ENTERED,
    }
    if issubclass(happened, Record.Event):
        common |= {"recorded_by": ACCOUNT, "source": source, "command": COMMAND}
    if issubclass(happened, Record.Created):
        common["originator_topic"] = aggregate_of(happened).TOPIC  # type: ignore[attr-defined]
    return happened(**common, **facts)


def _words(kind: type[Aggregate], text: str) -> Any:
    """Plain in a protest, elsewhere sealed: here only made to look so, for nobody has a key to samples."""
    return Sealed(PERSON, RECORD, "words", bytes(range(1, 256, 17)) + text.encode()) if getattr(kind, "PERSONAL", True) else text


def _value(fact: Fact, kind: type[Aggregate]) -> Any:
    if fact.vocabulary is not None:
        codes = [code for code in fact.vocabulary if code != "unknown"]
        return tuple(codes[:2]) if _is_tuple(fact) else codes[0]
    if fact.name == "sha256":
        return "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    evening = When.at(ENTERED, MOSCOW).earliest
    values: list[tuple[Any, Any]] = [
        (When, When.between(evening.replace(hour=15), evening.replace(hour=18), MOSCOW, _words(kind, "вечером"))),
        (Place, _place(_words(kind, "Пушкинская площадь, у «Макдональдса»"))),
        (Count, Count(300, 500, "300-500")),
        (Sealed, _words(Person, "Всё это было жестоко.")),
        (UUID, OTHER),
        (tuple[UUID, ...], (PERSON, OTHER)),
        (date, date(2023, 3, 2)),
        (tuple[PublishedCity, ...], (PublishedCity(524901, 131, 40, (PublishedCell("8711aa7a9ffffff", 2),)),)),
        (tuple[ReleasedRow, ...], (ReleasedRow("524901", ("25", "<10", "x", "45"), (1,)), ReleasedRow("total", ("25",) * 4))),
        (tuple[str, ...], ("yes", "no", "unknown", "total")),
        (tuple[int, ...], (10, 50, 200)),
        (int, 3),
        (str, _words(kind, "против войны")),
    ]
    parts = _parts(fact.type)
    return next((value for part, value in values if part in parts), None)


def _place(words: Any) -> Place:
    return Place(Precision.STATION, "RU", "RU.48", 524901, "msk-tverskoy", "8911aa7ac97ffff", MOSCOW, words)


def _is_tuple(fact: Fact) -> bool:
    return tuple in {get_origin(part) for part in _parts(fact.type)}


def _parts(kind: Any) -> list[Any]:
    if get_origin(kind) is Annotated:
        return _parts(get_args(kind)[0])
    if get_origin(kind) is tuple:
        return [kind]
    return list(itertools.chain.from_iterable(map(_parts, get_args(kind)))) or [kind]


def vocabularies() -> Iterator[Vocabulary]:
    """Every coded list there is."""
    for module in (
        access,
        articles,
        custody,
        exhibits,
        general,
        incidents,
        people,
        proceedings,
        protests,
        sources,
        publications,
        stations,
        domain.vocabulary,
    ):
        yield from (value for value in vars(module).values() if isinstance(value, Vocabulary))


def sample(event: Aggregate.Event) -> dict[str, Any]:
    """An event as a file keeps it."""
    form = form_of(type(event))
    return {
        "originator_id": event.originator_id.hex,
        "originator_version": event.originator_version,
        "state": json.loads(form.encode(event)),
    }


def stored(topic: str) -> list[dict[str, Any]]:
    """The samples kept of a topic, oldest first; none where there is no file."""
    path = HISTORY / f"{topic}.json"
    return list(json.loads(path.read_text("utf-8"))["samples"]) if path.exists() else []


def versions(samples: Iterable[dict[str, Any]]) -> set[int]:
    """The versions of the event's class that the samples are of."""
    return {kept["state"].get("class_version", 1) for kept in samples}


def write_missing() -> list[str]:
    """Keep what is not kept yet. Returns what was written."""
    written = []
    for topic, happened in all_events():
        kept = stored(topic)
        if form_of(happened).version not in versions(kept):
            kept += [sample(rich(happened)), sample(minimal(happened))]
            _write(HISTORY / f"{topic}.json", {"topic": topic, "samples": kept})
            written.append(topic)
    codes = json.loads(CODES.read_text("utf-8")) if CODES.exists() else {}
    for vocabulary in vocabularies():
        known = codes.setdefault(vocabulary.name, [])
        new = [code for code in vocabulary if code not in known]
        known += new
        written += [f"{vocabulary.name}: {code}" for code in new]
    _write(CODES, codes)
    return written


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in write_missing() or ["Nothing is missing."])
