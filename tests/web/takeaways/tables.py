"""Tables for the tests of what is taken along, and a place where their words are in a language."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

from flask import Flask
from flask_babel import Babel, force_locale

from web.languages import TRANSLATIONS
from web.takeaways import OPEN, Cell, Column, Kind, Table

COLUMNS = (
    Column("city", "City"),
    Column("low", "at least", Kind.COUNT, "The low end."),
    Column("hours", "Hours", Kind.NUMBER),
    Column("day", "Day", Kind.DAY),
)
ROWS: tuple[Sequence[Cell], ...] = (
    ("Москва", 3711, 2.5, date(2022, 2, 24)),
    ("=1+1", -4, -0.25, None),
    ('a "quoted", text;\n=2+2', None, None, date(2024, 12, 31)),
    ("@SUM(A1)", 0, 0.0, date(1999, 1, 1)),
    ("http://example.org/x", 7, 1e6, None),
    ("", 5, None, None),
)


def table(rows: Sequence[Sequence[Cell]] = ROWS, columns: Sequence[Column] = COLUMNS) -> Table:
    return Table(
        "detentions-by-city-at-41",
        "Detentions, by city",
        columns,
        lambda: iter(rows),
        "detentions.2 by=city @41",
        41,
        "Counted one by one.",
        "detentions",
        datetime(2022, 3, 1, 12, tzinfo=UTC),
        OPEN,
        (("GeoNames, CC BY 4.0", "https://www.geonames.org/"),),
    )


@contextmanager
def in_language(language: str = "en") -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, default_translation_directories=str(TRANSLATIONS))
    with app.test_request_context(), force_locale(language):
        yield
