"""What became of an imported row, so that the same file twice is recorded once; and so that the log holds nothing of its content.

The importer reads this table before it records and writes it before it records. For a page of rows:

1. `lookup` tells which rows are known and what entries they became.
2. Of a new row the importer mints the ids of its records and commands; of a known row whose `content` differs it mints an
   `amending` command for each entry that differs, and a new command for an entry that is new.
3. `remember` commits all of that in one transaction and answers with what stands: where another import was faster, its ids.
4. The importer records what the log lacks, under the ids that stand. The log alone says what it lacks. There is no "done" mark
   here: killed between 3 and 4, or restored from backups of different hours, the next run finds in step 1 the ids, in the log no
   event of them, and records it; found in both, the same command is answered as done.

Of the row the vault keeps only keyed digests (HMAC-SHA256 under a secret of the vault's own): of its identity, of its whole
content, and of what each entry was made from. A digest of content is bound to its row, so equal cells do not show as equal.

What forgetting leaves: whoever holds the vault *and* the server's or the recovery key can test a guess at a row of a forgotten
person. Without the digest the same file would bring the person in again.
"""

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select, update

from web.vault.storage import Storage, portions
from web.vault.tables import import_rows

Row = tuple[str, ...]
"""A row's identity within its mapping: its identity columns, or all its columns and an occurrence number."""

DIGEST_BYTES = 16
"""Digests are cut to 128 bits, as RFC 4868 does: narrow keys, and no two rows ever meet by chance."""


@dataclass(frozen=True, slots=True)
class Made:
    """One entry made from a row: in which record, under which command, from what.

    `amending` is the command of its latest correction or withdrawal, None as long as there was none. An entry that came back
    after its withdrawal is a new entry under a new command.
    """

    record: UUID
    command: UUID
    content: bytes
    amending: UUID | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of a row: the digest of the whole row as last read, and its entries by the names the mapping gives them."""

    content: bytes
    made: Mapping[str, Made]


class ImportIdentities:
    """Rows of all mappings. Digests of different mappings never meet."""

    def __init__(self, storage: Storage, secret: bytes) -> None:
        self._storage = storage
        self._secret = secret

    def digest(self, mapping: str, row: Row, said: Sequence[str | None], entry: str = "") -> bytes:
        """The keyed digest of what a row says for one of its entries, or of all it says (`entry` empty)."""
        return self._digest("content", mapping, row, entry, said)

    def lookup(self, mapping: str, rows: Iterable[Row]) -> dict[Row, Trace]:
        """The known ones among these rows."""
        with self._storage.reading() as db:
            return self._standing(db, {self._digest("row", mapping, row): row for row in rows})

    def remember(self, mapping: str, traces: Mapping[Row, Trace], known: Mapping[Row, Trace] | None = None) -> dict[Row, Trace]:
        """Commit what rows are about to become. `known` is what `lookup` had said of them; returns what stands for each of them.

        A row that meanwhile became something else keeps that, and the caller goes on with it.
        """
        before = known or {}
        keys = {self._digest("row", mapping, row): row for row in traces}
        with self._storage.writing() as db:
            standing = self._standing(db, keys)
            free = {key: row for key, row in keys.items() if row not in standing or standing[row] == before.get(row)}
            new = [self._stored(key, mapping, traces[row]) for key, row in free.items() if row not in standing]
            changed = [self._stored(key, mapping, traces[row]) for key, row in free.items() if row in standing]
            if new:
                db.execute(insert(import_rows).values(identity=bindparam("key")), new)
            if changed:
                db.execute(update(import_rows).where(import_rows.c.identity == bindparam("key")), changed)
        return standing | {row: traces[row] for row in free.values()}

    def count(self, mapping: str) -> int:
        """How many rows of this mapping ever became something."""
        with self._storage.reading() as db:
            return db.execute(select(func.count()).where(import_rows.c.mapping == mapping)).scalar_one()

    def all(self, mapping: str) -> Iterator[Trace]:
        """Everything that rows of this mapping ever became, one by one: for finding what a file no longer has."""
        with self._storage.reading() as db:
            for content, made in db.execute(
                select(import_rows.c.content, import_rows.c.made).where(import_rows.c.mapping == mapping)
            ):
                yield Trace(bytes(content), _made(made))

    def _standing(self, db: Connection, keys: Mapping[bytes, Row]) -> dict[Row, Trace]:
        found = {}
        for some in portions(list(keys)):
            columns = select(import_rows.c.identity, import_rows.c.content, import_rows.c.made)
            for key, content, made in db.execute(columns.where(import_rows.c.identity.in_(some))):
                found[keys[bytes(key)]] = Trace(bytes(content), _made(made))
        return found

    def _stored(self, key: bytes, mapping: str, trace: Trace) -> dict[str, object]:
        made = {
            name: [one.record.hex, one.command.hex, one.content.hex(), one.amending.hex if one.amending else None]
            for name, one in trace.made.items()
        }
        return {"key": key, "mapping": mapping, "content": trace.content, "made": json.dumps(made, separators=(",", ":"))}

    def _digest(self, *what: object) -> bytes:
        # JSON of the list, not the cells joined: ("ab", "c") and ("a", "bc") are two rows
        return hmac.digest(self._secret, _as_json(what), "sha256")[:DIGEST_BYTES]


_as_json = msgspec.json.Encoder().encode
"""A row asks for five digests or more; the encoder of the standard library took most of their time."""


def _made(stored: str) -> dict[str, Made]:
    return {
        name: Made(UUID(record), UUID(command), bytes.fromhex(content), UUID(amending) if amending else None)
        for name, (record, command, content, amending) in json.loads(stored).items()
    }
