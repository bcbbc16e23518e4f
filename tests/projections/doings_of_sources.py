"""What is done with sources on file and with papers: put there, named, rated, retracted, deposited, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from domain.detention import Detention
from domain.errors import RuleBroken
from domain.exhibit import Exhibit
from domain.protest import Protest
from domain.provenance import Entry, Source
from domain.record import Record, new_id
from domain.source_on_file import SourceOnFile
from tests.trackers import day, entry

if TYPE_CHECKING:
    from tests.projections.doings import Doings

REASONS = ("took_back", "found_false")


def about_sources(done: Doings, a: int, b: int, c: int, d: int) -> None:
    """A source is put on file, rated, retracted, partly taken back, or says the same as an entry."""
    casebook, sources = done.casebook, done.sources
    if a % 5 == 0 or not sources:
        source = new_id()
        passed_on = sources[c % len(sources)] if sources and c % 2 else None
        casebook.open_source(entry("monitor", source), source, kind=("media", "witness")[b % 2], repeats=passed_on)
        sources.append(source)
        return
    source = sources[b % len(sources)]
    if a % 5 == 1:
        casebook.rate_source(entry(), source, reliability=("unreliable", "reliable")[c % 2], because="held_up")
    elif a % 5 == 2:
        casebook.retract_source(entry(), source, because=REASONS[c % 2], said_until=day(3, 2) if d % 2 else None)
    elif a % 5 == 3:
        casebook.withdraw(SourceOnFile, entry(), source, 1 + d % 4, because="mistake")
    else:
        kind, record = _some(done, c)
        casebook.attest(kind, _said_by(done, b), record, 1 + d % 3)


def deposit_paper(done: Doings, a: int, b: int, c: int, d: int) -> None:
    """A document, or a picture, is deposited for an entry about a protest or for all of it, and sometimes withdrawn again."""
    if not done.protests:
        raise RuleBroken("no_such_record")
    exhibit = new_id()
    about = {"protest": done.protests[a % len(done.protests)], "supports": 1 + c % 3 if c % 4 else None}
    file = {"sha256": f"{a:064x}", "size": 3, "media": "pdf"}
    said = replace(_said_by(done, b), command=exhibit)
    done.casebook.deposit_exhibit(said, exhibit, kind=("document", "photograph")[d % 3 == 0], **file, **about)
    if d % 4 == 0:
        done.casebook.withdraw(Exhibit, entry(), exhibit, because="mistake")


def _said_by(done: Doings, number: int) -> Entry:
    origin = done.sources[number % len(done.sources)] if done.sources else None
    return replace(entry(), source=Source("media", origin=origin))


def _some(done: Doings, number: int) -> tuple[type[Record], UUID]:
    known: list[tuple[type[Record], UUID]] = [
        *((Protest, record) for record in done.protests),
        *((Detention, record) for record in done.detentions),
    ]
    if not known:
        raise RuleBroken("no_such_record")
    return known[number % len(known)]
