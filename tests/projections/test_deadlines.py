"""When the limits of each detention run out, as the law says of the entries that stand, for people whom a lawyer was given."""

import json
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from domain.casebook import Casebook
from domain.detention import Detention
from domain.law.custodies import READ, custody_of
from domain.moment import When
from domain.person import Person
from domain.proceeding import Proceeding
from domain.record import Record, new_id
from projections import deadline_tables, desks, kept_entries
from tests.samples import rich
from tests.trackers import ACCOUNT, MOSCOW_TIME, Installation, city, clock, entry, station

POLICE = "msk-tverskoy"
HOUR = 3600


class Custody:
    """Somebody restrained on 2 March 2022 at 15:00 and delivered at 16:40, whose file a lawyer has."""

    def __init__(self, installation: Installation, *, wanted: bool = True) -> None:
        self.casebook: Casebook = installation.casebook
        self._installation, self._projector = installation, installation.projector()
        self.person, self.detention = new_id(), new_id()
        told: dict[str, Any] = {"when": clock(2, 15), "place": city(), "minor": "no"}
        self.casebook.record_detention(entry(), self.detention, person=self.person, **told)
        self.casebook.record_delivery(entry(), self.detention, when=at(16, 40), place=station(POLICE))
        if wanted:
            self.assign()

    def assign(self) -> None:
        self.casebook.assign_counsel(entry(), self.person, counsel=ACCOUNT)

    def row(self) -> Any:
        self._projector.follow()
        with self._installation.views() as db:
            return next(iter(desks.detentions_of(db, [self.person.bytes])), None)


def at(hour: int, minute: int = 0, day: int = 2) -> When:
    return When.at_clock(datetime(2022, 3, day, hour, minute), MOSCOW_TIME)  # noqa: DTZ001 - a wall clock


def seconds(when: When) -> int:
    return int(when.earliest.timestamp())


@pytest.fixture
def held(installation: Installation) -> Custody:
    return Custody(installation)


def test_before_a_protocol_the_shorter_limit_is_the_next_one(held: Custody) -> None:
    row = held.row()
    assert (row.inside, row.running, row.late) == (1, 1, 0)
    assert (row.first_due, row.sure_due) == (seconds(at(19, 40)), seconds(at(19, 40)))


def test_an_article_with_arrest_moves_the_limit_to_two_days(held: Custody) -> None:
    held.casebook.record_protocol(entry(), held.detention, kind="offence", article="koap-19.3-1", when=at(18))
    assert held.row().first_due == seconds(at(15, day=4)), "48 hours without a court, from the restriction of movement"


def test_a_delivery_known_from_to_is_due_from_to(installation: Installation) -> None:
    held = Custody(installation)
    wide = When.between(at(16, 20).earliest, at(16, 40).latest, MOSCOW_TIME)
    held.casebook.correct(Detention, entry(), held.detention, 2, {"when": wide, "place": station(POLICE)}, because="mistake")
    row = held.row()
    assert row.sure_due - row.first_due == 20 * 60


def test_who_was_let_go_late_runs_no_limit_and_stays_late(held: Custody) -> None:
    held.casebook.record_release(entry(), held.detention, kind="without_protocol", when=at(15, 10, day=3))
    row = held.row()
    assert (row.inside, row.running, row.first_due, row.late) == (0, 0, None, 2)


def test_a_release_that_is_taken_back_lets_the_limit_run_again(held: Custody) -> None:
    before = held.row()
    held.casebook.record_release(entry(), held.detention, kind="without_protocol", when=at(15, 10, day=3))
    held.row()
    held.casebook.withdraw(Detention, entry(), held.detention, 3, because="mistake")
    assert held.row() == before


def test_a_withdrawn_detention_is_no_deadline(held: Custody) -> None:
    held.casebook.withdraw(Detention, entry(), held.detention, because="duplicate")
    assert held.row() is None


def test_the_law_is_asked_about_nobody_whom_no_lawyer_was_given(installation: Installation) -> None:
    held = Custody(installation, wanted=False)
    assert (held.row().wanted, held.row().first_due) == (0, None)
    held.assign()
    assert held.row().first_due == seconds(at(19, 40)), "what was told before the file was given counts"
    held.casebook.withdraw(Person, entry(), held.person, 2, because="mistake")
    assert (held.row().wanted, held.row().first_due) == (0, None)


def test_who_has_the_file_later_changes_nothing(held: Custody) -> None:
    before = held.row()
    taker: UUID = new_id()
    held.casebook.hand_over(entry(), {held.person: None}, giver=ACCOUNT, taker=taker, ground="on_duty")
    assert held.row() == before


def test_what_is_kept_answers_as_the_entries_do_at_any_moment(held: Custody, installation: Installation) -> None:
    held.row()
    states = []
    with installation.views() as db:
        for now in (at(19, 40).earliest, at(19, 40).earliest + timedelta(seconds=1)):
            answer = desks.answers_in_custody(db, [held.detention.bytes], now)[held.detention.bytes]
            assert answer is not None
            states.append(next(clock.state.value for clock in answer.clocks if clock.code == "custody_3h"))
    assert states == ["due_soon", "overrun_certainly"]


def test_a_sobering_moves_the_limit_of_the_desk_as_it_moves_that_of_the_file(held: Custody) -> None:
    before = held.row().first_due
    held.casebook.record_status(entry(), held.detention, statuses=("intoxicated",))
    held.casebook.record_sobering(entry(), held.detention, when=at(18, 40))
    assert held.row().first_due == before + 2 * 60 * 60
    version = held.casebook.standing(Detention, held.detention).version
    held.casebook.withdraw(Detention, entry(), held.detention, version, because="mistake")
    assert held.row().first_due == before, "sober when, nobody knows: not before the delivery"


class Tried(Custody):
    """Somebody against whom a case was opened, which this detention led to."""

    def __init__(self, installation: Installation, *, wanted: bool = True) -> None:
        super().__init__(installation, wanted=wanted)
        self.case = new_id()
        told: dict[str, Any] = {"kind": "administrative", "article": "koap-20.2-5", "detention": self.detention}
        self.casebook.open_proceeding(entry(), self.case, persons=(self.person,), **told)

    def dues(self) -> list[Any]:
        self._projector.follow()
        with self._installation.views() as db:
            return [json.loads(row.dues) for row in desks.cases_of(db, [self.person.bytes])]

    def rule(self, *, day: int = 3) -> None:
        told: dict[str, Any] = {"outcome": "guilty", "penalties": ("fine",), "when": at(12, day=day)}
        self.casebook.record_ruling(entry(), self.case, person=None, **told)
        self.casebook.receive_ruling(entry(), self.case, person=self.person, when=at(13, day=day))


def test_a_copy_of_the_ruling_lets_the_appeal_run_and_the_appeal_ends_it(installation: Installation) -> None:
    tried = Tried(installation)
    assert tried.dues() == [[]], "nothing is to be done before there is a ruling"
    tried.rule()
    first = tried.dues()[0]
    assert [seconds(at(13, day=13)), seconds(at(13, day=13))] in first or len(first) == 2
    tried.casebook.record_appeal(entry(), tried.case, person=tried.person, against="ruling", when=at(10, day=5))
    assert tried.dues() != [first]


def test_a_ruling_ends_the_limit_that_needs_one_and_taken_back_it_runs_again(installation: Installation) -> None:
    tried = Tried(installation)
    tried.casebook.record_protocol(entry(), tried.detention, kind="offence", article="koap-19.3-1", when=at(18))
    before = tried.row()
    tried.rule(day=3)
    ended = tried.row()
    assert (before.running, ended.running) == (1, 0)
    tried.casebook.withdraw(Proceeding, entry(), tried.case, 2, because="mistake")
    assert tried.row() == before


def test_a_case_that_was_withdrawn_or_is_against_somebody_else_is_nobodys_deadline(installation: Installation) -> None:
    tried = Tried(installation)
    tried.rule()
    tried.casebook.withdraw(Proceeding, entry(), tried.case, because="mistake")
    assert tried.dues() == []


def test_a_case_against_somebody_whom_no_lawyer_was_given_is_asked_about_when_a_desk_asks(installation: Installation) -> None:
    tried = Tried(installation, wanted=False)
    tried.rule()
    assert tried.dues() == [[]]
    with installation.views() as db:
        asked = desks.asked_now(db, desks.cases_of(db, [tried.person.bytes]))
    tried.assign()
    assert [json.loads(dues) for dues in asked.values()] == tried.dues()


def test_what_is_not_kept_of_an_entry_cannot_be_asked_for(held: Custody, installation: Installation) -> None:
    """Else a law that came to ask for it would be told that nobody said anything."""
    held.row()
    with installation.views() as db:
        kept = kept_entries.read(db.execute(select(deadline_tables.custody.table.c.told)).scalar_one())
    _, recorded = next(kept_entries.entries(kept, held.detention.bytes, deadline_tables.OF_CUSTODY))
    assert recorded.minor == "no"
    with pytest.raises(AttributeError):
        _ = recorded.circumstances


@pytest.mark.parametrize("kind", READ, ids=lambda kind: kind.TOPIC)
def test_what_the_law_asks_of_an_entry_is_kept_of_it(kind: type[Record.Event]) -> None:
    told = rich(kind)
    views = SimpleNamespace(position=7)
    fields = deadline_tables.OF_CUSTODY
    kept = kept_entries.keep({}, views, told, fields)  # type: ignore[arg-type]
    row = kept_entries.read(kept_entries.written(kept))
    found = custody_of(kept_entries.entries(row, told.originator_id.bytes, fields))
    asked = custody_of([(7, told)])
    for name in ("minor", "foreigner", "intoxicated"):
        assert getattr(found, name) == getattr(asked, name)
    for claims in ("released", "papers", "steps", "ruled"):
        assert [(one.kind, one.answer) for one in getattr(found, claims)] == [
            (one.kind, one.answer) for one in getattr(asked, claims)
        ]
    assert [one.article for one in found.charges] == [one.article for one in asked.charges]
