"""What is said of people and what they are accused of: verbs for `tests.projections.doings`."""

from typing import Any

from domain.detention import Detention
from domain.person import Person
from domain.record import Record
from tests.projections.doings_with_cases import ARTICLES
from tests.projections.some_facts import TIMES
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


def description(told: type[Record.Event], c: int, d: int) -> dict[str, Any] | None:
    """Other facts for an entry of these; None for any other."""
    known: dict[Any, dict[str, Any]] = {
        Person.Described: {**DESCRIPTIONS[c % 4], "when": TIMES[d % 6]},
        Detention.Requalified: {"when": None, "article": ARTICLES[c % 3]},
        Detention.ProtocolDrawn: {"when": None, "kind": "offence", "article": ARTICLES[d % 3], "copy_given": "no"},
    }
    return known.get(told)
