"""Whatever may be recorded, in any order: five small numbers say what somebody does next, and to what.

Hypothesis makes lists of such numbers and shortens them again. What a record refuses is left out, as it would be at a desk.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from domain.casebook import Casebook
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.incident import Incident
from domain.person import Person
from domain.proceeding import Proceeding
from domain.protest import Protest
from domain.record import Record, new_id
from domain.report import Report
from domain.station import Station
from tests.projections.doings_at_stations import STATION_FACTS, add_spelling, open_station, record_somewhere
from tests.projections.doings_of_people import accuse, describe, description, rule
from tests.projections.doings_of_publications import hold_something_back, publish_a_month, release_a_table
from tests.projections.doings_of_sources import about_sources, deposit_paper
from tests.projections.doings_with_cases import case_facts, in_a_case, open_case
from tests.projections.doings_with_reports import other_facts, raise_concern, receive_report, reinstate, split_report
from tests.projections.some_facts import PLACES, TIMES, count_of
from tests.trackers import (
    ACCOUNT,
    COLLEAGUE,
    WISH,
    day,
    entry,
    forget,
    sealed,
)

Doing = tuple[int, int, int, int, int]

SCOPES = (("record_only",), ("publish_full_name",), ("publish_first_name", "publish_story"), ("submit_to_courts",))
RELEASES = ("without_protocol", "unknown", "to_remand", "to_parents", "to_administrative_arrest")


@dataclass
class Doings:
    """Does things to one casebook and remembers what there is to do something to."""

    casebook: Casebook
    protests: list[UUID] = field(default_factory=list)
    detentions: list[UUID] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    incidents: list[UUID] = field(default_factory=list)
    stations: list[UUID] = field(default_factory=list)
    sources: list[UUID] = field(default_factory=list)
    reports: list[UUID] = field(default_factory=list)
    cases: list[UUID] = field(default_factory=list)
    refused: int = 0

    def do(self, doings: Sequence[Doing]) -> int:
        """All of these, one after the other. Returns the position of the last event."""
        for verb, *numbers in doings:
            try:
                VERBS[verb % len(VERBS)](self, *numbers)
            except RuleBroken:
                self.refused += 1
        return self.casebook.recorder.max_notification_id() or 0

    def _protest(self, a: int, b: int, c: int, d: int) -> None:
        protest = new_id()
        facts = {**_place_and_time(a, b), "form": ("rally", "picket")[c % 2]}
        self.casebook.record_protest(entry(), protest, **facts)
        self.protests.append(protest)

    def _count(self, a: int, b: int, c: int, d: int) -> None:
        self.casebook.count_detentions(entry(), self._one(self.protests, a), **count_of(b, c, d))

    def _crowd(self, a: int, b: int, c: int, d: int) -> None:
        self.casebook.estimate_crowd(entry(), self._one(self.protests, a), count=count_of(b, c, d)["count"])

    def _force(self, a: int, b: int, c: int, d: int) -> None:
        self.casebook.report_force(entry(), self._one(self.protests, a), kind=("baton", "stun_gun")[b % 2])

    def _detain(self, a: int, b: int, c: int, d: int) -> None:
        detention, person = new_id(), new_id()
        name = sealed(person, "x", field="name") if d % 2 else None
        self.casebook.record_detention(entry(), detention, person=person, name=name, **self._detained(a, b, c))
        self.detentions.append(detention)
        self.people.append(person)

    def _detain_again(self, a: int, b: int, c: int, d: int) -> None:
        detention = new_id()
        person = self._one(self.people, d)
        self.casebook.record_detention_again(entry(), detention, person=person, **self._detained(a, b, c))
        self.detentions.append(detention)

    def _release_only(self, a: int, b: int, c: int, d: int) -> None:
        detention, person = new_id(), new_id()
        self.casebook.record_release_only(entry(), detention, person=person, kind=RELEASES[d % 5], protest=self._maybe(a))
        self.detentions.append(detention)
        self.people.append(person)

    def _move(self, a: int, b: int, c: int, d: int) -> None:
        move = (self.casebook.record_delivery, self.casebook.record_transfer)[d % 2]
        move(entry(), self._one(self.detentions, a), when=TIMES[b % 6], place=PLACES[c % 7])

    def _release(self, a: int, b: int, c: int, d: int) -> None:
        self.casebook.record_release(entry(), self._one(self.detentions, a), kind=RELEASES[b % 5], when=TIMES[c % 6])

    def _identify(self, a: int, b: int, c: int, d: int) -> None:
        self.casebook.identify(entry(), self._one(self.detentions, a), other=self._one(self.people, b))

    def _merge(self, a: int, b: int, c: int, d: int) -> None:
        self.casebook.find_to_be(entry(), self._one(self.people, a), other=self._one(self.people, b))

    def _tell_apart(self, a: int, b: int, c: int, d: int) -> None:
        self.casebook.tell_apart(entry(), self._one(self.people, a), other=self._one(self.people, b))

    def _name(self, a: int, b: int, c: int, d: int) -> None:
        person = self._one(self.people, a)
        self.casebook.name_person(entry(), person, name=sealed(person, "x", field="name"))

    def _forget(self, a: int, b: int, c: int, d: int) -> None:
        forget(self.casebook, self._one(self.people, a), [self._one(self.people, b)])

    def _ask_to_forget(self, a: int, b: int, c: int, d: int) -> None:
        person, account = self._one(self.people, a), (ACCOUNT, COLLEAGUE)[b % 2]
        asked = self.casebook.standing(Person, person).forgetting
        if asked is None:
            self.casebook.request_forgetting(entry(account=account), person, **WISH)
        elif c % 3 == 0:
            self.casebook.cancel_forgetting(entry(), person, request=asked.request, because="postponed")
        else:
            self.casebook.approve_forgetting(entry(account=account), person, request=asked.request)

    def _consent(self, a: int, b: int, c: int, d: int) -> None:
        person, scopes = self._one(self.people, a), SCOPES[b % 4]
        if c % 3 == 0:
            self.casebook.withdraw_consent(entry(), person, scopes=scopes)
        else:
            given_by = ("person", "relative", "guardian")[d % 3]
            said = {"given_by": given_by, "form": ("spoken", "written")[c % 2], "until": date(2022, 3, 1 + d)}
            self.casebook.give_consent(entry(), person, scopes=scopes, **said)

    def _assign(self, a: int, b: int, c: int, d: int) -> None:
        person, counsel = self._one(self.people, a), (ACCOUNT, COLLEAGUE)[b % 2]
        act = self.casebook.dismiss_counsel if c % 3 == 0 else self.casebook.assign_counsel
        act(entry(), person, counsel=counsel)

    def _incident(self, a: int, b: int, c: int, d: int) -> None:
        incident = new_id()
        person = self._one(self.people, c) if c % 3 and self.people else None
        categories = ("threat", "summons")[: 1 + d % 2]
        self.casebook.record_incident(entry(), incident, person=person, categories=categories, **_place_and_time(a, b))
        self.incidents.append(incident)

    def _correct(self, a: int, b: int, c: int, d: int) -> None:
        kind, record = self._any(a)
        standing = self.casebook.standing(kind, record)
        version = 1 + b % len(standing.entries)
        facts = self._facts(standing, standing.entries[version], c, d)
        self.casebook.correct(kind, entry(), record, version, facts, because="new_information")

    def _withdraw(self, a: int, b: int, c: int, d: int) -> None:
        kind, record = self._any(a)
        standing = self.casebook.standing(kind, record)
        version = None if c % 4 == 0 else 1 + b % len(standing.entries)
        self.casebook.withdraw(kind, entry(), record, version, because="mistake")

    def _facts(self, standing: Record, told: type[Record.Event], c: int, d: int) -> dict[str, Any]:
        """Other facts for an entry that is there."""
        if told is Protest.Recorded:
            return {**_place_and_time(c, d), "form": "march", "agreement": "unknown", "about": None, "organiser": None}
        if told is Incident.Recorded:
            facts = {"protest": None, "person": self._one(self.people, d) if d % 2 and self.people else None, "detention": None}
            return {**_place_and_time(c, d), "categories": ("other",), "words": None, **facts}
        if told in STATION_FACTS:
            return dict(STATION_FACTS[told])
        if told is Detention.Recorded:
            facts = self._detained(c, d, c + d)
            return {**facts, "person": standing.person, "agency": "unknown", "minor": ("yes", "no")[d % 2], "words": None}  # type: ignore[attr-defined]
        if (more := case_facts(standing, told, c, d) or description(told, c, d) or other_facts(self, told, c, d)) is not None:
            return more
        if told is Detention.Released:
            return {"kind": RELEASES[c % 5], "when": TIMES[d % 6]}
        if told is Protest.DetentionsCounted:
            return {"when": None, **count_of(c, d, c + d)}
        if told is Protest.CrowdEstimated:
            return {"when": None, "count": count_of(c, d, 0)["count"]}
        if told is Protest.ForceReported:
            return {"when": None, "kind": "dogs", "people": None}
        if told in (Detention.Delivered, Detention.Transferred):
            return {"when": TIMES[c % 6], "place": PLACES[d % 7]}
        if told in (Person.FoundToBe, Person.ToldApart, Detention.Identified):
            facts = {"other": self._one(self.people, c), "words": None}
            if told is Detention.Identified:
                facts["person"] = standing.person  # type: ignore[attr-defined]
            return facts if told is Person.ToldApart else {**facts, "basis": "document"}
        if told is Person.Named:
            return {"name": sealed(standing.id, "y", field="name"), "kind": "heard"}
        if told is Person.Opened:
            return {}
        if told is Person.ConsentGiven:
            return {"scopes": SCOPES[c % 4], "given_by": "person", "form": "written", "when": TIMES[d % 6], "until": None}
        if told is Person.ConsentWithdrawn:
            return {"scopes": SCOPES[c % 4], "when": TIMES[d % 6]}
        if told in (Person.CounselAssigned, Person.CounselDismissed):
            return {"counsel": (ACCOUNT, COLLEAGUE)[c % 2], "when": None, "ground": None, "words": None}
        if told is Person.ForgettingRequested:
            return {**WISH, "waives_delay": "unknown", "waived_by": None}
        if told is Person.ForgettingApproved:
            return {"request": d, "due": day(3, 2)}
        if told is Person.ForgettingCancelled:
            return {"request": d, "because": "wrong_file"}
        raise RuleBroken("no_such_entry")

    def _detained(self, a: int, b: int, c: int) -> dict[str, Any]:
        told = {"protest": self._maybe(a), "place": PLACES[b % 7], "when": TIMES[c % 6], "circumstances": "at_protest"}
        return {**told, "minor": ("unknown", "yes")[c % 2]}

    def _maybe(self, a: int) -> UUID | None:
        return self._one(self.protests, a) if a % 4 and self.protests else None

    def _one(self, records: list[UUID], a: int) -> UUID:
        if not records:
            raise RuleBroken("no_such_record")
        return records[a % len(records)]

    def _any(self, a: int) -> tuple[type[Record], UUID]:
        known = self.known()
        if not known:
            raise RuleBroken("no_such_record")
        return known[a % len(known)]

    def known(self) -> list[tuple[type[Record], UUID]]:
        """Every record there is."""
        return [
            *((Protest, record) for record in self.protests),
            *((Detention, record) for record in self.detentions),
            *((Person, record) for record in self.people),
            *((Incident, record) for record in self.incidents),
            *((Station, record) for record in self.stations),
            *((Report, record) for record in self.reports),
            *((Proceeding, record) for record in self.cases),
        ]


Verb = Callable[..., None]
VERBS: Sequence[Verb] = (
    Doings._protest,
    Doings._detain,
    Doings._detain,
    Doings._count,
    Doings._release,
    Doings._correct,
    Doings._withdraw,
    Doings._correct,
    Doings._merge,
    Doings._tell_apart,
    Doings._detain_again,
    Doings._move,
    Doings._identify,
    Doings._release_only,
    Doings._force,
    Doings._crowd,
    Doings._name,
    Doings._incident,
    Doings._forget,
    Doings._consent,
    Doings._assign,
    open_station,
    add_spelling,
    record_somewhere,
    deposit_paper,
    open_case,
    publish_a_month,
    describe,
    *(accuse, rule) * 2,
    hold_something_back,
    release_a_table,
    *(receive_report, split_report, raise_concern, reinstate, about_sources, in_a_case, Doings._ask_to_forget) * 2,
)


def _place_and_time(a: int, b: int) -> dict[str, Any]:
    return {"place": PLACES[a % 6], "when": TIMES[b % 5]}


def doings(least: int = 0, most: int = 40) -> st.SearchStrategy[list[Doing]]:
    """Any things done one after the other."""
    small = st.integers(0, 30)
    return st.lists(st.tuples(st.integers(0, len(VERBS) - 1), small, small, small, small), min_size=least, max_size=most)
