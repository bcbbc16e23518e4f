"""The tables of the watch board: what `custody_board.py` folds into, and `who_is_inside.py` reads."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, SmallInteger, String, Text

from projections.projection import Projection, RecordKey

URGENT, REFUSED, ASKED, NO_ALARM = 3, 2, 1, 0
"""How urgent somebody's case is: ill-treatment, a medical need, a minor or no contact; then counsel refused; then asked for."""

projection = Projection("custody_board", version=4)

custody = projection.table(
    "custody",
    Column("detention", RecordKey, primary_key=True),
    Column("person", RecordKey, nullable=False),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("station", String(60), nullable=False),
    Column("inside", SmallInteger, nullable=False),
    Column("urgency", SmallInteger, nullable=False),
    Column("calm", SmallInteger, nullable=False),
    Column("began", BigInteger, nullable=False),
    Column("minor", SmallInteger, nullable=False),
    Column("counsel", SmallInteger, nullable=False),
    Column("ill", SmallInteger, nullable=False),
    Column("medical", SmallInteger, nullable=False),
    Column("phone", SmallInteger, nullable=False),
    Column("no_contact", SmallInteger, nullable=False),
    Column("protocol", SmallInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("said", BigInteger, nullable=False),
    Column("protest", RecordKey),
    Column("told_city", Integer),
    Column("told_station", String(60)),
    Column("told_night", Integer),
    Column("told_began", BigInteger),
    Column("notes", Text, nullable=False),
    Column("moves", Text, nullable=False),
    Column("freed_by", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["inside", "night", "city", "station", "calm", "began", "detention"], ["changed"]],
    compared=True,
)
"""`calm` is what is missing to the greatest urgency: the index begins with the most urgent, and of those with whoever is held
longest, so that the first few of a station are found without looking at the others.

`counsel` is 1 where it was asked for and 2 where it was refused, and nobody was let in since. `changed` is the position of the
latest entry. `began` is in seconds since 1970: the delivery, else the detention, else when it was recorded.

What the entry of the detention itself says stands in `said` (when it was first recorded), `protest` and `told_...`: `told_night`
is the night of its time or, where that says none, of `said`, and then below zero. What was told later stands in `notes` and
`moves`."""
inside = projection.table(
    "inside",
    Column("night", Integer, primary_key=True),
    Column("city", Integer, primary_key=True),
    Column("station", String(60), primary_key=True),
    *(
        Column(name, Integer, nullable=False)
        for name in (
            "named",
            "urgent",
            "refused",
            "asked",
            "minors",
            "without",
            "denied",
            "ill",
            "medical",
            "phones",
            "no_contact",
        )
    ),
)
"""How many are inside at each station; of them how many at each urgency (`urgent`, `refused`, `asked`), and how many of whom
something is told: `without` counsel they asked for, `denied` it, and so on. Added to as people come and go."""
protests = projection.table(
    "protests",
    Column("protest", RecordKey, primary_key=True),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("detentions", LargeBinary, nullable=False),
)
"""Whose detention says neither city nor time: both are the protest's. `detentions` are their 16 bytes, one after the other."""
reports = projection.table(
    "reports",
    Column("report", RecordKey, primary_key=True),
    Column("city", Integer, nullable=False),
    Column("night", Integer, nullable=False),
    Column("station", String(60), nullable=False),
    Column("minors", Integer, nullable=False),
    Column("concerns", Text, nullable=False),
    Column("alarm", SmallInteger, nullable=False),
    Column("waits", SmallInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("said", BigInteger, nullable=False),
    Column("young", Integer, nullable=False),
    Column("asks", Text, nullable=False),
    Column("least", Integer, nullable=False),
    Column("placed", SmallInteger, nullable=False),
    Column("told", Text, nullable=False),
    Column("settled", Text, nullable=False),
    Column("stands", SmallInteger, nullable=False),
    index=[["alarm", "night", "city", "station", "concerns", "minors"], ["changed"]],
    compared=True,
)
"""`waits` while something is left to do about it, as in the list of reports to work off: until it is settled, or has a place and
as many people on record out of it as it counts at `least`. `told` are their detentions, by the version of the entry. `minors` and
`concerns` are what is left of what it says (`young`, `asks`): once it waits no longer, what those people are not known to need
themselves; nothing once it is settled. `alarm` is whether anything is."""
told_out = projection.table(
    "told_out",
    Column("detention", RecordKey, primary_key=True),
    Column("report", RecordKey, nullable=False),
)
"""Out of which report somebody was told."""
unsettled = projection.table(
    "unsettled",
    Column("night", Integer, primary_key=True),
    Column("city", Integer, primary_key=True),
    Column("reports", Integer, nullable=False),
)
"""How many reports wait."""
