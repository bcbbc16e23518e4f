"""A file by subject: the person, counsel, statements, papers, phones, ill-treatment, places, what else was done to them. And what
a lawyer would ask for next.

Each section tells the entries that stand in a sentence; the record below has all of them, with what became of each.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.detention import Detention
from domain.incident import Incident
from domain.person import Person
from domain.record import Record
from web.languages import language
from web.languages import translated as _
from web.lawyers.time_limits import Limits
from web.lines import History
from web.telling import clocks

MOST = 8
"""Entries a section tells; how many there are besides is said, and the record has them."""

_PERSON = (Person.Described, Person.Recognised, Person.LeftCountry, Person.Died, Detention.StatusReported)
_COUNSEL = (Detention.CounselRequested, Detention.CounselRefused, Detention.CounselAdmitted)
_STATEMENTS = (Detention.Questioned, Detention.StatementForced)
_PAPERS = (Detention.ProtocolDrawn, Detention.ProtocolMissing, Detention.Requalified, Detention.DraftNoticeServed)
_CONTACT = (Detention.CallReported, Detention.NoticeReported, Detention.ContactLost)
_PHONE = (Detention.DeviceTaken, Detention.DeviceSearched, Detention.Fingerprinted)
_ILL_TREATMENT = (
    Detention.IllTreatmentReported, Detention.Threatened, Detention.ConcernRaised, Detention.Hospitalised, Detention.Sobered,
)  # fmt: skip
_PLACES = (Detention.Recorded, Detention.Delivered, Detention.Transferred, Detention.Hospitalised, Detention.Released)
_BY_NAME: Mapping[str, tuple[type[Record.Event], ...]] = {
    "person": _PERSON,
    "counsel": _COUNSEL,
    "contact": _CONTACT,
    "statements": _STATEMENTS,
    "papers": _PAPERS,
    "phone": _PHONE,
    "ill-treatment": _ILL_TREATMENT,
    "places": _PLACES,
    "incidents": (Incident.Recorded,),
}
_EXPECTED = frozenset({"counsel", "statements", "papers", "phone", "ill-treatment", "places"})
"""What a file of somebody who was held would have: that there is nothing is said. Of the others it is not."""
_HELP = {"counsel": "legal", "ill-treatment": "medical"}


@dataclass(frozen=True, slots=True)
class Said:
    """One entry of a section, with the position of the entry as it was told first."""

    sentence: str
    position: int


@dataclass(frozen=True, slots=True)
class Section:
    """`more` is how many entries it has besides those told here."""

    name: str
    title: str
    entries: Sequence[Said]
    more: int


@dataclass(frozen=True, slots=True)
class Missing:
    """Something nobody has reported, and the form that would record it, by kind, record and name; `version` is that of the entry
    that would say so once corrected, `instead` the form that records that there is no such thing."""

    told: str
    kind: str
    record: UUID | None
    name: str
    version: int = 0
    instead: str = ""


def chosen(history: History) -> Mapping[str, Sequence[tuple[int, Any]]]:
    """For each section its entries that stand, in order of happening, with the positions at which they were first told."""
    of = {kind: name for name, kinds in _BY_NAME.items() for kind in kinds if name != "places"}
    found: dict[str, list[tuple[int, Any]]] = {name: [] for name in _BY_NAME}
    for standing in history.standing(Record.Event):
        event = standing[1]
        name = of.get(type(event))
        if isinstance(event, Detention.HelpGiven):
            name = next((section for section, kind in _HELP.items() if kind == event.kind), None)
        for section in (name, "places" if isinstance(event, _PLACES) else None):
            if section is not None:
                found[section].append((history.first_told(standing), event))
    return found


def told_first(sections: Mapping[str, Sequence[tuple[int, Any]]]) -> set[int]:
    """The positions of the entries that are told: their words have to be opened."""
    return {position for entries in sections.values() for position, _event in entries[:MOST]}


def sections_of(history: History, found: Mapping[str, Sequence[tuple[int, Any]]]) -> list[Section]:
    """Told, in the order of the page; one that a custody leads to expect says that it has no entries."""
    titles = {
        "person": _("About the person"),
        "counsel": _("Access of counsel"),
        "contact": _("Calls, and who was told"),
        "statements": _("Questioning and statements"),
        "papers": _("Papers and articles"),
        "phone": _("Phone, devices, fingerprints"),
        "ill-treatment": _("Ill-treatment, threats, health"),
        "places": _("Places in order"),
        "incidents": _("Attacks, searches, summonses"),
    }
    return [
        Section(
            name,
            titles[name],
            [Said(history.teller.tell(event, language()), position) for position, event in entries[:MOST]],
            max(len(entries) - MOST, 0),
        )
        for name, entries in found.items()
        if entries or name in _EXPECTED
    ]


def missing_of(
    history: History, limits: Mapping[UUID, Limits], person: UUID, name: str, consent: Collection[Any]
) -> list[Missing]:
    """What nobody has reported: of the latest custody what its clocks lack, then of the file. Nothing here is taken for "no"."""
    found = []
    if not name:
        found.append(Missing(_("the name"), "people", person, "named"))
    if not consent:
        found.append(Missing(_("what the person consents to"), "people", person, "consent-given"))
    for detention, known in list(limits.items())[-1:]:
        found += [_of_clocks(code, detention) for code in dict.fromkeys(known.answer.missing)]
        events = [event for _position, event in history.standing(Record.Event) if event.originator_id == detention]
        if not any(isinstance(event, _COUNSEL) for event in events):
            found.append(Missing(_("whether counsel was asked for or let in"), "detentions", detention, "counsel-requested"))
        papers = [event for event in events if isinstance(event, Detention.ProtocolDrawn) and event.copy_given == "unknown"]
        for paper in papers[:1]:
            told, version = _("whether the person was given a copy of the protocol"), paper.originator_version
            found.append(Missing(told, "detentions", detention, "protocol-drawn", version))
        if any(isinstance(event, Detention.Recorded) and event.agency == "unknown" for event in events):
            found.append(Missing(_("who detained the person"), "detentions", detention, "recorded", Detention.INITIAL_VERSION))
    if not any(isinstance(event, Person.CounselAssigned) for _position, event in history.standing(Person.CounselAssigned)):
        found.append(Missing(_("a lawyer who has the file"), "people", person, "counsel-assigned"))
    return found


_FORMS = {
    "delivered": "delivered",
    "released": "released",
    "call": "call-reported",
    "questioned": "questioned",
    "relatives_told": "notice-reported",
    "parents_told": "notice-reported",
    "prosecutor_told": "notice-reported",
    "foreigner": "status-reported",
    "intoxicated": "status-reported",
    "sobered": "sobered",
}
_PAPER = ("delivery_protocol", "administrative_detention_protocol", "offence_protocol", "criminal_detention")
_OF_THE_FIRST_ENTRY = ("restrained", "minor")


def _of_clocks(code: str, detention: UUID) -> Missing:
    told = clocks.missing((code,), language())
    if code in _PAPER:
        return Missing(told, "detentions", detention, "protocol-drawn", instead="protocol-missing")
    if code in _OF_THE_FIRST_ENTRY:
        return Missing(told, "detentions", detention, "recorded", Detention.INITIAL_VERSION)
    return Missing(told, "detentions", detention, _FORMS.get(code, ""))
