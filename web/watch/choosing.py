"""Which night and which cities a page of the watch is about, and who says what is entered on it: all of it in the address.

Nothing personal is in it. A night is named by the day on which it began, and lasts from noon to noon on the clock of each city.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

from werkzeug.datastructures import MultiDict

from domain.provenance import Reliability, Source
from domain.vocabulary.general import RELIABILITY, SOURCE_KINDS
from projections.days import night_of
from web.desk import HOME_ZONE, Desk

NIGHTS_BEFORE = 2
"""Whoever was detained on so many nights before tonight and is still inside stands on tonight's board: 48 hours."""
REFRESHED_EVERY = 30
"""Seconds."""
_EASTERNMOST = "Asia/Kamchatka"


@dataclass(frozen=True)
class Watch:
    """`night` is None for tonight, `cities` are those chosen, else the account's own, () for all. `seen` is the position up to
    which the reader has looked, 0 where they look for the first time."""

    night: int | None
    cities: tuple[int, ...]
    chosen: tuple[int, ...]
    source_kind: str
    reliability: str
    seen: int
    is_still: bool
    now: datetime

    @classmethod
    def read(cls, asked: "MultiDict[str, str]", desk: Desk) -> Self:
        """What an address says; whatever in it means nothing is left out."""
        chosen = tuple(dict.fromkeys(int(city) for city in asked.getlist("city") if city.isdecimal() and len(city) < 10))[:100]
        kind, reliability = asked.get("source_kind", ""), asked.get("reliability", "")
        seen = asked.get("seen", "")
        return cls(
            _night(asked.get("night", "")),
            chosen or desk.reader.account.cities,
            chosen,
            kind if kind in SOURCE_KINDS else "unknown",
            reliability if reliability in RELIABILITY else "unknown",
            int(seen) if seen.isdecimal() and len(seen) < 16 else 0,
            asked.get("still") == "1",
            datetime.now(UTC),
        )

    @property
    def source(self) -> Source:
        """Who says what is entered from the board."""
        return Source(self.source_kind, Reliability(self.reliability))

    @property
    def among(self) -> tuple[int, ...] | None:
        """The cities to look in, None for all."""
        return self.cities or None

    @property
    def nights(self) -> list[int]:
        """Whose detentions may stand on the board: a past night's own; of tonight, also those of the nights before."""
        if self.night is not None:
            return [self.night]
        latest = _date(night_of(None, self.now, _EASTERNMOST))
        return [_numbered(latest - timedelta(days=days)) for days in range(NIGHTS_BEFORE + 2)]

    @property
    def latest(self) -> list[int]:
        """The night itself; tonight may be two of them, where it is past noon in the east."""
        return [self.night] if self.night is not None else self.nights[:2]

    def night_in(self, desk: Desk, city: int) -> int:
        """The night of one city, on its own clock."""
        if self.night is not None:
            return self.night
        known = desk.tracker.gazetteer.city(city) if city else None
        return night_of(None, self.now, known.zone if known is not None and known.zone else HOME_ZONE)

    def query(self, **changes: Any) -> Mapping[str, Any]:
        """The same choice as the parameters of a link; with `changes`, None leaves one out."""
        told: dict[str, Any] = {
            "night": told_night(self.night) if self.night is not None else None,
            "city": list(self.chosen) or None,
            "source_kind": self.source_kind if self.source_kind != "unknown" else None,
            "reliability": self.reliability if self.reliability != "unknown" else None,
            "seen": self.seen or None,
            "still": "1" if self.is_still else None,
        }
        return {name: value for name, value in (told | changes).items() if value is not None}


def told_night(night: int) -> str:
    """As it stands in an address and a date field: 2022-02-24."""
    return f"{night // 10_000:04}-{night // 100 % 100:02}-{night % 100:02}"


def night_called(words: str) -> int | None:
    """The other way round; None for what is no date."""
    try:
        return _numbered(date.fromisoformat(words))
    except ValueError:
        return None


def nights_to_choose(watch: Watch) -> Sequence[str]:
    """Tonight and the six nights before, the latest first."""
    tonight = _date(night_of(None, watch.now, HOME_ZONE))
    return [told_night(_numbered(tonight - timedelta(days=days))) for days in range(7)]


def _night(words: str) -> int | None:
    return night_called(words) if len(words) == len("2022-02-24") else None


def _date(night: int) -> date:
    return date(night // 10_000, night // 100 % 100, night % 100)


def _numbered(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
