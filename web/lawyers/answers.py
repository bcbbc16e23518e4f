"""The five answers at the top of a file: where, since when, under which article, which clock runs, what is next."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from web.languages import translated as _
from web.lawyers.custodies import Custody
from web.lawyers.time_limits import Told, accused_of, coming, leading


@dataclass(frozen=True, slots=True)
class Answer:
    """One of them. `unknown` says that nobody has reported it; `clocks` are told each on a line of its own."""

    asked: str
    told: str
    unknown: bool = False
    rests: Sequence[int] = ()
    clocks: Sequence[Told] = field(default=())


def answers_of(custodies: Sequence[Custody], language: str) -> list[Answer]:
    """From the custody that goes on, else from the latest; none for somebody who was never detained."""
    standing = [custody for custody in custodies if custody.state != "withdrawn"]
    if not standing:
        return []
    held = [custody for custody in standing if custody.state == "held"]
    custody = (held or standing)[-1]
    return [
        _where(custody),
        Answer(_("Since"), custody.began or _("not reported"), not custody.began, custody.rests),
        *_of_the_law(custody, language),
    ]


def _where(custody: Custody) -> Answer:
    if custody.state == "free":
        told = "; ".join(", ".join(part for part in report if part) for report in dict.fromkeys(custody.released))
        return Answer(_("Where now"), told, False, custody.let_go)
    place = custody.station or custody.where
    return Answer(_("Where now"), place or _("not reported"), not place, custody.moved)


def _of_the_law(custody: Custody, language: str) -> list[Answer]:
    if custody.limits is None:
        return []
    article, rests = accused_of(custody.limits.facts, language)
    following = coming(custody.limits.answer, language)
    return [
        Answer(_("Article"), article or _("no protocol reported"), not article, rests),
        Answer(_("Time limits"), "", clocks=leading(custody.limits.answer, language)),
        Answer(_("Next"), following or _("nothing falls due by what is known"), not following),
    ]
