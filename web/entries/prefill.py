"""The form of a correction, filled with what the entry says now. What is left as it stands stays exactly that fact.

So "an hour ago" is not read again a day later, and a place that was chosen once is not asked for again.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.count import Count
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed
from domain.record import Record
from web.desk import Desk, PageTeller
from web.entries.fields import Field
from web.entries.reading import Kept
from web.languages import language
from web.sources.naming import AS_IT_STANDS
from web.telling import number


def kept_of(desk: Desk, event: Record.Event, fields: Sequence[Field]) -> dict[str, Kept]:
    """For each field of the form what the entry says, as a fact and as text; the source's reference among them."""
    teller = desk.teller([event])
    kept = {field.name: _kept(getattr(event, field.name), teller) for field in fields}
    origin = event.source.origin
    if origin is not None:
        text = str(origin) if desk.reader.knows(desk.tracker, [origin]) else AS_IT_STANDS
        kept["origin"] = Kept(origin, text)
    return {**kept, "reference": _kept(event.source.reference, teller)}


def _kept(fact: Any, teller: PageTeller) -> Kept:
    words = fact.words if isinstance(fact, When | Place) else fact
    return Kept(fact, _text(fact, teller), isinstance(words, Sealed) and not teller.said(words))


def values_of(event: Record.Event, kept: dict[str, Kept]) -> dict[str, Any]:
    """What stands in the form at first."""
    values: dict[str, Any] = {name: list(one.fact) if isinstance(one.fact, tuple) else one.text for name, one in kept.items()}
    return {**values, "source_kind": event.source.kind, "reliability": event.source.reliability.value}


def _text(fact: Any, teller: PageTeller) -> str:
    match fact:
        case When():
            return teller.said(fact.words).strip() or teller.when(fact, language())
        case Place():
            return teller.said(fact.words).strip() or teller.place(fact, language())
        case Count():
            return fact.words or number(fact, language())
        case UUID() | date():
            return str(fact)
        case Sealed() | None:
            return teller.said(fact).strip()
        case tuple():
            return ""
    return str(fact)
