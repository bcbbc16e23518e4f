"""What an entry is about: the record that stands, whom its words are sealed for, the city it is in, the page it is read on."""

from dataclasses import dataclass
from uuid import UUID

from flask import abort, request, url_for

from domain.detention import Detention
from domain.errors import RuleBroken
from domain.exhibit import Exhibit
from domain.incident import Incident
from domain.place import Place
from domain.proceeding import Proceeding
from domain.record import Record
from projections import case_files, protests, reports, stations
from web.desk import Desk
from web.entries.filled import id_in
from web.entries.offers import KINDS
from web.entries.sealing import Seal, sealer
from web.lines import History, history_of
from web.wiring import Views


@dataclass(frozen=True, slots=True)
class Subject:
    """A record somebody adds to or corrects. `person` is whom its words are sealed for, None where they stay plain.

    The words of a report, and of an incident that is about nobody on file, are sealed under a key of the record's own. Of a
    `forgotten` person nothing is told, and nothing taken but the withdrawal of what should not count.
    """

    kind: str
    record: UUID
    person: UUID | None
    within: Place | None
    page: str
    history: History
    forgotten: bool

    @property
    def record_class(self) -> type[Record]:
        """The aggregate's class."""
        return KINDS[self.kind]

    def concerned(self, version: int) -> UUID | None:
        """Whom an entry concerns, where it is one of several people in a case."""
        if self.kind != "proceedings":
            return None
        said = (event for _, event in self.history.told if event.originator_version == version)
        return next((event.person for event in said if isinstance(event, Proceeding.Entered | Proceeding.DefendantJoined)), None)

    def seal(self, desk: Desk, one: UUID | None = None) -> Seal | None:
        """What seals words for this record; None where they are not about one person.

        In a case what concerns `one` defendant is sealed for that one. Raises RuleBroken `defendant_forgotten` for what concerns
        all once one of them was forgotten.
        """
        if self.kind == "proceedings":
            if one is None and self.record in desk.tracker.vault.forgotten():
                raise RuleBroken("defendant_forgotten")
            return sealer(desk.tracker.vault, one or self.record, self.record)
        return sealer(desk.tracker.vault, self.person, self.record) if self.person is not None else None


def subject(desk: Desk, kind: str, record: UUID) -> Subject:
    """The record at this address, or the page "there is no such page"."""
    try:
        desk.tracker.casebook.standing(KINDS[kind], record)
    except RuleBroken:
        abort(404)
    with desk.tracker.views() as db:
        city = _city(db, kind, record)
    history = history_of(desk, [record.bytes])
    person = record if kind == "people" else _person(history)
    page = url_for("monitors.protest", protest=record) if kind == "protests" else _file(person)
    if kind == "stations":
        page = url_for("stations.station", station=record)
    if kind == "sources":
        person, page = record, url_for("sources.one", source=record)
    if kind == "incidents" and person is None:
        person, page = record, url_for("monitors.incident", incident=record)
    if kind == "exhibits":
        person, page = _owner(history, record), url_for("exhibits.page", exhibit=record)
    if kind == "proceedings":
        person, page = record, _file_asked(history) or page_of(kind, record, None)
    if kind == "reports":
        person, page = record, page_of(kind, record, None)
    within = desk.tracker.geocoder.city_place(city) if city else None
    forgotten = desk.tracker.casebook.is_forgotten(record) or (kind == "reports" and record in desk.tracker.vault.forgotten())
    return Subject(kind, record, person, within, page, history, forgotten)


def page_of(kind: str, record: UUID, person: UUID | None) -> str:
    """The page a record is read on."""
    match kind:
        case "protests":
            return url_for("monitors.protest", protest=record)
        case "incidents" if person is None:
            return url_for("monitors.incident", incident=record)
        case "stations":
            return url_for("stations.station", station=record)
        case "exhibits":
            return url_for("exhibits.page", exhibit=record)
        case "proceedings":
            return url_for("lawyers.proceeding", proceeding=record)
        case "sources":
            return url_for("sources.one", source=record)
        case "reports":
            return url_for("hotline.report", report=record)
    return _file(record if kind == "people" else person)


def city_of_protest(desk: Desk, protest: UUID | None) -> Place | None:
    """The city a protest is in."""
    with desk.tracker.views() as db:
        row = protests.one(db, protest.bytes) if protest is not None else None
    return desk.tracker.geocoder.city_place(row.city) if row is not None and row.city else None


def _city(db: Views, kind: str, record: UUID) -> int | None:
    if kind == "reports":
        told = reports.one(db, record.bytes)
        return told.city if told is not None else None
    custody = case_files.custody_of(db, record.bytes) if kind == "detentions" else None
    if custody is not None and custody.city:
        return int(custody.city)
    if kind == "stations" and (station := stations.one(db, record.bytes)) is not None:
        return int(station.city)
    protest = record.bytes if kind == "protests" else custody.protest if custody is not None else None
    row = protests.one(db, protest) if protest is not None else None
    return row.city if row is not None else None


def _person(history: History) -> UUID | None:
    """Whose file it belongs into, withdrawn or not: what is brought back is sealed for them."""
    opened = [event for _, event in history.told if isinstance(event, Detention.Recorded | Incident.Recorded)]
    person: UUID | None = history.states(opened[0]).last[1].person if opened else None
    return person


def _owner(history: History, exhibit: UUID) -> UUID:
    """Under whose key an exhibit is, which nothing changes: the person's, or its own."""
    persons = (event.person for _, event in history.told if isinstance(event, Exhibit.Deposited))
    return next(persons, None) or exhibit


def _file_asked(history: History) -> str:
    """The file one came from to a case, where it is that of a defendant whom this reader sees; "" for none of them."""
    named = {person for _, event in history.told if isinstance(event, Proceeding.Opened) for person in event.persons}
    named |= {event.person for _, event in history.told if isinstance(event, Proceeding.DefendantJoined)}
    visible = history.desk.visible(named) - history.desk.tracker.vault.forgotten()
    asked = id_in(request.args.get("of", ""))
    return _file(asked) if asked in visible else ""


def _file(person: UUID | None) -> str:
    return url_for("lawyers.case_file", person=person) if person is not None else url_for("monitors.overview")
