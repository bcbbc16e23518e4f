"""Facts that figures count: what was known of protests, counts, reports, detentions, people, cases and incidents, from
when until when.

Read by journalists, through the figures. Invariant: a fact is never overwritten. A correction closes it (`known_until`) and
opens the next revision (`known_from`) at the same position, so that every figure can be computed as of any position.
"""

from datetime import UTC, datetime

from domain.detention import Detention
from domain.incident import Incident
from domain.person import Person
from domain.proceeding import Proceeding
from domain.protest import Protest
from domain.record import Record
from domain.report import Report
from projections.batch import Batch
from projections.days import day_of, night_of
from projections.fact_tables import (
    ACCUSED,
    CASE,
    CHARGE,
    COUNSEL_REFUSED,
    COUNT,
    CROWD,
    DESCRIBED,
    DETENTION,
    FORCE,
    ILL_TREATED,
    INCIDENT,
    PROTEST,
    RELEASE,
    REPORT,
    RULING,
    STAY,
    TOLD_OUT,
    close_fact,
    ever_known,
    facts,
    first_said,
    known,
    open_fact,
    projection,
    revisions,
)
from projections.reconciling import is_a_claim

__all__ = [
    "ACCUSED", "CASE", "CHARGE", "COUNSEL_REFUSED", "COUNT", "CROWD", "DESCRIBED", "DETENTION", "FORCE", "ILL_TREATED",
    "INCIDENT", "PROTEST", "RELEASE", "REPORT", "RULING", "STAY", "TOLD_OUT", "ever_known", "facts", "known",
    "projection", "revisions",
]  # fmt: skip


@projection.on(Protest.Recorded)
def protest(views: Batch, event: Protest.Recorded) -> None:
    """A protest; `category` is its form."""
    night = night_of(event.when)
    open_fact(views, event, PROTEST, place=event.place, day=day_of(event.when), category=event.form, night=night)


@projection.on(Protest.DetentionsCounted)
def count(views: Batch, event: Protest.DetentionsCounted) -> None:
    """A count of people detained at a protest, of those brought to the station in `category` or of all."""
    station = event.place.station if event.place is not None else None
    open_fact(
        views, event, COUNT, protest=event.originator_id.bytes, category=station, low=event.count.low, high=event.count.high
    )


@projection.on(Detention.Recorded)
def detention(views: Batch, event: Detention.Recorded) -> None:
    """A person detained; `category` is the circumstances."""
    open_fact(
        views,
        event,
        DETENTION,
        protest=event.protest.bytes if event.protest is not None else None,
        place=event.place,
        day=day_of(event.when),
        category=event.circumstances,
        night=_night_of_record(views, event),
        person=event.person.bytes,
        minor=event.minor,
        codes=event.agency,
    )


@projection.on(Detention.Released)
def release(views: Batch, event: Detention.Released) -> None:
    """A report of release; `category` is its kind, some of which set nobody free."""
    open_fact(views, event, RELEASE, category=event.kind)


@projection.on(Detention.CounselRefused)
def refuse_counsel(views: Batch, event: Detention.CounselRefused) -> None:
    """Counsel was not let in; `category` is the ground."""
    open_fact(views, event, COUNSEL_REFUSED, category=event.ground)


@projection.on(Detention.IllTreatmentReported)
def ill_treat(views: Batch, event: Detention.IllTreatmentReported) -> None:
    """An allegation of ill-treatment; `category` is its kind."""
    open_fact(views, event, ILL_TREATED, category=event.kind)


@projection.on(Protest.ForceReported)
def use_force(views: Batch, event: Protest.ForceReported) -> None:
    """Force was used at a protest; `category` is its kind."""
    open_fact(views, event, FORCE, category=event.kind)


@projection.on(Detention.Delivered, Detention.Transferred)
def stay(views: Batch, event: Detention.Delivered | Detention.Transferred) -> None:
    """A station where somebody was, on that night or, where no time is told, on the night of the detention."""
    if event.place is not None and event.place.station is not None:
        open_fact(views, event, STAY, place=event.place, night=night_of(event.when) if event.when is not None else None)
    elif views.restating:
        close_fact(views, event.originator_id.bytes, event.originator_version)


@projection.on(Report.Received)
def report(views: Batch, event: Report.Received) -> None:
    """A count of people held, of a protest or of a station on a night. What counts nobody is no claim."""
    counted = event.count if event.count is not None and is_a_claim(event.count) else None
    open_fact(
        views,
        event,
        REPORT,
        protest=event.protest.bytes if event.protest is not None else None,
        place=event.place,
        night=_night_of_record(views, event),
        category="counted" if counted is not None else None,
        low=counted.low if counted is not None else 0,
        high=counted.high if counted is not None else 0,
    )


@projection.on(Report.PersonRecorded)
def tell_out(views: Batch, event: Report.PersonRecorded) -> None:
    """Somebody is among those a report counts."""
    open_fact(views, event, TOLD_OUT, detention=event.detention.bytes)


@projection.on(Incident.Recorded)
def incident(views: Batch, event: Incident.Recorded) -> None:
    """An incident; `category` holds the codes of all its categories, apart by spaces."""
    open_fact(
        views, event, INCIDENT, place=event.place, day=day_of(event.when), category=" ".join(dict.fromkeys(event.categories))
    )


@projection.on(Person.Described)
def describe(views: Batch, event: Person.Described) -> None:
    """Somebody's gender, `category`, and age on a day."""
    person = event.originator_id.bytes
    open_fact(views, event, DESCRIBED, day=day_of(event.when), category=event.gender, person=person, codes=event.age_band)


@projection.on(Detention.ProtocolDrawn, Detention.Requalified)
def accuse(views: Batch, event: Detention.ProtocolDrawn | Detention.Requalified) -> None:
    """Somebody held is accused under an article, `category`. A paper that names none accuses nobody."""
    if event.article is not None:
        open_fact(views, event, ACCUSED, category=event.article)
    elif views.restating:
        close_fact(views, event.originator_id.bytes, event.originator_version)


@projection.on(Proceeding.Opened)
def open_case(views: Batch, event: Proceeding.Opened) -> None:
    """A case under an article, `category`."""
    open_fact(
        views,
        event,
        CASE,
        place=event.place,
        day=day_of(event.when),
        category=event.article,
        detention=event.detention.bytes if event.detention is not None else None,
        codes=" ".join([person.hex for person in event.persons]),
    )


@projection.on(Proceeding.DefendantJoined)
def join(views: Batch, event: Proceeding.DefendantJoined) -> None:
    """One more person in a case."""
    open_fact(views, event, CASE, person=event.person.bytes)


@projection.on(Proceeding.ChargeChanged)
def charge(views: Batch, event: Proceeding.ChargeChanged) -> None:
    """Another article, `category`, for one defendant or, without a person, for all."""
    open_fact(views, event, CHARGE, category=event.article, person=event.person.bytes if event.person is not None else None)


@projection.on(Proceeding.Ruled)
def rule(views: Batch, event: Proceeding.Ruled) -> None:
    """A ruling on one defendant or all; `category` is its outcome. A sum or a term that nobody told has no high end."""
    fine, term = event.fine, event.term if event.unit == "days" else None
    told = (*event.penalties, "fine") if fine is not None and "fine" not in event.penalties else event.penalties
    open_fact(
        views,
        event,
        RULING,
        place=event.place,
        day=day_of(event.when),
        category=event.outcome,
        low=fine.low if fine is not None else 0,
        high=fine.high if fine is not None else None,
        person=event.person.bytes if event.person is not None else None,
        codes=" ".join(told),
        term_low=term.low if term is not None else 0,
        term_high=term.high if term is not None else None,
    )


@projection.on(Protest.CrowdEstimated)
def estimate(views: Batch, event: Protest.CrowdEstimated) -> None:
    """How many took part, as somebody says."""
    open_fact(views, event, CROWD, low=event.count.low, high=event.count.high)


@projection.on(
    Protest.Withdrawn, Detention.Withdrawn, Incident.Withdrawn, Report.Withdrawn, Person.Withdrawn, Proceeding.Withdrawn
)
def take_back(views: Batch, event: Record.Withdrawal) -> None:
    """The fact was not one. A withdrawn protest is closed alone: figures leave out the counts of a protest that is not known."""
    close_fact(views, event.originator_id.bytes, event.version or 1)


def _night_of_record(views: Batch, event: Detention.Recorded | Report.Received) -> int:
    zone = (event.place.zone if event.place is not None else None) or "Europe/Moscow"
    return night_of(event.when, datetime.fromtimestamp(first_said(views, event), UTC), zone)
