"""One source's page: who it is, how far it is relied on, what rests on it, and what each retraction changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.errors import RuleBroken
from domain.source_on_file import SourceOnFile
from domain.vocabulary.general import RELIABILITY, SOURCE_KINDS
from projections import borne_out, sources
from projections.borne_out import Change
from web.desk import Desk
from web.lines import Line, history_of
from web.sources.naming import called, names_of_sources
from web.sources.resting import Resting, resting
from web.wiring import Views


@dataclass(frozen=True, slots=True)
class Retraction:
    """What one retraction changed, as of its position; `stands` until it was itself taken back."""

    position: int
    stands: bool
    changed: Resting


@dataclass(frozen=True, slots=True)
class OneSource:
    """What the page shows. `repeats` is the source it passes on, with its name for whoever may be told."""

    id: UUID
    name: str
    kind: str
    reliability: str
    repeats: UUID | None
    repeats_name: str
    stands: bool
    forgotten: bool
    resting: Resting
    retractions: Sequence[Retraction]
    lines: Sequence[Line]


def one_source(desk: Desk, source: UUID, language: str) -> OneSource | None:
    """A source as it is known now; None for one that is not on file."""
    try:
        record = desk.tracker.casebook.standing(SourceOnFile, source)
    except RuleBroken:
        return None
    history = history_of(desk, [source.bytes])
    with desk.tracker.views() as db:
        known = sources.on_file(db)
        one = known.get(source)
        if one is None:
            return None
        names = names_of_sources(desk, [source, *([one.repeats] if one.repeats else [])])
        rests = resting(desk, db, borne_out.changes(db, source, known, known))
        retractions = [
            Retraction(
                row.known_from,
                row.known_until is None,
                resting(desk, db, _changed_at(db, source, row.known_from), only_changed=True),
            )
            for row in sources.retractions(db, source)
        ]
    return OneSource(
        source,
        called(source, names),
        SOURCE_KINDS.label(one.kind, language),
        RELIABILITY.label(one.reliability, language),
        one.repeats if one.repeats in names else None,
        called(one.repeats, names) if one.repeats in names and one.repeats is not None else "",
        one.stands,
        record.forgotten,
        rests,
        retractions,
        history.lines(),
    )


def _changed_at(db: Views, source: UUID, position: int) -> list[Change]:
    before, after = sources.on_file(db, position - 1), sources.on_file(db, position)
    return borne_out.changes(db, source, before, after, position)
