"""What may be entered about an incident."""

import pytest

from domain.incident import Incident
from domain.record import new_id
from tests.domain.recording import CITY, EVENING, SQUARE, entered, entry, refused, sealed, tomorrow


@pytest.fixture
def incident() -> Incident:
    return Incident.record(entry(), new_id(), when=EVENING, place=CITY, categories=("threat",))


def test_an_incident_may_be_of_several_kinds_and_linked_with_what_is_known() -> None:
    protest, person, detention = new_id(), new_id(), new_id()
    event = entered(
        Incident.record(
            entry(),
            new_id(),
            when=EVENING,
            place=CITY,
            categories=("physical_attack", "property_damage"),
            protest=protest,
            person=person,
            detention=detention,
        )
    )
    assert event.categories == ("physical_attack", "property_damage")
    assert (event.protest, event.person, event.detention) == (protest, person, detention)


def test_an_incident_of_no_kind_is_refused(incident: Incident) -> None:
    with refused("missing_category"):
        Incident.record(entry(), new_id(), when=EVENING, place=CITY, categories=())
    nothing = {
        "when": EVENING,
        "place": CITY,
        "categories": (),
        "protest": None,
        "person": None,
        "detention": None,
        "words": None,
    }
    with refused("missing_category", incident):
        incident.correct(entry(), 1, nothing, because="mistake")


def test_an_unknown_kind_a_future_date_and_plain_words_are_refused() -> None:
    for code, facts in {
        "unknown_code": {"when": EVENING, "place": CITY, "categories": ("threat", "nonsense")},
        "future_date": {"when": tomorrow(), "place": CITY, "categories": ("threat",)},
        "unsealed_text": {"when": EVENING, "place": SQUARE, "categories": ("threat",)},
        "sealed_for_another_record": {"when": EVENING, "place": CITY, "categories": ("threat",), "words": sealed(new_id())},
    }.items():
        with refused(code):
            Incident.record(entry(), new_id(), **facts)  # type: ignore[arg-type]


def test_a_withdrawn_incident_stays_withdrawn(incident: Incident) -> None:
    incident.withdraw(entry(), because="duplicate")
    with refused("record_withdrawn", incident):
        incident.withdraw(entry(), because="duplicate")
