"""A form as it was filled in: what stands in each field, what is wrong with it, and what an entry said before it is corrected."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.errors import RuleBroken
from domain.place import Candidate
from domain.record import new_id
from web.entries.problems import sentence

_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", re.IGNORECASE)


def id_in(words: str) -> UUID | None:
    """The id in an address or a number that was pasted, None where there is none."""
    found = _UUID.search(words)
    return UUID(found[0]) if found is not None else None


@dataclass
class Filled:
    """A form as it is shown: its values, what is wrong with which field, and the places to choose from."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    places: dict[str, Sequence[Candidate]] = field(default_factory=dict)
    cities: dict[str, int | None] = field(default_factory=dict)
    """For each place to be chosen, the city whose stations may be meant."""
    _new_source: UUID | None = None

    def new_source_id(self, posted: str = "") -> UUID:
        """The id under which a source named for the first time is put on file: that of the form, or a new one."""
        if (found := id_in(posted)) is not None and found.version == 7:
            self._new_source = found
        self._new_source = self._new_source or new_id()
        return self._new_source

    def refuse(self, refused: RuleBroken, name: str = "") -> None:
        """Say why the record refused, at the field it was about or above the whole form."""
        self.problems[str(refused.values.get("field") or name)] = sentence(refused)


@dataclass(frozen=True)
class Kept:
    """What an entry said before it is corrected: the fact, and the text that stood for it in the form."""

    fact: Any
    text: str
    is_withheld: bool = False
    """Whether it has words that were not shown: left as it stood, the field goes on saying them, also when they can be."""
