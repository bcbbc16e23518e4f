"""The cases that a person shares with others, which lose the words said of everybody in them when that person is forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.proceeding import Proceeding
from domain.vocabulary.articles import ARTICLES
from projections import case_files
from web.desk import Desk
from web.languages import language
from web.telling import short_id
from web.telling.opening import sealed_in
from web.wiring import Views


@dataclass(frozen=True, slots=True)
class SharedCase:
    """One of them: how it is called, how many others are or ever were in it, how many texts are sealed for all of them."""

    id: UUID
    called: str
    others: int
    texts: int


def shared_by(desk: Desk, db: Views, files: Sequence[bytes]) -> list[SharedCase]:
    """Those of this person's cases that would lose anything; a case whose words went with somebody else has lost them already."""
    gone = desk.tracker.vault.forgotten()
    others = {case: len(set(case_files.defendants_in(db, case)) - set(files)) for case in case_files.cases_against(db, files)}
    chosen = [UUID(bytes=case) for case, many in others.items() if many and UUID(bytes=case) not in gone]
    told = desk.tracker.log.of(chosen) if chosen else []
    texts: dict[UUID, set[object]] = {case: set() for case in chosen}
    opened = {}
    for one in told:
        case = one.event.originator_id
        texts[case].update(text for text in sealed_in(one.event) if text.person == case)
        if isinstance(one.event.says, Proceeding.Opened):
            opened[case] = one.event.says  # as it was corrected last
    teller = desk.teller(opened.values())
    return [
        SharedCase(
            case,
            f"{ARTICLES.label(first.article, language())}, {teller.said(first.case_number) or short_id(case)}",
            others[case.bytes],
            len(texts[case]),
        )
        for case, first in opened.items()
        if texts[case]
    ]
