"""Writes the access log and reads it: who read which fields of whom, exported, searched, signed in, was refused.

Each method returns when what it was told is on the disk. Where it cannot be written NotLogged is raised, and whoever asked must
then show nothing and do nothing: a name that nobody knows was read is the one thing this log is there to prevent.
"""

import time
from collections.abc import Collection, Iterable, Mapping
from threading import Lock
from typing import cast
from uuid import UUID

from domain.access import Access, Acts, account_changed, act, exhibit_opened, exported, readings, refused
from domain.record import Record
from web.store import EventLog
from web.telling.opening import sealed_in
from web.telling.words import Opener

SAME_READING = 60.0
"""Seconds within which opening the same fields of the same person on the same page again is not a second act."""
_TOO_FAST = "throttled"
_EXHIBIT = "exhibit"
REMEMBERED = 20_000
"""How many such readings are kept in memory: the account, the page, the person and the names of the fields, never a value."""


class NotLogged(Exception):
    """The access log cannot be written, so what must stand in it may be neither shown nor done."""


class AccessLog:
    """The log beside the record. Any number of processes may write it at once."""

    def __init__(self, acts: Acts) -> None:
        self._acts = acts
        self.log = EventLog(acts.recorder)  # type: ignore[arg-type]
        """The acts in the order of their positions, for the projector."""
        self._lock = Lock()
        self._too_fast: dict[tuple[UUID | None, str | None], float] = {}
        self._lately: dict[tuple[UUID, str, UUID], tuple[float, frozenset[str]]] = {}

    def read(self, account: UUID, opened: Mapping[UUID, Collection[str]], page: str) -> None:
        """Sealed words were opened for this account on this page: for each person, the fields (`words_opened` finds them).

        To be called before anything of it is shown. One act for all people of whom the same fields were opened. Who reads the
        same fields of the same person on the same page within a minute of an act has read them once: this process remembers
        that for so long. Nothing else is ever left out.
        """
        now = time.monotonic()
        with self._lock:
            new = {who: fields for who, fields in opened.items() if not self._is_known((account, page, who), fields, now)}
        acts = readings(account, new, page)
        if acts:
            self._keep(*acts)
            with self._lock:
                self._remember({(account, page, person): (now, frozenset(fields)) for person, fields in new.items()})

    def exported(self, account: UUID, persons: Collection[UUID], what: str) -> None:
        """What is known of these people leaves as a file: to be called before the first byte of it does."""
        self._keep(exported(account, persons, what))

    def exhibit_opened(self, account: UUID, exhibit: UUID, person: UUID | None, how: str) -> None:
        """A working copy is shown, or an original leaves as a file: to be called before the first byte of it does.

        Whoever looks at the same copy again within a minute has looked at it once; every export is written down.
        """
        reading, now = (account, f"{how} {_EXHIBIT}", exhibit), time.monotonic()
        with self._lock:
            if how == "viewed" and self._is_known(reading, (how,), now):
                return
        self._keep(exhibit_opened(account, exhibit, person, how))
        with self._lock:
            self._remember({reading: (now, frozenset((how,)))})

    def searched(self, account: UUID, found: int) -> None:
        """Somebody searched by name. What was asked for is nowhere."""
        self._keep(act(Access.Searched, account=account, found=found))

    def signed_in(self, account: UUID) -> None:
        """A session begins: to be called before its cookie is given out."""
        self._keep(act(Access.SignedIn, account=account))

    def signed_out(self, account: UUID) -> None:
        """A session was ended by its account: end it first, so that a full disk keeps nobody signed in."""
        self._keep(act(Access.SignedOut, account=account))

    def refused(self, account: UUID | None, code: str, page: str | None = None, record: UUID | None = None) -> None:
        """Something was refused: `code` is one of REFUSALS, `page` the name of the endpoint, `record` what was asked for.

        `account` is None for a name nobody has; the name itself must not be kept, it may be a passphrase in the wrong field.
        Of attempts that came too fast one a minute is written down for each account, and one for all names nobody has: they cost
        strangers nothing, and a disk that they have filled keeps everybody from reading.
        """
        happened = refused(account, code, page, record)
        if code != _TOO_FAST or self._is_first(account, page):
            self._keep(happened)

    def account_changed(self, by: UUID, account: UUID, what: str) -> None:
        """An account was made, changed or ended; `what` is one of ACCOUNT_CHANGES."""
        self._keep(account_changed(by, account, what))

    def unlocked(self, account: UUID) -> None:
        """Personal text can be read from now on."""
        self._keep(act(Access.Unlocked, account=account))

    def acts_at(self, positions: Iterable[int]) -> dict[int, Access.Act]:
        """The acts at these positions of this log."""
        # A log gives back what was put into it; it is only called a log of entries because nearly every one is.
        return {position: cast(Access.Act, told.event) for position, told in self.log.at(positions).items()}

    def close(self) -> None:
        """Let go of every connection."""
        self._acts.close()

    def _keep(self, *acts: Access.Act) -> None:
        try:
            self._acts.keep(*acts)
        except Exception as failed:
            raise NotLogged from failed

    def _is_known(self, reading: tuple[UUID, str, UUID], fields: Collection[str], now: float) -> bool:
        since, known = self._lately.get(reading, (now - SAME_READING, frozenset()))
        return now - since < SAME_READING and known.issuperset(fields)

    def _is_first(self, account: UUID | None, page: str | None) -> bool:
        now = time.monotonic()
        with self._lock:
            if now - self._too_fast.get((account, page), -SAME_READING) < SAME_READING:
                return False
            self._too_fast[account, page] = now
            return True

    def _remember(self, new: Mapping[tuple[UUID, str, UUID], tuple[float, frozenset[str]]]) -> None:
        for reading in new:
            self._lately.pop(reading, None)  # so that the oldest stand first
        self._lately.update(new)
        surplus = len(self._lately) - REMEMBERED
        if surplus > 0:
            for reading in list(self._lately)[: surplus + REMEMBERED // 4]:
                del self._lately[reading]


def words_opened(events: Iterable[Record.Event], opener: Opener) -> dict[UUID, set[str]]:
    """For each person the fields of which the opener gives the words of these events: what `AccessLog.read` is to be told.

    Words that stay sealed, are forgotten or damaged were not read.
    """
    found: dict[UUID, set[str]] = {}
    for event in events:
        for sealed in sealed_in(event):
            if isinstance(opener(sealed), str):
                found.setdefault(sealed.person, set()).add(sealed.field)
    return found
