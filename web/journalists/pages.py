"""The page of figures: which one, by what; and of one that was cited. The numbers come from `projections.figures`."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from domain.errors import RuleBroken
from web.citing import read_citation
from web.desk import desk
from web.journalists.cited import opened
from web.journalists.permitted import may_open, must_have, newest, open_dimensions, open_figures
from web.journalists.tables import table_of
from web.languages import language
from web.refusals import sentence

journalists = Blueprint("journalists", __name__)


@journalists.get("/figures")
def figures() -> ResponseReturnValue:
    """One figure, by one of its dimensions. By one that it does not have it is refused, and shown by city."""
    name, by = request.args.get("figure", ""), request.args.get("by", "")
    role, problem = desk().reader.role, ""
    name = name if name in open_figures(role) else "detentions"
    definition = open_figures(role)[name]
    try:
        must_have(definition, by, language())
    except RuleBroken as refused:
        problem = sentence(refused, language())
    dimensions = open_dimensions(role, definition)
    table = table_of(desk(), name, by if by in dimensions else "city", language())
    page = render_template("figures.html", table=table, dimensions=dimensions, problem=problem)
    return page, 404 if problem else 200


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
