"""What may be added to a record that stands: for each event the verb of the Casebook that records it, and what a link calls it.

A test compares this with the list of all events, so that a new event is offered or left out on purpose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eventsourcing.utils import get_topic
from flask_babel import lazy_gettext as _l

from domain.detention import Detention
from domain.exhibit import Exhibit
from domain.incident import Incident
from domain.person import Person
from domain.proceeding import Proceeding
from domain.protest import Protest
from domain.record import Record
from domain.report import Report
from domain.source_on_file import SourceOnFile
from domain.station import Station

KINDS: Mapping[str, type[Record]] = {
    "protests": Protest,
    "detentions": Detention,
    "people": Person,
    "incidents": Incident,
    "reports": Report,
    "sources": SourceOnFile,
    "stations": Station,
    "exhibits": Exhibit,
    "proceedings": Proceeding,
}
"""The records by the word that stands for them in an address."""


def name_of(happened: type[Record.Event]) -> str:
    """What an entry says, as in an address and in the policy: `counsel-refused` for `detention.counsel_refused`."""
    return get_topic(happened).partition(".")[2].replace("_", "-")


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that may be added. `verb` is the name of the Casebook's method, `name` stands in the address."""

    event: type[Record.Event]
    verb: str
    title: Any

    @property
    def name(self) -> str:
        """In an address."""
        return name_of(self.event)


_ALL = {
    "protests": (
        Offer(Protest.DetentionsCounted, "count_detentions", _l("Number of people detained")),
        Offer(Protest.CrowdEstimated, "estimate_crowd", _l("Number of participants")),
        Offer(Protest.ForceReported, "report_force", _l("Use of force")),
        Offer(Protest.PoliceMeasureReported, "report_police_measure", _l("Police measure")),
        Offer(Protest.Ended, "end_protest", _l("End of the protest")),
    ),
    "detentions": (
        Offer(Detention.Delivered, "record_delivery", _l("Brought to a police station")),
        Offer(Detention.Released, "record_release", _l("Release")),
        Offer(Detention.Transferred, "record_transfer", _l("Moved to another place")),
        Offer(Detention.ProtocolDrawn, "record_protocol", _l("Protocol drawn up")),
        Offer(Detention.Requalified, "requalify", _l("Article changed")),
        Offer(Detention.ProtocolMissing, "record_missing_protocol", _l("Protocol not drawn up")),
        Offer(Detention.CallReported, "record_call", _l("Telephone call")),
        Offer(Detention.NoticeReported, "record_notice", _l("Relatives or others told")),
        Offer(Detention.StatusReported, "record_status", _l("Citizenship, intoxication")),
        Offer(Detention.Sobered, "record_sobering", _l("Sober again")),
        Offer(Detention.CounselRequested, "request_counsel", _l("Asked for counsel")),
        Offer(Detention.CounselRefused, "refuse_counsel", _l("Counsel refused")),
        Offer(Detention.CounselAdmitted, "admit_counsel", _l("Counsel admitted")),
        Offer(Detention.Questioned, "record_questioning", _l("Questioned")),
        Offer(Detention.StatementForced, "record_forced_statement", _l("Statement under pressure")),
        Offer(Detention.Threatened, "record_threat", _l("Threatened")),
        Offer(Detention.IllTreatmentReported, "report_ill_treatment", _l("Ill-treatment")),
        Offer(Detention.ConcernRaised, "raise_concern", _l("What is needed or feared")),
        Offer(Detention.Hospitalised, "record_hospital", _l("Taken to hospital")),
        Offer(Detention.Fingerprinted, "record_fingerprints", _l("Fingerprints or other biometric data")),
        Offer(Detention.DeviceTaken, "record_device_taken", _l("Phone or other device taken")),
        Offer(Detention.DeviceSearched, "record_device_search", _l("Phone or other device searched")),
        Offer(Detention.DraftNoticeServed, "record_draft_notice", _l("Draft notice served")),
        Offer(Detention.ContactLost, "lose_contact", _l("Contact lost")),
        Offer(Detention.HelpGiven, "record_help", _l("Help given")),
        Offer(Detention.Identified, "identify", _l("Recognised as somebody on file")),
    ),
    "people": (
        Offer(Person.Named, "name_person", _l("Name")),
        Offer(Person.Described, "describe_person", _l("Gender and age")),
        Offer(Person.FoundToBe, "find_to_be", _l("Is the person of another file")),
        Offer(Person.ToldApart, "tell_apart", _l("Is not the person of another file")),
        Offer(Person.ConsentGiven, "give_consent", _l("Consent given")),
        Offer(Person.ConsentWithdrawn, "withdraw_consent", _l("Consent withdrawn")),
        Offer(Person.NoteWritten, "write_note", _l("Note for the defence")),
        Offer(Person.Recognised, "recognise", _l("Recognised by an organisation")),
        Offer(Person.LeftCountry, "leave_country", _l("Left the country")),
        Offer(Person.Died, "record_death", _l("Died")),
        Offer(Person.CounselAssigned, "assign_counsel", _l("Give the file to a lawyer")),
        Offer(Person.CounselDismissed, "dismiss_counsel", _l("Take the file from a lawyer")),
    ),
    "sources": (Offer(SourceOnFile.Rated, "rate_source", _l("How far it is relied on")),),
    "stations": (Offer(Station.SpellingAdded, "add_spelling", _l("Another spelling")),),
    "exhibits": (
        Offer(Exhibit.HandedOver, "hand_over_exhibit", _l("Handing over")),
        Offer(Exhibit.Described, "describe_exhibit", _l("Description")),
    ),
    "proceedings": (
        Offer(Proceeding.HearingSet, "set_hearing", _l("Hearing set")),
        Offer(Proceeding.HearingMoved, "move_hearing", _l("Hearing moved")),
        Offer(Proceeding.HearingHeld, "hold_hearing", _l("Hearing held")),
        Offer(Proceeding.Ruled, "record_ruling", _l("Ruling")),
        Offer(Proceeding.RulingReceived, "receive_ruling", _l("Copy of the ruling received")),
        Offer(Proceeding.Appealed, "record_appeal", _l("Appeal filed")),
        Offer(Proceeding.AppealDecided, "record_appeal_decision", _l("Appeal decided")),
        Offer(Proceeding.CameIntoForce, "record_effect", _l("Ruling took effect")),
        Offer(Proceeding.FinePaid, "record_fine_paid", _l("Fine paid")),
        Offer(Proceeding.ArrestServed, "record_arrest_served", _l("Arrest served")),
        Offer(Proceeding.ChargeChanged, "change_charge", _l("Charge changed")),
        Offer(Proceeding.SearchConducted, "record_search", _l("Search of a home or another place")),
        Offer(Proceeding.DefendantJoined, "join_proceeding", _l("Another defendant")),
        Offer(Proceeding.Closed, "close_proceeding", _l("End of the case")),
    ),
    "reports": (Offer(Report.Settled, "settle_report", _l("Nothing is left to do about it")),),
}
OFFERS: Mapping[str, Mapping[str, Offer]] = {kind: {offer.name: offer for offer in offers} for kind, offers in _ALL.items()}


_WORDS = {kind.TOPIC: word for word, kind in KINDS.items()}  # type: ignore[attr-defined]


def kind_of(happened: type[Record.Event]) -> str:
    """The word that stands in an address for the record an event belongs to."""
    aggregate = get_topic(happened).partition(".")[0]
    return _WORDS[aggregate]
