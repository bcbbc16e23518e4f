"""Which months a map is of, and how large its cells are, as it stands in the address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date

from projections.days import Period
from web.languages import translated as _

_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")
RESOLUTIONS = (7, 8)
"""H3 resolutions a map is drawn in: cells of about 2.4 km and of about 0.9 km across."""


@dataclass(frozen=True, slots=True)
class Months:
    """From one month to another, both included. `problem` says what could not be understood; then everything is shown."""

    period: Period
    first_text: str
    last_text: str
    resolution: int
    problem: str

    @classmethod
    def read(cls, asked: Mapping[str, str], *, resolution: int = 0) -> "Months":
        """From the address: `from`, `to`, `size`; `resolution` 0 where there are no cells."""
        ends: list[int | None] = []
        problem = ""
        for name in ("from", "to"):
            said = asked.get(name, "").strip()
            found = _MONTH.fullmatch(said)
            ends.append(int(found[1]) * 100 + int(found[2]) if found else None)
            problem = problem or (_("Write the months like 2022-02.") if said and not found else "")
        if None not in ends and ends[0] > ends[1]:  # type: ignore[operator]
            problem = _("The first month lies after the last. Exchange them.")
        size = asked.get("size", "")
        chosen = int(size) if resolution and size in {str(known) for known in RESOLUTIONS} else resolution
        period = Period() if problem else Period(*ends)
        return cls(period, asked.get("from", "")[:7], asked.get("to", "")[:7], chosen, problem)

    @property
    def query(self) -> dict[str, str]:
        """What stands in the address of the picture."""
        first, last = self.period
        return {"from": _text(first), "to": _text(last), "size": str(self.resolution)}

    @property
    def told(self) -> str:
        """Which time, for the title of the picture."""
        first, last = self.period
        if first is None and last is None:
            return _("all that was recorded")
        if first is None or last is None:
            return _("until: %(month)s", month=_named(last)) if first is None else _("from: %(month)s", month=_named(first))
        return _named(first) if first == last else f"{_named(first)} – {_named(last)}"


def _named(month: int | None) -> str:
    """ "February 2022"; in Russian in the nominative, which stands after a colon or a dash."""
    if month is None:
        return ""
    return str(format_date(date(month // 100, month % 100, 1), "LLLL y"))


def _text(month: int | None) -> str:
    return f"{month // 100}-{month % 100:02}" if month is not None else ""
