"""The list of people: the names opened for this page only, the city, and whether anybody of them is held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.verification import Tier
from domain.vocabulary.sources import TIERS
from projections import borne_out, case_files, people
from web.custody import HELD, state_of
from web.desk import Desk
from web.forgetting.state import Notice, notices
from web.naming import names_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One person's row. `number` is the end of the file's number. Of who was forgotten it says that and no more."""

    id: UUID
    number: str
    name: str
    city: str
    detentions: int
    held: int
    forgotten: bool
    tier: str
    """How well it is borne out that they were detained; of several detentions, the one that is borne out least."""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of the list; `older` is where the next one begins, None where there is no more.

    `notices` are the requests to be forgotten that stand, on the first page, for those who may see the files.
    """

    people: Sequence[Listed]
    older: int | None
    notices: Sequence[Notice]


def people_page(desk: Desk, before: int | None, language: str) -> PeoplePage:
    """The people whose files were opened last before a position, of those the reader may see."""
    with desk.tracker.views() as db:
        rows = people.latest(db, limit=PAGE + 1, before=before, among=desk.listed(db))
        shown = rows[:PAGE]
        keys = [row.person for row in shown]
        known = [row.person for row in shown if not row.forgotten]
        names = names_of(desk, db, known)
        custodies = case_files.detentions_of(db, known)
        tiers = borne_out.records(db, (UUID(bytes=custody.detention) for custody in custodies if custody.stands))
        standing = notices(desk, db) if before is None else ()
    by_person: dict[bytes, list[Any]] = {key: [] for key in keys}
    for custody in custodies:
        if custody.stands:
            by_person[custody.person].append(custody)
    cities = {custody.person: custody.city for custody in custodies if custody.city}
    listed = [
        Listed(
            UUID(bytes=row.person),
            row.person.hex()[-8:],
            names.get(row.person, ""),
            desk.tracker.gazetteer.city_name(cities[row.person], language) if row.person in cities else "",
            len(by_person[row.person]),
            sum(1 for custody in by_person[row.person] if state_of(custody) == HELD),
            bool(row.forgotten),
            _weakest((tiers.get(UUID(bytes=custody.detention)) for custody in by_person[row.person]), language),
        )
        for row in shown
    ]
    return PeoplePage(listed, shown[-1].opened if len(rows) > PAGE else None, standing)


def _weakest(tiers: Iterable[Tier | None], language: str) -> str:
    known = [tier for tier in tiers if tier is not None]
    return TIERS.label(max(known, key=list(Tier).index), language) if known else ""
