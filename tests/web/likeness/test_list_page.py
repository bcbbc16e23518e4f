"""The coordinators' list: likely pairs, best first, settled by somebody who says how it is known, and never suggested again."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from domain.person import Person
from domain.record import new_id
from tests.web.seeding import MOSCOW, PETERSBURG, Seeding, clock
from tests.web.site import Page, Site
from web.access.roles import Role
from web.wiring import Tracker


def detain(tracker: Tracker, *names: str, city: int = MOSCOW, hour: int = 20, kinds: Sequence[str] = ()) -> UUID:
    """Somebody is detained on the evening of 6 March; returns the person."""
    to = Seeding(tracker, "en")
    person, detention = new_id(), new_id()
    seal = tracker.vault.mint([person]).seal
    name = seal(person, person, "name", names[0])
    facts: dict[str, Any] = {"when": clock(3, 6, hour), "place": to.place(city)}
    tracker.casebook.record_detention(to.entry(command=detention), detention, person=person, name=name, **facts)
    for other, kind in zip(names[1:], kinds, strict=True):
        tracker.casebook.name_person(to.entry(), person, name=seal(person, person, "name", other), kind=kind)
    tracker.projector.follow()
    return person


def pairs(page: Page) -> list[set[str]]:
    """The files of each pair on the page, in order."""
    cards = page.html.split('<article class="pair">')[1:]
    return [set(re.findall(r'href="/people/([0-9a-f-]{36})"', card)) for card in cards]


def settle(site: Site, one: UUID, other: UUID, **said: str) -> "object":
    token = re.search(r'name="csrf_token" value="([^"]+)"', site.page("/likely").html)
    assert token is not None
    sent = {"csrf_token": token[1], "command": str(new_id()), "one": str(one), "other": str(other), **said}
    return site.post("/likely", sent)


def test_likely_pairs_are_listed_with_reasons_the_likeliest_first(bare: Site) -> None:
    one = detain(bare.tracker, "Лесоветров Глеб Ильич")
    detain(bare.tracker, "Тихозёров Олег")
    other = detain(bare.tracker, "Gleb Lesovetrov", hour=21)
    elsewhere = detain(bare.tracker, "Лесоветров Г.", city=PETERSBURG, hour=12)
    page = bare.page("/likely")
    assert pairs(page)[0] == {str(one), str(other)}
    assert {str(one), str(elsewhere)} in pairs(page)[1:]
    for reason in ("the same surname", "the same first name", "written in", "detained within hours", "in the same city"):
        assert reason in page.text
    assert "Looked at 4 of 4 files" in page.text
    assert "Тихозёров" not in page.text


def test_who_is_ruled_out_is_not_suggested_and_shown_on_request_with_the_veto(bare: Site) -> None:
    one, other = detain(bare.tracker, "Лесоветров Глеб Ильич"), detain(bare.tracker, "Лесоветров Глеб Олегович")
    assert pairs(bare.page("/likely")) == []
    page = bare.page("/likely?list=ruled-out")
    assert pairs(page) == [{str(one), str(other)}]
    assert "another patronymic" in page.text


def test_a_maiden_name_on_file_leads_to_the_pair(bare: Site) -> None:
    one = detain(bare.tracker, "Лесоветрова Анна Ильинична", "Тихозёрова Анна", kinds=["former"])
    other = detain(bare.tracker, "Анна Тихозёрова")
    assert pairs(bare.page("/likely")) == [{str(one), str(other)}]
    detain(bare.tracker, "Тихозёрова Анна Олеговна")
    assert {str(one), str(other)} in pairs(bare.page("/likely"))
    assert len(pairs(bare.page("/likely"))) == 2, "her other patronymic rules the third file out for the first one alone"


def test_the_same_person_is_recorded_with_how_it_is_known_and_leaves_the_list(bare: Site) -> None:
    one, other = detain(bare.tracker, "Лесоветров Глеб"), detain(bare.tracker, "Лесоветров Глеб")
    answer = settle(bare, other, one, verdict="same", basis="relative", words="Его мать.")
    assert answer.status_code == 303  # type: ignore[attr-defined]
    assert Person.FoundToBe in bare.tracker.casebook.standing(Person, other).entries.values()
    assert pairs(bare.page("/likely")) == []
    assert "Его мать" in bare.page(f"/people/{one}").text


def test_told_apart_is_remembered_with_every_file_of_either_and_can_be_taken_back(bare: Site) -> None:
    one, other = detain(bare.tracker, "Лесоветров Глеб"), detain(bare.tracker, "Лесоветров Глеб")
    assert settle(bare, other, one, verdict="apart", words="Разный возраст.").status_code == 303  # type: ignore[attr-defined]
    assert pairs(bare.page("/likely")) == []
    third = detain(bare.tracker, "Лесоветров Глеб")
    assert len(pairs(bare.page("/likely"))) == 2
    settle(bare, third, one, verdict="same", basis="document")
    assert pairs(bare.page("/likely")) == [], "who is not one of two files of a person is neither of them"
    page = bare.page("/likely?list=apart")
    assert "Разный возраст" in page.text
    withdraw = next(link for link in page.links if link.endswith("/withdraw"))
    assert bare.fill(withdraw, because="mistake").status_code == 303
    assert len(pairs(bare.page("/likely"))) == 1


@pytest.mark.parametrize(
    "said", [{"verdict": "same"}, {"verdict": "apart", "basis": "document"}, {"verdict": "same", "basis": "x"}]
)
def test_who_does_not_say_how_it_is_known_is_asked_again_with_everything_kept(bare: Site, said: dict[str, str]) -> None:
    one, other = detain(bare.tracker, "Лесоветров Глеб"), detain(bare.tracker, "Лесоветров Глеб")
    before = bare.recorded()
    answer = settle(bare, other, one, **said)
    page = Page(answer.get_data(as_text=True))  # type: ignore[attr-defined]
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Say how it is known" in page.text
    assert page.fields["one"] == [str(other)]
    assert bare.recorded() == before
    assert bare.post("/likely", {**page.fields, "verdict": "apart", "words": "Иной рост."}).status_code == 303


def test_a_corrected_name_changes_the_list(bare: Site) -> None:
    one, other = detain(bare.tracker, "Лесоветров Глеб"), detain(bare.tracker, "Лесоветров Глеб")
    assert len(pairs(bare.page("/likely"))) == 1
    name = bare.tracker.vault.seal(other, other, "name", "Тихозёров Иван")
    bare.tracker.casebook.correct(
        Person, Seeding(bare.tracker, "en").entry(), other, 2, {"name": name, "kind": "full"}, because="mistake"
    )
    bare.tracker.projector.follow()
    assert pairs(bare.page("/likely")) == []
    third = detain(bare.tracker, "Иван Тихозёров")
    assert pairs(bare.page("/likely")) == [{str(other), str(third)}]
    assert str(one) not in bare.page("/likely").html


def test_what_the_list_shows_of_people_is_in_the_access_log(bare: Site) -> None:
    one, other = detain(bare.tracker, "Лесоветров Глеб"), detain(bare.tracker, "Лесоветров Глеб")
    bare.page("/likely")
    page = bare.page(f"/people/{one}/readers").text
    assert "list of files likely of one person" in page
    assert bare.page(f"/people/{other}/readers").text.count("name") >= 1


def test_a_budget_ends_the_look_and_the_page_says_how_far_it_came(bare: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from web.likeness import pairs as module

    for _ in range(3):
        detain(bare.tracker, "Лесоветров Глеб")
    monkeypatch.setattr(module, "AT_ONCE", 1)
    monkeypatch.setattr(module, "BUDGET", 0.0)
    bare.tracker.pairs.look(bare.tracker, 0)
    assert bare.tracker.pairs.looked == 1
    bare.tracker.pairs.look(bare.tracker, 10)
    assert bare.tracker.pairs.is_done
    assert "Looked at 3 of 3 files" in bare.page("/likely").text


def test_forgetting_and_locking_leave_no_pair(bare: Site) -> None:
    one, _ = detain(bare.tracker, "Лесоветров Глеб"), detain(bare.tracker, "Лесоветров Глеб")
    assert len(pairs(bare.page("/likely"))) == 1
    bare.tracker.names.clear()
    assert bare.tracker.pairs.all(bare.tracker) == []
    bare.tracker.vault.forget(one)
    assert pairs(bare.page("/likely")) == []


@pytest.mark.parametrize("role", [Role.MONITOR, Role.LAWYER, Role.JOURNALIST, Role.ADMIN])
def test_nobody_else_may_read_the_list(bare: Site, role: Role) -> None:
    assert bare.signed_in_as(role).get("/likely").status_code == 403
