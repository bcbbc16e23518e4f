"""The position and the hour a paper is made for, as they were asked for: what was known then, and what the clocks show then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.errors import RuleBroken
from domain.wall_clock import zone_named
from web.desk import HOME_ZONE

_LONGEST_NUMBER = 15


@dataclass(frozen=True, slots=True)
class AskedFor:
    """None for what is known now; `hour` of None is the hour of a position that was named, and otherwise now."""

    position: int | None = None
    hour: datetime | None = None


NOW = AskedFor()


def asked_for(typed: Mapping[str, str]) -> AskedFor:
    """As a form says it. Raises RuleBroken `no_such_position`, `no_such_hour`."""
    return AskedFor(_position(typed.get("position", "").strip()), _hour(typed.get("hour", "").strip()))


def _position(typed: str) -> int | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= _LONGEST_NUMBER):
        raise RuleBroken("no_such_position", position=typed[:_LONGEST_NUMBER], last="…")
    return int(typed)


def _hour(typed: str) -> datetime | None:
    if not typed:
        return None
    try:
        local = datetime.strptime(typed, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - the zone stands beside the field
    except ValueError:
        raise RuleBroken("no_such_hour") from None
    return local.replace(tzinfo=zone_named(HOME_ZONE)).astimezone(UTC)


def settled(asked: AskedFor, recorded: datetime) -> datetime:
    """The hour of a paper, to the minute. Raises RuleBroken `no_such_hour` for one before its position was, or to come."""
    now, then = _to_the_minute(datetime.now(UTC)), _to_the_minute(recorded.astimezone(UTC))
    if asked.hour is None:
        return then if asked.position is not None else max(now, then)
    if not then <= asked.hour <= max(now, then):
        raise RuleBroken("no_such_hour")
    return asked.hour


def _to_the_minute(moment: datetime) -> datetime:
    return moment - timedelta(seconds=moment.second, microseconds=moment.microsecond)


def in_a_field(hour: datetime) -> str:
    """As the field of a form holds it, on the home zone's clock."""
    return hour.astimezone(zone_named(HOME_ZONE)).strftime("%Y-%m-%dT%H:%M")
