"""What whoever publishes does: the publication of a month."""

from typing import Any

from domain.casebook.recording import Outcome, Recording
from domain.errors import RuleBroken
from domain.provenance import Entry
from domain.publication import Publication, must_be_closed, publication_of


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
        if self._find(publication_of(month)) is None:
            opened = Publication.open(entry, month=month)
            opened.publish_cells(entry, **shown)
            try:
                return self._open(entry, opened)
            except RuleBroken as refused:
                if refused.code != "id_taken":  # somebody else published it at the same moment
                    raise
        return self._amend(Publication, entry, publication_of(month), lambda found: found.publish_cells(entry, **shown))
