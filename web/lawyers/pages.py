"""The pages of the blueprint: addresses and what is asked of them, nothing else."""

from uuid import UUID

from flask import Blueprint, abort, render_template, request

from web.desk import desk
from web.entries.offers import OFFERS
from web.languages import language
from web.lawyers.case_file import case_file_of
from web.lawyers.people import people_page

lawyers = Blueprint("lawyers", __name__)


@lawyers.get("/people")
def people() -> str:
    """The people on record, latest first. No name stands in any address; the search by name is by POST."""
    before = request.args.get("before", "")
    page = people_page(desk(), int(before) if before.isdecimal() and len(before) < 16 else None, language())
    return render_template("people.html", page=page)


@lawyers.get("/people/<uuid:person>")
def case_file(person: UUID) -> str:
    """One person's file, with the files found to be of the same person."""
    shown = case_file_of(desk(), person, language()) or abort(404)
    return render_template("case_file.html", file=shown, offers=OFFERS)
