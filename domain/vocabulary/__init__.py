"""Coded lists: what is stored is a stable code, what is read is its label in English or Russian.

Codes are never renamed and never removed, only added: they stand in the log for ever. An event's field names its list in its
type, `kind: Annotated[str, RELEASE_KINDS]`, and the record refuses a code that is not in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One list: `name` (for messages and documents) and, for each code, its labels (English, Russian)."""

    name: str
    terms: Mapping[str, tuple[str, str]]

    def __contains__(self, code: object) -> bool:
        return code in self.terms

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def require(self, code: str) -> None:
        """Raises RuleBroken `unknown_code` when the list has no such code."""
        if code not in self.terms:
            raise RuleBroken("unknown_code", vocabulary=self.name, given=code, known=", ".join(self.terms))

    def label(self, code: str, language: str) -> str:
        """The label for a reader; a code newer than this program is shown as it stands."""
        english, russian = self.terms.get(code, (code, code))
        return russian if language == "ru" else english
