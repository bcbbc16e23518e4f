"""What a lawyer's desk asks: which of these people are still to be shown, and when the limits of their detentions run out."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from projections.deadlines import custody
from projections.people import people, portions


def standing_among(db: Connection, persons: Collection[bytes]) -> set[bytes]:
    """Those of these files that stand, and whose person was not forgotten."""
    table, found = people.table, set[bytes]()
    stands = select(table.c.person).where(table.c.stands == 1, table.c.forgotten == 0)
    for some in portions(persons):
        found |= set(db.scalars(stands.where(table.c.person.in_(some))))
    return found


def of_people(db: Connection, files: Collection[bytes]) -> Sequence[Row[Any]]:
    """The detentions of these people that stand, in no order, without what was said of them."""
    table = custody.table
    asked = [table.c[name] for name in custody.columns if name != "told"]
    chosen = select(*asked).where(table.c.stands == 1)
    return [row for some in portions(files) for row in db.execute(chosen.where(table.c.person.in_(some)))]


def with_what_was_said(db: Connection, detentions: Collection[bytes]) -> dict[bytes, Row[Any]]:
    """These detentions, whole."""
    table = custody.table
    chosen = select(table)
    return {row.detention: row for some in portions(detentions) for row in db.execute(chosen.where(table.c.detention.in_(some)))}
