"""One incident's page: its entries in sentences, with the protest and the file it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.incident import Incident
from domain.vocabulary.incidents import INCIDENT_CATEGORIES
from projections import protests
from web.desk import Desk
from web.exhibits.listing import Exhibits, exhibits_of
from web.lines import Line, history_of
from web.naming import names_of
from web.sightings import Listed, told_protests


@dataclass(frozen=True, slots=True)
class OneIncident:
    """What the page shows. `name` is "" where nobody is on file for it, or nobody knows the name.

    Of an incident done to somebody who was `forgotten` the page shows nothing but that.
    """

    id: UUID
    when: str
    where: str
    what: str
    protest: Listed | None
    person: UUID | None
    name: str
    may_open: bool
    """Whether the reader may open that person's file."""
    stands: bool
    exhibits: Exhibits
    lines: Sequence[Line]
    forgotten: bool = False


def one_incident(desk: Desk, incident: UUID, language: str) -> OneIncident | None:
    """An incident as it is known now; None for one that is not on record."""
    if desk.tracker.casebook.is_forgotten(incident):
        return OneIncident(incident, "", "", "", None, None, "", False, True, Exhibits((), 0), (), forgotten=True)
    history = history_of(desk, [incident.bytes])
    recorded = [event for _, event in history.told if isinstance(event, Incident.Recorded)]
    if not recorded:
        return None
    standing = history.standing(Incident.Recorded)
    said: Incident.Recorded = standing[0][1] if standing else recorded[0]
    with desk.tracker.views() as db:
        row = protests.one(db, said.protest.bytes) if said.protest is not None else None
        protest = told_protests(desk, db, [row], language)[0] if row is not None else None
        shown = exhibits_of(desk, db, records=[incident.bytes])
        name = names_of(desk, db, [said.person.bytes]).get(said.person.bytes, "") if said.person is not None else ""
    return OneIncident(
        incident,
        history.teller.when(said.when, language),
        history.teller.place(said.place, language),
        "; ".join(INCIDENT_CATEGORIES.label(code, language) for code in said.categories),
        protest,
        said.person,
        name,
        said.person is not None and desk.may_see(said.person),
        bool(standing),
        shown,
        history.lines(),
    )
