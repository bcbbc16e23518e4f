"""What is claimed in one record, as one text: who says what each entry says, and from when until when it was known.

A row for every claim was a tenth of a rebuild and a sixth of the size of the views. Read by `sources.py` and `borne_out.py`.
"""

from binascii import b2a_base64
from collections.abc import Iterable
from typing import NamedTuple

from projections.kept import dumps, loads

ENTRY, ATTESTATION, OPENING = 1, 2, 3
"""What a claim is told by: the entry that says it, another source, or the first entry of a record that says nothing."""


class Claimed(NamedTuple):
    """One claim. `content` are the eight bytes of what is claimed (`written_content`); `origin` is the id of the source on file
    in hexadecimal digits, and `said` when it was named (seconds since 1970)."""

    version: int
    told_by: int
    content: str
    voice: int
    known_from: int
    known_until: int | None = None
    origin: str | None = None
    said: float = 0.0

    def stood(self, position: int | None) -> bool:
        """Whether it stood at a position, or stands now."""
        if position is None:
            return self.known_until is None
        return self.known_from <= position and (self.known_until is None or self.known_until > position)


def written_content(content: bytes) -> str:
    """In Base64, the shortest that is quick."""
    return b2a_base64(content, newline=False)[:-1].decode()  # eight bytes always end in one "="


def claims_in(told: str) -> list[Claimed]:
    """In the order in which they were told."""
    return [Claimed(*one) for one in loads(f"[{told}]")]


def written(claims: Iterable[Claimed]) -> str:
    """As they lie in a row."""
    told = ""
    for claim in claims:
        told = with_claim(told, *claim)
    return told


def with_claim(
    told: str,
    version: int,
    told_by: int,
    content: str,
    voice: int,
    known_from: int,
    known_until: int | None = None,
    origin: str | None = None,
    said: float = 0.0,
) -> str:
    """With one more, for which the others need not be read."""
    claim = f'{version},{told_by},"{content}",{voice},{known_from}'
    if known_until is not None or origin is not None:
        claim += f",{dumps((known_until, origin, said))[1:-1]}"
    return f"{told},[{claim}]" if told else f"[{claim}]"


def last_of(told: str, version: int) -> Claimed | None:
    """The last claim under an entry's number, whether or not it stands; None where there is none."""
    return next((claim for claim in reversed(claims_in(told)) if claim.version == version), None)


def closed(told: str, version: int, position: int) -> str:
    """With the claim under an entry's number known no longer from this position on, if it still was."""
    return written(
        claim._replace(known_until=position) if claim.version == version and claim.known_until is None else claim
        for claim in claims_in(told)
    )
