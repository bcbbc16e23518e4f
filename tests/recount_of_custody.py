"""Hours held and limits overrun, counted a second time from the events: nothing of `projections` is imported.

The times are taken by hand. What the law says is asked of `domain.law`, whose clocks are held to cases worked out by hand in
`tests/domain/law`; which of them is an overrun, and how surely, is decided here anew, from the ends of the clocks alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from math import ceil
from typing import Any

from domain.detention import Detention
from domain.law.answers import Clock
from domain.law.country import laws
from domain.law.court_acts import court_acts
from domain.law.custodies import READ, custody_of, zone_in
from domain.law.prosecutions import READ_IN_CASES
from domain.proceeding import Proceeding
from tests.recount import Recount
from tests.recount_rows import Interval, One, added, values_of
from tests.recount_told import Entry, day_of

HUNDREDTHS = (10, 25, 50, 75, 90)
LIMITS = ("custody_3h", "custody_48h", "without_court_48h", "to_court_48h", "prolonged_72h")
SENT_ON = ("to_remand", "to_administrative_arrest")
COLUMNS = {
    "hours_held": ("not_ended", "passed_on", "untimed", "contradictory"),
    "overruns": ("by_the_shorter_limit", "cannot_tell", "no_known_end", "law_unknown"),
}
NOTHING = timedelta(0)


def hours_held(recount: Recount) -> list[One]:
    """Every detention, with how long it lasted or what is missing of it."""
    found, told = [], defaultdict[Any, list[Any]](list)
    for record, entry in recount.of(Detention.Released):
        told[record].append(entry.says)
    for record, said, at in recount.held():
        reports = told[record]
        free = [report for report in reports if report.kind not in SENT_ON]
        ends = [report.when for report in free if report.when is not None]
        of = recount.known_of_held(record, said, day_of(at.when))
        one = One(1, 1, *_where(at), tuple(sorted({report.kind for report in free or reports})), record, of)
        if not free:
            found.append(one._replace(beside="passed_on" if reports else "not_ended"))
        elif said.when is None or not ends:
            found.append(one._replace(beside="untimed"))
        else:
            least = min(when.earliest for when in ends) - said.when.latest
            most = max(when.latest for when in ends) - said.when.earliest
            if most < NOTHING:
                found.append(one._replace(beside="contradictory"))
            else:
                minutes = (int(max(least, NOTHING).total_seconds()) // 60, ceil(most.total_seconds() / 60))
                found.append(one._replace(length=minutes))
    return found


def overruns(recount: Recount) -> list[One]:
    """Every detention in each of its articles, over for certain, or perhaps, or beside."""
    found, same, entries = list[One](), recount.same(), defaultdict[Any, list[Entry]](list)
    files_of = defaultdict[Any, list[Any]](list)
    for file, one_of_them in same.items():
        files_of[one_of_them].append(file)
    for (record, _), entry in recount.entries.items():
        entries[record].append(entry)
    led_to = defaultdict[Any, list[Any]](list)
    for case, opened in recount.of(Proceeding.Opened):
        led_to[opened.says.detention].append(case)
    of_case = (Proceeding.Opened, *READ_IN_CASES)
    for record, said, at in recount.held():
        files = [said.person, *(files_of[same[said.person]] if said.person in same else ())]
        one = One(1, 1, *_where(at), (), record, recount.known_of_held(record, said, day_of(at.when)))
        told = [entry for entry in entries[record] if isinstance(entry.says, READ)]
        law = laws().get(_country(told))
        if law is None:
            found.append(one._replace(beside="law_unknown"))
            continue
        in_cases = [entry for case in led_to[record] for entry in entries[case] if isinstance(entry.says, of_case)]  # type: ignore[arg-type]
        standing, acts = _standing(told), _standing(in_cases)
        ruled, steps = court_acts(acts, record, files, said.when)
        facts = custody_of(standing, ruled=ruled, steps=steps)
        now = max(entry.told for entry in (*told, *in_cases)).replace(microsecond=0) + timedelta(minutes=10)
        clocks = [clock for clock in law.custody(facts, now, zone_in(standing) or "Europe/Moscow").clocks if clock.code in LIMITS]
        articles = list(dict.fromkeys(charge.article for charge in facts.charges))
        found += _by_article(one, clocks, articles)
    return found


def _by_article(one: One, clocks: list[Clock], articles: list[str]) -> list[One]:
    late = [(clock, how) for clock in clocks if (how := _how_late(clock, clocks))]
    if not late:
        no_end = "no_known_end" if any(clock.stop is None for clock in clocks) else ""
        beside = "cannot_tell" if any(_may_be_over(clock) for clock in clocks) else no_end
        return [one._replace(categories=(article,) if article else (), beside=beside) for article in articles or [""] if beside]
    worst: dict[str, int] = {}
    for clock, how in late:
        for article in clock.articles or articles or [""]:
            worst[article] = max(worst.get(article, 0), how)
    found = []
    for article, how in worst.items():
        told = one._replace(categories=(article,) if article else (), low=int(how == 3))
        found.append(told)
        if how == 2 == max(worst.values()):
            found.append(told._replace(low=1, beside="by_the_shorter_limit"))
    return found


def _how_late(clock: Clock, clocks: list[Clock]) -> int:
    """3 surely, 2 surely by one limit of two, 1 perhaps, 0 not, or it cannot be told."""
    if not _is_over(clock):
        return int(_may_be_over(clock) and not clock.missing)
    if not clock.conditions:
        return 3
    siblings = [one for one in clocks if one.conditions and one.articles == clock.articles and one.stop == clock.stop]
    return 3 if all(_is_over(one) for one in siblings) else 2


def _is_over(clock: Clock) -> bool:
    """The earliest stop is after the latest end of the limit."""
    stop = clock.stop
    return bool(stop and stop.earliest and clock.due.latest and stop.earliest > clock.due.latest)


def _may_be_over(clock: Clock) -> bool:
    """The latest stop is after the earliest end of the limit, or one of them is not known."""
    stop = clock.stop
    if stop is None or _is_over(clock):
        return False
    return stop.latest is None or clock.due.earliest is None or stop.latest > clock.due.earliest


def _where(at: Any) -> tuple[Any, Any, int]:
    city, region = (at.place.city, at.place.region) if at.place is not None else (None, None)
    return city, region, day_of(at.when)


def _country(told: Iterable[Entry]) -> str:
    places = [getattr(entry.says, "place", None) for entry in told if entry.stands]
    return next((place.country for place in places if place is not None), None) or "RU"


def _standing(told: Iterable[Entry]) -> list[tuple[int, Any]]:
    return [(entry.number, entry.says) for entry in told if entry.stands]


Told = tuple[Interval, list[tuple[int, int]] | None, dict[str, Interval]]
"""The number, the percentiles and the columns of a row."""


def lines_of(name: str, counted: list[One], by: str | None) -> tuple[dict[Any, Told], Told, Told]:
    """The rows, what is in none of them, and the whole, each with what stands beside it."""
    within = [one for one in counted if not one.beside]
    parts = {code: added([one for one in counted if one.beside == code], by) for code in COLUMNS[name]}
    numbers = added(within, by)
    keys = {key for rows, _, _ in (numbers, *parts.values()) for key in rows}

    def told(which: int, key: Any, members: list[One]) -> Told:
        def of(found: Any) -> Interval:
            interval: Interval = found[which].get(key, (0, 0)) if which == 0 else found[which]
            return interval

        points = _percentiles([one.length for one in members if one.length is not None]) if name == "hours_held" else None
        return of(numbers), points, {code: of(part) for code, part in parts.items()}

    members = defaultdict[Any, list[One]](list)
    for one in within:
        for key in set(values_of(one, by)):
            members[key].append(one)
    rows = {key: told(0, key, members[key]) for key in keys}
    nowhere = told(1, None, [one for one in within if by is not None and values_of(one, by) == (None,)])
    return rows, nowhere, told(2, None, within)


def _percentiles(lengths: list[tuple[int, int]]) -> list[tuple[int, int]] | None:
    """By counting: the first length that so many of a hundred do not exceed."""
    if not lengths:
        return None

    def first(ends: list[int], hundredth: int) -> int:
        return next(end for at, end in enumerate(sorted(ends), start=1) if at * 100 >= hundredth * len(ends))

    lows, highs = [low for low, _ in lengths], [high for _, high in lengths]
    return [(first(lows, hundredth), first(highs, hundredth)) for hundredth in HUNDREDTHS]


OF_CUSTODY = {"hours_held": hours_held, "overruns": overruns}
