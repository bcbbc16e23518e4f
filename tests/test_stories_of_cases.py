"""The stories of cases, recorded and answered: what the law makes of them, for each person."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.law.country import laws
from domain.law.prosecutions import cases_of
from domain.record import Record
from tests.stories import ZONE, Desk
from tests.stories_of_cases import two_months_in_custody_and_no_sentence, two_people_in_one_case
from tests.trackers import Installation

NOW = datetime(2022, 4, 1, tzinfo=UTC)


@pytest.fixture
def desk(installation: Installation) -> Desk:
    return Desk(installation.casebook)


def told(installation: Installation, case: UUID) -> list[tuple[int, Record.Event]]:
    return [(one.position, one.event) for one in installation.log.of([case])]


def test_a_prosecution_that_ended_without_a_sentence_leaves_an_appeal_against_custody_and_nothing_in_force(
    installation: Installation, desk: Desk
) -> None:
    story, case = two_months_in_custody_and_no_sentence(desk)
    (facts,) = cases_of(told(installation, case), story.people).values()
    answer = laws()["RU"].case(facts, NOW, ZONE)
    assert answer.in_force is None
    assert [clock.code for clock in answer.clocks] == ["remand_appeal"]


def test_in_one_case_each_has_their_own_clocks(installation: Installation, desk: Desk) -> None:
    story, case = two_people_in_one_case(desk)
    one, other = story.people
    entries = told(installation, case)
    fined, arrested = (laws()["RU"].case(cases_of(entries, [person])[case], NOW, ZONE) for person in (one, other))
    assert "fine" in {clock.code for clock in fined.clocks}
    assert "fine" not in {clock.code for clock in arrested.clocks}
    (appeal,) = [clock for clock in fined.clocks if clock.code == "appeal"]
    assert appeal.start.earliest is not None
    assert appeal.start.latest is not None
    assert (appeal.start.latest - appeal.start.earliest).days >= 2, "both reports of the copy are answered for"
    (open_ended,) = [clock for clock in arrested.clocks if clock.code == "appeal"]
    assert "copy_received" in open_ended.missing
