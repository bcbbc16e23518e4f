"""The watch board: who is inside, where, for how long and in what need, exactly as the entries that stand say."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from sqlalchemy import select

from domain.casebook import Casebook, Held
from domain.count import Count
from domain.detention import Detention
from domain.moment import When
from domain.record import new_id
from domain.report import Report
from projections import board_tables, custody_board, reports, who_is_inside
from projections.board_tables import ASKED, NO_ALARM, REFUSED, URGENT
from projections.who_is_inside import Station
from tests.projections.doings import Doing, Doings, doings
from tests.projections.homes import folded, fresh, seen, thoroughly
from tests.trackers import MOSCOW, PETERSBURG, Installation, city, clock, day, entry, station

NIGHT = 20220302
TVERSKOY, ARBAT = "msk-tverskoy", "msk-arbat"


class Night:
    def __init__(self, installation: Installation) -> None:
        self.casebook: Casebook = installation.casebook
        self._installation = installation
        self._projector = installation.projector()

    def held(self, hour: int = 19, at: str | None = TVERSKOY, **facts: Any) -> UUID:
        detention = new_id()
        told: dict[str, Any] = {"when": clock(2, hour), "place": city(), **facts}
        self.casebook.record_detention(entry(), detention, person=new_id(), **told)
        if at is not None:
            self.casebook.record_delivery(entry(), detention, when=clock(2, hour + 1), place=station(at))
        return detention

    def stations(self, number: int = MOSCOW, night: int = NIGHT) -> dict[str, Station]:
        self._projector.follow()
        with self._installation.views() as db:
            return {row.station: row for row in who_is_inside.stations(db, [night], [number])}

    def row(self, detention: UUID) -> Any:
        self._projector.follow()
        with self._installation.views() as db:
            return who_is_inside.one(db, detention.bytes)


@pytest.fixture
def night(installation: Installation) -> Night:
    return Night(installation)


def test_a_station_holds_whoever_was_brought_there_longest_first(night: Night) -> None:
    night.held(20)
    first = night.held(18)
    night.held(19, at=None)
    at = night.stations()
    assert {name: row.named for name, row in at.items()} == {TVERSKOY: 2, "": 1}
    assert at[TVERSKOY].began == night.row(first).began == int(clock(2, 19).earliest.timestamp())


def test_counsel_is_needed_from_asking_until_somebody_is_let_in(night: Night) -> None:
    held = night.held()
    seen = []
    for verb in ("request_counsel", "refuse_counsel", "admit_counsel", "request_counsel"):
        getattr(night.casebook, verb)(entry(), held)
        row = night.row(held)
        seen.append((row.counsel, row.urgency))
    assert seen == [(1, ASKED), (2, REFUSED), (0, NO_ALARM), (1, ASKED)]


def test_counsel_that_was_admitted_before_it_was_asked_for_settles_nothing(night: Night) -> None:
    held = night.held()
    night.casebook.request_counsel(entry(), held, when=clock(2, 22))
    night.casebook.admit_counsel(entry(), held, when=clock(2, 21))
    assert night.row(held).counsel == 1


NEEDS: dict[str, tuple[str, dict[str, Any], str, int]] = {
    "ill-treatment": ("report_ill_treatment", {"kind": "beating"}, "ill", URGENT),
    "hospital": ("record_hospital", {}, "medical", URGENT),
    "no contact": ("lose_contact", {}, "no_contact", URGENT),
    "a phone": ("record_device_taken", {"device": "phone"}, "phone", NO_ALARM),
    "a protocol": ("record_protocol", {"kind": "offence", "article": "koap-20.2-5"}, "protocol", NO_ALARM),
    "a medical concern": ("raise_concern", {"concerns": ("medical",)}, "medical", URGENT),
    "refused counsel": ("refuse_counsel", {}, "counsel", REFUSED),
}


@pytest.mark.parametrize("need", NEEDS)
def test_what_an_entry_raises_goes_with_it_and_comes_back_with_it(night: Night, need: str) -> None:
    verb, facts, flag, urgency = NEEDS[need]
    held = night.held()
    quiet = night.row(held)
    getattr(night.casebook, verb)(entry(), held, **facts)
    raised = night.row(held)
    assert getattr(raised, flag)
    assert raised.urgency == urgency
    told = night._installation.log.of([held])[-1].event
    night.casebook.withdraw(Detention, entry(), held, 3, because="mistake")
    assert _flags(night.row(held)) == _flags(quiet)
    restated = {
        name: value
        for name, value in vars(told).items()
        if name not in ("originator_id", "originator_version", "timestamp", "recorded_by", "source", "command")
    }
    night.casebook.reinstate(Detention, entry(), held, 3, restated, because="mistake")
    assert _flags(night.row(held)) == _flags(raised)


def _flags(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in custody_board.DERIVED}


def test_nobody_is_inside_after_a_release_until_it_is_taken_back(night: Night) -> None:
    held = night.held()
    night.casebook.record_release(entry(), held)
    assert night.stations() == {}
    night.casebook.withdraw(Detention, entry(), held, 3, because="mistake")
    assert night.stations()[TVERSKOY].named == 1
    night.casebook.record_release(entry(), held, kind="to_administrative_arrest")
    assert night.stations() == {}, "sent to serve an arrest, they are at the station no more"
    night.casebook.withdraw(Detention, entry(), held, because="duplicate")
    assert night.row(held).inside == 0


def test_whoever_was_taken_away_to_nobody_knows_where_is_not_at_the_station(night: Night) -> None:
    held = night.held()
    night.casebook.record_transfer(entry(), held)
    assert {name: row.named for name, row in night.stations().items()} == {"": 1}
    night.casebook.record_delivery(entry(), held, place=station(ARBAT))
    assert {name: row.named for name, row in night.stations().items()} == {ARBAT: 1}


def test_who_says_neither_city_nor_time_is_where_and_when_the_protest_was(night: Night) -> None:
    protest = new_id()
    night.casebook.record_protest(entry(), protest, when=day(3, 2), place=city(PETERSBURG))
    night.held(at=None, protest=protest, when=None, place=None)
    assert night.stations(PETERSBURG)[""].named == 1
    facts = {"when": day(3, 2), "place": city(MOSCOW), "form": "rally", "agreement": "unknown", "about": None, "organiser": None}
    from domain.protest import Protest

    night.casebook.correct(Protest, entry(), protest, 1, facts, because="mistake")
    assert (night.stations(PETERSBURG), night.stations()[""].named) == ({}, 1)


def test_somebody_recorded_without_a_time_is_held_tonight(night: Night) -> None:
    from projections.days import night_of

    held = night.held(at=None, when=None)
    told = night._installation.log.of([held])[0].event
    assert night.row(held).night == night_of(None, told.timestamp)
    assert night_of(When.at(told.timestamp, "Europe/Moscow")) == night.row(held).night


def test_a_report_raises_an_alarm_until_it_is_settled(night: Night, installation: Installation) -> None:
    report = new_id()
    facts: dict[str, Any] = {"when": clock(2, 20), "place": station(TVERSKOY), "minors": Count.exactly(2)}
    night.casebook.receive_report(entry(), report, concerns=("ill_treatment", "counsel"), **facts)
    night.casebook.receive_report(entry(), new_id(), when=clock(2, 21), place=station(ARBAT))
    night.stations()
    with installation.views() as db:
        (alarm,) = who_is_inside.alarms(db, [NIGHT], None)
        assert alarm == (MOSCOW, TVERSKOY, "ill counsel", 1, 2)
        assert who_is_inside.waiting(db, [NIGHT]) == {MOSCOW: 2}
        assert who_is_inside.cities_of(db, [NIGHT]) == set(), "nobody is inside of whom only reports tell"
    night.casebook.settle_report(entry(), report)
    night.stations()
    with installation.views() as db:
        assert (who_is_inside.alarms(db, [NIGHT], None), who_is_inside.waiting(db, [NIGHT])) == ([], {MOSCOW: 1})
    night.casebook.withdraw(Report, entry(), report, 2, because="mistake")
    night.stations()
    with installation.views() as db:
        assert len(who_is_inside.alarms(db, [NIGHT], None)) == 1


def test_a_report_of_people_who_are_on_record_waits_no_longer(night: Night, installation: Installation) -> None:
    """The board and the list to work off count alike, whatever becomes of the people."""
    report, held, person = new_id(), new_id(), new_id()
    restated: dict[str, Any] = dict.fromkeys(("when", "place", "protest", "words")) | {"person": person}
    restated |= dict.fromkeys(("circumstances", "agency", "minor"), "unknown")
    facts: dict[str, Any] = {"when": clock(2, 20), "place": station(TVERSKOY), "concerns": ("counsel",)}

    def waiting() -> tuple[int, int, int]:
        installation.projector().follow()  # each time one that has no row at hand
        with installation.views() as db:
            return (
                who_is_inside.waiting(db, [NIGHT]).get(MOSCOW, 0),
                len(who_is_inside.alarms(db, [NIGHT], None)),
                reports.how_many_to_work_off(db),
            )

    night.casebook.receive_report(entry(), report, held=[Held(held, person)], **facts)
    assert waiting() == (0, 1, 0), "nobody said of this one that counsel is needed"
    night.casebook.request_counsel(entry(), held)
    assert waiting() == (0, 0, 0)
    night.casebook.admit_counsel(entry(), held)
    assert waiting() == (0, 0, 0)
    night.casebook.withdraw(Detention, entry(), held, because="mistake")
    assert waiting() == (1, 1, 1)
    night.casebook.reinstate(Detention, entry(), held, 1, restated, because="withdrawn_by_mistake")
    assert waiting() == (0, 0, 0)
    night.casebook.withdraw(Report, entry(), report, 2, because="mistake")
    assert waiting() == (1, 1, 1)
    told = {"detention": held, "person": person}
    night.casebook.reinstate(Report, entry(), report, 2, told, because="withdrawn_by_mistake")
    assert waiting() == (0, 0, 0)


def test_a_report_of_more_people_than_are_on_record_goes_on_waiting(night: Night, installation: Installation) -> None:
    facts: dict[str, Any] = {"when": clock(2, 20), "place": station(TVERSKOY), "count": Count.exactly(2)}
    night.casebook.receive_report(entry(), new_id(), held=[Held(new_id(), new_id())], **facts)
    night.stations()
    with installation.views() as db:
        assert (who_is_inside.waiting(db, [NIGHT]), reports.how_many_to_work_off(db)) == ({MOSCOW: 1}, 1)


def test_minors_told_of_twice_are_not_twice_as_many(night: Night, installation: Installation) -> None:
    for minors in (2, 3):
        facts: dict[str, Any] = {"place": station(TVERSKOY), "minors": Count.exactly(minors), "concerns": ("counsel",)}
        night.casebook.receive_report(entry(), new_id(), when=clock(2, 20), **facts)
    night.stations()
    with installation.views() as db:
        assert who_is_inside.alarms(db, [NIGHT], None) == [(MOSCOW, TVERSKOY, "counsel", 2, 3)]


def test_what_changed_since_a_position_is_found_with_its_station(night: Night, installation: Installation) -> None:
    one, other = night.held(), night.held(at=ARBAT)
    before = installation.log.last()
    night.casebook.request_counsel(entry(), other)
    night.stations()
    with installation.views() as db:
        assert who_is_inside.changed_since(db, before, [NIGHT], None) == [(other.bytes, MOSCOW, ARBAT)]
        assert {record for record, _, _ in who_is_inside.changed_since(db, 0, [NIGHT], [MOSCOW])} == {one.bytes, other.bytes}


@given(doings(least=20, most=60))
@thoroughly
def test_the_board_is_what_the_standing_entries_say_however_it_came_about(what: list[Doing]) -> None:
    """Folded event by event, in one page, and anew: one board. And its rows say what each record's own history says."""
    with fresh() as address, address.open() as opened:
        done = Doings(opened.casebook)
        done.do(what)
        opened.projector().follow(1)
        assert seen(opened) == folded(address, "again")
        with opened.views() as db:
            rows = {row.detention: row for row in db.execute(select(board_tables.custody.table))}
            nights = {row.night for row in rows.values()}
            at = {(station.city, station.station): station for station in who_is_inside.stations(db, nights, None)}
            people = who_is_inside.people_at(db, nights, list(at), limit=2)
            waiting = who_is_inside.waiting(db, set(db.scalars(select(board_tables.reports.table.c.night))))
            reports = list(db.execute(select(board_tables.reports.table)))
        assert at == _counted(rows.values())
        inside = sorted((row for row in rows.values() if row.inside), key=lambda row: (-row.urgency, row.began, row.detention))
        for place, listed in people.items():
            first = [row.detention for row in inside if (row.city, row.station) == place][:2]
            assert [row.detention for row in listed] == first
        assert waiting == Counter(row.city for row in reports if row.waits)
        assert set(rows) == {detention.bytes for detention in done.detentions}
        for detention in done.detentions:
            row, standing = rows[detention.bytes], opened.casebook.standing(Detention, detention)
            assert bool(row.stands) != standing.withdrawn
            assert {note[0] for note in json.loads(row.notes)} <= set(standing.entries) - set(standing.taken_back)
            assert not row.inside or (row.stands and not row.freed_by)


def _counted(rows: Iterable[Any]) -> dict[tuple[int, str], Station]:
    """Each station from the rows of everybody inside, one by one: slower, and by nothing the projection adds up."""
    found: dict[tuple[int, str], list[Any]] = {}
    for row in rows:
        if row.inside:
            found.setdefault((row.city, row.station), []).append(row)
    return {
        at: Station(
            *at,
            len(held),
            max(row.urgency for row in held),
            min(row.began for row in held),
            sum(row.minor for row in held),
            sum(row.counsel == 1 for row in held),
            sum(row.counsel == 2 for row in held),
            *(sum(getattr(row, flag) for row in held) for flag in ("ill", "medical", "phone", "no_contact")),
        )
        for at, held in found.items()
    }
