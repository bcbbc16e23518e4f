"""What somebody may do with reports and with what somebody held needs: verbs for `tests.projections.doings`."""

from typing import Any

from domain.casebook.reports import Held
from domain.count import Count
from domain.detention import Detention
from domain.record import Record, new_id
from domain.report import Report
from tests.projections.some_facts import PLACES, TIMES, count_of
from tests.trackers import entry


def receive_report(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """A message, with a protest or without."""
    report = new_id()
    doings.casebook.receive_report(entry(), report, **reported(doings, a, b, c, d))
    doings.reports.append(report)


def split_report(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """Somebody told out of one."""
    report, detention, person = doings._one(doings.reports, a), new_id(), new_id()
    held = Held(detention, person, facts=doings._detained(b, c, d))
    doings.casebook.split_report(entry(), report, held=[held])
    doings.detentions.append(detention)
    doings.people.append(person)


def raise_concern(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """Counsel, contact, ill-treatment, what is needed, or what the clocks of the law ask for."""
    detention = doings._one(doings.detentions, a)
    match b % 11:
        case 0:
            doings.casebook.request_counsel(entry(), detention, when=TIMES[c % 6])
        case 1:
            doings.casebook.refuse_counsel(entry(), detention)
        case 2:
            doings.casebook.admit_counsel(entry(), detention)
        case 3:
            doings.casebook.lose_contact(entry(), detention)
        case 4:
            doings.casebook.report_ill_treatment(entry(), detention, kind="beating")
        case 5:
            doings.casebook.record_call(entry(), detention, call=("made", "refused")[c % 2], when=TIMES[d % 6])
        case 6:
            doings.casebook.record_notice(entry(), detention, whom="parents", notice=("given", "refused")[c % 2])
        case 7:
            statuses = ("foreigner", "citizen", "intoxicated", "not_intoxicated")
            doings.casebook.record_status(entry(), detention, statuses=(statuses[c % 4],))
        case 8:
            doings.casebook.record_sobering(entry(), detention, when=TIMES[c % 6])
        case 9:
            doings.casebook.record_missing_protocol(entry(), detention, kind="delivery")
        case _:
            doings.casebook.raise_concern(entry(), detention, concerns=("medical", "counsel")[: 1 + c % 2])


def reinstate(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """Something that was taken back, or all of it."""
    kind, record = doings._any(a)
    standing = doings.casebook.standing(kind, record)
    version = min(standing.taken_back, default=1) if b % 2 else 1
    facts = doings._facts(standing, standing.entries[version], c, d)
    doings.casebook.reinstate(kind, entry(), record, version, facts, because="mistake")


def reported(doings: Any, a: int, b: int, c: int, d: int) -> dict[str, Any]:
    """What a report says."""
    told = {"protest": doings._maybe(a), "place": PLACES[b % 7], "when": TIMES[c % 6]}
    count = None if d % 5 == 0 else count_of(d, b, c)["count"]
    minors = Count.exactly(d % 3) if d % 4 == 0 else None
    return {
        **told,
        "count": count,
        "minors": minors,
        "concerns": ("ill_treatment",) if d % 3 == 0 else ("unknown",),
        "words": None,
    }


def other_facts(doings: Any, told: type[Record.Event], c: int, d: int) -> dict[str, Any] | None:
    """Other facts for an entry of these; None for any other."""
    if told is Report.Received:
        return reported(doings, c, d, c + d, c * d)
    if told is Report.PersonRecorded:
        return {"detention": doings._one(doings.detentions, c), "person": doings._one(doings.people, d)}
    if told in (Detention.CounselRequested, Detention.ContactLost, Detention.Sobered):
        return {"when": TIMES[d % 6]}
    known: dict[Any, dict[str, Any]] = {
        Detention.CounselRefused: {"when": None, "ground": "wait", "agency": "police"},
        Detention.CounselAdmitted: {"when": None, "private": "yes"},
        Detention.IllTreatmentReported: {"when": None, "kind": "beating", "agency": "police", "words": None},
        Detention.ConcernRaised: {"when": None, "concerns": ("phone_taken",)},
        Detention.CallReported: {"when": TIMES[d % 6], "call": "made"},
        Detention.NoticeReported: {"when": None, "whom": "relatives", "notice": "given"},
        Detention.StatusReported: {"when": None, "statuses": ("citizen",)},
        Detention.ProtocolMissing: {"when": None, "kind": "offence"},
    }
    return known.get(told)
