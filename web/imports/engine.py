"""One import: from a file and a mapping to the report of what became of every row."""

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Protocol
from uuid import UUID

from domain.casebook import Casebook
from domain.record import new_id
from web.gazetteer import Gazetteer
from web.geocoding import GazetteerGeocoder
from web.imports.cells import Header
from web.imports.csv_file import open_csv
from web.imports.mapping import Mapping, read_mapping
from web.imports.pages import Pages, records_of
from web.imports.places import Atlas
from web.imports.reading import Meaning
from web.imports.refused_rows import RefusedRows, is_of_refused_rows, open_refused_rows
from web.imports.report import LISTED, Note, Report
from web.imports.rows import RawRow, Table
from web.imports.rows_at_hand import Receiver, RowAtHand
from web.imports.xlsx_file import open_workbook
from web.settings import Settings
from web.vault import Vault

PAGE_ROWS = 500
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")

OnProgress = Callable[[int, float], None]
"""Told after each page: rows read so far, and the share of the file that they are, 0 to 1."""


class Desk(Protocol):
    """What of an open installation an import needs."""

    @property
    def settings(self) -> Settings: ...
    @property
    def casebook(self) -> Casebook: ...
    @property
    def vault(self) -> Vault: ...
    @property
    def gazetteer(self) -> Gazetteer: ...
    @property
    def geocoder(self) -> GazetteerGeocoder: ...


def import_file(
    desk: Desk,
    path: Path,
    mapping: str,
    *,
    dry_run: bool = False,
    language: str = "en",
    on_progress: OnProgress = lambda rows, share: None,
    refused_to: Path | None = None,
    page_rows: int = PAGE_ROWS,
) -> Report:
    """Import a file with the mapping of this name, or in this .toml file. The views are not folded here.

    Raises ImportRefused where the file or the mapping as a whole cannot be used, RuleBroken `geocoder_unreachable`, VaultError.
    A run after that, or after a kill, goes on where this one stopped.
    """
    told = read_mapping(mapping)
    with closing(_opened(path, told)) as table:
        meaning = Meaning(told, Header(told.name, table.columns), Atlas(desk.gazetteer, desk.geocoder, language))
        report = Report(told.name, path, dry_run)
        refused = RefusedRows(path, refused_to, desk.settings.home / "refused", table.columns, language)
        run = _Run(desk, meaning, report, refused, len(table.columns))
        with closing(refused), _rare_collections():
            while page := list(islice(table.rows, page_rows)):
                run.page(page)
                on_progress(report.read, table.share())
    run.look_for_the_gone()
    report.refused_to = refused.path
    return report


@contextmanager
def _rare_collections() -> Iterator[None]:
    """The many small objects of a page hold no cycles; looking for some among them took a third of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _opened(path: Path, told: Mapping) -> Table:
    if is_of_refused_rows(path):
        return open_refused_rows(path)
    kind = told.file.format or ("xlsx" if path.suffix.lower() in WORKBOOKS else "csv")
    return open_workbook(path, told.file) if kind == "xlsx" else open_csv(path, told.file)


class _Run:
    """One import of one file."""

    def __init__(self, desk: Desk, meaning: Meaning, report: Report, refused: RefusedRows, width: int) -> None:
        self._mapping, self._report, self._refused = meaning.name, report, refused
        self._identities = desk.vault.identities
        self._receiver = Receiver(meaning, self._identities, width)
        self._pages = Pages(desk.casebook, desk.vault, meaning.name, dry_run=report.dry_run)
        self._met: set[UUID] = set()
        self._rows_in_vault = 0
        self._begun = new_id()

    def page(self, page: list[RawRow]) -> None:
        """Record one page of rows and count what became of them."""
        rows = [self._receiver.take(raw) for raw in page if not self._is_blank(raw)]
        known = self._identities.lookup(self._mapping, {row.identity for row in rows if row.identity})
        self._rows_in_vault += len(known)
        for trace in known.values():
            self._met |= records_of(trace)
        for row in rows:
            row.trace = known.get(row.identity)
        self._pages.record([row for row in rows if row.goes_on])
        self._rows_in_vault += self._pages.added
        for row in rows:
            self._count(row)
        self._report.events = self._pages.events

    def _is_blank(self, raw: RawRow) -> bool:
        blank = raw.problem is None and not any(raw.cells)
        self._report.blank += blank and bool(raw.cells)  # an empty line of a CSV has no cells at all
        return blank

    def _count(self, row: RowAtHand) -> None:
        report, raw = self._report, row.raw
        report.read += 1
        problem = row.problem or (None if row.identity else self._receiver.refused.get(row.key))
        if problem is None:
            setattr(report, row.became, getattr(report, row.became) + 1)
            report.remarks += [Note(raw.line, raw.sheet, remark) for remark in row.remarks]
            return
        if row.identity:
            self._receiver.refused[row.key] = problem
        report.refused += 1
        report.problems.append(Note(raw.line, raw.sheet, problem))
        if not report.dry_run:
            self._refused.add(raw, problem)

    def look_for_the_gone(self) -> None:
        """Rows of earlier runs that are not in this file are told, and never taken back."""
        if self._identities.count(self._mapping) == self._rows_in_vault:
            return
        for trace in self._identities.all(self._mapping):
            records = records_of(trace)
            if records and not records & self._met and min(records) < self._begun:
                self._report.gone += 1
                if self._report.gone <= LISTED:
                    self._report.gone_records.append(min(records))
