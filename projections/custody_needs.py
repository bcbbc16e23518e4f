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


NOTHING = "[]"
"""A row in which nothing is noted yet."""


def noted(known: str, version: int, *values: Any) -> str:
    """What was noted, with one more entry at the end of it; what is there need not be read for it."""
    one = dumps((version, *values))
    return f"{known[:-1]},{one}]" if len(known) > len(NOTHING) else f"[{one}]"


def without(known: str, version: int) -> str:
    """What was noted, but for one entry."""
    return dumps([one for one in loads(known) if one[0] != version])


def in_order(known: str) -> list[Any]:
    """What was noted, each behind the number of its entry, in the order in which it was recorded."""
    return [] if known == NOTHING else sorted(loads(known))


def raised_by(known: str) -> set[str]:
    """What was raised and not settled later: by the time it is told of, and of one moment by the order of recording."""
    raised: set[str] = set()
    if known == NOTHING:
        return raised
    for _, _, said in sorted([(at, version, said) for version, said, at, *_ in loads(known)]):
        for mark in said:
            if mark.startswith("-"):
                raised.discard(mark[1:])
            else:
                raised.add(mark)
    return raised


def told_of(known: str) -> set[str]:
    """What was ever said of somebody, settled since or not: nobody else has to be told of it again."""
    told = {mark.removeprefix("-") for _, said, *_ in loads(known) for mark in said}
    return told | {"counsel"} if "refused" in told else told
