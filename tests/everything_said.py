"""Everything that pages and figures say of some people, in a form in which two trackers can be compared.

Left out is what only tells where something stands in a log: positions, versions, moments of recording; and the entries about who
is the same person as whom, which one of two trackers has and the other has not.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from domain.consent import Consent
from domain.detention import Detention
from domain.person import Person
from domain.record import Record
from projections import case_files, consents, figures, heatmap, people
from tests.trackers import ACCOUNT, COLLEAGUE, MOSCOW, Installation
from web.access.reader import Reader
from web.access.roles import Role
from web.vault.accounts import Account
from web.wiring import Tracker

ON = date(2022, 3, 5)
READERS = (
    Reader(Account(ACCOUNT, "lawyer", Role.LAWYER, (), False), Role.LAWYER),
    Reader(Account(COLLEAGUE, "monitor", Role.MONITOR, (MOSCOW,), False), Role.MONITOR),
)
JUDGEMENTS = (Person.FoundToBe, Person.ToldApart, Detention.Identified)


def said(at: Installation, persons: Sequence[UUID], protests: Sequence[UUID]) -> dict[str, Any]:
    """Everything pages say of these people, without the entries about who is the same as whom."""
    tracker = cast(Tracker, at)
    with at.views() as db:
        return {
            "files": {person: people.cluster(db, person.bytes) for person in persons},
            "lines": {person: lines(at, people.cluster(db, person.bytes), db) for person in persons},
            "custody": [_without_positions(row) for row in case_files.detentions_of(db, [person.bytes for person in persons])],
            "consent": {person: _consent(consents.holding(db, [person.bytes], ON)[person.bytes]) for person in persons},
            "seen": [reader.visible(tracker, persons) for reader in READERS],
            "listed": [reader.listed(db) for reader in READERS],
            "numbers": numbers(at, protests),
        }


def numbers(at: Installation, protests: Sequence[UUID], *, with_people: bool = True) -> dict[str, Any]:
    """Every count there is: figures by everything, the heat map, the people detained at protests. `with_people`: also the figures
    that count everybody once, and so go by who was found to be whom.
    """
    with at.views() as db:
        counted = {
            (name, by): replace(figures.compute(db, name, by=by, position=at.log.last()), position=0)
            for name, definition in figures.DEFINITIONS.items()
            if with_people or not definition.is_of_people
            for by in (None, *definition.dimensions)
        }
        heat = sorted(tuple(row) for row in heatmap.by_city(db))
        return {"figures": counted, "heat": heat, "protests": heatmap.detained_at(db, [protest.bytes for protest in protests])}


def lines(at: Installation, files: Sequence[bytes], db: Any) -> list[str]:
    """The entries of a file that are about anything else, in the order of the page, each with what became of it."""
    records = case_files.records_of(db, files)
    told = case_files.lines(at.log.of(UUID(bytes=record) for record in records))
    return [_said(line) for line in told if not _judges(line.told.event, [other.told.event for other in told])]


def _judges(event: Any, all_told: Sequence[Any]) -> bool:
    if isinstance(event, Record.Correction | Record.Withdrawal) and event.version is not None:
        return any(
            isinstance(other, JUDGEMENTS)
            for other in all_told
            if other.originator_id == event.originator_id and other.originator_version == event.version
        )
    return isinstance(event, JUDGEMENTS)


def _said(line: case_files.Line) -> str:
    changed = line.changed_by.event if line.changed_by is not None else None
    return f"{_facts(line.told.event)} -> {_facts(changed)}"


def _facts(event: Any) -> str:
    """What an event says, without where it stands in a log that also holds other entries."""
    if event is None:
        return ""
    beside = {"originator_version", "timestamp", "command", "version", "originator_topic"}
    told = {name: value for name, value in vars(event).items() if name not in beside}
    if "restated" in told:
        told["restated"] = _facts(told["restated"])
    return f"{type(event).__qualname__} {sorted(told.items(), key=lambda item: item[0])}"


def _consent(holds: Consent) -> str:
    return re.sub(r"(said|told)=\d+", "", repr(holds))


def _without_positions(row: Any) -> tuple[Any, ...]:
    """Reports of release and moves stand under versions, which other entries of the same record shift."""
    facts = row._asdict()
    reports = [report.partition("@")[2] for report in facts.pop("freed_by").split()]
    moves = [move.partition(" ")[2] for move in facts.pop("moves").splitlines()]
    facts.pop("position")
    facts.pop("told")  # when each report of release was told first, under versions as well
    return (*facts.values(), tuple(reports), tuple(moves))
