"""Rows of a file on their way: which row each one is, what it asks for, and why it is refused, if it is."""

from dataclasses import dataclass, field

from domain.errors import RuleBroken
from domain.record import Record
from web.imports.reading import Meaning, Planned
from web.imports.rows import RawRow
from web.vault import ImportIdentities, Made, Row, Trace

FATAL = frozenset({"geocoder_unreachable"})
"""What is no fault of a row: the import ends, and can be run again."""


@dataclass(slots=True)
class RowAtHand:
    """One row: its identity in the vault, what it asks for, what it was before (`trace`) and what it is to become (`made`)."""

    raw: RawRow
    key: int = 0
    identity: Row = ()
    content: bytes = b""
    entries: list[Planned] = field(default_factory=list)
    remarks: list[RuleBroken] = field(default_factory=list)
    problem: RuleBroken | None = None
    became: str = "known"
    trace: Trace | None = None
    made: dict[str, Made] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)

    @property
    def goes_on(self) -> bool:
        """Whether it asks for anything."""
        return self.problem is None and bool(self.entries)

    def now(self) -> Trace:
        """What the vault is to remember of it."""
        return Trace(self.content, self.made)


class Receiver:
    """Takes the rows of one file in their order, and knows which have come before in it."""

    def __init__(self, meaning: Meaning, identities: ImportIdentities, width: int) -> None:
        self._meaning, self._identities, self._width = meaning, identities, width
        self._seen: dict[int, int] = {}  # hashes, 64 bits: a file of a million rows is not kept in memory
        self.refused: dict[int, RuleBroken] = {}
        """Why rows with an identity were refused: the same row once more is refused for the same."""

    def take(self, raw: RawRow) -> RowAtHand:
        """The row with what it asks for, or with the problem it is refused for."""
        row = RowAtHand(raw)
        cells = raw.cells + [""] * (self._width - len(raw.cells))
        if raw.problem is not None:
            row.problem = raw.problem
        elif any(cells[self._width :]):
            row.problem = RuleBroken("too_many_cells", found=len(raw.cells), expected=self._width)
        elif self._is_new(row, cells[: self._width]):
            self._read(row, cells[: self._width])
        return row

    def _is_new(self, row: RowAtHand, cells: list[str]) -> bool:
        """Find out which row it is. The same row once more asks for nothing; another row with its identity is refused."""
        identity = self._meaning.identity(cells)
        row.key, content = hash(identity), hash(tuple(cells))
        if not self._meaning.has_identity:
            occurrence = self._seen[row.key] = self._seen.get(row.key, 0) + 1
            row.identity = (*identity, str(occurrence))
        elif not any(identity):
            row.problem = RuleBroken("no_identity")
        elif row.key in self._seen:
            same = self._seen[row.key] == content
            row.problem = self.refused.get(row.key) if same else RuleBroken("identity_twice", words=", ".join(identity))
            return False
        else:
            self._seen[row.key] = content
            row.identity = identity
        row.content = self._identities.digest(self._meaning.name, row.identity, cells)
        return row.problem is None

    def _read(self, row: RowAtHand, cells: list[str]) -> None:
        try:
            if self._meaning.skips(cells):
                row.became = "left_out"
                return
            read = self._meaning.read(cells)
        except RuleBroken as problem:
            if problem.code in FATAL:
                raise
            row.problem = problem
            if self._meaning.has_identity:
                self.refused[row.key] = problem
            return
        row.entries, row.remarks = read.entries, read.remarks
