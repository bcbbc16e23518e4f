"""One protest's page: its entries in sentences, competing counts beside each other, and who was detained there.

Who was forgotten is counted here and not listed: no line leads to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.protest import Protest
from projections import case_files, heatmap, people, protests
from web.custody import Held, held_at
from web.desk import Desk
from web.exhibits.listing import Exhibits, exhibits_of
from web.lines import History, Line, history_of
from web.sightings import Listed, interval, told_protests

MOST_HELD = 200
"""How many of the people detained at one protest its page lists."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One standing count: how many, by whom, of which station, and where it is cited."""

    position: int
    count: str
    station: str
    when: str
    source: str


@dataclass(frozen=True, slots=True)
class OneProtest:
    """What the page shows."""

    listed: Listed
    named: int
    detained: str
    counts: Sequence[Claim]
    crowds: Sequence[Claim]
    held: Sequence[Held]
    more: int
    withheld: bool
    """Whether some of those are left out because the reader may not open their files."""
    exhibits: Exhibits
    lines: Sequence[Line]


def one_protest(desk: Desk, protest: UUID, language: str) -> OneProtest | None:
    """A protest as it is known now; None for one that is not on record."""
    with desk.tracker.views() as db:
        row = protests.one(db, protest.bytes)
        if row is None:
            return None
        listed = told_protests(desk, db, [row], language)[0]
        total = heatmap.detained_at(db, [protest.bytes]).get(protest.bytes)
        custodies = case_files.detentions_at(db, protest.bytes)
        gone = people.forgotten_among(db, {custody.person for custody in custodies})
        listed_one_by_one = [custody for custody in custodies if custody.person not in gone]
        visible = {person.bytes for person in desk.visible([UUID(bytes=custody.person) for custody in listed_one_by_one])}
        seen = [custody for custody in listed_one_by_one if custody.person in visible]
        held = held_at(desk, db, seen[:MOST_HELD], language)
        shown = exhibits_of(desk, db, records=[protest.bytes])
    history = history_of(desk, [protest.bytes])
    return OneProtest(
        listed,
        sum(1 for custody in custodies if custody.stands),
        interval(total, language) if total is not None else "",
        _claims(history, Protest.DetentionsCounted, language),
        _claims(history, Protest.CrowdEstimated, language),
        held,
        len(listed_one_by_one) - len(held),
        len(seen) < len(listed_one_by_one),
        shown,
        history.lines(),
    )


def _claims(history: History, kind: type[Protest.DetentionsCounted] | type[Protest.CrowdEstimated], language: str) -> list[Claim]:
    teller = history.teller
    return [
        Claim(
            position,
            teller.count(event.count, language),
            teller.place(event.place, language) if getattr(event, "place", None) is not None else "",
            teller.when(event.when, language) if event.when is not None else "",
            teller.tell_source(event, language),
        )
        for position, event in history.standing(kind)
    ]
