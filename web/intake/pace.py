"""How fast a token may send: so many reports and people a minute, in each process.

A bot that runs wild, or whoever has stolen its token, must not keep monitors waiting.
"""

import threading
import time
from uuid import UUID

MOST, A_MINUTE = 600, 60.0


class Pace:
    """A bucket for each account, that fills by the second."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._left: dict[UUID, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def seconds_to_wait(self, account: UUID, now: float | None = None) -> int:
        """0 when this one may be sent, which counts it; else after how many seconds the next one may."""
        moment = time.monotonic() if now is None else now
        with self._lock:
            left, since = self._left.get(account, (float(self._most), moment))
            left = min(self._most, left + (moment - since) * self._most / A_MINUTE)
            if left < 1:
                self._left[account] = (left, moment)
                return max(1, round((1 - left) * A_MINUTE / self._most))
            self._left[account] = (left - 1, moment)
            return 0

    def count(self, account: UUID, people: int) -> None:
        """A file was opened for each of these people: that is as much work as a report is, and is waited for before the next."""
        with self._lock:
            left, since = self._left[account]
            self._left[account] = (left - people, since)
