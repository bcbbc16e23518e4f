"""What is said of people and what they are accused of: verbs for `tests.projections.doings`."""

from collections.abc import Sequence
from typing import Any

from domain.count import Count
from domain.detention import Detention
from domain.person import Person
from domain.proceeding import Proceeding
from domain.record import Record
from tests.projections.doings_with_cases import ARTICLES
from tests.projections.some_facts import PLACES, TIMES, count_of
from tests.trackers import entry

DESCRIPTIONS = (
    {"gender": "woman", "age_band": "from_16_to_17"},
    {"gender": "man", "age_band": "unknown"},
    {"gender": "unknown", "age_band": "from_18_to_24"},
    {"gender": "other", "age_band": "from_60"},
)


def describe(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """Of which gender and age."""
    doings.casebook.describe_person(entry(), doings._one(doings.people, a), **DESCRIPTIONS[b % 4], when=TIMES[c % 6])


def accuse(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """Of an offence, in a protocol or by a change of it; or a paper that accuses nobody."""
    detention = doings._one(doings.detentions, a)
    if b % 3:
        kind, article = (("offence", ARTICLES[c % 3]), ("delivery", None))[d % 4 == 0]
        doings.casebook.record_protocol(entry(), detention, kind=kind, article=article)
    else:
        doings.casebook.requalify(entry(), detention, article=ARTICLES[c % 3])


def rule(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """A court rules on one defendant or all; sums and terms are told, or not, or in other words."""
    whom = doings._one(doings.people, b) if b % 3 else None
    doings.casebook.record_ruling(entry(), doings._one(doings.cases, a), **ruling(b, c, d), person=whom)


def ruling(b: int, c: int, d: int) -> dict[str, Any]:
    """What a ruling says."""
    penalties = (("fine",), ("arrest",), ("unknown",), ("fine", "work"), ("warning",), ("arrest",), ("fine",))[c % 7]
    outcome = ("guilty", "guilty", "guilty", "acquitted", "terminated", "remanded", "sent_back", "unknown")[d % 8]
    fine = count_of(b, c, d)["count"] if ("fine" in penalties and d % 3) or d % 7 == 0 else None
    term = Count.between(1 + c % 5, 5 + d % 10) if "arrest" in penalties and b % 4 else None
    told = {"fine": fine, "term": term, "unit": ("days", "days", "hours", "unknown")[(b + c) % 4] if term else "unknown"}
    place = PLACES[(b + d) % 7]
    return {"outcome": outcome, "penalties": penalties, **told, "when": TIMES[(c + d) % 6], "place": place, "words": None}


def description(told: type[Record.Event], c: int, d: int) -> dict[str, Any] | None:
    """Other facts for an entry of these; None for any other."""
    known: dict[Any, dict[str, Any]] = {
        Person.Described: {**DESCRIPTIONS[c % 4], "when": TIMES[d % 6]},
        Proceeding.Ruled: {**ruling(c, d, c + d), "person": None},
        Detention.Requalified: {"when": None, "article": ARTICLES[c % 3]},
        Detention.ProtocolDrawn: {"when": None, "kind": "offence", "article": ARTICLES[d % 3], "copy_given": "no"},
    }
    return known.get(told)


def last_few(verbs: Sequence[Any]) -> list[tuple[int, ...]]:
    """After so much that few are not forgotten: of three people one asks to be, the file of another is withdrawn, and a third
    consents and has a case."""
    at = {verb.__name__: number for number, verb in enumerate(verbs)}
    told: dict[str, tuple[int, ...]] = {"_consent": (2, 1, 1, 0), "open_case": (0, 0, 2, 2), "in_a_case": (0, 0, 1, 1)}
    told |= {"_ask_to_forget": (0, 0, 1, 0), "_withdraw": (4, 0, 0, 0)}
    return [*[(1, 0, 0, 0, 0)] * 3, *((at[verb], *numbers) for verb, numbers in told.items())]
