"""Events in the store: readable, flat, the same class again; what cannot be read is refused and never filled in."""

import json
import traceback
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
import pytest
from eventsourcing.persistence import JSONTranscoder, StoredEvent
from eventsourcing.utils import get_topic
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import topics
from domain.moment import When
from domain.protest import Protest
from domain.record import Record
from domain.topics import all_events, stored_as
from tests.samples import RECORD, minimal, rich
from web import mapper
from web.mapper import PayloadMapper, PayloadRefused, form_named, form_of

MAPPER = PayloadMapper(JSONTranscoder())
SECRET = "Анна Иванова"


def _row(event: Record.Event, **changes: Any) -> StoredEvent:
    """The event as a row; `changes` are made to its payload, a field changed to Ellipsis is left out."""
    row = MAPPER.to_stored_event(event)
    payload = {name: value for name, value in (json.loads(row.state) | changes).items() if value is not ...}
    return StoredEvent(row.originator_id, row.originator_version, row.topic, json.dumps(payload).encode())


def _refused(row: StoredEvent) -> str:
    """What is said of a row that cannot be read: the message, and everything a log would print with it."""
    with pytest.raises(PayloadRefused) as refused:
        MAPPER.to_domain_event(row)
    return str(refused.value) + "".join(traceback.format_exception(refused.value))


def test_a_payload_is_flat_readable_json_without_what_the_row_says() -> None:
    row = MAPPER.to_stored_event(rich(Protest.DetentionsCounted))
    assert (row.originator_id, row.originator_version, row.topic) == (RECORD, 7, "protest.detentions_counted")
    payload = json.loads(row.state)
    assert list(payload) == ["timestamp", "recorded_by", "source", "command", "when", "count", "place"]
    assert payload["count"] == {"low": 300, "high": 500, "words": "300-500"}
    assert payload["place"]["words"] == "Пушкинская площадь, у «Макдональдса»"
    assert "Пушкинская".encode() in row.state, "not as escapes: a person with the file must be able to read it"


def test_an_event_of_a_row_is_of_the_class_that_was_recorded() -> None:
    event = rich(Protest.Recorded)
    row = MAPPER.to_stored_event(event)
    read = MAPPER.to_domain_event(row)
    assert type(read) is Protest.Recorded
    assert read == event
    as_text = StoredEvent(RECORD.hex, row.originator_version, row.topic, row.state)
    assert MAPPER.to_domain_event(as_text) == event
    assert isinstance(MAPPER.to_domain_event(as_text).originator_id, UUID)


@pytest.mark.parametrize("topic", dict(all_events()))
def test_a_payload_that_lacks_any_field_is_refused(topic: str) -> None:
    event = rich(dict(all_events())[topic])
    for field in json.loads(MAPPER.to_stored_event(event).state):
        assert topic in _refused(_row(event, **{field: ...}))


@pytest.mark.parametrize("topic", [topic for topic, event in all_events() if issubclass(event, Record.Correction)])
def test_a_correction_whose_restated_entry_lacks_a_field_is_refused(topic: str) -> None:
    event = rich(dict(all_events())[topic])
    restated = json.loads(MAPPER.to_stored_event(event).state)["restated"]
    for field in restated:
        _refused(_row(event, restated={name: value for name, value in restated.items() if name != field}))
    wrongs: list[Any] = [None, [], "x"]
    nonsenses: list[Any] = [*wrongs, {}, *({**restated, "topic": wrong} for wrong in wrongs)]
    for nonsense in nonsenses:
        _refused(_row(event, restated=nonsense))


def test_an_unknown_topic_is_refused() -> None:
    row = MAPPER.to_stored_event(minimal(Protest.Ended))
    unknown = StoredEvent(row.originator_id, row.originator_version, "protest.dreamt", row.state)
    assert "protest.dreamt: unknown topic" in _refused(unknown)


@pytest.mark.parametrize(
    "state",
    [b"", b"{", b"[]", b"null", b'"x"', b"{}", b"\xff\xfe", b'{"when": "\xff"}', b"[" * 5000, b'{"when":' * 5000, b"\x00" * 10],
)
def test_bytes_that_are_no_payload_are_refused(state: bytes) -> None:
    _refused(StoredEvent(RECORD, 1, "protest.ended", state))
    _refused(StoredEvent(RECORD, 1, "protest.corrected", state))


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_other_bytes_are_refused(state: bytes) -> None:
    _refused(StoredEvent(RECORD, 1, "person.named", state))


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": {SECRET: SECRET}},
        {"when": SECRET},
        {"source": {"kind": SECRET, "reliability": SECRET, "reference": None}},
        {"source": {"kind": "media", "reliability": "unknown", "reference": {SECRET: SECRET}}},
        {"command": SECRET},
        {"timestamp": SECRET},
        {"class_version": SECRET},
        {"class_version": 2},
        {"class_version": 0},
        {"class_version": None},
    ],
)
def test_what_is_said_of_an_unreadable_payload_holds_none_of_it(changes: dict[str, Any]) -> None:
    told = _refused(_row(rich(Protest.Ended), **changes))
    assert SECRET not in told
    assert "protest.ended" in told


def test_what_is_said_of_an_unreadable_restated_entry_holds_none_of_it() -> None:
    event = rich(Protest.Corrected)
    restated = json.loads(MAPPER.to_stored_event(event).state)["restated"]
    for wrong in ({"topic": SECRET}, {"source": {**restated["source"], "reliability": SECRET}}, {"count": SECRET}):
        assert SECRET not in _refused(_row(event, restated=restated | wrong))


def test_a_newer_payload_than_this_program_knows_is_refused() -> None:
    """Read by an older program it would be an event without what it has learnt since."""
    assert "protest.ended" in _refused(_row(rich(Protest.Ended), class_version=2))


# An artificial record whose only event has changed since: it used to say `how_many`, and not yet in which city.


@pytest.fixture(scope="module")
def gathering() -> Iterator[Any]:
    """The record as it is today. Its topics are registered once, for the library knows a name only once."""

    @stored_as("gathering")
    class Gathering(Record):
        PERSONAL = False

        class Recorded(Record.Created):
            TOPIC = "gathering.recorded"
            when: When | None

        class Seen(Record.Event):
            """`people` were seen in `city`."""

            TOPIC = "gathering.seen"
            class_version = 3
            people: int
            city: str

            @staticmethod
            def upcast_v1_v2(state: dict[str, Any]) -> None:
                state["people"] = state.pop("how_many")

            @staticmethod
            def upcast_v2_v3(state: dict[str, Any]) -> None:
                state["city"] = "unknown"

        class Corrected(Record.Correction):
            TOPIC = "gathering.corrected"

    mapper.form_of.cache_clear()
    mapper.form_named.cache_clear()
    yield Gathering
    for topic in [topic for topic in topics._stored if topic.startswith("gathering")]:
        del topics._stored[topic]
    mapper.form_of.cache_clear()
    mapper.form_named.cache_clear()


def _common() -> dict[str, Any]:
    stored = json.loads(MAPPER.to_stored_event(minimal(Protest.Ended)).state)
    return {name: stored[name] for name in ("timestamp", "recorded_by", "source", "command")}


def _read(topic: str, payload: dict[str, Any]) -> Any:
    return MAPPER.to_domain_event(StoredEvent(RECORD, 4, topic, json.dumps(payload).encode()))


def test_an_event_stored_in_an_older_form_is_read_in_the_newest(gathering: Any) -> None:
    for old in (
        _common() | {"how_many": 40},
        _common() | {"class_version": 2, "people": 40},
        _common() | {"class_version": 3, "people": 40, "city": "unknown"},
    ):
        seen = _read("gathering.seen", old)
        assert type(seen) is gathering.Seen
        assert (seen.people, seen.city, seen.originator_version) == (40, "unknown", 4)
        assert "class_version" not in vars(seen)
        stored_today = json.loads(MAPPER.to_stored_event(seen).state)
        assert stored_today == _common() | {"class_version": 3, "people": 40, "city": "unknown"}


def test_an_older_form_is_read_inside_a_correction_too(gathering: Any) -> None:
    old = _common() | {"topic": "gathering.seen", "how_many": 60}
    corrected = _read("gathering.corrected", _common() | {"version": 2, "because": "mistake", "words": None, "restated": old})
    assert type(corrected.restated) is gathering.Seen
    assert (corrected.restated.people, corrected.restated.city) == (60, "unknown")
    assert (corrected.originator_version, corrected.restated.originator_version) == (4, 2)
    again = MAPPER.to_domain_event(MAPPER.to_stored_event(corrected))
    assert again == corrected


def test_an_older_form_that_lacks_a_field_is_refused_all_the_same(gathering: Any) -> None:
    row = StoredEvent(RECORD, 4, "gathering.seen", json.dumps(_common() | {"class_version": 2}).encode())
    assert "gathering.seen" in _refused(row)
    newer = _common() | {"class_version": 4, "people": 40, "city": "unknown"}
    assert "gathering.seen" in _refused(StoredEvent(RECORD, 4, "gathering.seen", json.dumps(newer).encode()))


def test_forms_are_found_by_class_and_by_topic() -> None:
    for topic, event in all_events():
        assert form_named(topic) is form_of(event)
        assert get_topic(event) == topic
    with pytest.raises(KeyError):
        form_named("protest.dreamt")


def test_bytes_survive_whatever_they_are() -> None:
    sealed = rich(dict(all_events())["person.named"])
    row = MAPPER.to_stored_event(sealed)
    assert MAPPER.to_domain_event(row) == sealed
    assert msgspec.json.decode(row.state)["name"]["field"] == "words"
