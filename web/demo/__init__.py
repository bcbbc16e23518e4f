"""The demonstration: a fictional record of the autumn of 2024, to look around in. Loaded by `khronika demo`.

Everybody in it is invented, and so is "The Living Embankment", the movement against the closing of river banks they come out
for; the squares and the cities are real. What is told stands in tables that can be read and changed without Python:

    chapters/*.toml   what happened to a few people, told line by line as a hotline would have written it down
    protests.toml     the season's other protests, a row each
    courses.toml      what usually happens to somebody who is detained, with a weight or odds each
    names.toml        invented names
    cities.toml       the cities, with their squares and police stations

The same tables give the same records, ids and commands every time, so loading again does nothing and an interrupted load goes on
where it stopped. Changed tables are another demonstration: load them into an empty data folder.
"""

from collections.abc import Callable

from web.demo.accounts import add_accounts
from web.demo.chronicle import Line, chapters
from web.demo.reporter import Reporter
from web.demo.season import season
from web.wiring import Tracker

__all__ = ["chronicle", "load_demo"]

Progress = Callable[[int], None]
"""Called before each line with the number of lines told so far, of the `len(chronicle())` there are."""


def chronicle() -> list[Line]:
    """Every line, the earliest told first; lines of one minute keep the order of their table."""
    return sorted((*chapters(), *season()), key=lambda line: line.said_at)


def load_demo(tracker: Tracker, *, progress: Progress = lambda told: None) -> int:
    """Record the demonstration through the casebook, as the account "demo", and return how many events that added.

    0 when it is there already. The views are not folded: call `tracker.bring_up_to_date()` afterwards.
    """
    add_accounts(tracker.vault)
    lines = chronicle()
    reporter = Reporter(tracker, lines)
    if reporter.has_told(lines[-1]):
        return 0
    before = tracker.log.last()
    for number, line in enumerate(lines):
        progress(number)
        reporter.tell(line)
    return tracker.log.last() - before
