"""What happens in a night, made up from a seed: who is held where, what is said of it, and what is taken back.

Everybody in it is fictional. The messages are in the order in which they are sent; one about another message comes after it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

CITIES = 50
PEOPLE_IN_A_COUNT = (3, 24)

SURNAMES = ("Травинцев", "Облакова", "Речнинский", "Снегова", "Полянский", "Ветров", "Лугина", "Камышов", "Озерцов", "Родникова")
ENDINGS = ("", "ский", "енко", "ова", "ин", "як", "ных", "идзе", "ян", "овец")
FIRST_NAMES = ("Глеб", "Вера", "Лев", "Анна", "Марк", "Инга", "Пётр", "Нина", "Олег", "Майя", "Савва", "Юлия", "Тимур", "Ася")


class Kind(StrEnum):
    """What a message is."""

    NAMED_LINE = "a line that names one person"
    COUNT_LINE = "a line that counts people at a station"
    BOT_COUNT = "the same from a bot"
    PROTEST_COUNT = "a count of a whole protest"
    DETENTION = "the form of a detention at a protest"
    RELEASE = "a release"
    OTHER_RELEASE = "a release told otherwise"
    SENT_AGAIN = "the same form once more"
    PASSED_ON = "another count of the same people"
    TAKEN_BACK = "what a source retracted"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `about` is the number of the message it is about; `station` and `protest` are numbers within the city."""

    number: int
    kind: Kind
    city: int
    station: int = 0
    protest: int = 0
    low: int = 1
    high: int = 1
    name: str = ""
    about: int | None = None


_SHARES = (
    (Kind.NAMED_LINE, 46),
    (Kind.COUNT_LINE, 10),
    (Kind.BOT_COUNT, 4),
    (Kind.PROTEST_COUNT, 6),
    (Kind.DETENTION, 16),
    (Kind.RELEASE, 8),
    (Kind.OTHER_RELEASE, 2),
    (Kind.SENT_AGAIN, 3),
    (Kind.PASSED_ON, 3),
    (Kind.TAKEN_BACK, 2),
)
_ABOUT = {
    Kind.RELEASE: (Kind.DETENTION,),
    Kind.OTHER_RELEASE: (Kind.RELEASE,),
    Kind.SENT_AGAIN: (Kind.NAMED_LINE, Kind.COUNT_LINE, Kind.DETENTION),
    Kind.PASSED_ON: (Kind.COUNT_LINE,),
    Kind.TAKEN_BACK: (Kind.COUNT_LINE, Kind.DETENTION),
}


def messages(many: int, seed: int, *, stations: int = 2, protests: int = 1) -> list[Message]:
    """So many messages. The same seed tells the same night."""
    chance = random.Random(seed)
    kinds, shares = zip(*_SHARES, strict=True)
    told: list[Message] = []
    by_kind: dict[Kind, list[Message]] = {kind: [] for kind in Kind}
    taken_back: set[int] = set()
    names = _names(chance)
    while len(told) < many:
        kind = chance.choices(kinds, shares)[0]
        number, city = len(told), chance.randrange(CITIES)
        about = None
        if kind in _ABOUT:
            # nothing more is told of what was taken back: its file is closed to whoever is on watch
            among = [one for of in _ABOUT[kind] for one in by_kind[of][-200:] if not {one.number, one.about} & taken_back]
            if not among:
                continue
            about = chance.choice(among)
            city = about.city
        message = _made(chance, number, kind, city, about, names, chance.randrange(stations), chance.randrange(protests))
        if kind is Kind.TAKEN_BACK and about is not None:
            taken_back.add(about.number)
        told.append(message)
        by_kind[kind].append(message)
    return told


def _made(
    chance: random.Random,
    number: int,
    kind: Kind,
    city: int,
    about: Message | None,
    names: Iterator[str],
    station: int,
    protest: int,
) -> Message:
    name = next(names) if kind in (Kind.NAMED_LINE, Kind.DETENTION) else ""
    low = chance.randint(*PEOPLE_IN_A_COUNT)
    if kind is Kind.PASSED_ON and about is not None:
        station, low = about.station, max(1, about.low + chance.randint(-2, 3))
    high = low + chance.choice((0, 0, 5))
    counted = kind in (Kind.COUNT_LINE, Kind.BOT_COUNT, Kind.PROTEST_COUNT, Kind.PASSED_ON)
    if not counted:
        low = high = 1
    return Message(number, kind, city, station, protest, low, high, name, about.number if about is not None else None)


def _names(chance: random.Random) -> Iterator[str]:
    while True:
        yield f"{chance.choice(SURNAMES)}{chance.choice(ENDINGS)} {chance.choice(FIRST_NAMES)}"
