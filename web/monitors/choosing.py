"""Which protests are listed: by city and by days, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import url_for

from domain.wall_clock import zone_named
from projections import heatmap, protests
from web.desk import HOME_ZONE, Desk
from web.languages import language
from web.languages import translated as _
from web.maps.behind import Behind
from web.sightings import Listed, told_protests
from web.sources.basis import tiers_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list. `newer` and `older` are addresses, "" where there is no more."""

    protests: list[Listed]
    total: int
    newer: str
    older: str
    tiers: Mapping[UUID, str]
    """How well each is borne out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for. `problem` says what could not be understood; the list is then empty."""

    city: int | None
    first: date | None
    last: date | None
    number: int
    cities: list[tuple[int, str]]
    zone: str
    problem: str
    behind: Behind | None
    """One cell of a map, where the list is of what it counts."""

    @classmethod
    def read(cls, asked: Mapping[str, str], desk: Desk) -> "Choice":
        """From the address: `city`, `from`, `to`, `page`."""
        city = int(asked["city"]) if asked.get("city", "").isdecimal() and len(asked["city"]) < 10 else None
        number = int(asked["page"]) if asked.get("page", "").isdecimal() and len(asked["page"]) < 7 else 1
        days: list[date | None] = []
        problem = ""
        for name in ("from", "to"):
            try:
                days.append(date.fromisoformat(asked[name]) if asked.get(name) else None)
            except ValueError:
                days.append(None)
                problem = _("Write the days like 2022-02-24.")
        first, last = days
        if first and last and first > last:
            problem = _("The first day lies after the last. Exchange them.")
        found = desk.tracker.gazetteer.city(city) if city is not None else None
        behind = Behind.read(asked, city)
        if asked.get("cell") and behind is None:
            problem = _("There is no such cell.")
        return cls(city, first, last, max(number, 1), _cities(desk), found.zone if found else HOME_ZONE, problem, behind)

    def page_of(self, desk: Desk, language: str) -> Page:
        """The protests chosen, latest first."""
        if self.problem:
            return Page([], 0, "", "", {})
        chosen: dict[str, Any] = {"city": self.city, "first": self._second(self.first), "last": self._second(self.last, 1)}
        with desk.tracker.views() as db:
            start = (self.number - 1) * PAGE
            if self.behind is not None:
                total, rows = self.behind.how_many(db), self.behind.rows(db, limit=PAGE, offset=start)
            else:
                total, rows = protests.how_many(db, **chosen), protests.listed(db, **chosen, limit=PAGE, offset=start)
            listed = told_protests(desk, db, rows, language)
            tiers = tiers_of(db, (one.id for one in listed))
        newer = self._address(self.number - 1) if self.number > 1 else ""
        return Page(listed, total, newer, self._address(self.number + 1) if self.number * PAGE < total else "", tiers)

    def _second(self, day: date | None, later: int = 0) -> int | None:
        """The first second of a day on the calendar of the place."""
        if day is None:
            return None
        if day.year < 2 or day.year > 9998:
            return 0 if day.year < 2 else 1 << 40
        return int(datetime.combine(day + timedelta(days=later), datetime.min.time(), zone_named(self.zone)).timestamp())

    def _address(self, number: int) -> str:
        asked: dict[str, Any] = {"city": self.city, "from": self.first, "to": self.last, "page": number}
        if self.behind is not None:
            asked = {"city": self.city, **self.behind.query, "page": number}
        return url_for("monitors.protests", **asked)


def _cities(desk: Desk) -> list[tuple[int, str]]:
    """The cities on record, by name."""
    with desk.tracker.views() as db:
        known = [row.city for row in heatmap.by_city(db) if row.city != heatmap.NOWHERE]
    named = [(city, desk.tracker.gazetteer.city_name(city, language())) for city in known]
    return sorted(named, key=lambda one: one[1])
