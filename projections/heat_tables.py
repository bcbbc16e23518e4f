"""The tables of the heat map: what `heatmap.py` folds into and reads."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, SmallInteger, Text

from projections.projection import Projection, RecordKey, View

NOWHERE = 0
"""The city or cell of what could not be placed."""

projection = Projection("heatmap", version=4)


def _tally(name: str, *keys: Column[Any], index: Sequence[Sequence[str]] = ()) -> View:
    """Counts by city, by cell of H3 resolution 9 and by a stretch of time.

    `detained_low` to `detained_high` people detained, `open_ended` reports among them without an upper end; of those known
    one by one, `held` are still in custody and `released` are not; `force` reports of force; `protests` recorded.
    """
    counts = ("detained_low", "detained_high", "open_ended", "held", "released", "force", "protests")
    return projection.table(name, *keys, *(Column(count, Integer, nullable=False) for count in counts), index=index)


def _key(name: str, kind: Any = Integer) -> Column[Any]:
    return Column(name, kind, primary_key=True)


days = _tally("days", _key("city"), _key("day"), _key("hour", SmallInteger), _key("cell", BigInteger), index=[["day"]])
"""By the hour, as `days.hour_of` says it: what is not certain to the hour stands under a number of its own."""
months = _tally("months", _key("city"), _key("month"), _key("cell", BigInteger))
cells = _tally("cells", _key("city"), _key("cell", BigInteger))
cities = _tally("cities", _key("city"))
cities_by_month = _tally("cities_by_month", _key("city"), _key("month"))

protests = projection.table(
    "protests",
    Column("protest", RecordKey, primary_key=True),
    Column("city", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("hour", SmallInteger, nullable=False),
    Column("cell", BigInteger, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    Column("named", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("counted_low", Integer, nullable=False),
    Column("counted_high", Integer),
    Column("force", Integer, nullable=False),
    Column("claims", Text, nullable=False),
    Column("reports", Text, nullable=False),
    index=[["city", "cell"]],
    compared=True,
)
detentions = projection.table(
    "detentions",
    Column("detention", RecordKey, primary_key=True),
    Column("protest", RecordKey),
    Column("city", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("hour", SmallInteger, nullable=False),
    Column("cell", BigInteger, nullable=False),
    Column("freed_by", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    compared=True,
)

reports = projection.table(
    "reports",
    Column("report", RecordKey, primary_key=True),
    Column("protest", RecordKey, nullable=False),
)
