"""A case is opened against several people in one go, and what happens to a hearing is said of the hearing that is meant."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from domain.moment import When
from domain.proceeding import Proceeding
from domain.record import new_id
from tests.trackers import clock
from tests.web.forgetting.homes import approved, entry
from tests.web.seeding import opened
from tests.web.shared_cases import case_against, person
from tests.web.site import Page, Site, account_of, record_of
from web import create_app
from web.access.roles import Role
from web.forgetting.carrying_out import carry_out

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


@pytest.fixture
def home(tmp_path: Path, places: Path) -> Iterator[Site]:
    """An installation in which nothing was recorded."""
    with opened(tmp_path / "home", places) as tracker:
        yield Site(tracker, create_app(tracker), None)  # type: ignore[arg-type]


@pytest.fixture
def three(home: Site) -> tuple[UUID, UUID, UUID]:
    found = person(home, "Perveyev Ilya"), person(home, "Vtorova Anna"), person(home, "Tretyev Oleg")
    home.tracker.bring_up_to_date()
    return found


def test_one_form_opens_one_case_against_everybody_who_was_chosen(home: Site, three: tuple[UUID, UUID, UUID]) -> None:
    first, second, third = three
    path, before = f"/people/{first}/proceedings/new", home.recorded()
    form = home.page(path)
    assert "Vtorova Anna" in form.text
    assert "Perveyev Ilya ·" not in form.text, "the person of the file is in it already"
    told = {"kind": "administrative", "article": "koap-20.2-5", "others": [str(second)], "case_number": "5-7"}
    done = home.fill(path, **told, others__pasted=f"http://127.0.0.1:8080/people/{third}\n")
    assert home.recorded() == before + 1
    case = home.tracker.casebook.standing(Proceeding, record_of(done.location))
    assert case.founders == (first, second, third)
    assert "5-7" in home.page(done.location).text
    for one in three:
        assert "5-7" in home.page(f"/people/{one}").text
    values = {**form.fields, "kind": ["criminal"], "others": [str(second)]}
    again = [home.post(path, values).location for _ in range(2)]
    assert again[0].partition("?")[0] == again[1].partition("?")[0]
    assert home.recorded() == before + 2, "sent twice, recorded once"


def test_nobody_is_drawn_into_a_case_whose_file_the_reader_may_not_open(home: Site, three: tuple[UUID, UUID, UUID]) -> None:
    first, second, _ = three
    lawyer = account_of(home.tracker, Role.LAWYER)
    home.tracker.catch_up(home.tracker.casebook.assign_counsel(entry(home.tracker), first, counsel=lawyer))
    reading, before = home.signed_in_as(Role.LAWYER), home.recorded()
    path = f"/people/{first}/proceedings/new"
    assert "Vtorova" not in reading.page(path).html
    for way in ({"others": [str(second)]}, {"others__pasted": str(second)}, {"others__pasted": str(new_id())}):
        answer = reading.fill(path, article="uk-318", **way)
        page = Page(answer.get_data(as_text=True))
        assert answer.status_code == 422
        assert 'id="others.wrong"' in page.html
        assert page.fields["article"] == ["uk-318"]
    assert home.recorded() == before


@pytest.mark.parametrize("wrong", ["the person of the file", "two files of one person", "no number", "somebody forgotten"])
def test_whoever_cannot_be_in_it_brings_the_form_back(home: Site, three: tuple[UUID, UUID, UUID], wrong: str) -> None:
    first, second, third = three
    if wrong == "two files of one person":
        home.tracker.casebook.find_to_be(entry(home.tracker), first, other=second)
    if wrong == "somebody forgotten":
        carry_out(home.tracker, entry(home.tracker), third, approved(home.tracker, third))
    home.tracker.bring_up_to_date()
    said = {
        "the person of the file": str(first),
        "two files of one person": str(second),
        "no number": "Vtorova",
        "somebody forgotten": str(third),
    }[wrong]
    before = home.recorded()
    answer = home.fill(f"/people/{first}/proceedings/new", article="uk-318", others__pasted=said)
    assert answer.status_code == 422
    assert said in Page(answer.get_data(as_text=True)).fields["others.pasted"]
    assert home.recorded() == before


def hearing_of(home: Site, case: UUID) -> Any:
    """What was said last of the case."""
    return home.tracker.log.at([home.recorded()])[home.recorded()].event


def with_hearings(home: Site, *persons: UUID) -> UUID:
    """A case with a hearing on 7 March at 15:00, one set after it that is sooner, and one of an appeal."""
    case, book = case_against(home, *persons), home.tracker.casebook
    book.set_hearing(entry(home.tracker), case, due=clock(7, 12), kind="remand")
    book.set_hearing(entry(home.tracker), case, due=clock(20, 10), kind="appeal", person=persons[-1])
    home.tracker.bring_up_to_date()
    return case


@pytest.mark.parametrize("name", ["hearing-held", "hearing-moved"])
def test_the_next_hearing_is_proposed_and_another_can_be_chosen(home: Site, three: tuple[UUID, UUID, UUID], name: str) -> None:
    case = with_hearings(home, three[0])
    page = home.page(f"/proceedings/{case}/add/{name}")
    assert "the next one: 7 March 2022, 12:00, on custody before a judgment" in page.text
    assert "7 March 2022, 15:00" in page.text
    assert home.fill(f"/proceedings/{case}/add/{name}", person=str(three[0])).status_code == 303
    assert hearing_of(home, case).hearing == 3, "the next, not the one that was set last"
    assert home.fill(f"/proceedings/{case}/add/{name}", person=str(three[0]), hearing="4").status_code == 303
    assert hearing_of(home, case).hearing == 4


def test_a_hearing_that_was_held_or_withdrawn_is_not_offered(home: Site, three: tuple[UUID, UUID, UUID]) -> None:
    case, book, path = with_hearings(home, three[0]), home.tracker.casebook, "add/hearing-held"
    book.hold_hearing(entry(home.tracker), case, hearing=3, when=clock(7, 12))
    book.withdraw(Proceeding, entry(home.tracker), case, 4, because="mistake")
    home.tracker.bring_up_to_date()
    page = home.page(f"/proceedings/{case}/{path}")
    assert "the next one: 7 March 2022, 15:00" in page.text
    for gone in ("12:00", "of an appeal"):
        assert gone not in page.text
    book.hold_hearing(entry(home.tracker), case, hearing=2)
    home.tracker.bring_up_to_date()
    assert "Which hearing" not in home.page(f"/proceedings/{case}/{path}").text
    assert home.fill(f"/proceedings/{case}/{path}", person=str(three[0])).status_code == 303
    assert hearing_of(home, case).hearing is None, "one nobody had told of"


def test_a_moved_hearing_is_offered_at_its_new_time(home: Site, three: tuple[UUID, UUID, UUID]) -> None:
    case = with_hearings(home, three[0])
    home.tracker.casebook.move_hearing(entry(home.tracker), case, hearing=3, due=clock(9, 9))
    home.tracker.bring_up_to_date()
    text = home.page(f"/proceedings/{case}/add/hearing-held").text
    assert "the next one: 7 March 2022, 15:00" in text
    assert "9 March 2022, 9:00, on custody" in text or "9 March 2022, 09:00, on custody" in text


def test_of_several_people_the_next_is_that_of_whom_it_concerns(home: Site, three: tuple[UUID, UUID, UUID]) -> None:
    first, second, _ = three
    case, book = new_id(), home.tracker.casebook
    book.open_proceeding(replace(entry(home.tracker), command=case), case, persons=(first, second))
    book.set_hearing(entry(home.tracker), case, due=clock(7, 12), person=first)
    book.set_hearing(entry(home.tracker), case, due=clock(8, 12), person=second)
    home.tracker.bring_up_to_date()
    path = f"/proceedings/{case}/add/hearing-held"
    assert "Vtorova Anna" in home.page(path).text
    refused = home.fill(path, person=str(second), hearing="2")
    assert refused.status_code == 422
    assert 'id="hearing.wrong"' in refused.get_data(as_text=True)
    for who, number in ((second, 3), (first, 2)):
        assert home.fill(path, person=str(who)).status_code == 303
        assert hearing_of(home, case).hearing == number


def test_what_others_record_meanwhile_does_not_turn_the_proposed_hearing_into_another(
    home: Site, three: tuple[UUID, UUID, UUID]
) -> None:
    case = with_hearings(home, three[0])
    path = f"/proceedings/{case}/add/hearing-held"
    fields = home.page(path).fields
    home.tracker.casebook.hold_hearing(entry(home.tracker), case, hearing=3)
    home.tracker.bring_up_to_date()
    assert home.post(path, {**fields, "person": str(three[0]), "outcome": "adjourned"}).status_code == 303
    assert hearing_of(home, case).hearing == 3, "a second report of the same hearing"


@pytest.mark.parametrize("name", ["hearing-set", "hearing-moved"])
@pytest.mark.parametrize("back", [1, 40, 300])
def test_a_day_in_court_that_is_told_without_its_year_is_never_taken_for_one_that_is_over(
    home: Site, three: tuple[UUID, UUID, UUID], name: str, back: int
) -> None:
    """Who is told of a hearing reads "1 December" as the next one; recorded as the last it is on no desk and in no calendar."""
    path = f"/proceedings/{with_hearings(home, three[0])}/add/{name}"
    day = datetime.now(UTC).date() - timedelta(days=back)
    before = home.recorded()
    for words in (f"{day:%d.%m} 10:30", f"{day.day} {MONTHS[day.month - 1]} в 10:30"):
        refused = home.fill(path, person=str(three[0]), due=words)
        assert refused.status_code == 422
        assert f"would be {day}, which is over" in refused.get_data(as_text=True)
    assert home.recorded() == before
    assert home.fill(path, person=str(three[0]), due=f"{day:%d.%m.%Y} 10:30").status_code == 303, "told late, with its year"


@pytest.mark.parametrize("words", ["on Monday at 10:30", "в пятницу в 10:30"])
def test_a_weekday_of_a_hearing_is_not_taken_for_the_last_one(home: Site, three: tuple[UUID, UUID, UUID], words: str) -> None:
    path = f"/proceedings/{with_hearings(home, three[0])}/add/hearing-set"
    assert home.fill(path, person=str(three[0]), due=words).status_code == 422


def test_a_file_and_a_case_tell_the_hearing_that_is_next_at_the_time_it_was_moved_to(
    home: Site, three: tuple[UUID, UUID, UUID]
) -> None:
    """Not the one set last, not the latest, not where it was before, none that was held and none of a co-defendant."""
    first, second, _ = three
    case, book, now = case_against(home, first, second), home.tracker.casebook, datetime.now(UTC)

    def on(days: int) -> When:
        return When.at(now.replace(hour=7, minute=0, second=0) + timedelta(days=days), "Europe/Moscow")

    def told(day: When) -> str:
        there = day.earliest.astimezone(ZoneInfo("Europe/Moscow"))
        return f"{there.day} {there:%B %Y}"

    book.set_hearing(entry(home.tracker), case, due=on(300), kind="appeal", person=first)
    book.set_hearing(entry(home.tracker), case, due=on(200), kind="remand", person=first)
    book.set_hearing(entry(home.tracker), case, due=on(5), person=second)
    book.set_hearing(entry(home.tracker), case, due=on(40), kind="other", person=first)
    book.hold_hearing(entry(home.tracker), case, hearing=6, person=first, when=clock(8, 10))
    book.move_hearing(entry(home.tracker), case, hearing=4, due=on(90), person=first)
    home.tracker.bring_up_to_date()
    for path in (f"/people/{first}", f"/proceedings/{case}"):
        text = home.page(path).text
        assert f"a hearing is due {told(on(90))}, 10:00, on custody before a judgment" in text, text[text.find("Stage") :][:200]
    file = home.page(f"/people/{first}").text
    answer = file.partition("Next")[2].partition("Record")[0]
    assert f"{told(on(90))} at 10:00: hearing, on custody before a judgment" in answer
    assert told(on(5)) not in file
