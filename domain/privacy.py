"""Text about one person, sealed before it reaches the log.

Nobody below `web/` can read it; `web/vault/` opens it when a page is shown to somebody allowed to read it, and forgets it
by forgetting the person's key. The log keeps the ciphertext for ever.
"""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sealed:
    """One field of one record, encrypted under the key of the person it is about.

    `person`, `aggregate` and `field` are bound into the ciphertext: moved to another record or field it does not open.
    """

    person: UUID
    aggregate: UUID
    field: str
    ciphertext: bytes


Words = str | Sealed | None
"""What was said, word for word: plain about a protest, sealed in a person's record, None when nothing more was said."""
