"""Everybody at a station was let go: whom that concerns, and how it is recorded of each of them and of those without a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from werkzeug.datastructures import MultiDict

from domain.count import Count
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.moment import When
from domain.record import new_id
from projections import who_is_inside
from web.desk import HOME_ZONE, Desk
from web.entries.forms import minted
from web.entries.sealing import sealed_facts, sealer
from web.naming import names_of
from web.watch.board import board_of
from web.watch.choosing import Watch

MOST_AT_ONCE = 80


@dataclass(frozen=True, slots=True)
class Inside:
    """One person it concerns, and the command under which their release is recorded."""

    detention: UUID
    person: UUID
    number: str
    name: str
    command: UUID


@dataclass(frozen=True, slots=True)
class HeldThere:
    """Everybody the reader may see there; `unnamed` as an interval, "" for nobody; `others` inside whom they may not see."""

    people: Sequence[Inside]
    unnamed: str
    others: int
    report: UUID


def held_at(desk: Desk, watch: Watch, city: int, station: str, language: str) -> HeldThere:
    """Who is inside there now."""
    with desk.tracker.views() as db:
        rows = who_is_inside.people_at(db, watch.nights, [(city, station)]).get((city, station), [])
        visible = desk.visible([UUID(bytes=row.person) for row in rows])
        seen = [row for row in rows if UUID(bytes=row.person) in visible]
        names = names_of(desk, db, {row.person for row in seen})
    shown = board_of(desk, watch, language, only=(city, station)).stations
    people = [
        Inside(UUID(bytes=row.detention), UUID(bytes=row.person), row.person.hex()[-8:], names.get(row.person, ""), new_id())
        for row in seen
    ]
    return HeldThere(people, shown[0].unnamed if shown else "", len(rows) - len(seen), new_id())


def emptied(desk: Desk, watch: Watch, city: int, station: str, held: HeldThere, sent: "MultiDict[str, str]") -> None:
    """Records the release of each person chosen and, where that was said, that nobody is left: a count of nobody at the station.

    Each is an act of its own, so that what was recorded before somebody's file was forgotten stays recorded.
    """
    chosen = {person.detention: person for person in held.people if sent.get(f"held.{person.detention}") == "1"}
    commands = {detention: _command(sent, detention) for detention in chosen}
    known = desk.tracker.gazetteer.city(city) if city else None
    when = When.at(datetime.now(UTC), known.zone if known is not None and known.zone else HOME_ZONE)
    nobody_left = sent.get("nobody") == "1" and bool(station)
    if not chosen and not nobody_left:
        raise RuleBroken("nobody_chosen")
    outcome = None
    for detention, person in chosen.items():
        facts = {"when": when, "kind": sent.get("kind", "unknown")}
        sealed = sealed_facts(Detention.Released, facts, sealer(desk.tracker.vault, person.person, detention))
        outcome = desk.tracker.casebook.record_release(desk.entry(watch.source, commands[detention]), detention, **sealed)
    if nobody_left:
        report = minted("report")
        place = desk.tracker.geocoder.station_place(station)
        entry = desk.entry(watch.source, report)
        outcome = desk.tracker.casebook.receive_report(entry, report, when=when, place=place, count=Count.exactly(0))
        if outcome.new:
            outcome = desk.tracker.casebook.settle_report(desk.entry(watch.source, new_id()), report, kind="nothing_to_record")
    if outcome is not None:
        desk.tracker.catch_up(outcome)


def _command(sent: "MultiDict[str, str]", detention: UUID) -> UUID:
    try:
        return UUID(sent.get(f"command.{detention}", ""))
    except ValueError:
        raise RuleBroken("nobody_chosen") from None
