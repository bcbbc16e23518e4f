"""What two files say beside the names: the same protest, station or night makes one person likelier, two cities at once less so.

Times are told late and badly, so none of this rules anything out by itself. The domain knows no dates of birth.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from projections import case_files, people

if TYPE_CHECKING:
    from web.wiring import Views

SAME_PROTEST, SAME_STATION, SAME_NIGHT, OVERLAPPING, SAME_CITY, ELSEWHERE = (
    "same_protest", "same_station", "same_night", "overlapping", "same_city", "elsewhere"
)  # fmt: skip
_RAISE: Mapping[str, float] = {SAME_PROTEST: 0.14, SAME_STATION: 0.12, SAME_NIGHT: 0.12, OVERLAPPING: 0.06, SAME_CITY: 0.04}
MOST = 0.3
"""The most that circumstances add to the likeness of names."""
_DOUBT = -0.3
_HOUR = 3600
_NIGHT = 12 * _HOUR
_AT_ONCE = 3 * _HOUR
"""Within so many seconds nobody is detained in two cities."""
_LONGEST_UNTOLD = 48 * _HOUR
"""How long somebody is taken to have been held whose release nobody has reported."""


class Stay(NamedTuple):
    """One detention as far as it tells people apart; `began` is 0 where nobody reported it."""

    city: int | None = None
    station: str | None = None
    protest: bytes | None = None
    began: int = 0
    until: int | None = None

    @property
    def end(self) -> int:
        """Until when it may have lasted."""
        return self.until if self.until is not None and self.until > self.began else self.began + _LONGEST_UNTOLD


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is added to how alike two names are, and why; `doubts` take away."""

    added: float = 0.0
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def stays_of(db: Views, persons: Collection[bytes]) -> dict[bytes, list[Stay]]:
    """The detentions of these people that stand."""
    found: dict[bytes, list[Stay]] = {}
    for some in people.portions(persons):
        for row in case_files.detentions_of(db, some):
            if row.stands:
                found.setdefault(row.person, []).append(_stay(row))
    return found


def _stay(row: Any) -> Stay:
    return Stay(row.city, row.station, row.protest, row.began, row.freed_at)


def circumstances(mine: Iterable[Stay], yours: Sequence[Stay]) -> Circumstances:
    """The two detentions that have most in common; in two places at once is a doubt only where nothing speaks for it."""
    compared = [_compared(one, other) for one in mine for other in yours]
    return max(compared, key=lambda found: found.added, default=Circumstances())


def _compared(one: Stay, other: Stay) -> Circumstances:
    reasons = []
    is_dated = bool(one.began and other.began)
    is_near = is_dated and abs(one.began - other.began) <= _NIGHT
    overlap = is_dated and max(one.began, other.began) < min(one.end, other.end)
    if one.protest is not None and one.protest == other.protest:
        reasons.append(SAME_PROTEST)
    if one.station is not None and one.station == other.station and (overlap or not is_dated):
        reasons.append(SAME_STATION)
    if is_near and one.city == other.city:
        reasons.append(SAME_NIGHT)
    elif overlap and one.city == other.city:
        reasons.append(OVERLAPPING)
    if one.city is not None and one.city == other.city:
        reasons.append(SAME_CITY)
    if is_dated and None not in (one.city, other.city) and one.city != other.city and abs(one.began - other.began) <= _AT_ONCE:
        return Circumstances(_DOUBT, tuple(reasons), (ELSEWHERE,))
    return Circumstances(min(MOST, sum(_RAISE[reason] for reason in reasons)), tuple(reasons))
