"""Keys first, then the record, then the views; whatever happens in between, doing it again or starting again heals it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.errors import RuleBroken
from domain.person import Person
from domain.record import new_id
from projections import people, positions
from tests.web.forgetting.homes import Known, approved, entry
from tests.web.site import Site
from web.forgetting import carry_out, forgettings_unrecorded, record_missing_forgettings
from web.forgetting.carrying_out import destroy_keys
from web.wiring import Tracker


def forgotten(tracker: Tracker, *persons: UUID) -> list[bool]:
    return [tracker.casebook.is_forgotten(person) for person in persons]


def bases(tracker: Tracker, *persons: UUID) -> list[str]:
    """On what ground each of them was forgotten."""
    found = [told.event for told in tracker.log.of(persons)]
    return [event.basis for event in found if isinstance(event, Person.Forgotten)]


def test_every_file_of_the_person_is_forgotten_and_nobody_else(bare: Site, known: Known) -> None:
    tracker = bare.tracker
    request = approved(tracker, known.person)
    carry_out(tracker, entry(tracker), known.person, request)
    assert tracker.vault.forgotten() == {known.person, known.other}
    assert forgotten(tracker, known.person, known.other, known.stranger) == [True, True, False]
    assert bases(tracker, known.person, known.other) == ["request", "same_person"]
    assert forgettings_unrecorded(tracker) == []


class Crash(Exception):
    """The process ends here."""


def crashed(tracker: Tracker, person: UUID, request: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys are destroyed, and the process ends before the record says so."""

    def end(*_: Any, **__: Any) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(type(tracker.casebook), "forget", end)
        with pytest.raises(Crash):
            carry_out(tracker, entry(tracker), person, request)
    assert tracker.vault.forgotten() != set()
    assert forgotten(tracker, person) == [False]


def test_a_crash_after_the_keys_is_healed_by_doing_it_again(bare: Site, known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    request = approved(bare.tracker, known.person)
    crashed(bare.tracker, known.person, request, monkeypatch)
    assert set(forgettings_unrecorded(bare.tracker)) == {known.person, known.other}
    carry_out(bare.tracker, entry(bare.tracker), known.person, request)
    assert bases(bare.tracker, known.person, known.other) == ["request", "same_person"]


def test_a_crash_after_the_keys_is_healed_by_the_next_start(bare: Site, known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    request = approved(bare.tracker, known.person)
    crashed(bare.tracker, known.person, request, monkeypatch)
    record_missing_forgettings(bare.tracker)
    assert bases(bare.tracker, known.person, known.other) == ["request", "same_person"]
    before = bare.recorded()
    assert record_missing_forgettings(bare.tracker) == []
    assert bare.recorded() == before
    with bare.tracker.views() as db:
        assert people.forgotten_among(db, [known.person.bytes, known.other.bytes]) == {known.person.bytes, known.other.bytes}


def test_what_cannot_be_recorded_at_a_start_keeps_no_start_from_going_on(
    bare: Site, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = approved(bare.tracker, known.person)
    crashed(bare.tracker, known.person, request, monkeypatch)
    with bare.tracker.projector.writer.begin() as db:
        positions.stop(db, "people", 5, "KeyError in fold, line 1")
    assert known.person not in record_missing_forgettings(bare.tracker)
    with bare.tracker.projector.writer.begin() as db:
        db.execute(positions.positions.update().values(stopped_at=None, failure=None))
    bare.tracker.bring_up_to_date()
    record_missing_forgettings(bare.tracker)
    assert forgotten(bare.tracker, known.person, known.other) == [True, True]


def test_keys_destroyed_without_any_request_are_admitted_and_only_those(bare: Site, known: Known) -> None:
    """As after a log was restored that is older than the vault."""
    destroy_keys(bare.tracker, [known.other, known.incident, new_id()])
    assert record_missing_forgettings(bare.tracker) == [known.other]
    assert bases(bare.tracker, known.person, known.other) == ["key_gone"]
    assert forgotten(bare.tracker, known.person) == [False]


def test_a_cancellation_that_comes_between_the_look_and_the_deed_leaves_a_true_record(
    bare: Site, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = bare.tracker
    request = approved(tracker, known.person)
    forget = type(tracker.vault).forget

    def meanwhile(vault: Any, *persons: UUID) -> None:
        forget(vault, *persons)
        if known.person in persons:
            tracker.casebook.cancel_forgetting(entry(tracker), known.person, request=request, because="wish_changed")

    monkeypatch.setattr(type(tracker.vault), "forget", meanwhile)
    carry_out(tracker, entry(tracker), known.person, request)
    assert forgotten(tracker, known.person, known.other) == [True, True]
    assert bases(tracker, known.person, known.other) == ["key_gone", "key_gone"]


def test_a_file_joined_while_it_is_done_is_forgotten_too(bare: Site, known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = bare.tracker
    request = approved(tracker, known.person)
    forget = type(tracker.vault).forget

    def meanwhile(vault: Any, *persons: UUID) -> None:
        if known.person in persons:
            tracker.casebook.find_to_be(entry(tracker), known.stranger, other=known.other)
        forget(vault, *persons)

    monkeypatch.setattr(type(tracker.vault), "forget", meanwhile)
    carry_out(tracker, entry(tracker), known.person, request)
    assert forgotten(tracker, known.person, known.other, known.stranger) == [True, True, True]
    assert known.stranger in tracker.vault.forgotten()


@pytest.mark.parametrize("code", ["forgetting_not_due", "files_not_known"])
def test_what_may_not_be_done_destroys_nothing(bare: Site, known: Known, code: str) -> None:
    tracker = bare.tracker
    request = approved(tracker, known.person, ago=timedelta(hours=1 if code == "forgetting_not_due" else 80))
    if code == "files_not_known":
        with tracker.projector.writer.begin() as db:
            positions.stop(db, "people", 5, "KeyError in fold, line 1")
    before = bare.recorded()
    with pytest.raises(RuleBroken) as refused:
        carry_out(tracker, entry(tracker), known.person, request)
    assert refused.value.code == code
    assert tracker.vault.forgotten() == set()
    assert bare.recorded() == before


def test_a_file_withdrawn_as_a_duplicate_is_forgotten_with_the_other(bare: Site, known: Known) -> None:
    """Withdrawing it left every word in it where it was."""
    tracker = bare.tracker
    tracker.casebook.withdraw(Person, entry(tracker), known.other, because="duplicate")
    request = approved(tracker, known.person)
    carry_out(tracker, entry(tracker), known.person, request)
    assert tracker.vault.forgotten() == {known.person, known.other}
    assert forgotten(tracker, known.other) == [True]
