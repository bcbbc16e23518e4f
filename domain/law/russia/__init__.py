"""Russian law. Data: `custody_rules`, `court_rules`, `articles`, `working_days`. What follows from it: the other files."""

from collections.abc import Sequence
from datetime import datetime

from domain.law.answers import CaseAnswer, Clock, CustodyAnswer, Window
from domain.law.facts import Case, Custody
from domain.law.rules import Article, Rule
from domain.law.russia import cases, custody, exposure
from domain.law.russia.articles import ARTICLES_IN_LAW
from domain.law.russia.court_rules import COURT_RULES
from domain.law.russia.custody_rules import CUSTODY_RULES


class Russia:
    """The law of Russia; see `CountryLaw`."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Custody first, then courts."""
        return (*CUSTODY_RULES, *COURT_RULES)

    @property
    def articles(self) -> tuple[Article, ...]:
        """Those of the vocabulary of articles."""
        return ARTICLES_IN_LAW

    def custody(self, facts: Custody, now: datetime, zone: str | None = None) -> CustodyAnswer:
        """What follows for one detention."""
        return custody.answer(facts, now, zone)

    def holding(self, facts: Custody, now: datetime, zone: str | None = None) -> tuple[Clock, ...]:
        """How long somebody may be held, and nothing else."""
        return custody.holding(facts, now, zone)

    def case(self, facts: Case, now: datetime, zone: str | None = None) -> CaseAnswer:
        """What follows for one case."""
        return cases.answer(facts, now, zone)

    def exposure(self, known: Sequence[Case], now: datetime, zone: str | None = None) -> tuple[Window, ...]:
        """The windows that all cases of one person open."""
        return exposure.windows(known, now, zone)
