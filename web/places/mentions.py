"""The places a line of text speaks of: "Тверское 15 чел, автозак с Пушкинской" names a station and a square.

Read by the parser of first reports. Offline, without a model; some tenths of a millisecond a line. Nothing is chosen: each
mention carries everything its words may mean.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from domain.place import Candidate, Place
from web.places.entries import Landmark, Station
from web.places.known import KnownPlaces
from web.places.spellings import BESIDE, OFFICE, STREET_KINDS, CitySpellings, LandmarkSpellings, says_station
from web.places.stations import Stations
from web.places.stems import Word, stem_of, words_of
from web.search.folding import folded
from web.search.name_parts import Kind, kind_of

LONGEST = 7
"""Words in the longest name that is looked for, its kind and city included."""
_PEOPLE = tuple(map(stem_of, "чел человек задержанных задержали детей несовершеннолетних people persons detained minors".split()))


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words `text[start:end]` that name a place. `candidates` is empty where they say "a station" and no known one;
    `kind_said` is whether they say what kind of place it is ("ОВД", "площадь", "метро"), and so can hardly be a surname."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    kind_said: bool


class Gazetteer(Protocol):
    """What is asked here."""

    @property
    def cities(self) -> CitySpellings:
        """How cities are called."""

    @property
    def stations(self) -> Stations:
        """The stations there are."""

    @property
    def landmarks(self) -> LandmarkSpellings:
        """How squares and streets are called."""

    def landmarks_declined(self, words: Sequence[Word], city: int | None, /) -> list[Landmark]:
        """The squares and streets these words may name."""

    def city_name(self, city: int, language: str, /) -> str:
        """How a city is called."""

    def region_name(self, region: str, language: str, /) -> str:
        """How a region is called."""


def places_in(
    text: str, gazetteer: Gazetteer, known: KnownPlaces, *, within: Place | None = None, language: str = "en"
) -> list[PlaceMention]:
    """Every place the text names, in order, none overlapping. `within` is the city it is known to speak of; a city named in the
    text itself comes first."""
    words = words_of(text)
    gazetteer.stations.refresh()
    cities = [found for found in _cities(words, gazetteer) if not _is_somebodys(text, words, found[0], found[1])]
    # "ОВД Заречный", said of a city, is a station of it, though a town is called so too.
    offices = {start for start, _, _ in cities if within is not None and start and words[start - 1].stem in OFFICE}
    spoken_of = ((start, end, ids) for start, end, ids in cities if start not in offices)
    named = {id for start, end, ids in spoken_of if not _may_be_somebody(words, start, end) for id in ids}
    city = named.pop() if len(named) == 1 else within.city if within is not None else None
    line = _Line(text, words, gazetteer, known, language)
    taken = {at for start, end, _ in cities for at in range(start, end)}
    found: list[tuple[int, int, tuple[Candidate, ...], bool]] = []
    at = 0
    while at < len(words):
        mention = line.longest(at, city, taken)
        if mention is not None:
            found.append(mention)
        at = mention[1] if mention is not None else at + 1
    covered = {at for start, end, _, _ in found for at in range(start, end)}
    found += [
        (start, end, tuple(line.city(id) for id in sorted(ids)), False)
        for start, end, ids in cities
        if not covered & set(range(start, end))
    ]
    return [PlaceMention(words[start].start, words[end - 1].end, places, said) for start, end, places, said in sorted(found)]


def _cities(words: Sequence[Word], gazetteer: Gazetteer) -> Iterator[tuple[int, int, set[int]]]:
    """The names of cities, the longest first. A town must be written with a capital: "бор" is also a wood."""
    at = 0
    while at < len(words):
        for length in range(min(5, len(words) - at), 0, -1):
            chosen = words[at : at + length]
            ids = gazetteer.cities.called(chosen) if chosen[0].text[:1].isupper() or len(chosen[0].text) > 4 else set()
            if ids and not chosen[0].is_number:
                yield at, at + length, ids
                at += length
                break
        else:
            at += 1


def _is_somebodys(text: str, words: Sequence[Word], start: int, end: int) -> bool:
    """Whether what is also a town is an initial, or somebody's first name beside a surname: "Фёдоров Артём, ОВД Тверское"."""
    word = words[start]
    if end - start > 1 or word.stem in _FIRST_NAMES or (start and words[start - 1].stem in _BEFORE_A_CITY):
        return False
    if len(word.text) == 1:
        return True
    if kind_of(folded(word.text)) is not Kind.FIRST:
        return False
    beside = [(words[start - 1].end, word.start, words[start - 1])] if start else []
    beside += [(word.end, words[end].start, words[end])] if end < len(words) else []
    return any(
        text[after:before] == " " and not other.is_number and other.stem not in OFFICE
        and (other.text[:1].isupper() or other.like_a_surname)
        for after, before, other in beside
    )  # fmt: skip


def _may_be_somebody(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether what is also a city stands like somebody's name: without a preposition, and one word that could be a surname or has
    another capital or a patronymic beside it."""
    before, after = (words[start - 1] if start else None), (words[end] if end < len(words) else None)
    if end - start > 1 or (before is not None and before.stem in _BEFORE_A_CITY):
        return False
    near = [word for word in (before, after) if word is not None and not word.is_number]
    beside = any(word.text[:1].isupper() or word.text.lower().endswith(_PATRONYMIC) for word in near)
    return words[start].like_a_surname or (beside and words[start].stem in _FIRST_NAMES)


class _Line:
    """One text that is searched."""

    def __init__(self, text: str, words: Sequence[Word], gazetteer: Gazetteer, known: KnownPlaces, language: str) -> None:
        self._text, self._words, self._gazetteer, self._known, self._language = text, words, gazetteer, known, language

    def longest(self, at: int, city: int | None, taken: set[int]) -> tuple[int, int, tuple[Candidate, ...], bool] | None:
        """The longest run of words from here that names a station or a square."""
        if at in taken and not self._kind(self._words[at]):
            return None
        for length in range(self._reach(at), 0, -1):
            chosen = self._words[at : at + length]
            if not self._is_one_piece(chosen) or chosen[-1].stem in _PREPOSITIONS or chosen[0].stem in _PREPOSITIONS:
                continue
            found = self._meant(chosen, city)
            if found:
                return at, at + length, found, any(map(self._kind, chosen))
        return self._unknown(at)

    def _reach(self, at: int) -> int:
        """How many words from here may belong to one name: up to the first that is in no name at all."""
        names = (self._gazetteer.stations, self._gazetteer.landmarks, self._gazetteer.cities)
        length = 0
        for word in self._words[at : at + LONGEST]:
            if not (self._kind(word) or word.stem in BESIDE or any(known.knows(word) for known in names)):
                break
            length += 1
        return length

    def city(self, id: int) -> Candidate:
        """A city as a candidate."""
        place = self._known.city_place(id)
        region = self._gazetteer.region_name(place.region, self._language) if place.region else ""
        return Candidate(place, self._gazetteer.city_name(id, self._language), region)

    def _meant(self, chosen: Sequence[Word], city: int | None) -> tuple[Candidate, ...]:
        names = [word for word in chosen if not self._kind(word)]
        if not names or (all(word.is_number for word in names) and not self._is_number_of_station(chosen)):
            return ()
        if names[-1].is_number and self._counts_people(chosen[-1]):
            return ()
        kinds = any(word.stem in STREET_KINDS for word in chosen)
        stations = [] if kinds and not says_station(chosen) else self._gazetteer.stations.called_as(chosen, city)
        marks = [] if says_station(chosen) or city is None else self._gazetteer.landmarks_declined(chosen, city)
        return (*map(self._station, stations), *map(self._landmark, marks))

    def _is_number_of_station(self, chosen: Sequence[Word]) -> bool:
        return len(chosen) <= 3 and says_station(chosen) and not self._counts_people(chosen[-1])

    def _counts_people(self, word: Word) -> bool:
        """Whether a number is that of people: "ОВД 15 чел"."""
        after = next((later for later in self._words if later.start >= word.end), None)
        return word.is_number and after is not None and after.stem.startswith(_PEOPLE)

    def _unknown(self, at: int) -> tuple[int, int, tuple[Candidate, ...], bool] | None:
        """A station that is none of those known: the kind of office and the name or number behind it."""
        if not says_station(self._words[at : at + 1]):
            return None
        end = at + 1
        while end < len(self._words) and self._is_one_piece(self._words[at : end + 1]) and end - at < LONGEST:
            word = self._words[end]
            if not (self._kind(word) or word.text[0].isupper() or (word.is_number and not self._counts_people(word))):
                break
            end += 1
        return (at, end, (), True) if any(not self._kind(word) for word in self._words[at:end]) else None

    def _is_one_piece(self, chosen: Sequence[Word]) -> bool:
        """Whether nothing ends between the words: no comma, line, bracket or dash with spaces around it."""
        between = (self._text[one.end : other.start] for one, other in pairwise(chosen))
        return not any(set(gap) & set(",;\n()—–:!?") or " - " in gap for gap in between)

    def _kind(self, word: Word) -> bool:
        return word.stem in OFFICE or word.stem in STREET_KINDS or word.stem in _PREPOSITIONS

    def _station(self, station: Station) -> Candidate:
        city = self._gazetteer.city_name(station.city, self._language)
        return Candidate(self._known.station_place(station.code), station.name(self._language), city)

    def _landmark(self, mark: Landmark) -> Candidate:
        name = mark.ru if self._language == "ru" else mark.en
        return Candidate(self._known.landmark_place(mark.code), name, self._gazetteer.city_name(mark.city, self._language))


_FIRST_NAMES = frozenset(map(stem_of, "владимир vladimir sofia london paris мария maria mary".split()))
_PATRONYMIC = ("вна", "вич", "vna", "vich")
_BEFORE_A_CITY = frozenset(map(stem_of, "в во из г гор город городе in from".split()))
_PREPOSITIONS = frozenset(map(stem_of, "в во из с со у на к ко от до при около возле по in at from to into near of the".split()))
