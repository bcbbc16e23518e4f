"""The attributes of people that tables are made of, and the closed list of tables. A new one is a line here.

Who is counted is everybody detained in the quarter, once. What is known of them is read from the figures about people. Every
attribute gives everybody one value, so rows do not overlap and a margin is the sum of its cells. All tables are of quarters:
month and quarter of one table would be subtracted from each other; months are the columns of one of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.released_tables import OTHER, SEVERAL, TOTAL, UNKNOWN, Sensitive
from domain.vocabulary import Vocabulary
from domain.vocabulary.custody import CIRCUMSTANCES
from domain.vocabulary.general import ANSWERS
from projections.figures import DEFINITIONS

FIGURE = DEFINITIONS["people_detained"]
"""Who is counted."""
ENOUGH_ANNOUNCED, MOST_LISTED = 30, 25
"""How many detentions must have been announced of a city, or in a month, for a row of its own, and how many rows there are at
most. That is public, so which there are tells nothing; and few announced would alone say how many can be in a cell.
"""

Said = tuple[str, str]
"""In English and in Russian."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """What is told of somebody by a dimension of a figure.

    `values` is the closed list, None where it depends on the quarter. Whoever the figure tells anything of has the value `as_one`
    where there is one; whom it does not tell of has `otherwise`.
    """

    name: str
    said: Said
    figure: str
    dimension: str
    values: Sequence[str] | None
    codes: Vocabulary | None = None
    labels: Mapping[str, Said] = field(default_factory=dict)
    as_one: str = ""
    otherwise: str = UNKNOWN
    rest: Sequence[str] = ()
    """Which of OTHER, SEVERAL and UNKNOWN there can be: of no cell must be known that it can hold nobody. Of cities and months
    all three are one: how many can be in the others alone would follow from what was announced of them."""
    sensitive: frozenset[str] = frozenset()

    def list_of(self, values: Sequence[str]) -> tuple[str, ...]:
        """All values of it in a table, with what has no value of its own, the margin last."""
        return (*values, *self.rest, TOTAL)


@dataclass(frozen=True, slots=True)
class Table:
    """One of the closed list. Raise `version` when what it means changes."""

    name: str
    version: int
    rows: Attribute
    columns: Attribute

    @property
    def attributes(self) -> tuple[Attribute, Attribute]:
        """Both."""
        return self.rows, self.columns

    @property
    def sensitive(self) -> Sensitive:
        """Of which values no small group may be known to share one."""
        return Sensitive(self.rows.sensitive, self.columns.sensitive)


CITY = Attribute("city", ("city", "город"), "people_detained", "city", None, rest=(OTHER,))
MONTH = Attribute("month", ("month", "месяц"), "people_detained", "month", None, rest=(OTHER,))
CIRCUMSTANCE = Attribute(
    "circumstances",
    ("circumstances of the detention", "обстоятельства задержания"),
    "people_detained",
    "category",
    tuple(code for code in CIRCUMSTANCES if code != UNKNOWN),
    CIRCUMSTANCES,
    rest=(SEVERAL, UNKNOWN),
)
MINOR = Attribute(
    "minor",
    ("minor or adult", "несовершеннолетние и взрослые"),
    "minors",
    "category",
    ("yes", "no"),
    ANSWERS,
    {"yes": ("minor", "несовершеннолетние"), "no": ("adult", "взрослые")},
    otherwise="no",
    rest=(UNKNOWN,),
    sensitive=frozenset({"yes"}),
)
COUNSEL = Attribute(
    "counsel",
    ("refusal of counsel", "недопуск защитника"),
    "counsel_refused",
    "category",
    ("refused", "not_reported"),
    labels={
        "refused": ("counsel refused", "защитника не пустили"),
        "not_reported": ("no refusal reported", "о недопуске не сообщали"),
    },
    as_one="refused",
    otherwise="not_reported",
    sensitive=frozenset({"refused"}),
)
ILL_TREATED = Attribute(
    "ill_treatment",
    ("ill-treatment in custody", "жестокое обращение в заключении"),
    "ill_treatment",
    "category",
    ("reported", "not_reported"),
    labels={
        "reported": ("ill-treatment reported", "сообщали о жестоком обращении"),
        "not_reported": ("none reported", "не сообщали"),
    },
    as_one="reported",
    otherwise="not_reported",
    sensitive=frozenset({"reported"}),
)

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("city_by_circumstances", 1, CITY, CIRCUMSTANCE),
        Table("city_by_minor", 1, CITY, MINOR),
        Table("city_by_counsel", 1, CITY, COUNSEL),
        Table("city_by_ill_treatment", 1, CITY, ILL_TREATED),
        Table("circumstances_by_month", 1, CIRCUMSTANCE, MONTH),
        Table("counsel_by_ill_treatment", 1, COUNSEL, ILL_TREATED),
    )
}
"""What can be released, and nothing else. City by month is not among them: the exact tallies tell how many a cell can hold.

Draw a line between two attributes that stand in a table: where every circle of four or more has a chord, and no four are joined
each with each (a test says so), the sums of the audit are all that one set of people behind the tables implies.
"""
