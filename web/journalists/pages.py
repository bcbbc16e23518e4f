"""The page of figures: which one, by what; the numbers come from `projections.figures`."""

from flask import Blueprint, render_template, request

from projections.figures import DEFINITIONS
from web.desk import desk
from web.journalists.tables import open_dimensions, table_of
from web.languages import language

journalists = Blueprint("journalists", __name__)


@journalists.get("/figures")
def figures() -> str:
    """One figure, by city, region, month or category."""
    name, by = request.args.get("figure", ""), request.args.get("by", "")
    dimensions = open_dimensions(desk().reader.role)
    name, by = name if name in DEFINITIONS else "detentions", by if by in dimensions else "city"
    return render_template("figures.html", table=table_of(desk(), name, by, language()), dimensions=dimensions)
