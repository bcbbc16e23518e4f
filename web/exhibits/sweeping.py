"""Files in the folder of exhibits that no exhibit on record is: swept up at every start."""

from uuid import UUID

from domain.errors import RuleBroken
from domain.exhibit import Exhibit
from web.wiring import Tracker


def swept_up(tracker: Tracker) -> int:
    """How many there were. Files of people who were forgotten are among them: a kill may have come before their removal.

    Asked is the log and not a view: a view that stands still would call a file on record nobody's.
    """

    def is_recorded(exhibit: UUID, beginning: str) -> bool:
        try:
            sha256 = tracker.casebook.standing(Exhibit, exhibit).original[0]
        except RuleBroken:
            return False
        return sha256 is not None and str(sha256).startswith(beginning)

    dropped = tracker.originals.drop(tracker.vault.forgotten())
    return dropped + tracker.originals.sweep(is_recorded)
