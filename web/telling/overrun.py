"""The statement of an overrun, for a motion: what is certain, each clause with a footnote to the rule or the report behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from domain.law.answers import OVER, Basis, Clock, CustodyAnswer, Flag
from domain.law.rules import Rule
from domain.law.span import Length, Span
from domain.moment import When
from domain.vocabulary.articles import ARTICLES
from web.telling import moments, spans
from web.telling.clock_words import CLOCKS, CONDITIONS, FACTS, NOTES, said
from web.telling.clocks import citation, limit

Cite = Callable[[object], str]
"""The caller's reference as a reader knows it: "event 1234"."""

_HELD = ("custody_3h", "custody_48h", "without_court_48h", "to_court_48h", "prolonged_72h")
_PATTERNS = {
    "en": {
        "over": "Held {length} beyond the limit of {limit}{rules}{articles}.",
        "runs": "It runs from {starts}{start_notes}, {start}, and was over {due}.",
        "end": "It ended with {stops}{stop_notes}, {stop}.",
        "until": "This limit stood until {stops}{stop_notes}, {stop}.",
        "still": "No release has been reported by {now}.",
        "under": " under {articles}{notes}",
        "assumes": "Conditions: {conditions}.",
        "late": "The 48-hour article {article}{notes} was recorded {recorded}, {length} after the 3-hour limit{rules}, counted "
        "from {starts}{start_notes}, had run out {due}.",
        "disregarding": "If that change is disregarded, the limit was exceeded by {length}{stop_notes}.",
        "nothing": "No overrun is certain from what has been reported.",
    },
    "ru": {
        "over": "Срок в {limit}{rules} превышен {length}{articles}.",
        "runs": "Начало срока: {starts}{start_notes}, {start}; срок истёк {due}.",
        "end": "Окончание: {stops}{stop_notes}, {stop}.",
        "until": "Этот срок действовал до события: {stops}{stop_notes}, {stop}.",
        "still": "Об освобождении к {now} не сообщалось.",
        "under": " (вменено: {articles}{notes})",
        "assumes": "Оговорки: {conditions}.",
        "late": "«Сорокавосьмичасовая» статья {article}{notes} записана {recorded}, {length} после того, как {due} "
        "истекли три часа{rules} (начало: {starts}{start_notes}).",
        "disregarding": "Без этой переквалификации срок превышен {length}{stop_notes}.",
        "nothing": "По имеющимся сообщениям превышение срока не установлено.",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Footnote:
    """What stands behind a clause: a rule, or a report with the caller's reference."""

    number: int
    text: str
    ref: object = None


@dataclass(frozen=True, slots=True)
class Statement:
    """The paragraphs, with [n] in them, and the notes."""

    paragraphs: tuple[str, ...]
    footnotes: tuple[Footnote, ...]
    nothing_certain: bool = False

    def text(self) -> str:
        """As plain text, the notes below a line."""
        notes = [f"[{note.number}] {note.text}" for note in self.footnotes]
        return "\n\n".join((*self.paragraphs, "\n".join(notes))) if notes else "\n\n".join(self.paragraphs)


@dataclass(slots=True)
class _Notes:
    """Footnotes as they are needed; the same rule or report keeps its number."""

    language: str
    cite: Cite
    found: dict[tuple[str, object], Footnote] = field(default_factory=dict)

    def rules(self, rules: tuple[Rule, ...]) -> str:
        return "".join(self._note(("rule", rule), f"{citation(rule, self.language)}. {rule.sentence[self.language == 'ru']}")
                       for rule in rules)  # fmt: skip

    def reports(self, basis: tuple[Basis, ...]) -> str:
        return "".join(self._report(one) for one in basis)

    def _report(self, one: Basis) -> str:
        name = said(FACTS, one.part.rpartition(":")[2], self.language)
        when = _told(one.when, self.language)
        return self._note((name, (one.ref, one.when)), f"{name}: {when} ({self.cite(one.ref)})", one.ref)

    def _note(self, key: tuple[str, object], text: str, ref: object = None) -> str:
        note = self.found.setdefault(key, Footnote(len(self.found) + 1, text, ref))
        return f" [{note.number}]"


def statement(answer: CustodyAnswer, language: str, cite: Cite) -> Statement:
    """What is certain of one detention; what is only possible is left out, for a motion must not claim it."""
    notes = _Notes(language, cite)
    certain = [clock for clock in answer.clocks if clock.code in _HELD and clock.state in OVER]
    late = [flag for flag in answer.flags if flag.code == "requalified_after_limit" and flag.certain]
    paragraphs = [_overrun(clock, answer, notes, language) for clock in certain]
    paragraphs += [_late(flag, notes, language) for flag in late]
    if not paragraphs:
        return Statement((_PATTERNS[language]["nothing"],), (), nothing_certain=True)
    return Statement(tuple(paragraphs), tuple(notes.found.values()))


def _overrun(clock: Clock, answer: CustodyAnswer, notes: _Notes, language: str) -> str:
    patterns = _PATTERNS[language]
    starts = tuple(one for one in clock.basis if one.part.startswith("start:"))
    stops = tuple(one for one in clock.basis if one.part.startswith("stop:"))
    charges = tuple(one for one in clock.basis if one.part == "charge")
    rules = notes.rules(clock.rules)
    articles = ", ".join(ARTICLES.label(article, language) for article in clock.articles)
    under = patterns["under"].format(articles=articles, notes=notes.reports(charges)) if articles else ""
    said_first = patterns["over"].format(
        length=_at_least(clock.over, language), limit=limit(clock.limit, language), rules=rules, articles=under
    )
    runs = patterns["runs"].format(
        starts=said(FACTS, clock.starts, language), start_notes=notes.reports(starts),
        start=spans.at(clock.start, clock.zone, language), due=spans.at(clock.due, clock.zone, language),
    )  # fmt: skip
    if clock.stop is not None:
        end = patterns["until" if clock.stops == "charge_changed" else "end"].format(
            stops=said(FACTS, clock.stops, language), stop_notes=notes.reports(stops),
            stop=spans.at(clock.stop, clock.zone, language),
        )  # fmt: skip
    else:
        end = patterns["still"].format(now=moments.moment(When(answer.now, answer.now, answer.zone), language))
    conditions = [said(CONDITIONS, code, language) for code in clock.conditions]
    conditions += [said(NOTES, code, language) for code in clock.notes if code not in ("no_release_reported", "end_disputed")]
    assumes = [patterns["assumes"].format(conditions="; ".join(conditions))] if conditions else []
    return " ".join([f"{said(CLOCKS, clock.code, language).capitalize()}. {said_first}", runs, end, *assumes])


def _late(flag: Flag, notes: _Notes, language: str) -> str:
    patterns, times, lengths = _PATTERNS[language], dict(flag.times), dict(flag.lengths)
    changed = tuple(one for one in flag.basis if one.part == "changed")
    starts = tuple(one for one in flag.basis if one.part.startswith("start:"))
    stops = tuple(one for one in flag.basis if one.part.startswith("stop:"))
    counted_from = starts[0].part.rpartition(":")[2] if starts else "delivered"
    late = patterns["late"].format(
        article=ARTICLES.label(flag.articles[-1], language), notes=notes.reports(changed),
        recorded=spans.at(times["recorded"], flag.zone, language), length=_at_least(lengths["late"], language, "через"),
        rules=notes.rules(flag.rules[:1]), starts=said(FACTS, counted_from, language), start_notes=notes.reports(starts),
        due=spans.at(times["limit_ran_out"], flag.zone, language),
    )  # fmt: skip
    least = lengths["disregarding"].least
    if least is None or least <= timedelta(0):
        return late
    least_told = _at_least(lengths["disregarding"], language)
    return f"{late} {patterns['disregarding'].format(length=least_told, stop_notes=notes.reports(stops))}"


def _at_least(told: Length, language: str, preposition: str = "на") -> str:
    """What is certain: the exact length, or "at least" the least of it."""
    exact = told.least is not None and told.least == told.most
    return spans.by(told if exact else Length(told.least, None), language, preposition)


def _told(when: When | None, language: str) -> str:
    return moments.moment(when, language) if when is not None else spans.at(Span(), "UTC", language)
