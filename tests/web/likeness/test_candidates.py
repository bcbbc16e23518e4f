"""Who is likely meant by a name: the same people as a comparison with everybody would give, of those the reader may see."""

from uuid import UUID, uuid4

import pytest
from flask import g
from hypothesis import given
from hypothesis import strategies as st

from domain.moment import When
from tests.web.likeness.test_list_page import detain
from tests.web.seeding import MOSCOW, PETERSBURG, Seeding, clock
from tests.web.site import Site
from web.access.reader import Reader
from web.access.roles import Role
from web.desk import desk
from web.likeness.candidates import likely
from web.likeness.comparing import LIKELY, weigh
from web.likeness.namesakes import Candidate, namesakes
from web.search.index import NameIndex
from web.search.name_parts import name_parts

WORDS = (
    "Лесоветров Лесоветрова Lesovetrov Тихозёров Тихозеров Чащин Глеб Gleb Глебушка Олег Саша Александр Ильич Львович Ильинична "
    "Г. О. И. Хасан Хусейн"
).split()
names = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True).map(" ".join)


@given(st.lists(names, max_size=12), names)
def test_the_index_finds_whom_a_comparison_with_each_would_find(held: list[str], asked: str) -> None:
    index, people = NameIndex(), dict[UUID, str]()
    for number, name in enumerate(held):
        people[person := uuid4()] = name
        index.put(person, number, [(name, "full")])
    found = {person for person, weighed in namesakes(index, [name_parts(asked)]).items() if not weighed.vetoes}
    each = {person: weigh(name_parts(asked), name_parts(name)) for person, name in people.items()}
    assert found >= {person for person, weighed in each.items() if weighed is not None and weighed.is_likely}
    assert found <= {person for person, weighed in each.items() if weighed is not None and not weighed.vetoes}


def test_a_common_name_makes_nobody_likely_and_a_rare_one_does() -> None:
    index = NameIndex()
    for number in range(300):
        index.put(uuid4(), number, [("Лесоветров Александр", "full")])
    index.put(rare := uuid4(), 300, [("Чащин Александр", "full")])
    assert max(found.score for found in namesakes(index, [name_parts("Лесоветров Александр")]).values()) < LIKELY
    assert {person: found.is_likely for person, found in namesakes(index, [name_parts("Чащин Александр")]).items()} == {
        rare: True
    }


def asked(site: Site, *given_names: str, role: Role = Role.COORDINATOR, **told: object) -> list[Candidate]:
    """As a page asks for this reader."""
    reader = site.signed_in_as(role)
    assert reader.account is not None
    if role is Role.MONITOR:
        site.tracker.vault.accounts.change_role(reader.account, role, [MOSCOW])
    with site.app.test_request_context():
        account = next(account for account in site.tracker.door.accounts.all(role) if account.id == reader.account)
        g.reader = Reader(account, role)
        return likely(desk(), given_names, **told)  # type: ignore[arg-type]


def test_where_and_when_tell_namesakes_apart(bare: Site) -> None:
    here, there = detain(bare.tracker, "Лесоветров Глеб"), detain(bare.tracker, "Лесоветров Глеб", city=PETERSBURG)
    evening: When = clock(3, 6, 21)
    assert [found.person for found in asked(bare, "Глеб Лесоветров", city=MOSCOW, when=evening)] == [here]
    assert [found.person for found in asked(bare, "Глеб Лесоветров", city=PETERSBURG, when=evening)] == [there]
    assert {found.person for found in asked(bare, "Глеб Лесоветров")} == {here, there}


def test_a_monitor_is_told_of_nobody_they_may_not_see_and_counts_nobody(bare: Site) -> None:
    here = detain(bare.tracker, "Лесоветров Глеб")
    alone = asked(bare, "Лесоветров Глеб", role=Role.MONITOR)
    for _ in range(30):
        detain(bare.tracker, "Лесоветров Глеб", city=PETERSBURG)
    assert asked(bare, "Лесоветров Глеб", role=Role.MONITOR) == alone, "not even by how common the name is"
    assert [found.person for found in alone] == [here]
    (found, *_) = asked(bare, "Лесоветров Глеб")
    assert found.score < alone[0].score, "to a coordinator, who sees them all, it is a common name"


@pytest.mark.parametrize("nobody", ["", "Глеб", "Г. И.", "12345", "x" * 500, "Лесоветров Глеб Львович"])
def test_nobody_is_likely_for_what_names_nobody(bare: Site, nobody: str) -> None:
    detain(bare.tracker, "Лесоветров Глеб Ильич")
    assert asked(bare, nobody) == []


def test_files_found_to_be_one_person_are_one_candidate(bare: Site) -> None:
    one, other = detain(bare.tracker, "Лесоветров Глеб"), detain(bare.tracker, "Лесоветров Глеб")
    bare.tracker.casebook.find_to_be(Seeding(bare.tracker, "en").entry(), other, other=one, basis="document")
    bare.tracker.projector.follow()
    (found,) = asked(bare, "Лесоветров Глеб")
    assert set(found.files) == {one, other}
