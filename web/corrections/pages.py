"""The page of the blueprint: its address and what is asked of it, nothing else."""

from flask import Blueprint, render_template, request

from web.corrections.choosing import Choice
from web.corrections.listing import page_of
from web.desk import desk

corrections = Blueprint("corrections", __name__)


@corrections.get("/corrections")
def page() -> str:
    """Recent changes, newest first. Nothing that is asked for is personal, so it may stand in the address."""
    choice = Choice.read(request.args)
    return render_template("corrections.html", choice=choice, page=page_of(desk(), choice))
