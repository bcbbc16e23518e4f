"""What whoever publishes does: the maps of a month, the tables of a quarter."""

from collections.abc import Callable
from typing import Any

from domain.casebook.recording import Outcome, Recording
from domain.errors import RuleBroken
from domain.provenance import Entry
from domain.publication import Publication, must_be_closed, must_end_a_quarter, publication_of


class Publications(Recording):
    """The arguments are those of the verbs of Publication, where they are explained."""

    def may_publish_cells(self, month: int) -> None:
        """Whether a month can be published now: raises RuleBroken `no_such_month`, `month_not_closed`, `published_lately`."""
        must_be_closed(month)
        known = self._find(publication_of(month))
        if isinstance(known, Publication):
            known.must_not_be_of_late()

    def publish_cells(self, entry: Entry, month: int, **shown: Any) -> Outcome:
        """Publish the cells of a month, as 202203, for the first time or, after a year, anew."""
        return self._publish(entry, month, lambda found: found.publish_cells(entry, **shown))

    def may_release_table(self, quarter: int, table: str, counted_at: int) -> None:
        """Whether a table of the quarter that ends with this month can be released now: raises RuleBroken `no_such_quarter`,
        `no_such_month`, `month_not_closed`, `table_released_lately`, `counted_elsewhere`.
        """
        must_end_a_quarter(quarter)
        known = self._find(publication_of(quarter))
        if isinstance(known, Publication):
            known.must_take_table(table, counted_at)

    def release_table(self, entry: Entry, quarter: int, **shown: Any) -> Outcome:
        """Release a table of the quarter that ends with this month, for the first time or, after a year, anew."""
        must_end_a_quarter(quarter)
        return self._publish(entry, quarter, lambda found: found.release_table(entry, **shown))

    def _publish(self, entry: Entry, month: int, decide: Callable[[Publication], None]) -> Outcome:
        if self._find(publication_of(month)) is None:
            opened = Publication.open(entry, month=month)
            decide(opened)
            try:
                return self._open(entry, opened)
            except RuleBroken as refused:
                if refused.code != "id_taken":  # somebody else published it at the same moment
                    raise
        return self._amend(Publication, entry, publication_of(month), decide)
