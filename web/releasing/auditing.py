"""The audit: for every number of a quarter's tables, the least and the most it can be, by linear programming over all of them.

A number is too well known where these lie closer than the rules allow, and a small group where it follows that nearly all of it
share one sensitive value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.released_tables import TableRules, is_number
from web.releasing.attacker import Announced, Told, known
from web.releasing.program import Infeasible, Key, Program

Group = tuple[Key, Key, TableRules]
"""Those of one value in a small group, and the group."""


@dataclass(frozen=True, slots=True)
class Audit:
    """Of all tables of a quarter: how many cells, how many of them without a number, and how far apart at the least the ends of
    these are. `weak` are the numbers that are too well known, in order.
    """

    cells: int
    hidden: int
    narrowest: int
    weak: tuple[Key, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing is too well known."""
        return not self.weak


def audited(tables: Sequence[Told], tallies: Sequence[Announced], groups: Sequence[Group]) -> Audit:
    """What an attacker makes of these tables; of a quarter released anew also one who takes it that nothing was withdrawn."""
    found = _one_audit(tables, known(tables, tallies), groups)
    if len({told.counted_at for told in tables}) > 1:
        try:
            bold = _one_audit(tables, known(tables, tallies, nothing_withdrawn=True), groups)
        except Infeasible:
            return found
        weak = tuple(dict.fromkeys((*found.weak, *bold.weak)))
        return Audit(found.cells, found.hidden, min(found.narrowest, bold.narrowest), weak)
    return found


def _one_audit(tables: Sequence[Told], program: Program, groups: Sequence[Group]) -> Audit:
    shown: dict[Key, tuple[str, TableRules]] = {}
    for told in tables:
        shown |= {told.key(cell): (text, told.rules) for cell, text in told.shown.items()}
    hidden = [key for key, (text, _) in shown.items() if not is_number(text)]
    weak: list[Key] = []
    _look_around(program, hidden)
    narrowest = min((rules.people - 1 for _, rules in shown.values()), default=0)
    for key, (text, rules) in shown.items():
        enough = rules.spread if is_number(text) else max(narrowest, rules.width)
        least, most = program.seen(key)
        if most - least >= enough:
            continue
        ends = program.bounds(key)
        apart = enough if ends[1] is None else ends[1] - ends[0]
        if not is_number(text):
            narrowest = min(narrowest, apart)
        if apart < (rules.spread if is_number(text) else rules.width):
            weak.append(key)
    for some, group, rules in groups:
        if program.least({some: 100.0, group: -float(rules.percent)}) >= -1:
            weak.append(some)
    return Audit(len(shown), len(hidden), narrowest, tuple(dict.fromkeys(weak)))


def _look_around(program: Program, hidden: Sequence[Key]) -> None:
    """A few answers that reach far in all directions: most numbers need no question of their own after them."""
    for sign in (1.0, -1.0):
        program.least(dict.fromkeys(hidden, sign))
        program.least({key: sign * (1.0 if at % 2 else -1.0) for at, key in enumerate(hidden)})
