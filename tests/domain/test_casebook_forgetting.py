"""Once a person was forgotten, nothing is added to anything about them; and all of their files are forgotten together or none."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from domain.casebook import Casebook
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.incident import Incident
from domain.record import new_id
from tests.trackers import COLLEAGUE, MOSCOW, WISH, Installation, city, day, entry, forget

WHERE: dict[str, Any] = {"when": day(3, 2), "place": city(MOSCOW)}


@pytest.fixture
def casebook(installation: Installation) -> Casebook:
    return installation.casebook


@pytest.fixture
def held(casebook: Casebook) -> UUID:
    detention = new_id()
    casebook.record_detention(entry(), detention, person=new_id())
    return detention


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(RuleBroken) as broken:
        act()
    assert broken.value.code == code


def told(installation: Installation) -> list[str]:
    """The names of all events, in order."""
    return [type(found.event).__qualname__ for found in installation.log.page(0, 1000)]


def test_nothing_is_added_to_what_was_done_to_a_forgotten_person_and_what_falsifies_totals_is_withdrawn(
    installation: Installation, casebook: Casebook, held: UUID
) -> None:
    person, other, incident = casebook.standing(Detention, held).person, new_id(), new_id()
    casebook.open_person(entry(), other)
    casebook.record_incident(entry(), incident, person=person, categories=("threat",), **WHERE)
    forget(casebook, person)
    before = installation.log.last()
    detained: dict[str, Any] = {"when": None, "place": None, "protest": None, "circumstances": "unknown", "agency": "unknown"}
    done: dict[str, Any] = {**WHERE, "categories": ("threat",), "protest": None, "person": None, "detention": None}
    for act in (
        lambda: casebook.record_release(entry(), held),
        lambda: casebook.identify(entry(), held, other=other),
        lambda: casebook.find_to_be(entry(), other, other=person),
        lambda: casebook.record_incident(entry(), new_id(), person=person, categories=("threat",), **WHERE),
        lambda: casebook.correct(Incident, entry(), incident, 1, {**done, "words": None}, because="mistake"),
        lambda: casebook.correct(
            Detention, entry(), held, 1, {**detained, "person": person, "minor": "no", "words": None}, because="mistake"
        ),
    ):
        refused("person_forgotten", act)
    assert installation.log.last() == before
    casebook.withdraw(Detention, entry(), held, because="duplicate")
    casebook.withdraw(Incident, entry(), incident, 1, because="mistake")
    assert installation.log.last() == before + 2


def test_an_incident_that_was_found_not_to_concern_a_person_goes_on_without_them(casebook: Casebook, held: UUID) -> None:
    person, incident = casebook.standing(Detention, held).person, new_id()
    casebook.record_incident(entry(), incident, person=person, categories=("threat",), **WHERE)
    facts: dict[str, Any] = {**WHERE, "categories": ("threat",), "protest": None, "person": None, "detention": None}
    facts["words"] = None
    casebook.correct(Incident, entry(), incident, 1, facts, because="mistake")
    forget(casebook, person)
    casebook.correct(Incident, entry(), incident, 1, {**facts, "categories": ("summons",)}, because="mistake")


def test_all_files_of_a_person_are_forgotten_together_or_none(installation: Installation, casebook: Casebook, held: UUID) -> None:
    person, other, before = casebook.standing(Detention, held).person, new_id(), installation.log.last()
    casebook.open_person(entry(), other)
    refused("forgetting_not_requested", lambda: casebook.forget(entry(), person, request=2, files=[person, other]))
    assert installation.log.last() == before + 1
    forget(casebook, person, files=[person, other])
    assert casebook.is_forgotten(person)
    assert casebook.is_forgotten(other)
    assert casebook.is_forgotten(held)
    assert told(installation)[-2:] == ["Person.Forgotten", "Person.Forgotten"]


def test_each_step_sent_twice_is_taken_once(installation: Installation, casebook: Casebook, held: UUID) -> None:
    person = casebook.standing(Detention, held).person
    asked, approved = entry(), entry(account=COLLEAGUE)
    assert casebook.request_forgetting(asked, person, **WISH).new
    assert not casebook.request_forgetting(asked, person, **WISH).new
    assert casebook.approve_forgetting(approved, person, request=2).new
    assert not casebook.approve_forgetting(approved, person, request=2).new
    cancelled = entry()
    assert casebook.cancel_forgetting(cancelled, person, request=2, because="wish_changed").new
    assert not casebook.cancel_forgetting(cancelled, person, request=2, because="wish_changed").new
    forget(casebook, person)
    assert told(installation)[-3:] == ["Person.ForgettingRequested", "Person.ForgettingApproved", "Person.Forgotten"]
