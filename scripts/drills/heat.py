"""Maps over a city of many detentions: what people inside see adds up, and what readers outside see gives nothing back.

Months of protests in one city, each with a count of people detained, in cells around its middle, some in none. Inside, the rows
of each size, kind and period, in every form, are compared with a recount made here while the events are made. Outside, every
month is published, and an attacker who has the bundle, the rule and the exact numbers works out the least and the most of every
cell.
"""

import csv
import io
import json
import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import h3
from flask.testing import FlaskClient

from domain.count import Count
from domain.disclosure import CellRules, InCell, cells_to_show
from domain.errors import RuleBroken
from domain.moment import When
from domain.place import Place, Precision
from domain.protest import Protest
from domain.provenance import Entry, Source
from domain.record import Record, new_id
from scripts.benchmarks.pages import signed_in
from scripts.drills.findings import Findings
from scripts.drills.hidden_cells import worked_out
from web import create_app
from web.maps.outside import RESOLUTION, publish_month
from web.publishing.bundle import bundle_of
from web.settings import Settings
from web.wiring import Tracker, open_tracker

CITY, MIDDLE, ZONE = 524901, (55.7522, 37.6156), "Europe/Moscow"
FIRST, DAYS_A_MONTH = datetime(2022, 1, 1, tzinfo=UTC), 30
MOST_AT_ONCE = 40
TOGETHER = 5_000
SIZES, KINDS = (7, 8, 9), ("detained_low", "protests")


class City:
    """Makes the protests, and counts along: `people` and `incidents` by month and cell of resolution 9, "" for none."""

    def __init__(self, detentions: int, months: int, seed: int) -> None:
        self._random, self._left, self._days = random.Random(seed), detentions, months * DAYS_A_MONTH
        self.people: Counter[tuple[int, str]] = Counter()
        self.protests: Counter[tuple[int, str]] = Counter()

    def record(self, tracker: Tracker) -> int:
        """All of it, through the aggregates. Returns how many events."""
        events = 0
        pending: list[Record] = []
        while self._left > 0:
            pending.append(self._protest())
            if len(pending) == TOGETHER or self._left <= 0:
                events += len(tracker.casebook.keep(*pending))
                pending = []
        return events

    def _protest(self) -> Protest:
        taken = min(self._left, 1 + int(self._random.expovariate(1 / (MOST_AT_ONCE / 2))))
        self._left -= taken
        day = FIRST + timedelta(days=self._random.randrange(self._days), hours=9)
        cell = "" if self._random.random() < 0.05 else self._cell()
        place = Place(Precision.STREET if cell else Precision.CITY, "RU", "RU.48", CITY, None, cell or None, ZONE)
        protest = new_id()
        source = Source("media")
        when = When.day(day.date(), ZONE)
        opened = Protest.record(Entry(protest, source, protest), protest, when=when, place=place, form="rally")
        opened.count_detentions(Entry(protest, source, new_id()), count=Count(taken, taken))
        self.people[day.year * 100 + day.month, cell] += taken
        self.protests[day.year * 100 + day.month, cell] += 1
        return opened

    def _cell(self) -> str:
        lat, lon = MIDDLE[0] + self._random.gauss(0, 0.03), MIDDLE[1] + self._random.gauss(0, 0.05)
        cell: str = h3.latlng_to_cell(lat, lon, 9)
        return cell


def drill(folder: Path, places: Path, *, detentions: int, months: int, seed: int) -> Findings:
    """In an installation of its own."""
    findings = Findings("heat")
    findings.note(f"seed {seed}")
    city = City(detentions, months, seed)
    tracker = open_tracker(Settings(folder / "home", places=places))
    try:
        findings.count("events recorded", city.record(tracker))
        findings.count("people detained", sum(city.people.values()))
        tracker.bring_up_to_date()
        _inside(signed_in(tracker), city, findings)
        _outside(tracker, city, findings)
    finally:
        tracker.close()
    return findings


def _inside(client: FlaskClient, city: City, findings: Findings) -> None:
    months = sorted({month for month, _ in city.people})
    periods = [(months[0], months[-1]), (months[0], months[len(months) // 2]), *((month, month) for month in months)]
    for first, last in periods:
        for size in SIZES:
            asked = f"size={size}&from={first // 100}-{first % 100:02}&to={last // 100}-{last % 100:02}"
            recount = {kind: _recounted(city, kind, size, first, last) for kind in KINDS}
            table, features, shapes = _forms(client, asked)
            for kind in KINDS:
                findings.must(_sums(table, kind) == recount[kind], f"CSV, {kind}, {asked}: not what was recorded")
                findings.must(_sums(features, kind) == recount[kind], f"GeoJSON, {kind}, {asked}: not what was recorded")
            findings.must(shapes == len(table) - 1, f"SVG, {asked}: {shapes} cells, {len(table) - 1} rows")
            findings.count("maps added up")
    table, _, _ = _forms(client, "size=9")
    table[0]["detained_low"] = str(int(table[0]["detained_low"]) + 1)
    wrong = _sums(table, "detained_low") != _recounted(city, "detained_low", 9, 0, 999999)
    findings.control("one person more in one cell", failed=wrong)


def _forms(client: FlaskClient, asked: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """The rows of the table, of the features, and how many cells are drawn; what is not placed is a row without a cell."""
    told = {form: _text(client, f"/cities/{CITY}/heat.{form}?{asked}") for form in ("csv", "geojson", "svg")}
    collection = json.loads(told["geojson"])
    features = [feature["properties"] for feature in collection["features"]] + [{"cell": "", **collection["not_placed"]}]
    return list(csv.DictReader(io.StringIO(told["csv"]))), features, told["svg"].count("<polygon")


def _text(client: FlaskClient, address: str) -> str:
    answer = client.get(address, headers={"Host": "127.0.0.1"})
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    told: str = answer.get_data(as_text=True)
    return told


def _sums(rows: list[dict[str, Any]], kind: str) -> dict[str, int]:
    return {row["cell"]: int(row[kind]) for row in rows if int(row[kind])}


def _recounted(city: City, kind: str, size: int, first: int, last: int) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for (month, cell), number in (city.people if kind == "detained_low" else city.protests).items():
        if first <= month <= last:
            sums[h3.cell_to_parent(cell, size) if cell else ""] += number
    return dict(sums)


def _outside(tracker: Tracker, city: City, findings: Findings) -> None:
    months = sorted({month for month, _ in city.people})
    for month in months:
        try:
            tracker.catch_up(publish_month(tracker, Entry(new_id(), Source("unknown"), new_id()), month))
        except RuleBroken as refused:
            findings.must(refused.code == "nothing_to_publish", f"{month}: {refused.code}")
    files = dict(bundle_of(create_app(tracker), tracker))
    findings.count("files of the bundle", len(files))
    tallies = {row["month"]: int(row["detained_low"]) for row in csv.DictReader(io.StringIO(files["data/tallies.csv"].decode()))}
    rules = CellRules()
    for month in months:
        written = f"{month // 100}-{month % 100:02}"
        truth = _truth(city, month)
        findings.must(tallies[written] == sum(truth.values()), f"{written}: the tally is not what was recorded")
        shown = json.loads(files.get(f"data/{CITY}-{written}.geojson", b'{"features": []}'))["features"]
        classes = {one["properties"]["cell"]: one["properties"]["class"] for one in shown}
        findings.count("cells shown outside", len(classes))
        findings.count("cells hidden", sum(1 for cell in truth if cell and cell not in classes))
        for cell, (least, most) in worked_out(classes, tallies[written], truth, rules.classes).items():
            findings.must(least <= truth[cell] <= most, f"{written}: a class that is not true")
            is_wide = not classes or most - least >= rules.left_over
            findings.must(is_wide, f"{written}: a cell is known to {most - least + 1} numbers")
            findings.must(cell in classes or least == 0, f"{written}: somebody is known to be in a hidden cell")
    every = CellRules(people=1, incidents=1, left_over=0)
    lone = {"one": InCell(1, 1), "none": InCell(0, 0)}
    broken = worked_out(cells_to_show(lone, 1, every), 1, {"one": 1, "none": 0}, every.classes)
    findings.control("the attacker, with the rule off", failed=broken["one"] == (1, 1))


def _truth(city: City, month: int) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for (when, cell), number in city.people.items():
        if when == month:
            found[h3.cell_to_parent(cell, RESOLUTION) if cell else ""] += number
    return dict(found)
