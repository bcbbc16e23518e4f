"""When a hearing is to be, as a form tells it. Words that mean another day every day must not be taken for a day that is over."""

from datetime import datetime, timedelta

from domain.errors import RuleBroken
from domain.facts import TO_COME
from domain.moment import When
from domain.moment_words import parse_when
from domain.wall_clock import zone_named

_A_YEAR = timedelta(days=365)


def time_told(field: str, words: str, *, zone: str, said_at: datetime) -> When:
    """What a field of a form says of when; a time that is to come is read as one."""
    read = day_ahead if field in TO_COME else parse_when
    return read(words, zone=zone, said_at=said_at)


def day_ahead(words: str, *, zone: str, said_at: datetime) -> When:
    """As `parse_when` reads them. RuleBroken `day_behind` where "on Monday", "1 December" or "10:00" would be the last one: who
    was told of a hearing means the next, and recorded as the last it is on no desk. A full date may be over: told late."""
    told = parse_when(words, zone=zone, said_at=said_at)
    if told.latest <= said_at and _moves(words, told, zone=zone, said_at=said_at + _A_YEAR):
        raise RuleBroken("day_behind", words=words, day=told.earliest.astimezone(zone_named(zone)).date())
    return told


def _moves(words: str, told: When, *, zone: str, said_at: datetime) -> bool:
    try:
        return parse_when(words, zone=zone, said_at=said_at) != told
    except RuleBroken:
        return True
