"""Building every view again from the log, beside the least that reading it can cost."""

import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from projections import positions
from projections.batch import Batch
from projections.positions import witness_of
from projections.projector import fold
from projections.rebuilding import rebuild
from scripts.benchmarks.figure import Figure, rates, seconds
from scripts.benchmarks.record import opened
from web.mapper import form_named
from web.store import COLUMNS

ROUNDS = 5
ONE_AT_A_TIME = 1_000


def bound(home: Path) -> float:
    """Seconds to read every row, decode it with msgspec into the fields and types of its event, and update one dictionary."""
    decoders: dict[str, Callable[[bytes], Any]] = {}
    seen: dict[str, int] = {}

    def read() -> None:
        with sqlite3.connect(home / "events.sqlite") as db:
            for _, originator, _, topic, state in db.execute(f"SELECT {COLUMNS} FROM stored_events ORDER BY 1"):  # noqa: S608
                decode = decoders.get(topic)
                if decode is None:
                    decode = decoders[topic] = msgspec.json.Decoder(form_named(topic).shape).decode
                decode(state)
                seen[originator] = seen.get(originator, 0) + 1

    return seconds(read)


def whole(home: Path, places: Path, goal: float) -> Figure:
    """Rebuild of all projections, in rounds with the bound."""
    tracker = opened(home, places)
    count = tracker.log.last()
    rounds = []
    for _ in range(ROUNDS):
        least = bound(home)
        rounds.append((count, seconds(lambda: rebuild(tracker.projector)), least))
    tracker.close()
    return rates(f"rebuild of all views, {count:,} events", rounds, goal)


def beside_one_by_one(home: Path, folder: Path, places: Path, ours: float) -> Figure:
    """The rate of a rebuild beside that of the library's projection runner: it serves one projection, which takes an event and
    its own position in one transaction. (Itself it cannot run on SQLite, whose recorder has no subscriptions.) Here each event is
    decoded once for all of them and reaches those alone that ask for it, which is less work than the runners would have.
    """
    alone = folder / "one-by-one"
    alone.mkdir()
    for part in ("events.sqlite", "vault.sqlite", "server.key", "door.key"):
        shutil.copy(home / part, alone / part)
    tracker = opened(alone, places)
    projector = tracker.projector
    batches = {
        projection: Batch(projection, [(view, view.table) for view in projection.views])
        for projection in projector.projections.values()
    }

    def one_by_one() -> None:
        for told in tracker.log.page(0, ONE_AT_A_TIME):
            witness = witness_of((told.event.originator_id, told.event.originator_version))
            for projection, batch in batches.items():
                if type(told.event) in projection.dispatch:
                    with projector.writer.begin() as db:
                        batch.begin(db)
                        fold(projection, batch, [told])
                        positions.advance(db, [projection.name], told.position, witness)

    rate = ONE_AT_A_TIME / seconds(one_by_one)
    tracker.close()
    return Figure("rebuild beside one event a transaction", ours, rate, "events/s", 20)


def memory(home: Path, places: Path) -> Figure:
    """The peak of a process that does nothing but rebuild."""
    code = "import sys; from pathlib import Path; from scripts.benchmarks.rebuilds import alone; alone(*map(Path, sys.argv[1:]))"
    said = subprocess.run([sys.executable, "-c", code, str(home), str(places)], check=True, capture_output=True, text=True)
    return Figure("memory of a rebuild", float(said.stdout), 400, "MB", 1, at_most=True)


def alone(home: Path, places: Path) -> None:
    """What the process of `memory` runs; prints its peak in MB."""
    tracker = opened(home, places)
    rebuild(tracker.projector)
    tracker.close()
    # Not getrusage: its maximum is inherited from whoever started this process.
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    sys.stdout.write(str(int(peak.split()[1]) / 1024))


def size(home: Path) -> Figure:
    """Of the views beside that of the events."""
    sizes = Counter({name: (home / f"{name}.sqlite").stat().st_size / 1e6 for name in ("views", "events")})
    return Figure("size of the views beside the events", sizes["views"], sizes["events"], "MB", 0.5, at_most=True)


def figures(small: Path, large: Path, folder: Path, places: Path) -> Iterator[Figure]:
    """All of it, for a small and a large record."""
    less, more = whole(small, places, 0.25), whole(large, places, 0.15)
    yield less
    yield beside_one_by_one(small, folder, places, less.value)
    yield more
    yield Figure("rebuild, the large record beside the small", more.value, less.value, "events/s", 0.45)
    yield memory(large, places)
    yield size(large)
