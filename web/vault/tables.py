"""The tables of the vault, and the numbered steps by which they came to be. A step, once released, is never edited.

The vault may forget: rows are deleted here and nowhere else. Ids are 16 bytes on both engines.
"""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Column, Dialect, Integer, LargeBinary, MetaData, Table, Text


class Bytes(LargeBinary):
    """Both drivers take and give `bytes` as they are; wrapping each value costs more than storing it."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


metadata = MetaData()

migrations = Table("migrations", metadata, Column("number", Integer, primary_key=True), Column("applied", Text))

state = Table("vault_state", metadata, Column("one", Integer, primary_key=True), Column("changes", Integer))
"""One row. `changes` grows whenever a key goes: a process that sees another number empties its cache of keys."""

key_wraps = Table(
    "key_wraps",
    metadata,
    Column("person", Bytes, primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("epoch", Integer),
    Column("wrapped", Bytes),
    Column("batch", Integer),
)
"""A person's key as each of those who may have it holds it: `server`, `recovery`, later `account:<uuid>`.

`epoch` counts the recipient's keys. The server's wraps are under its key; the others' under a batch key, see `batches`."""

forgotten = Table("forgotten", metadata, Column("person", Bytes, primary_key=True), Column("epoch", Integer))
"""People whose keys were deleted on purpose: tells that from a lost key, and no new key is ever minted for them. Only copies of
the vault from before `epoch` of the server's key still hold theirs."""

recipients = Table(
    "recipients",
    metadata,
    Column("name", Text, primary_key=True),
    Column("epoch", Integer),
    Column("public", Bytes),
    Column("since", Text),
)
"""Who, beside the server, keys are wrapped for, with the public half of their present key."""

batches = Table(
    "batches",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("recipient", Text),
    Column("epoch", Integer),
    Column("sealed", Bytes),
)
"""Keys that wrap what was wrapped for one recipient in one go, each sealed for that recipient and kept by nobody else."""

secrets = Table(
    "secrets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("epoch", Integer),
    Column("wrapped", Bytes),
)
"""Keys of the vault's own, wrapped by the server's key, or by the door's (epoch 0), which is there also while locked."""

secret_wraps = Table(
    "secret_wraps",
    metadata,
    Column("name", Text, primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("epoch", Integer),
    Column("sealed", Bytes),
)
"""Those of them that must survive the loss of the server, sealed for `recovery`."""

backups = Table(
    "backups",
    metadata,
    Column("name", Text, primary_key=True),
    Column("folder", Text, primary_key=True),
    Column("made", Text),
    Column("position", Integer),
    Column("epoch", Integer),
    Column("recovery", Integer),
)
"""Backups that were made, with the epochs of the server's and of the recovery key at that hour; see elsewhere.py."""

import_rows = Table(
    "import_rows",
    metadata,
    Column("identity", Bytes, primary_key=True),
    Column("mapping", Text),
    Column("content", Bytes),
    Column("made", Text),
)
"""Which entries an imported row became; see identities.py."""

accounts = Table(
    "accounts",
    metadata,
    Column("id", Bytes, primary_key=True),
    Column("name", Text),
    Column("kind", Text),
    Column("created", Text),
    Column("cities", Text),
    Column("ended", Text),
)
"""`kind` is the role, or `built-in`. `cities` are a monitor's, apart by spaces, empty for all; `ended` is when it was closed."""

credentials = Table(
    "credentials",
    metadata,
    Column("account", Bytes, primary_key=True),
    Column("passphrase", Text),
    Column("totp", Bytes),
    Column("last_step", BigInteger),
)
"""`passphrase` is an argon2id hash, `totp` the app's secret, sealed; a code counts only for a step later than `last_step`."""

recovery_codes = Table(
    "recovery_codes", metadata, Column("account", Bytes, primary_key=True), Column("digest", Bytes, primary_key=True)
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", Bytes, primary_key=True),
    Column("number", Bytes),
    Column("account", Bytes),
    Column("begun", BigInteger),
    Column("seen", BigInteger),
    Column("confirmed", BigInteger),
)
"""`token` is the SHA-256 of what lies in the cookie, `number` a random id by which a session is ended; seconds since 1970."""

attempts = Table("attempts", metadata, Column("name", Bytes), Column("at", BigInteger), Column("number", Bytes, primary_key=True))
"""Attempts to sign in of the last minutes, under a keyed digest of the name that was typed, be it an account's or not."""

tokens = Table("tokens", metadata, Column("token", Bytes, primary_key=True), Column("account", Bytes), Column("made", Text))
"""What intake bots prove themselves with: the SHA-256 of a token, and the account under which it sends reports."""

FIRST = (
    "CREATE TABLE vault_state (one INTEGER PRIMARY KEY CHECK (one = 1), changes INTEGER NOT NULL)",
    "INSERT INTO vault_state (one, changes) VALUES (1, 0)",
    "CREATE TABLE key_wraps (person {bytes} NOT NULL, recipient TEXT NOT NULL, epoch INTEGER NOT NULL, wrapped {bytes} NOT NULL, "
    "PRIMARY KEY (person, recipient)) {narrow}",
    "CREATE TABLE forgotten (person {bytes} NOT NULL PRIMARY KEY) {narrow}",
    "CREATE TABLE secrets (name TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL, wrapped {bytes} NOT NULL)",
    "CREATE TABLE import_rows (identity {bytes} NOT NULL PRIMARY KEY, mapping TEXT NOT NULL, content {bytes} NOT NULL, "
    "made TEXT NOT NULL)",
    "CREATE TABLE accounts (id {bytes} NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, "
    "created TEXT NOT NULL)",
)

ACCESS = (
    "ALTER TABLE accounts ADD COLUMN cities TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE accounts ADD COLUMN ended TEXT",
    "CREATE TABLE credentials (account {bytes} NOT NULL PRIMARY KEY REFERENCES accounts (id), passphrase TEXT NOT NULL, "
    "totp {bytes} NOT NULL, last_step BIGINT NOT NULL)",
    "CREATE TABLE recovery_codes (account {bytes} NOT NULL REFERENCES accounts (id), digest {bytes} NOT NULL, "
    "PRIMARY KEY (account, digest)) {narrow}",
    "CREATE TABLE sessions (token {bytes} NOT NULL PRIMARY KEY, number {bytes} NOT NULL UNIQUE, "
    "account {bytes} NOT NULL REFERENCES accounts (id), begun BIGINT NOT NULL, seen BIGINT NOT NULL, confirmed BIGINT NOT NULL)",
    "CREATE INDEX sessions_by_account ON sessions (account)",
    "CREATE TABLE attempts (number {bytes} NOT NULL PRIMARY KEY, name {bytes} NOT NULL, at BIGINT NOT NULL)",
    "CREATE INDEX attempts_by_name ON attempts (name, at)",
)

KEYS = (
    "ALTER TABLE key_wraps ADD COLUMN batch INTEGER",
    "ALTER TABLE forgotten ADD COLUMN epoch INTEGER",
    "CREATE TABLE recipients (name TEXT NOT NULL PRIMARY KEY, epoch INTEGER NOT NULL, public {bytes} NOT NULL, "
    "since TEXT NOT NULL)",
    "CREATE TABLE batches (id INTEGER PRIMARY KEY, recipient TEXT NOT NULL, epoch INTEGER NOT NULL, sealed {bytes} NOT NULL)",
    "CREATE TABLE secret_wraps (name TEXT NOT NULL, recipient TEXT NOT NULL, epoch INTEGER NOT NULL, sealed {bytes} NOT NULL, "
    "PRIMARY KEY (name, recipient))",
    "CREATE TABLE backups (name TEXT NOT NULL, folder TEXT NOT NULL, made TEXT NOT NULL, position INTEGER NOT NULL, "
    "epoch INTEGER NOT NULL, recovery INTEGER NOT NULL, PRIMARY KEY (name, folder))",
)

INTAKE = (
    "CREATE TABLE tokens (token {bytes} NOT NULL PRIMARY KEY, account {bytes} NOT NULL REFERENCES accounts (id), "
    "made TEXT NOT NULL)",
)

STEPS: Sequence[Sequence[str]] = (FIRST, ACCESS, KEYS, INTAKE)
"""Step n of the shape is STEPS[n - 1]."""

WORDS = {"sqlite": {"bytes": "BLOB", "narrow": "WITHOUT ROWID"}, "postgresql": {"bytes": "BYTEA", "narrow": ""}}
"""The few words in which the two engines' CREATE TABLE differ."""
