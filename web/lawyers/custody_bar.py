"""The picture of the hours: from the restriction of movement to the release, with the limits of the law marked.

Only figures for the template, which draws attributes and no style. A picture is for the eye; everything it shows stands in words
under it. Labels are put into rows so that none lies over another, for a wide page and for a narrow one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.law.answers import OVER, Clock, CustodyAnswer, State
from domain.law.facts import Custody
from domain.law.span import Span, span_of
from domain.wall_clock import zone_named
from web.lawyers.time_limits import ends_of
from web.telling import moments, spans
from web.telling.clock_words import FACTS, said
from web.telling.clocks import limit

WIDE, NARROW = 720, 350
_LETTER, _ROW, _BAND = 6.6, 17, 22
_STEPS = tuple(timedelta(hours=hours) for hours in (1, 2, 3, 6, 12, 24, 48, 24 * 7, 24 * 14, 24 * 30))
_BEYOND = timedelta(hours=24)
_HOUR, _A_DAY = timedelta(hours=1), timedelta(hours=25)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the bar. `kind` is brought, held, over, perhaps or open."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A line with a label; `kind` is event, limit or hour, `anchor` the end of the text that stands at the line."""

    kind: str
    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing; heights count from the top: events above the band, limits and hours below it."""

    width: int
    height: float
    top: float
    pieces: Sequence[Piece]
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Bar:
    """The same picture twice, and what it says in words."""

    wide: Drawing
    narrow: Drawing
    words: Sequence[str]


def bar_of(facts: Custody, answer: CustodyAnswer, language: str) -> Bar | None:
    """None where nobody has said when anything began."""
    told = _Hours.of(facts, answer, language)
    return Bar(told.drawn(WIDE), told.drawn(NARROW), told.words()) if told is not None else None


def drawn_for(width: int, facts: Custody, answer: CustodyAnswer, language: str) -> tuple[Drawing, Sequence[str]] | None:
    """The picture in another width, and in words with the limits that are marked in it, for a sheet of paper."""
    told = _Hours.of(facts, answer, language)
    return (told.drawn(width), [*told.words(), *told.limits()]) if told is not None else None


@dataclass(frozen=True)
class _Hours:
    facts: Custody
    answer: CustodyAnswer
    language: str
    restrained: Span
    delivered: Span
    ended: Span | None
    first: datetime
    last: datetime

    @classmethod
    def of(cls, facts: Custody, answer: CustodyAnswer, language: str) -> "_Hours | None":
        on_the_way = next((one for one in answer.elapsed if one.code == "on_the_way"), None)
        since = next(one for one in answer.elapsed if one.code == "since_restriction")
        delivered = on_the_way.ends if on_the_way is not None and not on_the_way.goes_on else Span()
        begins = [end for span in (since.begins, delivered) for end in (span.earliest, span.latest) if end is not None]
        if not begins:
            return None
        ended = ends_of(answer)
        dues = [end for clock in _limits(answer) for end in (clock.due.latest,) if end is not None]
        reach = max([*begins, *dues]) + _BEYOND
        last = (ended.latest or ended.earliest if ended is not None else None) or min(answer.now, reach)
        going = [end for clock in _limits(answer) if clock.state not in (State.STOPPED_IN_TIME,) and (end := clock.due.latest)]
        last = max([last, *begins, *(end for end in going if end <= last + timedelta(hours=60))])
        short = [clock.due.latest for clock in _limits(answer) if clock.code == "custody_3h" and clock.due.latest]
        last = max([last, *short])
        return cls(facts, answer, language, since.begins, delivered, ended, min(begins), max(last, min(begins) + _HOUR))

    def x(self, moment: datetime, width: int) -> float:
        share = (moment - self.first) / (self.last - self.first)
        return round(10 + min(max(share, 0), 1) * (width - 20), 1)

    def pieces(self, width: int) -> list[Piece]:
        begun = self.restrained.latest or self.restrained.earliest or self.first
        there = self.delivered.latest or self.delivered.earliest
        end = (self.ended.latest or self.ended.earliest if self.ended is not None else None) or min(self.answer.now, self.last)
        on_the_way = "brought" if self.delivered.earliest is not None else "open"  # where nobody said when it ended
        found = [(on_the_way, begun, there)] if there is not None and there > begun else []
        held_from = there or begun
        surely = (self.ended.earliest if self.ended is not None else None) or end
        found.append(("held", held_from, surely))
        for clock in _limits(self.answer):
            if clock.state in OVER and clock.due.latest is not None:  # until the accusation was changed, if it was
                until = clock.stop.earliest if clock.stop is not None and clock.stop.earliest is not None else surely
                found.append(("over", max(clock.due.latest, held_from), min(until, surely)))
        for span in (self.restrained, self.delivered, self.ended):
            if span is not None and span.earliest is not None and span.latest is not None:
                found.append(("open", span.earliest, span.latest))
        return [
            Piece(kind, self.x(first, width), round(self.x(last, width) - self.x(first, width), 1))
            for kind, first, last in found
            if last > first
        ]

    def events(self) -> list[tuple[datetime, str]]:
        """What happened, in order, each with its hour."""
        found: list[tuple[datetime, str]] = []
        for name, claims in (("restrained", self.facts.restrained), ("delivered", self.facts.delivered)):
            found += [(one.when.earliest, self._at(name, span_of(one.when))) for one in claims if one.when is not None]
        for charge in self.facts.charges:
            if charge.when is not None:
                name = "charge_changed" if charge.replaces else "offence"
                found.append((charge.when.earliest, self._at(name, span_of(charge.when), charge.article)))
        found += [(one.when.earliest, self._at("released", span_of(one.when))) for one in self.facts.released if one.when]
        found += [(one.when.earliest, self._at("ruled", span_of(one.when))) for one in self.facts.ruled if one.when]
        return sorted(found, key=lambda one: one[0])

    def _at(self, name: str, span: Span, article: str = "") -> str:
        words = said(_SHORT, name, self.language)
        short = article.partition("-")[2].partition("-")
        told = f"{words} {short[0]}{f'({short[2]})' if short[2] else ''}" if short[0] else words
        return f"{_clock(span, self.answer.zone)} {told}"

    def drawn(self, width: int) -> Drawing:
        above = _rows([("event", self.x(at, width), text) for at, text in self.events() if self.first <= at <= self.last], width)
        below = _rows(
            list(dict.fromkeys(("limit", self.x(end, width), self._due(clock)) for clock, end in self._marked())), width
        )
        hours = [("hour", self.x(at, width), text) for at, text in self.ticks(width)]
        top = 6.0 + _ROW * (max((row for _, row in above), default=-1) + 1)
        under = top + _BAND
        marks = [Mark(kind, x, 14 + _ROW * row, text, _anchor(x, text, width)) for (kind, x, text), row in above]
        marks += [Mark(kind, x, under + 15, text, _anchor(x, text, width)) for kind, x, text in hours]
        marks += [Mark(kind, x, under + 33 + _ROW * row, text, _anchor(x, text, width)) for (kind, x, text), row in below]
        height = under + 24 + _ROW * (max((row for _, row in below), default=-1) + 1)
        return Drawing(width, height, top, self.pieces(width), marks)

    def _marked(self) -> list[tuple[Clock, datetime]]:
        """The limits that lie in the picture, with the last moment still in time."""
        return [(clock, end) for clock in _limits(self.answer) if (end := clock.due.latest) and self.first <= end <= self.last]

    def limits(self) -> list[str]:
        """Those limits in words."""
        marked = _MARKED[self.language]
        return list(dict.fromkeys(f"{marked}: {self._due(clock)}" for clock, _end in self._marked()))

    def _due(self, clock: Clock) -> str:
        return f"{_clock(clock.due, clock.zone)} {limit(clock.limit, self.language)}{_WITHOUT_COURT[self.language] if clock.code == 'without_court_48h' else ''}"  # noqa: E501

    def ticks(self, width: int) -> list[tuple[datetime, str]]:
        """Hours of the clock of the place, as many as fit; midnight is told by its date."""
        zone, fit = zone_named(self.answer.zone), width // 64
        step = next((one for one in _STEPS if (self.last - self.first) / one <= fit), _STEPS[-1])
        local = self.first.astimezone(zone).replace(minute=0, second=0, microsecond=0)
        hours = max(int(step / _HOUR), 1)
        at = local.replace(hour=0 if hours >= 24 else local.hour - local.hour % hours)
        found: list[tuple[datetime, str]] = []
        used = -99.0
        while at <= self.last.astimezone(zone):
            x = self.x(at, width)
            text = moments.day_and_month(at.date(), self.language) if at.hour == 0 else f"{at:%H:%M}"
            if at >= self.first and x - used > _LETTER * 7 and x + len(text) * _LETTER < width:
                found.append((at, text))
                used = x
            at += step
        return found

    def words(self) -> list[str]:
        """What the picture shows, for whoever cannot see it."""
        lines = []
        for name, span in (("restrained", self.restrained), ("delivered", self.delivered)):
            if span != Span():
                lines.append(f"{said(FACTS, name, self.language)}: {spans.at(span, self.answer.zone, self.language)}")
        lines += [text for _, text in self.events() if said(_SHORT, "offence", self.language) in text]
        if self.ended is not None:
            lines.append(f"{said(FACTS, 'ended', self.language)}: {spans.at(self.ended, self.answer.zone, self.language)}")
        return lines


_SHORT = {
    "restrained": ("detained", "задержание"),
    "delivered": ("at the station", "в отделе"),
    "offence": ("protocol", "протокол"),
    "charge_changed": ("changed to", "теперь"),
    "released": ("released", "освобождение"),
    "ruled": ("court", "суд"),
}
_MARKED = {"en": "limit marked", "ru": "отмечен предел"}
_WITHOUT_COURT = {"en": " without a court", "ru": " без суда"}


def _limits(answer: CustodyAnswer) -> list[Clock]:
    """The limits of custody that hold whatever else is true; of others, the shorter is drawn first."""
    return [clock for clock in answer.clocks if clock.code in ("custody_3h", "custody_48h", "to_court_48h", "without_court_48h")]


def _clock(span: Span, zone: str) -> str:
    """ "16:20–16:40", "27.02" of a day, "01.07–31.07" of a month; with an open end, the end there is."""
    here = zone_named(zone)
    ends = [end.astimezone(here) for end in (span.earliest, span.latest) if end is not None]
    if not ends:
        return "?"
    first, last = ends[0], ends[-1]
    if len(ends) == 2 and last - first > timedelta(hours=12):
        return f"{first:%d.%m}" if last - first < _A_DAY else f"{first:%d.%m}–{last:%d.%m}"
    return f"{first:%H:%M}" if first == last else f"{first:%H:%M}–{last:%H:%M}"


def _anchor(x: float, text: str, width: int) -> str:
    return "end" if x + len(text) * _LETTER > width - 4 and x > len(text) * _LETTER else "start"


def _rows(marks: Iterable[tuple[str, float, str]], width: int) -> list[tuple[tuple[str, float, str], int]]:
    """Each mark with the first row in which its label lies over no other."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for mark in marks:
        _, x, text = mark
        length = len(text) * _LETTER + 8
        span = (x - length, x) if _anchor(x, text, width) == "end" else (x, x + length)
        row = next((row for row, used in enumerate(taken) if all(span[1] <= a or b <= span[0] for a, b in used)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(span)
        placed.append((mark, row))
    return placed
