"""An act of the access log says who, whom and which fields, is over when it is written, and is made of known codes."""

from collections.abc import Callable
from typing import Any, get_args
from uuid import UUID

import pytest

from domain.access import Access, account_changed, act, exhibit_opened, exported, readings, refused
from domain.errors import RuleBroken
from domain.facts import facts_of
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed
from domain.record import Record, new_id
from domain.topics import all_events, recorded_events
from domain.vocabulary.access import FIELDS

ACCOUNT, ANNA, BORIS, VERA = (new_id() for _ in range(4))


def test_people_of_whom_the_same_fields_were_opened_are_one_act_and_nobody_is_said_to_have_been_read_further() -> None:
    opened = {ANNA: {"words", "name"}, BORIS: {"name"}, VERA: {"name", "words"}}
    acts = readings(ACCOUNT, opened, "lawyers.case_file")
    assert {(each.persons, each.fields) for each in acts} == {((ANNA, VERA), ("name", "words")), ((BORIS,), ("name",))}
    assert {(each.account, each.page) for each in acts} == {(ACCOUNT, "lawyers.case_file")}


def test_a_person_of_whom_nothing_was_opened_was_not_read() -> None:
    assert readings(ACCOUNT, {ANNA: ()}, "lawyers.people") == []
    assert readings(ACCOUNT, {}, "lawyers.people") == []


def test_every_act_is_an_aggregate_of_its_own() -> None:
    acts = [act(Access.SignedIn, account=ACCOUNT) for _ in range(100)]
    assert len({each.originator_id for each in acts}) == 100
    assert {each.originator_version for each in acts} == {1}
    assert {each.originator_id.version for each in acts} == {7}


UNKNOWN: list[Callable[[], Any]] = [
    lambda: refused(ACCOUNT, "no_such_code", None, None),
    lambda: exported(ACCOUNT, [ANNA], "no_such_code"),
    lambda: exhibit_opened(ACCOUNT, ANNA, VERA, "no_such_code"),
    lambda: account_changed(ACCOUNT, VERA, "no_such_code"),
]


@pytest.mark.parametrize("made", UNKNOWN)
def test_a_code_that_is_in_no_list_is_refused(made: Callable[[], Any]) -> None:
    with pytest.raises(RuleBroken, match="unknown_code"):
        made()


def test_a_reading_nobody_named_beforehand_is_still_a_reading() -> None:
    assert readings(ACCOUNT, {ANNA: {"a_new_field"}}, "a.new_page")[0].fields == ("a_new_field",)


def test_no_act_has_room_for_a_value() -> None:
    """Ids, codes, a number: no free words, sealed or not, no time but the machine's, no source."""
    acts = {topic: event for topic, event in all_events() if topic.startswith("access.")}
    assert len(acts) == 9
    for topic, event in acts.items():
        for fact in facts_of(event).values():
            is_id = fact.type in (UUID, UUID | None, tuple[UUID, ...])
            assert is_id or fact.vocabulary is not None or (topic, fact.name) == ("access.searched", "found"), (topic, fact.name)


def test_the_two_logs_have_no_event_in_common() -> None:
    record, everything = dict(recorded_events()), dict(all_events())
    assert all(issubclass(event, Record.Event) for event in record.values())
    assert {topic for topic in everything if topic not in record} == {t for t in everything if t.startswith("access.")}


def test_every_field_that_can_be_sealed_can_be_named() -> None:
    """The reference of a source is sealed for `source`, the words of a correction or withdrawal for `reason`."""
    sealed = {"source", "reason"}
    for _, event in recorded_events():
        facts = facts_of(event).values()
        sealed |= {fact.name for fact in facts if any(part in (Sealed, When, Place) for part in _parts(fact.type))}
    assert "name" in sealed
    assert sealed - set(FIELDS) == set()


def _parts(kind: Any) -> list[Any]:
    return [kind, *(part for each in get_args(kind) for part in _parts(each))]
