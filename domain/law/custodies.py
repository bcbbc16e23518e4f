"""From the log to the law: one detention's entries, as they stand, become the facts that the clocks are computed from.

Nothing is put right here. Competing reports stay side by side, and every claim carries the position of the entry that makes it.
What an entry implies counts only as far as it goes: whoever is moved from one station to another had been delivered by then, and
whoever is let go from court, or sent from there to serve an arrest, had been before a judge by then; nobody knows since when.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.detention import Detention
from domain.law.facts import Charge, Claim, Claims, Custody
from domain.moment import When
from domain.record import Record
from domain.vocabulary.custody import STILL_HELD

Entry = tuple[int, Any]
"""An entry as it stands, restated where it was corrected, with the position that says so."""

AFTER_A_COURT = STILL_HELD | {"from_court", "arrest_served", "case_ended"}
"""Ways out of the hands of the police before which a court may have decided. Only who says when it did proves an overrun."""
_ACCUSING = ("offence", "criminal_detention", "unknown")
"""The papers that accuse. Those of delivery and of administrative detention are other papers, whatever article they name."""
_UNNAMED = "unknown"
READ = (
    Detention.Recorded, Detention.Delivered, Detention.Transferred, Detention.ProtocolDrawn, Detention.ProtocolMissing,
    Detention.CallReported, Detention.NoticeReported, Detention.StatusReported, Detention.Sobered, Detention.Requalified,
    Detention.Questioned, Detention.Released,
)  # fmt: skip
"""The entries that a clock may rest on. Whoever keeps a detention for the clocks keeps these."""
_TOLD: Mapping[str, tuple[str, ...]] = {
    "relatives": ("relatives_told",),
    "parents": ("parents_told", "relatives_told"),
    "prosecutor": ("prosecutor_told",),
}
"""Who was told, by the steps of the law. That parents were not told says nothing of other relatives."""


def custody_of(
    entries: Iterable[Entry],
    *,
    ruled: Claims = (),
    to_investigator: Claims = (),
    steps: Claims = (),
) -> Custody:
    """The facts of one detention. `entries` are those of its record that stand; the rest is what other records say of it, such
    as a court's ruling in the case."""
    told = sorted(entries, key=lambda entry: (entry[1].originator_version, entry[0]))

    def of(kind: type[Record.Event]) -> list[Entry]:
        return [entry for entry in told if isinstance(entry[1], kind)]

    opened, left, papers = of(Detention.Recorded), of(Detention.Released), of(Detention.ProtocolDrawn)
    sobered = of(Detention.Sobered)
    statuses = {status for _, event in of(Detention.StatusReported) for status in event.statuses}
    if sobered:
        statuses.add("intoxicated")
    return Custody(
        restrained=tuple(_claim(entry) for entry in opened),
        delivered=tuple(_claim(entry) for entry in of(Detention.Delivered)) or _by_then(of(Detention.Transferred)),
        sobered=tuple(_claim(entry) for entry in sobered),
        released=tuple(_claim(entry, kind=entry[1].kind) for entry in left if entry[1].kind not in STILL_HELD),
        ruled=(*ruled, *_by_then(entry for entry in left if entry[1].kind in AFTER_A_COURT)),
        to_investigator=to_investigator,
        charges=_charges(papers, of(Detention.Requalified)),
        papers=(
            *(_claim(entry, kind=entry[1].kind) for entry in papers),
            *(_claim(entry, kind="offence", answer="no") for entry in left if entry[1].kind == "without_protocol"),
            *(_claim(entry, kind=entry[1].kind, answer="no") for entry in of(Detention.ProtocolMissing)),
        ),
        steps=(*_steps(of(Detention.Questioned), of(Detention.CallReported), of(Detention.NoticeReported)), *steps),
        minor=next((event.minor for _, event in opened), "unknown"),
        foreigner=_answered(statuses, "foreigner", "citizen"),
        intoxicated=_answered(statuses, "intoxicated", "not_intoxicated"),
    )


def _steps(questioned: Sequence[Entry], calls: Sequence[Entry], notices: Sequence[Entry]) -> Claims:
    found = [_claim(entry, kind="questioned") for entry in questioned]
    found += [_claim(entry, kind="call", answer="yes" if entry[1].call == "made" else "no") for entry in calls]
    for entry in notices:
        steps, given = _TOLD.get(entry[1].whom, ()), entry[1].notice == "given"
        found += [_claim(entry, kind=step, answer="yes" if given else "no") for step in (steps if given else steps[:1])]
    return tuple(found)


def _answered(statuses: Collection[str], yes: str, no: str) -> str:
    """Where reports contradict each other the clocks answer for both."""
    if (yes in statuses) == (no in statuses):
        return "unknown"
    return "yes" if yes in statuses else "no"


def zone_in(entries: Iterable[Entry]) -> str | None:
    """The zone of the place: that of the first entry that names one; None where none does."""
    for _, event in entries:
        for value in (getattr(event, "place", None), getattr(event, "when", None)):
            if value is not None and value.zone:
                return str(value.zone)
    return None


def _claim(entry: Entry, *, kind: str = "", answer: str = "yes") -> Claim:
    position, event = entry
    return Claim(event.when, position, answer, kind, event.timestamp)


def _by_then(entries: Iterable[Entry]) -> Claims:
    """What these imply had happened by then at the latest."""
    return tuple(Claim(None, position, told=_latest(event.when, event.timestamp)) for position, event in entries)


def _latest(when: When | None, told: datetime) -> datetime:
    return when.latest if when is not None else told


def _charges(papers: Sequence[Entry], changes: Sequence[Entry]) -> tuple[Charge, ...]:
    """The accusations in the order in which they were made: as they were recorded, unless their times certainly say otherwise.

    A paper whose article nobody named is no further accusation where it may be the same paper as one whose article is known.
    """
    accusing = [(position, paper) for position, paper in papers if paper.kind in _ACCUSING]
    named = [paper for _, paper in accusing if paper.article not in (None, _UNNAMED)]
    made = [
        (position, event)
        for position, event in sorted([*accusing, *changes], key=lambda one: one[1].originator_version)
        if isinstance(event, Detention.Requalified) or _accuses(event, named)
    ]
    ordered: list[Charge] = []
    for position, event in made:
        is_change = isinstance(event, Detention.Requalified)
        charge = Charge(event.article or _UNNAMED, event.when, position, is_change, event.timestamp)
        at = next((index for index, later in enumerate(ordered) if _surely_before(charge, later)), len(ordered))
        ordered.insert(at, charge)
    return tuple(ordered)


def _accuses(paper: Any, named: Sequence[Any]) -> bool:
    if paper.article not in (None, _UNNAMED):
        return True
    if paper.kind != "offence":  # a suspect's article is one of the criminal code: the clocks need to know no more than that
        return False
    return all(paper.when is not None and one.when is not None and not paper.when.overlaps(one.when) for one in named)


def _surely_before(first: Charge, second: Charge) -> bool:
    return first.when is not None and second.when is not None and first.when.latest < second.when.earliest
