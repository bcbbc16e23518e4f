"""What the tests of `parse_when` share: one report, and its words on the clock of the place."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from domain.errors import RuleBroken
from domain.moment_words import DateOrder, parse_when

MOSCOW = "Europe/Moscow"
SAID = datetime(2022, 3, 1, 21, 10, tzinfo=ZoneInfo(MOSCOW))  # a Tuesday


def local(words: str, *, zone: str = MOSCOW, said: datetime = SAID, order: DateOrder | None = None) -> tuple[str, str]:
    """What the words mean, on the clock of the place."""
    when = parse_when(words, zone=zone, said_at=said, order=order)
    place = ZoneInfo(zone)
    first, last = when.earliest.astimezone(place), when.latest.astimezone(place)
    return f"{first:%Y-%m-%d %H:%M:%S}", f"{last:%Y-%m-%d %H:%M:%S}"


def refused(words: str, *, zone: str = MOSCOW, said: datetime = SAID, order: DateOrder | None = None) -> RuleBroken:
    with pytest.raises(RuleBroken) as refusal:
        parse_when(words, zone=zone, said_at=said, order=order)
    return refusal.value


def whole(first: str, last: str | None = None) -> tuple[str, str]:
    return f"{first} 00:00:00", f"{last or first} 23:59:59"


def moment(text: str) -> tuple[str, str]:
    return text, text
