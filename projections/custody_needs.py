"""What an entry about somebody held raises, or settles, and what of it is left: counsel, a doctor, contact, a phone."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.detention import Detention
from domain.record import Record
from projections.kept import dumps, loads

CONCERNS = {
    "counsel": "counsel", "medical": "medical", "ill_treatment": "ill", "phone_taken": "phone", "no_contact": "no_contact",
}  # fmt: skip
_HELP = {"medical": ["-medical"], "legal": ["-counsel"]}


def _of_a_phone(event: Detention.DeviceTaken) -> list[str]:
    if event.device != "phone":
        return []
    return ["-phone"] if event.returned == "yes" else ["phone"]


MARKS: Mapping[type[Record.Event], Callable[[Any], list[str]]] = {
    Detention.CounselRequested: lambda event: ["counsel"],
    Detention.CounselRefused: lambda event: ["refused"],
    Detention.CounselAdmitted: lambda event: ["-counsel", "-refused", "-no_contact"],
    Detention.IllTreatmentReported: lambda event: ["ill"],
    Detention.Hospitalised: lambda event: ["medical"],
    Detention.ContactLost: lambda event: ["no_contact"],
    Detention.HelpGiven: lambda event: _HELP.get(event.kind, []),
    Detention.DeviceTaken: _of_a_phone,
    Detention.ProtocolDrawn: lambda event: ["protocol"],
    Detention.ConcernRaised: lambda event: [CONCERNS[concern] for concern in event.concerns if concern in CONCERNS],
}
"""What an entry of each of these says, in the words of this page; with a minus, what it settles. The board notes no others."""


def in_order(known: str) -> list[Any]:
    """What was noted, in the order in which it was recorded."""
    return [] if known == "{}" else [value for _, value in sorted(loads(known).items(), key=lambda one: int(one[0]))]


def raised_by(known: str) -> set[str]:
    """What was raised and not settled later: by the time it is told of, and of one moment by the order of recording."""
    if known == "{}":
        return set()
    notes = sorted(loads(known).items(), key=lambda one: (one[1][2], int(one[0])))
    raised: set[str] = set()
    for _, (said, _, _) in notes:
        for mark in said:
            if mark.startswith("-"):
                raised.discard(mark[1:])
            else:
                raised.add(mark)
    return raised


def told_of(known: str) -> set[str]:
    """What was ever said of somebody, settled since or not: nobody else has to be told of it again."""
    told = {mark.removeprefix("-") for said, _, _ in loads(known).values() for mark in said}
    return told | {"counsel"} if "refused" in told else told


def without(known: str, version: int) -> str:
    """What was noted, but for one entry."""
    noted = loads(known)
    noted.pop(str(version), None)
    return dumps(noted)
