"""One line, listened to: what it says of where, how many, who, when and what is needed. Russian and English, offline, no model.

Everything is proposed and nothing decided: whoever took the line sees what was understood before it is recorded, and what was
not. Any text whatever is taken apart without failing, and every character of it stays.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.count import Count
from domain.moment import When
from domain.place import Place, Precision
from web.hotline.counting import find_counts
from web.hotline.names import find_ages, find_names, is_first_name, is_passing, says_somebody
from web.hotline.needs import find_needs
from web.hotline.pieces import Line, Piece, Said, is_of_city, plain
from web.hotline.releases import leave_how_many_were_let_go, leave_who_was_let_go
from web.hotline.times import find_time
from web.hotline.untouched import find_untouched
from web.places.mentions import PlaceMention
from web.places.stems import words_of

_OF_A_MOMENT = re.compile(r"назад|(?<!\w)(?:ago|сейчас|now|только что|just)(?!\w)")
_WORDS = re.compile(r"[^\s,;:.()!?]+")
_NUMBER_OF_A_HOUSE = re.compile(r"(?:,? ?(?:д\.?|дом) ?| )\d{1,3}(?:[а-яa-z]|/\d{1,3})?(?=\s*(?:[,;.]|$))")
LONGEST = 2000
"""So much of a text is listened to; what comes behind is kept and not understood."""
ADULT = 18


class Places(Protocol):
    """What finds the places a text names."""

    def places_in(self, text: str, within: Place | None = None, language: str = "en", /) -> list[PlaceMention]:
        """In order, none overlapping."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person named. `minor` where the age says so; `needs` what the line says of this one."""

    name: str
    minor: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What a line says. `pieces` are the whole line, in order; None and empty for what it does not say."""

    line: str
    pieces: tuple[Piece, ...]
    place: Piece | None
    origin: Piece | None
    city: Place | None
    """The city the line itself names, or in which the stations lie that it names, where nobody said which it is about."""
    count: Count | None
    minors: Count | None
    when: When | None
    needs: tuple[str, ...]
    people: tuple[Somebody, ...]

    @property
    def is_of_a_moment(self) -> bool:
        """Whether the time it tells depends on the hour at which it was said: "an hour ago"."""
        return self.when is not None and _OF_A_MOMENT.search(plain(str(self.when.words))) is not None

    @property
    def not_understood(self) -> tuple[str, ...]:
        """What somebody has to read."""
        return tuple(piece.text.strip(" ,;:.-–—\n") for piece in self.pieces if piece.said is Said.OPEN)


def heard(text: str, places: Places, *, within: Place | None, zone: str, said_at: datetime, language: str) -> Heard:
    """What a line says that was told at `said_at` by somebody in `zone`, about the city `within` where that is known."""
    line = Line(text[:LONGEST])
    find_untouched(line)
    find_ages(line, said_at)
    find_needs(line)
    when = find_time(line, zone, said_at)
    found = _find_places(line, places, within, language)
    leave_how_many_were_let_go(line)
    count, minors = find_counts(line)
    leave_who_was_let_go(line)
    find_names(line)
    pieces = [_passed_by(piece) for piece in line.finished()]
    if len(text) > LONGEST:
        pieces.append(Piece(LONGEST, len(text), Said.OPEN, text[LONGEST:]))
    people = _people(pieces, count)
    grown = _minors_named(people, minors)
    place, origin, city = found
    needs = tuple(dict.fromkeys(code for piece in pieces for code in piece.codes))
    return Heard(text, tuple(pieces), place, origin, city, count, grown, when, needs, people)


def _find_places(
    line: Line, places: Places, within: Place | None, language: str
) -> tuple[Piece | None, Piece | None, Place | None]:
    """Take the places: the first at which people may be held, the first they were taken from, and the city of them all."""
    mentions, its_city = _mentioned(line, places, within, language)
    has_station = any(_is_station(one) for one in mentions)
    mentions = [one for one in mentions if not (has_station and _is_city(one) and _may_be_a_surname(line, one))]
    city: Place | None = None
    for one in mentions:
        said = Said.PLACE
        if _is_city(one):
            city = city or (one.candidates[0].place if len(one.candidates) == 1 else None)
        elif _is_from(line, one) or (has_station and not _is_station(one)):
            said = Said.ORIGIN
        house = None if _is_station(one) or _is_city(one) else _NUMBER_OF_A_HOUSE.match(line.low, one.end)
        line.take(one.start, house.end() if house is not None else one.end, said, candidates=one.candidates)
    pieces = sorted(line.pieces, key=lambda piece: piece.start)
    named = [piece for piece in pieces if piece.said is Said.PLACE]
    inside = [piece for piece in named if not is_of_city(piece)]
    return (
        next(iter([*inside, *named]), None),
        next((piece for piece in pieces if piece.said is Said.ORIGIN), None),
        city or its_city,
    )


def _mentioned(line: Line, places: Places, within: Place | None, language: str) -> tuple[list[PlaceMention], Place | None]:
    """What the line names, and the city it is about where nobody said so: the one in which its stations lie. Its squares and
    streets are places too then, and "автозак с Пушкинской" names nobody."""
    found = _places_named(line, places, within, language)
    stations = [one.candidates[0].place for one in found if len(one.candidates) == 1 and _is_station(one)]
    if within is not None or len({station.city for station in stations}) != 1:
        return found, None
    at = stations[0]
    city = Place(Precision.CITY, at.country, at.region, at.city, zone=at.zone)
    return _places_named(line, places, city, language), city


def _places_named(line: Line, places: Places, within: Place | None, language: str) -> list[PlaceMention]:
    mentions = places.places_in(line.text, within, language)
    has_office = any(_is_station(one) and one.kind_said for one in mentions)
    return [one for one in mentions if _is_a_place(line, one, has_office=has_office)]


def _is_a_place(line: Line, one: PlaceMention, *, has_office: bool) -> bool:
    """Whether it is none of somebody's names. Where a station was named as one, "Арбат Нина" and "Тверской И.П." are people."""
    if not line.is_free(one.start, one.end):
        return False
    words = words_of(line.text[one.start : one.end])
    if one.kind_said or len(words) > 1:
        return True
    if _is_city(one) and is_first_name(line.text, one.start, one.end):
        return False
    return not ((words[0].like_a_surname or has_office) and says_somebody(line.text, one.start, one.end))


_BEFORE_A_CITY = frozenset({"в", "во", "из", "г.", "г", "город", "in", "from"})


def _may_be_a_surname(line: Line, one: PlaceMention) -> bool:
    """Whether a city stands like somebody's surname, beside a station that was named: "Иванов, ОВД Арбат"."""
    before = line.low[: one.start].split()
    words = words_of(line.text[one.start : one.end])
    return len(words) == 1 and words[0].like_a_surname and _BEFORE_A_CITY.isdisjoint(before[-1:])


def _is_station(one: PlaceMention) -> bool:
    return not one.candidates or any(candidate.place.precision is Precision.STATION for candidate in one.candidates)


def _is_city(one: PlaceMention) -> bool:
    return bool(one.candidates) and all(candidate.place.precision is Precision.CITY for candidate in one.candidates)


_FROM = ("с", "со", "из", "от", "from", "off", "возле", "у", "около", "near")


def _is_from(line: Line, one: PlaceMention) -> bool:
    """Whether people were taken from there. A preposition may stand before the words or be the first of them."""
    before = line.low[: one.start].split()
    first = line.low[one.start : one.end].split()
    said = {*before[-1:], *(first[:1] if len(first) > 1 else [])}
    return bool(said & {"с", "со", "из", "от", "from", "off"}) or (not _is_station(one) and bool(said & set(_FROM)))


def _passed_by(piece: Piece) -> Piece:
    """A piece nobody took, of words that say nothing by themselves, is understood as that."""
    if piece.said is Said.OPEN and all(map(is_passing, _WORDS.findall(plain(piece.text)))):
        return Piece(piece.start, piece.end, Said.PASSING, piece.text)
    return piece


def _people(pieces: Sequence[Piece], count: Count | None) -> tuple[Somebody, ...]:
    """Who is named. What is said in one breath with a name is that one's; what is said of all, everybody's, if all are named."""
    names = [at for at, piece in enumerate(pieces) if piece.said is Said.NAME]
    if not names:
        return ()
    are_all = count is None or (count.high is not None and count.high <= len(names))
    own: dict[int, list[str]] = {at: [] for at in names}
    shared: list[str] = []
    young: set[int] = set()
    for at, piece in enumerate(pieces):
        if piece.said is Said.CONCERN:
            beside = _in_one_breath(pieces, names, at)
            (own[beside] if beside is not None else shared).extend(piece.codes)
        elif piece.said is Said.AGE and piece.number is not None and piece.number < ADULT:
            before = [name for name in names if name < at]
            if before:
                young.add(before[-1])
    everybody = shared if are_all else []
    return tuple(
        Somebody(" ".join(pieces[at].text.split()), at in young, tuple(dict.fromkeys([*own[at], *everybody]))) for at in names
    )


def _in_one_breath(pieces: Sequence[Piece], names: Sequence[int], at: int) -> int | None:
    """The name beside which, with no comma between, this is said."""
    for name in names:
        first, last = sorted((pieces[name], pieces[at]), key=lambda piece: piece.start)
        between = (piece.text for piece in pieces if first.end <= piece.start < last.start and piece.said is not Said.AGE)
        if not set("".join(between)) & set(",;.\n/|"):
            return name
    return None


def _minors_named(people: Sequence[Somebody], minors: Count | None) -> Count | None:
    """Whoever is named and too young is a minor, also where the line does not count them."""
    young = sum(somebody.minor for somebody in people)
    return Count.at_least(young, None) if minors is None and young else minors
