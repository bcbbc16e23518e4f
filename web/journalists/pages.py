"""A figure's page, its pictures and files, and that of a number that was cited. The numbers come from `projections.figures`."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from projections.figures.outside import HELD_BACK
from web.access.roles import Role
from web.charts import chart_png, chart_size, chart_svg
from web.citing import Citation, read_citation
from web.desk import desk
from web.journalists.answers import PICTURES, download, look
from web.journalists.asked import Asked
from web.journalists.charts import chart_of, history_chart
from web.journalists.cited import opened
from web.journalists.history import history_of
from web.journalists.permitted import DIMENSIONS, held_from, may_open, newest, open_dimensions
from web.journalists.tables import figure_of, table_of
from web.journalists.taking import FORMS, file_of, recorded_at, source_of
from web.journalists.titles import title
from web.languages import language
from web.languages import translated as _
from web.maps.drawing import NARROW, WIDE
from web.maps.held_outside import nothing_while_unknown
from web.maps.kept import picture
from web.refusals import sentence
from web.takeaways import FORMS as WRITERS
from web.takeaways.of_facts import facts_of
from web.takeaways.of_figures import file_name
from web.takeaways.people import note_that_they_leave

journalists = Blueprint("journalists", __name__)


@journalists.before_request
def tell_nothing_while_unknown() -> ResponseReturnValue | None:
    """To a journalist, while the view of what is held back stands still."""
    return nothing_while_unknown()


@journalists.get("/figures")
def figures() -> ResponseReturnValue:
    """One figure: by what, of which months, of what alone; as chart and table, with its history."""
    asked, names = Asked.read(request.args, desk().reader.role, language()), desk().tracker.gazetteer
    table = table_of(desk(), asked, language(), whole={"1": True, "0": False}.get(request.args.get("more", "")))
    source = _source(asked, Citation.of(table.figure))
    drawn = [chart_of(table.figure, names, language(), source=source, width=width) for width in (WIDE, NARROW)]
    told = title(asked.definition, None, asked.only, names, language())
    past = [history_chart(told, table.history, language(), source=source, width=width) for width in (WIDE, NARROW)]
    page = render_template(
        "figures.html",
        table=table,
        asked=asked,
        dimensions=open_dimensions(asked.role, asked.definition),
        labels=DIMENSIONS,
        sizes=[chart_size(chart) for chart in drawn],
        past_sizes=[chart_size(chart) for chart in past],
    )
    return page, 404 if asked.is_senseless else 200


@journalists.get("/figures/chart.png")
def chart() -> Response:
    """The chart of a figure, as of the position in the address."""
    asked, position = _asked_at()

    def draw() -> bytes:
        palette, width, scale = look()
        figure = figure_of(desk(), asked, position)
        source = _source(asked, Citation.of(figure))
        return chart_png(
            chart_of(figure, desk().tracker.gazetteer, language(), source=source, palette=palette, width=width), scale
        )

    return picture(desk(), draw, is_announced=_is_announced(asked, position), is_of_a_position=True)


@journalists.get("/figures/history.png")
def history() -> Response:
    """What the number was as of earlier days, up to the position in the address."""
    asked, position = _asked_at()

    def draw() -> bytes:
        palette, width, scale = look()
        past = history_of(desk(), asked.definition, asked.only, position, language())
        source = _source(asked, Citation(asked.definition, position, None, asked.only))
        told = title(asked.definition, None, asked.only, desk().tracker.gazetteer, language())
        return chart_png(history_chart(told, past, language(), source=source, palette=palette, width=width), scale)

    return picture(desk(), draw, is_announced=_is_announced(asked, position), is_of_a_position=True)


@journalists.get("/figures/taken.<any(csv, xlsx, json, package, svg, png):form>")
def taken(form: str) -> ResponseReturnValue:
    """A figure as a file, as of the position in the address. Where it tells of people, that it leaves is noted first."""
    asked, position = _asked_at()
    was_without = _is_without(asked)
    figure = figure_of(desk(), asked, position)
    tracker, names = desk().tracker, desk().tracker.gazetteer
    if asked.definition.is_of_people:
        tracker.access.exported(desk().reader.account.id, (), "table")
    if form in PICTURES:
        source = _source(asked, Citation.of(figure))
        drawn = chart_of(figure, names, language(), source=source)
        made = chart_svg(drawn).encode() if form == "svg" else chart_png(drawn)
        return download((made,), form, PICTURES[form], file_name(figure))
    at = recorded_at(tracker, position)
    bom, is_without = request.args.get("bom") == "1", was_without or _is_without(asked)
    pieces = file_of(figure, form, names, language(), as_of=at, bom=bom, is_without=is_without)
    return download(pieces, *FORMS[form], file_name(figure))


@journalists.get("/figures/facts.<any(csv, xlsx, json, package):form>")
def facts(form: str) -> ResponseReturnValue:
    """The facts a figure is counted from, a row for each. Whom they are about is noted before the first of them leaves."""
    asked, position = _asked_at()
    if asked.only:
        advice = _("The facts are those of the whole figure. Take them without months and other filters, and leave out the rest.")
        return render_template("mishap.html", title=_("Nothing was written"), advice=advice, number=None), 422
    tracker = desk().tracker
    table = facts_of(
        tracker.views,
        asked.definition,
        position,
        tracker.gazetteer,
        language(),
        as_of=recorded_at(tracker, position),
    )
    note_that_they_leave(tracker, desk().reader.account.id, asked.definition, position)
    return download(WRITERS[form](table), *FORMS[form], table.name)


@journalists.get("/figures/cited")
def cited() -> ResponseReturnValue:
    """A number as it was cited, what it would be today, and why it changed. Without a citation, the form to open one."""
    text = request.args.get("citation", "")
    if not text:
        return render_template("figure_cited.html", cited=None, asked="", problem="")
    try:
        with desk().tracker.views() as db:
            citation = read_citation(text, last=newest(db))
    except RuleBroken as refused:
        problem = sentence(refused, language())
        return render_template("figure_cited.html", cited=None, asked=text, problem=problem), 404
    if not may_open(desk().reader.role, citation):
        abort(403)
    return render_template("figure_cited.html", cited=opened(desk(), citation, language()), asked=text, problem="")


def _asked_at() -> tuple[Asked, int]:
    """What an address of a picture or a file asks for, and the position it is of: none is later than what the views show. What
    this reader may not have is refused whole: half of it would be another number under the same name."""
    asked = Asked.read(request.args, desk().reader.role, language())
    if asked.is_refused:
        abort(403)
    if asked.problem or request.args.get("figure", asked.definition.name) != asked.definition.name:
        abort(404)
    with desk().tracker.views() as db:
        last = newest(db)
    said = request.args.get("at", str(last))
    if not said.isdecimal() or len(said) > 15 or int(said) > last:
        abort(404)
    return asked, int(said)


def _is_announced(asked: Asked, position: int) -> bool:
    return may_open(Role.JOURNALIST, Citation(asked.definition, position, asked.by, asked.only))


def _is_without(asked: Asked) -> bool:
    """Whether this reader is told the figure without something that is held back."""
    with desk().tracker.views() as db:
        return asked.definition.name in HELD_BACK and not held_from(asked.role, db).is_nothing


def _source(asked: Asked, citation: Citation) -> str:
    """What stands under a chart; no citation where it would be of another number."""
    if _is_without(asked):
        return _("Source: Khronika, without what is held back")
    return source_of(desk().tracker, citation, language())
