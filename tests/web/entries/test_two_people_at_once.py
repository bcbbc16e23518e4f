"""Two people at once: the second to save is told what the first did, and nothing of either is lost."""

from uuid import UUID

import pytest

from domain.detention import Detention
from domain.record import new_id
from projections import case_files
from tests.web.site import Page, Site, record_of
from web.access.roles import Role


@pytest.fixture
def protest(desk: Site) -> str:
    """A protest with one estimate and one count."""
    protest = record_of(desk.fill("/protests/new", when="24.02.2022", place="Moscow").location)
    desk.fill(f"/protests/{protest}/add/detentions-counted", count="7")
    desk.fill(f"/protests/{protest}/add/crowd-estimated", count="300")
    return f"/protests/{protest}"


@pytest.fixture
def other(desk: Site) -> Site:
    """A colleague in another browser."""
    return desk.signed_in_as(Role.MONITOR)


def test_the_second_to_save_is_shown_both_and_saves_again(desk: Site, other: Site, protest: str) -> None:
    path = f"{protest}/entries/2/correct"
    form = desk.page(path).fields
    other.fill(path, count="44", when="24.02.2022 20:15", because="new_information", reason_words="the duty officer called")
    before = desk.recorded()
    answer = desk.post(path, {**form, "count": "50", "place": "Moscow", "because": "mistake", "reason_words": "misheard"})
    page = Page(answer.get_data(as_text=True))
    assert (answer.status_code, desk.recorded()) == (409, before)
    assert page.fields["count"] == ["50"], "what was typed is kept"
    assert page.fields["reason_words"] == ["misheard"]
    assert page.fields["when"] == ["24.02.2022 20:15"], "what only the other changed is taken over"
    for told in ("the duty officer called", "7 people detained", "44 people detained", "Taken over from the other", "100"):
        assert told in page.text, told
    undecided = desk.post(path, {**page.fields})
    assert (undecided.status_code, desk.recorded()) == (422, before), "both changed the number: somebody has to choose"
    assert Page(undecided.get_data(as_text=True)).fields["count"] == ["50"]
    saved = desk.post(path, {**page.fields, "count.settled": "mine"})
    assert saved.status_code == 303, Page(saved.get_data(as_text=True)).text
    restated = list(desk.tracker.log.of([record_of(protest)]))[-1].event.restated  # type: ignore[attr-defined]
    assert (restated.count.low, restated.when.words) == (50, "24.02.2022 20:15")
    assert restated.place.city is not None, "and what only this one changed is kept"


def test_the_others_word_may_be_chosen(desk: Site, other: Site, protest: str) -> None:
    path = f"{protest}/entries/3/correct"
    form = desk.page(path).fields
    other.fill(path, count="500", because="new_information")
    page = Page(desk.post(path, {**form, "count": "900", "because": "mistake"}).get_data(as_text=True))
    assert desk.post(path, {**page.fields, "count.settled": "theirs"}).status_code == 303
    assert list(desk.tracker.log.of([record_of(protest)]))[-1].event.restated.count.low == 500  # type: ignore[attr-defined]


def test_a_third_in_between_is_told_as_well(desk: Site, other: Site, protest: str) -> None:
    path = f"{protest}/entries/2/correct"
    form = desk.page(path).fields
    other.fill(path, count="44", because="mistake")
    page = Page(desk.post(path, {**form, "count": "50", "because": "mistake"}).get_data(as_text=True))
    other.fill(path, count="45", because="mistake")
    again = desk.post(path, {**page.fields, "count.settled": "theirs"})
    assert again.status_code == 409
    assert "45 people detained" in Page(again.get_data(as_text=True)).text


@pytest.fixture
def sources(desk: Site) -> tuple[str, str, str]:
    """Three sources on file."""
    at = [desk.fill("/sources/new", kind="media", name=name).location for name in ("Wharf Courier", "Quay Gazette", "Pier Post")]
    return at[0].split("/sources/")[1][:36], at[1].split("/sources/")[1][:36], at[2].split("/sources/")[1][:36]


def test_who_says_so_is_taken_over_where_only_the_other_changed_it(
    desk: Site, other: Site, protest: str, sources: tuple[str, str, str]
) -> None:
    path = f"{protest}/entries/2/correct"
    desk.fill(path, origin=sources[0], because="mistake")
    form = desk.page(path).fields
    other.fill(path, origin__pasted=sources[1], because="new_information")
    page = Page(desk.post(path, {**form, "count": "50", "because": "mistake"}).get_data(as_text=True))
    assert "Taken over from the other, because you had left it as it was: Source on file" in page.text
    assert desk.post(path, page.fields).status_code == 303
    restated = list(desk.tracker.log.of([record_of(protest)]))[-1].event.restated  # type: ignore[attr-defined]
    assert (restated.count.low, str(restated.source.origin)) == (50, sources[1])


@pytest.mark.parametrize(
    ("mine", "chosen", "stands"), [("origin", "mine", 2), ("origin", "theirs", 1), ("origin.name", "mine", None)]
)
def test_who_says_so_is_chosen_where_both_changed_it(
    desk: Site, other: Site, protest: str, sources: tuple[str, str, str], mine: str, chosen: str, stands: int | None
) -> None:
    path = f"{protest}/entries/2/correct"
    desk.fill(path, origin=sources[0], because="mistake")
    form = desk.page(path).fields
    other.fill(path, origin__pasted=sources[1], because="new_information")
    before = desk.recorded()
    typed = {mine: sources[2] if stands is not None else "Buoy Bulletin", "because": "mistake"}
    answer = desk.post(path, {**form, **typed})
    page = Page(answer.get_data(as_text=True))
    assert (answer.status_code, desk.recorded()) == (409, before)
    assert "When you opened it: Wharf Courier" in page.text
    assert "as the other wrote it: Quay Gazette" in page.text
    assert desk.post(path, page.fields).status_code == 422, "somebody has to choose"
    assert desk.post(path, {**page.fields, "origin.settled": chosen}).status_code == 303
    restated = list(desk.tracker.log.of([record_of(protest)]))[-1].event.restated  # type: ignore[attr-defined]
    origin = str(restated.source.origin)
    assert origin == sources[stands] if stands is not None else origin not in sources


def test_a_change_of_another_entry_is_no_conflict_and_is_told_on_the_next_page(desk: Site, other: Site, protest: str) -> None:
    path = f"{protest}/entries/2/correct"
    form = desk.page(path).fields
    other.fill(f"{protest}/entries/3/correct", count="500", because="mistake")
    other.fill(f"{protest}/add/ended", kind="by_itself")
    answer = desk.post(path, {**form, "count": "50", "because": "mistake"})
    assert answer.status_code == 303
    told = desk.page(answer.location).text.partition("Meanwhile recorded by others")[2]
    assert "500 people" in told
    assert "ended by itself" in told
    assert "Meanwhile" not in desk.page(protest).text, "and on no other page"


def test_what_was_added_meanwhile_is_told_to_who_adds(desk: Site, other: Site, protest: str) -> None:
    path = f"{protest}/add/detentions-counted"
    form = desk.page(path).fields
    other.fill(path, count="12")
    answer = desk.post(path, {**form, "count": "20"})
    assert answer.status_code == 303
    assert "12 people detained" in desk.page(answer.location).text.partition("Meanwhile recorded by others")[2]


def test_a_form_sent_twice_is_no_conflict_with_itself(desk: Site, protest: str) -> None:
    path = f"{protest}/entries/2/correct"
    form = {**desk.page(path).fields, "count": "50", "because": "mistake"}
    assert "saved=new" in desk.post(path, form).location
    before = desk.recorded()
    assert "saved=again" in desk.post(path, form).location
    assert desk.recorded() == before


def test_withdrawing_what_was_corrected_meanwhile_asks_once(desk: Site, other: Site, protest: str) -> None:
    path = f"{protest}/entries/2/withdraw"
    form = desk.page(path).fields
    other.fill(f"{protest}/entries/2/correct", count="44", because="mistake")
    answer = desk.post(path, {**form, "because": "duplicate", "reason_words": "twice"})
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert page.fields["reason_words"] == ["twice"]
    assert "44 people detained" in page.text
    assert desk.post(path, page.fields).status_code == 303


def test_a_correction_of_what_was_withdrawn_meanwhile_can_bring_it_back(desk: Site, other: Site, protest: str) -> None:
    path = f"{protest}/entries/2/correct"
    form = desk.page(path).fields
    other.fill(f"{protest}/entries/2/withdraw", because="duplicate")
    answer = desk.post(path, {**form, "count": "50", "because": "mistake"})
    page = Page(answer.get_data(as_text=True))
    assert answer.status_code == 409
    assert f'action="{protest}/entries/2/reinstate"' in page.html
    assert page.fields["count"] == ["50"]
    assert desk.post(f"{protest}/entries/2/reinstate", page.fields).status_code == 303
    shown = desk.page(protest)
    assert "50 people detained" in shown.text


@pytest.mark.parametrize("read", ["", "-1", "999999999", "9" * 40, "x", "0"])
def test_a_number_that_was_tampered_with_breaks_nothing(desk: Site, protest: str, read: str) -> None:
    path = f"{protest}/entries/2/correct"
    form = {**desk.page(path).fields, "count": "50", "because": "mistake", "read": read, "clash": [f"count@{read}", "@", "x@1"]}
    assert desk.post(path, form).status_code in (303, 422)
    assert desk.post(path, {**form, "command": str(new_id())}).status_code in (303, 409, 422)


def test_words_a_monitor_cannot_read_are_no_change_of_theirs(desk: Site, other: Site) -> None:
    """Left alone, the words stay, whatever a colleague made of the entry meanwhile."""
    person = record_of(desk.fill("/detentions/new", name="Testov", words="secret", place="Moscow", kind="x").location)
    with desk.tracker.views() as db:
        (row,) = case_files.detentions_of(db, [person.bytes])
    path = f"/detentions/{UUID(bytes=row.detention)}/entries/1/correct"
    form = other.page(path).fields
    desk.fill(path, words="another secret", because="new_information")
    page = Page(other.post(path, {**form, "minor": "yes", "because": "mistake"}).get_data(as_text=True))
    assert "secret" not in page.text
    assert other.post(path, page.fields).status_code == 303
    restated = list(desk.tracker.log.of([record_of(path)]))[-1].event.restated  # type: ignore[attr-defined]
    assert isinstance(restated, Detention.Recorded)
    assert desk.tracker.vault.open(restated.words) == "another secret"  # type: ignore[arg-type]
    assert restated.minor == "yes"
