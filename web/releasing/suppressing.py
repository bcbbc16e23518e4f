"""Secondary suppression: numbers are held back, one after another, until the audit finds nothing too well known."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from domain.disclosure import InCell
from domain.errors import RuleBroken
from domain.released_tables import HELD, TOTAL, Cell, is_number
from web.releasing.attacker import Announced, Told
from web.releasing.auditing import Audit, Group, audited
from web.releasing.program import Key


def made_safe(
    told: Told,
    true: dict[Cell, InCell],
    before: Sequence[Told],
    tallies: Sequence[Announced],
    groups: Sequence[Group],
    fixed: Collection[Cell],
) -> tuple[Told, Audit]:
    """The table with as little held back as it takes, beside what was released `before`. `fixed` cells are known already.

    Raises RuleBroken `table_not_safe` where nothing is left to hold back.
    """
    while not (audit := audited([*before, told], tallies, groups)).passed:
        shown = dict(told.shown)
        for key in audit.weak:
            cell = _next(told, shown, true, fixed, key)
            if cell is not None:
                shown[cell] = HELD
        if shown == told.shown:
            weak = sorted(value for _, value in audit.weak[0][1])
            raise RuleBroken("table_not_safe", cell=" × ".join(weak))
        told = replace(told, shown=shown, kept=frozenset(cell for cell in told.kept if shown[cell] != HELD))
    return told, audit


def _next(told: Told, shown: dict[Cell, str], true: dict[Cell, InCell], fixed: Collection[Cell], weak: Key) -> Cell | None:
    """The number to hold back for a weak one: the smallest of its row or column, a margin only after those, then any."""
    enough = told.rules.people
    left = [cell for cell, text in shown.items() if is_number(text) and cell not in fixed and true[cell].people >= enough]
    here = next((cell for cell in shown if told.key(cell) == weak), None)

    def far(cell: Cell) -> tuple[int, bool, int, Cell]:
        is_near = here is not None and (cell[0] == here[0] or cell[1] == here[1])
        terms = told.key(cell)[1] & weak[1]
        return (0 if is_near else 1 if terms else 2), TOTAL in cell, true[cell].people, cell

    return min(left, key=far, default=None)
