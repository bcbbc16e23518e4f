"""Protests as they stand in a list: when and where as they were told, and how many, as intervals."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.count import Count
from domain.vocabulary.protests import PROTEST_FORMS
from projections import heatmap, protests
from projections.reconciling import Total
from web.desk import Desk
from web.telling import number
from web.wiring import Views


@dataclass(frozen=True, slots=True)
class Listed:
    """One protest's row. `detained` and `crowd` are "" where nothing is known."""

    id: UUID
    when: str
    where: str
    what: str
    detained: str
    crowd: str
    stands: bool


def told_protests(desk: Desk, db: Views, rows: Iterable[Any], language: str) -> list[Listed]:
    """These rows of the view as a reader sees them; when and where are read from the log, all in one go."""
    rows = list(rows)
    told = {position: found.event.says for position, found in desk.tracker.log.at(row.position for row in rows).items()}
    teller = desk.teller(told.values())
    detained = heatmap.detained_at(db, [row.protest for row in rows])
    listed = []
    for row in rows:
        event, crowd = told[row.position], protests.crowd(row)
        listed.append(
            Listed(
                UUID(bytes=row.protest),
                teller.when(event.when, language),
                teller.place(event.place, language),
                PROTEST_FORMS.label(row.form, language),
                interval(detained[row.protest], language) if row.protest in detained else "",
                number(crowd, language) if crowd is not None else "",
                bool(row.stands),
            )
        )
    return listed


def interval(total: Total, language: str) -> str:
    """ "50", "40 to 60", "at least 12"; "" for a plain zero, where nobody said that anybody was."""
    if total == (0, 0):
        return ""
    return number(Count(total.low, total.high), language)
