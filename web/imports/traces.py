"""What a row is about to become, set against what it became before: which ids are new, which entries are restated or taken back.

Pure planning: the vault's `Made` for each entry, by name. Nothing is recorded here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from domain.record import new_id
from web.imports.reading import Planned
from web.vault import Made

GONE = b""
"""The content of an entry that its row no longer asks for: it was taken back."""

PERSON = "/person"
"""Ends the name of the entry that opens the person of a detention or an incident."""

Digest = Callable[[Sequence[str | None], str], bytes]
"""The keyed digest of what a row says for an entry."""


def first_trace(entries: Sequence[Planned], digest: Digest) -> dict[str, Made]:
    """New ids for every entry of a row that was never seen."""
    made: dict[str, Made] = {}
    for entry in entries:
        _mint(entry, made, digest(entry.said, entry.name))
    return made


def next_trace(
    entries: Sequence[Planned], known: Mapping[str, Made], digest: Digest, *, row_changed: bool
) -> tuple[dict[str, Made], set[str]]:
    """What a known row is to become, and the names of the entries to be restated.

    An entry that the row did not have is added. Only where the row itself changed is an entry restated or taken back: a mapping
    that was changed alone does not rewrite what is recorded.
    """
    made = dict(known)
    restated: set[str] = set()
    for entry in entries:
        content = digest(entry.said, entry.name)
        before = made.get(entry.name)
        if before is None or before.content == GONE:
            _mint(entry, made, content)
        elif row_changed and before.content != content:
            made[entry.name] = Made(before.record, before.command, content, new_id())
            restated.add(entry.name)
    if row_changed:
        asked = {entry.name for entry in entries}
        for name, before in known.items():
            if name not in asked and before.content != GONE and not name.endswith(PERSON):
                made[name] = replace(before, content=GONE, amending=new_id())
    return made, restated


def _mint(entry: Planned, made: dict[str, Made], content: bytes) -> None:
    block = entry.block
    if block.opens_person:
        made[entry.name + PERSON] = Made(new_id(), new_id(), content)
    made[entry.name] = Made(new_id() if block.opens else home(entry, made), new_id(), content)


def home(entry: Planned, made: Mapping[str, Made]) -> UUID:
    """The record an entry is entered into."""
    block = entry.block
    opened = (block.of or block.name) + entry.item
    if block.kind.__name__ == "Person":
        return made[opened + PERSON].record
    return made[opened].record


def person_of(entry: Planned, made: Mapping[str, Made]) -> UUID | None:
    """Whom an entry is about, where the row opens a file for them."""
    opened = (entry.block.of or entry.block.name) + entry.item
    own = made.get(opened + PERSON)
    if own is None and entry.block.whose is not None:
        own = made.get(entry.block.whose + entry.item + PERSON)
    return own.record if own is not None and own.content != GONE else None
