"""What courts did in the cases that a detention led to, for the custody of whoever was detained.

A custody that needs no court ends with the first decision of one. A remand, the judgment months later and the judgment of a new
trial after the first was set aside are different acts, one after the other, and no competing reports of one: taken together they
would make "in time" into "perhaps late". Competing reports of one act stay beside each other. What was certainly decided before
the detention began is about an earlier one; so of a custody that began after a case was sent back, the new trial's ruling counts.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.law.facts import Claim, Claims
from domain.law.prosecutions import SET_ASIDE, Standing, in_order
from domain.law.span import hull, span_of
from domain.moment import When
from domain.proceeding import Proceeding
from domain.vocabulary.proceedings import INTERIM

_WHAT_IS_SET_ASIDE = ("ruling", "cassation", "remand")


def court_acts(
    entries: Iterable[Standing], detention: UUID, persons: Collection[UUID], began: When | None = None
) -> tuple[Claims, Claims]:
    """The rulings that end what needs none, and steps, for a hearing was owed in time: of each kind the first since the detention
    `began`. `persons` are the files of whoever was detained.

    What a case that several people share says of another defendant is not about this custody; where there is one defendant, all
    of it is."""
    told = [one for one in entries if isinstance(one[1], Proceeding.Opened | Proceeding.DefendantJoined | Proceeding.Entered)]
    opened = {event.originator_id: event for _, event in told if isinstance(event, Proceeding.Opened)}
    shared = {event.originator_id for _, event in told if isinstance(event, Proceeding.DefendantJoined)}
    ruled, prolonged, heard = list[Claims](), list[Claims](), list[Claims]()
    for which, case in opened.items():
        if case.detention != detention:
            continue
        is_alone = len(case.persons) == 1 and which not in shared
        theirs = [
            (position, event)
            for position, event in told
            if event.originator_id == which
            and isinstance(event, Proceeding.Entered)
            and (is_alone or event.person is None or event.person in persons)
        ]
        ruled += _rulings(theirs, began)
        prolonged += _prolongations(theirs, began)
        heard += _hearings(theirs, began)
    steps = (*_marked(_first(heard), "hearing"), *_marked(_first(prolonged), "prolonged"))
    return _first(ruled), steps


def _rulings(told: Sequence[Standing], began: When | None) -> list[Claims]:
    """The rulings of the first trial since then, each with its competing reports: a later trial came after all of them."""
    trials, tried = defaultdict[int, dict[str, list[Claim]]](lambda: defaultdict(list)), 0
    for position, event in in_order(told):
        if _sets_aside(event):
            tried += 1
        elif isinstance(event, Proceeding.Ruled) and event.outcome != "prolonged":
            kind = "interim" if event.outcome in INTERIM else "returned" if event.outcome == "sent_back" else "final"
            trials[tried][kind].append(_claim(position, event))
    for acts in trials.values():
        since = {kind: tuple(claims) for kind, claims in acts.items() if not _is_over(claims, began)}
        if since:
            is_known = any(_is_timed(claims) for kind, claims in since.items() if kind != "final")
            return [claims for kind, claims in since.items() if kind != "final" or _is_timed(claims) or not is_known]
    return []


def _prolongations(told: Sequence[Standing], began: When | None) -> list[Claims]:
    """The first since then: a judge's 72 hours before a remand and what was prolonged after it are two."""
    acts, remanded = defaultdict[int, list[Claim]](list), 0
    for position, event in in_order(told):
        if isinstance(event, Proceeding.Ruled) and event.outcome == "remanded":
            remanded += 1
        elif isinstance(event, Proceeding.Ruled) and event.outcome == "prolonged":
            acts[remanded].append(_claim(position, event))
    return [tuple(claims) for claims in acts.values() if not _is_over(claims, began)][:1]


def _hearings(told: Sequence[Standing], began: When | None) -> list[Claims]:
    """Each by the number of the entry that set it; one that did not take place is none."""
    acts = defaultdict[Hashable, list[Claim]](list)
    for position, event in told:
        if isinstance(event, Proceeding.HearingHeld) and event.outcome != "not_held":
            acts[event.hearing].append(_claim(position, event))
    return [tuple(claims) for claims in acts.values() if not _is_over(claims, began)]


def _sets_aside(event: Any) -> bool:
    return isinstance(event, Proceeding.AppealDecided) and event.outcome in SET_ASIDE and event.against in _WHAT_IS_SET_ASIDE


def _is_over(act: Iterable[Claim], began: When | None) -> bool:
    """Whether it was certainly done before then, whichever of its reports is true."""
    return began is not None and all(claim.when is not None and claim.when.latest < began.earliest for claim in act)


def _is_timed(act: Iterable[Claim]) -> bool:
    return any(claim.when is not None for claim in act)


def _first(acts: Sequence[Claims]) -> Claims:
    """Of several acts whichever came first, with its competing reports.

    Where nobody says when one of them was, it was the first or not: then it was by the end of the first that is known, and the
    hour is what is missing.
    """
    timed = [act for act in acts if _is_timed(act)]
    untimed = [claim for act in acts if not _is_timed(act) for claim in act]
    known = [hull([span_of(claim.when) for claim in act if claim.when is not None]) for act in timed]
    bound: datetime | None = min((span.latest for span in known if span.latest is not None), default=None)
    if untimed:
        return tuple(replace(claim, told=_earlier(claim.told, bound)) for claim in untimed)
    return tuple(
        claim
        for act, span in zip(timed, known, strict=True)
        if bound is None or span.earliest is None or span.earliest <= bound
        for claim in act
    )


def _earlier(told: datetime | None, bound: datetime | None) -> datetime | None:
    ends = [end for end in (told, bound) if end is not None]
    return min(ends, default=None)


def _marked(claims: Claims, kind: str) -> Claims:
    return tuple(replace(claim, kind=kind) for claim in claims)


def _claim(position: int, event: Any) -> Claim:
    return Claim(event.when, position, told=event.timestamp)
