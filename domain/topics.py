"""The names under which events are stored, and the list of all of them, of both logs: the record and the access to it.

A stored name is for ever: `noun.participle`, never reused, never changed. A renamed or moved class keeps its TOPIC.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

from eventsourcing.domain import Aggregate
from eventsourcing.utils import register_topic

from domain.record import Record

A = TypeVar("A", bound=type[Aggregate])

_stored: dict[str, type[Aggregate.Event]] = {}


def stored_as(name: str) -> Callable[[A], A]:
    """Give an aggregate its stored name and register its events under theirs.

    Stands above the aggregate, not above its events: the library replaces the nested classes by subclasses of its own, and
    demands a TOPIC of the inherited base events as soon as the aggregate's body declares one.
    """

    def register(aggregate: A) -> A:
        aggregate.TOPIC = name  # type: ignore[attr-defined]
        register_topic(name, aggregate)
        for event in vars(aggregate).values():
            topic = getattr(event, "TOPIC", None) if isinstance(event, type) and issubclass(event, Aggregate.Event) else None
            if topic is not None:
                register_topic(topic, event)
                _stored[topic] = event
        return aggregate

    return register


def all_events() -> Iterator[tuple[str, type[Aggregate.Event]]]:
    """Every stored name with its event class, in order of name. Imports the aggregates, so that none is missing."""
    from domain import (
        access,
        detention,
        exhibit,
        incident,
        person,
        proceeding,
        protest,
        publication,
        report,
        source_on_file,
        station,
        tally,
    )

    _ = (access, detention, exhibit, incident, person, proceeding, protest, publication, report, source_on_file, station, tally)
    return iter(sorted(_stored.items()))


def recorded_events() -> Iterator[tuple[str, type[Record.Event]]]:
    """The events of the record alone, without the acts of the access log."""
    return ((topic, event) for topic, event in all_events() if issubclass(event, Record.Event))
