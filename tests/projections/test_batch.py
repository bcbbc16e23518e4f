"""What handlers put through a batch is what the tables hold, however many rows at once and whatever the batch remembers."""

import pytest
from sqlalchemy import Column, Integer, String, select
from sqlalchemy.exc import DatabaseError

from projections import batch
from projections.batch import VALUES_AT_ONCE, Batch
from projections.projection import Projection
from projections.projector import build
from projections.rebuilding import rebuild
from tests.projections.doings import Doing, Doings
from tests.projections.homes import folded, seen
from tests.trackers import Address, Installation

projection = Projection("shelf", version=1)
books = projection.table(
    "books", Column("row", Integer, primary_key=True), Column("place", Integer, primary_key=True), Column("title", String(20))
)
loans = projection.table("loans", Column("reader", Integer, primary_key=True), Column("book", Integer), compared=True)
TOGETHER = VALUES_AT_ONCE // len(books.columns)


def written(installation: Installation) -> dict[tuple[int, int], str]:
    with installation.writer.connect() as db:
        return {(row.row, row.place): row.title for row in db.execute(select(books.table))}


@pytest.mark.parametrize("many", [1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 3 * TOGETHER + 7])
def test_any_number_of_rows_is_written_and_replaced(installation: Installation, many: int) -> None:
    with installation.writer.begin() as db:
        shelf = Batch(projection, build(db, projection).items(), fresh=True)
        for edition in ("first", "second"):
            shelf.begin(db)
            for number in range(many):
                shelf.put(books, (number // 10, number % 10), title=f"{edition} {number}")
            shelf.flush()
    assert written(installation) == {(number // 10, number % 10): f"second {number}" for number in range(many)}


def test_rows_put_and_removed_in_between_are_not_there(installation: Installation) -> None:
    with installation.writer.begin() as db:
        shelf = Batch(projection, build(db, projection).items(), fresh=True)
        shelf.begin(db)
        for number in range(2 * TOGETHER):
            shelf.put(books, (1, number), title="kept")
        shelf.flush()
        for number in range(TOGETHER):
            shelf.remove(books, (1, number))
        shelf.put(books, (2, 1), title="kept")
        shelf.remove(books, (2, 1))
        assert shelf.get(books, (1, 0)) is None
        shelf.flush()
    assert sorted(written(installation)) == [(1, number) for number in range(TOGETHER, 2 * TOGETHER)]


def test_a_batch_that_has_forgotten_its_rows_finds_them_in_the_tables(installation: Installation) -> None:
    """As after a swap that was rolled back, when it goes on with the tables it has filled."""
    with installation.writer.begin() as db:
        shelf = Batch(projection, build(db, projection).items(), fresh=True)
        shelf.begin(db)
        shelf.put(books, (1, 1), title="kept")
        shelf.flush()
        assert shelf.get(books, (1, 2)) is None
        shelf.clear()
        assert shelf.get(books, (1, 1)).title == "kept"
        assert shelf.get(books, (1, 2)) is None


def test_a_compared_table_tells_what_its_rows_were_when_they_were_last_written(installation: Installation) -> None:
    def changes() -> list[tuple[int | None, int | None]]:
        return [(before and before.book, after and after.book) for before, after in shelf.changes(loans)]

    with installation.writer.begin() as db:
        shelf = Batch(projection, build(db, projection).items())
        shelf.begin(db)
        shelf.put(loans, 1, book=10)
        shelf.put(loans, 2, book=20)
        shelf.set(loans, 2, book=21)
        assert changes() == [(None, 10), (None, 21)]
        shelf.flush()
        assert changes() == []
        shelf.clear()
        for book in (11, 12):
            shelf.get(loans, 1)
            shelf.set(loans, 1, book=book)
        shelf.get(loans, 2)
        shelf.remove(loans, 2)
        assert changes() == [(10, 12), (21, None)]
        shelf.clear()
        assert changes() == []


@pytest.mark.parametrize("rows", [1, 5, batch.CACHED_ROWS])
def test_what_a_rebuild_does_not_remember_it_looks_for(
    address: Address, installation: Installation, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    doings: list[Doing] = [(n % 19, n % 5, n % 7, n % 11, n % 3) for n in range(80)]
    Doings(installation.casebook).do(doings)
    whole = folded(address, "whole")
    monkeypatch.setattr(batch, "CACHED_ROWS", rows)
    monkeypatch.setattr("projections.rebuilding.REBUILDING_PAGE", 3)
    monkeypatch.setattr("projections.rebuilding.PAGES_A_WRITE", 2)
    rebuild(installation.projector())
    assert seen(installation) == whole


def test_trouble_of_the_database_is_told_as_such_and_without_a_value(installation: Installation) -> None:
    """The projector must not take a full disk or a lost connection for a handler that fails, nor log what was recorded."""
    shelf = Batch(projection, [(books, books.table), (loans, loans.table)])
    with pytest.raises(DatabaseError) as broken, installation.writer.begin() as db:  # noqa: PT012 - both in one transaction
        shelf.begin(db)
        shelf.put(books, (1, 1), title="somebody")
        shelf.flush()  # there are no such tables
    assert broken.value.orig is not None
    assert "somebody" not in str(broken.value)
    shelf.leave()
    shelf.clear()
    with pytest.raises(RuntimeError, match="begin it first"):
        shelf.get(books, (1, 1))


def test_the_indexes_of_a_sparse_table_hold_only_rows_that_have_something_in_their_column(installation: Installation) -> None:
    installation.projector()
    with installation.views() as db:
        asked = {
            "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'index' AND name LIKE 'statistics_facts_by_%'",
            "postgresql": "SELECT indexdef FROM pg_indexes WHERE indexname LIKE 'statistics_facts_by_%'",
        }[db.dialect.name]
        told = [row[0] for row in db.exec_driver_sql(asked.replace("%", "%%") if db.dialect.name == "postgresql" else asked)]
    assert len(told) == 4
    assert all("IS NOT NULL" in index for index in told)
