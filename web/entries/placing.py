"""From the words for a place to the place: known stations first, then the geocoder, and a choice where the words mean several.

Nothing is guessed among equals and nothing is dropped: what nobody can place is kept as its words, when somebody says so.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.errors import RuleBroken
from domain.place import Candidate, Place, Precision
from web.wiring import Tracker

UNPLACED = "words"
"""The answer "none of these: keep the words"."""
MOST_OFFERED = 8


class PlaceOpen(Exception):
    """The words mean none or several of the places we know; `candidates` may be chosen from."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        super().__init__()
        self.candidates = candidates


def key_of(place: Place) -> str:
    """What stands in a form for one of several candidates."""
    return "/".join(str(part) for part in (place.precision, place.country, place.region, place.city, place.cell) if part)


def place_of(tracker: Tracker, words: str, *, within: Place | None, language: str, chosen: str | None = None) -> Place:
    """The place these words mean, the words kept. `within` is the city things happen in, `chosen` the answer to a choice.

    Raises PlaceOpen, and RuleBroken `geocoder_unreachable`.
    """
    if chosen:
        return _chosen(tracker, words, within, chosen, language)
    if within is not None and (station := _station(tracker, words, within.city)) is not None:
        return station
    if within is not None and not _known_inside(tracker, words, within, language):
        return _beyond(tracker, words, within, language)
    try:
        place = tracker.geocoder.settle(words, within, language)
    except RuleBroken as refused:
        if refused.code != "ambiguous_place":
            raise
        raise PlaceOpen(_candidates(tracker, words, within, language)) from None
    if place.precision is Precision.UNKNOWN:
        raise PlaceOpen(())
    if place.precision is Precision.CITY and (station := _station(tracker, words, place.city)) is not None:
        return station
    return place


def _candidates(tracker: Tracker, words: str, within: Place | None, language: str) -> Sequence[Candidate]:
    """What may be chosen from: places in the city, or, where it has none of that name, anywhere."""
    inside = within is not None and _known_inside(tracker, words, within, language)
    return tracker.geocoder.find(words, within=within if inside else None, language=language)[:MOST_OFFERED]


def _known_inside(tracker: Tracker, words: str, within: Place, language: str) -> bool:
    """Whether the words name a place in the city. That the geocoder answers with the city itself says nothing about them."""
    return any(
        candidate.place.precision not in (Precision.CITY, Precision.REGION, Precision.COUNTRY)
        for candidate in tracker.geocoder.find(words, within=within, language=language)
    )


def _beyond(tracker: Tracker, words: str, within: Place, language: str) -> Place:
    """Words that name no place in the city: the city, unless they name another one, which somebody then has to confirm."""
    elsewhere = _candidates(tracker, words, within, language)
    if elsewhere and not any(candidate.place.city == within.city for candidate in elsewhere):
        raise PlaceOpen(elsewhere)
    return replace(within, words=words)


def _chosen(tracker: Tracker, words: str, within: Place | None, chosen: str, language: str) -> Place:
    if chosen == UNPLACED:
        return replace(within, words=words) if within is not None else tracker.geocoder.at_least(words)
    offered = _candidates(tracker, words, within, language)
    for candidate in offered:
        if key_of(candidate.place) == chosen:
            return replace(candidate.place, words=words)
    raise PlaceOpen(offered)


def _station(tracker: Tracker, words: str, city: int | None) -> Place | None:
    """The one known police station the words name, in a city that is known."""
    code = tracker.gazetteer.find_station(words, city) if city is not None else None
    return tracker.geocoder.station_place(code, words) if code is not None else None
