"""From what is on record of a proceeding to the facts the law is applied to, for one defendant.

What is said of all is said of each. Competing reports stay side by side: a clock answers for both. Silence stays silence.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.law.facts import Case, Claim, Claims
from domain.moment import When
from domain.proceeding import Proceeding
from domain.record import Record

Standing = tuple[int, Record.Event]
"""An entry as it stands, corrected ones restated, with the position that says so."""

READ_IN_CASES: tuple[type[Record.Event], ...] = (
    Proceeding.DefendantJoined, Proceeding.ChargeChanged, Proceeding.HearingHeld, Proceeding.Ruled, Proceeding.RulingReceived,
    Proceeding.Appealed, Proceeding.AppealDecided, Proceeding.CameIntoForce, Proceeding.FinePaid, Proceeding.ArrestServed,
    Proceeding.Closed,
)  # fmt: skip
"""What happened in a case, once it was opened, that a clock may rest on. Whoever keeps a case for the clocks keeps these."""
_LIABLE = frozenset({"guilty", "unknown"})
SET_ASIDE = frozenset({"quashed", "sent_back"})
"""Decisions on an appeal after which there may be a new trial."""
_PENALTIES = ("fine", "work", "arrest", "imprisonment", "expulsion")
_TO_PRISON = {"suspended": "imprisonment"}


def case_of(entries: Iterable[Standing], persons: Collection[UUID], *, held: str = "unknown") -> Case:
    """The facts of one proceeding for one defendant: `persons` are all files of that person. The article is the one recorded
    last. `held` says whether the person is in custody meanwhile, as the caller knows from the detentions.

    A ruling that was set aside counts no more once a new one is reported after it. Raises ValueError without the entry that
    opened the proceeding.
    """
    told = in_order(one for one in entries if _concerns(one[1], persons))
    opened = next(((position, event) for position, event in told if isinstance(event, Proceeding.Opened)), None)
    if opened is None:
        raise ValueError("not opened")
    charges = [one for one in _of(told, Proceeding.ChargeChanged) if one[1].article != "unknown"]
    article = max(charges, key=lambda one: one[1].originator_version)[1].article if charges else opened[1].article
    tried = _last_trial(told)
    ruled = [one for one in tried if _is_ruling(one[1])]
    decided = _of(tried, Proceeding.AppealDecided)
    of_ruling = [one for one in decided if one[1].against == "ruling"]
    cassation = [one for one in decided if one[1].against == "cassation"]
    interim = [one for one in _of(told, Proceeding.Ruled) if one[1].outcome in ("remanded", "prolonged")]
    paid = [one for one in _of(tried, Proceeding.FinePaid) if one[1].in_full != "no"]
    return Case(
        article,
        acted=(Claim(opened[1].acted, opened[0], told=opened[1].timestamp),) if opened[1].acted is not None else (),
        ruled=_claims(ruled),
        copy_received=_claims(_of(tried, Proceeding.RulingReceived)),
        appealed=_claims(_appeals(tried, "ruling")),
        appeal_decided=_claims(of_ruling),
        in_force=_claims(_of(tried, Proceeding.CameIntoForce)),
        penalties=_penalties(ruled),
        paid=_claims(paid),
        executed=_claims([one for one in tried if _is_executed(one[1])]),
        quashed=_claims([one for one in (*of_ruling, *cassation) if one[1].outcome in SET_ASIDE]),
        remanded=_claims(interim),
        remand_appealed=_claims(_appeals(told, "remand")),
        cassation_filed=_claims(_appeals(tried, "cassation")),
        final=_claims(cassation or [one for one in of_ruling if one[1].outcome != "sent_back"]),
        held=held,
        ref=opened[0],
    )


def cases_of(entries: Iterable[Standing], persons: Collection[UUID], *, held: str = "unknown") -> dict[UUID, Case]:
    """The same for every proceeding among these entries in which one of `persons` is a defendant, by its id."""
    found: dict[UUID, list[Standing]] = defaultdict(list)
    for position, event in entries:
        if isinstance(event, Proceeding.Opened | Proceeding.DefendantJoined | Proceeding.Entered):
            found[event.originator_id].append((position, event))
    return {which: case_of(told, persons, held=held) for which, told in found.items() if _is_against(told, persons)}


def _concerns(event: Record.Event, persons: Collection[UUID]) -> bool:
    if isinstance(event, Proceeding.Entered):
        return event.person is None or event.person in persons
    return isinstance(event, Proceeding.Opened)


def _is_against(told: Iterable[Standing], persons: Collection[UUID]) -> bool:
    opened = [event for _, event in told if isinstance(event, Proceeding.Opened)]
    joined = {event.person for _, event in told if isinstance(event, Proceeding.DefendantJoined)}
    return bool(opened) and bool(set(persons) & ({*opened[0].persons} | joined))


def in_order(told: Iterable[Standing]) -> list[Standing]:
    """The entries of one proceeding in order of happening; what has no time came right after what was told before it."""
    latest, placed = datetime.min.replace(tzinfo=UTC), list[tuple[datetime, int, Standing]]()
    for one in sorted(told, key=lambda one: one[1].originator_version):
        when: When | None = getattr(one[1], "when", None)
        latest = when.earliest if when is not None else latest
        placed.append((latest, one[1].originator_version, one))
    return [one for _, _, one in sorted(placed, key=lambda one: one[:2])]


def _is_ruling(event: Record.Event) -> bool:
    """Whether somebody was held liable; an acquittal starts no clock, and takes effect in no way that counts here."""
    return isinstance(event, Proceeding.Ruled) and event.outcome in _LIABLE


def _is_executed(event: Record.Event) -> bool:
    if isinstance(event, Proceeding.FinePaid):
        return event.in_full == "yes"
    if isinstance(event, Proceeding.Closed):
        return event.outcome == "executed"
    return isinstance(event, Proceeding.ArrestServed)


def _last_trial(told: list[Standing]) -> list[Any]:
    """What happened since the ruling was set aside for the last time, where there is a new ruling; all of it where not."""
    ended = [
        number
        for number, (_, event) in enumerate(told)
        if isinstance(event, Proceeding.AppealDecided) and event.outcome in SET_ASIDE and event.against in ("ruling", "cassation")
    ]
    since = told[ended[-1] + 1 :] if ended else []
    return since if any(_is_ruling(event) for _, event in since) else told


def _of(told: Iterable[Standing], kind: type[Record.Event]) -> list[Any]:
    return [one for one in told if isinstance(one[1], kind)]


def _appeals(told: Iterable[Standing], against: str) -> list[Any]:
    return [one for one in _of(told, Proceeding.Appealed) if one[1].against == against]


def _penalties(ruled: Iterable[Any]) -> tuple[str, ...]:
    """Every penalty that any report of the ruling names, in the law's words."""
    named = [_TO_PRISON.get(code, code) for _, event in ruled for code in event.penalties]
    return tuple(code for code in _PENALTIES if code in named)


def _claims(told: Iterable[Any]) -> Claims:
    return tuple(Claim(event.when, position, told=event.timestamp) for position, event in told)
