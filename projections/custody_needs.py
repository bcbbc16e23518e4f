"""What an entry about somebody held raises, or settles, and what of it is left: counsel, a doctor, contact, a phone."""

from typing import Any

from domain.detention import Detention
from projections.kept import loads


def marks(event: Any) -> list[str]:
    """What an entry says, in the words of this page; with a minus, what it settles."""
    match event:
        case Detention.CounselRequested():
            return ["counsel"]
        case Detention.CounselRefused():
            return ["refused"]
        case Detention.CounselAdmitted():
            return ["-counsel", "-refused", "-no_contact"]
        case Detention.IllTreatmentReported():
            return ["ill"]
        case Detention.Hospitalised():
            return ["medical"]
        case Detention.ContactLost():
            return ["no_contact"]
        case Detention.HelpGiven():
            return {"medical": ["-medical"], "legal": ["-counsel"]}.get(event.kind, [])
        case Detention.DeviceTaken() if event.device == "phone":
            return ["-phone"] if event.returned == "yes" else ["phone"]
        case Detention.ProtocolDrawn():
            return ["protocol"]
        case Detention.ConcernRaised():
            return [CONCERNS[concern] for concern in event.concerns if concern in CONCERNS]
    return []


CONCERNS = {
    "counsel": "counsel", "medical": "medical", "ill_treatment": "ill", "phone_taken": "phone", "no_contact": "no_contact",
}  # fmt: skip


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
