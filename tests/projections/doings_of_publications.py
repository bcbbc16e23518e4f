"""What a coordinator does for readers outside: verbs for `tests.projections.doings`."""

from datetime import date
from typing import Any

from domain.errors import RuleBroken
from domain.publication import Publication, PublishedCell, PublishedCity, ReleasedRow, publication_of
from domain.tally import tally_of
from tests.trackers import MOSCOW, PETERSBURG, entry

CITIES = (
    PublishedCity(MOSCOW, 90, 3, (PublishedCell("8711aa7abffffff", 2),)),
    PublishedCity(PETERSBURG, 20, 3, (PublishedCell("871106065ffffff", 1),)),
)


def publish_a_month(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """One of three months, with a cell or two; a second time is refused."""
    rule = {"definition": 2, "resolution": 7, "people": 10, "incidents": 2, "left_over": 5}
    doings.casebook.publish_cells(entry(), 202202 + b % 3, **rule, classes=(10, 50), cities=CITIES[: 1 + c % 2])


def hold_something_back(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """The number of one of three days, or of a protest; where it is held back already, it is let go."""
    what = (
        {"protest": doings.protests[a % len(doings.protests)]}
        if b % 2 and doings.protests
        else {"city": MOSCOW, "day": date(2022, 2, 24 + c % 3)}
    )
    try:
        doings.casebook.hold_back(entry(), **what, because=("danger", "asked")[d % 2])
    except RuleBroken:
        doings.casebook.let_go(entry(), tally_of(**what))


def release_a_table(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """One of three tables of one of twenty quarters; a second time, or counted elsewhere, is refused."""
    table = ("city_by_minor", "city_by_counsel", "circumstances_by_month")[a % 3]
    rule = {"version": 1, "people": 10, "incidents": 2, "rounded_to": 5, "small_group": 100, "percent": 90}
    rows = tuple(ReleasedRow(str(row), ("25", "<10", "x")[: 1 + d % 3], (0,) * (c % 2)) for row in range(1 + c % 3))
    shown: dict[str, Any] = {"columns": ("yes", "no", "total")[: 1 + d % 3], "rows": rows}
    audit = {"cells": 9, "hidden": 3, "narrowest": 5 + c % 3}
    quarter = (2019 + b % 5) * 100 + 3 * (1 + b % 4)
    try:
        beside = doings.casebook.standing(Publication, publication_of(quarter)).tables
    except RuleBroken:
        beside = frozenset()
    doings.casebook.release_table(entry(), quarter, table=table, counted_at=3, beside=beside, **rule, **shown, **audit)
