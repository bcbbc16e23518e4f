"""Who read whose file: a function of the access log alone, however it was cut, on both engines, beside the other views."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, inspect

from domain.access import Access, Acts, account_changed, act, exported, readings, refused
from domain.record import new_id
from projections import positions
from projections import readings as view
from projections.projector import Projector
from projections.rebuilding import rebuild
from tests.projections.doings import Doing, Doings
from tests.projections.homes import fresh, thoroughly
from tests.trackers import Address, Installation, Tables, tables
from web.store import EventLog
from web.wiring import ACCESS_PROJECTIONS, PROJECTIONS

ACCOUNTS = [new_id() for _ in range(3)]
PEOPLE = [new_id() for _ in range(4)]
SOME: Sequence[Doing] = [(n % 19, n % 5, n % 7, n % 11, n % 3) for n in range(40)]

Deed = tuple[int, int, int]
deeds = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2), st.integers(0, 15)), max_size=30)


def acts_of(deed: Deed) -> list[Access.Act]:
    """What a deed is written down as; the last number says with which people."""
    kind, number, chosen = deed
    account, other = ACCOUNTS[number], ACCOUNTS[(number + chosen) % 3]
    persons = [person for bit, person in enumerate(PEOPLE) if chosen >> bit & 1]
    match kind:
        case 0 | 1:
            return [*readings(account, {person: {"name"} for person in persons}, "lawyers.people")]
        case 2:
            return [exported(account, persons, "case_file")]
        case 3:
            return [refused(account if chosen % 2 else None, "not_theirs", "lawyers.case_file", PEOPLE[chosen % 4])]
        case 4:
            return [account_changed(account, other, "role_changed")]
        case 5:
            return [refused(None, "wrong_credentials", None, None)]
        case 6:
            return [act(Access.Searched, account=account, found=chosen)]
        case _:
            return [act(Access.SignedIn, account=account)]


@dataclass
class Beside:
    """An installation with the log of access beside the record, both folded into the same file."""

    opened: Installation
    acts: Acts

    def do(self, what: Sequence[Deed]) -> None:
        for each in what:
            happened = acts_of(each)
            if happened:
                self.acts.keep(*happened)

    def projector(self) -> Projector:
        """A new one of the access log, as a new process would have it."""
        log = EventLog(self.acts.recorder)  # type: ignore[arg-type]
        projector = Projector(self.opened.writer, self.opened.reader, log, ACCESS_PROJECTIONS)
        projector.create()
        return projector

    def seen(self) -> Tables:
        with self.opened.views() as db:
            return tables(db, ACCESS_PROJECTIONS)

    def every_act(self) -> list[tuple[int, Any]]:
        log = EventLog(self.acts.recorder)  # type: ignore[arg-type]
        return [(told.position, told.event) for told in log.page(0, 10_000)]


@contextmanager
def beside(address: Address) -> Iterator[Beside]:
    """Both logs at this address."""
    place = {"POSTGRES_SCHEMA": "access"} if address.url else {"SQLITE_DBNAME": str(address.folder / "access.sqlite")}
    with address.open() as opened, closing(Acts({**address.environment(), **place})) as acts:
        yield Beside(opened, acts)


@pytest.fixture
def both(address: Address) -> Iterator[Beside]:
    with beside(address) as opened:
        yield opened


def expected(acts: Sequence[tuple[int, Any]]) -> Tables:
    """The same tables, said again in the plainest way."""
    files = {
        (person.bytes, position, 1)
        for position, told in acts
        if isinstance(told, Access.Read | Access.Exported)
        for person in told.persons
    }
    files |= {(told.record.bytes, at, 0) for at, told in acts if isinstance(told, Access.Refused) and told.record is not None}
    rows: list[tuple[Any, ...]] = []
    for position, told in acts:
        by = told.by if isinstance(told, Access.AccountChanged) else told.account
        other = told.account if isinstance(told, Access.AccountChanged) else None
        rows.append((position, by and by.bytes, other and other.bytes))
    return {"readings_acts": sorted(rows, key=repr), "readings_files": sorted(files, key=repr)}


@given(deeds, st.integers(1, 7))
@thoroughly
def test_any_cut_into_pages_gives_the_same_tables(what: list[Deed], limit: int) -> None:
    with fresh() as address, beside(address) as both:
        both.do(what)
        both.projector().follow(limit)
        assert both.seen() == expected(both.every_act())


@given(st.lists(st.tuples(deeds, st.integers(0, 3), st.integers(1, 4)), max_size=6))
@thoroughly
def test_two_that_take_turns_while_acts_are_written_give_the_same_tables(days: list[tuple[list[Deed], int, int]]) -> None:
    with fresh() as address, beside(address) as both:
        projectors = [both.projector(), both.projector()]
        for what, steps, limit in days:
            both.do(what)
            for step in range(steps):
                projectors[(step + limit) % 2].advance(limit)
        projectors[0].follow()
        assert both.seen() == expected(both.every_act())


EVERYTHING: list[Deed] = [(kind, number % 3, number) for number in range(16) for kind in range(8)]


def test_these_deeds_reach_every_table_and_every_kind_of_row(both: Beside) -> None:
    both.do(EVERYTHING)
    both.projector().follow()
    assert both.seen() == expected(both.every_act())
    assert {row[2] for row in both.seen()["readings_files"]} == {0, 1}
    assert any(row[1] is None for row in both.seen()["readings_acts"])
    assert any(row[2] is not None for row in both.seen()["readings_acts"])


def test_the_views_of_the_two_logs_are_followed_each_by_its_own_projector(both: Beside) -> None:
    """They lie in one file, and a position means another event in each."""
    record, access = both.opened.projector(), both.projector()
    Doings(both.opened.casebook).do(SOME)
    both.do(EVERYTHING)
    assert record.follow() == both.opened.log.last()
    assert access.reached() == 0
    assert access.follow() == len(both.every_act())
    assert record.reached() == both.opened.log.last() != access.reached()
    assert record.outdated() == access.outdated() == []


def test_building_the_views_of_one_log_again_leaves_those_of_the_other_alone(both: Beside) -> None:
    record, access = both.opened.projector(), both.projector()
    Doings(both.opened.casebook).do(SOME)
    both.do(EVERYTHING)
    record.follow()
    access.follow()
    before, standings, names = _everything(both), record.standings(), _table_names(both)
    assert rebuild(access) == len(both.every_act())
    rebuilt = access.standings()
    assert {name for name in rebuilt if rebuilt[name] != standings[name]} == {"readings"}
    assert rebuild(record) == both.opened.log.last()
    assert record.standings()["readings"] == rebuilt["readings"]
    assert _everything(both) == before
    assert _table_names(both) == names
    assert record.outdated() == access.outdated() == []
    both.do(EVERYTHING)
    access.follow()
    assert both.seen() == expected(both.every_act())


def test_an_exchanged_access_log_is_noticed_and_the_record_is_not_blamed(both: Beside) -> None:
    both.do(EVERYTHING)
    both.projector().follow()
    Doings(both.opened.casebook).do(SOME)
    of_another = Projector(both.opened.writer, both.opened.reader, both.opened.log, ACCESS_PROJECTIONS)
    assert of_another.outdated() == ["readings"]
    assert both.projector().outdated() == []
    assert both.opened.projector().outdated() == []


def test_a_stopped_view_of_one_log_is_not_waited_for_by_the_other(both: Beside) -> None:
    record, access = both.opened.projector(), both.projector()
    Doings(both.opened.casebook).do(SOME)
    with both.opened.writer.begin() as db:
        positions.stop(db, "readings", 1, "KeyError in fold, line 1")
    assert record.follow() == both.opened.log.last()
    both.do(EVERYTHING)
    access.follow()
    assert both.seen()["readings_acts"] == []


def _everything(both: Beside) -> Tables:
    with both.opened.views() as db:
        return tables(db, (*PROJECTIONS, *ACCESS_PROJECTIONS))


def _table_names(both: Beside) -> set[str]:
    with both.opened.views() as db:
        return set(inspect(db).get_table_names())


def _asked(both: Beside, question: Any) -> list[int]:
    with both.opened.views() as db:
        found: list[int] = question(db)
    return found


def test_the_latest_acts_come_first_and_page_by_page(both: Beside) -> None:
    both.do(EVERYTHING)
    both.projector().follow()
    last = len(both.every_act())
    assert _asked(both, lambda db: view.latest(db, limit=3)) == [last, last - 1, last - 2]
    assert _asked(both, lambda db: view.latest(db, limit=2, before=last - 1)) == [last - 2, last - 3]
    assert len(_asked(both, lambda db: view.latest(db, limit=1000))) == last


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_acts_of_an_account_are_what_it_did_and_what_was_done_to_it(both: Beside, account: UUID) -> None:
    both.do(EVERYTHING)
    both.projector().follow()
    concerned = [at for at, told in both.every_act() if account in (told.account, getattr(told, "by", None))]
    assert _asked(both, lambda db: view.latest(db, limit=1000, account=account.bytes)) == concerned[::-1]


@pytest.mark.parametrize("persons", [PEOPLE[:1], PEOPLE[1:3], PEOPLE])
def test_who_read_a_file_and_who_only_asked_for_it_are_told_apart(both: Beside, persons: list[UUID]) -> None:
    both.do(EVERYTHING)
    both.projector().follow()
    keys = [person.bytes for person in persons]
    read = [at for at, told in both.every_act() if set(getattr(told, "persons", ())) & set(persons)]
    asked = [at for at, told in both.every_act() if getattr(told, "record", None) in persons]
    assert read
    assert asked
    assert _asked(both, lambda db: view.readers(db, keys, limit=1000)) == read[::-1]
    assert _asked(both, lambda db: view.latest(db, limit=1000, records=keys)) == sorted({*read, *asked}, reverse=True)
    assert _asked(both, lambda db: view.readers(db, keys, limit=1, before=read[-1])) == [read[-2]]


def test_a_file_is_found_by_the_end_of_its_number(both: Beside) -> None:
    both.do(EVERYTHING)
    both.projector().follow()

    def numbered(db: Connection, ending: bytes) -> list[bytes]:
        return [bytes(found) for found in view.numbered(db, ending)]

    with both.opened.views() as db:
        assert [numbered(db, person.bytes[-4:]) for person in PEOPLE] == [[person.bytes] for person in PEOPLE]
        assert numbered(db, new_id().bytes[-4:]) == []
