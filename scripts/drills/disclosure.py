"""Released tables under attack: a made-up year, every table of every quarter released, and somebody who adds up and subtracts.

The attacker reads the bundle and nothing else: the released tables, and the exact tallies that stand beside them. For each number
in a table the least and the most it can be is worked out, of whole people. A bot compares the same number in two tables
and two states of one quarter, and asks as a journalist for every figure by every dimension and filter.
"""

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from domain.errors import RuleBroken
from domain.provenance import Entry, Source
from domain.record import new_id
from projections import released_tables
from scripts.drills.findings import Findings
from scripts.drills.journalist_bot import ask_everything
from scripts.drills.table_attacker import Attack, Meaning, Number, Read, read
from scripts.drills.year_of_people import YEAR, YearOfPeople
from web import create_app
from web.journalists.permitted import newest
from web.publishing.bundle import bundle_of
from web.releasing.making import release, to_release
from web.releasing.tables import TABLES
from web.releasing.wording import quarter_text
from web.settings import Settings
from web.wiring import Tracker, open_tracker

QUARTERS = tuple(YEAR * 100 + month for month in (3, 6, 9, 12))
CITIES = 40
WIDTH = 5
"""How far apart the least and the most of every number must be that is not told."""

Truth = Mapping[Number, int]


def drill(
    folder: Path,
    places: Path,
    *,
    people: int,
    seed: int,
    together: int = 2,
    quarters: Sequence[int] = QUARTERS,
    names: Sequence[str] = tuple(TABLES),
) -> Findings:
    """In an installation of its own; the bot puts up to so many dimensions `together`."""
    findings = Findings("disclosure")
    findings.note(f"seed {seed}")
    tracker = open_tracker(Settings(folder / "home", places=places))
    try:
        cities: Any = tracker.gazetteer
        year = YearOfPeople(people, cities.cities_in("RU")[:CITIES], seed)
        findings.count("events recorded", year.record(tracker))
        tracker.bring_up_to_date()
        _release(tracker, quarters, names, findings)
        files = dict(bundle_of(create_app(tracker), tracker))
        _attack(files, year, findings)
        _controls(files, year, findings)
        _again(tracker, files, year, findings)
        ask_everything(tracker, files, findings, together=together)
    finally:
        tracker.close()
    return findings


def _release(tracker: Tracker, quarters: Sequence[int], names: Sequence[str], findings: Findings) -> None:
    for quarter in quarters:
        for table in (TABLES[name] for name in names):
            try:
                tracker.catch_up(release(tracker, Entry(new_id(), Source("unknown"), new_id()), quarter, table))
                findings.count("tables released")
            except RuleBroken as refused:
                findings.must(refused.code in ("nothing_to_release", "table_not_safe"), f"{table.name}: {refused.code}")
                findings.count("tables refused")


def _tables(files: Mapping[str, bytes], quarter: int) -> list[Read]:
    mine = (name for name in sorted(files) if name.startswith("data/released/") and f"-{quarter_text(quarter)}-" in name)
    return [read(files[name].decode()) for name in mine]


def _tallies(files: Mapping[str, bytes], quarter: int, tables: Sequence[Read]) -> dict[Number, int]:
    """How many people at the most there can be of each city and month, and in all: as many as detentions were announced."""
    cities = {value for table in tables for number in table.shown for name, value in number if name == "city"}
    most: dict[Number, int] = defaultdict(int)
    for row in csv.DictReader(io.StringIO(files["data/tallies.csv"].decode())):
        month = int(row["month"].replace("-", "") or 0)
        if quarter - 3 < month <= quarter:
            number = int(row["detained_low"])
            most[frozenset()] += number
            most[frozenset({("month", str(month))})] += number
            if row["city"] in cities:
                most[frozenset({("city", row["city"])})] += number
    return most


def _truth(year: YearOfPeople, quarter: int, tables: Sequence[Read]) -> Truth:
    lists: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        for number in table.shown:
            for name, value in number:
                lists[name].add(value)
    found: dict[Number, int] = defaultdict(int)
    people = year.values(quarter, {name: sorted(values) for name, values in lists.items()})
    numbers = {number for table in tables for number in table.shown}
    pairs = {table.attributes for table in tables}
    for person in people:
        of_person: set[Number] = {frozenset()}
        for first, second in pairs:
            one, other = (first, person[first]), (second, person[second])
            of_person |= {frozenset({one}), frozenset({other}), frozenset({one, other})}
        for number in of_person:
            found[number] += 1
    return {number: found[number] for number in numbers}


def _attack(files: Mapping[str, bytes], year: YearOfPeople, findings: Findings) -> None:
    narrowest, told_narrowest = math.inf, math.inf
    for quarter in QUARTERS:
        tables = _tables(files, quarter)
        if not tables:
            continue
        truth = _truth(year, quarter, tables)
        for number, text, least, most in _ends(tables, Meaning(), _tallies(files, quarter, tables)):
            is_told = text.isdigit()
            findings.count("numbers told" if is_told else "numbers not told")
            findings.must(least <= truth[number] <= most, f"{quarter} {sorted(number)}: not what was recorded: {truth[number]}")
            findings.must(least != most, f"{quarter} {sorted(number)}: exactly {least}")
            if is_told:
                told_narrowest = min(told_narrowest, most - least)
            else:
                narrowest = min(narrowest, most - least)
                findings.must(most - least >= WIDTH, f"{quarter} {sorted(number)}: from {least} to {most}")
        shown: dict[Number, str] = {}
        for table in tables:
            for number, text in table.shown.items():
                findings.must(shown.setdefault(number, text) == text, f"{quarter} {sorted(number)}: {text} and {shown[number]}")
    findings.note(f"the best known number that is not told lies between two that are {narrowest:.0f} apart")
    findings.note(f"the best known number that is told, between two that are {told_narrowest:.0f} apart")


def _ends(
    tables: Sequence[Read], meaning: Meaning, most: Mapping[Number, int], *, in_whole: bool = True
) -> Iterator[tuple[Number, str, int, float]]:
    attack = Attack(tables, meaning, most)
    for number, text in attack.shown.items():
        yield number, text, *attack.worked_out(number, in_whole=in_whole)


def _controls(files: Mapping[str, bytes], year: YearOfPeople, findings: Findings) -> None:
    """The same tables as they would be without what protects them: the attacker must succeed."""
    quarter = QUARTERS[0]
    tables = [one for one in _tables(files, quarter) if set(one.attributes) <= {"city", "minor", "counsel", "ill_treatment"}]
    truth, most = _truth(year, quarter, tables), _tallies(files, quarter, tables)

    def held(number: Number, text: str) -> str:
        return str(truth[number]) if text.isdigit() else text

    def small_alone(number: Number, text: str) -> str:
        return "<10" if truth[number] < 10 else str(truth[number])

    def nothing(number: Number, text: str) -> str:
        return str((truth[number] + 2) // 5 * 5)

    for what, shown, meaning in (
        ("rounding off", held, Meaning(rounded_to=1)),
        ("suppression of others beside small numbers off, and rounding", small_alone, Meaning(rounded_to=1)),
        ("suppression off", nothing, Meaning(fewest=0)),
    ):
        changed = [Read(one.attributes, {number: shown(number, text) for number, text in one.shown.items()}) for one in tables]
        exact = known = 0
        for number, text, least, upper in _ends(changed, meaning, most, in_whole=False):
            is_hidden = not text.isdigit() or meaning.rounded_to > 1
            exact += is_hidden and least == upper == truth[number]
            known += is_hidden and truth[number] < 10 and upper - least < WIDTH
        findings.note(f"{what}: {exact} numbers worked out exactly that no table tells, {known} small ones to less than {WIDTH}")
        findings.control(what, failed=(exact if meaning.rounded_to == 1 else known) > 0)


def _again(tracker: Tracker, files: Mapping[str, bytes], year: YearOfPeople, findings: Findings) -> None:
    """A year later with a few more recorded: whoever compares both states learns of none of them."""
    quarter = QUARTERS[0]
    before = _tables(files, quarter)
    more = YearOfPeople(max(4, year.people // 100), year.cities, year.seed + 1)
    more.record(tracker)
    tracker.bring_up_to_date()
    compared = 0
    with tracker.views() as db:
        position = newest(db)
        for row in released_tables.of_quarter(db, quarter)[:3]:
            table = TABLES[row.name]
            try:
                found = to_release(db, quarter, table, position)
            except RuleBroken as refused:
                findings.must(refused.code == "table_not_safe", refused.code)
                continue
            names = table.rows.name, table.columns.name
            (then,) = [one.shown for one in before if set(one.attributes) == set(names)]
            for line in found.rows:
                for at, text in enumerate(line.cells):
                    values = zip(names, (line.value, found.columns[at]), strict=True)
                    number = frozenset(pair for pair in values if pair[1] != "total")
                    compared += 1
                    is_same = text == then[number]
                    findings.must(is_same or at not in line.kept, f"{sorted(number)} is said to be kept, and is {text}")
    findings.count("numbers of two states compared", compared)
