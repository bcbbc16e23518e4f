"""The casebook: one method for each thing a monitor or a lawyer does. Routes and commands go
through it; an import lets the aggregates decide in the same way and stores many rows at once with `keep`."""

from collections.abc import Mapping
from typing import ClassVar

from domain.casebook.detentions import Detentions
from domain.casebook.exhibits import Exhibits
from domain.casebook.incidents import Incidents
from domain.casebook.people import People
from domain.casebook.proceedings import Proceedings
from domain.casebook.protests import Protests
from domain.casebook.publications import Publications
from domain.casebook.recording import Outcome, Recording
from domain.casebook.reports import Held, Reports
from domain.casebook.sources import SourcesOnFile
from domain.casebook.splitting import Splitting
from domain.casebook.stations import Stations
from domain.casebook.tallies import Tallies
from domain.detention import Detention
from domain.incident import Incident
from domain.person import Person
from domain.protest import Protest
from domain.record import Record
from domain.source_on_file import SourceOnFile

__all__ = ["Casebook", "Held", "Outcome"]


class Casebook(
    Protests,
    Detentions,
    People,
    Incidents,
    Reports,
    Splitting,
    SourcesOnFile,
    Stations,
    Exhibits,
    Proceedings,
    Publications,
    Tallies,
    Recording,
):
    """The application. Every method takes an Entry and returns an Outcome, or raises RuleBroken and records nothing."""

    name = "khronika"
    LINKS: ClassVar[Mapping[str, type[Record]]] = {
        "protest": Protest,
        "detention": Detention,
        "person": Person,
        "incident": Incident,
        "other": Person,
        "repeats": SourceOnFile,
    }
