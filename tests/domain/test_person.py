"""What may be entered about a person, and what is no longer once they were forgotten."""

from datetime import date
from typing import Any

import pytest

from domain.person import Person
from domain.record import new_id
from tests.domain.recording import EVENING, WAIVED, each, entered, entry, forget, refused, sealed, tomorrow


@pytest.fixture
def person() -> Person:
    return Person.open(entry(), new_id())


def enter_everything(person: Person) -> dict[str, Any]:
    """Every verb of a person, each with what it needs."""
    return {
        "named": lambda: person.give_name(entry(), name=sealed(person.id, "name")),
        "described": lambda: person.describe(entry(), gender="woman", age_band="from_18_to_24", when=EVENING),
        "consent": lambda: person.give_consent(entry(), scopes=("record_only",)),
        "merged": lambda: person.find_to_be(entry(), other=new_id()),
        "assigned": lambda: person.assign_counsel(entry(), counsel=new_id()),
        "handed over": lambda: person.hand_over(entry(), giver=new_id(), taker=new_id(), ground="on_duty"),
        "noted": lambda: person.write_note(entry(), note=sealed(person.id, "note")),
        "recognised": lambda: person.recognise(entry(), kind="political_prisoner", by=sealed(person.id, "by")),
        "left": lambda: person.leave_country(entry(), when=EVENING, destination=sealed(person.id)),
        "died": lambda: person.die(entry(), when=EVENING),
    }


def still_allowed(person: Person) -> dict[str, Any]:
    """What ends something, and so stays possible after a person was forgotten."""
    return {
        "consent withdrawn": lambda: person.withdraw_consent(entry(), scopes=("record_only",)),
        "told apart": lambda: person.tell_apart(entry(), other=new_id()),
        "dismissed": lambda: person.dismiss_counsel(entry(), counsel=new_id()),
    }


def test_everything_can_be_entered_about_a_person_known(person: Person) -> None:
    for enter in (*enter_everything(person).values(), *still_allowed(person).values()):
        enter()
    forget(person)
    assert person.version == 18


def test_a_forgotten_person_takes_nothing_new(person: Person) -> None:
    forget(person)
    assert person.forgotten
    again = {
        "requested": lambda: person.request_forgetting(entry(), **WAIVED),
        "admitted": lambda: person.admit_forgotten(entry()),
    }
    for enter in (*enter_everything(person).values(), *again.values()):
        with refused("person_forgotten", person):
            enter()


def test_what_ends_something_is_entered_about_a_forgotten_person_too(person: Person) -> None:
    forget(person)
    for enter in still_allowed(person).values():
        enter()
    person.withdraw(entry(), because="duplicate")


def test_that_a_person_was_forgotten_is_not_taken_back(person: Person) -> None:
    forget(person)
    with refused("forgetting_stays", person):
        person.withdraw(entry(), person.version, because="mistake")
    assert person.forgotten


def test_nothing_is_entered_about_a_withdrawn_file(person: Person) -> None:
    person.withdraw(entry(), because="duplicate")
    for enter in (*enter_everything(person).values(), *still_allowed(person).values()):
        with refused("record_withdrawn", person):
            enter()


def test_consent_to_nothing_is_refused(person: Person) -> None:
    with refused("missing_scope", person):
        person.give_consent(entry(), scopes=())
    with refused("missing_scope", person):
        person.withdraw_consent(entry(), scopes=())


def test_a_hand_over_ends_one_access_and_begins_another_for_the_same_reason(person: Person) -> None:
    giver, taker, words = new_id(), new_id(), sealed(person.id)
    person.hand_over(entry(), giver=giver, taker=taker, ground="other", words=words)
    both: Any = person.pending_events[-2:]
    dismissed, assigned = both
    assert (dismissed.counsel, assigned.counsel) == (giver, taker)
    assert {(one.ground, one.words, one.command) for one in (dismissed, assigned)} == {("other", words, assigned.command)}
    with refused("same_counsel", person):
        person.hand_over(entry(), giver=giver, taker=giver, ground="on_duty")


def test_another_reason_for_giving_or_taking_a_file_is_told_in_words(person: Person) -> None:
    for act in (person.assign_counsel, person.dismiss_counsel):
        with refused("missing_ground", person):
            act(entry(), counsel=new_id(), ground="other")
        act(entry(), counsel=new_id(), ground="other", words=sealed(person.id))
    with refused("missing_ground", person):
        person.correct(entry(), 2, {"counsel": new_id(), "when": None, "ground": "other", "words": None}, because="mistake")


def test_to_show_to_nobody_but_counsel_and_to_publish_cannot_be_meant_together(person: Person) -> None:
    for scope in ("publish_full_name", "publish_first_name", "publish_story"):
        with refused("consent_contradicts_itself", person):
            person.give_consent(entry(), scopes=("record_only", scope))
    person.give_consent(entry(), scopes=("record_only", "share_with_counsel", "submit_to_courts"))
    facts = {"given_by": "person", "form": "spoken", "when": None, "until": None}
    with refused("consent_contradicts_itself", person):
        person.correct(entry(), 2, {**facts, "scopes": ("publish_story", "record_only")}, because="mistake")


def test_consent_may_end_in_the_future_and_be_withdrawn_without_having_been_recorded(person: Person) -> None:
    person.give_consent(entry(), scopes=("publish_first_name",), until=date(2099, 1, 1))
    person.withdraw_consent(entry(), scopes=("publish_full_name",))
    assert entered(person).scopes == ("publish_full_name",)


def test_a_person_is_not_somebody_else_than_themselves(person: Person) -> None:
    with refused("same_record", person):
        person.find_to_be(entry(), other=person.id)
    with refused("same_record", person):
        person.tell_apart(entry(), other=person.id)


def test_two_files_never_joined_may_be_told_apart_and_joined_afterwards(person: Person) -> None:
    other = new_id()
    person.tell_apart(entry(), other=other)
    person.find_to_be(entry(), other=other, basis="document")
    person.tell_apart(entry(), other=other)
    assert person.version == 4


def test_a_description_says_something_also_once_it_is_corrected_or_brought_back(person: Person) -> None:
    nothing = {"when": None, "gender": "unknown", "age_band": "unknown"}
    person.describe(entry(), age_band="from_16_to_17")
    person.describe(entry(), gender="man")
    for enter in each(
        lambda: person.describe(entry(), when=EVENING),
        lambda: person.correct(entry(), 2, nothing, because="mistake"),
    ):
        with refused("description_says_nothing", person):
            enter()
    person.withdraw(entry(), 2, because="mistake")
    with refused("description_says_nothing", person):
        person.reinstate(entry(), 2, nothing, because="mistake")


def test_plain_text_about_a_person_is_refused(person: Person) -> None:
    for enter in each(
        lambda: person.give_name(entry("from her sister"), name=sealed(person.id)),
        lambda: person.die(entry(), when=EVENING.told("ночью")),
        lambda: person.leave_country(entry(), destination="Брюссель"),  # type: ignore[arg-type]
        lambda: person.find_to_be(entry(), other=new_id(), words="..."),  # type: ignore[arg-type]
        lambda: person.withdraw(entry(), because="other", words="..."),
    ):
        with refused("unsealed_text", person):
            enter()


def test_text_sealed_for_another_record_is_refused(person: Person) -> None:
    with refused("sealed_for_another_record", person):
        person.give_name(entry(), name=sealed(new_id()))
    with refused("sealed_for_another_record", person):
        person.leave_country(entry(), destination=sealed(new_id()))


def test_unknown_codes_and_future_dates_are_refused(person: Person) -> None:
    for enter in each(
        lambda: person.give_name(entry(), name=sealed(person.id), kind="nick"),
        lambda: person.give_consent(entry(), scopes=("everything",)),
        lambda: person.give_consent(entry(), scopes=("record_only",), given_by="neighbour"),
        lambda: person.recognise(entry(), kind="hero", by=sealed(person.id, "by")),
        lambda: person.describe(entry(), gender="woman", age_band="old"),
        lambda: person.describe(entry(), gender="lady"),
    ):
        with refused("unknown_code", person):
            enter()
    for enter in each(
        lambda: person.die(entry(), when=tomorrow()),
        lambda: person.leave_country(entry(), when=tomorrow()),
        lambda: person.give_consent(entry(), scopes=("record_only",), when=tomorrow()),
    ):
        with refused("future_date", person):
            enter()


def test_a_death_that_was_reported_wrongly_is_taken_back(person: Person) -> None:
    person.die(entry())
    person.withdraw(entry(), 2, because="source_retracted")
    person.leave_country(entry())
    assert person.version == 4


def test_a_name_is_not_corrected_once_the_person_was_forgotten(person: Person) -> None:
    person.give_name(entry(), name=sealed(person.id, "name"))
    forget(person)
    with refused("person_forgotten", person):
        person.correct(entry(), 2, {"name": sealed(person.id, "name"), "kind": "full"}, because="mistake")
    person.withdraw(entry(), 2, because="mistake")
