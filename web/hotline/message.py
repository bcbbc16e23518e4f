"""From what was heard to what is recorded, where nobody looks at it in between: saved at once, sent by a bot, written offline."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from domain.errors import RuleBroken
from domain.moment import When
from domain.place import Candidate, Place, Precision
from domain.protest import Protest
from domain.wall_clock import zone_named
from web.entries.placing import PlaceOpen, place_of
from web.hotline.fitting import protest_there
from web.hotline.listening import Heard, heard
from web.hotline.pieces import Piece
from web.hotline.recording import Message
from web.wiring import Tracker

HOME_ZONE = "Europe/Moscow"
"""The zone of a line about a city nobody named."""


def listened(tracker: Tracker, text: str, within: Place | None, said_at: datetime, language: str) -> Heard:
    """What a line says that was told at `said_at`, about the city `within` where that is known."""
    return heard(text, tracker.geocoder, within=within, zone=zone_of(within), said_at=said_at, language=language)


def message_of(tracker: Tracker, told: Heard, within: Place | None, when: When | None, language: str) -> Message:
    """What is recorded of a line as it was heard; `when` is what is known of the time where the line says nothing of it.

    A place that may be several, or is none that is known, keeps its words and the city, and is left to be worked off.
    """
    city = told.city or within
    place = placed(tracker, told.place, city, language)
    origin = placed(tracker, told.origin, city, language)
    taken_from = origin if origin is not None and origin.precision is not Precision.STATION else None
    at = told.when or when
    return Message(
        told.line,
        at,
        place,
        protest_there(tracker, place.city, at, origin) if place is not None and place.city is not None else None,
        told.count,
        told.minors,
        told.needs,
        told.people,
        taken_from,
    )


def placed(tracker: Tracker, piece: Piece | None, city: Place | None, language: str) -> Place | None:
    """The place of a piece; the city where there is none, None where that is not known either."""
    if piece is None:
        return city
    chosen = likeliest(piece, city)
    if chosen is not None:
        return _told(chosen.place, piece.text)
    try:
        return place_of(tracker, piece.text, within=city, language=language, station=True)
    except (PlaceOpen, RuleBroken):
        return _told(city if city is not None else tracker.geocoder.at_least(piece.text), piece.text)


def likeliest(piece: Piece, city: Place | None) -> Candidate | None:
    """The one thing the words mean; of several the one station, because people are held there. None where that is left open.

    A station of a town nearby is never taken for one of the city that is spoken of: it may be offered.
    """
    spoken_of = city.city if city is not None else None
    there = [one for one in piece.candidates if spoken_of is None or not _is_station(one) or one.place.city == spoken_of]
    if len(there) == 1:
        return there[0]
    stations = [one for one in there if _is_station(one)]
    return stations[0] if len(stations) == 1 else None


def _is_station(one: Candidate) -> bool:
    return one.place.precision is Precision.STATION


def _told(place: Place, words: str) -> Place:
    return replace(place, words=words)


def zone_of(within: Place | None) -> str:
    """The clock somebody means who speaks of this city."""
    return within.zone if within is not None and within.zone else HOME_ZONE


def now_there(within: Place | None, said_at: datetime) -> When:
    """The minute at which something was said, as the time of what is said to be so now."""
    return When.at(said_at.replace(second=0, microsecond=0), zone_of(within))


def on_the_day(within: Place | None, day: date) -> When:
    """Some time on a day, as far as it has been."""
    zone = zone_of(within)
    whole = When.day(day, zone)
    now = datetime.now(UTC).replace(microsecond=0)
    return When.between(min(whole.earliest, now), min(whole.latest, now), zone)


def city_called(tracker: Tracker, said: str, language: str) -> Place | None:
    """The city somebody named, by its name in any spelling or its number; None for what is none."""
    told = said.strip()
    try:
        if told.isdecimal() and len(told) < 10:
            return tracker.geocoder.city_place(int(told))
        settled = tracker.geocoder.settle(told, None, language) if told else None
        return tracker.geocoder.city_place(settled.city) if settled is not None and settled.city else None
    except RuleBroken:
        return None


def day_there(within: Place | None, said_at: datetime) -> date:
    """The day on the calendar of the place."""
    return said_at.astimezone(zone_named(zone_of(within))).date()


def is_known(tracker: Tracker, protest: UUID | None) -> bool:
    """Whether there is such a protest."""
    try:
        return protest is not None and tracker.casebook.standing(Protest, protest) is not None
    except RuleBroken:
        return False
