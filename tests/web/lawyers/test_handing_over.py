"""Hand-over between lawyers: some or all of one's people, with a reason, once, and effective at once."""

from datetime import timedelta
from typing import Any

from domain.person import Person
from tests.web.lawyers.conftest import Chambers
from tests.web.site import Page
from web.access.roles import Role

ILL = {"ground": "unavailable"}
HOUR = timedelta(hours=1)


def path(chambers: Chambers) -> str:
    return f"/lawyers/{chambers.lawyer}/hand-over"


def sent(chambers: Chambers, **values: Any) -> Any:
    return chambers.site.fill(path(chambers), **{"counsel": str(chambers.colleague), **ILL, **values})


def test_those_marked_are_the_colleagues_and_the_others_stay(chambers: Chambers) -> None:
    first, _ = chambers.held("Sluchaev Nil", HOUR)
    second, _ = chambers.held("Primerova Vera", HOUR)
    answer = sent(chambers, whom="marked", person=[str(first)], words="In hospital until Friday")
    assert answer.status_code == 303
    lawyer, colleague = chambers.browser(chambers.lawyer), chambers.browser(chambers.colleague)
    assert [lawyer.get(f"/people/{one}").status_code for one in (first, second)] == [404, 200]
    told = colleague.page(f"/people/{first}").text
    assert "The file was given to a lawyer: ill, away or out of reach." in told
    assert "In hospital until Friday" in told
    assert colleague.get(f"/people/{second}").status_code == 404


def test_everybody_is_handed_over_with_all_files_of_each_once(chambers: Chambers) -> None:
    chambers.give(chambers.site.seeded.merged)
    chambers.give(chambers.site.seeded.other)  # found to be the same person
    person, _ = chambers.held("Sluchaev Nil", HOUR)
    form = {**chambers.site.page(path(chambers)).fields, "whom": "everybody", "counsel": str(chambers.colleague), **ILL}
    assert chambers.site.post(path(chambers), form).status_code == 303
    before = chambers.site.recorded()
    again = chambers.site.post(path(chambers), form)
    assert again.status_code == 303
    assert "saved=again" in again.location
    assert chambers.site.recorded() == before
    colleague = chambers.browser(chambers.colleague)
    for one in (person, chambers.site.seeded.merged, chambers.site.seeded.other):
        assert colleague.get(f"/people/{one}").status_code == 200
        assert chambers.browser(chambers.lawyer).get(f"/people/{one}").status_code == 404
    assert chambers.tracker.casebook.standing(Person, person).version == 5, "opened, named, given, taken, given"


def test_what_is_missing_is_asked_for_and_nothing_is_recorded(chambers: Chambers) -> None:
    person, _ = chambers.held("Sluchaev Nil", HOUR)
    whole = {"whom": "marked", "person": [str(person)]}
    before = chambers.site.recorded()
    for values, field in (
        ({"whom": "marked"}, "whom"),
        ({**whole, "counsel": ""}, "counsel"),
        ({**whole, "ground": ""}, "ground"),
        ({**whole, "ground": "other"}, "words"),
        ({**whole, "counsel": str(chambers.lawyer)}, "counsel"),
    ):
        answer = sent(chambers, **values)
        assert answer.status_code == 422, field
        page = answer.get_data(as_text=True)
        assert f'id="{field}.wrong"' in page, field
        assert "Nothing was recorded yet." in Page(page).text
    assert chambers.site.recorded() == before


def test_somebody_elses_person_is_not_handed_over(chambers: Chambers) -> None:
    mine, _ = chambers.held("Sluchaev Nil", HOUR)
    foreign, _ = chambers.held("Primerova Vera", HOUR, given=False)
    assert sent(chambers, whom="marked", person=[str(mine), str(foreign)]).status_code == 303
    assert chambers.browser(chambers.colleague).get(f"/people/{foreign}").status_code == 404


def test_people_of_a_closed_account_wait_on_the_list(chambers: Chambers) -> None:
    chambers.held("Sluchaev Nil", HOUR)
    chambers.tracker.door.accounts.end(chambers.lawyer)
    listed = chambers.site.page("/lawyers")
    assert "account ended" in listed.text
    assert f"/lawyers/{chambers.lawyer}/hand-over" in listed.links
    assert sent(chambers, whom="everybody").status_code == 303
    assert f"/lawyers/{chambers.lawyer}/hand-over" not in chambers.site.page("/lawyers").links


def test_only_a_coordinator_hands_over(chambers: Chambers) -> None:
    for role in (Role.LAWYER, Role.MONITOR, Role.JOURNALIST, Role.ADMIN):
        browser = chambers.site.signed_in_as(role)
        for one in ("/lawyers", f"/lawyers/{chambers.lawyer}/desk", path(chambers)):
            assert browser.get(one).status_code == 403, (role, one)
