"""The tables of the nights: what `projections/nights.py` folds into, and `night_counts.py` reads."""

from sqlalchemy import BigInteger, Column, Integer, SmallInteger, String, Text

from projections.projection import Projection, RecordKey

NOWHERE = 0
"""The city of what could not be placed in one."""
NO_STATION = ""

projection = Projection("nights", version=1)

protests = projection.table(
    "protests",
    Column("protest", RecordKey, primary_key=True),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("named", Integer, nullable=False),
    Column("claims", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["night", "city"]],
    compared=True,
)
detentions = projection.table(
    "detentions",
    Column("detention", RecordKey, primary_key=True),
    Column("protest", RecordKey),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("said", BigInteger, nullable=False),
    Column("stays", Text, nullable=False),
    Column("cells", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    compared=True,
)
told = projection.table("told", Column("detention", RecordKey, primary_key=True), Column("reports", Text, nullable=False))
"""The reports each detention was told out of. A report says so before the detention is on record."""
reports = projection.table(
    "reports",
    Column("report", RecordKey, primary_key=True),
    Column("protest", RecordKey),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("station", String(60), nullable=False),
    Column("said", BigInteger, nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    Column("at", BigInteger, nullable=False),
    Column("people", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
)
stations = projection.table(
    "stations",
    Column("night", Integer, primary_key=True),
    Column("city", Integer, primary_key=True),
    Column("station", String(60), primary_key=True),
    Column("claims", Text, nullable=False),
    Column("named", Integer, nullable=False),
    Column("perhaps", Integer, nullable=False),
    compared=True,
)
nights = projection.table(
    "nights",
    Column("night", Integer, primary_key=True),
    Column("city", Integer, primary_key=True),
    Column("low", Integer, nullable=False),
    Column("at_protests", Integer, nullable=False),
    Column("alone", Integer, nullable=False),
    Column("asked_low", Integer, nullable=False),
    Column("asked_high", Integer, nullable=False),
    Column("open_ended", Integer, nullable=False),
)
extra = projection.table(
    "extra",
    Column("night", Integer, primary_key=True),
    Column("city", Integer, primary_key=True),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("open_ended", SmallInteger, nullable=False),
)

Cell = tuple[int, int, str]
"""A night, a city and a station."""
Night = tuple[int, int]
"""A night and a city."""


def is_certain(night: Night) -> bool:
    """Whether it is one city and one night, and not what could not be placed or dated."""
    day, city = night
    return city != NOWHERE and day % 100 > 0
