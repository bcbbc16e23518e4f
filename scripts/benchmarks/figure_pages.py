"""What a figure costs whoever looks at it when the record behind it is a hundred times larger: again, and after an entry."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

from domain.moment import When
from domain.place import Place, Precision
from domain.provenance import Entry, Source
from domain.record import new_id
from scripts.benchmarks.figure import Figure, seconds
from scripts.benchmarks.pages import read, signed_in
from scripts.benchmarks.record import opened
from scripts.benchmarks.years import ACCOUNT
from web.wiring import Tracker

REPEATS = 20
_DAY = date(2023, 3, 5)
PAGE = "/figures?figure=detentions&by=month&more=0"
"""As many months in either record, and without what reads the whole record only when it is asked for."""


def figures(tiny: Path, large: Path, places: Path) -> Iterator[Figure]:
    """The page of detentions by month."""
    trackers = [opened(home, places) for home in (large, tiny)]
    for tracker in trackers:
        tracker.bring_up_to_date()
    clients = [signed_in(tracker, "reader of figures") for tracker in trackers]
    for client in clients:
        read(client, PAGE)  # the first look after a start counts everything, once (docs/decisions/0044)
    again: list[list[float]] = [[], []]
    after: list[list[float]] = [[], []]
    for _ in range(REPEATS):
        for tracker, client, times in zip(trackers, clients, after, strict=True):
            _record(tracker)
            times.append(seconds(partial(read, client, PAGE)))
        for client, times in zip(clients, again, strict=True):
            times.append(seconds(partial(read, client, PAGE)))
    for name, taken in (("figure page", again), ("figure page just after an entry", after)):
        ours, bound = (median(times) * 1e3 for times in taken)
        yield Figure(f"{name}, the large record beside the tiny", ours, bound, "ms", 1.5, at_most=True)
    for tracker in trackers:
        tracker.close()


def _record(tracker: Tracker) -> None:
    """A protest and a detention at it, shown by the views before anybody looks."""
    casebook, protest = tracker.casebook, new_id()
    moment = When.day(_DAY, "Europe/Moscow")
    place = Place(Precision.CITY, "RU", "RU.48", 524901, zone="Europe/Moscow")

    def entry() -> Entry:
        return Entry(ACCOUNT, Source("witness"), new_id())

    casebook.record_protest(entry(), protest, when=moment, place=place)
    tracker.catch_up(casebook.record_detention(entry(), new_id(), person=new_id(), when=moment, place=place, protest=protest))
