"""A case by itself: whom it is against, as far as the reader may open their files, how far it has come for each of them, what
runs for each, and behind it every entry that concerns them or all.

A file tells one person and nobody else. This page is of the case: it names those defendants whose files its reader may open, and
counts the others.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.proceeding import Proceeding
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.proceedings import PROCEEDING_KINDS
from projections import case_files, people, proceedings
from web.desk import Desk
from web.languages import translated as _
from web.lawyers.chronicle import Asked, Chronicle, chronicle_of, meanwhile, page_of
from web.lawyers.known_on import at_present
from web.lawyers.proceedings import OneCase, cases_in
from web.lawyers.prosecuted import prosecuted_of
from web.lines import History, Line, history_of
from web.naming import names_of
from web.telling import short_id
from web.wiring import Views


@dataclass(frozen=True, slots=True)
class Defendant:
    """One of them. `number` is the end of the file's number; `case` is None for somebody against whom nothing in it stands."""

    person: UUID
    name: str
    number: str
    case: OneCase | None


@dataclass(frozen=True, slots=True)
class Shared:
    """What the page shows. `unseen` defendants have files that are not the reader's to open, `forgotten` ones have none any
    more; `about` says of the positions of entries whom of several they concern."""

    id: UUID
    kind: str
    article: str
    number: str
    opened: str
    withdrawn: bool
    defendants: Sequence[Defendant]
    unseen: int
    forgotten: int
    about: Mapping[int, str] = field(default_factory=dict)
    chronicle: Chronicle = field(default_factory=Chronicle)
    meanwhile: Sequence[Line] = ()


def case_of(desk: Desk, case: UUID, language: str, asked: Asked) -> Shared | None:
    """A case as it is known now; None for one that is not on record."""
    history = history_of(desk, [case.bytes], opened=False)
    opened = next(((at, event) for at, event in history.told if isinstance(event, Proceeding.Opened)), None)
    if opened is None:
        return None
    shown, recent = page_of(history, asked), meanwhile(history, asked)
    history = history.opening({opened[0], *shown.positions, *recent})
    with desk.tracker.views() as db:
        named = proceedings.defendants_of(db, case.bytes)
        gone = people.forgotten_among(db, named)
        seen = {person.bytes for person in desk.visible([UUID(bytes=one) for one in named])} - gone
        joined = people.clusters(db, seen)
        names = names_of(desk, db, sorted(seen))
        defendants = [
            _defendant(desk, db, UUID(bytes=files[0]), files, case, names, language)
            for files in dict.fromkeys(tuple(sorted(joined[person], key=_first(seen))) for person in sorted(seen))
        ]
    reads = history.states(opened[1]).last[1]
    return Shared(
        case,
        PROCEEDING_KINDS.label(reads.kind, language),
        ARTICLES.label(reads.article, language),
        history.teller.said(reads.case_number),
        history.teller.when(reads.when, language) if reads.when is not None else "",
        not history.states(opened[1]).stands,
        defendants,
        len(set(named) - seen - gone),
        len(gone),
        _about(history, defendants, joined) if len(named) > 1 else {},
        chronicle_of(history, shown),
        history.lines(recent),
    )


def _first(named: Collection[bytes]) -> Any:
    """Of files that are read together the one that the case names comes first."""
    return lambda file: (file not in named, file)


def _defendant(
    desk: Desk, db: Views, person: UUID, files: Sequence[bytes], case: UUID, names: Mapping[bytes, str], language: str
) -> Defendant:
    """From the whole file, as it tells the same case: whether somebody is in custody meanwhile moves what runs."""
    owners = [UUID(bytes=file) for file in files]
    history = history_of(desk, case_files.records_of(db, files), of=owners, opened=False)
    told = cases_in(history, owners, prosecuted_of(history, owners, at_present().moment, language), language)
    name = next((names[file] for file in files if file in names), "")
    return Defendant(person, name, short_id(person), next((one for one in told if one.id == case), None))


def _about(history: History, defendants: Sequence[Defendant], joined: Mapping[bytes, Collection[bytes]]) -> dict[int, str]:
    """Whom the entries of one defendant concern, by position. What concerns everybody says so itself."""
    called = {one.person: one.name or f"{_('Name not known')} · {one.number}" for one in defendants}
    called |= {UUID(bytes=file): called[one.person] for one in defendants for file in joined.get(one.person.bytes, ())}
    found = {}
    for position, event in history.told:
        says = event.says
        if isinstance(says, Proceeding.Entered | Proceeding.DefendantJoined) and says.person in called:
            found[position] = called[says.person]
    return found
