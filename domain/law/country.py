"""What another country's law is written as: a package beside `russia/` with these methods, and a line in `laws()`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.law.answers import CaseAnswer, Clock, CustodyAnswer, Window
from domain.law.facts import Case, Custody
from domain.law.rules import Article, Rule
from domain.law.russia import Russia


class CountryLaw(Protocol):
    """The law of one country. `zone` is needed only where no report carries a time."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every sentence of law that is applied, for the table of rules."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article on record, for the table of articles."""

    def custody(self, facts: Custody, now: datetime, zone: str | None = None) -> CustodyAnswer:
        """What follows for one detention, at `now` (aware)."""

    def holding(self, facts: Custody, now: datetime, zone: str | None = None) -> tuple[Clock, ...]:
        """Of that answer the clocks of `HOLDING` alone, for whoever asks about many: how long somebody may be held."""

    def case(self, facts: Case, now: datetime, zone: str | None = None) -> CaseAnswer:
        """What follows for one case."""

    def exposure(self, cases: Sequence[Case], now: datetime, zone: str | None = None) -> tuple[Window, ...]:
        """The windows that all cases of one person open, in which one more act would be a crime."""


def laws() -> Mapping[str, CountryLaw]:
    """The laws on record, by ISO code of the country."""
    return {"RU": Russia()}
