"""A simulated night on real HTTP: twenty monitors, a bot, fifty cities, thousands of reports, a power cut in the middle.

Checked afterwards: every accepted report is in the log, nothing was recorded twice, totals are those of an independent recount of
the input, the views are what a rebuild makes of them, no answer was a 5xx, and the board stayed quick beside an empty page.
"""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

from domain.detention import Detention
from domain.errors import RuleBroken
from domain.record import Record
from domain.report import Report
from projections.figures import compute
from scripts.drills.findings import Findings
from scripts.drills.night.bot import Bot
from scripts.drills.night.evening import cities, prepared, signed_in
from scripts.drills.night.monitor import Monitor, NotAccepted, Town
from scripts.drills.night.recount import recount
from scripts.drills.night.story import Kind, Message, messages
from scripts.drills.server import Installation
from scripts.drills.stores import views_as_rebuilt, what_is_unreadable
from scripts.drills.visitor import Visitor
from web.settings import Settings
from web.wiring import Tracker, open_tracker

MONITORS = 20
TYPING = 3.0
"""How many seconds at least a monitor listens and types before each message: nobody is quicker on the phone."""
BETWEEN_LOOKS = 0.1
"""Seconds. Whoever looks without a pause is a load of their own."""
BOARD = 4.0
"""The board's slowest hundredth, beside the median of an empty page in the same minutes."""


def drill(folder: Path, places: Path, *, reports: int, seed: int, typing: float = TYPING) -> Findings:
    """See the module. Without a pause for `typing` messages come as fast as they are answered, and no time is judged."""
    findings = Findings("night")
    findings.note(f"seed {seed}")
    installation = Installation(folder / "installation", places)
    installation.initialise()
    night = f"{datetime.now(UTC) - timedelta(days=1):%d.%m.%Y} 19:20"
    told = messages(reports, seed)
    with installation.served():
        coordinator = signed_in(installation, "coordinator", "coordinator")
        towns = dict(enumerate(prepared(coordinator, cities(places), night)))
        run = _Night(installation, findings, towns, night, typing)
        looking = _Looking(installation, coordinator)
        run.pass_(told, looking)
    with closing(open_tracker(Settings(installation.home, places=places))) as tracker:
        _all_recorded(tracker, told, run, findings)
        _totals(tracker, told, run.accepted, towns, findings)
        for complaint in (*what_is_unreadable(tracker), *views_as_rebuilt(tracker)):
            findings.violate(complaint)
        findings.count("events in the record", tracker.log.last())
        _controls(tracker, told, run, towns, findings)
    looking.judge(findings, is_timed=typing > 0)
    logs = b"".join(log.read_bytes() for log in installation.logs.iterdir())
    findings.must(b"Traceback" not in logs, "the server's log holds a traceback")
    return findings


QUIET_NIGHT = "/watch?night=2001-01-01"
"""A board with nobody on it: what a board costs by itself."""


class _Night:
    """What is sent by whom. A city is one monitor's, so that what is about another message comes after it."""

    def __init__(self, installation: Installation, findings: Findings, towns: dict[int, Town], night: str, typing: float) -> None:
        self.installation, self.findings, self.towns, self._typing = installation, findings, towns, typing
        self.accepted: set[int] = set()
        self.records: dict[int, str] = {}
        self._lock = threading.Lock()
        token = installation.command("token", "add", "bot").stdout.strip()
        self._bot = Bot(installation, token, night)
        self.monitors = []
        for number in range(MONITORS):
            handed = installation.account(f"monitor-{number}", "monitor")
            visitor = Visitor(installation.port)
            findings.must(visitor.sign_in(handed).status == 303, "a monitor could not sign in")
            self.monitors.append(Monitor(installation, handed, visitor, night, towns))

    def pass_(self, told: Sequence[Message], looking: "_Looking") -> None:
        """The night, with the power cut in its middle."""
        began = time.monotonic()
        shares = [[one for one in told if one.city % MONITORS == number] for number in range(MONITORS)]
        threads = [
            threading.Thread(target=self._log, args=(who, share)) for who, share in zip(self.monitors, shares, strict=True)
        ]
        looker = threading.Thread(target=looking.look)
        for thread in (*threads, looker):
            thread.start()
        while len(self.accepted) < len(told) // 2 and any(thread.is_alive() for thread in threads):
            time.sleep(0.1)
        looking.pause()
        self.installation.kill()
        self.installation.start()
        looking.go_on()
        for thread in threads:
            thread.join()
        looking.stop()
        looker.join()
        self._told(time.monotonic() - began)

    def _log(self, monitor: Monitor, share: Sequence[Message]) -> None:
        for one in share:
            time.sleep(self._typing)
            try:
                bot = one.kind is Kind.BOT_COUNT
                done = self._bot.send(one, self.towns[one.city]) if bot else monitor.send(one)
            except (NotAccepted, LookupError, OSError) as failed:
                with self._lock:
                    self.findings.violate(f"message {one.number}: {failed}")
                continue
            with self._lock:
                self.findings.count(str(one.kind))
                if done:
                    self.accepted.add(one.number)

    def _told(self, seconds: float) -> None:
        statuses: Counter[int] = Counter(self._bot.statuses)
        for monitor in self.monitors:
            statuses.update(monitor.statuses)
            self.records |= monitor.records
        self.records |= self._bot.records
        for status, number in sorted(statuses.items()):
            self.findings.count(f"answered {status}", number)
            self.findings.must(status < 500, f"{number} answers were {status}")
        self.findings.count("connections lost in the middle of a form", sum(monitor.lost for monitor in self.monitors))
        self.findings.count("requests sent again because nothing was answered", sum(one.sent_again for one in self.monitors))
        self.findings.note(f"{len(self.accepted):,} reports accepted in {seconds:.0f} s")


class _Looking:
    """A coordinator who looks at the board all night, and at an empty page to compare it with."""

    def __init__(self, installation: Installation, visitor: Visitor) -> None:
        self._installation, self._visitor = installation, visitor
        self._over, self._may = threading.Event(), threading.Event()
        self._may.set()
        self.board: list[float] = []
        self.empty: list[float] = []
        self.quiet: list[float] = []
        self.wrong: Counter[int] = Counter()

    def look(self) -> None:
        """Until it is over."""
        while not self._over.is_set():
            self._may.wait()
            time.sleep(BETWEEN_LOOKS)
            for path, times in (("/watch", self.board), ("/about", self.empty), (QUIET_NIGHT, self.quiet)):
                self._visitor.port = self._installation.port
                began = time.perf_counter()
                try:
                    answer = self._visitor.get(path)
                except OSError:  # the power cut
                    continue
                if answer.status == 200:
                    times.append(time.perf_counter() - began)
                else:
                    self.wrong[answer.status] += 1

    def pause(self) -> None:
        """While there is no server."""
        self._may.clear()
        time.sleep(1)

    def go_on(self) -> None:
        """It is there again."""
        self._may.set()

    def stop(self) -> None:
        """The night is over."""
        self._over.set()
        self._may.set()

    def judge(self, findings: Findings, *, is_timed: bool) -> None:
        """The board's slowest hundredth beside the median of the empty page."""
        for status, number in self.wrong.items():
            findings.violate(f"the board or the empty page was answered {status}, {number} times")
        if len(self.board) < 3:
            findings.violate("the board was hardly ever looked at")
            return
        slowest, usual, quiet = quantiles(self.board, n=100)[98], median(self.empty), median(self.quiet)
        findings.count("looks at the board", len(self.board))
        findings.note(
            f"board: median {median(self.board) * 1000:.0f} ms, p99 {slowest * 1000:.0f} ms; "
            f"empty page: median {usual * 1000:.0f} ms, "
            f"p99 {quantiles(self.empty, n=100)[98] * 1000:.0f} ms; p99 of the board is {slowest / usual:.1f} times that median"
        )
        findings.note(f"the board of a night without anybody: median {quiet * 1000:.0f} ms; {slowest / quiet:.1f} times")
        if is_timed:
            told = f"the board's p99 is {slowest / usual:.1f} times the empty page's median"
            findings.must(slowest <= BOARD * usual, told)


_CLASSES: dict[str, type[Record]] = {"reports": Report, "detentions": Detention}


def _all_recorded(tracker: Tracker, told: Sequence[Message], run: _Night, findings: Findings) -> None:
    """Every accepted message stands in the log, once, and what was taken back does not stand."""
    gone = {one.about for one in told if one.kind is Kind.TAKEN_BACK and one.number in run.accepted}
    opens = (Kind.NAMED_LINE, Kind.COUNT_LINE, Kind.PASSED_ON, Kind.BOT_COUNT, Kind.DETENTION)
    for one in told:
        if one.number in run.accepted and one.kind in opens:
            kind, _, record = run.records[one.number].partition("/")
            try:
                found = tracker.casebook.standing(_CLASSES[kind], UUID(record))
            except RuleBroken:
                findings.violate(f"message {one.number} was accepted and is not in the log")
                continue
            findings.must(found.withdrawn == (one.number in gone), f"message {one.number} stands as it should not")
    recorded: Counter[str] = Counter()
    after = 0
    while page := tracker.log.page(after, 1_000):
        recorded.update(type(event).__qualname__ for _, event in page)
        after = page[-1].position
    sent = Counter(one.kind for one in told if one.number in run.accepted)
    wanted = {
        "Detention.Recorded": sent[Kind.NAMED_LINE] + sent[Kind.DETENTION],
        "Report.Received": sent[Kind.NAMED_LINE] + sent[Kind.COUNT_LINE] + sent[Kind.PASSED_ON] + sent[Kind.BOT_COUNT],
        "Detention.Released": sent[Kind.RELEASE] + sent[Kind.OTHER_RELEASE],
    }
    for name, number in wanted.items():
        findings.must(recorded[name] == number, f"{name}: {recorded[name]} in the log, {number} accepted")


def _totals(tracker: Tracker, told: Sequence[Message], accepted: set[int], towns: dict[int, Town], findings: Findings) -> None:
    for complaint in _unequal(tracker, told, accepted, towns):
        findings.violate(complaint)
    findings.count("cities whose total was counted again", len(towns))


def _unequal(tracker: Tracker, told: Sequence[Message], accepted: set[int], towns: dict[int, Town]) -> list[str]:
    with tracker.views() as db:
        figure = compute(db, "detentions", by="city", position=tracker.log.last())
    shown = {line.key: (line.total.low, line.total.high) for line in figure.rows}
    counted = recount(told, accepted)
    return [
        f"{town.name}: the figure says {shown.get(town.number)}, the recount {counted.get(number)}"
        for number, town in towns.items()
        if shown.get(town.number, (0, 0)) != counted.get(number, (0, 0))
    ]


def _controls(tracker: Tracker, told: Sequence[Message], run: _Night, towns: dict[int, Town], findings: Findings) -> None:
    """One report that was never sent, and one that is not counted, are each seen."""
    one = next(one for one in told if one.number in run.accepted and one.kind is Kind.NAMED_LINE)
    another = replace(one, number=len(told))
    more = bool(_unequal(tracker, [*told, another], {*run.accepted, another.number}, towns))
    findings.control("a person too many in the recount", failed=more)
    findings.control("a person too few in the recount", failed=bool(_unequal(tracker, told, run.accepted - {one.number}, towns)))
    trial = Findings("control")
    run.records[another.number] = "detentions/01900000-0000-7000-8000-000000000000"
    run.accepted.add(another.number)
    _all_recorded(tracker, [*told, replace(another, kind=Kind.DETENTION)], run, trial)
    run.accepted.discard(another.number)
    findings.control("an accepted report that is not in the log", failed=bool(trial.violations))
