"""From the words for a place to the place: known stations first, then the geocoder, and a choice where the words mean several.

Nothing is guessed among equals and nothing is dropped: what nobody can place is kept as its words, when somebody says so.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.errors import RuleBroken
from domain.place import Candidate, Place, Precision
from web.places.entries import Station
from web.places.spellings import says_station, street_precision
from web.places.stems import words_of
from web.wiring import Tracker

UNPLACED = "words"
"""The answer "none of these: keep the words"."""
NEW, SPELLING = "new", "spelling"
"""The answers "a new station" and "a new spelling of a station that is known"."""
MOST_OFFERED = 8
_WIDE = (Precision.CITY, Precision.REGION, Precision.COUNTRY)


class PlaceOpen(Exception):
    """The words mean none or several of the places we know; `candidates` may be chosen from. `why` is a sentence for the field
    where it is not simply that; `is_unknown` that the candidates are merely spelt alike."""

    def __init__(self, candidates: Sequence[Candidate], why: str = "", *, is_unknown: bool = False) -> None:
        super().__init__()
        self.candidates = candidates
        self.why = why
        self.is_unknown = is_unknown


def key_of(place: Place) -> str:
    """What stands in a form for one of several candidates."""
    parts = (place.precision, place.country, place.region, place.city, place.station, place.cell)
    return "/".join(str(part) for part in parts if part)


def place_of(
    tracker: Tracker, words: str, *, within: Place | None, language: str, chosen: str | None = None, station: bool = False
) -> Place:
    """The place these words mean, the words kept. `within` is the city things happen in, `chosen` the answer to a choice,
    `station` whether a station is what is usually meant here.

    Raises PlaceOpen, and RuleBroken `geocoder_unreachable`.
    """
    if chosen:
        return _chosen(tracker, words, within, chosen, language)
    found = _station(tracker, words, within, language, expected=station)
    if found is not None:
        return tracker.geocoder.station_place(found, words)
    if within is not None and within.city is not None and len(tracker.gazetteer.landmarks_called(words, within.city)) > 1:
        raise PlaceOpen(offered(tracker, words, within, language))
    if within is not None and not _known_inside(tracker, words, within, language):
        return _beyond(tracker, words, within, language)
    try:
        place = tracker.geocoder.settle(words, within, language)
    except RuleBroken as refused:
        if refused.code != "ambiguous_place":
            raise
        raise PlaceOpen(offered(tracker, words, within, language)) from None
    if place.precision is Precision.UNKNOWN:
        raise PlaceOpen(offered(tracker, words, within, language))
    return replace(place, precision=street_precision(words)) if _is_street(place, words) else place


def offered(tracker: Tracker, words: str, within: Place | None, language: str) -> Sequence[Candidate]:
    """What may be chosen from: stations called so or nearly so, then places in the city, or, where it has none of that name,
    anywhere."""
    city = within.city if within is not None else None
    stations = tracker.gazetteer.stations_called(words, city)
    if not stations and city is not None:
        stations = tracker.gazetteer.stations.near(words, city)
    inside = within is not None and _known_inside(tracker, words, within, language)
    others = tracker.geocoder.find(words, within=within if inside else None, language=language)
    told = [_told(tracker, station, language) for station in stations[:MOST_OFFERED]]
    return [*told, *others][:MOST_OFFERED]


def _told(tracker: Tracker, station: Station, language: str) -> Candidate:
    city = tracker.gazetteer.city_name(station.city, language)
    return Candidate(tracker.geocoder.station_place(station.code), station.name(language), city)


def _station(tracker: Tracker, words: str, within: Place | None, language: str, *, expected: bool) -> str | None:
    """The one known station the words name. Raises PlaceOpen where they name several, or one that is not known, or what may be a
    square or street as well."""
    said = words_of(words)
    is_said = says_station(said)
    city = within.city if within is not None else None
    if city is None:
        return _station_with_city(tracker, words, within, language, is_said=is_said)
    stations = tracker.gazetteer.stations_called(words, city)
    if not stations:
        if is_said or (expected and not _is_elsewhere(tracker, words, city, language)):
            raise PlaceOpen(offered(tracker, words, within, language), is_unknown=True)
        return None
    if len(stations) > 1 or stations[0].city != city:  # a station of a town nearby is offered, never taken for one of the city
        raise PlaceOpen(offered(tracker, words, within, language))
    may_be_another = said[-1].feminine is not False or tracker.gazetteer.landmarks_called(words, city)
    if not is_said and not expected and may_be_another:  # "Сокольники" is a park and a metro station as well
        raise PlaceOpen(offered(tracker, words, within, language))
    return stations[0].code


def _station_with_city(tracker: Tracker, words: str, within: Place | None, language: str, *, is_said: bool) -> str | None:
    """The station of words that say its city themselves: "Москва, ОВД Тверское"."""
    mentions = tracker.geocoder.places_in(words, within, language)
    cities = {one.place.city for mention in mentions for one in mention.candidates if one.place.precision is Precision.CITY}
    stations = {one.place.station for mention in mentions for one in mention.candidates if one.place.station}
    if len(cities) == 1 and len(stations) == 1 and all(len(mention.candidates) == 1 for mention in mentions):
        return stations.pop()
    if is_said:
        raise PlaceOpen(offered(tracker, words, next(map(tracker.geocoder.city_place, filter(None, cities)), None), language))
    return None


def _is_elsewhere(tracker: Tracker, words: str, city: int, language: str) -> bool:
    """Whether words that are no known station are some other place we know, or say what they are: a street, a city."""
    return bool(tracker.geocoder.find(words, language=language)) or street_precision(words) is not Precision.CITY


def _known_inside(tracker: Tracker, words: str, within: Place, language: str) -> bool:
    """Whether the words name a place in the city. That the geocoder answers with the city itself says nothing about them."""
    found = tracker.geocoder.find(words, within=within, language=language)
    return any(candidate.place.precision not in _WIDE for candidate in found)


def _beyond(tracker: Tracker, words: str, within: Place, language: str) -> Place:
    """Words that name no place in the city: the city, unless they name another one, which somebody then has to confirm."""
    elsewhere = tracker.geocoder.find(words, language=language)[:MOST_OFFERED]
    if elsewhere and not any(candidate.place.city == within.city for candidate in elsewhere):
        raise PlaceOpen(elsewhere)
    return replace(within, words=words, precision=street_precision(words) if within.city is not None else within.precision)


def _is_street(place: Place, words: str) -> bool:
    """Whether only the city was found of words that name a street in it."""
    return place.precision is Precision.CITY and street_precision(words) is not Precision.CITY


def _chosen(tracker: Tracker, words: str, within: Place | None, chosen: str, language: str) -> Place:
    if chosen == UNPLACED:
        return replace(within, words=words) if within is not None else tracker.geocoder.at_least(words)
    choices = offered(tracker, words, within, language)
    for candidate in choices:
        if key_of(candidate.place) == chosen:
            return replace(candidate.place, words=words)
    raise PlaceOpen(choices)
