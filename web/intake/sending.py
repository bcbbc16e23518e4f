"""From what a program sent to a report: what its line says, and what its fields say, which counts more."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.casebook import Outcome
from domain.count import Count
from domain.count_words import parse_count
from domain.errors import RuleBroken
from domain.moment_words import parse_when
from domain.place import Place, Precision
from domain.provenance import Reliability, Source
from domain.record import new_id
from web.entries.placing import PlaceOpen, place_of
from web.hotline.listening import Heard, Somebody
from web.hotline.message import city_called, is_known, likeliest, listened, message_of, now_there, zone_of
from web.hotline.recording import Message, is_on_record, record
from web.vault import Made, Trace, VaultLocked
from web.wiring import Tracker

LANGUAGE = "en"
SLOW_WATCH = timedelta(minutes=5)
MAPPING = "api"
"""Under which the vault keeps which report an id became."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it."""

    report: UUID
    outcome: Outcome
    heard: Heard
    message: Message


def send(tracker: Tracker, account: UUID, key: str, asked: dict[str, Any]) -> Sent:
    """Record what was sent under this key, once.

    Raises RuleBroken `key_used_again` where it had been sent with something else, `unreadable_field`, `vault_locked`, and what
    the record itself refuses.
    """
    said_at = _said_at(asked)
    city = city_called(tracker, asked["city"], LANGUAGE) if "city" in asked else None
    told = listened(tracker, asked.get("line", ""), city, said_at, LANGUAGE)
    message = _told(tracker, message_of(tracker, told, city, now_there(told.city or city, said_at), LANGUAGE), asked, said_at)
    source = asked.get("source", {})
    given = Source(source.get("kind", "unknown"), Reliability(source.get("reliability", "unknown")), source.get("reference"))
    report = _report(tracker, account, key, asked)
    return Sent(report, record(tracker, account, given, report, message), told, message)


def _report(tracker: Tracker, account: UUID, key: str, asked: dict[str, Any]) -> UUID:
    """The report this key stands for. Committed before it is recorded: killed in between, the same key goes on where it was."""
    try:
        identities = tracker.vault.identities
    except VaultLocked as locked:
        raise RuleBroken(locked.code) from None
    row = (account.hex, key)
    said = json.dumps({name: value for name, value in asked.items() if name != "id"}, sort_keys=True, ensure_ascii=False)
    content = identities.digest(MAPPING, row, [said])
    known, made = identities.lookup(MAPPING, [row]), new_id()
    if row in known and known[row].content != content and not is_on_record(tracker, known[row].made["report"].record):
        made = known[row].made["report"].record  # it was refused, and comes again put right
    else:
        known = {}
    standing = identities.remember(MAPPING, {row: Trace(content, {"report": Made(made, made, content)})}, known)[row]
    if standing.content != content:
        raise RuleBroken("key_used_again")
    return standing.made["report"].record


def _said_at(asked: dict[str, Any]) -> datetime:
    now = datetime.now(UTC)
    if "said_at" not in asked:
        return now
    try:
        told = datetime.fromisoformat(asked["said_at"].upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise RuleBroken("unreadable_field", field="said_at") from None
    if told > now + SLOW_WATCH or told.year < 1900:
        raise RuleBroken("unreadable_field", field="said_at")
    return min(told, now)


def _told(tracker: Tracker, heard: Message, asked: dict[str, Any], said_at: datetime) -> Message:
    """What the line says, as the fields have it."""
    city = _city_of(heard.place)
    changes: dict[str, Any] = {}
    for name in ("count", "minors"):
        if name in asked:
            changes[name] = _count(asked[name], name)
    if "when" in asked:
        try:
            changes["when"] = parse_when(asked["when"], zone=zone_of(city), said_at=said_at)
        except RuleBroken:
            raise RuleBroken("unreadable_field", field="when") from None
    for name in ("place", "taken_from"):
        if name in asked:
            changes[name] = _place(tracker, asked[name], city, station=name == "place")
    if "concerns" in asked:
        changes["concerns"] = tuple(dict.fromkeys(asked["concerns"]))
    if "people" in asked:
        changes["people"] = [_somebody(one) for one in asked["people"]]
    if "protest" in asked:
        changes["protest"] = UUID(asked["protest"])
        if not is_known(tracker, changes["protest"]):
            raise RuleBroken("unreadable_field", field="protest")
    if heard.place is None and "place" not in changes and "city" in asked:
        changes["place"] = tracker.geocoder.at_least(asked["city"])  # a city nobody knows here: its words are kept
    return replace(heard, **changes)


def _somebody(asked: dict[str, Any]) -> Somebody:
    return Somebody(asked["name"], asked.get("minor", False), tuple(dict.fromkeys(asked.get("concerns", ()))))


def _count(said: str, name: str) -> Count | None:
    try:
        return parse_count(said)
    except RuleBroken:
        raise RuleBroken("unreadable_field", field=name) from None


def _place(tracker: Tracker, said: str, city: Place | None, *, station: bool) -> Place:
    """The place, its words kept; where they may mean several, the city and the words. Where no city is known, the one station
    called so, as in a line."""
    try:
        return place_of(tracker, said, within=city, language=LANGUAGE, station=station)
    except PlaceOpen:
        if city is not None:
            return replace(city, words=said)
        heard = listened(tracker, said, None, datetime.now(UTC), LANGUAGE).place if station else None
        one = likeliest(heard, None) if heard is not None and heard.text == said.strip() else None
        return replace(one.place, words=said) if one is not None else tracker.geocoder.at_least(said)


def _city_of(place: Place | None) -> Place | None:
    if place is None or place.city is None:
        return None
    return Place(Precision.CITY, place.country, place.region, place.city, zone=place.zone)
