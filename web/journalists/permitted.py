"""Which figures a role may ask for, and how far it may break them down: people's attributes stay inside."""

from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _l

from domain.errors import RuleBroken
from projections import corrections, held_back, people, positions, statistics, told_of_custody
from projections.figures import DEFINITIONS, OF_WHOM, Definition
from projections.held_back import NOTHING_HELD, Held
from web.access.roles import Role
from web.citing import Citation
from web.wiring import Views

DIMENSIONS = {
    "city": _l("by city"),
    "region": _l("by region"),
    "month": _l("by month"),
    "week": _l("by week"),
    "day": _l("by day"),
    "category": _l("by category"),
    "article": _l("by article"),
    "agency": _l("by agency"),
    "station": _l("by station"),
    "age_band": _l("by age"),
    "gender": _l("by gender"),
}
_ANNOUNCED = frozenset({"city", "month", "week", "day"})
"""What tallies of detentions are announced by, one with another (web/publishing/tallies.py)."""


_OF_PEOPLE = frozenset({"category", *OF_WHOM})
"""What tells of people and not of places and times; a category of detentions does."""


def open_dimensions(role: Role, definition: Definition) -> Mapping[str, object]:
    """What a role may ask a figure by. Journalists get tallies alone, and nothing by station."""
    closed = _OF_PEOPLE if role is Role.JOURNALIST else frozenset()
    return {name: told for name, told in DIMENSIONS.items() if name in definition.dimensions and name not in closed}


def must_have(definition: Definition, dimension: str, language: str) -> None:
    """Raises RuleBroken `figure_not_by`, in words, where the figure makes no sense by it."""
    try:
        definition.must_have([dimension] if dimension in DIMENSIONS else [])
    except RuleBroken as refused:
        unit, known = definition.unit[language == "ru"], [str(DIMENSIONS[name]) for name in definition.dimensions]
        told = {"figure": unit, "dimension": DIMENSIONS[dimension], "known": ", ".join(known)}
        raise RuleBroken("figure_not_by", **told) from refused


def open_figures(role: Role) -> Mapping[str, Definition]:
    """The figures a role may ask for: those about people are for whoever keeps the record of everybody."""
    is_inside = role in (Role.COORDINATOR, Role.MONITOR)
    return {name: definition for name, definition in DEFINITIONS.items() if is_inside or not definition.is_of_people}


def may_open(role: Role, citation: Citation) -> bool:
    """Whether what is cited is among what this role may ask for. A journalist may break a figure down once, as its page does;
    detentions also by city and time, as they are announced.
    """
    asked = {*citation.only, *([citation.by] if citation.by is not None else [])}
    if citation.definition.name not in open_figures(role) or not _among(asked, open_dimensions(role, citation.definition)):
        return False
    is_announced = citation.definition.name == "detentions" and _among(asked, _ANNOUNCED)
    return role is not Role.JOURNALIST or len(asked) <= 1 or is_announced


def _among(asked: Iterable[str], known: Iterable[str]) -> bool:
    return set(asked) <= set(known)


def held_from(role: Role, db: Views) -> Held:
    """What is held back from a role: of what journalists see everything outside is told; the others see the true number."""
    return held_back.held(db) if role is Role.JOURNALIST else NOTHING_HELD


def newest(db: Views) -> int:
    """The position that figures are of today: what every view they are counted from has reached."""
    return min(positions.reached(db, view.projection) for view in (statistics, told_of_custody, people, corrections))
