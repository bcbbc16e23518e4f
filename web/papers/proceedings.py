"""The cases on a paper: each with its court, hearings, ruling, appeal, what was carried out, and what ran out when."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.proceeding import Proceeding
from domain.record import Record
from web.languages import language
from web.languages import translated as _
from web.lawyers.proceedings import OneCase, cases_in
from web.lawyers.prosecuted import Prosecuted, prosecuted_of
from web.papers.known import Known
from web.telling.clock_words import NOT_ADVICE


def prosecuted_then(known: Known) -> Prosecuted:
    """What the law says of this person's cases at the paper's hour."""
    return prosecuted_of(known.history, known.files, known.hour, language())


def cases_known(known: Known) -> list[OneCase]:
    """The cases that stood then."""
    return cases_in(known.history, known.files, prosecuted_then(known), language())


def sections(known: Known, within: Collection[UUID] | None) -> Iterator[dict[str, Any]]:
    """Each case, or of one chosen that one; and the windows that all of them open together, where none was chosen."""
    advice = NOT_ADVICE[language() == "ru"]
    cases = [one for one in cases_known(known) if within is None or one.id in within]
    for one in cases:
        law = [told.text for told in (*one.law.flags, *one.law.clocks, *one.law.forums)]
        title = _("Case: %(article)s", article=one.article)
        yield {"title": title, "facts": _facts(known, one), "paragraphs": law, "note": advice if law else ""}
    windows = [told.text for told in prosecuted_then(known).windows] if within is None else []
    if windows:
        yield {"title": _("One more act"), "paragraphs": windows, "note": advice}
    if not cases:
        yield {"title": _("Cases"), "paragraphs": [_("No case is on record.")]}


_PARTS: Sequence[tuple[str, tuple[type[Record.Event], ...]]] = (
    ("opened", (Proceeding.Opened, Proceeding.DefendantJoined)),
    ("charge", (Proceeding.ChargeChanged,)),
    ("hearings", (Proceeding.HearingSet, Proceeding.HearingMoved, Proceeding.HearingHeld)),
    ("ruling", (Proceeding.Ruled, Proceeding.RulingReceived)),
    ("appeal", (Proceeding.Appealed, Proceeding.AppealDecided)),
    ("effect", (Proceeding.CameIntoForce, Proceeding.FinePaid, Proceeding.ArrestServed)),
    ("searches", (Proceeding.SearchConducted,)),
    ("end", (Proceeding.Closed,)),
)


def _facts(known: Known, one: OneCase) -> list[tuple[str, str]]:
    """What stands of a case, each entry with its position; a part nobody has reported anything of says so where it matters."""
    labels = {
        "opened": _("Opened"),
        "charge": _("Charge changed"),
        "hearings": _("Hearings"),
        "ruling": _("Ruling"),
        "appeal": _("Appeal"),
        "effect": _("Effect and punishment"),
        "searches": _("Searches"),
        "end": _("End"),
    }
    found = [(_("Kind"), one.kind)]
    if one.number:
        found.append((_("Number of the case"), one.number))
    if one.others:
        found.append((_("Others in the same case"), str(one.others)))
    found.append((_("Stage"), one.stage))
    for part, kinds in _PARTS:
        told = [_told(known, at) for at in known.history.standing(*kinds) if at[1].originator_id == one.id]
        if told:
            found.append((labels[part], " ".join(told)))
        elif part in ("hearings", "ruling", "appeal"):
            found.append((labels[part], _("none has been reported up to this position")))
    return found


def _told(known: Known, at: tuple[int, Any]) -> str:
    """An entry without its free words, which the record has."""
    position, event = at
    brief = replace(event, words=None) if getattr(event, "words", None) is not None else event
    return f"{known.history.teller.tell(brief, language())} [{position}]"
