"""What a coordinator does for readers outside: verbs for `tests.projections.doings`."""

from datetime import date
from typing import Any

from domain.errors import RuleBroken
from domain.publication import PublishedCell, PublishedCity
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
