"""A person's file: the state of each custody follows the entries that stand, and the lines come in order of happening."""

from typing import Any
from uuid import UUID

import pytest

from domain.detention import Detention
from domain.incident import Incident
from domain.record import new_id
from projections import case_files, moves
from tests.trackers import MOSCOW, PETERSBURG, Installation, city, clock, day, entry, station


class Custody:
    """One person held, and what the views say of it."""

    def __init__(self, installation: Installation) -> None:
        self.casebook = installation.casebook
        self.installation = installation
        self.detention, self.person = new_id(), new_id()
        self.casebook.record_detention(entry(), self.detention, person=self.person, when=clock(2, 19), place=city(MOSCOW))
        self._projector = installation.projector()

    def row(self) -> Any:
        self._projector.follow()
        with self.installation.views() as db:
            return case_files.custody_of(db, self.detention.bytes)

    def take_back(self, version: int | None) -> None:
        self.casebook.withdraw(Detention, entry(), self.detention, version, because="mistake")

    def records(self) -> set[UUID]:
        self._projector.follow()
        with self.installation.views() as db:
            return {UUID(bytes=record) for record in case_files.records_of(db, [self.person.bytes])}


@pytest.fixture
def custody(installation: Installation) -> Custody:
    return Custody(installation)


def test_the_station_is_where_the_person_was_last_reported(custody: Custody) -> None:
    assert custody.row().station is None
    custody.casebook.record_delivery(entry(), custody.detention, place=station("msk-tverskoy"))
    assert custody.row().station == "msk-tverskoy"
    custody.casebook.record_transfer(entry(), custody.detention, place=station("msk-arbat"))
    custody.casebook.record_transfer(entry(), custody.detention, place=city(MOSCOW))
    assert custody.row().station == "msk-arbat"


def test_who_was_moved_on_is_no_longer_where_they_were(custody: Custody) -> None:
    assert moves.whereabouts(custody.row()) == (None, MOSCOW)
    custody.casebook.record_delivery(entry(), custody.detention, place=station("msk-tverskoy"))
    assert moves.whereabouts(custody.row()) == ("msk-tverskoy", MOSCOW)
    custody.casebook.record_delivery(entry(), custody.detention, when=clock(2, 20))
    assert moves.whereabouts(custody.row()) == ("msk-tverskoy", MOSCOW), "a delivery to no place says nothing new"
    custody.casebook.record_transfer(entry(), custody.detention, place=city(PETERSBURG))
    assert moves.whereabouts(custody.row()) == (None, PETERSBURG)
    custody.casebook.record_transfer(entry(), custody.detention)
    assert moves.whereabouts(custody.row()) == (None, None), "moved, and nobody knows where to"


def test_a_move_that_was_taken_back_leaves_the_person_where_they_were_before(custody: Custody) -> None:
    custody.casebook.record_delivery(entry(), custody.detention, place=station("msk-tverskoy"))
    custody.casebook.record_transfer(entry(), custody.detention, place=station("msk-arbat"))
    custody.take_back(3)
    assert custody.row().station == "msk-tverskoy"
    custody.take_back(2)
    assert custody.row().station is None


def test_an_earlier_move_corrected_does_not_undo_a_later_one(custody: Custody) -> None:
    custody.casebook.record_delivery(entry(), custody.detention, place=station("msk-tverskoy"))
    custody.casebook.record_transfer(entry(), custody.detention, place=station("msk-arbat"))
    facts: dict[str, Any] = {"when": None, "place": station("msk-yakimanka")}
    custody.casebook.correct(Detention, entry(), custody.detention, 2, facts, because="mistake")
    assert custody.row().station == "msk-arbat"
    custody.casebook.correct(Detention, entry(), custody.detention, 3, {"when": None, "place": None}, because="mistake")
    assert custody.row().station == "msk-yakimanka"


def test_somebody_is_free_while_a_report_that_sets_free_stands(custody: Custody) -> None:
    assert custody.row().freed_by == ""
    custody.casebook.record_release(entry(), custody.detention, kind="to_remand")
    assert custody.row().freed_by == ""
    for _ in range(2):
        custody.casebook.record_release(entry(), custody.detention, kind="after_protocol")
    custody.take_back(3)
    assert custody.row().freed_by
    custody.take_back(4)
    assert custody.row().freed_by == ""


def test_a_withdrawn_detention_stays_in_the_file_and_is_nobodys_custody(custody: Custody) -> None:
    custody.take_back(None)
    assert custody.row().stands == 0
    assert custody.detention in custody.records()


def test_an_incident_is_in_the_file_of_the_person_it_was_done_to_and_moves_with_its_correction(custody: Custody) -> None:
    incident = new_id()
    facts: dict[str, Any] = {"when": day(3, 3), "place": city(MOSCOW), "categories": ("threat",), "person": custody.person}
    custody.casebook.record_incident(entry(), incident, **facts)
    assert incident in custody.records()
    nobody = {**facts, "person": None, "protest": None, "detention": None, "words": None}
    custody.casebook.correct(Incident, entry(), incident, 1, nobody, because="mistake")
    assert incident not in custody.records()


def test_lines_come_in_order_of_happening_and_undated_ones_after_what_was_recorded_before_them(custody: Custody) -> None:
    casebook, detention = custody.casebook, custody.detention
    casebook.record_release(entry(), detention, when=clock(3, 20))
    casebook.lose_contact(entry(), detention)
    casebook.record_delivery(entry(), detention, when=clock(2, 20))
    casebook.request_counsel(entry(), detention)
    lines = case_files.lines(custody.installation.log.of([detention]))
    assert [type(line.told.event).__name__ for line in lines] == [
        "Recorded", "Delivered", "CounselRequested", "Released", "ContactLost",
    ]  # fmt: skip
    facts: dict[str, Any] = {"when": clock(2, 19, 30), "kind": "unknown"}
    casebook.correct(Detention, entry(), detention, 2, facts, because="mistake")
    lines = case_files.lines(custody.installation.log.of([detention]))
    assert [type(line.told.event).__name__ for line in lines][:2] == ["Recorded", "Corrected"]
    released = next(line for line in lines if isinstance(line.told.event, Detention.Released))
    assert released.changed_by == lines[1].told
