"""Which changes are listed: what was done, to what kind of record, for which reason, on which days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.vocabulary.general import REASONS
from domain.wall_clock import zone_named
from projections.corrections import ACTS, KINDS
from web.desk import HOME_ZONE
from web.entries.fields import Options
from web.languages import language
from web.languages import translated as _


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for. `problem` says what could not be understood; nothing is listed then."""

    act: str | None
    kind: str | None
    because: str | None
    first: date | None
    last: date | None
    before: int | None
    problem: str

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Choice":
        """From the address: `act`, `kind`, `because`, `from`, `to`, `before`. What is in no list asks for nothing."""
        days, problem = list[date | None](), ""
        for name in ("from", "to"):
            try:
                days.append(date.fromisoformat(asked[name]) if asked.get(name) else None)
            except ValueError:
                days.append(None)
                problem = _("Write the days like 2022-02-24.")
        if days[0] and days[1] and days[0] > days[1]:
            problem = _("The first day lies after the last. Exchange them.")
        before = asked.get("before", "")
        return cls(
            _among(asked.get("act"), ACTS),
            _among(asked.get("kind"), list(KINDS.values())),
            _among(asked.get("because"), list(REASONS)),
            days[0],
            days[1],
            int(before) if before.isdecimal() and len(before) < 16 else None,
            problem,
        )

    def query(self) -> dict[str, Any]:
        """As the view is asked."""
        first, last = (self._second(day, later) for day, later in ((self.first, 0), (self.last, 1)))
        return {"act": self.act, "kind": self.kind, "because": self.because, "first": first, "last": last}

    def address(self, before: int | None) -> dict[str, Any]:
        """What stands in the address of a page of this choice."""
        asked = {"act": self.act, "kind": self.kind, "because": self.because, "from": self.first, "to": self.last}
        return {**asked, "before": before}

    @property
    def acts(self) -> Options:
        """The acts to choose from."""
        return tuple(acts().items())

    @property
    def kinds(self) -> Options:
        """The kinds of record to choose from."""
        return tuple(kinds().items())

    @property
    def reasons(self) -> Options:
        """The reasons to choose from."""
        return tuple((code, REASONS.label(code, language())) for code in REASONS)

    @staticmethod
    def _second(day: date | None, later: int) -> int | None:
        """The first second of a day on the home zone's calendar."""
        if day is None or not 1970 < day.year < 9999:
            return None
        return int(datetime.combine(day + timedelta(days=later), datetime.min.time(), zone_named(HOME_ZONE)).timestamp())


def _among(asked: str | None, known: Sequence[str]) -> str | None:
    return asked if asked in known else None


def acts() -> dict[str, str]:
    """What may have been done, as it is told."""
    return {
        "corrected": _("Corrected"),
        "withdrawn": _("Withdrawn"),
        "reinstated": _("Brought back"),
        "joined": _("Found to be one person"),
        "parted": _("Told apart"),
    }


def kinds() -> dict[str, str]:
    """The kinds of record."""
    return {
        "protests": _("Protest"),
        "detentions": _("Detention"),
        "people": _("Person"),
        "incidents": _("Incident"),
        "reports": _("Report"),
        "stations": _("Station"),
        "exhibits": _("Exhibit"),
        "proceedings": _("Case"),
        "sources": _("Source on file"),
    }
