"""The page of the search by name.

What is asked comes by POST and stands in its field again, and nowhere else: in no title, no address, no log.
"""

import unicodedata

from flask import Blueprint, render_template, request

from domain.errors import RuleBroken
from web.desk import desk
from web.languages import language
from web.refusals import sentence
from web.search.finding import LONGEST, find
from web.search.results import listed

search = Blueprint("search", __name__)


@search.get("/people/search")
def form() -> str:
    """The empty form: where a switch of the language leads from what was found."""
    return _page("")


@search.post("/people/search")
def people() -> tuple[str, int]:
    """Who is called so, or why that names nobody (422)."""
    query = request.form.get("name", "")
    at = desk()
    try:
        findings = find(at.tracker, query, at.searchable())
    except RuleBroken as refused:
        return _page(query, problem=sentence(refused, language())), 422
    at.tracker.access.searched(at.reader.account.id, len(findings.people))
    return _page(query, people=listed(at, findings, language()), more=findings.more, unopened=findings.unopened), 200


def _page(query: str, **found: object) -> str:
    told = "".join(letter for letter in query[:LONGEST] if unicodedata.category(letter)[0] != "C")
    return render_template("search.html", query=told, longest=LONGEST, **found)
