"""What a table about people may show by itself: thresholds, rounding, and small groups that share one value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.disclosure import InCell
from domain.released_tables import (
    HELD,
    OTHER,
    SEVERAL,
    TOTAL,
    UNKNOWN,
    Cell,
    Meant,
    Sensitive,
    TableRules,
    has_moved,
    one_value,
    shared_by_most,
    shown_alone,
)

RULES = TableRules()


def table(rows: dict[str, tuple[int, ...]], incidents: int = 2) -> dict[Cell, InCell]:
    """Two columns, "yes" and "no", and the margins."""
    people: dict[Cell, int] = {}
    for row, numbers in rows.items():
        for column, number in zip(("yes", "no"), numbers, strict=True):
            for cell in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
                people[cell] = people.get(cell, 0) + number
    return {cell: InCell(number, incidents) for cell, number in people.items()}


def test_a_number_needs_people_and_incidents_and_is_rounded_to_five() -> None:
    shown = [RULES.alone(InCell(people, 2)) for people in (0, 1, 9, 10, 12, 13, 17, 18)]
    assert shown == ["<10", "<10", "<10", "10", "10", "15", "15", "20"]
    assert RULES.alone(InCell(200, 1)) == HELD


@given(st.integers(0, 3000), st.integers(0, 3))
def test_what_is_shown_can_always_mean_what_is_true(people: int, incidents: int) -> None:
    least, most = RULES.meant_by(RULES.alone(InCell(people, incidents)))
    assert least <= people
    assert most is None or people <= most


def test_no_sign_means_one_number() -> None:
    assert [RULES.meant_by(text) for text in ("<10", HELD, "10", "15")] == [
        Meant(0, 9),
        Meant(10, None),
        Meant(10, 12),
        Meant(13, 17),
    ]


def test_a_margin_is_rounded_from_its_own_number_and_not_from_its_rows() -> None:
    shown = shown_alone(table({"a": (12, 12), "b": (12, 12)}), RULES, Sensitive())
    assert [shown["a", "yes"], shown["a", "no"], shown["a", TOTAL]] == ["10", "10", "25"]


def test_a_small_group_that_shares_one_sensitive_value_does_not_tell_how_many_do() -> None:
    sensitive = Sensitive(columns=frozenset({"yes"}))
    people = table({"nearly all": (45, 5), "most": (44, 6), "large": (190, 10), "the others": (5, 45)})
    shown = shown_alone(people, RULES, sensitive)
    assert shown["nearly all", "yes"] == HELD
    assert (shown["most", "yes"], shown["large", "yes"], shown["the others", "no"]) == ("45", "190", "45")
    assert shared_by_most(people, RULES, sensitive) == [(("nearly all", "yes"), ("nearly all", TOTAL))]


def test_of_a_group_by_columns_likewise() -> None:
    shown = shown_alone(table({"beaten": (45, 200), "not": (5, 200)}), RULES, Sensitive(rows=frozenset({"beaten"})))
    assert (shown["beaten", "yes"], shown["beaten", "no"]) == (HELD, "200")


@pytest.mark.parametrize(
    ("told", "listed", "expected"),
    [
        ({"a"}, ("a", OTHER), "a"),
        ({"a", UNKNOWN}, ("a", OTHER), "a"),
        ({"c"}, ("a", OTHER), OTHER),
        ({"a", "b"}, ("a", "b", OTHER, SEVERAL), SEVERAL),
        ({"a", "b"}, ("a", "b", OTHER), OTHER),
        (set(), ("a", OTHER, UNKNOWN), UNKNOWN),
        (set(), ("a", OTHER), OTHER),
    ],
)
def test_everybody_has_one_value(told: set[str], listed: tuple[str, ...], expected: str) -> None:
    assert one_value(told, listed) == expected


def test_a_number_is_told_anew_only_once_it_moved_by_as_many_as_are_hidden() -> None:
    assert not has_moved(5, 14, RULES)
    assert has_moved(5, 15, RULES)
    assert has_moved(25, 15, RULES)
