"""Which events a row may become, and the verb of the record that decides each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.detention import Detention
from domain.incident import Incident
from domain.person import Person
from domain.proceeding import Proceeding
from domain.protest import Protest
from domain.record import Record

OPENING: Mapping[str, type[Record]] = {
    "protest.recorded": Protest,
    "detention.recorded": Detention,
    "incident.recorded": Incident,
    "proceeding.opened": Proceeding,
}
"""Events that open a record. A detention opens a person as well, named or not; a case is against the person of a detention."""


@dataclass(frozen=True, slots=True)
class Verb:
    """What is done to a standing record: which class of event it enters, and how."""

    kind: type[Record]
    event: type[Record.Event]
    enter: Callable[..., None]


ADDING: Mapping[str, Verb] = {
    verb.event.TOPIC: verb  # type: ignore[attr-defined]
    for verb in (
        Verb(Protest, Protest.CrowdEstimated, Protest.estimate_crowd),
        Verb(Protest, Protest.DetentionsCounted, Protest.count_detentions),
        Verb(Protest, Protest.ForceReported, Protest.report_force),
        Verb(Protest, Protest.PoliceMeasureReported, Protest.report_police_measure),
        Verb(Protest, Protest.Ended, Protest.end),
        Verb(Detention, Detention.Delivered, Detention.deliver),
        Verb(Detention, Detention.Transferred, Detention.transfer),
        Verb(Detention, Detention.ProtocolDrawn, Detention.draw_protocol),
        Verb(Detention, Detention.Requalified, Detention.requalify),
        Verb(Detention, Detention.ProtocolMissing, Detention.miss_protocol),
        Verb(Detention, Detention.CallReported, Detention.report_call),
        Verb(Detention, Detention.NoticeReported, Detention.report_notice),
        Verb(Detention, Detention.StatusReported, Detention.report_status),
        Verb(Detention, Detention.Sobered, Detention.sober),
        Verb(Detention, Detention.CounselRequested, Detention.request_counsel),
        Verb(Detention, Detention.CounselRefused, Detention.refuse_counsel),
        Verb(Detention, Detention.CounselAdmitted, Detention.admit_counsel),
        Verb(Detention, Detention.Questioned, Detention.question),
        Verb(Detention, Detention.Fingerprinted, Detention.take_fingerprints),
        Verb(Detention, Detention.ContactLost, Detention.lose_contact),
        Verb(Detention, Detention.HelpGiven, Detention.give_help),
        Verb(Detention, Detention.DeviceTaken, Detention.take_device),
        Verb(Detention, Detention.DeviceSearched, Detention.search_device),
        Verb(Detention, Detention.Threatened, Detention.threaten),
        Verb(Detention, Detention.StatementForced, Detention.force_statement),
        Verb(Detention, Detention.DraftNoticeServed, Detention.serve_draft_notice),
        Verb(Detention, Detention.IllTreatmentReported, Detention.report_ill_treatment),
        Verb(Detention, Detention.Hospitalised, Detention.hospitalise),
        Verb(Detention, Detention.Released, Detention.release),
        Verb(Person, Person.Named, Person.give_name),
        Verb(Person, Person.Described, Person.describe),
        Verb(Proceeding, Proceeding.ChargeChanged, Proceeding.change_charge),
        Verb(Proceeding, Proceeding.HearingSet, Proceeding.set_hearing),
        Verb(Proceeding, Proceeding.HearingMoved, Proceeding.move_hearing),
        Verb(Proceeding, Proceeding.HearingHeld, Proceeding.hold_hearing),
        Verb(Proceeding, Proceeding.Ruled, Proceeding.rule),
        Verb(Proceeding, Proceeding.RulingReceived, Proceeding.receive_ruling),
        Verb(Proceeding, Proceeding.Appealed, Proceeding.appeal),
        Verb(Proceeding, Proceeding.AppealDecided, Proceeding.decide_appeal),
        Verb(Proceeding, Proceeding.CameIntoForce, Proceeding.come_into_force),
        Verb(Proceeding, Proceeding.FinePaid, Proceeding.pay_fine),
        Verb(Proceeding, Proceeding.ArrestServed, Proceeding.serve_arrest),
        Verb(Proceeding, Proceeding.SearchConducted, Proceeding.conduct_search),
        Verb(Proceeding, Proceeding.Closed, Proceeding.close),
    )
}


def opener(kind: type[Record]) -> Callable[..., Record]:
    """The verb that opens a record of this kind."""
    opens: dict[type[Record], Any] = {Person: Person.open, Proceeding: Proceeding.open}
    found: Any = opens.get(kind) or kind.record  # type: ignore[attr-defined]
    return found  # type: ignore[no-any-return]


def opening(kind: type[Record]) -> type[Record.Event]:
    """The event by which it opens a record of this kind."""
    found: Any = Proceeding.Opened if kind is Proceeding else kind.Recorded  # type: ignore[attr-defined]
    return found  # type: ignore[no-any-return]
