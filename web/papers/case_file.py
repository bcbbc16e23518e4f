"""A case file on paper: the person, each detention in brief with the picture of its hours, its clocks, the cases, consent,
exhibits, and the lines with positions. Of one case or detention alone, where that was asked for.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from domain.detention import Detention
from domain.record import Record
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.custody import PROTOCOL_KINDS, RELEASE_KINDS
from domain.vocabulary.exhibits import EXHIBIT_KINDS, MEDIA
from web.desk import Desk, PageTeller
from web.entries.offers import name_of
from web.languages import language
from web.languages import translated as _
from web.lawyers.consent import consent_lines
from web.lines import Line
from web.papers import clocks, proceedings
from web.papers.bar import bar_on_paper
from web.papers.contents import NEWEST, Contents, told
from web.papers.known import Known, exhibits_known, front
from web.papers.proceedings import cases_known
from web.telling import moments, short_id
from web.telling.phrases import phrase

Pairs = list[tuple[str, str]]

_WORKING = (
    "counsel-assigned counsel-dismissed note-written found-to-be told-apart "
    "forgetting-requested forgetting-approved forgetting-cancelled"
).split()
"""Entries about the work on a file and not about what happened to somebody."""
_STRUCK = ("corrected", "withdrawn", "undone")


def content_of(desk: Desk, known: Known, contents: Contents) -> dict[str, Any]:
    """What the sheet `case_file` is filled with, in the language of the page being made."""
    parts = {
        "custodies": _custodies,
        "clocks": _clocks,
        "cases": _cases,
        "consent": _consent,
        "exhibits": _exhibits,
        "record": _record,
    }
    sections = [section for part, made in parts.items() if part in contents.chosen for section in made(desk, known, contents)]
    return {
        **front(desk, known, known.name or _("Name not known"), _("Case file")),
        "about": _about(known, contents),
        "sections": sections,
    }


def _about(known: Known, contents: Contents) -> Pairs:
    found = [(_("File number"), str(known.person))]
    if len(known.files) > 1:
        joined = ", ".join(short_id(file) for file in known.files[1:])
        found.append((_("Read together with the files"), joined))
    if contents.of is not None:
        called = dict(choices(known)).get(contents.of, "")
        says = _("%(called)s. Nothing else of the file is on this paper, but for consent where that was chosen.", called=called)
        found.append((_("One part of the file"), says))
    if contents.left_out:
        found.append((_("Not on this paper"), "; ".join(told(part) for part in contents.left_out)))
    return found


def choices(known: Known) -> list[tuple[UUID, str]]:
    """The detentions and cases of which a paper may be made alone, by what they are called."""
    teller, spoken = known.history.teller, language()
    found = [(record, _detained(first, teller, spoken)) for record, first, _entries in known.details()]
    return [*found, *((one.id, one.called) for one in cases_known(known))]


def _detained(opened: Any, teller: PageTeller, spoken: str) -> str:
    if opened.when is None:
        return _("Detained, time not reported")
    return _("Detained %(when)s", when=teller.when(opened.when, spoken))


def _custodies(desk: Desk, known: Known, contents: Contents) -> Iterator[dict[str, Any]]:
    within, law = known.within(contents.of), {one.detention: one for one in clocks.answers(known)}
    for position, opened in known.history.standing(Detention.Recorded):
        if within is not None and opened.originator_id not in within:
            continue
        one = law.get(opened.originator_id)
        title = _detained(opened, known.history.teller, contents.spoken)
        bar = bar_on_paper(one.facts, one.custody, contents.spoken) if one is not None else None
        yield {"title": title, "bar": bar, "facts": _facts(known, position, opened, contents.spoken)}


def _facts(known: Known, position: int, opened: Any, spoken: str) -> Pairs:
    """What stands of one detention, each with its position."""
    teller, nothing = known.history.teller, _("nothing more was reported")

    def standing(*kinds: type[Record.Event]) -> Sequence[tuple[int, Any]]:
        return [(at, event) for at, event in known.history.standing(*kinds) if event.originator_id == opened.originator_id]

    def line(at: int, *words: str) -> str:
        told = ", ".join(word for word in words if word)
        return f"{told or nothing} [{at}]"

    def when(event: Any) -> str:
        return teller.when(event.when, spoken) if event.when is not None else _("time not reported")

    def place(event: Any) -> str:
        return teller.place(event.place, spoken) if event.place is not None else ""

    found = [(_("Where detained"), line(position, place(opened)))] if place(opened) else []
    found += [(_("Delivered to"), line(at, place(event), when(event))) for at, event in standing(Detention.Delivered)]
    found += [(_("Moved to"), line(at, place(event), when(event))) for at, event in standing(Detention.Transferred)]
    for at, event in standing(Detention.ProtocolDrawn, Detention.Requalified):
        kind = phrase(PROTOCOL_KINDS, event.kind, spoken) if isinstance(event, Detention.ProtocolDrawn) else ""
        article = ARTICLES.label(event.article, spoken) if event.article is not None else ""
        found.append((_("Paper") if kind else _("Accusation changed"), line(at, kind, article, when(event))))
    released = standing(Detention.Released)
    found += [(_("Release reported"), line(at, phrase(RELEASE_KINDS, event.kind, spoken), when(event))) for at, event in released]
    if not released:
        found.append((_("Release"), _("none has been reported up to this position")))
    return found


def _clocks(desk: Desk, known: Known, contents: Contents) -> Iterator[dict[str, Any]]:
    return clocks.sections(known, known.within(contents.of))


def _cases(desk: Desk, known: Known, contents: Contents) -> Iterator[dict[str, Any]]:
    return proceedings.sections(known, known.within(contents.of))


def _consent(desk: Desk, known: Known, contents: Contents) -> Iterator[dict[str, Any]]:
    with desk.tracker.views() as db:
        lines = consent_lines(db, known.person, known.history, contents.spoken)
    note = _("Consent is told as it stands on the day this paper is made, whatever was known before.")
    facts: Pairs = [(_capital(line.label), f"{line.told} [{line.position}]") for line in lines]
    nothing = [] if facts else [_("Nothing was said about consent: nothing may be published or passed on.")]
    yield {"title": _("Consent"), "note": note, "facts": facts, "paragraphs": nothing}


def _exhibits(desk: Desk, known: Known, contents: Contents) -> Iterator[dict[str, Any]]:
    facts: Pairs = []
    within = known.within(contents.of)
    for position, event in exhibits_known(desk, known):
        if within is not None and event.detention not in within:
            continue
        captured = _("captured %(when)s", when=moments.moment(event.captured, contents.spoken)) if event.captured else ""
        media = MEDIA.label(event.media, contents.spoken) if event.media is not None else ""
        digest = f"SHA-256 {event.sha256}" if event.sha256 is not None else ""
        words = ", ".join(part for part in (media, captured, digest) if part)
        kind = EXHIBIT_KINDS.label(event.kind, contents.spoken)
        facts.append((f"{_capital(kind)} {short_id(event.originator_id)}", f"{words} [{position}]".strip()))
    yield {"title": _("Exhibits"), "facts": facts, "paragraphs": [] if facts else [_("None.")]}


def _record(desk: Desk, known: Known, contents: Contents) -> Iterator[dict[str, Any]]:
    # what is corrected or brought back is said again: a correction of a note is a note
    says = {position: name_of(type(event.says)) for position, event in known.history.told}
    within = known.within(contents.of)
    told = [line for line in known.history.lines() if within is None or line.record in within]
    lines = [line for line in told if _is_asked_for(line, says[line.position], contents)]
    if contents.order == NEWEST:
        lines.reverse()
    note = _("The number before a line is its position: the number to cite. Hours of recording are on the clock of Moscow.")
    yield {"title": _("The record"), "note": note, "lines": [_line(line, contents) for line in lines]}


def _is_asked_for(line: Line, says: str, contents: Contents) -> bool:
    if not {line.name, says}.isdisjoint(_WORKING) and "working" not in contents.chosen:
        return False
    return line.state not in _STRUCK or "withdrawn" in contents.chosen


def _line(line: Line, contents: Contents) -> dict[str, Any]:
    became = {
        "corrected": _("Corrected"),
        "withdrawn": _("Withdrawn"),
        "reinstated": _("Counts again since then"),
        "undone": _("Brought back"),
    }
    below = []
    if line.state in became:
        below.append(f"{became[line.state]}: {line.because} [{line.changed_at}]".replace(":  ", " "))
    if "earlier" in contents.chosen:
        earlier = [step for step in line.steps if step.sentence not in ("", line.sentence)]
        reads = {"told": _("as first told"), "corrected": _("corrected"), "reinstated": _("brought back")}
        below += [f"{_capital(reads[step.state])} [{step.position}]: {step.sentence}" for step in earlier]
    if "sources" in contents.chosen:
        below.append(line.source)
    if line.basis is not None:
        tier = f"{line.basis.label} ({line.basis.voices})" if line.basis.voices else line.basis.label
        below.append(_("Recorded %(when)s; how well borne out: %(tier)s.", when=line.recorded, tier=tier))
    else:
        below.append(_("Recorded %(when)s.", when=line.recorded))
    return {"number": str(line.position), "struck": line.state in _STRUCK, "sentence": line.sentence, "below": below}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
