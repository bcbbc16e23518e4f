"""The pages of the blueprint: addresses and what is asked of them, nothing else."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from web.coordinators.handing_over import hand_over_form, handed_over, lawyers_listed
from web.coordinators.readings import Choice, page_of, readers_page
from web.desk import desk
from web.entries.forms import answered
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


@coordinators.get("/lawyers")
def lawyers() -> str:
    """Who has how many people's files."""
    return render_template("lawyers.html", listed=lawyers_listed(desk()))


@coordinators.route("/lawyers/<uuid:account>/hand-over", methods=["GET", "POST"])
def hand_over(account: UUID) -> ResponseReturnValue:
    """People of one lawyer to another."""
    giver = next((one for one in desk().tracker.door.accounts.all() if one.id == account), None) or abort(404)
    return answered(hand_over_form(desk(), giver), desk(), handed_over(desk(), giver))
