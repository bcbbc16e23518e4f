"""Who has a page in the bundle: who asked for it in writing, as far as that goes; and of nobody else one word in any byte."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.access import Access
from domain.detention import Detention
from domain.person import Person
from domain.provenance import Entry, Source
from domain.record import new_id
from projections import consents
from tests.trackers import WISH
from tests.web.seeding import MOSCOW, Seeding, clock, opened, seed
from web import create_app
from web.forgetting.carrying_out import carry_out
from web.publishing.bundle import bundle_of
from web.publishing.people import person_page
from web.telling.opening import sealed_in
from web.wiring import Tracker

ON = date(2022, 5, 1)
OWN = {"form": "written"}


@pytest.fixture
def tracker(tmp_path: Path, places: Path) -> Iterator[Tracker]:
    with opened(tmp_path / "home", places) as tracker:
        yield tracker


@pytest.fixture
def to(tracker: Tracker) -> Seeding:
    return Seeding(tracker, "en")


def everything(tracker: Tracker, on: date = ON) -> bytes:
    tracker.bring_up_to_date()
    return b"\n".join(content for name, content in bundle_of(create_app(tracker), tracker, on=on) if not name.endswith("png"))


def page_of(tracker: Tracker, person: UUID, language: str = "en", on: date = ON) -> str:
    tracker.bring_up_to_date()
    files = dict(bundle_of(create_app(tracker), tracker, on=on))
    return files[f"{language}/{person_page(person.bytes)}"].decode()


def anna(to: Seeding, **facts: Any) -> tuple[UUID, UUID]:
    """Somebody with a name of every kind and words in every field there is for them."""
    person, detention = to.detained(None, when=clock(3, 6, 15), place=to.place(MOSCOW), **facts)
    for kind in ("full", "first", "pseudonym", "former", "heard"):
        to.casebook.name_person(to.entry(), person, name=to.seal(person, person, f"canary {kind}", "name"), kind=kind)
    said = to.seal(person, detention, "canary words")
    to.casebook.report_ill_treatment(to.entry(), detention, kind="beating", agency="police", words=said)
    to.casebook.record_protocol(to.entry(), detention, kind="offence", article="koap-20.2-5", when=clock(3, 6, 18))
    to.casebook.record_release(to.entry(), detention, kind="after_protocol", when=clock(3, 6, 21))
    return person, detention


def test_no_sealed_word_and_no_free_text_of_the_record_is_in_any_byte(tracker: Tracker) -> None:
    seed(tracker)
    found = everything(tracker).decode(errors="replace").lower()
    events = [told.event for told in tracker.log.page(0, 100_000)]
    words = {text for event in events for text in tracker.vault.open_many(sealed_in(event)) if isinstance(text, str)}
    words |= {
        text
        for event in events
        for text in (getattr(event, "about", None), getattr(event, "organiser", None))
        if isinstance(text, str)
    }
    assert len(words) > 10
    assert [text for text in words if len(text) > 3 and text.lower() in found] == []


def test_the_control_with_her_written_consent_her_name_is_there_and_her_story_in_codes(tracker: Tracker, to: Seeding) -> None:
    person, _ = anna(to)
    to.casebook.give_consent(to.entry("detainee"), person, scopes=("publish_full_name", "publish_story"), **OWN)
    for language, what in (("en", "20.2"), ("ru", "20.2")):
        page = page_of(tracker, person, language)
        assert "canary full" in page
        assert what in page
        assert all(f"canary {other}" not in page for other in ("first", "pseudonym", "former", "heard", "words"))
    assert b"canary full" in everything(tracker)


@pytest.mark.parametrize(
    ("scopes", "shown", "hidden"),
    [
        (("publish_first_name",), "canary pseudonym", ("canary full", "20.2", "6 March")),
        (("publish_full_name",), "canary full", ("canary pseudonym", "20.2", "6 March")),
        (("publish_story",), "20.2", ("canary",)),
    ],
)
def test_a_page_says_what_its_scope_allows_and_no_more(
    tracker: Tracker, to: Seeding, scopes: tuple[str, ...], shown: str, hidden: tuple[str, ...]
) -> None:
    person, _ = anna(to)
    to.casebook.give_consent(to.entry("detainee"), person, scopes=scopes, **OWN)
    page = page_of(tracker, person)
    assert shown in page
    assert all(word not in page for word in hidden)


def test_nobodys_word_but_ones_own_in_writing_publishes_anybody(tracker: Tracker, to: Seeding) -> None:
    scopes = ("publish_full_name", "publish_story")
    for facts in (
        {"form": "spoken"},
        {"given_by": "relative", **OWN},
        {"given_by": "counsel", **OWN},
        {"given_by": "guardian", **OWN},
    ):
        person, _ = anna(to)
        to.casebook.give_consent(to.entry(), person, scopes=scopes, **facts)
    minor, _ = anna(to, minor="yes")
    to.casebook.give_consent(to.entry(), minor, scopes=scopes, **OWN)
    silent, _ = anna(to)
    to.casebook.give_consent(to.entry(), silent, scopes=("submit_to_courts", "share_with_counsel"), **OWN)
    assert b"canary" not in everything(tracker)


@pytest.mark.parametrize("of", ["this file", "another file"])
def test_who_is_said_to_be_under_18_is_published_by_nobody(tracker: Tracker, to: Seeding, of: str) -> None:
    """The box of a minor on the detention is not the only place where an age is told."""
    person, _ = anna(to)
    to.casebook.give_consent(to.entry("detainee"), person, scopes=("publish_full_name", "publish_story"), **OWN)
    told = person
    if of == "another file":
        told, _ = to.detained(None)
        to.casebook.find_to_be(to.entry(), person, other=told)
    to.casebook.describe_person(to.entry("relative"), told, when=clock(3, 6, 15), gender="woman", age_band="from_14_to_15")
    assert b"canary" not in everything(tracker)
    with tracker.views() as db:
        assert consents.is_shut(db, person.bytes, ON), "and the case file says so"
    said = next(one.event for one in tracker.log.of([told]) if isinstance(one.event, Person.Described))
    to.casebook.withdraw(Person, to.entry(), told, said.originator_version, because="mistake")
    assert b"canary full" in everything(tracker), "the control: that was a mistake"
    with tracker.views() as db:
        assert not consents.is_shut(db, person.bytes, ON)


def test_withdrawn_lapsed_disputed_or_forgotten_the_address_answers_and_says_nothing(tracker: Tracker, to: Seeding) -> None:
    book, scopes = to.casebook, ("publish_full_name", "publish_story")
    withdrawn, lapsed, disputed, forgotten = (anna(to)[0] for _ in range(4))
    for person in (withdrawn, disputed, forgotten):
        book.give_consent(to.entry("detainee"), person, scopes=scopes, **OWN)
    book.give_consent(to.entry("detainee"), lapsed, scopes=scopes, until=date(2022, 5, 1), **OWN)
    assert "canary full" in page_of(tracker, lapsed), "its last day is a day of it"
    book.withdraw_consent(to.entry("relative"), withdrawn, scopes=("publish_full_name", "publish_story"))
    other, _ = anna(to)
    book.give_consent(to.entry("detainee"), other, scopes=("record_only",), **OWN)
    book.find_to_be(to.entry(), other, other=disputed)
    _forget(tracker, to, forgotten)
    for person in (withdrawn, lapsed, disputed, forgotten):
        page = page_of(tracker, person, on=date(2022, 5, 2))
        assert "no longer published" in page
        assert "20.2" not in page
    assert b"canary" not in everything(tracker, date(2022, 5, 2))


def _forget(tracker: Tracker, to: Seeding, person: UUID) -> None:
    book = to.casebook
    book.request_forgetting(to.entry(), person, **WISH, waives_delay="yes", waived_by="person")
    asked = book.standing(Person, person).forgetting
    assert asked is not None
    book.approve_forgetting(Entry(new_id(), Source("unknown"), new_id()), person, request=asked.request)
    tracker.bring_up_to_date()
    tracker.catch_up(carry_out(tracker, to.entry(), person, asked.request))


def test_what_was_withdrawn_from_the_record_and_a_case_of_others_are_not_her_story(tracker: Tracker, to: Seeding) -> None:
    book = to.casebook
    person, detention = anna(to)
    other, _ = to.detained("canary codefendant")
    case = new_id()
    number = to.seal(case, case, "canary number", "case_number")
    book.open_proceeding(
        to.entry("lawyer", case), case, persons=(person, other), kind="administrative", article="koap-20.2-5", case_number=number
    )
    book.record_ruling(to.entry("lawyer"), case, person=other, outcome="guilty", penalties=("arrest",))
    book.give_consent(to.entry("detainee"), person, scopes=("publish_full_name", "publish_story"), **OWN)
    page = page_of(tracker, person)
    assert "Case opened" in page
    assert "Court:" not in page, "that ruling is of somebody else"
    assert "6 March 2022" in page
    book.withdraw(Detention, to.entry(), detention, because="mistake")
    page = page_of(tracker, person)
    assert "6 March 2022" not in page
    assert b"codefendant" not in everything(tracker)
    assert b"canary number" not in everything(tracker)


def test_a_day_that_is_held_back_is_not_in_a_story(tracker: Tracker, to: Seeding) -> None:
    person, _ = anna(to)
    to.casebook.give_consent(to.entry("detainee"), person, scopes=("publish_full_name", "publish_story"), **OWN)
    to.casebook.hold_back(to.entry(), city=MOSCOW, day=date(2022, 3, 6), because="danger")
    page = page_of(tracker, person)
    assert "canary full" in page
    assert "6 March 2022" not in page


def test_nor_is_a_case_that_came_of_it_or_may_have(tracker: Tracker, to: Seeding) -> None:
    """A court's date and article say that somebody was detained the day before."""
    person, detention = anna(to)
    for led_to, article in ((detention, "koap-20.2-5"), (None, "koap-19.3-1")):
        case = new_id()
        facts: dict[str, Any] = {"persons": (person,), "kind": "administrative", "article": article}
        to.casebook.open_proceeding(to.entry("lawyer", case), case, **facts, detention=led_to)
        to.casebook.record_ruling(to.entry("lawyer"), case, person=person, outcome="guilty", penalties=("arrest",))
    to.casebook.give_consent(to.entry("detainee"), person, scopes=("publish_full_name", "publish_story"), **OWN)
    assert page_of(tracker, person).count("Case opened") == 2
    to.casebook.hold_back(to.entry(), city=MOSCOW, day=date(2022, 3, 6), because="danger")
    page = page_of(tracker, person)
    assert "canary full" in page
    assert "Case opened" not in page
    assert "Court:" not in page


def test_publishing_somebody_is_an_export_in_the_access_log(tracker: Tracker, to: Seeding) -> None:
    person, _ = anna(to)
    everything(tracker)
    assert _exports(tracker) == []
    to.casebook.give_consent(to.entry("detainee"), person, scopes=("publish_first_name",), **OWN)
    everything(tracker)
    assert _exports(tracker) == [("published", (person,))]


def _exports(tracker: Tracker) -> list[tuple[str, tuple[UUID, ...]]]:
    acts = tracker.access.acts_at(range(1, tracker.access.log.last() + 1))
    return [(act.what, act.persons) for act in acts.values() if isinstance(act, Access.Exported)]
