"""Events as they are stored: the payload alone, as flat readable JSON.

Ids and version come from the row, the aggregate from the topic. A payload that lacks a field is refused, never filled in.
Chosen through the library's MAPPER_TOPIC, so that `domain/` never sees msgspec.
"""

import dataclasses
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, cast, get_type_hints
from uuid import UUID

import msgspec
from eventsourcing.domain import Aggregate, DomainEventProtocol
from eventsourcing.persistence import Mapper, StoredEvent
from eventsourcing.utils import get_topic

from domain.record import Record
from domain.topics import all_events

ROW_FIELDS = ("originator_id", "originator_version", "originator_topic")
"""What the row already says, and so is not repeated in the payload."""


class PayloadRefused(Exception):
    """A stored payload cannot be read as its topic's event. Carries the topic and the reason, never the payload."""


class Form:
    """How one event class is written and read."""

    __slots__ = ("_decode", "_restates", "aggregate", "decode", "event", "shape", "topic", "version")

    def __init__(self, event: type[Any]) -> None:
        self.event = event
        self.topic = get_topic(event)
        self.aggregate = self.topic.partition(".")[0] if issubclass(event, Record.Created) else None
        self.version: int = getattr(event, "class_version", 1)
        self._restates = issubclass(event, Record.Correction)
        hints = {name: kind for name, kind in get_type_hints(event).items() if name in _stored(event)}
        if self._restates:
            hints["restated"] = dict
        # Told apart from a field nobody knows: a payload of a newer version is refused, not read without what it has learnt.
        hints["class_version"] = typing.NotRequired[Any]
        self.shape = _typed_dict(event.__name__, hints)
        """The payload's fields and their types, for msgspec."""
        self._decode: Callable[[bytes], dict[str, Any]] = msgspec.json.Decoder(self.shape).decode
        self.decode = self._decode_changed if self._restates or self.version > 1 else self._reader()
        """From originator id, version and payload to the event. Raises PayloadRefused for a payload not of this form."""

    def encode(self, event: Aggregate.Event) -> bytes:
        """The payload of an event."""
        payload = vars(event).copy()
        for name in ROW_FIELDS:
            payload.pop(name, None)
        source = payload.get("source")
        if source is not None and source.origin is None:
            # As it was stored before sources were kept on file: what says nothing new is not a byte longer.
            payload["source"] = {"kind": source.kind, "reliability": source.reliability, "reference": source.reference}
        if self.version > 1:
            payload["class_version"] = self.version
        if self._restates:
            restated = event.restated  # type: ignore[attr-defined]
            inner = form_of(cast(Any, type(restated)))
            payload["restated"] = msgspec.Raw(b'{"topic":"%b",' % inner.topic.encode() + inner.encode(restated)[1:])
        return _encode(payload)

    def _reader(self) -> Callable[[UUID, int, bytes], Record.Event]:
        """Reads what was never upcast and restates nothing: nearly all there is, so it is written for speed."""
        decode, event_class, aggregate = self._decode, self.event, self.aggregate
        new, assign = object.__new__, object.__setattr__

        def read(originator_id: UUID, originator_version: int, state: bytes) -> Record.Event:
            try:
                payload = decode(state)
            except (msgspec.DecodeError, RecursionError) as error:
                raise self._refused(error) from None
            if "class_version" in payload:
                raise self._refused(KeyError())
            payload["originator_id"] = originator_id
            payload["originator_version"] = originator_version
            if aggregate is not None:
                payload["originator_topic"] = aggregate
            event: Record.Event = new(event_class)
            assign(event, "__dict__", payload)
            return event

        return read

    def _decode_changed(self, originator_id: UUID, originator_version: int, state: bytes) -> Record.Event:
        try:
            payload = self._decode(state) if self.version == 1 else self._current(_decode(state))
            if "class_version" in payload:
                raise KeyError("class_version")
            if self._restates:
                restated = payload["restated"]
                inner = form_named(restated.pop("topic"))
                payload["restated"] = inner._made(originator_id, payload["version"], inner._current(restated))
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise self._refused(error) from None
        return self._made(originator_id, originator_version, payload)

    def _refused(self, error: Exception) -> PayloadRefused:
        """Never chained to its cause, whose text may hold what was recorded."""
        return PayloadRefused(f"{self.topic}: {type(error).__name__}")

    def _made(self, originator_id: UUID, originator_version: int, payload: dict[str, Any]) -> Record.Event:
        payload["originator_id"] = originator_id
        payload["originator_version"] = originator_version
        if self.aggregate is not None:
            payload["originator_topic"] = self.aggregate
        event: Record.Event = object.__new__(self.event)
        object.__setattr__(event, "__dict__", payload)
        return event

    def _current(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Bring a payload up to date, step by step, by the class's own `upcast_v1_v2` and so on."""
        stored = payload.pop("class_version", 1)
        if stored not in range(1, self.version + 1):
            raise KeyError("class_version")
        for version in range(stored, self.version):
            getattr(self.event, f"upcast_v{version}_v{version + 1}")(payload)
        converted: dict[str, Any] = msgspec.convert(payload, self.shape)
        return converted


_encode = msgspec.json.Encoder(uuid_format="hex").encode
_decode = msgspec.json.Decoder(dict).decode
_typed_dict: Any = typing.TypedDict
"""Made at run time, one for each event class: msgspec then decodes straight into the event's own dictionary."""


def _stored(event: type[Any]) -> set[str]:
    return {field.name for field in dataclasses.fields(event)} - set(ROW_FIELDS)


@cache
def form_of(event: Any) -> Form:
    """The form of an event class."""
    return Form(event)


@cache
def form_named(topic: str) -> Form:
    """The form stored under a topic. Raises KeyError for a topic this program does not know."""
    return form_of(dict(all_events())[topic])


class PayloadMapper(Mapper[UUID]):
    """Between events and rows, at a fifth of the default mapper's price."""

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """The row of an event."""
        form = form_of(type(domain_event))
        return StoredEvent(
            domain_event.originator_id,
            domain_event.originator_version,
            form.topic,
            form.encode(domain_event),  # type: ignore[arg-type]
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Record.Event:
        """The event of a row. Raises PayloadRefused."""
        try:
            form = form_named(stored_event.topic)
        except KeyError:
            raise PayloadRefused(f"{stored_event.topic}: unknown topic") from None
        originator = stored_event.originator_id
        if not isinstance(originator, UUID):
            originator = UUID(originator)
        return form.decode(originator, stored_event.originator_version, stored_event.state)
