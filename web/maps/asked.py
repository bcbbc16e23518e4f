"""What a map is asked for in its address: of what, of which time, with cells of which size, and compared with which months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from projections.days import Day, Night, Stretch
from web.access.roles import Role
from web.maps.kinds import ANNOUNCED, KINDS, Kind
from web.maps.period import Months, date_of, day_asked_for, told_day

OVERVIEW, CLOSE_UP, FINEST = 7, 8, 9
"""H3 resolutions: cells of about 2.4 km, 0.9 km and 0.35 km across. What is stored is the finest."""
SIZES = (OVERVIEW, CLOSE_UP, FINEST)
AGAINST = ("from2", "to2")


@dataclass(frozen=True, slots=True)
class Asked:
    """`moment`, where there is one, is looked at instead of the months. `against` is None where nothing is compared."""

    months: Months
    moment: Day | Night | None
    kind: Kind
    size: int
    against: Months | None
    problem: str
    kinds: Sequence[Kind]

    @classmethod
    def read(cls, asked: Mapping[str, str], role: Role) -> "Asked":
        """From the address. Who sees no cells chooses among what is announced, by months."""
        kinds = [kind for kind in KINDS.values() if role is not Role.JOURNALIST or kind.code in ANNOUNCED]
        kind = next((kind for kind in kinds if kind.code == asked.get("kind")), kinds[0])
        months = Months.read(asked)
        size = asked.get("size", "")
        chosen = int(size) if size in {str(known) for known in SIZES} else OVERVIEW
        if role is Role.JOURNALIST:
            return cls(months, None, kind, OVERVIEW, None, months.problem, kinds)
        moment, problem = day_asked_for(asked)
        against = Months.read(asked, AGAINST) if any(asked.get(name, "").strip() for name in AGAINST) else None
        problem = problem or months.problem or (against.problem if against is not None else "")
        compared = against if moment is None and not problem else None
        return cls(months, moment, kind, chosen, compared, problem, kinds)

    @property
    def when(self) -> Stretch:
        """The time that is shown."""
        return self.moment or self.months.period

    @property
    def told(self) -> str:
        """The same in words."""
        return told_day(self.moment) if self.moment is not None else self.months.told

    @property
    def heading(self) -> str:
        """The same as it stands alone."""
        return self.told[:1].upper() + self.told[1:]

    @property
    def time(self) -> dict[str, str]:
        """The time alone, as it stands in addresses."""
        if self.moment is not None:
            return {"night" if isinstance(self.moment, Night) else "day": date_of(self.moment.day).isoformat()}
        return self.months.query()

    @property
    def query(self) -> dict[str, str]:
        """All of it, as it stands in addresses of pictures."""
        compared = self.against.query(AGAINST) if self.against is not None else {}
        return {"kind": self.kind.code, "size": str(self.size), **self.time, **compared}

    def at(self, **time: str) -> dict[str, str]:
        """The same at another time, and compared with nothing."""
        return {"kind": self.kind.code, "size": str(self.size), **time}

    @property
    def is_short(self) -> bool:
        """Whether the months are few enough to be shown day by day."""
        first, last = self.months.period
        return first is not None and last is not None and _months_between(first, last) <= MOST_MONTHS_BY_DAY


MOST_MONTHS_BY_DAY = 2


def _months_between(first: int, last: int) -> int:
    return (last // 100 - first // 100) * 12 + last % 100 - first % 100 + 1
