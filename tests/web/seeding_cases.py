"""A case, a report and a publication, for the pages that tests open."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.casebook import Held
from domain.count import Count
from domain.detention import Detention
from domain.moment import When
from domain.publication import PublishedCell, PublishedCity, ReleasedRow
from domain.record import new_id

if TYPE_CHECKING:
    from tests.web.seeding import Seeding


def _clock(hour: int, day: int = 25) -> When:
    return When.at_clock(datetime(2022, 2, day, hour), "Europe/Moscow")  # noqa: DTZ001 - a wall clock


def a_case(to: Seeding, first: UUID, second: UUID) -> UUID:
    """A case against two people: one hearing of both, a ruling on one of them."""
    case, book = new_id(), to.casebook
    number = to.seal(case, case, "5-1234/2022", "case_number")
    facts: dict[str, Any] = {"kind": "administrative", "article": "koap-20.2-5", "case_number": number}
    book.open_proceeding(to.entry("lawyer", case), case, persons=(first, second), when=_clock(10), **facts)
    book.set_hearing(to.entry("lawyer"), case, due=_clock(15), kind="merits")
    said = to.seal(first, case, "she was not let into the courtroom")
    ruled: dict[str, Any] = {"outcome": "guilty", "penalties": ("arrest",), "term": Count(5, 5), "unit": "days"}
    book.record_ruling(to.entry("lawyer"), case, person=first, when=_clock(17), words=said, **ruled)
    return case


def a_report(to: Seeding, protest: UUID) -> UUID:
    """A report with somebody told out of it, and more people left to tell."""
    report, person = new_id(), new_id()
    words, name = to.seal(report, report, "fifteen people, two of them children"), to.seal(person, person, "a passer-by", "name")
    told: dict[str, Any] = {"when": _clock(21, 24), "place": to.place(524901), "protest": protest, "words": words}
    counted: dict[str, Any] = {"count": Count(15, 15), "minors": Count(2, 2), "concerns": ("counsel",)}
    facts = {"when": _clock(21, 24), "place": to.place(524901), "protest": protest}
    let_go = partial(Detention.release, when=_clock(9))
    held = [Held(new_id(), person, name, facts=facts, told=[let_go])]
    to.casebook.receive_report(to.entry("monitor", report), report, held=held, **told, **counted)
    return report


def a_publication(to: Seeding) -> None:
    """A map of Moscow's February, as if enough people had been detained at two incidents in one cell."""
    cities = (PublishedCity(524901, 30, 1, (PublishedCell("8711aa7abffffff", 1),)),)
    rule = {"definition": 2, "resolution": 7, "people": 10, "incidents": 2, "left_over": 5}
    to.casebook.publish_cells(to.entry(), 202202, **rule, classes=(10, 50, 200, 1000), cities=cities)


def a_released_table(to: Seeding) -> int:
    """A table of the first quarter, as if many more had been detained. Returns the position of its release."""
    rows = (ReleasedRow(str(524901), ("10", "115", "<10", "130")), ReleasedRow("other_values", ("<10", "x", "x", "40"), (3,)))
    margin = ReleasedRow("total", ("10", "150", "<10", "170"))
    rule = {"people": 10, "incidents": 2, "rounded_to": 5, "small_group": 100, "percent": 90}
    shown: dict[str, Any] = {"columns": ("yes", "no", "unknown", "total"), "rows": (*rows, margin)}
    audit = {"cells": 12, "hidden": 5, "narrowest": 6}
    table = {"table": "city_by_minor", "version": 1, "counted_at": 1}
    return to.casebook.release_table(to.entry(), 202203, **table, **rule, **shown, **audit, beside=frozenset()).position
