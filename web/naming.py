"""Names, opened at the moment a page shows them: of many people in one go, from where the sealed names stand in the log."""

from collections.abc import Collection
from typing import Any

from projections import people
from web.desk import Desk
from web.wiring import Views


def names_of(desk: Desk, db: Views, persons: Collection[bytes]) -> dict[bytes, str]:
    """For each of these people the name to call them by: the latest full one, else the latest. Who has none is left out."""
    known = people.names_of(db, persons)
    events = desk.tracker.log.at(position for positions in known.values() for position in positions)
    told = {position: found.event.says for position, found in events.items()}
    teller = desk.teller(told.values())
    names = {}
    for person, positions in known.items():
        chosen = best_name([told[position] for position in positions if position in told])
        name = teller.name(chosen.name) if chosen is not None else ""
        if name:
            names[person] = name
    return names


def best_name(names: Collection[Any]) -> Any:
    """The latest full name among these events, else the latest of any kind, None where there is none."""
    full = [named for named in names if named.kind == "full"]
    return (full or list(names) or [None])[-1]
