"""`./scripts/bench [--quick] [--json]`: runs every measurement and prints the table. Exit code 1 when a goal is missed."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.benchmarks import desks, figure_pages, maps, namesakes, pages, protection, rebuilds, streaming, visibility, writing
from scripts.benchmarks.figure import Figure
from scripts.benchmarks.record import chunks, opened, stored
from web.places.building import build_gazetteer

SMALL, LARGE = 100_000, 1_000_000
TINY = 10_000


def main() -> None:
    """See the module."""
    arguments = argparse.ArgumentParser(prog="bench", description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="a tenth of the events")
    arguments.add_argument("--json", action="store_true", help="as JSON")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="khronika-bench-") as folder:
        taken = []
        for figure in measure(Path(folder), 10 if chosen.quick else 1):
            taken.append(figure)
            if not chosen.json:
                print_figure(figure)
    if chosen.json:
        sys.stdout.write(json.dumps([as_json(figure) for figure in taken], indent=2) + "\n")
    sys.exit(not all(figure.is_met for figure in taken))


def measure(folder: Path, share: int) -> Iterator[Figure]:
    """Every figure; `share` divides the sizes."""
    places = folder / "places"
    build_gazetteer(places)
    yield writing.single(folder, places)
    yield writing.reading(folder, places)
    yield from protection.figures(folder, places)
    for people in (SMALL // share, LARGE // share):
        yield from namesakes.figures(people)
    yield from writing.bulk(folder, places, LARGE // share)
    for name, events in (("small", SMALL // share), ("tiny", TINY)):
        fill(folder / name, places, events)
    yield from rebuilds.figures(folder / "small", folder / "record", folder, places)
    yield from visibility.figures(folder / "record", places)
    yield from pages.figures(folder / "tiny", folder / "record", places)
    yield from figure_pages.figures(folder / "tiny", folder / "record", places)
    yield from streaming.figures(LARGE // share)
    yield from maps.figures(folder / "tiny", places)
    yield from desks.figures(folder / "desks", places)


def fill(home: Path, places: Path, events: int) -> None:
    """A record of about so many events."""
    tracker = opened(home, places)
    for chunk in chunks(events, places):
        tracker.casebook.recorder.insert_events(stored(tracker, chunk))
    tracker.close()


def print_figure(figure: Figure) -> None:
    """One line of the table."""
    word, sign = ("met", "<=") if figure.at_most else ("met", ">=")
    sys.stdout.write(
        f"{figure.name:<48} {figure.value:>10,.1f} {figure.unit:<10} bound {figure.bound:>10,.1f}   "
        f"ratio {figure.ratio:>6.2f} {sign} {figure.goal:<5} {word if figure.is_met else 'MISSED'}\n"
    )
    sys.stdout.flush()


def as_json(figure: Figure) -> dict[str, object]:
    """For machines."""
    return {
        "figure": figure.name,
        "value": figure.value,
        "bound": figure.bound,
        "unit": figure.unit,
        "ratio": figure.ratio,
        "goal": figure.goal,
        "at_most": figure.at_most,
        "met": figure.is_met,
    }


if __name__ == "__main__":
    main()
