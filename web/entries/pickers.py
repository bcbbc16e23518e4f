"""Lists to choose from that are not coded: the files opened last, the latest protests, the lawyers."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from projections import people, protests, sources
from web.access.roles import Role
from web.desk import Desk
from web.entries.fields import Field, Options
from web.entries.reading import Filled, id_in
from web.languages import language
from web.languages import translated as _
from web.naming import names_of
from web.sightings import told_protests
from web.sources.naming import AS_IT_STANDS, called, names_of_sources

MOST_LISTED = 50
MOST_SOURCES = 12


def with_lists(fields: Sequence[Field], desk: Desk, filled: Filled) -> list[Field]:
    """The fields, those that choose a file or a protest with what there is to choose from."""
    return [replace(field, options=_options(field, desk, str(filled.values.get(field.name) or ""))) for field in fields]


def _options(field: Field, desk: Desk, chosen: str) -> Options:
    match field.shape:
        case "file":
            return _files(desk, chosen)
        case "protest":
            return _protests(desk, chosen)
        case "lawyer":
            lawyers = desk.tracker.door.accounts.all(Role.LAWYER)
            return tuple((str(account.id), account.name) for account in lawyers if not account.is_ended)
        case "source":
            return _sources(desk, chosen)
    return field.options


def _files(desk: Desk, chosen: str) -> Options:
    with desk.tracker.views() as db:
        keys = [row.person for row in people.latest(db, limit=MOST_LISTED, among=desk.listed(db))]
        already = id_in(chosen)
        if already is not None and already.bytes not in keys and desk.may_see(already):
            keys.append(already.bytes)
        gone = people.forgotten_among(db, keys)
        keys = [key for key in keys if key not in gone]
        names = names_of(desk, db, keys)
    return tuple((str(UUID(bytes=key)), f"{names.get(key) or _('Name not known')} · {key.hex()[-8:]}") for key in keys)


def _protests(desk: Desk, chosen: str) -> Options:
    with desk.tracker.views() as db:
        rows = list(protests.listed(db, limit=MOST_LISTED))
        already = id_in(chosen)
        if already is not None and already.bytes not in {row.protest for row in rows}:
            row = protests.one(db, already.bytes)
            rows = [*rows, row] if row is not None else rows
        listed = told_protests(desk, db, rows, language())
    return tuple((str(told.id), f"{told.when} · {told.where}") for told in listed)


def _sources(desk: Desk, chosen: str) -> Options:
    """Those this account named last, and the one that stands."""
    with desk.tracker.views() as db:
        found = sources.last_used(db, desk.reader.account.id, MOST_SOURCES)
    already = id_in(chosen)
    if already is not None and already not in found:
        found.append(already)
    names = names_of_sources(desk, found)
    kept = ((AS_IT_STANDS, _("as it stands")),) if chosen == AS_IT_STANDS else ()
    return (*kept, *((str(source), called(source, names)) for source in found if source in names))
