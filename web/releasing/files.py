"""Released tables as files: the same bytes for everybody, from the rows that were recorded and from nothing else."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from flask_babel import force_locale

from projections import held_back, released_tables
from web.releasing.shut import is_shut
from web.releasing.wording import Shown, quarter_text, quarter_told, shown_of
from web.settings import LANGUAGES
from web.wiring import Tracker

File = tuple[str, bytes]
Page = Callable[..., bytes]
"""Makes a page of the bundle from a template, a language and values."""

COLUMNS = (
    "table", "version", "quarter", "row", "row_en", "row_ru", "column", "column_en", "column_ru", "people",
    "as_released_before", "counted_at", "citation",
)  # fmt: skip


def comma_separated(english: Shown, russian: Shown) -> str:
    """One line a cell. People are a number rounded to 5, "<10", or "x" for what is held back; margins are called "total"."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    row = english.row
    about = (row.name, row.version, quarter_text(row.quarter))
    for line, translated in zip(english.grid.rows, russian.grid.rows, strict=True):
        for at, text in enumerate(line.cells):
            (code, label), (_, in_russian) = english.grid.columns[at], russian.grid.columns[at]
            rows = (line.value, line.label, translated.label)
            kept = "yes" if at in line.kept else "no"
            table.writerow((*about, *rows, code, label, in_russian, text, kept, row.counted_at, english.citation))
    return out.getvalue()


def table_file(tracker: Tracker, position: int) -> tuple[str, str] | None:
    """The table that was released at a position, as a name and CSV; None where there is none."""
    spoken = _in_all_languages(tracker, position)
    if spoken is None:
        return None
    return spoken["en"].name, comma_separated(spoken["en"], spoken["ru"])


def _in_all_languages(tracker: Tracker, position: int) -> Mapping[str, Shown] | None:
    with tracker.views() as db:
        row = released_tables.at(db, position)
    if row is None:
        return None
    found: dict[str, Shown] = {}
    for language in LANGUAGES:
        with force_locale(language):
            shown = shown_of(tracker.gazetteer, row, language)
        if shown is None:
            return None
        found[language] = shown
    return found


def bundle_files(tracker: Tracker, page: Page) -> Iterator[File]:
    """Everything the bundle holds of released tables: a list and a page each in both languages, and CSV. Needs a request. The
    page of a table that is not shown just now says so, so that its address goes on answering."""
    with tracker.views() as db:
        positions, held = [row.position for row in released_tables.every(db)], held_back.held(db)
    spoken = [found for position in positions if (found := _in_all_languages(tracker, position)) is not None]
    shut = {shown["en"].name for shown in spoken if is_shut(held, shown["en"].row.quarter)}
    for shown in spoken:
        if shown["en"].name in shut:
            continue
        yield f"data/released/{shown['en'].name}.csv", comma_separated(shown["en"], shown["ru"]).encode()
    for language in LANGUAGES:
        with force_locale(language):
            listed = [(shown[language], quarter_told(shown[language].row.quarter)) for shown in spoken]
            yield f"{language}/released.html", page("published/released.html", language, listed=listed, shut=shut)
            for one, quarter in listed:
                values = {"shown": one, "quarter": quarter, "citation": one.citation, "is_shut": one.name in shut}
                yield f"{language}/released-{one.name}.html", page("published/released_table.html", language, **values)
