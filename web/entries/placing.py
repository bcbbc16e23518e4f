"""From the words for a place to the place: known stations first, then the geocoder, and a choice where the words mean several.

Nothing is guessed among equals and nothing is dropped: what nobody can place is kept as its words, when somebody says so.
"""

from collections.abc import Callable, Sequence
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
    """The place these words mean, the words kept. `within` is the city it is known to be in, `chosen` the answer to a choice.

    Raises PlaceOpen, and RuleBroken `geocoder_unreachable`.
    """

    def candidates() -> Sequence[Candidate]:
        return tracker.geocoder.find(words, within=within, language=language)[:MOST_OFFERED]

    if chosen:
        return _chosen(tracker, words, within, chosen, candidates)
    if within is not None and (station := _station(tracker, words, within.city)) is not None:
        return station
    try:
        place = tracker.geocoder.settle(words, within, language)
    except RuleBroken as refused:
        if refused.code != "ambiguous_place":
            raise
        raise PlaceOpen(candidates()) from None
    if place.precision is Precision.UNKNOWN:
        raise PlaceOpen(())
    if place.precision is Precision.CITY and (station := _station(tracker, words, place.city)) is not None:
        return station
    return place


def _chosen(
    tracker: Tracker, words: str, within: Place | None, chosen: str, candidates: Callable[[], Sequence[Candidate]]
) -> Place:
    if chosen == UNPLACED:
        return tracker.geocoder.at_least(words, within)
    offered = candidates()
    for candidate in offered:
        if key_of(candidate.place) == chosen:
            return replace(candidate.place, words=words)
    raise PlaceOpen(offered)


def _station(tracker: Tracker, words: str, city: int | None) -> Place | None:
    """The one known police station the words name, in a city that is known."""
    code = tracker.gazetteer.find_station(words, city) if city is not None else None
    return tracker.geocoder.station_place(code, words) if code is not None else None
