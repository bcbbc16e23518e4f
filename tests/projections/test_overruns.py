"""Limits overrun, as a figure: what the desk of deadlines and the case file say of the same people, as of any position."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from domain.detention import Detention
from domain.law.answers import HOLDING
from domain.law.country import laws
from domain.moment import When
from domain.place import Place, Precision
from domain.proceeding import Proceeding
from domain.record import new_id
from projections import deadline_tables, desks, kept_entries, statistics, told_of_custody
from projections.figures import DEFINITIONS, Figure, compute
from projections.figures import overruns as of_overruns
from projections.figures.changes import UNATTRIBUTED, why
from projections.figures.definition import AsOf
from tests.projections.doings_of_custody import some_nights
from tests.trackers import ACCOUNT, MOSCOW, Address, Installation, city, clock, entry, station

POLICE = "msk-tverskoy"
CLOCKS_IN_METHOD = ("koap-27.5-1", "koap-27.5-3", "koap-27.5-4", "constitution-22-2", "upk-94", "upk-108-7")


def figure(installation: Installation, by: str | None = None, **only: Any) -> Figure:
    installation.projector().follow()
    with installation.views() as db:
        return compute(db, "overruns", by=by, position=installation.log.last(), only=only)


def beside(found: Figure) -> dict[str, int]:
    return {code: total.low for code, total in found.whole.beside if total.low}


def held(installation: Installation, released: When | None, *, article: str | None, status: str = "citizen", **told: Any) -> UUID:
    """Held on 2 March from 15:00, brought in at 16:40."""
    detention, book = new_id(), installation.casebook
    told = {"when": clock(2, 15), "place": city(MOSCOW), **told}
    book.record_detention(entry(), detention, person=new_id(), **told)
    book.record_delivery(entry(), detention, when=clock(2, 16, 40), place=station(POLICE))
    if article is not None:
        book.record_protocol(entry(), detention, kind="offence", article=article, when=clock(2, 18))
    book.record_status(entry(), detention, statuses=(status,))
    if released is not None:
        book.record_release(entry(), detention, kind="after_protocol", when=released)
    return detention


# By hand.


def test_a_minute_over_three_hours_is_over_and_three_hours_are_not(installation: Installation) -> None:
    held(installation, clock(2, 19, 41), article="koap-20.3.3-1")
    held(installation, clock(2, 19, 40), article="koap-20.3.3-1")
    held(installation, clock(4, 15), article="koap-19.3-1")
    held(installation, clock(4, 15, 1), article="koap-19.3-1")
    found = figure(installation, "category")
    assert {line.key: tuple(line.total) for line in found.rows} == {"koap-20.3.3-1": (1, 1), "koap-19.3-1": (1, 1)}
    assert (found.total, beside(found)) == ((2, 2), {})


def test_who_may_be_a_foreigner_is_at_the_high_end_and_in_the_column_that_says_so(installation: Installation) -> None:
    held(installation, clock(2, 20), article="koap-20.3.3-1", status="not_intoxicated")
    found = figure(installation)
    assert (found.total, beside(found)) == ((0, 1), {"by_the_shorter_limit": 1})


def test_what_cannot_be_told_and_whoever_is_not_known_to_be_out_stand_beside(installation: Installation) -> None:
    held(installation, None, article="koap-20.3.3-1")
    abroad = Place(Precision.CITY, "FR", zone="Europe/Paris")
    held(installation, clock(5, 20), article=None, place=abroad)
    untimed = new_id()
    installation.casebook.record_detention(entry(), untimed, person=new_id(), place=city(MOSCOW))
    installation.casebook.record_release(entry(), untimed)
    found = figure(installation, "category")
    assert (found.total, beside(found)) == ((0, 0), {"cannot_tell": 1, "no_known_end": 1, "law_unknown": 1})
    assert [(line.key, dict(line.beside)["no_known_end"].low) for line in found.rows] == [("koap-20.3.3-1", 1)]


def test_a_ruling_in_the_case_ends_the_custody_and_its_withdrawal_does_not_undo_what_was_told(installation: Installation) -> None:
    detention = held(installation, None, article="koap-19.3-1")
    person = installation.casebook.standing(Detention, detention).person
    case = new_id()
    installation.casebook.open_proceeding(
        entry(), case, persons=(person,), kind="administrative", article="koap-19.3-1", detention=detention
    )
    installation.casebook.record_ruling(entry(), case, outcome="guilty", when=clock(5, 12))
    assert figure(installation).total == (1, 1)
    since = installation.log.last()
    installation.casebook.withdraw(Proceeding, entry(), case, 2, because="mistake")
    assert (figure(installation).total, beside(figure(installation))) == ((0, 0), {"no_known_end": 1})
    with installation.views() as db:
        assert compute(db, "overruns", by=None, position=since).total == (1, 1)
        change = why(db, "overruns", since=since, until=installation.log.last())
    assert {reason: tuple(size) for reason, (size, _) in change.by_reason().items()} == {"withdrawn": (-1, -1, 0)}


def test_the_method_names_the_rule_of_every_limit_in_both_languages() -> None:
    rules = {rule.code: rule for rule in laws()["RU"].rules}
    for said, method in enumerate(DEFINITIONS["overruns"].method):
        for code in CLOCKS_IN_METHOD:
            assert rules[code].citation[said] in method


# Beside the desk of deadlines.


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Four hundred people held, each of whom has a lawyer: the desk asks the law about all of them."""
    with Address(tmp_path_factory.mktemp("nights")).open() as opened:
        done = some_nights(opened.casebook, 42, 400)
        for person in done.people:
            opened.casebook.assign_counsel(entry(), person, counsel=ACCOUNT)
        for _ in range(200):
            done.change()
        opened.projector().follow()
        yield opened


def late_on_the_desk(db: Any) -> dict[bytes, int]:
    """Of whom the desk says that a limit ran out before it ended: 2 certainly, 1 possibly, by any limit that is shown."""
    table = deadline_tables.custody.table
    files = [row.person for row in db.execute(select(table.c.person))]
    return {row.detention: row.late for row in desks.detentions_of(db, files) if row.late}


def in_the_figure(db: Any, position: int) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for one in of_overruns.count(AsOf(db, position)):
        if not one.beside and one.who is not None:
            found[one.who] = max(found.get(one.who, ""), "surely" if one.total.low else "possibly")
    return found


def test_every_overrun_the_desk_shows_of_an_ended_custody_is_in_the_figure_and_the_other_way_round(nights: Installation) -> None:
    with nights.views() as db:
        desk, counted = late_on_the_desk(db), in_the_figure(db, nights.log.last())
        abroad = {one.who for one in of_overruns.count(AsOf(db, nights.log.last())) if one.beside == of_overruns.LAW_UNKNOWN}
    assert len(desk) > 50
    assert len(abroad) > 5
    assert {"surely", "possibly"} == set(counted.values())
    assert desk.keys() == counted.keys()
    assert all(desk[who] == 2 for who, told in counted.items() if told == "surely")


def test_the_comparison_sees_one_overrun_that_is_missing(nights: Installation) -> None:
    """The control: the law is told nothing of one release, and the figure and the desk differ in that detention alone."""
    with nights.writer.connect() as db:
        before = in_the_figure(db, nights.log.last())
        table = told_of_custody.told.table
        of_one = list(statistics.known(db, told_of_custody.LET_GO, nights.log.last(), told_of_custody.told))
        gone = next(row.record for row in of_one if before.get(row.record) == "surely")
        db.execute(table.delete().where(table.c.record == gone, table.c.kind != told_of_custody.RESTRAINED))
        after = in_the_figure(db, nights.log.last())
        db.rollback()
    assert before.keys() - after.keys() == {gone}


def test_the_limits_of_holding_alone_are_those_of_the_whole_answer(nights: Installation) -> None:
    last = nights.log.last()
    with nights.views() as db:
        table = deadline_tables.custody.table
        for row in db.execute(select(table).where(table.c.stands == 1)):
            standing = list(kept_entries.entries(kept_entries.read(row.told), row.detention, deadline_tables.OF_CUSTODY))
            question = deadline_tables.custody_in(standing, (), row.detention, [row.person])
            if question is not None:
                law, facts, zone = question
                now = datetime(2022, 4, 1, tzinfo=UTC)
                whole = law.custody(facts, now, zone).clocks
                assert [*law.holding(facts, now, zone)] == [one for one in whole if one.code in HOLDING], last


def test_the_figure_says_what_the_law_says_now_of_those_whose_custody_ended(nights: Installation) -> None:
    """The case file asks at its own moment; what is certain of an ended custody does not depend on it."""
    with nights.views() as db:
        counted = in_the_figure(db, nights.log.last())
        answers = desks.answers_in_custody(db, list(counted))
    for who, told in counted.items():
        found = answers[who]
        assert found is not None
        late = [one for one in found.clocks if one.code in HOLDING and one.state.value.startswith("stopped_late")]
        assert late
        if told == "surely":
            assert any(one.state.value == "stopped_late_certainly" for one in late)


def test_what_moved_overruns_and_lengths_has_a_reason_and_adds_up(nights: Installation) -> None:
    last = nights.log.last()
    with nights.views() as db:
        for name in ("overruns", "hours_held"):
            for since in (last // 3, last * 2 // 3, last - 150):
                change = why(db, name, since=since, until=last)
                assert UNATTRIBUTED not in change.by_reason()
                total = change.before
                for size, _ in change.by_reason().values():
                    total = total.more(size)
                assert total == change.after
                spreads = [compute(db, name, by=None, position=position).whole.spread for position in (since, last)]
                assert [*change.spreads] == spreads
