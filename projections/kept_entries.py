"""Entries as far as clocks ask: codes, numbers of records and times, kept in a row and made into entries again. Never words.

Under the number of each entry stands what it says and when it was first told; behind one that was taken back, a 0. It is kept,
so that one that is brought back was told when it was. There is a row of these for every detention, so names are short.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from eventsourcing.utils import get_topic, resolve_topic

from domain.facts import facts_of
from domain.moment import When
from domain.place import Place, Precision
from domain.record import Record
from projections.batch import Batch
from projections.kept import dumps, loads

Kept = dict[str, list[Any]]
Fields = frozenset[str] | None
"""The fields that are kept of an entry; None for all of them."""
NOTHING = "{}"
"""A row that keeps nothing yet."""
_TOPIC, _POSITION, _TOLD, _FACTS = range(4)
_TAKEN_BACK = [0]
_NOUNS = {"d": "detention", "p": "proceeding"}
"""Of whose entries rows are kept, by the letter that stands for the noun of their topics."""


def read(told: str) -> Kept:
    """What a row keeps."""
    found: Kept = loads(told)
    return found


def written(kept: Kept) -> str:
    """As it lies in a row."""
    return dumps(kept)


def keep(kept: Kept, views: Batch, event: Any, fields: Fields = None) -> Kept:
    """With this entry, as it stands from here on; told first when it was told first."""
    before = kept.get(str(event.originator_version))
    first = before[_TOLD] if before is not None else int(event.timestamp.timestamp())
    return {**kept, str(event.originator_version): one_of(views, event, first, fields)}


def with_new(told: str, views: Batch, event: Any, fields: Fields = None) -> str:
    """The same for one that was never told before, at the end of a row that need not be read for it."""
    one = dumps(one_of(views, event, int(event.timestamp.timestamp()), fields))
    return f'{told[:-1]}{"," if len(told) > len(NOTHING) else ""}"{event.originator_version}":{one}}}'


def one_of(views: Batch, event: Any, first: int, fields: Fields = None) -> list[Any]:
    """What is kept of one entry, which was `first` told at that second since 1970."""
    kind: type[Record.Event] = type(event)
    said = vars(event)
    facts = {}
    for name in kept_of(kind, fields):
        value = said[name]
        if type(value) is str:
            facts[name] = value
        elif value is not None and (plain := _plain(value)) is not None:
            facts[name] = plain
    return [_short(get_topic(kind)), views.position, first, facts]


@cache
def _short(topic: str) -> str:
    """A topic as it is kept: d.released. Raises KeyError for one of a record of which nothing is kept."""
    noun, _, done = topic.partition(".")
    if _NOUNS.get(noun[0]) != noun:
        raise KeyError(topic)
    return f"{noun[0]}.{done}"


@cache
def kind_of(short: str) -> type[Record.Event]:
    """The event that is kept under this name."""
    kind: type[Record.Event] = resolve_topic(f"{_NOUNS[short[0]]}{short[1:]}")
    return kind


def stands(one: list[Any]) -> bool:
    """Whether an entry was not taken back."""
    return len(one) == _FACTS + 1


@cache
def kept_of(kind: type[Record.Event], fields: Fields) -> tuple[str, ...]:
    """The fields that are kept of such an entry, in its order."""
    return tuple(name for name in facts_of(kind) if fields is None or name in fields)


def without(kept: Kept, version: int) -> Kept:
    """With this entry taken back."""
    one = kept.get(str(version))
    return kept if one is None else {**kept, str(version): [*one[: _FACTS + 1], *_TAKEN_BACK]}


def as_if_none_was_taken_back(kept: Kept) -> Kept:
    """All that was ever told."""
    return {number: one[: _FACTS + 1] for number, one in kept.items()}


def entries(kept: Kept, record: bytes, fields: Fields = None) -> Iterator[tuple[int, Any]]:
    """The entries that stand, with the position that says so. Of a field that is not kept they know nothing, and say so: asking
    for it is an AttributeError."""
    for version, one in kept.items():
        if stands(one):
            yield entry_of(one, record, int(version), fields)


def entry_of(kept: list[Any], record: bytes, version: int, fields: Fields = None) -> tuple[int, Any]:
    """One entry, whether it stands or not, with the position that says so."""
    short, position, told, facts = kept[: _FACTS + 1]
    kind = kind_of(short)
    entry = kind.__new__(kind)
    entry.__dict__.update(dict.fromkeys(kept_of(kind, fields)), **{name: _value(fact) for name, fact in facts.items()})
    entry.__dict__.update(originator_id=UUID(bytes=record), originator_version=version, timestamp=_at(told))
    return position, entry


def codes(kept: Kept, topic: str, field: str) -> Iterator[Any]:
    """What the standing entries of one kind say in a field; without making entries of them."""
    return (one[_FACTS].get(field) for one in kept.values() if stands(one) and one[_TOPIC] == _short(topic))


def last_told(kept: Kept) -> datetime:
    """When the last of them was first told, whether it stands or not."""
    return _at(max((one[_TOLD] for one in kept.values()), default=0))


def _plain(value: Any) -> Any:
    match value:
        case When():
            earliest = int(value.earliest.timestamp())
            return ["w", earliest, int(value.latest.timestamp()) - earliest, value.zone]
        case Place():
            return ["p", value.country, value.zone]
        case UUID():
            return ["i", value.hex]
        case tuple():
            return ["a", *(_plain(one) for one in value)]
        case str() | int() | None:
            return value
    return None


def _value(kept: Any) -> Any:
    match kept:
        case ["w", earliest, seconds, zone]:
            return When(_at(earliest), _at(earliest + seconds), zone)
        case ["p", country, zone]:
            return Place(Precision.UNKNOWN, country, zone=zone)
        case ["i", number]:
            return UUID(hex=number)
        case ["a", *several]:
            return tuple(_value(one) for one in several)
    return kept


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
