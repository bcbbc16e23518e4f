"""Figures of the past: what was known at a position is what a log that ends there says, whatever was recorded afterwards."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from domain.count import Count
from domain.moment import When
from domain.protest import Protest
from domain.record import Record, new_id
from projections import case_files, figures, people, statistics
from projections.figures import Figure
from projections.log import Log, Told
from projections.projector import Projector
from tests.projections.doings import Doing, Doings, doings
from tests.projections.homes import fresh, thoroughly
from tests.trackers import MOSCOW, PETERSBURG, Address, Installation, city, day, entry
from web.wiring import PROJECTIONS


class CutAt:
    """The log as it was when `end` was its last position."""

    def __init__(self, log: Log, end: int) -> None:
        self._log = log
        self._end = end

    def page(self, after: int, limit: int, topics: Container[str] | None = None) -> Sequence[Told]:
        return self._log.page(after, min(limit, self._end - after), topics) if after < self._end else []

    def at(self, positions: Iterable[int]) -> dict[int, Told]:
        return self._log.at(position for position in positions if position <= self._end)

    def of(self, records: Iterable[UUID]) -> Sequence[Told]:
        return [told for told in self._log.of(records) if told.position <= self._end]

    def last(self) -> int:
        return min(self._end, self._log.last())

    def witness(self, position: int) -> tuple[UUID, int] | None:
        return self._log.witness(position) if position <= self._end else None

    def before(self, moment: float) -> int:
        return min(self._end, self._log.before(moment))


ADDED_UP = {("not_released", by) for by in (*figures.EVERYWHERE, "agency")}
ADDED_UP |= {
    (name, by) for name in ("fines", "fined_roubles", "arrest_days") for by in ("city", "region", "month", "week", "day")
}
"""Figures about people that count nobody twice, by what nobody has two of."""


def every_figure(db: Connection, position: int) -> list[Figure]:
    return [
        figures.compute(db, name, by=by, position=position)
        for name, definition in figures.DEFINITIONS.items()
        for by in (None, *definition.dimensions)
    ]


@given(doings(least=10, most=40), st.lists(st.integers(0, 60), min_size=1, max_size=3))
@settings(thoroughly, max_examples=12)
def test_what_was_known_at_a_position_is_what_a_log_cut_there_says(what: list[Doing], cuts: list[int]) -> None:
    with fresh() as address, address.open() as opened:
        done = Doings(opened.casebook)
        last = done.do(what)
        opened.projector().follow()
        everybody = [person.bytes for person in done.people]
        for position in {*(cut % (last + 1) for cut in cuts), last}:
            then = replace(address, views=f"cut_{position}.sqlite")
            with then.open() as earlier:
                projector = Projector(earlier.writer, earlier.reader, CutAt(opened.log, position), PROJECTIONS)
                projector.create()
                assert projector.follow() == position
                with opened.views() as now, earlier.views() as cut:
                    assert every_figure(now, position) == every_figure(cut, position)
                    assert set(people.edges(now, as_of=position)) == set(people.edges(cut))
                    for person in everybody:
                        assert set(people.cluster(now, person, as_of=position)) == set(people.cluster(cut, person))
                    assert people.names_of(now, everybody, as_of=position) == people.names_of(cut, everybody)


@given(doings(least=10, most=40))
@thoroughly
def test_rows_and_what_is_left_out_add_up_to_the_total(what: list[Doing]) -> None:
    with fresh() as address, address.open() as opened:
        position = Doings(opened.casebook).do(what)
        opened.projector().follow()
        with opened.views() as db:
            for figure in every_figure(db, position):
                overlaps = figure.definition.is_of_people and (figure.definition.name, figure.by) not in ADDED_UP
                if figure.by is None or overlaps or (figure.by, figure.definition.name) == ("category", "incidents"):
                    continue  # an incident of two categories is in two rows, and somebody detained in two cities
                assert sum(line.total.low for line in figure.rows) + figure.left_out.low == figure.total.low
                highs = [*(line.total.high for line in figure.rows), figure.left_out.high]
                whole = None if None in highs else sum(high for high in highs if high is not None)
                assert whole == figure.total.high


@given(doings(least=10, most=40))
@thoroughly
def test_a_fact_is_closed_and_never_overwritten(what: list[Doing]) -> None:
    """At every position at most one revision of a fact stands; the first known is known for ever."""
    with fresh() as address, address.open() as opened:
        last = Doings(opened.casebook).do(what)
        opened.projector().follow(5)
        with opened.views() as db:
            kinds = (statistics.PROTEST, statistics.COUNT, statistics.DETENTION, statistics.INCIDENT)
            for position in range(1, last + 1):
                for kind in kinds:
                    standing = [(row.record, row.version) for row in statistics.known(db, kind, position)]
                    assert len(standing) == len(set(standing))
                    assert set(standing) <= {(row.record, row.version) for row in statistics.ever_known(db, kind, position)}


@given(doings(least=10, most=40), st.integers(0, 60))
@thoroughly
def test_every_entry_of_a_file_is_a_line_of_it_whatever_became_of_it(what: list[Doing], cut: int) -> None:
    with fresh() as address, address.open() as opened:
        done = Doings(opened.casebook)
        last = done.do(what)
        position = cut % (last + 1)
        opened.projector().follow()
        with opened.views() as db:
            for person in done.people:
                records = [UUID(bytes=record) for record in case_files.records_of(db, [person.bytes])]
                history = opened.log.of(records)
                lines = case_files.lines(history)
                assert sorted(line.told.position for line in lines) == [told.position for told in history]
                then = case_files.lines(CutAt(opened.log, position).of(records))
                dated = [when.earliest for when in (_when(line.told) for line in then) if when is not None]
                assert dated == sorted(dated)
                for line in then:
                    changed = line.changed_by
                    assert changed is None or line.told.position < changed.position <= position


def _when(told: Told) -> When | None:
    event = told.event.restated if isinstance(told.event, Record.Correction) else told.event
    return getattr(event, "when", None)


# By hand.


def record_counts(installation: Installation, *numbers: int) -> tuple[UUID, list[int]]:
    protest = new_id()
    installation.casebook.record_protest(entry(), protest, when=day(3, 2), place=city(MOSCOW))
    positions = [
        installation.casebook.count_detentions(entry(), protest, count=Count.exactly(number)).position for number in numbers
    ]
    installation.projector().follow()
    return protest, positions


def detained(installation: Installation, position: int) -> tuple[int, int | None]:
    with installation.views() as db:
        return tuple(figures.compute(db, "detentions", by="city", position=position).total)  # type: ignore[return-value]


def test_names_and_counts_are_reconciled_and_never_added(installation: Installation) -> None:
    protest, _ = record_counts(installation, 3)
    for _ in range(5):
        installation.casebook.record_detention(entry(), new_id(), person=new_id(), protest=protest)
    installation.projector().follow()
    assert detained(installation, installation.log.last()) == (5, 5)


def test_competing_counts_span_an_interval(installation: Installation) -> None:
    _, (first, second, third) = record_counts(installation, 60, 100, 36)
    assert detained(installation, first - 1) == (0, 0)
    assert detained(installation, first) == (60, 60)
    assert detained(installation, second) == (60, 100)
    assert detained(installation, third) == (36, 100)


def test_a_number_corrected_three_times_is_known_at_each_of_them(installation: Installation) -> None:
    protest, (first,) = record_counts(installation, 40)
    at = [first]
    for number in (45, 44, 46):
        facts = {"when": None, "count": Count.exactly(number), "place": None}
        outcome = installation.casebook.correct(Protest, entry(), protest, 2, facts, because="new_information")
        at.append(outcome.position)
    installation.projector().follow()
    assert [detained(installation, position)[0] for position in at] == [40, 45, 44, 46]


def test_people_detained_at_a_withdrawn_protest_are_counted_where_it_was_said_to_be(installation: Installation) -> None:
    protest, _ = record_counts(installation, 10)
    installation.casebook.record_detention(entry(), new_id(), person=new_id(), protest=protest, place=city(PETERSBURG))
    installation.casebook.withdraw(Protest, entry(), protest, because="source_retracted")
    installation.projector().follow()
    with installation.views() as db:
        figure = figures.compute(db, "detentions", by="city", position=installation.log.last())
    assert [(line.key, line.total) for line in figure.rows] == [(MOSCOW, (1, 1))]


def test_an_unknown_figure_or_dimension_is_an_error(installation: Installation) -> None:
    installation.projector()
    with installation.views() as db:
        for name, by in (("arrests", "city"), ("detentions", "colour")):
            with pytest.raises(KeyError):
                figures.compute(db, name, by=by, position=0)


def test_figures_carry_their_definition_and_position(address: Address, installation: Installation) -> None:
    _, positions = record_counts(installation, 3)
    with installation.views() as db:
        figure = figures.compute(db, "detentions", by="city", position=positions[0])
    assert (figure.definition.name, figure.definition.version, figure.position) == ("detentions", 2, positions[0])
