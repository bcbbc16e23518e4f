"""A detention that belongs to another protest, and one that turns out to be of several people: the numbers follow."""

from uuid import UUID

import pytest

from domain.detention import Detention
from domain.record import new_id
from projections import case_files, heatmap
from tests.web.site import Site, record_of
from web.access.roles import Role


def protest(desk: Site, day: str) -> UUID:
    return record_of(desk.fill("/protests/new", when=day, place="Moscow").location)


def detained_at(desk: Site, protest: UUID) -> int:
    with desk.tracker.views() as db:
        return heatmap.detained_at(db, [protest.bytes])[protest.bytes].low


def detention(desk: Site, **facts: str) -> UUID:
    detention = new_id()
    form = {**desk.page("/detentions/new").fields, "record": str(detention), **facts}
    assert desk.post("/detentions/new", form).status_code == 303
    return detention


def test_the_numbers_of_both_protests_follow_a_detention(desk: Site) -> None:
    one, other, far = protest(desk, "24.02.2022"), protest(desk, "25.02.2022"), protest(desk, "24.05.2022")
    held = detention(desk, protest=str(one), when="24.02.2022 19:40", place="Moscow")
    form = desk.page(f"/detentions/{held}/move")
    assert form.fields["protest"] == [str(one)]
    assert str(other) in form.html, "of the days around"
    assert str(far) not in form.html
    assert desk.fill(f"/detentions/{held}/move", protest=str(other), because="mistake").status_code == 303
    assert (detained_at(desk, one), detained_at(desk, other)) == (0, 1)
    pasted = {"protest.pasted": f"http://127.0.0.1/protests/{far}"}
    form = desk.page(f"/detentions/{held}/move")
    assert desk.post(f"/detentions/{held}/move", {**form.fields, **pasted, "because": "mistake"}).status_code == 303
    assert (detained_at(desk, other), detained_at(desk, far)) == (0, 1)
    assert desk.fill(f"/detentions/{held}/move", protest="", because="mistake").status_code == 303
    assert detained_at(desk, far) == 0
    restated = list(desk.tracker.log.of([held]))[-1].event
    assert isinstance(restated, Detention.Corrected)
    assert restated.restated.when.words is not None, "and nothing else was changed"


def test_a_reason_is_asked_for_and_a_protest_that_is_there(desk: Site) -> None:
    held = detention(desk, place="Moscow")
    before = desk.recorded()
    assert desk.fill(f"/detentions/{held}/move", protest="", because="").status_code == 422
    form = desk.page(f"/detentions/{held}/move").fields
    for pasted in (str(new_id()), "no number"):
        answer = desk.post(f"/detentions/{held}/move", {**form, "protest.pasted": pasted, "because": "mistake"})
        assert answer.status_code == 422
        assert 'id="protest.wrong"' in answer.get_data(as_text=True)
    assert desk.recorded() == before


def test_an_incident_and_a_report_move_as_well(desk: Site) -> None:
    to = protest(desk, "26.02.2022")
    for path in (f"/incidents/{desk.seeded.incident}", f"/reports/{desk.seeded.report}"):
        assert desk.fill(f"{path}/move", protest=str(to), because="new_information").status_code == 303
        assert list(desk.tracker.log.of([record_of(path)]))[-1].event.restated.protest == to  # type: ignore[attr-defined]


@pytest.fixture
def unnamed(desk: Site) -> tuple[UUID, UUID]:
    """Somebody unnamed, brought to a station from a protest, and the protest."""
    at = protest(desk, "24.02.2022")
    held = detention(desk, protest=str(at), when="24.02.2022 19:40", place="Moscow", reference="call 9", words="beaten")
    desk.fill(f"/detentions/{held}/add/delivered", place="Тверское")
    return held, at


def people_at(desk: Site, protest: UUID) -> list[UUID]:
    with desk.tracker.views() as db:
        return [UUID(bytes=row.person) for row in case_files.detentions_at(db, protest.bytes)]


def test_one_entry_becomes_several_people_held_alike(desk: Site, unnamed: tuple[UUID, UUID]) -> None:
    held, at = unnamed
    answer = desk.fill(f"/detentions/{held}/split", further="2", names="Odinov Oleg")
    assert answer.status_code == 303
    first, named, nameless = people_at(desk, at)
    assert detained_at(desk, at) == 3
    page = desk.page(answer.location)
    for person in (named, nameless):
        assert person.hex[-8:] in page.text, "the first says where the others are"
    assert "several people in one entry" in page.text
    shown = desk.page(f"/people/{named}")
    assert "Odinov Oleg" in shown.text
    assert f"told apart from the file {first.hex[-8:]}" in shown.text
    assert "call 9" in shown.text
    assert "24 February 2022, 19:40" in shown.text
    assert "beaten" not in shown.text, "what was done to the first is told of the first"
    with desk.tracker.views() as db:
        stations = {row.station for row in case_files.detentions_at(db, at.bytes)}
    assert len(stations) == 1
    assert "Name not known" in desk.page(f"/people/{nameless}").text


def test_the_same_form_twice_is_one_and_too_many_are_refused(desk: Site, unnamed: tuple[UUID, UUID]) -> None:
    held, at = unnamed
    form = {**desk.page(f"/detentions/{held}/split").fields, "further": "1"}
    assert desk.post(f"/detentions/{held}/split", {**form, "names": "A\n" * 10}).status_code == 422
    for _ in range(2):
        assert desk.post(f"/detentions/{held}/split", form).status_code == 303
    assert len(people_at(desk, at)) == 2


def test_it_is_offered_where_nobody_knows_the_name(desk: Site, unnamed: tuple[UUID, UUID]) -> None:
    held, at = unnamed
    (person,) = people_at(desk, at)
    assert f"/detentions/{held}/split" in desk.page(f"/people/{person}").links
    desk.fill(f"/people/{person}/add/named", name="Znakomov", kind="full")
    assert f"/detentions/{held}/split" not in desk.page(f"/people/{person}").links
    assert desk.signed_in_as(Role.LAWYER).get(f"/detentions/{held}/split").status_code == 403


def test_somebody_who_changed_it_meanwhile_is_seen(desk: Site, unnamed: tuple[UUID, UUID]) -> None:
    held, at = unnamed
    form = desk.page(f"/detentions/{held}/split").fields
    desk.fill(f"/detentions/{held}/entries/1/correct", minor="yes", because="new_information")
    answer = desk.post(f"/detentions/{held}/split", {**form, "names": "Odinov"})
    assert answer.status_code == 409
    assert "Odinov" in answer.get_data(as_text=True)
    assert len(people_at(desk, at)) == 1
