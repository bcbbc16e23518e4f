"""From the record to a released table, its page, its file and the bundle."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.detention import Detention
from domain.errors import RuleBroken
from domain.protest import Protest
from domain.provenance import Entry, Source
from domain.record import new_id
from domain.released_tables import HELD, OTHER, TOTAL, UNKNOWN
from domain.tally import tally_of
from projections import released_tables
from tests.trackers import city, day
from tests.web.conftest import nobody
from tests.web.seeding import MOSCOW, PETERSBURG, opened
from tests.web.site import Site
from web import create_app
from web.access.roles import Role
from web.publishing.bundle import bundle_of
from web.releasing.files import table_file
from web.releasing.making import position_for, release, to_release
from web.releasing.tables import TABLES
from web.releasing.wording import label_of
from web.wiring import Tracker

MINORS, QUARTER = TABLES["city_by_minor"], 202203
LATER = 2_000_000_000


@pytest.fixture
def tracker(tmp_path: Path, places: Path) -> Iterator[Tracker]:
    with opened(tmp_path, places) as tracker:
        yield tracker


def entry() -> Entry:
    return Entry(new_id(), Source("media"), new_id())


def taken(tracker: Tracker, people: int, *, minor: str, at: int = MOSCOW, month: int = 3) -> None:
    """So many people at each of two protests."""
    records: list[Any] = []
    for number in (5, 20):
        facts: dict[str, Any] = {"when": day(month, number), "place": city(at)}
        protest = Protest.record(entry(), new_id(), form="rally", **facts)
        of_protest = {**facts, "protest": protest.id, "circumstances": "at_protest", "minor": minor}
        records += [protest, *(Detention.record(entry(), new_id(), person=new_id(), **of_protest) for _ in range(people))]
    tracker.casebook.keep(*records)
    tracker.bring_up_to_date()


def a_quarter(tracker: Tracker) -> None:
    """Moscow: 120 adults, 24 minors, 6 of whom nobody said; Petersburg 60 adults, 4 minors; 8 adults in a third city."""
    taken(tracker, 60, minor="no")
    taken(tracker, 12, minor="yes")
    taken(tracker, 3, minor="unknown")
    taken(tracker, 30, minor="no", at=PETERSBURG)
    taken(tracker, 2, minor="yes", at=PETERSBURG)
    taken(tracker, 4, minor="no", at=1486209)
    taken(tracker, 50, minor="no", month=5)


def shown_in(tracker: Tracker) -> dict[tuple[str, str], str]:
    with tracker.views() as db:
        found = to_release(db, QUARTER, MINORS, position_for(db, QUARTER, LATER))
    return {(row.value, column): text for row in found.rows for column, text in zip(found.columns, row.cells, strict=True)}


def test_a_table_shows_large_numbers_rounded_and_of_small_ones_that_they_are_small(tracker: Tracker) -> None:
    a_quarter(tracker)
    shown = shown_in(tracker)
    assert list(dict.fromkeys(row for row, _ in shown)) == [str(MOSCOW), str(PETERSBURG), OTHER, TOTAL], "cities announced enough"
    assert [shown[TOTAL, column] for column in ("no", TOTAL)] == ["190", "220"], "188 of 222, each rounded by itself"
    assert shown[str(MOSCOW), "yes"] in ("25", HELD)
    assert shown[str(PETERSBURG), "yes"] == shown[OTHER, "yes"] == shown[str(MOSCOW), UNKNOWN] == "<10"


def test_while_a_number_of_the_quarter_is_held_back_no_table_of_it_is_released(tracker: Tracker) -> None:
    a_quarter(tracker)
    held: dict[str, Any] = {"city": MOSCOW, "day": date(2022, 3, 5)}
    tracker.casebook.hold_back(entry(), **held, because="danger")
    tracker.casebook.hold_back(entry(), city=MOSCOW, day=date(2022, 5, 5), because="danger")
    tracker.bring_up_to_date()
    with pytest.raises(RuleBroken, match="quarter_held_back"):
        shown_in(tracker)
    tracker.casebook.let_go(entry(), tally_of(**held))
    tracker.bring_up_to_date()
    assert shown_in(tracker), "what is held back of another quarter stops nothing"


def test_a_table_released_before_is_not_shown_outside_while_something_of_its_quarter_is_held_back(tracker: Tracker) -> None:
    a_quarter(tracker)
    at = _released(tracker)
    site = Site(tracker, create_app(tracker), nobody(tracker))
    journalist, coordinator = site.signed_in_as(Role.JOURNALIST), site.signed_in_as(Role.COORDINATOR)
    name = next(name for name in _bundle(tracker) if name.startswith("data/released/"))
    held: dict[str, Any] = {"city": MOSCOW, "day": date(2022, 3, 5)}
    tracker.catch_up(tracker.casebook.hold_back(entry(), **held, because="danger"))
    for address in (f"/released/{at}", f"/released/{at}/csv"):
        answer = journalist.get(address)
        assert answer.status_code == 404
        assert "220" not in answer.get_data(as_text=True)
        assert coordinator.get(address).status_code == 200
    assert "Not shown outside" in coordinator.page(f"/released/{at}").text
    assert not [link for link in journalist.page("/released").links if link.startswith(f"/released/{at}")]
    files = _bundle(tracker)
    assert name not in files
    page = files[f"en/released-{Path(name).stem}.html"].decode()
    assert "held back" in page
    assert "220" not in page
    tracker.catch_up(tracker.casebook.let_go(entry(), tally_of(**held)))
    assert journalist.get(f"/released/{at}").status_code == 200
    assert name in _bundle(tracker)


def test_of_two_tables_audited_apart_at_once_the_second_is_refused(tracker: Tracker) -> None:
    """Each would have been judged without what the other tells."""
    a_quarter(tracker)
    other = TABLES["city_by_circumstances"]
    with tracker.views() as db:
        position = position_for(db, QUARTER, LATER)
        first, second = (to_release(db, QUARTER, table, position) for table in (MINORS, other))
    assert (first.beside, second.beside) == (frozenset(), frozenset())
    tracker.catch_up(release(tracker, entry(), QUARTER, MINORS))
    shown: dict[str, Any] = {"rows": first.rows, "columns": first.columns, "cells": 1, "hidden": 0, "narrowest": 5}
    rules: dict[str, Any] = {"people": 10, "incidents": 2, "rounded_to": 5, "small_group": 100, "percent": 90}
    facts: dict[str, Any] = {"table": other.name, "version": 1, "counted_at": position, **shown, **rules}
    with pytest.raises(RuleBroken) as broken:
        tracker.casebook.release_table(entry(), QUARTER, **facts, beside=second.beside)
    assert broken.value.code == "released_meanwhile"
    tracker.casebook.release_table(entry(), QUARTER, **facts, beside=frozenset({MINORS.name}))


def _released(tracker: Tracker) -> int:
    tracker.catch_up(release(tracker, entry(), QUARTER, MINORS))
    with tracker.views() as db:
        return int(released_tables.every(db)[0].position)


def _bundle(tracker: Tracker) -> dict[str, bytes]:
    return dict(bundle_of(create_app(tracker), tracker))


def test_a_released_table_stays_as_it_was_and_its_quarter_at_its_position(tracker: Tracker) -> None:
    a_quarter(tracker)
    tracker.catch_up(release(tracker, entry(), QUARTER, MINORS))
    with tracker.views() as db:
        (before,) = released_tables.of_quarter(db, QUARTER)
    taken(tracker, 200, minor="yes")
    with tracker.views() as db:
        assert released_tables.every(db) == [before]
        assert position_for(db, QUARTER, before.released_at + 1000) == before.counted_at < tracker.log.last()
    with pytest.raises(RuleBroken) as broken:
        release(tracker, entry(), QUARTER, MINORS)
    assert broken.value.code == "table_released_lately"
    tracker.catch_up(release(tracker, entry(), QUARTER, TABLES["circumstances_by_month"]))
    with tracker.views() as db:
        assert {row.counted_at for row in released_tables.every(db)} == {before.counted_at}


def test_a_year_later_what_hardly_moved_is_shown_as_it_was(tracker: Tracker) -> None:
    """The one minor learned late is not given away; of the three hundred learned late everybody is told."""
    a_quarter(tracker)
    tracker.catch_up(release(tracker, entry(), QUARTER, MINORS))
    before = shown_in(tracker)
    taken(tracker, 1, minor="yes")
    assert shown_in(tracker) == before
    taken(tracker, 150, minor="no")
    now = shown_in(tracker)
    assert (before[str(MOSCOW), "no"], now[str(MOSCOW), "no"]) == ("120", "420")
    assert now[str(PETERSBURG), "no"] == before[str(PETERSBURG), "no"]


def test_a_quarter_is_refused_before_it_is_closed_and_a_table_that_tells_nothing(tracker: Tracker) -> None:
    for quarter, code in ((209903, "month_not_closed"), (202202, "no_such_quarter"), (202203, "nothing_to_release")):
        with pytest.raises(RuleBroken) as broken:
            release(tracker, entry(), quarter, MINORS)
        assert broken.value.code == code


def test_the_file_is_the_same_bytes_for_everybody_and_in_the_bundle(tracker: Tracker) -> None:
    a_quarter(tracker)
    tracker.catch_up(release(tracker, entry(), QUARTER, MINORS))
    app = create_app(tracker)
    files = dict(bundle_of(app, tracker))
    (name,) = (name for name in files if name.startswith("data/released/"))
    with app.test_request_context():
        found = table_file(tracker, int(name.rpartition("-")[2].removesuffix(".csv")))
    assert found is not None
    assert found[1].encode() == files[name]
    rows = list(csv.DictReader(io.StringIO(found[1])))
    assert {row["people"] for row in rows} <= {"<10", HELD, *map(str, range(10, 500, 5))}
    assert rows[0]["citation"].startswith("city_by_minor.1 quarter=2022-Q1 @")
    assert f"released-{name.rpartition('/')[2].removesuffix('.csv')}.html" in files["en/released.html"].decode()


def test_every_table_is_named_by_its_attributes_and_every_value_has_words(tracker: Tracker) -> None:
    app = create_app(tracker)
    for table in TABLES.values():
        assert table.name == f"{table.rows.name}_by_{table.columns.name}"
        for attribute in table.attributes:
            for value in attribute.list_of(attribute.values or ()):
                with app.test_request_context():
                    told = [label_of(tracker.gazetteer, attribute, value, language) for language in ("en", "ru")]
                    assert all(told)
