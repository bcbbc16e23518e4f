"""What is done with sources on file, among whatever else is done: put there, named, rated, retracted, taken back."""

from dataclasses import replace
from uuid import UUID

from domain.casebook import Casebook
from domain.provenance import Reliability, Source
from domain.record import Record, new_id
from domain.source_on_file import SourceOnFile
from tests.trackers import day, entry

REASONS = ("took_back", "found_false")


def about_sources(
    casebook: Casebook, sources: list[UUID], about: tuple[type[Record], UUID], numbers: tuple[int, int, int, int]
) -> None:
    """One thing with one of these sources; a new one is added to them. `about` is a record that it may speak of."""
    a, b, c, d = numbers
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
        said = replace(entry(), source=Source("media", Reliability.UNKNOWN, None, source))
        casebook.attest(about[0], said, about[1], 1 + d % 3)
