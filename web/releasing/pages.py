"""Released tables: the list and each of them for everybody; for coordinators the next one, with what the audit found."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from domain.provenance import Source
from domain.record import new_id
from projections import held_back, released_tables
from web.desk import desk
from web.entries.forms import minted, saved
from web.entries.problems import refusal
from web.languages import language
from web.languages import translated as _
from web.maps.downloads import as_file
from web.releasing.files import table_file
from web.releasing.making import position_for, release, table_named, to_release
from web.releasing.shut import is_shut
from web.releasing.tables import TABLES
from web.releasing.wording import grid_of, quarter_in, quarter_text, quarter_told, shown_of, title_of

releasing = Blueprint("releasing", __name__, url_prefix="/released")


@releasing.get("")
def listed() -> str:
    """Every table that was released, the latest quarter first."""
    names = desk().tracker.gazetteer
    with desk().tracker.views() as db:
        rows = released_tables.every(db)
        held = held_back.held(db)
    found = [shown for row in rows if (shown := shown_of(names, row, language())) is not None]
    return render_template(
        "released_tables.html",
        listed=[(shown, quarter_told(shown.row.quarter), is_shut(held, shown.row.quarter)) for shown in found],
        is_inside=not desk().reader.role.is_outside,
        tables=[(table.name, title_of(table, language())) for table in TABLES.values()],
    )


@releasing.get("/<int(max=9223372036854775807):position>")
def table(position: int) -> ResponseReturnValue:
    """The table that was released at this position of the log."""
    row, shut = _released_at(position)
    if shut and desk().reader.role.is_outside:
        return _not_shown()
    shown = shown_of(desk().tracker.gazetteer, row, language()) if row is not None else None
    if shown is None:
        abort(404)
    quarter = quarter_told(shown.row.quarter)
    return render_template("released_table.html", shown=shown, quarter=quarter, is_shut=shut)


@releasing.get("/<int(max=9223372036854775807):position>/csv")
def file(position: int) -> ResponseReturnValue:
    """The same as CSV: the same bytes for everybody, in whatever language they read."""
    _row, shut = _released_at(position)
    if shut and desk().reader.role.is_outside:
        return _not_shown()
    found = table_file(desk().tracker, position) or abort(404)
    return as_file(found[1], "csv", found[0])


def _released_at(position: int) -> tuple[Any, bool]:
    """The table released at this position, None where there is none, and whether it is not shown outside just now."""
    with desk().tracker.views() as db:
        row = released_tables.at(db, position)
        return row, row is not None and is_shut(held_back.held(db), row.quarter)


def _not_shown() -> ResponseReturnValue:
    advice = _("Something of its quarter is held back, and the table counts it. It is shown again when that is told again.")
    back = url_for("releasing.listed")
    return render_template("mishap.html", title=_("This table is not shown just now"), advice=advice, number=None, back=back), 404


@releasing.route("/next", methods=["GET", "POST"])
def next_table() -> ResponseReturnValue:
    """What would be released of a quarter, what the audit found, and the button that does it."""
    asked, tracker = request.values.get("quarter", "").strip(), desk().tracker
    quarter = quarter_in(asked)
    try:
        if quarter is None:
            raise RuleBroken("no_such_quarter", quarter=asked[:20])
        chosen = table_named(request.values.get("table", "").strip())
        if request.method == "POST":
            entry = desk().entry(Source("unknown"), minted("command"))
            return saved(desk(), release(tracker, entry, quarter, chosen), url_for("releasing.listed"))
        with tracker.views() as db:
            position = position_for(db, quarter, int(datetime.now(UTC).timestamp()))
            tracker.casebook.may_release_table(quarter, chosen.name, position)
            found = to_release(db, quarter, chosen, position)
    except RuleBroken as refused:
        return refusal(refused, back=url_for("releasing.listed"))
    rows = [(row.value, row.cells, row.kept) for row in found.rows]
    return render_template(
        "release_table.html",
        found=found,
        grid=grid_of(tracker.gazetteer, chosen, found.columns, rows, language()),
        quarter=quarter_text(quarter),
        told=quarter_told(quarter),
        command=new_id(),
    )
