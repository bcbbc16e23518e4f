"""Which cells a map for readers outside may show, and what can be worked out from those it shows."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from domain.disclosure import CellRules, InCell, cells_to_show, class_of, incidents_in
from scripts.drills.hidden_cells import worked_out

RULES = CellRules()
CITIES = st.dictionaries(
    st.sampled_from([f"cell{number}" for number in range(8)]),
    st.builds(InCell, st.one_of(st.integers(1, 14), st.integers(1, 2500)), st.integers(1, 4)),
)


def test_a_cell_needs_people_and_incidents() -> None:
    cells = {"few": InCell(9, 5), "once": InCell(300, 1), "shown": InCell(10, 2)}
    assert cells_to_show(cells, 400, RULES) == {"shown": 1}


def test_classes_begin_at_the_threshold_and_never_say_a_number() -> None:
    assert [class_of(people, RULES.classes) for people in (9, 10, 49, 50, 199, 200, 999, 1000)] == [0, 1, 1, 2, 2, 3, 3, 4]
    assert CellRules(people=50).classes == (50, 200, 1000)
    for people in range(10, 1100):
        rules = CellRules(people=people)
        assert all(after - first > rules.left_over for first, after in pairwise(rules.classes)), people


def test_a_cell_is_left_out_where_the_citys_number_would_give_it_away() -> None:
    assert cells_to_show({"all": InCell(12, 2)}, 12, RULES) == {}, "of 12, at least 10 there: 0 to 2 elsewhere"
    assert cells_to_show({"all": InCell(15, 2)}, 15, RULES) == {"all": 1}


def test_the_smallest_is_left_out_first() -> None:
    assert cells_to_show({"large": InCell(60, 3), "small": InCell(11, 2)}, 62, RULES) == {"large": 2}


@given(CITIES, st.integers(0, 30))
@example({"cell0": InCell(12, 2)}, 0)
@example({"cell0": InCell(50, 2), "cell1": InCell(5, 1)}, 0)
def test_an_attacker_with_the_exact_number_of_the_city_recovers_no_cell(cells: dict[str, InCell], not_placed: int) -> None:
    of_city = sum(found.people for found in cells.values()) + not_placed
    shown = cells_to_show(cells, of_city, RULES)
    for cell, (least, most) in worked_out(shown, of_city, cells, RULES.classes).items():
        if shown:
            assert least <= cells[cell].people <= most
            assert most - least >= RULES.left_over
        if cell not in shown:
            assert least == 0


def test_without_the_rule_of_what_is_left_over_the_attacker_succeeds() -> None:
    """The control: the attack is able to succeed."""
    cells = {"all": InCell(10, 2), "none": InCell(0, 0)}
    shown = cells_to_show(cells, 10, CellRules(left_over=0))
    assert worked_out(shown, 10, cells, RULES.classes) == {"all": (10, 10), "none": (0, 0)}


def test_people_taken_one_by_one_are_another_incident_only_where_they_cannot_have_been_at_the_protest() -> None:
    protest = 20220302
    assert incidents_in([protest], [20220302]) == 1, "the same day"
    assert incidents_in([protest], [20220303]) == 1, "after midnight"
    assert incidents_in([protest], [20220300, 20220000]) == 1, "nobody knows the day"
    assert incidents_in([protest], [20220305]) == 2
    assert incidents_in([protest, protest], []) == 2
    assert incidents_in([], [20220305, 20220306]) == 1, "a night that crosses midnight"
    assert incidents_in([], [20220305, 20220307]) == 2
    assert incidents_in([], [20220228, 20220301]) == 1, "over the end of a month"
    assert incidents_in([], [20220200, 20220200]) == 1
    assert incidents_in([], []) == 0
