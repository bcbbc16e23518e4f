"""The form of a retraction: what rests on the source is shown before anything is recorded, for just that time."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from domain.casebook import Outcome
from domain.errors import RuleBroken
from domain.moment import When
from domain.provenance import Source
from domain.source_on_file import SourceOnFile
from web.desk import Desk
from web.entries.fields import Field, fields_of
from web.entries.forms import Form, Ids, answered
from web.entries.reading import Reading
from web.entries.sealing import sealed_facts, sealed_source, sealer
from web.languages import language
from web.languages import translated as _
from web.sources.resting import Resting, resting, would_change

_TIMES = ("said_from", "said_until")


def retraction(desk: Desk, source: UUID) -> ResponseReturnValue | None:
    """The form, or on to the source's page; None for what is no source on file.

    A retraction of a part is shown once more with what that part would change, and recorded when the form is sent again.
    """
    try:
        found = desk.tracker.casebook.standing(SourceOnFile, source)
    except RuleBroken:
        return None
    fields = fields_of(SourceOnFile.Retracted, language())
    asked = "|".join(request.form.get(name, "").strip() for name in _TIMES)
    with desk.tracker.views() as db:
        would = resting(desk, db, would_change(db, source, *_times(desk, fields)), only_changed=True)
    form = Form(
        _("The source took back what it said"),
        fields,
        url_for("sources.one", source=source),
        intro=_("Nothing is deleted or withdrawn. What it said counts for nothing, and what rests on nothing else is marked."),
        submit=_("Retract"),
        before=_sentences(would),
        carried={"seen": asked},
    )

    def record(facts: dict[str, Any], told: Source, ids: Ids) -> tuple[Outcome, str]:
        if asked.strip("|") and request.form.get("seen") != asked:
            raise RuleBroken("look_again")
        facts, told = _without_words(facts, told) if found.forgotten else _sealed(desk, source, facts, told)
        outcome = desk.tracker.casebook.retract_source(desk.entry(told, ids["command"]), source, **facts)
        return outcome, url_for("sources.one", source=source)

    return answered(form, desk, record)


def _times(desk: Desk, fields: list[Field]) -> tuple[Any, Any]:
    """The times in the form as far as they can be read."""
    reading = Reading(desk.tracker, request.form, names_sources=False)
    facts: Mapping[str, Any] = reading.facts([field for field in fields if field.name in _TIMES])
    return facts.get("said_from"), facts.get("said_until")


def _sealed(desk: Desk, source: UUID, facts: dict[str, Any], told: Source) -> tuple[dict[str, Any], Source]:
    seal = sealer(desk.tracker.vault, source, source)
    return sealed_facts(SourceOnFile.Retracted, facts, seal), sealed_source(told, seal)


def _without_words(facts: dict[str, Any], told: Source) -> tuple[dict[str, Any], Source]:
    """Of a source whose key is destroyed: no word about it can be sealed any more."""
    bare = {name: value.told(None) if isinstance(value, When) else value for name, value in facts.items()}
    return {**bare, "words": None}, Source(told.kind, told.reliability, None, told.origin)


def _sentences(would: Resting) -> list[str]:
    """What would happen, in numbers."""
    unverified = ngettext("%(num)d would fall to “unverified”.", "%(num)d would fall to “unverified”.", would.to_unverified)
    nothing = ngettext("%(num)d would rest on nothing any more.", "%(num)d would rest on nothing any more.", would.to_nothing)
    resting_on_it = ngettext(
        "%(num)d entry rests on this source or on one that passes it on.",
        "%(num)d entries rest on this source or on one that passes it on.",
        would.facts,
    )
    return [f"{resting_on_it} {unverified} {nothing}"]
