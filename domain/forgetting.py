"""The way to being forgotten: a verified request, the approval of a second account, a delay. The rules are the person's.

What is destroyed cannot be brought back, so everything here errs on the side of asking again: a request that was corrected,
withdrawn or cancelled does not stand any more, and taking that back does not revive it.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

DELAY = timedelta(hours=72)
"""Between approval and forgetting: assigned counsel hear of it, and the person can think again, or waive it."""


@dataclass(frozen=True, slots=True)
class Forgetting:
    """A request that stands. `request` and `approval` are the numbers of the entries, `due` is None until it is approved."""

    request: int
    requested_by: UUID
    waived: bool
    approval: int | None = None
    due: datetime | None = None

    def approved(self, approval: int, due: datetime) -> Self:
        """The same request, approved by the entry `approval`."""
        return replace(self, approval=approval, due=due)

    def is_due(self, now: datetime) -> bool:
        """Whether it is approved and the delay is over."""
        return self.due is not None and now >= self.due

    def without(self, version: int | None) -> Self | None:
        """What stands after the entry `version`, or the whole file (None), was corrected or withdrawn."""
        if version is None or version == self.request:
            return None
        if version == self.approval:
            return replace(self, approval=None, due=None)
        return self


def due_after(approved: datetime, *, waived: bool) -> datetime:
    """The moment from which on it may be done; never earlier for the parts of a second that a `When` drops."""
    due = approved if waived else approved + DELAY
    return due.replace(microsecond=0) + timedelta(seconds=1 if due.microsecond and not waived else 0)
