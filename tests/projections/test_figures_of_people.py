"""Figures about people: everybody once, whatever files there are of them, as it was known at the position."""

from uuid import UUID

import pytest

from domain.detention import Detention
from domain.protest import Protest
from domain.record import new_id
from projections import corrections
from projections.figures import DEFINITIONS, compute
from projections.figures.changes import LEARNED, why
from tests.trackers import MOSCOW, PETERSBURG, Installation, city, day, entry


def figure(
    installation: Installation, name: str, by: str | None = None, position: int | None = None
) -> tuple[object, dict[object, object]]:
    installation.projector().follow()
    with installation.views() as db:
        found = compute(db, name, by=by, position=installation.log.last() if position is None else position)
    return tuple(found.total), {line.key: tuple(line.total) for line in found.rows}


def held(
    installation: Installation, person: UUID | None = None, place: int = MOSCOW, minor: str = "unknown"
) -> tuple[UUID, UUID]:
    detention, whose = new_id(), person or new_id()
    facts = {"person": whose, "place": city(place), "when": day(3, 2), "minor": minor}
    record = installation.casebook.record_detention if person is None else installation.casebook.record_detention_again
    record(entry(), detention, **facts)  # type: ignore[arg-type]
    return detention, whose


def test_one_person_detained_in_two_cities_is_one_person_and_in_two_rows(installation: Installation) -> None:
    _, person = held(installation)
    held(installation, person, PETERSBURG)
    held(installation)
    assert figure(installation, "people_detained", "city") == ((2, 2), {MOSCOW: (2, 2), PETERSBURG: (1, 1)})
    assert figure(installation, "detentions", "city")[0] == (3, 3)


def test_two_files_found_to_be_of_one_person_are_one_from_then_until_they_are_told_apart(installation: Installation) -> None:
    (_, one), (_, other) = held(installation), held(installation)
    since = installation.log.last()
    joined = installation.casebook.find_to_be(entry(), one, other=other).position
    parted = installation.casebook.tell_apart(entry(), one, other=other).position
    at = [figure(installation, "people_detained", position=position)[0] for position in (since, joined, parted)]
    assert at == [(2, 2), (1, 1), (2, 2)]
    with installation.views() as db:
        change = why(db, "people_detained", since=since, until=parted)
        before = why(db, "people_detained", since=0, until=joined)
    assert {reason: tuple(size) for reason, (size, _) in change.by_reason().items()} == {
        corrections.JOINED: (-1, -1, 0),
        corrections.PARTED: (1, 1, 0),
    }
    assert {reason: tuple(size) for reason, (size, _) in before.by_reason().items()} == {
        LEARNED: (2, 2, 0),
        corrections.JOINED: (-1, -1, 0),
    }


def test_remand_is_no_release_and_a_release_taken_back_is_none_either(installation: Installation) -> None:
    (remanded, _), (freed, _), _ = held(installation), held(installation), held(installation)
    installation.casebook.record_release(entry(), remanded, kind="to_remand")
    installation.casebook.record_release(entry(), freed, kind="without_protocol")
    assert figure(installation, "not_released")[0] == (2, 2)
    installation.casebook.withdraw(Detention, entry(), freed, 2, because="mistake")
    assert figure(installation, "not_released")[0] == (3, 3)


def test_who_was_refused_counsel_twice_or_ill_treated_in_two_ways_is_one_person(installation: Installation) -> None:
    detention, _ = held(installation)
    held(installation)
    for ground in ("wait", "plan_krepost"):
        installation.casebook.refuse_counsel(entry(), detention, ground=ground)
    for kind in ("beating", "humiliation"):
        installation.casebook.report_ill_treatment(entry(), detention, kind=kind)
    assert figure(installation, "counsel_refused", "category") == ((1, 1), {"wait": (1, 1), "plan_krepost": (1, 1)})
    assert figure(installation, "ill_treatment", "category") == ((1, 1), {"beating": (1, 1), "humiliation": (1, 1)})
    installation.casebook.withdraw(Detention, entry(), detention, because="mistake")
    assert figure(installation, "counsel_refused")[0] == figure(installation, "ill_treatment")[0] == (0, 0)


def test_of_whom_nobody_said_whether_they_were_a_minor_stands_at_the_high_end(installation: Installation) -> None:
    for minor in ("yes", "no", "unknown", "unknown"):
        held(installation, minor=minor)
    assert figure(installation, "minors", "category") == ((1, 3), {"yes": (1, 1), "unknown": (0, 2)})


def test_force_of_two_kinds_at_one_protest_is_one_protest(installation: Installation) -> None:
    protest = new_id()
    installation.casebook.record_protest(entry(), protest, when=day(3, 2), place=city(MOSCOW))
    for kind in ("baton", "stun_gun"):
        installation.casebook.report_force(entry(), protest, kind=kind)
    assert figure(installation, "force", "category") == ((1, 1), {"baton": (1, 1), "stun_gun": (1, 1)})
    installation.casebook.withdraw(Protest, entry(), protest, because="mistake")
    assert figure(installation, "force")[0] == (0, 0)


@pytest.mark.parametrize("name", [name for name, known in DEFINITIONS.items() if known.is_of_people])
def test_each_has_its_unit_and_method_in_both_languages(name: str) -> None:
    definition = DEFINITIONS[name]
    assert len(set(definition.unit)) == len(set(definition.method)) == 2
