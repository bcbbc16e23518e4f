"""Whether somebody was held longer than the law allows, as one answer out of all clocks of a detention that has ended.

Where two limits are shown, each with the condition under which it is the right one, a limit is surely overrun only if the others
are too: a figure may not choose between them. Whoever is held now, or of whom nobody reported an end, is not in here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.law.answers import HOLDING, Clock, State

STOPPED_LATE = (State.STOPPED_LATE_CERTAINLY, State.STOPPED_LATE_POSSIBLY)


class Verdict(StrEnum):
    """What can be said of the limits of a detention. "Surely" is so whichever reported time and whichever limit is the right one;
    "by the shorter limit" is sure only if the shorter of two limits was the right one."""

    SURELY = "surely"
    BY_THE_SHORTER_LIMIT = "by_the_shorter_limit"
    POSSIBLY = "possibly"
    CANNOT_TELL = "cannot_tell"
    NO_KNOWN_END = "no_known_end"
    IN_TIME = "in_time"


OVER = frozenset({Verdict.SURELY, Verdict.BY_THE_SHORTER_LIMIT, Verdict.POSSIBLY})


@dataclass(frozen=True, slots=True)
class Overrun:
    """What can be said of one detention, and of each article in it: those under which a limit was overrun where one was."""

    verdict: Verdict
    by_article: tuple[tuple[str, Verdict], ...] = ()


def overrun_in(clocks: Iterable[Clock], articles: Iterable[str]) -> Overrun:
    """The verdict on the limits of holding among these clocks of one detention. `articles` are those that were recorded: a clock
    that runs whatever the article, such as the 48 hours of the constitution, is of all of them."""
    accused = tuple(dict.fromkeys(articles))
    limits = [clock for clock in clocks if clock.code in HOLDING]
    late = [(clock, _how_late(clock, limits)) for clock in limits if clock.state in STOPPED_LATE]
    if not late:
        verdict = _not_late(limits)
        return Overrun(verdict, tuple((article, verdict) for article in accused))
    found: dict[str, Verdict] = {}
    for clock, verdict in late:
        for article in clock.articles or accused:
            found[article] = _worse(found.get(article, verdict), verdict)
    worst = late[0][1]
    for _, verdict in late:
        worst = _worse(worst, verdict)
    return Overrun(worst, tuple(found.items()))


def _how_late(clock: Clock, among: Iterable[Clock]) -> Verdict:
    if clock.state is State.STOPPED_LATE_POSSIBLY:
        return Verdict.POSSIBLY
    if not clock.conditions:
        return Verdict.SURELY
    same = (clock.articles, clock.start, clock.stop, clock.stops)
    others = [one for one in among if one.conditions and (one.articles, one.start, one.stop, one.stops) == same]
    surely = all(one.state is State.STOPPED_LATE_CERTAINLY for one in others)
    return Verdict.SURELY if surely else Verdict.BY_THE_SHORTER_LIMIT


def _not_late(clocks: Iterable[Clock]) -> Verdict:
    known = list(clocks)
    if any(clock.state is State.CANNOT_TELL and clock.stop is not None for clock in known):
        return Verdict.CANNOT_TELL
    if any(clock.stop is None for clock in known):
        return Verdict.NO_KNOWN_END
    return Verdict.IN_TIME


_BY_WEIGHT = (Verdict.POSSIBLY, Verdict.BY_THE_SHORTER_LIMIT, Verdict.SURELY)


def _worse(one: Verdict, other: Verdict) -> Verdict:
    return max(one, other, key=_BY_WEIGHT.index)
