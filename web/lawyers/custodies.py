"""Each custody of a person as the file shows it: when and where, how it ended, what the law says of it, and its picture.

Told from the entries that stand in the history, so that the same code tells the present and what was known before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.detention import Detention
from domain.protest import Protest
from domain.record import Record
from domain.verification import Tier
from domain.vocabulary.custody import RELEASE_KINDS, STILL_HELD
from projections.days import sort_time
from web.custody import FREE, HELD, WITHDRAWN
from web.desk import Desk
from web.languages import translated as _
from web.lawyers.custody_bar import Bar, bar_of
from web.lawyers.known_on import Known
from web.lawyers.time_limits import Limits
from web.lines import History, history_of
from web.telling.phrases import phrase


@dataclass(frozen=True, slots=True)
class AtProtest:
    """The protest at which it was."""

    id: UUID
    when: str
    where: str


@dataclass(frozen=True, slots=True)
class Custody:
    """One detention as it is known. Two release times that differ are both in `released`."""

    id: UUID
    began: str
    where: str
    station: str
    state: str
    released: Sequence[tuple[str, str]]
    differ: bool
    """Whether the reports of the release name different ways or times."""
    protest: AtProtest | None
    borne_out: Sequence[tuple[str, str]]
    """How well the detention is borne out, and the best reported release."""
    limits: Limits | None
    bar: Bar | None
    rests: Sequence[int]
    moved: Sequence[int]
    let_go: Sequence[int]
    """The positions that say when it began, where the person is, and how it ended."""

    @property
    def called(self) -> str:
        """A detention in a line."""
        return _("Detained %(when)s", when=self.began) if self.began else _("Detained, time not reported")


SHOWN = (Detention.Recorded, Detention.Delivered, Detention.Transferred, Detention.Released)


def custodies_of(desk: Desk, history: History, limits: Mapping[UUID, Limits], known: Known, language: str) -> list[Custody]:
    """In the order in which they began; one that was withdrawn is shown as that."""
    opened = [(position, event) for position, event in history.told if isinstance(event, Detention.Recorded)]
    reads = {event.originator_id: history.states(event).last[1] for _position, event in opened}
    protests = _protests(desk, [event.protest for event in reads.values()], known, language)
    told = [
        _custody(history, position, reads[event.originator_id], limits.get(event.originator_id), protests, language)
        for position, event in opened
    ]
    order = {event.originator_id: (sort_time(event.when), event.timestamp) for event in reads.values()}
    return sorted(told, key=lambda custody: order[custody.id])


def _custody(
    history: History,
    position: int,
    opened: Any,
    limits: Limits | None,
    protests: Mapping[UUID, AtProtest],
    language: str,
) -> Custody:
    teller, detention = history.teller, opened.originator_id

    def standing(*kinds: type[Record.Event]) -> list[tuple[int, Any]]:
        return [one for one in history.standing(*kinds) if one[1].originator_id == detention]

    stands = bool(standing(Detention.Recorded))
    left = standing(Detention.Released)
    released = [
        (phrase(RELEASE_KINDS, event.kind, language), teller.when(event.when, language) if event.when is not None else "")
        for _position, event in left
    ]
    moved = [one for one in standing(Detention.Delivered, Detention.Transferred) if one[1].place is not None]
    is_free = any(event.kind not in STILL_HELD for _position, event in left)
    return Custody(
        detention,
        teller.when(opened.when, language) if opened.when is not None else "",
        teller.place(opened.place, language) if opened.place is not None else "",
        teller.place(moved[-1][1].place, language) if moved else "",
        WITHDRAWN if not stands else FREE if is_free else HELD,
        released,
        len(set(released)) > 1,
        protests.get(opened.protest) if opened.protest is not None else None,
        _borne_out(history, [opened] if stands else [], [event for _position, event in left]),
        limits,
        bar_of(limits.facts, limits.answer, language) if limits is not None else None,
        [position],
        [history.first_told(moved[-1])] if moved else [position],
        [history.first_told(one) for one in left],
    )


def _borne_out(history: History, opened: Sequence[Any], released: Sequence[Any]) -> list[tuple[str, str]]:
    """Each told by the best of its entries: one that is borne out is enough."""
    found = []
    for told, entries in ((_("detention"), opened), (_("release"), released)):
        bases = [history.bases.of(entry.originator_id, entry.originator_version) for entry in entries]
        known = [basis for basis in bases if basis is not None]
        if known:
            found.append((told, min(known, key=lambda basis: list(Tier).index(basis.tier)).label))
    return found


def _protests(desk: Desk, ids: Sequence[UUID | None], known: Known, language: str) -> dict[UUID, AtProtest]:
    wanted = list(dict.fromkeys(one for one in ids if one is not None))
    if not wanted:
        return {}
    history = history_of(desk, [one.bytes for one in wanted], known.position)
    told: dict[UUID, AtProtest] = {}
    for _position, event in history.told:
        if isinstance(event, Protest.Recorded):
            reads = history.states(event).last[1]
            when, where = history.teller.when(reads.when, language), history.teller.place(reads.place, language)
            told[event.originator_id] = AtProtest(event.originator_id, when, where)
    return told
