"""A figure as a file to be taken along, in each form there is."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from domain.moment import When
from projections.figures import Figure
from web.access.roles import Role
from web.citing import Citation
from web.desk import HOME_ZONE
from web.gazetteer import Gazetteer
from web.journalists.permitted import may_open
from web.journalists.titles import title_of
from web.languages import translated as _
from web.maps.downloads import WITHOUT
from web.takeaways import OPEN, csv_of, json_of, package_of, xlsx_of
from web.takeaways.of_figures import document_of, table_of
from web.takeaways.table import Cell, Table
from web.telling import moments
from web.wiring import Tracker

FORMS = {
    "csv": ("csv", "text/csv"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("json", "application/json"),
    "package": ("zip", "application/zip"),
}
"""For each form the ending of the file and its type."""


def file_of(
    figure: Figure,
    form: str,
    names: Gazetteer,
    language: str,
    *,
    as_of: datetime | None,
    bom: bool = False,
    is_without: bool = False,
) -> Iterator[bytes]:
    """The figure in one of FORMS, in the language of the page. `is_without`: it is told without what is held back."""
    if form == "json" and not is_without:
        yield (json.dumps(document_of(figure, names, language), ensure_ascii=False, indent=2) + "\n").encode()
        return
    table = as_table(figure, names, language, as_of=as_of, coded=form != "xlsx")
    if is_without:
        table = told_without(table)
    if form == "csv":
        yield from csv_of(table, bom=bom)
    else:
        yield from json_of(table) if form == "json" else xlsx_of(table) if form == "xlsx" else package_of(table)


def as_table(figure: Figure, names: Gazetteer, language: str, *, as_of: datetime | None, coded: bool = True) -> Table:
    """The figure as a table. What journalists may open may be used by anybody; what is for work inside says so."""
    licence = OPEN if may_open(Role.JOURNALIST, Citation.of(figure)) else None
    return table_of(figure, names, language, title=title_of(figure, names, language), as_of=as_of, licence=licence, coded=coded)


def told_without(table: Table) -> Table:
    """The table as it is told while something in it is held back: it says so, and cites nothing, since whoever opened a citation
    inside would find another number.
    """
    names, rows = [column.name for column in table.columns], table.rows
    said: dict[str, Cell] = {"citation": "", "status": WITHOUT}

    def without() -> Iterator[Sequence[Cell]]:
        return ([said.get(name, cell) for name, cell in zip(names, row, strict=True)] for row in rows())

    return replace(table, title=f"{table.title} ({_('without what is held back')})", citation="", rows=without)


def source_of(tracker: Tracker, citation: Citation, language: str) -> str:
    """What stands under a chart: where it is from, as of when, and how it is cited."""
    moment = recorded_at(tracker, citation.position)
    if moment is None:
        return _("Source: Khronika. To cite: %(citation)s", citation=citation)
    when = moments.moment(When.at(moment.replace(second=0, microsecond=0), HOME_ZONE), language)
    return _("Source: Khronika, as of %(time)s. To cite: %(citation)s", time=when, citation=citation)


def recorded_at(tracker: Tracker, position: int) -> datetime | None:
    """When the entry at this position was recorded; None where there is none."""
    told = tracker.log.at([position]).get(position)
    return told.event.timestamp if told is not None else None
