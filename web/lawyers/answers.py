"""The five answers at the top of a file: where, since when, under which article, which clock runs, what is next."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.vocabulary.articles import ARTICLES
from web.languages import translated as _
from web.lawyers.custodies import Custody
from web.lawyers.prosecuted import Prosecuted, coming_in_cases
from web.lawyers.time_limits import Told, accused_of, coming, leading


@dataclass(frozen=True, slots=True)
class Answer:
    """One of them. `unknown` says that nobody has reported it; `clocks` are told each on a line of its own."""

    asked: str
    told: str
    unknown: bool = False
    rests: Sequence[int] = ()
    clocks: Sequence[Told] = field(default=())


def answers_of(custodies: Sequence[Custody], prosecuted: Prosecuted, language: str) -> list[Answer]:
    """From the custody that goes on, else from the latest, and from all cases; none where there is neither."""
    standing = [custody for custody in custodies if custody.state != "withdrawn"]
    if not standing and not prosecuted.cases:
        return []
    held = [custody for custody in standing if custody.state == "held"]
    custody = (held or standing)[-1] if standing else None
    where = [] if custody is None else [_where(custody), _since(custody)]
    return [*where, _article(custody, prosecuted, language), *_clocks(custody, prosecuted, language)]


def _where(custody: Custody) -> Answer:
    if custody.state == "free":
        told = "; ".join(", ".join(part for part in report if part) for report in dict.fromkeys(custody.released))
        return Answer(_("Where now"), told, False, custody.let_go)
    place = custody.station or custody.where
    return Answer(_("Where now"), place or _("not reported"), not place, custody.moved)


def _since(custody: Custody) -> Answer:
    return Answer(_("Since"), custody.began or _("not reported"), not custody.began, custody.rests)


def _article(custody: Custody | None, prosecuted: Prosecuted, language: str) -> Answer:
    """As the papers of the custody say; otherwise as the cases do."""
    article, rests = "", list[int]()
    if custody is not None and custody.limits is not None:
        article, rests = accused_of(custody.limits.facts, language)
    if not article and prosecuted.cases:
        known = [law.facts for law in prosecuted.cases.values()]
        article = ", ".join(dict.fromkeys(ARTICLES.label(facts.article, language) for facts in known))
        rests = [facts.ref for facts in known if isinstance(facts.ref, int)]
    return Answer(_("Article"), article or _("no protocol reported"), not article, rests)


def _clocks(custody: Custody | None, prosecuted: Prosecuted, language: str) -> list[Answer]:
    limits = custody.limits if custody is not None else None
    told = leading(limits.answer, language) if limits is not None else []
    following = coming(limits.answer, language) if limits is not None else []
    next_of_all = min([*following, *coming_in_cases(prosecuted, language)], default=None)
    shown = next_of_all[1] if next_of_all is not None else _("nothing falls due by what is known")
    return [
        *([Answer(_("Time limits"), "", clocks=told)] if told else []),
        Answer(_("Next"), shown, next_of_all is None),
    ]
