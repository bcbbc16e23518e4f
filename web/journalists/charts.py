"""A figure, and the history of its number, as a chart: which of many rows are on it, and what is said of the others."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from projections.figures import Figure, Line, Total
from web.charts import Bar, Chart, Key
from web.gazetteer import Gazetteer
from web.journalists.history import Then
from web.journalists.titles import title_of, value_called
from web.languages import translated as _
from web.maps.drawing import LIGHT, WIDE, Palette
from web.sightings import interval
from web.takeaways.of_figures import left_out_told
from web.telling import lengths, moments
from web.telling.lengths import HOUR

MOST_BARS = 20
"""Places or categories on one chart: the largest."""
MOST_COLUMNS = 120
"""Months, weeks or days on one chart: the stretch of so many with the most in it."""


def chart_of(
    figure: Figure, names: Gazetteer, language: str, *, source: str, palette: Palette = LIGHT, width: int = WIDE
) -> Chart:
    """The figure with its citation. Without rows, the total alone."""
    is_of_time = figure.by in _AFTER
    shown = _stretch(figure) if is_of_time else list(figure.rows[:MOST_BARS])
    if is_of_time:
        bars = _times(figure, shown, language)
    else:
        bars = [_bar_of(value_called(names, figure.definition, figure.by, line.key, language), line, language) for line in shown]
    if figure.by is None or not bars:
        bars = [_bar_of(_("Total"), figure.whole, language)]
    if figure.left_out != Total(0, 0):
        bars.append(_bar_of(left_out_told(figure), figure.nowhere, language, is_apart=True))
    missing = len(figure.rows) - len(shown)
    foot = [_("Not on the chart, but in its table: rows: %(number)s.", number=missing) if missing > 0 else ""]
    if figure.definition.is_of_lengths:
        foot.append(_("Bars: the median, in hours; behind it, of how many detentions."))
    foot.append(_("Total: %(number)s.", number=lengths.with_median(figure.whole, language)))
    foot.append(source)
    return Chart(title_of(figure, names, language), bars, key(), foot, is_of_time, palette, width)


def history_chart(
    title: str, history: Sequence[Then], language: str, *, source: str, palette: Palette = LIGHT, width: int = WIDE
) -> Chart:
    """The number as of some days; they do not follow each other evenly, so each has its name."""
    bars = [_bar(then.short, then.total, language) for then in history]
    return Chart(title, bars, key(), [source], True, palette, width)


def key() -> Key:
    """What the ways of filling mean."""
    return Key(_("at least so many"), _("perhaps so many: reports differ"), _("no upper end is known"))


def _bar(name: str, total: Total, language: str, *, is_apart: bool = False) -> Bar:
    return Bar(name, total.low, total.high, interval(total, language) or "0", is_apart)


def _bar_of(name: str, line: Line, language: str, *, is_apart: bool = False) -> Bar:
    """The number; of lengths the median, since how many they are of is not what such a figure is about."""
    if line.spread is None:
        return _bar(name, line.total, language, is_apart=is_apart)
    low, high = line.spread.median
    told = f"{lengths.in_a_cell(line.spread.median)} ({interval(line.total, language) or '0'})"
    return Bar(name, low / HOUR, None if high is None else high / HOUR, told, is_apart)


def _times(figure: Figure, shown: Sequence[Line], language: str) -> list[Bar]:
    """Every time between the first and the last, those too of which nothing is recorded."""
    if not shown:
        return []
    known = {line.key: line for line in shown}
    tells = {"day": _day_short, "month": _month_short}.get(figure.by or "", _week_short)
    bars = []
    for time in _all_between(figure.by or "", shown[0].key, shown[-1].key):
        line = known.get(time)
        bars.append(Bar(tells(time, language), 0, 0) if line is None else _bar_of(tells(time, language), line, language))
    return bars


def _stretch(figure: Figure) -> list[Line]:
    """The rows of MOST_COLUMNS times that follow each other, chosen so that most is in them."""
    rows, best, first, inside = figure.rows, (0, 0, 0), 0, 0
    after = _AFTER[figure.by or ""]
    places: list[int] = []
    for line in rows:
        if not places:
            places.append(0)
        else:
            steps, at = 0, rows[len(places) - 1].key
            while at < line.key and steps <= MOST_COLUMNS:
                at, steps = after(at), steps + 1
            places.append(places[-1] + steps)
        inside += line.total.low
        while places[-1] - places[first] >= MOST_COLUMNS:
            inside -= rows[first].total.low
            first += 1
        if inside >= best[0]:  # of stretches with the same in them, the latest
            best = (inside, first, len(places))
    return list(rows[best[1] : best[2]])


def _all_between(by: str, first: int, last: int) -> Iterator[int]:
    at = first
    while at <= last:
        yield at
        at = _AFTER[by](at)


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)


def _next_day(day: int) -> int:
    following = _date(day) + timedelta(days=1)
    return following.year * 10_000 + following.month * 100 + following.day


def _next_week(week: int) -> int:
    year, number, _weekday = (date.fromisocalendar(week // 100, week % 100, 1) + timedelta(days=7)).isocalendar()
    return year * 100 + number


def _next_month(month: int) -> int:
    return month + 1 if month % 100 < 12 else month + 89


_AFTER: dict[str, Callable[[int], int]] = {"day": _next_day, "week": _next_week, "month": _next_month}


def _day_short(day: int, language: str) -> str:
    return moments.day_and_month(_date(day), language)


def _month_short(month: int, language: str) -> str:
    return f"{month % 100:02}.{month // 100}"


def _week_short(week: int, language: str) -> str:
    return moments.day_and_month(date.fromisocalendar(week // 100, week % 100, 1), language)
