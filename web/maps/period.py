"""Which time a map is of, as it stands in the address: months, one day, or one night from noon to noon."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date

from projections.days import Day, Night, Period
from web.languages import translated as _

_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")


def month_in(said: str) -> int | None:
    """The month that is written as 2022-02, as the number 202202; None for anything else."""
    found = _MONTH.fullmatch(said.strip())
    return int(found[1]) * 100 + int(found[2]) if found is not None else None


def month_text(month: int) -> str:
    """2022-02, as it stands in addresses, names of files and citations."""
    return f"{month // 100}-{month % 100:02}"


def month_told(month: int) -> str:
    """ "February 2022"; in Russian in the nominative, which stands alone, after a colon or a dash."""
    return str(format_date(date(month // 100, month % 100, 1), "LLLL y"))


@dataclass(frozen=True, slots=True)
class Months:
    """From one month to another, both included. `problem` says what could not be understood; then everything is shown."""

    period: Period
    first_text: str
    last_text: str
    problem: str

    @classmethod
    def read(cls, asked: Mapping[str, str], names: tuple[str, str] = ("from", "to")) -> "Months":
        """From the address, under these names."""
        ends: list[int | None] = []
        problem = ""
        for name in names:
            said = asked.get(name, "").strip()
            ends.append(month_in(said))
            problem = problem or (_("Write the months like 2022-02.") if said and ends[-1] is None else "")
        first, last = ends
        if first is not None and last is not None and first > last:
            problem = _("The first month lies after the last. Exchange them.")
        period = Period() if problem else Period(first, last)
        return cls(period, asked.get(names[0], "")[:7], asked.get(names[1], "")[:7], problem)

    def query(self, names: tuple[str, str] = ("from", "to")) -> dict[str, str]:
        """What stands in an address."""
        return {name: month_text(month) for name, month in zip(names, self.period, strict=True) if month is not None}

    @property
    def told(self) -> str:
        """Which time, for the title of the picture."""
        first, last = self.period
        if first is None:
            return _("until: %(month)s", month=month_told(last)) if last is not None else _("all that was recorded")
        if last is None:
            return _("from: %(month)s", month=month_told(first))
        return month_told(first) if first == last else f"{month_told(first)} – {month_told(last)}"

    @property
    def heading(self) -> str:
        """The same as it stands alone."""
        return self.told[:1].upper() + self.told[1:]


def day_asked_for(asked: Mapping[str, str]) -> tuple[Day | Night | None, str]:
    """The one day or night in an address, and what is wrong with it."""
    for name, stretch in (("night", Night), ("day", Day)):
        said = asked.get(name, "").strip()
        if not said:
            continue
        try:
            day = date.fromisoformat(said)
        except ValueError:
            return None, _("Write the days like 2022-02-24.")
        if not 1900 <= day.year <= 2200:
            return None, _("Write the days like 2022-02-24.")
        return stretch(day.year * 10_000 + day.month * 100 + day.day), ""
    return None, ""


def told_day(when: Day | Night) -> str:
    """ "24 February 2022", or the night that began on it."""
    day = str(format_date(date_of(when.day), "long"))
    return day if isinstance(when, Day) else _("%(day)s, from noon to noon", day=day)


def date_of(day: int) -> date:
    """The date of a number such as 20220224."""
    return date(day // 10_000, day // 100 % 100, day % 100)
