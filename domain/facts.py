"""What an event says beside what every entry has, and what cannot be meant by it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.errors import RuleBroken
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed, Words
from domain.provenance import Source
from domain.vocabulary import Vocabulary

CLOCK_TOLERANCE = timedelta(minutes=10)
"""How far a reported time may lie ahead of this machine's clock before it counts as a date in the future."""

_COMMON = frozenset({"originator_id", "originator_version", "originator_topic", "timestamp", "recorded_by", "source", "command"})
"""The fields of every entry, and of the first one of a record."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of an event: its name, its type, and the vocabulary its codes come from, if it is coded."""

    name: str
    type: Any
    vocabulary: Vocabulary | None


@cache
def facts_of(happened: type[Aggregate.Event]) -> Mapping[str, Fact]:
    """The fields an event adds to what every entry has; all fields of an act of the access log.

    Forms, import mappings and the history tests read them.
    """
    hints = get_type_hints(happened, include_extras=True)
    found = {}
    for name in (field.name for field in fields(happened) if field.name not in _COMMON):
        notes = getattr(hints[name], "__metadata__", ())
        found[name] = Fact(name, hints[name], next((note for note in notes if isinstance(note, Vocabulary)), None))
    return found


_NEEDED = {
    "categories": "missing_category",
    "scopes": "missing_scope",
    "concerns": "missing_concern",
    "statuses": "missing_status",
}
"""What is refused when one of these lists of codes is empty."""


TO_COME = frozenset({"due"})
"""The times that lie ahead on purpose."""


_WORDS: Mapping[type, Callable[[Any], Words]] = {
    When: attrgetter("words"),
    Place: attrgetter("words"),
    Source: attrgetter("reference"),
    Sealed: lambda value: value,
}
"""The values that hold words, and where."""


def check(happened: type[Aggregate.Event], facts: Mapping[str, Any], *, personal: bool, record: UUID) -> None:
    """Refuse what cannot be meant: unknown codes, dates in the future, a missing reason, unsealed text about a person."""
    if "because" in facts and (not facts["because"] or (facts["because"] == "other" and not facts.get("words", True))):
        raise RuleBroken("missing_reason")
    minors, people = facts.get("minors"), facts.get("count")
    if minors is not None and people is not None and people.high is not None and minors.low > people.high:
        raise RuleBroken("more_minors_than_people", minors=minors.low, people=people.high)
    coded, worded, needed = _rules_of(happened)
    for name in needed:
        if facts.get(name) is None:
            raise RuleBroken("missing_fact", field=name)
    for name, vocabulary, several in coded:
        value = facts.get(name)
        if value is None:
            continue
        if isinstance(value, tuple) is not several:
            raise TypeError(f"{happened.__qualname__}.{name}")  # stored, it could never be read again
        if not several:
            if value not in vocabulary.terms:
                vocabulary.require(value)
            continue
        if value == () and name in _NEEDED:
            raise RuleBroken(_NEEDED[name])
        for code in value or ("",):
            vocabulary.require(code)
    if personal:
        for name in worded:
            if isinstance(facts.get(name), str):
                raise RuleBroken("unsealed_text", field=name)
    for name, value in facts.items():
        words_in = _WORDS.get(type(value))
        if words_in is None:
            continue
        if type(value) is When and name not in TO_COME and value.earliest > datetime.now(UTC) + CLOCK_TOLERANCE:
            raise RuleBroken("future_date", field=name, earliest=value.earliest.date().isoformat())
        words = words_in(value)
        if words is not None:
            if personal and isinstance(words, str):
                raise RuleBroken("unsealed_text", field=name)
            if isinstance(words, Sealed) and words.aggregate != record:
                raise RuleBroken("sealed_for_another_record", field=name)


@cache
def _rules_of(
    happened: type[Aggregate.Event],
) -> tuple[tuple[tuple[str, Vocabulary, bool], ...], tuple[str, ...], tuple[str, ...]]:
    """The coded fields of an event with their vocabularies, the fields that hold free words, and those that must be told."""
    facts = facts_of(happened).values()
    coded = tuple((fact.name, fact.vocabulary, _holds_several(fact.type)) for fact in facts if fact.vocabulary is not None)
    worded = tuple(fact.name for fact in facts if Sealed in (fact.type, *get_args(fact.type)))
    return coded, worded, tuple(fact.name for fact in facts if not _may_be_untold(fact.type))


def _may_be_untold(kind: Any) -> bool:
    """Whether None is an answer."""
    kind = _bare(kind)
    return kind is Any or type(None) in get_args(kind)


def _holds_several(kind: Any) -> bool:
    """Whether several codes are told at once."""
    return get_origin(_bare(kind)) is tuple


def _bare(kind: Any) -> Any:
    """A coded type without its vocabulary."""
    while hasattr(kind, "__metadata__"):
        kind = get_args(kind)[0]
    return kind
