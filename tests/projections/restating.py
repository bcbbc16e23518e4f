"""What may be told of things, and told otherwise: small numbers choose among a few places, times and kinds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from domain.count import Count
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.incident import Incident
from domain.moment import When
from domain.person import Person
from domain.place import Place
from domain.protest import Protest
from domain.record import Record
from tests.projections.doings_at_stations import STATION_FACTS
from tests.trackers import ACCOUNT, CELLS, COLLEAGUE, MOSCOW, PETERSBURG, SMOLENSK, WISH, city, day, sealed, station

if TYPE_CHECKING:
    from tests.projections.doings import Doings

PLACES: Sequence[Place | None] = (
    city(MOSCOW, CELLS[MOSCOW]),
    city(MOSCOW),
    city(PETERSBURG, CELLS[PETERSBURG]),
    city(SMOLENSK),
    station("msk-tverskoy"),
    station("msk-arbat"),
    None,
)
TIMES: Sequence[When | None] = (
    day(3, 2),
    day(3, 3),
    day(4, 1),
    When.month(2022, 2, "Europe/Moscow"),
    When.year(2019, "Europe/Moscow"),
    None,
)
SCOPES = (("record_only",), ("publish_full_name",), ("publish_first_name", "publish_story"), ("submit_to_courts",))
RELEASES = ("without_protocol", "unknown", "to_remand", "to_parents", "to_administrative_arrest")


def other_facts(does: "Doings", standing: Record, told: type[Record.Event], c: int, d: int) -> dict[str, Any]:
    """Other facts for an entry that is there."""
    if told is Protest.Recorded:
        return {**place_and_time(c, d), "form": "march", "agreement": "unknown", "about": None, "organiser": None}
    if told is Incident.Recorded:
        facts = {"protest": None, "person": does.one(does.people, d) if d % 2 and does.people else None, "detention": None}
        return {**place_and_time(c, d), "categories": ("other",), "words": None, **facts}
    if told in STATION_FACTS:
        return dict(STATION_FACTS[told])
    if told is Detention.Recorded:
        facts = does.detained(c, d, c + d)
        return {**facts, "person": standing.person, "agency": "unknown", "minor": ("yes", "no")[d % 2], "words": None}  # type: ignore[attr-defined]
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
        facts = {"other": does.one(does.people, c), "words": None}
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
        return {"counsel": (ACCOUNT, COLLEAGUE)[c % 2], "when": None}
    if told is Person.ForgettingRequested:
        return {**WISH, "waives_delay": "unknown", "waived_by": None}
    if told is Person.ForgettingApproved:
        return {"request": d, "due": day(3, 2)}
    if told is Person.ForgettingCancelled:
        return {"request": d, "because": "wrong_file"}
    raise RuleBroken("no_such_entry")


def place_and_time(a: int, b: int) -> dict[str, Any]:
    return {"place": PLACES[a % 6], "when": TIMES[b % 5]}


def count_of(a: int, b: int, c: int) -> dict[str, Any]:
    low = a % 40
    count = Count.at_least(low) if b % 3 == 0 else Count.between(low, low + b % 7)
    return {"count": count, "place": PLACES[4 + c % 3]}
