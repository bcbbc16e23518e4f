"""The names under which events are stored, and the list of all of them.

A stored name is for ever: `noun.participle`, never reused, never changed. A renamed or moved class keeps its TOPIC.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

from eventsourcing.utils import register_topic

from domain.record import Record

R = TypeVar("R", bound=type[Record])

_stored: dict[str, type[Record.Event]] = {}


def stored_as(name: str) -> Callable[[R], R]:
    """Give an aggregate its stored name and register its events under theirs.

    Stands above the aggregate, not above its events: the library replaces the nested classes by subclasses of its own, and
    demands a TOPIC of the inherited base events as soon as the aggregate's body declares one.
    """

    def register(aggregate: R) -> R:
        aggregate.TOPIC = name  # type: ignore[attr-defined]
        register_topic(name, aggregate)
        for event in vars(aggregate).values():
            topic = getattr(event, "TOPIC", None) if isinstance(event, type) and issubclass(event, Record.Event) else None
            if topic is not None:
                register_topic(topic, event)
                _stored[topic] = event
        return aggregate

    return register


def all_events() -> Iterator[tuple[str, type[Record.Event]]]:
    """Every stored name with its event class, in order of name. Imports the aggregates, so that none is missing."""
    from domain import detention, incident, person, protest

    _ = (detention, incident, person, protest)
    return iter(sorted(_stored.items()))
