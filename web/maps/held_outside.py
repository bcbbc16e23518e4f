"""The numbers of cities for who is told what outside is told: people detained, counted anew without what is held back.

The heat map's own rows are sums that nothing can be taken out of. Only while something is held back, and only for journalists,
are the detained counted from the figure instead; everybody else, and every other time, is answered from the rows.
"""

from collections import defaultdict
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from projections import heatmap, held_back, positions, statistics
from projections.days import Period, Stretch, month_of
from projections.figures import Counted
from projections.figures.outside import outside
from projections.reconciling import Total, sum_of
from web.access.roles import Role
from web.desk import Desk, desk
from web.languages import language
from web.languages import translated as _
from web.maps.outside import FIGURE
from web.refusals import sentence
from web.wiring import Views


def told_outside(db: Views, role: Role, rows: Sequence[Any], when: Stretch, city: int | None = None) -> Sequence[Any]:
    """These rows of cities, or those of the one city's cells, as this role is told them: a city's in one, since journalists see
    no cells. A city with nothing left is told with 0.
    """
    held = held_back.held(db) if role is Role.JOURNALIST else held_back.NOTHING_HELD
    if held.is_nothing or not isinstance(when, Period):
        return rows
    counted: dict[int, list[Total]] = defaultdict(list)
    one: Counted
    for one in outside(FIGURE, held).count(db, positions.reached(db, statistics.projection)):
        if _is_in(one.day, when):
            counted[one.city or heatmap.NOWHERE].append(one.total)
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("held", "released", "force", "protests"), 0))
    for row in rows:
        of = found[city if city is not None else row.city]
        for name in of:
            of[name] += getattr(row, name)
    told = []
    for where in sorted({*found, *(counted if city is None else ())}):
        low, high = sum_of(counted.get(where, ()))
        ends = {"detained_low": low, "detained_high": low if high is None else high, "open_ended": int(high is None)}
        told.append(SimpleNamespace(city=where, cell=heatmap.NOWHERE, **found[where], **ends))
    return told


def nothing_while_unknown() -> ResponseReturnValue | None:
    """Before any page with numbers that a journalist opens: while nobody can say what is held back, none is told. A 0 would be
    printed."""
    if not desk().reader.role.is_outside:
        return None
    with desk().tracker.views() as db:
        if not held_back.held(db).is_all:
            return None
    advice = sentence(RuleBroken("held_back_unknown"), language())
    return render_template("mishap.html", title=_("Numbers are not told just now"), advice=advice, number=None), 503


def is_told_without(reading: Desk) -> bool:
    """Whether this reader is told numbers without something that is held back."""
    with reading.tracker.views() as db:
        return reading.reader.role.is_outside and not held_back.held(db).is_nothing


def _is_in(day: int, period: Period) -> bool:
    if period == Period():
        return True
    month = month_of(day)
    return bool(month) and (period.first or 0) <= month <= (period.last or 999_999)
