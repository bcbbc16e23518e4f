"""Cases as a view: who is a defendant, which hearings lie ahead, whatever is moved, restated or taken back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.facts import facts_of
from domain.moment import When
from domain.proceeding import Proceeding
from domain.record import new_id
from projections import case_files, proceedings
from tests.trackers import Installation, entry

NOW = datetime.now(UTC).replace(microsecond=0)


def ahead(days: int) -> When:
    return When.at(NOW + timedelta(days=days), "Europe/Moscow")


class Court:
    """A record of cases, and its view."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.casebook = installation, installation.casebook
        self.projector = installation.projector()
        self.vera, self.lev = new_id(), new_id()
        for person in (self.vera, self.lev):
            self.casebook.open_person(entry(), person)
        self.case = new_id()
        self.casebook.open_proceeding(entry(command=self.case), self.case, persons=(self.vera,), article="koap-20.2-5")

    def ask(self, query: Any, *asked: Any, **chosen: Any) -> Any:
        self.projector.follow()
        with self.installation.views() as db:
            return query(db, *asked, **chosen)

    def cases(self, person: UUID) -> list[Any]:
        return list(self.ask(proceedings.of_people, [person.bytes]))

    def hearings(self, *people: UUID, **chosen: Any) -> list[tuple[int, bytes, int | None]]:
        rows = self.ask(proceedings.hearings_of, [person.bytes for person in people], **chosen)
        return [(row.hearing, row.defendant, row.due) for row in rows]

    def facts(self, version: int, **changes: Any) -> dict[str, Any]:
        (event,) = [told.event for told in self.installation.log.of([self.case]) if told.event.originator_version == version]
        return {name: getattr(event, name) for name in facts_of(type(event))} | changes


@pytest.fixture
def court(installation: Installation) -> Court:
    return Court(installation)


def seconds(when: When) -> int:
    return int(when.earliest.timestamp())


def test_a_case_is_in_the_file_of_everybody_in_it_and_of_nobody_else(court: Court) -> None:
    assert (len(court.cases(court.vera)), court.cases(court.lev)) == (1, [])
    court.casebook.join_proceeding(entry(), court.case, person=court.lev)
    assert [row.proceeding for row in court.cases(court.lev)] == [court.case.bytes]
    assert court.case.bytes in court.ask(case_files.records_of, [court.lev.bytes])
    court.casebook.withdraw(Proceeding, entry(), court.case, 2, because="mistake")
    assert court.cases(court.lev) == []
    assert court.case.bytes in court.ask(case_files.records_of, [court.lev.bytes]), "whatever became of it"
    assert court.ask(case_files.cases_against, [court.lev.bytes]) == [court.case.bytes], "its words go with them"
    court.casebook.reinstate(Proceeding, entry(), court.case, 2, court.facts(2), because="mistake")
    assert len(court.cases(court.lev)) == 1


def test_a_case_taken_back_is_nobodys_until_it_counts_again(court: Court) -> None:
    court.casebook.set_hearing(entry(), court.case, due=ahead(3))
    court.casebook.withdraw(Proceeding, entry(), court.case, because="test")
    assert (court.cases(court.vera), court.hearings(court.vera)) == ([], [])
    court.casebook.reinstate(Proceeding, entry(), court.case, 1, court.facts(1), because="mistake")
    assert (len(court.cases(court.vera)), len(court.hearings(court.vera))) == (1, 1)


def test_a_hearing_of_all_is_each_ones_and_of_one_is_that_ones(court: Court) -> None:
    court.casebook.join_proceeding(entry(), court.case, person=court.lev)
    court.casebook.set_hearing(entry(), court.case, due=ahead(3))
    court.casebook.set_hearing(entry(), court.case, due=ahead(2), person=court.lev)
    assert [hearing for hearing, _, _ in court.hearings(court.vera)] == [3]
    assert [hearing for hearing, _, _ in court.hearings(court.lev)] == [4, 3]
    assert len(court.hearings(court.vera, court.lev)) == 3


def test_a_hearing_is_when_the_last_entry_that_stands_says(court: Court) -> None:
    court.casebook.set_hearing(entry(), court.case, due=ahead(3))
    court.casebook.move_hearing(entry(), court.case, due=ahead(9))
    assert court.hearings(court.vera) == [(2, court.vera.bytes, seconds(ahead(9)))]
    court.casebook.withdraw(Proceeding, entry(), court.case, 3, because="mistake")
    assert court.hearings(court.vera) == [(2, court.vera.bytes, seconds(ahead(3)))]
    court.casebook.correct(Proceeding, entry(), court.case, 2, court.facts(2, due=ahead(4)), because="mistake")
    assert court.hearings(court.vera) == [(2, court.vera.bytes, seconds(ahead(4)))]
    court.casebook.move_hearing(entry(), court.case)
    assert court.hearings(court.vera) == [(2, court.vera.bytes, None)]
    assert court.hearings(court.vera, since=0) == []


def test_a_hearing_held_lies_ahead_no_more_unless_that_is_taken_back(court: Court) -> None:
    court.casebook.set_hearing(entry(), court.case, due=ahead(3))
    court.casebook.hold_hearing(entry(), court.case, outcome="adjourned")
    assert court.hearings(court.vera) == []
    court.casebook.withdraw(Proceeding, entry(), court.case, 3, because="mistake")
    assert len(court.hearings(court.vera)) == 1
    court.casebook.withdraw(Proceeding, entry(), court.case, 2, because="mistake")
    assert court.hearings(court.vera) == []


def test_the_next_hearing_is_the_first_that_may_not_be_over(court: Court) -> None:
    court.casebook.set_hearing(entry(), court.case, due=ahead(-5))
    court.casebook.set_hearing(entry(), court.case, due=ahead(5))
    court.casebook.set_hearing(entry(), court.case, due=ahead(7))
    found = court.ask(proceedings.next_hearings, [court.vera.bytes, court.lev.bytes], int(NOW.timestamp()))
    assert {person: row.hearing for person, row in found.items()} == {court.vera.bytes: 3}


def test_the_article_and_the_end_are_told_for_each_defendant(court: Court) -> None:
    court.casebook.join_proceeding(entry(), court.case, person=court.lev)
    court.casebook.change_charge(entry(), court.case, article="koap-19.3-1", person=court.lev)
    court.casebook.close_proceeding(entry(), court.case, outcome="severed", person=court.lev)
    row = court.ask(proceedings.one, court.case.bytes)
    assert [proceedings.article_for(row, one) for one in (court.vera, court.lev)] == ["koap-20.2-5", "koap-19.3-1"]
    assert [proceedings.ended_for(row, one) for one in (court.vera, court.lev)] == ["", "severed"]
    court.casebook.withdraw(Proceeding, entry(), court.case, 4, because="mistake")
    assert proceedings.ended_for(court.ask(proceedings.one, court.case.bytes), court.lev) == ""


def test_a_file_tells_nothing_of_what_concerns_the_other_defendant(court: Court) -> None:
    court.casebook.join_proceeding(entry(), court.case, person=court.lev)
    court.casebook.record_ruling(entry(), court.case, person=court.lev, outcome="guilty")
    court.casebook.correct(Proceeding, entry(), court.case, 3, court.facts(3, outcome="acquitted"), because="mistake")
    court.casebook.attest(Proceeding, entry(), court.case, 3)
    court.casebook.withdraw(Proceeding, entry(), court.case, 3, because="mistake")
    court.casebook.set_hearing(entry(), court.case, due=ahead(3))
    told = list(court.installation.log.of([court.case]))
    assert [one.event.originator_version for one in case_files.about(told, [court.vera])] == [1, 2, 7]
    assert [one.event.originator_version for one in case_files.about(told, [court.lev])] == [1, 2, 3, 4, 5, 6, 7]


def test_who_was_named_in_a_case_by_mistake_is_told_that_and_nothing_of_it(court: Court) -> None:
    court.casebook.join_proceeding(entry(), court.case, person=court.lev)
    court.casebook.set_hearing(entry(), court.case, due=ahead(3))
    court.casebook.withdraw(Proceeding, entry(), court.case, 2, because="mistake")
    told = list(court.installation.log.of([court.case]))
    assert [one.event.originator_version for one in case_files.about(told, [court.lev])] == [2, 4]
    assert [one.event.originator_version for one in case_files.about(told, [court.vera])] == [1, 2, 3, 4]
