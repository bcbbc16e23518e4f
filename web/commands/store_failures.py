"""What is wrong with a store that cannot be read or written, in a sentence: a full disk, a read-only folder, a damaged file."""

import sqlite3

from web.commands.speech import later, say

_SENTENCES = {
    "SQLITE_FULL": later(
        "The disk that holds {home} is full. What was acknowledged is stored; make room and run the command again."
    ),
    "SQLITE_READONLY": later("The stores in {home} cannot be written: the folder, a file in it or the disk is read-only."),
    "SQLITE_CANTOPEN": later("A store in {home} cannot be opened: the folder or a file in it may not be read and written."),
    "SQLITE_IOERR": later("The disk that holds {home} fails to read or write. Look after the disk before recording more."),
    "SQLITE_BUSY": later("Another process keeps the stores in {home} locked. Wait until it is done, then run the command again."),
    "SQLITE_NOTADB": later(
        "A store in {home} is damaged. If it is views.sqlite, delete it, it is built again; otherwise restore it from the backup."
    ),
}
_SENTENCES["SQLITE_CORRUPT"] = _SENTENCES["SQLITE_NOTADB"]


def told_of_store(failure: BaseException) -> str | None:
    """A sentence with `{home}` in it; None for what is no failure of a store. Libraries hide SQLite's own error behind theirs."""
    seen: BaseException | None = failure
    while seen is not None and not isinstance(seen, sqlite3.Error):
        seen = seen.__cause__ or seen.__context__
    name = getattr(seen, "sqlite_errorname", None) or ""
    sentence = next((told for kind, told in _SENTENCES.items() if name.startswith(kind)), None)
    return say(sentence) if sentence is not None else None
