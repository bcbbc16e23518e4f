"""What goes in: what was reported about one detention or one case, each report with the event that it rests on.

Every fact is a tuple of `Claim`s, because reports compete: with two times of release the true one is one of them, and a clock
answers for both. An empty tuple says that nobody has reported it, which is never taken for "it did not happen".
"""

from dataclasses import dataclass
from datetime import datetime

from domain.moment import When


@dataclass(frozen=True, slots=True)
class Claim:
    """One report: it happened then (`when` of None: nobody knows when); with `answer` "no", it did not happen.

    `ref` is the caller's, given back with every answer that rests on it: an event's position. `told` is when the record had it.
    """

    when: When | None = None
    ref: object = None
    answer: str = "yes"
    kind: str = ""
    told: datetime | None = None


Claims = tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Charge:
    """An article that a paper named: an offence protocol, or a change of the accusation (`replaces` what stood before)."""

    article: str
    when: When | None = None
    ref: object = None
    replaces: bool = False
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class Custody:
    """One detention. `delivered` is the first arrival at a station; `to_investigator` the delivery in a criminal case.

    `charges` stand in the order in which they were recorded. `papers` carry a code of the vocabulary of protocols in `kind`, and
    `answer` "no" where it is known that there is none; `steps` say what was done, see `STEPS`. The answers are yes, no, unknown.
    """

    restrained: Claims = ()
    delivered: Claims = ()
    sobered: Claims = ()
    released: Claims = ()
    ruled: Claims = ()
    to_investigator: Claims = ()
    charges: tuple[Charge, ...] = ()
    papers: Claims = ()
    steps: Claims = ()
    minor: str = "unknown"
    foreigner: str = "unknown"
    intoxicated: str = "unknown"


STEPS = ("call", "relatives_told", "parents_told", "prosecutor_told", "questioned", "hearing", "prolonged")
"""A call by the person; who was told; a first questioning; a hearing in court; a ruling that prolongs a suspect's custody."""


@dataclass(frozen=True, slots=True)
class Case:
    """One prosecution, administrative or criminal, by its article. `held` says whether the person is in custody meanwhile.

    `penalties` hold "fine", "work", "arrest", "imprisonment", "expulsion"; empty where they are not known. `executed` is when the
    punishment was served or paid in full, `final` the last domestic decision, `quashed` a ruling that was set aside.
    """

    article: str
    acted: Claims = ()
    ruled: Claims = ()
    copy_received: Claims = ()
    appealed: Claims = ()
    appeal_decided: Claims = ()
    in_force: Claims = ()
    penalties: tuple[str, ...] = ()
    paid: Claims = ()
    executed: Claims = ()
    quashed: Claims = ()
    remanded: Claims = ()
    remand_appealed: Claims = ()
    cassation_filed: Claims = ()
    final: Claims = ()
    held: str = "unknown"
    ref: object = None
