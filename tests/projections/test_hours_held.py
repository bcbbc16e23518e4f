"""How long people were held: intervals in, intervals out; and nobody of whom an end is missing is left out."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.detention import Detention
from domain.moment import When
from domain.record import new_id
from projections import corrections
from projections.figures import DEFINITIONS, Figure, Line, compute
from projections.figures.changes import LEARNED, why
from tests.trackers import MOSCOW, MOSCOW_TIME, PETERSBURG, Installation, city, entry


def at(hour: int, minute: int = 0, day: int = 2) -> When:
    return When.at_clock(datetime(2022, 3, day, hour, minute), MOSCOW_TIME)  # noqa: DTZ001 - a wall clock


def figure(installation: Installation, by: str | None = None, position: int | None = None) -> Figure:
    installation.projector().follow()
    with installation.views() as db:
        last = installation.log.last()
        return compute(db, "hours_held", by=by, position=last if position is None else position)


def points(line: Line) -> list[tuple[int, int | None]] | None:
    return [(point.low, point.high) for point in line.spread.points] if line.spread is not None else None


def beside(line: Line) -> dict[str, int]:
    return {code: total.low for code, total in line.beside if total.low}


def held(installation: Installation, *releases: When | None, kind: str = "unknown", **facts: Any) -> UUID:
    """Somebody held from 15:00 in Moscow, with these reports of release."""
    detention = new_id()
    facts = {"when": at(15), "place": city(MOSCOW), **facts}
    installation.casebook.record_detention(entry(), detention, person=new_id(), **facts)
    for when in releases:
        installation.casebook.record_release(entry(), detention, kind=kind, when=when)
    return detention


def test_of_ten_lengths_each_percentile_is_one_of_them(installation: Installation) -> None:
    for hours in (1, 2, 3, 4, 5, 6, 7, 8, 9, 100):
        held(installation, When.at(at(15).earliest + timedelta(hours=hours), MOSCOW_TIME))
    found = figure(installation)
    assert found.total == (10, 10)
    assert points(found.whole) == [(60, 60), (180, 180), (300, 300), (480, 480), (540, 540)]


def test_competing_reports_of_release_and_a_time_from_to_make_an_interval(installation: Installation) -> None:
    held(installation, at(17), at(19, 30), when=When.between(at(14).earliest, at(15).latest, MOSCOW_TIME))
    assert set(points(figure(installation).whole) or ()) == {(120, 330)}


def test_parts_of_a_minute_are_rounded_outwards_and_a_length_is_never_below_nothing(installation: Installation) -> None:
    seconds = When.at(at(16).earliest + timedelta(seconds=30), MOSCOW_TIME)
    detention = held(installation, seconds)
    assert set(points(figure(installation).whole) or ()) == {(60, 61)}
    facts = {"when": When.day(at(15).earliest.date(), MOSCOW_TIME), "kind": "unknown"}
    installation.casebook.correct(Detention, entry(), detention, 2, facts, because="mistake")
    assert set(points(figure(installation).whole) or ()) == {(0, 9 * 60)}


def test_whoever_has_no_known_length_stands_beside_and_says_why(installation: Installation) -> None:
    held(installation, at(18))
    held(installation)
    held(installation, at(18), kind="to_remand")
    held(installation, at(18), kind="to_administrative_arrest")
    held(installation, None)
    held(installation, at(18), when=None)
    held(installation, at(14))
    found = figure(installation)
    assert (found.total, points(found.whole)) == ((1, 1), [(180, 180)] * 5)
    assert beside(found.whole) == {"not_ended": 1, "passed_on": 2, "untimed": 2, "contradictory": 1}


def test_an_arrest_that_was_served_ends_what_being_sent_there_did_not(installation: Installation) -> None:
    detention = held(installation, at(20), kind="to_administrative_arrest")
    installation.casebook.record_release(entry(), detention, kind="arrest_served", when=at(15, day=12))
    found = figure(installation, "category")
    assert {line.key: points(line) for line in found.rows} == {"arrest_served": [(14_400, 14_400)] * 5}


def test_a_city_in_which_no_length_is_known_has_its_row(installation: Installation) -> None:
    held(installation, at(18))
    held(installation, place=city(PETERSBURG))
    held(installation, at(17), place=None)
    found = figure(installation, "city")
    assert {line.key: (line.total, points(line), beside(line)) for line in found.rows} == {
        MOSCOW: ((1, 1), [(180, 180)] * 5, {}),
        PETERSBURG: ((0, 0), None, {"not_ended": 1}),
    }
    assert (found.left_out, points(found.nowhere), found.total) == ((1, 1), [(120, 120)] * 5, (2, 2))


def test_reports_told_in_another_order_give_the_same_figure(installation: Installation) -> None:
    told = (at(17), None, When.day(at(15).earliest.date(), MOSCOW_TIME), at(20))
    held(installation, *told)
    first = figure(installation)
    installation.casebook.withdraw(Detention, entry(), held(installation, *reversed(told)), because="duplicate")
    other = held(installation, *reversed(told))
    second = figure(installation)
    assert set(points(first.whole) or ()) == set(points(second.whole) or ()) == {(0, 540)}
    assert (second.total, other) == ((2, 2), other)


def test_a_corrected_time_is_a_reason_that_moves_a_length_and_no_number(installation: Installation) -> None:
    detention = held(installation, at(18))
    held(installation, at(17))
    since = figure(installation).position
    facts = {"when": at(23), "kind": "unknown"}
    installation.casebook.correct(Detention, entry(), detention, 2, facts, because="mistake")
    held(installation, at(20))
    found = figure(installation)
    with installation.views() as db:
        change = why(db, "hours_held", since=since, until=found.position)
    assert {reason: tuple(size) for reason, (size, _) in change.by_reason().items()} == {
        LEARNED: (1, 1, 0),
        corrections.CORRECTED: (0, 0, 0),
    }
    assert change.members_by_reason() == {LEARNED: 1, corrections.CORRECTED: 1}
    before, after = change.spreads
    assert before is not None
    assert after is not None
    assert (before.median, after.median) == ((120, 120), (300, 300))
    assert figure(installation, position=since).whole.spread == before


def test_what_stands_beside_has_its_name_in_both_languages() -> None:
    for definition in DEFINITIONS.values():
        assert all(len(set(told)) == 2 for told in definition.columns.values())
