"""What protecting people costs: a name nobody has at the door, the words of a page opened, the words of an import sealed.

The bounds are the same work with a vault that neither opens nor seals: a page and an import that are alike in all else.
"""

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from domain.privacy import Sealed
from domain.provenance import Entry, Source
from domain.record import new_id
from scripts.benchmarks.figure import Figure, seconds
from scripts.benchmarks.record import opened
from web import create_app
from web.access import cookie
from web.access.roles import Role
from web.imports import import_file
from web.vault.accounts import add_account
from web.wiring import Tracker

KNOCKS, PAGES, IMPORTS = 40, 60, 5
LINES = 40
SHORT, LONG = 10, 500
ROWS = 5_000
BOX = 92
"""Bytes of a short text, sealed."""
MAPPING = """
name = "protection"
[row]
identity = ["id"]
[source]
reference = { column = "link" }
[time]
zone = "Europe/Moscow"
[when]
column = "date"
[place]
country = "RU"
city = "Москва"
[[record]]
event = "detention.recorded"
words = { column = "note" }
[[record]]
event = "person.named"
name = { column = "who" }
[[record]]
event = "detention.released"
kind = "after_protocol"
"""


class _Without:
    """The vault, but that it seals by writing zeros and opens by saying the same word; everything else is the true one's."""

    def __init__(self, tracker: Tracker) -> None:
        self._vault = tracker.vault

    def __getattr__(self, name: str) -> Any:
        return getattr(self._vault, name)

    def mint(self, persons: Iterable[UUID]) -> "_Without":
        return self

    def seal(self, person: UUID, aggregate: UUID, field: str, text: str) -> Sealed:
        return Sealed(person, aggregate, field, bytes(BOX))

    def open_many(self, many: Iterable[Sealed]) -> list[str]:
        return ["Их держали во дворе до утра." for _ in many]


def _without(tracker: Tracker) -> Tracker:
    return replace(tracker, vault=_Without(tracker))  # type: ignore[arg-type]


def figures(folder: Path, places: Path) -> Iterator[Figure]:
    """Every figure of this file."""
    tracker = opened(folder / "protection", places)
    yield from sign_in(tracker)
    yield case_file(tracker)
    yield long_file(tracker)
    tracker.close()
    yield bulk_import(folder, places)


def sign_in(tracker: Tracker) -> Iterator[Figure]:
    """A wrong passphrase for a name that is there and for one that is not, in turn: whoever waits at the door learns nothing."""
    handed = tracker.door.credentials.add("known", Role.LAWYER)
    taken: dict[str, list[float]] = {"known": [], "nobody": []}
    for name in ["known", "nobody"] * KNOCKS:
        with tracker.vault.storage.writing() as db:
            db.exec_driver_sql("DELETE FROM attempts")
        taken[name].append(seconds(partial(tracker.door.knock, name, handed.passphrase[::-1], "123456")))
    known, unknown = (median(taken[name]) * 1e3 for name in ("known", "nobody"))
    yield Figure("sign-in: unknown beside known name", unknown, known, "ms", 1.05, at_most=True)
    yield Figure("sign-in: known beside unknown name", known, unknown, "ms", 1.05, at_most=True)


def case_file(tracker: Tracker) -> Figure:
    """The page of a file with words in each line, beside the same page from a vault that opens nothing."""
    person = _a_file(tracker)
    with tracker.vault.storage.writing() as db:
        account = add_account(db, "reader", Role.COORDINATOR)
    token = tracker.door.sessions.begin(account)
    reads = [_reading(chosen, token, f"/people/{person}") for chosen in (tracker, _without(tracker))]
    taken: list[list[float]] = [[], []]
    for _ in range(PAGES):
        for read, times in zip(reads, taken, strict=True):
            times.append(seconds(read))
    ours, bound = (median(times) * 1e3 for times in taken)
    name = "opening a 40-line case file beside the same page with the words left sealed"
    return Figure(name, ours, bound, "ms", 1.1, at_most=True)


def long_file(tracker: Tracker) -> Figure:
    """The page of a file of 500 lines beside that of one of ten: of a long one only a page of lines is told."""
    with tracker.vault.storage.writing() as db:
        account = add_account(db, "reader of long files", Role.COORDINATOR)
    token = tracker.door.sessions.begin(account)
    reads = [_reading(tracker, token, f"/people/{_a_file(tracker, lines)}") for lines in (LONG, SHORT)]
    taken: list[list[float]] = [[], []]
    for _ in range(PAGES):
        for read, times in zip(reads, taken, strict=True):
            times.append(seconds(read))
    ours, bound = (median(times) * 1e3 for times in taken)
    return Figure("opening a case file of 500 lines beside one of ten", ours, bound, "ms", 3, at_most=True)


def _reading(tracker: Tracker, token: str, page: str) -> Callable[[], None]:
    client = create_app(tracker).test_client()
    client.set_cookie(cookie.PLAIN, token, domain="127.0.0.1")

    def read() -> None:
        answer = client.get(page, headers={"Host": "127.0.0.1"})
        if answer.status_code != 200:
            raise RuntimeError(f"the case file: {answer.status_code}")

    return read


def _a_file(tracker: Tracker, lines: int = LINES) -> UUID:
    person, detention = new_id(), new_id()
    account = tracker.vault.accounts.id_of("operator")
    seal = tracker.vault.mint([person]).seal
    outcome = tracker.casebook.record_detention(Entry(account, Source("monitor"), detention), detention, person=person)
    for number in range(lines - 2):  # the file that was opened and the detention are lines too
        source = Source("lawyer", reference=seal(person, detention, "source", f"звонок {number}"))
        words = seal(person, detention, "words", f"Их держали во дворе до утра, запись {number}.")
        entry = Entry(account, source, new_id())
        outcome = tracker.casebook.report_ill_treatment(entry, detention, kind="beating", words=words)
    tracker.catch_up(outcome)
    return person


def bulk_import(folder: Path, places: Path) -> Figure:
    """Rows of people with name, words and source each, beside the same rows with nothing sealed and no keys made."""
    mapping, file = folder / "protection.toml", folder / "protection.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    with file.open("w", encoding="utf-8", newline="") as rows:
        csv.writer(rows).writerow(["id", "date", "who", "note", "link"])
        csv.writer(rows).writerows(
            [number, "24.02.2022", f"Вымышленная {os.urandom(4).hex()}", "Держали во дворе.", f"https://news.example/{number}"]
            for number in range(ROWS)
        )
    rounds = [(_importing(folder / f"sealed-{n}", places, file, mapping, lambda it: it),
               _importing(folder / f"plain-{n}", places, file, mapping, _without)) for n in range(IMPORTS)]  # fmt: skip
    ours, bound = (median(times) * 1e3 for times in zip(*rounds, strict=True))
    ratio = median(mine / theirs for mine, theirs in rounds)
    return Figure("sealing's share of a bulk import", ours, bound, "ms", 1.15, at_most=True, ratio_taken=ratio)


def _importing(home: Path, places: Path, file: Path, mapping: Path, changed: Callable[[Tracker], Tracker]) -> float:
    tracker = opened(home, places)
    taken = seconds(lambda: import_file(changed(tracker), file, str(mapping)))
    if tracker.log.last() < ROWS * 3:
        raise RuntimeError(f"only {tracker.log.last()} events were imported")
    tracker.close()
    return taken
