"""What readers outside see: what was published of the insides of cities, and the bundle of files for another host."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import h3
import pytest
from flask import Flask

from domain.count import Count
from domain.disclosure import CellRules
from domain.moment import When
from domain.place import Place, Precision
from domain.protest import Protest
from domain.provenance import Entry, Source
from domain.record import new_id
from projections import published_cells
from projections.figures import compute
from tests.trackers import day
from tests.web.seeding import MOSCOW, opened
from web import create_app
from web.maps.downloads import Hexagon, Rows, comma_separated, geojson
from web.maps.outside import FIGURE, ToPublish, cells_and_totals, publish_month, published_of, rules_of, to_publish
from web.publishing.bundle import bundle_of
from web.publishing.earlier import MANIFEST
from web.publishing.writing import NotABundle, write_bundle
from web.wiring import Tracker

CELLS = ["8911aa7ab57ffff", "8911aa7ab53ffff", "8911aa78923ffff"]
"""Three of resolution 9, the first two in one of resolution 7."""


@pytest.fixture
def tracker(tmp_path: Path, places: Path) -> Iterator[Tracker]:
    with opened(tmp_path, places) as tracker:
        yield tracker


@pytest.fixture
def app(tracker: Tracker) -> Flask:
    return create_app(tracker)


def entry(command: UUID | None = None) -> Entry:
    return Entry(new_id(), Source("media"), command or new_id())


def counted(tracker: Tracker, people: int, *, cell: str | None, on: When, city: int = MOSCOW) -> UUID:
    """A protest at which so many were detained."""
    protest = new_id()
    place = Place(Precision.ADDRESS if cell else Precision.CITY, "RU", "RU.48", city, None, cell, "Europe/Moscow")
    tracker.casebook.record_protest(entry(protest), protest, when=on, place=place)
    tracker.catch_up(tracker.casebook.count_detentions(entry(), protest, count=Count(people, people)))
    return protest


def march(tracker: Tracker) -> None:
    """Moscow: 24 people at two incidents in one large cell, 7 in another, 3 nowhere within the city."""
    counted(tracker, 15, cell=CELLS[0], on=day(3, 2))
    counted(tracker, 9, cell=CELLS[1], on=day(3, 9))
    counted(tracker, 7, cell=CELLS[2], on=day(3, 9))
    counted(tracker, 3, cell=None, on=day(3, 10))


def cells_of(shown: ToPublish) -> list[tuple[str, int]]:
    """The cells that would be shown, each with the position it was counted at."""
    return [(cell.cell, city.counted_at) for city in shown.cities for cell in city.cells]


def files_of(app: Flask, tracker: Tracker) -> dict[str, bytes]:
    return dict(bundle_of(app, tracker))


def test_a_month_is_published_by_class_and_only_where_enough_people_were_detained(tracker: Tracker) -> None:
    march(tracker)
    tracker.catch_up(publish_month(tracker, entry(), 202203))
    with tracker.views() as db:
        (shown,) = published_of(db, MOSCOW)
    assert shown.cells == [(h3.cell_to_parent(CELLS[0], 7), 1)]
    assert (shown.month, shown.classes, shown.people, shown.incidents) == (202203, (10, 50, 200, 1000), 10, 2)


def test_what_was_published_stays_as_it_was_whatever_is_learned_later(tracker: Tracker) -> None:
    march(tracker)
    tracker.catch_up(publish_month(tracker, entry(), 202203))
    with tracker.views() as db:
        before = published_of(db, MOSCOW)
    counted(tracker, 500, cell=CELLS[2], on=day(3, 12))
    counted(tracker, 500, cell=CELLS[2], on=day(3, 13))
    tracker.bring_up_to_date()
    with tracker.views() as db:
        assert published_of(db, MOSCOW) == before
        assert len(published_cells.published_months(db)) == 1


def test_published_anew_a_city_whose_number_hardly_changed_shows_what_it_showed(tracker: Tracker) -> None:
    """The one person learned late, who would lift the other cell over the threshold, is not given away by it."""
    march(tracker)
    counted(tracker, 2, cell=CELLS[2], on=day(3, 20))
    tracker.catch_up(publish_month(tracker, entry(), 202203))
    counted(tracker, 1, cell=CELLS[2], on=day(3, 21))
    with tracker.views() as db:
        assert {cell for cell, _ in cells_of(to_publish(db, 202203, rules_of(tracker)))} == {h3.cell_to_parent(CELLS[0], 7)}
    with tracker.views() as db:
        (kept,) = to_publish(db, 202203, rules_of(tracker)).cities
        (before,) = published_of(db, MOSCOW)
        assert (kept.counted_at, kept.people) == (before.counted_at, 36), "and says when that was counted"
    counted(tracker, 20, cell=CELLS[2], on=day(3, 22))
    with tracker.views() as db:
        assert len(cells_of(to_publish(db, 202203, rules_of(tracker)))) == 2, "the control: after many more it shows"


def test_the_cells_and_what_is_placed_in_none_are_the_city_of_the_figure(tracker: Tracker) -> None:
    march(tracker)
    with tracker.views() as db:
        position = tracker.log.last()
        cells, totals = cells_and_totals(FIGURE.count(db, position), 202203)
        figure = compute(db, FIGURE.name, by="city", position=position)
    assert totals == {MOSCOW: 34} == {line.key: line.total.low for line in figure.rows}
    assert sum(found.people for found in cells[MOSCOW].values()) == 31


def test_the_same_record_gives_the_same_files_byte_for_byte(app: Flask, tracker: Tracker) -> None:
    march(tracker)
    tracker.catch_up(publish_month(tracker, entry(), 202203))
    first = files_of(app, tracker)
    tracker.bring_up_to_date()
    assert first == files_of(app, tracker)
    assert first == files_of(create_app(tracker), tracker)


def test_tallies_are_the_figure_city_by_month(app: Flask, tracker: Tracker) -> None:
    march(tracker)
    counted(tracker, 4, cell=None, on=day(4, 1))
    rows = list(csv.DictReader(io.StringIO(files_of(app, tracker)["data/tallies.csv"].decode())))
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        sums[row["month"]] += int(row["detained_low"])
    with tracker.views() as db:
        figure = compute(db, "detentions", by="month", position=tracker.log.last())
    assert sums == {"2022-03": 34, "2022-04": 4}
    assert sum(sums.values()) == figure.total.low


def test_no_file_says_how_many_were_in_a_cell_or_were_left_out(app: Flask, tracker: Tracker) -> None:
    march(tracker)
    tracker.catch_up(publish_month(tracker, entry(), 202203))
    files = files_of(app, tracker)
    hidden = h3.cell_to_parent(CELLS[2], 7)
    about_cells = [name for name in files if "524901-2022-03" in name and name.endswith(("svg", "geojson", "csv"))]
    assert len(about_cells) == 4
    for name in about_cells:
        text = files[name].decode()
        assert hidden not in text
        assert all(f">{number}<" not in text and f":{number}" not in text for number in (24, 7, 3, 10 + 24)), name
    (feature,) = json.loads(files["data/524901-2022-03.geojson"])["features"]
    assert feature["properties"] == {"cell": h3.cell_to_parent(CELLS[0], 7), "class": 1, "detained_from": 10, "detained_to": 49}
    assert all(hidden.encode() not in content for content in files.values())


def test_no_page_of_the_bundle_refers_to_another_host(app: Flask, tracker: Tracker) -> None:
    march(tracker)
    tracker.catch_up(publish_month(tracker, entry(), 202203))
    files = files_of(app, tracker)
    pages = {name: content.decode() for name, content in files.items() if name.endswith(".html")}
    assert {"index.html", "en/index.html", "ru/city-524901.html", "ru/country-2022-03.html", "en/method.html"} <= set(pages)
    for name, text in pages.items():
        assert "://" not in text, name
        assert "<script" not in text
        assert " style=" not in text
        for link in text.split('href="')[1:] + text.split('src="')[1:]:
            there = (Path(name).parent / link.partition('"')[0]).as_posix()
            assert _flat(there) in files, (name, there)


def _flat(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_a_bundle_is_written_over_an_older_one_and_over_nothing_else(app: Flask, tracker: Tracker, tmp_path: Path) -> None:
    march(tracker)
    folder = tmp_path / "site"
    write_bundle(folder, bundle_of(app, tracker))
    (folder / "of-the-host.txt").write_text("robots")
    files = files_of(app, tracker)
    assert write_bundle(folder, [file for file in files.items() if file[0] != "data/tallies.csv"]) == len(files) - 1
    assert not (folder / "data" / "tallies.csv").exists()
    assert (folder / "of-the-host.txt").exists()
    assert json.loads((folder / MANIFEST).read_text())["position"] == tracker.log.last()
    other = tmp_path / "letters"
    other.mkdir()
    (other / "a.txt").write_text("mine")
    with pytest.raises(NotABundle):
        write_bundle(other, files.items())
    assert [kept.name for kept in other.iterdir()] == ["a.txt"]


def test_a_cell_on_the_date_line_is_cut_there() -> None:
    cell, moscow = h3.latlng_to_cell(66.0, 180.0, 7), h3.latlng_to_cell(55.75, 37.6, 7)
    found = [(Hexagon(cell), {"class": 1}), (Hexagon(moscow), {"class": 2})]
    rows = Rows("Chukotka", "detentions.2 @1", "GeoNames", 1, found)
    at_the_line, inland = json.loads(geojson(rows))["features"]
    west, east = at_the_line["geometry"]["coordinates"]
    assert at_the_line["geometry"]["type"] == "MultiPolygon"
    assert all(179 < lon <= 180 for lon, _ in west[0])
    assert all(-180 <= lon < -179 for lon, _ in east[0])
    assert inland["geometry"]["type"] == "Polygon"
    assert inland["geometry"]["coordinates"][0][0] == inland["geometry"]["coordinates"][0][-1]
    assert comma_separated(rows).splitlines()[0] == "cell,lat,lon,class,citation,status,attribution"


def test_a_month_keeps_the_threshold_it_was_first_published_with(tracker: Tracker) -> None:
    """A cell that vanished when it went from 10 to 11 would have held exactly 10."""
    march(tracker)
    tracker.catch_up(publish_month(tracker, entry(), 202203))
    counted(tracker, 30, cell=CELLS[2], on=day(3, 20))
    counted(tracker, 30, cell=CELLS[2], on=day(3, 25))
    with tracker.views() as db:
        assert to_publish(db, 202203, CellRules(people=25)).rules == CellRules()
        assert to_publish(db, 202204, CellRules(people=25)).rules == CellRules(people=25)


def test_what_the_record_no_longer_carries_is_not_published_anew(tracker: Tracker) -> None:
    first = counted(tracker, 9, cell=CELLS[0], on=day(3, 2))
    counted(tracker, 6, cell=CELLS[1], on=day(3, 9))
    tracker.catch_up(publish_month(tracker, entry(), 202203))
    tracker.catch_up(tracker.casebook.withdraw(Protest, entry(), first, because="mistake"))
    with tracker.views() as db:
        assert cells_of(to_publish(db, 202203, rules_of(tracker))) == []


def test_a_bundle_that_was_interrupted_is_written_again(app: Flask, tracker: Tracker, tmp_path: Path) -> None:
    march(tracker)
    files = list(bundle_of(app, tracker))
    folder = tmp_path / "site"

    def broken_off() -> Iterator[tuple[str, bytes]]:
        yield from files[:3]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_bundle(folder, broken_off())
    assert write_bundle(folder, files) == len(files)
    (folder / MANIFEST).write_text('{"files": {"index.html": ""}}')
    with pytest.raises(NotABundle):
        write_bundle(folder, files)
