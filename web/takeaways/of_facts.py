"""The coded facts that a figure was counted from, a row for each: for work inside, so that anybody there can count again.

No text about a person is among them and no place finer than a city or a station: numbers of records, codes, days. Files that were
found to be one person's have one number.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from projections import kept_entries, people, statistics, told_of_custody
from projections.figures import Definition
from projections.figures.facts import KINDS, custody_behind, facts_behind
from projections.figures.tying import Ties
from projections.kept import loads
from web.citing import cite
from web.gazetteer import Gazetteer
from web.languages import translated as _
from web.takeaways.of_figures import SOURCES
from web.takeaways.table import Cell, Column, Kind, Table
from web.wiring import Views

COLUMNS = (
    "fact", "record", "entry", "position", "day", "country", "region", "city", "city_name", "station", "category", "low", "high",
    "minor", "codes", "term_low", "term_high", "protest", "detention", "person", "begins", "lasts",
)  # fmt: skip
"""The names of the columns, in their order."""
Opening = Callable[[], AbstractContextManager[Views]]
"""Opens a connection that reads the views."""


def facts_of(
    views: Opening, definition: Definition, position: int, names: Gazetteer, language: str, *, as_of: datetime | None
) -> Table:
    """Of any length: rows are read as they are asked for, all as of one moment."""
    said = int(language == "ru")
    columns = (
        Column("fact", _("Fact"), about=_("What the row says: a detention, a protest, a count, a release …")),
        Column("record", _("Record"), about=_("The number of the record it is an entry of.")),
        Column("entry", _("Entry"), Kind.COUNT, _("Which entry of the record, from 1.")),
        Column("position", _("Position"), Kind.COUNT, _("Where in the record it was said, or last corrected.")),
        Column("day", _("Day"), about=_("The day, or the month or year where no more is certain; empty where nothing is.")),
        Column("country", _("Country"), about="ISO 3166-1"),
        Column("region", _("Region"), about="GeoNames"),
        Column("city", _("City"), Kind.COUNT, "GeoNames"),
        Column("city_name", _("Name of the city")),
        Column("station", _("Station"), about=_("Its code.")),
        Column("category", _("Category"), about=_("A code, or several apart by spaces.")),
        Column("low", _("at least"), Kind.COUNT),
        Column("high", _("at most"), Kind.COUNT, _("Empty where no upper end is known.")),
        Column("minor", _("Minor"), about=_("Whether somebody was said to be a minor: a code.")),
        Column("codes", _("Codes"), about=_("What else was told, apart by spaces: agency, age, penalties, those charged.")),
        Column("term_low", _("Days, at least"), Kind.COUNT),
        Column("term_high", _("Days, at most"), Kind.COUNT),
        Column("protest", _("Protest"), about=_("The number of the protest it belongs to.")),
        Column("detention", _("Detention"), about=_("The number of the detention it tells of.")),
        Column("person", _("Person"), about=_("A number of the person: one for all files found to be of one person.")),
        Column("begins", _("Begins"), about=_("Where lengths are counted: when it was, at the earliest, ISO 8601 in UTC.")),
        Column("lasts", _("Seconds"), Kind.COUNT, _("How many seconds later it was at the latest.")),
    )

    def rows() -> Iterator[Sequence[Cell]]:
        with views() as db:
            told = _Told(db, position, names, language)
            for row in facts_behind(db, definition, position):
                yield told.row(row)
            for row in custody_behind(db, definition, position):
                yield told.of_custody(row)

    return Table(
        f"{definition.name.replace('_', '-')}-facts-at-{position}",
        _("%(figure)s: the facts behind them", figure=definition.unit[said][:1].upper() + definition.unit[said][1:]),
        columns,
        rows,
        cite(definition.name, definition.version, position),
        position,
        definition.method[said],
        definition.unit[said],
        as_of,
        None,
        SOURCES,
    )


class _Told:
    """Turns rows of the view into cells; the name of a city is looked up once."""

    def __init__(self, db: Views, position: int, names: Gazetteer, language: str) -> None:
        self._names, self._language = names, language
        self._cities: dict[int, str] = {}
        self._joined = Ties()
        for pair in people.edges(db, as_of=position):
            self._joined.bind(pair)

    def row(self, row: Any) -> Sequence[Cell]:
        city = row.city
        if city is not None and city not in self._cities:
            self._cities[city] = self._names.city_name(city, self._language)
        person = row.person
        return (
            KINDS.get(row.kind, str(row.kind)),
            str(UUID(bytes=row.record)),
            row.version,
            row.known_from,
            _day(row.day),
            row.country,
            row.region,
            city,
            self._cities[city] if city is not None else None,
            row.station,
            row.category,
            row.low,
            row.high,
            row.minor,
            self._codes(row),
            row.term_low,
            row.term_high,
            _number(row.protest),
            _number(row.detention),
            _number(self._joined.root(person)) if person is not None else None,
            None,
            None,
        )

    def of_custody(self, row: Any) -> Sequence[Cell]:
        """An entry the law asks for: its kind as the record calls it, when it was, and what else it says, in the order of its
        fields."""
        told: dict[str, Cell] = {
            "fact": kept_entries.kind_of(row.entry).TOPIC,  # type: ignore[attr-defined]
            "record": str(UUID(bytes=row.record)),
            "entry": row.version,
            "position": row.known_from,
            "codes": _codes_of_custody(row),
            "detention": _number(row.detention),
            "begins": datetime.fromtimestamp(row.begins, UTC).isoformat() if row.begins is not None else None,
            "lasts": row.lasts,
        }
        return [told.get(name) for name in COLUMNS]

    def _codes(self, row: Any) -> str | None:
        """As they were told; those of a case are people, and somebody with several files has one number here too."""
        if row.kind != statistics.CASE or row.codes is None:
            codes: str | None = row.codes
            return codes
        return " ".join(str(_number(self._joined.root(bytes.fromhex(code)))) for code in row.codes.split())


def _codes_of_custody(row: Any) -> str | None:
    """Of a case nothing but that it was told: its other fields are people."""
    if row.says is None or row.kind not in (told_of_custody.RESTRAINED, told_of_custody.LET_GO, told_of_custody.IN_CUSTODY):
        return None
    return " ".join(each for each in loads(row.says) if isinstance(each, str)) or None


def _number(record: Any) -> str | None:
    return str(UUID(bytes=record)) if record is not None else None


def _day(day: int) -> str | None:
    if not day:
        return None
    year, month, of_month = day // 10_000, day // 100 % 100, day % 100
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, of_month) if part)])
