"""A figure as a table to be taken along, and as JSON: a line for each row, one for what is in none, and the total."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from projections.figures import OF_WHOM, PERCENTILES, Figure, Line
from projections.figures.outside import HELD_BACK
from projections.reconciling import Total
from web.citing import Citation, written
from web.gazetteer import Gazetteer
from web.languages import translated as _
from web.takeaways.table import Cell, Column, Kind, Licence, Table
from web.telling import lengths

Row = tuple[str, Line, str]
"""What it is of, the interval with what stands beside it, and its citation."""

LEFT_OUT = {
    "city": "not_placed",
    "region": "not_placed",
    "month": "not_dated",
    "day": "not_dated",
    "category": "not_categorised",
    "week": "not_dated",
}
"""How files name what has no value in a dimension."""
SOURCES = (("GeoNames, CC BY 4.0", "https://www.geonames.org/"),)
"""Where the names of places come from."""


HEADINGS = {
    "city": _l("City"),
    "region": _l("Region"),
    "month": _l("Month"),
    "day": _l("Day"),
    "category": _l("Category"),
    "week": _l("Week"),
    "article": _l("Article"),
    "agency": _l("Agency"),
    "station": _l("Station"),
    "age_band": _l("Age"),
    "gender": _l("Gender"),
}


def heading_of(figure: Figure) -> str:
    """What stands above the names of its rows."""
    return str(HEADINGS.get(figure.by or "", ""))


def left_out_of(figure: Figure) -> str:
    """The name of what has no value in the figure's dimension."""
    return LEFT_OUT.get(figure.by or "", "not_known")


def rows_of(figure: Figure, names: Gazetteer, language: str, *, coded: bool) -> list[Row]:
    """Its rows, then what is in none of them, if there is any, and the total. `coded`: by the names that programs know."""
    rows = [
        (label_of(figure, line.key, names, language, coded=coded), line, str(Citation.of(figure, line.key)))
        for line in figure.rows
    ]
    closing = closing_of(figure)
    return [*rows, *(closing if coded else ((_told(name), line, cited) for name, line, cited in closing))]


def closing_of(figure: Figure) -> list[Row]:
    """What is in no row, if there is any, and the total."""
    left_out: list[Row] = []
    beside = [total for _, total in figure.nowhere.beside]
    if figure.by is not None and any(total != Total(0, 0) for total in (figure.left_out, *beside)):
        left_out.append((left_out_of(figure), figure.nowhere, str(Citation.of(figure, None))))
    return [*left_out, ("total", figure.whole, str(Citation(figure.definition, figure.position, None, figure.only)))]


def label_of(figure: Figure, key: Any, names: Gazetteer, language: str, *, coded: bool) -> str:
    """Places by name; months and days as ISO 8601 has them; others by code for programs, by label for people."""
    match figure.by:
        case "station" if not coded:
            return names.station_name(key, language) or str(key)
        case dimension if dimension in ("category", *OF_WHOM) and not coded:
            return figure.definition.value(dimension, key, language)
        case "city":
            return names.city_name(key, language)
        case "region":
            return names.region_name(key, language)
        case None:
            return ""
    return written(figure.by, key)


def document_of(figure: Figure, names: Gazetteer, language: str) -> dict[str, Any]:
    """The figure for programs, as `khronika figures NAME --format json` tells it."""
    total: dict[str, Any] = ends_of(figure.total)
    if figure.by is not None:
        total[left_out_of(figure)] = figure.left_out.low
    return {
        "figure": figure.definition.name,
        "version": figure.definition.version,
        "position": figure.position,
        "by": [figure.by] if figure.by is not None else [],
        "citation": str(Citation.of(figure)),
        "rows": [
            {
                figure.by: label_of(figure, line.key, names, language, coded=True),
                **ends_of(line.total),
                **lengths.document(figure.definition, line),
                "citation": str(Citation.of(figure, line.key)),
            }
            for line in figure.rows
        ],
        "total": {**total, **lengths.document(figure.definition, figure.whole)},
    }


def ends_of(total: Total) -> dict[str, int | None]:
    """The interval, under the names files have for its ends."""
    return {"low": total.low, "high": total.high}


def table_of(
    figure: Figure,
    names: Gazetteer,
    language: str,
    *,
    title: str,
    as_of: datetime | None,
    licence: Licence | None,
    coded: bool = True,
) -> Table:
    """The figure as a table, in the language of the page. `coded`: rows by the names that programs know, not those readers do."""
    rows = rows_of(figure, names, language, coded=coded)
    by = figure.by or "of"
    said = int(language == "ru")
    columns = (
        Column(
            by,
            heading_of(figure) or by,
            about=_("What is in none of these rows, and the total, are rows of their own."),
        ),
        Column("low", _("at least"), Kind.COUNT, _("The low end of the interval: so many at least.")),
        Column("high", _("at most"), Kind.COUNT, _("The high end of the interval; empty where no upper end is known.")),
        Column("citation", _("Citation"), about=_("Opens this number again, as of its position, and says why it changed.")),
        *([_status()] if figure.definition.name in HELD_BACK else []),
        *_beside(figure, language),
    )
    return Table(
        file_name(figure),
        title,
        columns,
        lambda: _cells(figure, rows),
        str(Citation.of(figure)),
        figure.position,
        figure.definition.method[said],
        figure.definition.unit[said],
        as_of,
        licence,
        SOURCES,
    )


def file_name(figure: Figure) -> str:
    """Such as `detentions-by-city-month-2022-03-at-41`: what it is of, in letters that every system takes for a file."""
    by = [f"by-{figure.by}"] if figure.by is not None else []
    only = [f"{dimension}-{written(dimension, value)}" for dimension, value in sorted(figure.only.items())]
    parts = [figure.definition.name, *by, *only, f"at-{figure.position}"]
    return "-".join("".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in part) for part in parts)


def left_out_told(figure: Figure) -> str:
    """What has no value in the figure's dimension, in words that stand alone."""
    told = _told(left_out_of(figure))
    return told[:1].upper() + told[1:]


def _cells(figure: Figure, rows: Sequence[Row]) -> Iterator[Sequence[Cell]]:
    status = [""] if figure.definition.name in HELD_BACK else []
    return ((name, *line.total, cited, *status, *lengths.coded(figure.definition, line)) for name, line, cited in rows)


def _status() -> Column:
    about = _("“without_held_back” where the number is told without something that is held back, and then cites nothing.")
    return Column("status", _("Status"), about=about)


def _beside(figure: Figure, language: str) -> Iterator[Column]:
    """Both ends of each percentile, in minutes, and of each number that stands beside."""
    said, told = figure.definition.is_of_lengths, lengths.headings(figure.definition, language)
    for index, (name, title) in enumerate(zip(lengths.names(figure.definition), told, strict=True)):
        unit = _(", minutes") if said and index < len(PERCENTILES) else ""
        yield Column(f"{name}_low", f"{title}{unit}, {_('at least')}", Kind.COUNT)
        yield Column(f"{name}_high", f"{title}{unit}, {_('at most')}", Kind.COUNT)


def _told(name: str) -> str:
    words: Mapping[str, str] = {
        "not_placed": _("not placed"),
        "not_dated": _("not dated"),
        "not_categorised": _("no category"),
        "not_known": _("not known"),
        "total": _("total"),
    }
    return words[name]
