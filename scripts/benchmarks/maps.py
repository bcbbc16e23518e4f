"""What a map costs: its picture beside the drawing it is made of, and one that was drawn before beside a file that lies there."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

import h3

from scripts.benchmarks.figure import Figure, seconds
from scripts.benchmarks.pages import a_city, read, signed_in
from scripts.benchmarks.record import opened
from web.maps.drawing import Cell, Mark, Sheet, png_of, svg_of

CELLS, REPEATS = 700, 12
MIDDLE = h3.latlng_to_cell(55.75, 37.6, 8)


def figures(home: Path, places: Path) -> Iterator[Figure]:
    """A city of 700 cells, drawn; and a request for a picture that is kept in memory."""
    around = sorted(h3.grid_disk(MIDDLE, 15))[:CELLS]
    sheet = Sheet(
        titles=("Moscow", "People detained"),
        legend_title="People detained in a cell",
        legend=[(shade, str(10**shade)) for shade in range(6)],
        foot=("As of position 1 of the record.",),
        cells=[Cell(index, number % 6, number) for number, index in enumerate(around, 1)],
        marks=[Mark(lat, lon, "Square") for lat, lon in map(h3.cell_to_latlng, around[::20])],
    )
    drawn, pictures = [], []
    for _ in range(REPEATS):
        drawn.append(seconds(partial(svg_of, sheet)))
        pictures.append(seconds(partial(png_of, sheet, 1)))
    yield Figure(
        f"PNG of a map of {CELLS} cells, beside its SVG", median(pictures) * 1e3, median(drawn) * 1e3, "ms", 3, at_most=True
    )
    tracker = opened(home, places)
    tracker.bring_up_to_date()
    client = signed_in(tracker, "reader of maps")
    picture = f"{a_city(tracker)}/heat.png"
    read(client, picture)
    kept, lying = [], []
    for _ in range(REPEATS * 4):
        kept.append(seconds(partial(read, client, picture)))
        lying.append(seconds(partial(read, client, "/static/khronika.css")))
    yield Figure("a map drawn before, beside a static file", median(kept) * 1e3, median(lying) * 1e3, "ms", 2, at_most=True)
    tracker.close()
