"""What comes out: clocks, elapsed times, flags, windows and forums, each with its rules and the reports that it rests on.

Codes and numbers only: `web/telling/clocks.py` says them in the reader's language.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.law.rules import Limit, Rule
from domain.law.span import Length, Span
from domain.moment import When


class State(StrEnum):
    """How a clock stands. "Possibly" says that some of the reported times give an overrun and others do not."""

    RUNNING = "running"
    DUE_SOON = "due_soon"
    OVERRUN_CERTAINLY = "overrun_certainly"
    OVERRUN_POSSIBLY = "overrun_possibly"
    STOPPED_IN_TIME = "stopped_in_time"
    STOPPED_LATE_CERTAINLY = "stopped_late_certainly"
    STOPPED_LATE_POSSIBLY = "stopped_late_possibly"
    CANNOT_TELL = "cannot_tell"


IN_TIME = frozenset({State.RUNNING, State.DUE_SOON, State.STOPPED_IN_TIME})
"""Nothing is overrun, whichever of the reported times is true."""
OVER = frozenset({State.OVERRUN_CERTAINLY, State.STOPPED_LATE_CERTAINLY})
"""The limit is overrun, whichever of the reported times is true."""
HOLDING = ("custody_3h", "custody_48h", "without_court_48h", "to_court_48h", "prolonged_72h")
"""The clocks at the end of which somebody has to be let go, or brought before a judge; the others are of what must be done
meanwhile."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A report that an answer rests on: which part it gave ("start", "stop", "charge" ...), the caller's reference, its time."""

    part: str
    ref: object
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit, applied. `code` names what must be done in time; `starts` and `stops` name the facts it runs between.

    `due` is the last moment still in time, `over` how far beyond it (below zero: time left). `conditions` say under what reading
    this clock is the right one, `notes` what it takes for granted. `missing` names what nobody has reported.
    """

    code: str
    rules: tuple[Rule, ...]
    state: State
    limit: Limit
    starts: str
    start: Span
    due: Span
    over: Length
    zone: str
    stops: str = ""
    stop: Span | None = None
    articles: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()

    @property
    def checked(self) -> bool:
        """Whether every rule it applies was read in a source."""
        return all(rule.checked and rule.dates_checked for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A length of time that is a fact and no overrun: no number in the law stands against it. `stops` names what ended it, where
    that is not always the same."""

    code: str
    rules: tuple[Rule, ...]
    length: Length
    begins: Span
    ends: Span
    zone: str
    goes_on: bool = False
    missing: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    stops: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a lawyer should see. `times` are named instants ("limit_ran_out", "recorded"), `lengths` named lengths."""

    code: str
    certain: bool
    rules: tuple[Rule, ...] = ()
    zone: str = "UTC"
    articles: tuple[str, ...] = ()
    limit: Limit | None = None
    times: tuple[tuple[str, Span], ...] = ()
    lengths: tuple[tuple[str, Length], ...] = ()
    told: datetime | None = None
    basis: tuple[Basis, ...] = ()


class Openness(StrEnum):
    """Whether a window or a forum is open."""

    OPEN = "open"
    PERHAPS = "perhaps"
    CLOSED = "closed"
    NOT_YET = "not_yet"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which one more act would be a crime. `reading` names how the law is read, where it is read in two ways."""

    code: str
    reading: str
    rules: tuple[Rule, ...]
    state: Openness
    opens: Span | None
    closes: Span | None
    zone: str
    least: int = 0
    most: int = 0
    missing: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class Forum:
    """A court or body outside the country, and until when it can be turned to."""

    code: str
    rules: tuple[Rule, ...]
    state: Openness
    zone: str
    due: Span | None = None
    over: Length | None = None
    missing: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class CustodyAnswer:
    """All that follows for one detention."""

    now: datetime
    zone: str
    clocks: tuple[Clock, ...]
    elapsed: tuple[Elapsed, ...]
    flags: tuple[Flag, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """All that follows for one case. `in_force` is when the ruling or sentence took effect, as far as it can be told."""

    now: datetime
    zone: str
    clocks: tuple[Clock, ...]
    flags: tuple[Flag, ...]
    forums: tuple[Forum, ...]
    in_force: Span | None
    missing: tuple[str, ...]


def next_due(answer: CustodyAnswer | CaseAnswer) -> datetime | None:
    """The nearest moment at which something that still runs may be due: what a desk sorts by."""
    running = (State.RUNNING, State.DUE_SOON, State.OVERRUN_POSSIBLY)
    return min((clock.due.earliest for clock in answer.clocks if clock.state in running and clock.due.earliest), default=None)
