"""The pages of the blueprint: addresses and what is asked of them, nothing else."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.coordinators.readings import Choice, page_of, readers_page
from web.desk import desk
from web.languages import language

coordinators = Blueprint("coordinators", __name__)


@coordinators.route("/access", methods=["GET", "POST"])
def readings() -> str | Response | tuple[str, int]:
    """Every act, newest first. What is typed is sent by POST; the address it leads to holds random ids and nothing else."""
    if request.method == "POST":
        choice = Choice.typed(request.form, desk())
        if not choice.problem:
            return redirect(url_for("coordinators.readings", **choice.address()), 303)
        return render_template("readings.html", choice=choice, page=None), 422
    choice = Choice.read(request.args, desk())
    return render_template("readings.html", choice=choice, page=page_of(desk(), choice, language()))


@coordinators.get("/people/<uuid:person>/readers")
def readers(person: UUID) -> str:
    """Who read one person's file, with the files found to be of the same person; nothing about anybody else."""
    before = request.args.get("before", "")
    shown = readers_page(desk(), person, int(before) if before.isdecimal() and len(before) < 16 else None, language())
    return render_template("readers.html", person=person, page=shown or abort(404))
