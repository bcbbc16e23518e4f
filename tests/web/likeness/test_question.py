"""While somebody records: the form comes back once with who it may be, keeps everything, and never stands in the way."""

import re

import pytest
from werkzeug.test import TestResponse

from domain.detention import Detention
from domain.person import Person
from domain.record import new_id
from projections import case_files, judgements
from tests.web.likeness.test_list_page import detain, pairs
from tests.web.seeding import MOSCOW, PETERSBURG
from tests.web.site import Page, Site, record_of
from web.access.roles import Role

DETENTION, RELEASE = "/detentions/new", "/releases/new"


def asked(answer: TestResponse) -> Page:
    """The form that came back with the question."""
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 422, page.text
    assert "Is it one of these people?" in page.text
    return page


def send(site: Site, page: Page, path: str = DETENTION, **values: str) -> TestResponse:
    return site.post(path, {**page.fields, **values})


def detentions(site: Site, person: object) -> int:
    with site.tracker.views() as db:
        return len(case_files.detentions_of(db, [person.bytes]))  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", [DETENTION, RELEASE])
def test_the_form_comes_back_once_with_who_it_may_be_and_everything_kept(bare: Site, path: str) -> None:
    one = detain(bare.tracker, "Лесоветров Глеб Ильич")
    before = bare.recorded()
    page = asked(bare.fill(path, name="Gleb Lesovetrov", place="Moscow", words="По словам соседа."))
    assert bare.recorded() == before
    assert "Лесоветров Глеб Ильич" in page.text
    assert one.hex[-8:] in page.text
    for reason in ("the same surname", "the same first name", "in the same city"):
        assert reason in page.text
    assert page.fields["name"] == ["Gleb Lesovetrov"]
    assert page.fields["words"] == ["По словам соседа."]
    answer = send(bare, page, path)
    assert answer.status_code == 303
    assert record_of(answer.location) != one, "nobody chose, so somebody new was recorded"
    assert pairs(bare.page("/likely")), "and the pair is on the list"


def test_it_is_this_person_records_a_further_detention_and_keeps_the_name_as_it_was_typed(bare: Site) -> None:
    one = detain(bare.tracker, "Лесоветров Глеб Ильич")
    page = asked(bare.fill(DETENTION, name="Глебушка Лесоветров"))
    answer = send(bare, page, who=str(one))
    assert record_of(answer.location) == one
    assert detentions(bare, one) == 2
    shown = bare.page(f"/people/{one}")
    assert "<h1>Лесоветров Глеб Ильич</h1>" in shown.html
    assert "Глебушка Лесоветров" in shown.text
    again = send(bare, page, who=str(one))
    assert again.status_code == 303
    assert "saved=again" in again.location
    assert detentions(bare, one) == 2


def test_somebody_else_is_recorded_and_remembered(bare: Site) -> None:
    one = detain(bare.tracker, "Лесоветров Глеб Ильич")
    answer = send(bare, asked(bare.fill(DETENTION, name="Лесоветров Глеб")), who="else")
    new = record_of(answer.location)
    with bare.tracker.views() as db:
        apart = judgements.told_apart(db)
    assert [(pair.low, pair.high) for pair in apart] == [tuple(sorted((one.bytes, new.bytes)))]
    assert pairs(bare.page("/likely")) == []
    assert {str(one), str(new)} in pairs(bare.page("/likely?list=apart"))


def test_a_release_of_somebody_who_is_held_ends_that_detention(bare: Site) -> None:
    one = detain(bare.tracker, "Лесоветров Глеб Ильич")
    page = asked(bare.fill(RELEASE, name="Лесоветров Глеб", kind="without_protocol"))
    assert record_of(send(bare, page, RELEASE, who=str(one)).location) == one
    before = bare.recorded()
    assert record_of(send(bare, page, RELEASE, who=str(one)).location) == one
    assert bare.recorded() == before, "sent twice, recorded once"
    with bare.tracker.views() as db:
        (custody,) = case_files.detentions_of(db, [one.bytes])
    assert custody.freed_by


def test_a_release_that_tells_more_of_the_detention_loses_none_of_it(bare: Site) -> None:
    one = detain(bare.tracker, "Лесоветров Глеб Ильич")
    page = asked(bare.fill(RELEASE, name="Лесоветров Глеб", kind="without_protocol", words="Держали во дворе."))
    send(bare, page, RELEASE, who=str(one))
    assert detentions(bare, one) == 2
    assert "Держали во дворе" in bare.page(f"/people/{one}").text


def test_another_name_is_asked_about_anew(bare: Site) -> None:
    detain(bare.tracker, "Лесоветров Глеб Ильич")
    detain(bare.tracker, "Тихозёров Олег")
    page = asked(bare.fill(DETENTION, name="Лесоветров Глеб"))
    assert "Тихозёров" in asked(send(bare, page, name="Олег Тихозёров")).text


@pytest.mark.parametrize("name", ["", "Глеб", "Лесоветров Глеб Олегович", "Лесоветрова Глафира", "Тихозёров Глеб"])
def test_nobody_is_asked_about_a_name_that_is_nobodys_on_file(bare: Site, name: str) -> None:
    detain(bare.tracker, "Лесоветров Глеб Ильич")
    assert bare.fill(DETENTION, name=name, place="Moscow").status_code == 303


def test_a_form_sent_twice_is_not_asked_whether_its_person_is_the_one_it_just_recorded(bare: Site) -> None:
    values = {**bare.page(DETENTION).fields, "name": "Лесоветров Глеб"}
    assert bare.post(DETENTION, values).status_code == 303
    assert "saved=again" in bare.post(DETENTION, values).location


def test_of_people_whose_files_the_monitor_may_not_open_nothing_is_told(bare: Site) -> None:
    """The same answer as if nobody were on file; the coordinators' list has the pair."""
    one = detain(bare.tracker, "Лесоветров Глеб Ильич", city=PETERSBURG)
    monitor = bare.signed_in_as(Role.MONITOR)
    assert monitor.account is not None
    watch_moscow(bare, monitor)
    answer = monitor.fill(DETENTION, name="Лесоветров Глеб Ильич", place="Moscow")
    assert answer.status_code == 303
    assert str(one) not in answer.get_data(as_text=True)
    assert {str(one), str(record_of(answer.location))} in pairs(bare.page("/likely"))
    # the control: in the city that is watched the same name is asked about
    detain(bare.tracker, "Тихозёров Олег", city=MOSCOW)
    asked(monitor.fill(DETENTION, name="Тихозёров Олег", place="Moscow"))


def test_a_monitor_cannot_choose_or_tell_apart_whom_they_may_not_see(bare: Site) -> None:
    one = detain(bare.tracker, "Лесоветров Глеб Ильич", city=PETERSBURG)
    monitor = bare.signed_in_as(Role.MONITOR)
    watch_moscow(bare, monitor)
    fields = {**monitor.page(DETENTION).fields, "name": "Лесоветров Глеб", "who.asked": "Лесоветров Глеб", "place": "Moscow"}
    before = bare.recorded()
    assert monitor.post(DETENTION, {**fields, "who": str(one)}).status_code == 422
    assert monitor.post(DETENTION, {**fields, "who": str(new_id())}).status_code == 422
    assert bare.recorded() == before
    assert monitor.post(DETENTION, {**fields, "who": "else", "who.shown": str(one)}).status_code == 303
    entries = [kind for person in (one,) for kind in bare.tracker.casebook.standing(Person, person).entries.values()]
    assert Person.ToldApart not in entries
    with bare.tracker.views() as db:
        assert judgements.told_apart(db) == []


def watch_moscow(bare: Site, monitor: Site) -> None:
    assert monitor.account is not None
    bare.tracker.vault.accounts.change_role(monitor.account, Role.MONITOR, [MOSCOW])


def test_a_place_that_was_chosen_among_several_is_not_asked_for_again(bare: Site) -> None:
    detain(bare.tracker, "Лесоветров Глеб Ильич")
    page = Page(bare.fill(DETENTION, name="Лесоветров Глеб", place="Кировск").get_data(as_text=True))
    choices = re.findall(r'name="place.chosen" value="([^"]+)"', page.html)
    assert len(choices) > 2
    page = asked(bare.post(DETENTION, {**page.fields, "place.chosen": choices[0]}))
    before = bare.recorded()
    assert send(bare, page, who="else").status_code == 303
    assert bare.recorded() > before


def test_it_is_asked_in_both_languages(site: Site) -> None:
    page = Page(site.fill(DETENTION, name="Testova Ella" if site.language == "en" else "Тестова Элла").get_data(as_text=True))
    words = {"en": "Is it one of these people?", "ru": "Это кто-то из этих людей?"}[site.language]
    assert words in page.text, page.text
    question = page.html.split('class="choices is-it"')[1].split("</fieldset>")[0]
    if site.language == "ru":
        assert not re.search("[A-Za-z]{3}", re.sub(r"<[^>]*>|[0-9a-f]{8}", "", question))


def test_the_detention_of_the_form_is_what_is_recorded(bare: Site) -> None:
    one = detain(bare.tracker, "Лесоветров Глеб Ильич")
    page = asked(bare.fill(DETENTION, name="Лесоветров Глеб"))
    send(bare, page, who=str(one))
    detention = bare.tracker.casebook.standing(Detention, record_of(page.fields["record"][0]))
    assert detention.person == one
