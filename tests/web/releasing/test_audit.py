"""The audit: what can be worked out is found, and held back until nothing can."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.disclosure import InCell
from domain.errors import RuleBroken
from domain.released_tables import HELD, OTHER, TOTAL, Cell, Sensitive, TableRules, is_number, shown_alone
from web.releasing.attacker import Announced, Told, known
from web.releasing.auditing import audited
from web.releasing.suppressing import made_safe
from web.releasing.tables import TABLES

RULES, EXACT = TableRules(), TableRules(rounded_to=1)
NOTHING_ANNOUNCED = Announced(1, {})


def of(rows: dict[str, tuple[int, ...]], columns: tuple[str, ...] = ("p", "q", "r")) -> dict[Cell, InCell]:
    """A table of people with its margins, at many incidents."""
    people: dict[Cell, int] = {}
    for row, numbers in rows.items():
        for column, number in zip(columns, numbers, strict=True):
            for cell in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
                people[cell] = people.get(cell, 0) + number
    return {cell: InCell(number, 9) for cell, number in people.items()}


def told(true: dict[Cell, InCell], rules: TableRules = RULES, *, at: int = 1, kept: frozenset[Cell] = frozenset()) -> Told:
    rows, columns = (list(dict.fromkeys(cell[part] for cell in true)) for part in (0, 1))
    return Told(at, ("one", "other"), rows, columns, shown_alone(true, rules, Sensitive()), rules, kept)


def test_one_hidden_number_beside_exact_ones_is_found_to_be_known() -> None:
    table = told(of({"a": (3, 40, 50), "b": (60, 70, 80)}), EXACT)
    audit = audited([table], [], [])
    assert not audit.passed
    assert table.key(("a", "p")) in audit.weak
    assert known([table], []).bounds(table.key(("a", "p"))) == (3, 3)


def test_rounding_leaves_it_wide_where_nothing_else_tells() -> None:
    table = told(of({"a": (5, 40, 50), "b": (60, 70, 80)}))
    assert audited([table], [], []).narrowest >= RULES.width
    assert audited([table], [], []).passed


def test_four_rounded_numbers_that_give_each_other_away_are_found() -> None:
    """Each shows 10 and is at most 12; their margin shows 50 and is at least 48."""
    table = told(of({"a": (12, 12, 12, 12), "b": (60, 70, 80, 90)}, ("p", "q", "r", "s")))
    assert known([table], []).bounds(table.key(("a", "p"))) == (12, 12)
    assert not audited([table], [], []).passed


def test_numbers_are_held_back_until_nothing_is_known() -> None:
    true = of({"a": (0, 12, 12), "b": (12, 12, 12), "c": (9, 9, 100)})
    safe, audit = made_safe(told(true), true, [], [], [], ())
    assert audit.passed
    assert audit.hidden == sum(not is_number(text) for text in safe.shown.values())
    assert all(safe.shown[cell] in (text, HELD) for cell, text in told(true).shown.items())


def test_what_was_released_before_counts() -> None:
    """The same people by another attribute: what the margin of one table hides the other tells, and then its cells."""
    first = told(of({"a": (9, 9, 9), "b": (60, 70, 80)}))
    hidden = Told(1, first.attributes, first.rows, first.columns, {**first.shown, ("a", TOTAL): HELD}, RULES)
    exact = TableRules(people=0, rounded_to=1)
    other = Told(1, ("one", "third"), ["a", "b", TOTAL], ["z", TOTAL], {("a", "z"): "27"}, exact)
    assert known([hidden], []).bounds(first.key(("a", "p"))) != (9, 9)
    assert known([hidden, other], []).bounds(first.key(("a", "p"))) == (9, 9), "nine, nine and nine"
    assert first.key(("a", "p")) in audited([hidden, other], [], []).weak


def test_the_exact_tallies_count() -> None:
    """Three detentions announced in all are three people at the most."""
    true = of({"a": (1, 1, 1), OTHER: (0, 0, 0)})
    city = Told(1, ("city", "other"), ["a", OTHER, TOTAL], ["p", "q", "r", TOTAL], told(true).shown, RULES)
    assert audited([city], [], []).passed
    assert not audited([city], [Announced(1, {("a", "202203"): 3})], []).passed


def test_what_nothing_can_save_is_refused() -> None:
    true = of({"a": (1, 1, 1), OTHER: (0, 0, 0)})
    city = Told(1, ("city", "other"), ["a", OTHER, TOTAL], ["p", "q", "r", TOTAL], told(true).shown, RULES)
    with pytest.raises(RuleBroken) as broken:
        made_safe(city, true, [], [Announced(1, {("a", "202203"): 3})], [], ())
    assert broken.value.code == "table_not_safe"


def test_a_group_known_to_be_nearly_all_of_one_value_is_found() -> None:
    true = of({"a": (60, 0, 0), "b": (60, 70, 80)})
    open_cells = {("a", "q"), ("a", "r"), ("a", TOTAL)}
    shown = {cell: text if cell in open_cells else HELD for cell, text in told(true).shown.items()}
    table = Told(1, ("one", "other"), ["a", "b", TOTAL], ["p", "q", "r", TOTAL], shown, RULES)
    some, group = table.key(("a", "p")), table.key(("a", TOTAL))
    tight = Told(1, ("one", "other"), ["a", TOTAL], ["p", TOTAL], {("a", "p"): "60", ("a", TOTAL): "60"}, RULES)
    assert audited([table], [], [(some, group, RULES)]).passed, "40 of 58 would fit"
    assert some in audited([tight], [], [(some, group, RULES)]).weak


def test_of_a_quarter_released_anew_what_is_kept_tells_no_new_number() -> None:
    true = of({"a": (5, 40, 50), "b": (60, 70, 80)})
    first = told(true)
    again = told(true, at=2, kept=frozenset(first.shown))
    least, most = known([first, again], [], nothing_withdrawn=True).bounds(again.key(("a", "p")))
    assert (least, most) == (1, 18), "at most nine more than the nine there were"
    assert audited([first, again], [], []).passed


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(*(st.one_of(st.integers(0, 16), st.integers(0, 300)) for _ in range(3))), min_size=2, max_size=6))
def test_nothing_released_is_known_exactly_and_every_bound_holds_the_truth(rows: list[tuple[int, ...]]) -> None:
    true = of({f"row{at}": numbers for at, numbers in enumerate(rows)})
    try:
        safe, audit = made_safe(told(true), true, [], [], [], ())
    except RuleBroken:
        return
    assert audit.passed
    program = known([safe], [])
    for cell, text in safe.shown.items():
        least, most = program.bounds(safe.key(cell))
        assert least <= true[cell].people
        assert most is None or (true[cell].people <= most and most - least >= (RULES.spread if is_number(text) else RULES.width))


def test_the_sums_of_the_audit_are_all_that_one_set_of_people_implies() -> None:
    """No circle of four attributes or more without a chord, no four joined each with each: taken away one by one."""
    lines = {frozenset(each.name for each in table.attributes) for table in TABLES.values()}
    left = {name for line in lines for name in line}
    while left:
        simple = next(
            name for name in sorted(left) if all(frozenset(two) in lines for two in combinations(_beside(name, lines, left), 2))
        )
        assert len(_beside(simple, lines, left)) <= 2
        left.remove(simple)


def _beside(name: str, lines: set[frozenset[str]], left: set[str]) -> list[str]:
    return sorted(other for other in left if frozenset({name, other}) in lines and other != name)
