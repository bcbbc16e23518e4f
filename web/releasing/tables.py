"""The closed list of tables. A new one is a line here.

All of them are of quarters: month and quarter of one table would be subtracted from each other. Months are the columns of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.released_tables import Sensitive
from web.releasing.attributes import (
    AGE,
    ARTICLE,
    CIRCUMSTANCE,
    CITY,
    COUNSEL,
    GENDER,
    ILL_TREATED,
    MINOR,
    MONTH,
    OUTCOME,
    Attribute,
)


@dataclass(frozen=True, slots=True)
class Table:
    """One of the closed list. Raise `version` when what it means changes."""

    version: int
    rows: Attribute
    columns: Attribute

    @property
    def name(self) -> str:
        """Such as `city_by_article`."""
        return f"{self.rows.name}_by_{self.columns.name}"

    @property
    def attributes(self) -> tuple[Attribute, Attribute]:
        """Both."""
        return self.rows, self.columns

    @property
    def sensitive(self) -> Sensitive:
        """Of which values no small group may be known to share one."""
        return Sensitive(self.rows.sensitive, self.columns.sensitive)


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(1, CITY, CIRCUMSTANCE),
        Table(1, CITY, ARTICLE),
        Table(1, CITY, MINOR),
        Table(1, CITY, COUNSEL),
        Table(1, CITY, ILL_TREATED),
        Table(1, AGE, GENDER),
        Table(1, AGE, ILL_TREATED),
        Table(1, ARTICLE, OUTCOME),
        Table(1, CIRCUMSTANCE, MONTH),
        Table(1, COUNSEL, ILL_TREATED),
    )
}
"""What can be released, and nothing else. City by month is not among them: the exact tallies tell how many a cell can hold.

Draw a line between two attributes that stand in a table: where every circle of four or more has a chord, and no four are joined
each with each (a test says so), the sums of the audit are all that one set of people behind the tables implies.
"""
