"""What the law answers, told in English and Russian: one line a clock, an elapsed time, a flag, a window, a forum.

Pages and `khronika clocks` show these lines; nothing is computed here, and every number is that of the answer.
"""

from datetime import datetime

from domain.law.answers import Clock, Elapsed, Flag, Forum, Openness, State, Window
from domain.law.rules import Limit, Rule
from domain.law.span import Length, Span
from domain.vocabulary.articles import ARTICLES
from web.telling import spans
from web.telling.clock_words import (
    CLOCKS,
    CONDITIONS,
    DAYS_UNVERIFIED,
    ELAPSED,
    FACTS,
    FLAGS,
    FORUMS,
    MISSING,
    NOTES,
    OPENNESS,
    UNVERIFIED,
    WINDOWS,
    said,
)
from web.telling.templates import full_stop

_STATES = {
    "en": {
        State.RUNNING: "due {due}; {left} left",
        State.DUE_SOON: "due soon, {due}; {left} left",
        State.OVERRUN_CERTAINLY: "over the limit by {over}; was due {due}",
        State.OVERRUN_POSSIBLY: "perhaps over the limit, by {over}; due {due}",
        State.STOPPED_IN_TIME: "ended in time: {stops} {stop}; due {due}",
        State.STOPPED_LATE_CERTAINLY: "ended over the limit by {over}: was due {due}, {stops} {stop}",
        State.STOPPED_LATE_POSSIBLY: "perhaps ended over the limit, by {over}: due {due}, {stops} {stop}",
        State.CANNOT_TELL: "cannot tell: {missing}; due {due}",
    },
    "ru": {
        State.RUNNING: "истекает {due}; осталось {left}",
        State.DUE_SOON: "скоро истечёт, {due}; осталось {left}",
        State.OVERRUN_CERTAINLY: "срок превышен {over}; истёк {due}",
        State.OVERRUN_POSSIBLY: "срок, возможно, превышен, {over}; истекает {due}",
        State.STOPPED_IN_TIME: "в срок: {stops} {stop}; срок истекал {due}",
        State.STOPPED_LATE_CERTAINLY: "срок был превышен {over}: истёк {due}, {stops} {stop}",
        State.STOPPED_LATE_POSSIBLY: "срок, возможно, был превышен, {over}: истекал {due}, {stops} {stop}",
        State.CANNOT_TELL: "сказать нельзя: {missing}; срок истекает {due}",
    },
}
_HEAD = {"en": "{name} (from {starts})", "ru": "{name} (начало: {starts})"}
_LATE = {
    "requalified_after_limit": (
        "48-hour article recorded {late} after the 3-hour limit had run out: {article}, recorded {recorded}; the limit ran out "
        "{ran_out}. If the change is disregarded, over the limit by {disregarding}",
        "«сорокавосьмичасовая» статья записана {late} после истечения трёх часов: {article}, записана {recorded}; три часа "
        "истекли {ran_out}. Без переквалификации срок превышен {disregarding}",
    ),
    "first_protocol_after_three_hours": (
        "the first protocol under a 48-hour article was recorded {late} after three hours had run out: {article}, recorded "
        "{recorded}; three hours ran out {ran_out}",
        "первый протокол по «сорокавосьмичасовой» статье записан {late} после истечения трёх часов: {article}, записан "
        "{recorded}; три часа истекли {ran_out}",
    ),
}
_WHEN_UNKNOWN = {"en": "the time of {fact} is not known", "ru": "неизвестно время: {fact}"}
_PERHAPS = {"en": "perhaps: ", "ru": "возможно: "}
_COUNTED = {"en": "rulings in force: {count}", "ru": "вступивших в силу постановлений: {count}"}
_CLOSES = {"en": "closes {time}", "ru": "закрывается {time}"}
_CLOSED = {"en": "closed {time}", "ru": "закрылось {time}"}
_SO_FAR = {"en": "so far", "ru": "пока"}
_UNTIL = {"en": "until {stops}", "ru": "конец: {stops}"}


def clock(told: Clock, now: datetime, language: str) -> str:
    """The whole line: what for, from when, under which article, how it stands, on what it depends, which rule."""
    name = said(CLOCKS, told.code, language)
    head = _HEAD[language].format(name=name, starts=said(FACTS, told.starts, language))
    articles = ", ".join(ARTICLES.label(article, language) for article in told.articles)
    heading = f"{head}, {articles}" if articles else head
    asides = [said(CONDITIONS, code, language) for code in told.conditions] + [said(NOTES, code, language) for code in told.notes]
    aside = f" ({'; '.join(asides)})" if asides else ""
    return full_stop(f"{heading}: {standing(told, now, language)}{aside} [{citations(told.rules, language)}]")


def standing(told: Clock, now: datetime, language: str) -> str:
    """How it stands: "over the limit by 19 h 30 min; was due at 19:40", "cannot tell: when delivered is not known"."""
    left = Length(told.over.most and -told.over.most, told.over.least and -told.over.least)
    today = None if told.state.startswith("stopped") else now  # what is over is read on other days too
    words = {
        "due": spans.at(told.due, told.zone, language, today),
        "over": spans.by(told.over, language),
        "left": spans.length(left, language),
        "stops": said(FACTS, told.stops, language),
        "stop": spans.at(told.stop or Span(), told.zone, language),
        "missing": missing(told.missing, language),
    }
    pattern = _STATES[language][told.state]
    if told.state is State.CANNOT_TELL and told.due == Span():
        pattern = pattern.partition(";")[0]
    line = pattern.format(**words)
    if told.missing and told.state is not State.CANNOT_TELL:
        line += f"; {words['missing']}"
    return line


def missing(codes: tuple[str, ...], language: str) -> str:
    """What nobody has reported: "when delivered is not known"."""
    return ", ".join(_missing(code, language) for code in dict.fromkeys(codes))


def _missing(code: str, language: str) -> str:
    fact, _, only_when = code.partition(":")
    if only_when:  # it was reported, and nobody said when
        return _WHEN_UNKNOWN[language].format(fact=said(FACTS, fact, language))
    return said(MISSING, code, language)


def length_of(told: Elapsed, language: str) -> str:
    """The length alone, with what ended it: who is still held, by a court's ruling, is not held by the police so long."""
    until = f" ({_UNTIL[language].format(stops=said(FACTS, told.stops, language))})" if told.stops else ""
    return f"{spans.length(told.length, language)}{until}"


def elapsed(told: Elapsed, language: str) -> str:
    """A length of time that is a fact: "since the restriction of movement: at least 23 h 50 min, at most 24 h 10 min"."""
    so_far = f" {_SO_FAR[language]}" if told.goes_on else ""
    until = f" ({_UNTIL[language].format(stops=said(FACTS, told.stops, language))})" if told.stops else ""
    line = f"{said(ELAPSED, told.code, language)}: {spans.length(told.length, language)}{so_far}{until}"
    if told.missing:
        line += f"; {missing(told.missing, language)}"
    return full_stop(f"{line} [{citations(told.rules, language)}]")


def flag(told: Flag, language: str) -> str:
    """What a lawyer should see, with both times where it is about two."""
    perhaps = "" if told.certain else _PERHAPS[language]
    cited = f" [{citations(told.rules, language)}]" if told.rules else ""
    if told.code in _LATE:
        times, lengths = dict(told.times), dict(told.lengths)
        words = {
            "late": spans.by(lengths["late"], language, "через"),
            "disregarding": spans.by(lengths["disregarding"], language),
            "article": ARTICLES.label(told.articles[-1], language),
            "recorded": spans.at(times["recorded"], told.zone, language),
            "ran_out": spans.at(times["limit_ran_out"], told.zone, language),
        }
        return full_stop(perhaps + _LATE[told.code][language == "ru"].format(**words) + cited)
    articles = ", ".join(ARTICLES.label(article, language) for article in told.articles)
    times_told = "; ".join(
        f"{said(FACTS, name, language)} {spans.at(span, told.zone, language)}" for name, span in told.times if name in FACTS
    )
    details = "; ".join(part for part in (articles, times_told) if part)
    line = said(FLAGS, told.code, language)
    return full_stop(perhaps + (f"{line}: {details}" if details else line) + cited)


def window(told: Window, now: datetime, language: str) -> str:
    """A window, whether it is open, until when, and how many rulings lie in it."""
    parts = [said(OPENNESS, told.state, language)]
    if told.closes is not None and told.state is not Openness.NOT_YET:
        pattern = _CLOSED if told.state is Openness.CLOSED else _CLOSES
        parts.append(pattern[language].format(time=spans.at(told.closes, told.zone, language, now)))
    if told.reading == "more_than_two":
        count = str(told.least) if told.least == told.most else f"{told.least}–{told.most}"
        parts.append(_COUNTED[language].format(count=count))
    if told.missing:
        parts.append(missing(told.missing, language))
    return full_stop(f"{said(WINDOWS, told.reading, language)}: {'; '.join(parts)} [{citations(told.rules, language)}]")


def forum(told: Forum, now: datetime, language: str) -> str:
    """A court or body outside the country, and until when."""
    parts = [said(OPENNESS, told.state, language)]
    if told.due is not None:
        pattern = _CLOSED if told.state is Openness.CLOSED else _CLOSES
        parts.append(pattern[language].format(time=spans.at(told.due, told.zone, language, now)))
    if told.missing:
        parts.append(missing(told.missing, language))
    return full_stop(f"{said(FORUMS, told.code, language)}: {'; '.join(parts)} [{citations(told.rules, language)}]")


def citations(rules: tuple[Rule, ...], language: str) -> str:
    """ "KoAP 27.5(1); KoAP 29.6(4), unverified rule"."""
    return "; ".join(citation(rule, language) for rule in rules)


def citation(rule: Rule, language: str) -> str:
    """Where the sentence stands, and whether it was checked."""
    spoken = language == "ru"
    if rule.checked and rule.dates_checked:
        return rule.citation[spoken]
    return f"{rule.citation[spoken]}, {(DAYS_UNVERIFIED if rule.checked else UNVERIFIED)[spoken]}"


_LIMITS = {
    "hours": (("{n} hour", "{n} hours", "{n} hours"), ("{n} час", "{n} часа", "{n} часов")),
    "sutki": (("{n} sutki",) * 3, ("{n} сутки", "{n} суток", "{n} суток")),
    "days": (("{n} day", "{n} days", "{n} days"), ("{n} день", "{n} дня", "{n} дней")),
    "months": (("{n} month", "{n} months", "{n} months"), ("{n} месяц", "{n} месяца", "{n} месяцев")),
}


def limit(told: Limit, language: str) -> str:
    """ "3 hours", "10 sutki", «48 часов»."""
    one, few, many = _LIMITS[told.unit][language == "ru"]
    last, tens = told.amount % 10, told.amount % 100
    if language != "ru":
        return (one if told.amount == 1 else many).format(n=told.amount)
    form = many if 10 < tens < 20 or last == 0 or last > 4 else one if last == 1 else few
    return form.format(n=told.amount)
