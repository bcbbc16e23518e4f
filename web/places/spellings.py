"""Every known spelling of the police stations, the squares and streets, and the cities: kept in memory, asked by stems.

Read by the gazetteer, where a place is looked up, and by `web.places.mentions`, where a line of text is searched for places.
Holds some thousand names; made in a few hundredths of a second when first asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from domain.place import Precision
from web.places.building import table
from web.places.stems import Word, stem_of, underived, without_k, words_of

_KINDS_OF_OFFICE = """
    овд омвд умвд мвд гувд увд оп отдел отделение отделения полиция полиции милиция милиции полицейский полицейское участок
    дежурная часть внутренних дел управление управления мо ровд ovd omvd umvd uvd mvd op rovd otdel otdelenie police policii
    politsii station department dept precinct militia
"""
_SAID_BESIDE = """
    по району района районе район рф россии г гор город города городу городе no n number district of the ao
    в во из с со у на к ко при около возле in at from to into near
"""
OFFICE = frozenset(stem_of(word) for word in _KINDS_OF_OFFICE.split())
"""Stems that say: a police station is meant."""
_CLEARLY = frozenset(stem_of(word) for word in "овд омвд умвд увд оп отдел отделение полиции милиции ровд police".split())
BESIDE = frozenset(stem_of(word) for word in _SAID_BESIDE.split())

STREET_KINDS: Mapping[str, str] = {
    stem_of(word): kind
    for kind, words in {
        "square": "пл площадь площади sq square ploshchad ploschad",
        "street": "ул улица улице улицей st str street ulitsa ulica",
        "metro": "м метро ст станция метрополитена subway underground metrostation metro",
        "avenue": "пр просп проспект prospekt avenue ave prospect",
        "lane": "пер переулок переулка lane pereulok",
        "embankment": "наб набережная embankment naberezhnaya",
        "boulevard": "бул бульв бульвар boulevard bulvar blvd",
        "garden": "сад сквер garden park парк",
        "highway": "ш шоссе highway shosse",
        "passage": "проезд passage",
    }.items()
    for word in words.split()
}
"""Stems that say what kind of street or square is meant."""


def street_precision(words: str) -> Precision:
    """How closely words inside a known city say where: an address with a house number, a street or square, or just the city."""
    said = words_of(words)
    kinds = {STREET_KINDS[word.stem] for word in said if word.stem in STREET_KINDS}
    if not kinds:
        return Precision.CITY
    numbered = any(word.is_number for word in said[1:]) and not kinds & {"metro", "square", "garden"}
    return Precision.ADDRESS if numbered else Precision.STREET


def key_of(stems: Iterable[str]) -> str:
    """One key for the same stems in any order."""
    return " ".join(sorted(stems))


@dataclass(frozen=True, slots=True)
class Spelt:
    """A station as the spellings know it: all of its names, with its city."""

    code: str
    city: int
    spellings: tuple[str, ...]


@dataclass
class StationSpellings:
    """The stations by the stems of their names; `derived` by those from which an adjective of the name is made."""

    strictly: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    derived: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    cities: dict[str, int] = field(default_factory=dict)
    stems: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, stations: Iterable[Spelt]) -> "StationSpellings":
        """Those of these stations."""
        made = cls()
        for station in stations:
            made.cities[station.code] = station.city
            for spelling in station.spellings:
                stems = _stems_of(spelling)
                if stems:
                    made.stems.update(stems, map(without_k, stems))
                    made.strictly[key_of(stems)].add(station.code)
                    made.derived[key_of(stems)].add(station.code)
                    made.derived[key_of(map(without_k, stems))].add(station.code)
        return made

    def knows(self, word: Word) -> bool:
        """Whether the word occurs in the name of any station."""
        return not self.stems.isdisjoint((word.stem, word.other, underived(word.stem)))

    def called(self, words: Sequence[Word]) -> set[str]:
        """The codes of all stations these words may be the name of, whatever the city; none where only the kind is said."""
        for stems in _readings(words):
            if found := self.strictly.get(key_of(stems)):
                return found
        for stems in _readings(words):
            shorter = [underived(stem) for stem in stems]
            if shorter != stems and (found := self.derived.get(key_of(shorter))):
                return found
        return set()


@lru_cache(maxsize=65_536)
def _stems_of(spelling: str) -> tuple[str, ...]:
    """Remembered, because whatever is added has all spellings read again."""
    return tuple(told_stems(words_of(spelling)))


def told_stems(words: Sequence[Word]) -> list[str]:
    """The stems that name a station: without the kind of office, prepositions and "district"."""
    return [word.stem for word in words if word.stem not in OFFICE and word.stem not in BESIDE]


def says_station(words: Sequence[Word]) -> bool:
    """Whether the words say that a police station is meant."""
    return any(word.stem in _CLEARLY for word in words)


def _readings(words: Sequence[Word]) -> list[list[str]]:
    """The stems, and where an ending may be that of several ("из Сокольников"), those as well."""
    named = [word for word in words if word.stem not in OFFICE and word.stem not in BESIDE]
    readings = [[word.stem for word in named]] if named else []
    if any(word.other != word.stem for word in named):
        readings.append([word.other for word in named])
    return readings


@dataclass(frozen=True, slots=True)
class _Mark:
    """One spelling of a square, street or metro station."""

    code: str
    city: int
    kinds: frozenset[str]
    feminine: bool | None


class LandmarkSpellings:
    """Squares, streets and metro stations by the stems of their names, with their kind said or not."""

    def __init__(self) -> None:
        self._marks: dict[str, list[_Mark]] = defaultdict(list)
        self._stems: set[str] = set()
        for row in table("landmarks"):
            for spelling in dict.fromkeys((row["ru"], row["en"], *row["aliases"].split("|"))):
                words = words_of(spelling)
                kinds = frozenset(STREET_KINDS[word.stem] for word in words if word.stem in STREET_KINDS)
                named = [word for word in words if word.stem not in STREET_KINDS and word.stem not in BESIDE]
                if named:
                    mark = _Mark(row["code"], int(row["city"]), kinds, named[-1].feminine)
                    self._marks[key_of(word.stem for word in named)].append(mark)
                    self._stems.update(word.stem for word in named)

    def knows(self, word: Word) -> bool:
        """Whether the word occurs in any of the names."""
        return word.stem in self._stems or word.other in self._stems

    def called(self, words: Sequence[Word], city: int | None) -> list[str]:
        """The codes of what these words may name in `city`, anywhere where it is None. A kind that is said must be its kind;
        without one the spelling must be one that is used alone."""
        kinds = {STREET_KINDS[word.stem] for word in words if word.stem in STREET_KINDS}
        named = [word for word in words if word.stem not in STREET_KINDS and word.stem not in BESIDE]
        if not named:
            return []
        readings = dict.fromkeys((key_of(word.stem for word in named), key_of(word.other for word in named)))
        marks = [mark for key in readings for mark in self._marks.get(key, ()) if city is None or mark.city == city]
        is_masculine = named[-1].feminine is False
        found = [mark.code for mark in marks if mark.kinds == kinds and not (mark.feminine and is_masculine)]
        if not found and kinds:  # "на площади Минина" where the list has "Минина" alone
            found = [mark.code for mark in marks if not mark.kinds]
        return list(dict.fromkeys(found))


class CitySpellings:
    """The cities of our own table of names, by the stems of their names and nicknames."""

    def __init__(self) -> None:
        self._cities: dict[str, set[int]] = defaultdict(set)
        self._stems: set[str] = set()
        self._unended: dict[str, set[int]] = defaultdict(set)
        self._names: dict[int, list[list[str]]] = defaultdict(list)
        for row in table("names"):
            for spelling in dict.fromkeys((row["ru"], row["en"], *row["nicknames"].split("|"))):
                stems = [word.stem for word in words_of(spelling)]
                if stems:
                    self._cities[" ".join(stems)].add(int(row["id"]))
                    if spelling[-1:].lower() in "вн":
                        self._unended[" ".join(stems)].add(int(row["id"]))
                    self._names[int(row["id"])].append(stems)
                    self._stems.update(stems)

    def knows(self, word: Word) -> bool:
        """Whether the word occurs in the name of any city, so that it may be said beside that of a station."""
        return word.stem in self._stems

    def called(self, words: Sequence[Word]) -> set[int]:
        """The ids of the cities called so, in this order of words. Without its ending a name in -o is a surname: Иванов."""
        if words[-1].text[-1:].lower() in "вн" and words[-1].like_a_surname:
            return self._unended.get(" ".join(word.stem for word in words), set())
        return self._cities.get(" ".join(word.stem for word in words), set())

    def without(self, words: Sequence[Word], city: int) -> list[Word]:
        """The words without the city's own name; all of them where nothing else is said."""
        kept = list(words)
        for name in sorted(self._names.get(city, ()), key=len, reverse=True):
            for start in range(len(kept) - len(name) + 1):
                if [word.stem for word in kept[start : start + len(name)]] == name:
                    rest = kept[:start] + kept[start + len(name) :]
                    if told_stems(rest):
                        kept = rest
                    break
        return kept
