"""What whoever publishes does: the release of a month."""

from typing import Any

from domain.casebook.recording import Outcome, Recording
from domain.errors import RuleBroken
from domain.provenance import Entry
from domain.release import Release, release_of


class Releases(Recording):
    """The arguments are those of the verbs of Release, where they are explained."""

    def release_cells(self, entry: Entry, month: int, **shown: Any) -> Outcome:
        """Release the cells of a month, as 202203, for the first time or, after a year, anew."""
        if self._find(release_of(month)) is None:
            opened = Release.open(entry, month=month)
            opened.release_cells(entry, **shown)
            try:
                return self._open(entry, opened)
            except RuleBroken as refused:
                if refused.code != "id_taken":  # somebody else released it at the same moment
                    raise
        return self._amend(Release, entry, release_of(month), lambda found: found.release_cells(entry, **shown))
