"""Which defendant an entry about a case concerns: one of those this reader sees, or everybody in it. Where there are several it
has to be said: a ruling on one must never become, by a list left as it was, a ruling on all.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from flask import request

from projections import people, proceedings
from web.desk import Desk
from web.entries.fields import Field
from web.entries.subject import Subject
from web.languages import translated as _
from web.naming import names_of

EVERYBODY = "everybody"


def with_defendants(fields: Sequence[Field], desk: Desk, about: Subject) -> list[Field]:
    """The fields, the one that names a defendant with those there are to choose from; left out where there is only one."""
    if not any(field.shape == "defendant" for field in fields):
        return list(fields)
    with desk.tracker.views() as db:
        named = proceedings.defendants_of(db, about.record.bytes)
        gone = people.forgotten_among(db, named)
        seen = {person.bytes for person in desk.visible({UUID(bytes=person) for person in named})} - gone
        names = names_of(desk, db, list(seen))
    options = [(str(UUID(bytes=key)), f"{names.get(key) or _('Name not known')} · {key.hex()[-8:]}") for key in sorted(seen)]
    everybody = [] if gone or len(named) == 1 else [(EVERYBODY, _("everybody in the case"))]
    of = request.args.get("of", "")
    first = of if of in dict(options) else options[0][0] if len(named) == 1 and options else ""
    chosen = (*options, *everybody)
    return [replace(field, options=chosen, first=first) if field.shape == "defendant" else field for field in fields]
