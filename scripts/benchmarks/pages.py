"""What a page costs when the record behind it is a hundred times larger."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import func, select

from projections import case_files, heatmap
from scripts.benchmarks.figure import Figure, seconds
from scripts.benchmarks.record import opened
from web import create_app
from web.access import cookie
from web.access.roles import Role
from web.vault.accounts import add_account
from web.wiring import Tracker

REPEATS = 40
FILE_LINES = 10


def figures(tiny: Path, large: Path, places: Path) -> Iterator[Figure]:
    """A case file of ten lines and the page of the city with the most detentions."""
    trackers = [opened(home, places) for home in (large, tiny)]
    for tracker in trackers:
        tracker.bring_up_to_date()
    clients = [signed_in(tracker) for tracker in trackers]
    for name, address in (("case file", _a_file), ("city page", a_city)):
        addresses = [address(tracker) for tracker in trackers]
        taken: list[list[float]] = [[], []]
        for _ in range(REPEATS):  # in turn, so that a busy machine slows both
            for client, page, times in zip(clients, addresses, taken, strict=True):
                times.append(seconds(partial(read, client, page)))
        ours, bound = (median(times) * 1e3 for times in taken)
        yield Figure(f"{name}, the large record beside the tiny", ours, bound, "ms", 1.5, at_most=True)
    for tracker in trackers:
        tracker.close()


def signed_in(tracker: Tracker, name: str = "reader of pages") -> FlaskClient:
    """The browser of a coordinator who gets an account of this name."""
    with tracker.vault.storage.writing() as db:
        account = add_account(db, name, Role.COORDINATOR)
    client = create_app(tracker).test_client()
    client.set_cookie(cookie.PLAIN, tracker.door.sessions.begin(account), domain="127.0.0.1")
    return client


def read(client: FlaskClient, page: str) -> None:
    answer = client.get(page, headers={"Host": "127.0.0.1"})
    if answer.status_code != 200:
        raise RuntimeError(f"{page}: {answer.status_code}")


def _a_file(tracker: Tracker) -> str:
    table = case_files.custody.table
    with tracker.views() as db:
        for row in db.execute(select(table.c.person, table.c.detention).limit(2_000)):
            records = [UUID(bytes=row.person), UUID(bytes=row.detention)]
            if len(tracker.log.of(records)) == FILE_LINES:
                return f"/people/{records[0]}"
    raise RuntimeError(f"nobody has a file of {FILE_LINES} lines")


def a_city(tracker: Tracker) -> str:
    table = heatmap.cities.table
    with tracker.views() as db:
        most = db.execute(select(table.c.city).where(table.c.city > 0).order_by(func.abs(table.c.detained_low).desc()).limit(1))
        return f"/cities/{most.scalar_one()}"
