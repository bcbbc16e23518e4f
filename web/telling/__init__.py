"""Every event told in a sentence, in English and Russian: what a page, the command line and the PDF show of the record.

The sentences are plain text and stand in `web/told/<topic>.txt`; who shows them escapes them. A `Teller` depends on nothing but
its arguments: names of places, and an opener that decides for the reader of the moment which sealed words are shown. Unknown is
left out or said to be unknown, never told as no.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from eventsourcing.domain import Aggregate
from eventsourcing.utils import get_topic

from domain.count import Count
from domain.facts import facts_of
from domain.moment import When
from domain.place import Place
from domain.privacy import Sealed
from domain.provenance import Reliability, Source
from domain.record import Record
from domain.vocabulary import Vocabulary
from domain.vocabulary.general import ANSWERS, RELIABILITY, SOURCE_KINDS
from web.telling import moments
from web.telling.numbers import NO_NUMBER, number, told_number
from web.telling.opening import opened_at_once
from web.telling.phrases import phrase
from web.telling.places import NOWHERE, Located, PlaceNames, RememberedNames, country_name, located
from web.telling.templates import NotTold, full_stop, template
from web.telling.words import Mark, Opener, Withheld, mark, opened, quoted, shown

__all__ = [
    "Mark",
    "NotTold",
    "Opener",
    "PlaceNames",
    "Teller",
    "Withheld",
    "country_name",
    "mark",
    "number",
    "opened_at_once",
    "sealed_shut",
]

_SOURCE_RELIABILITY = {"en": "{}", "ru": "источник {}"}
_REFERENCE = {"en": "reference: {}", "ru": "ссылка: {}"}


def sealed_shut(sealed: Sealed) -> Withheld:
    """The opener for a reader who may see no personal text at all."""
    return Withheld.SEALED


def short_id(record: UUID) -> str:
    """The last eight hexadecimal digits: enough to tell files apart, and random in a UUID of version 7."""
    return record.hex[-8:]


class Teller:
    """Tells events to one reader.

    `names` gives place names, `opener` opens sealed words or says why not, `cite` names another file or an account, `home` is
    the country (ISO 3166-1 alpha-2) that goes without saying; without it countries are told only where no city or region is
    known.
    """

    def __init__(
        self,
        names: PlaceNames,
        opener: Opener,
        *,
        cite: Callable[[UUID], str] = short_id,
        home: str | None = None,
    ) -> None:
        self._names = RememberedNames(names)
        self._opener = opener
        self._cite = cite
        self._home = home

    def tell(self, event: Aggregate.Event, language: str, *, zone: bool = False) -> str:
        """The event in a sentence or a few; with `zone`, times of day say whose clock is meant. Raises NotTold."""
        return self._render(event, language, zone, "")

    def tell_correction(
        self,
        event: Record.Correction | Record.Withdrawal,
        language: str,
        earlier: Record.Event | None = None,
        *,
        zone: bool = False,
    ) -> str:
        """What is corrected or taken back and why; with `earlier`, the entry concerned, also how it read before."""
        return self._render(event, language, zone, self.tell(earlier, language, zone=zone) if earlier is not None else "")

    def tell_source(self, event: Record.Event, language: str) -> str:
        """Who says so, how reliable they are where that is known, and the reference: "According to a witness (reliable)."."""
        source: Source = event.source
        told = phrase(SOURCE_KINDS, source.kind, language)
        if source.reliability != Reliability.UNKNOWN:
            told += f" ({_SOURCE_RELIABILITY[language].format(RELIABILITY.label(source.reliability, language))})"
        reference = opened(source.reference, self._opener, language)
        if reference:
            told += f"; {_REFERENCE[language].format(quoted(reference, language))}"
        return full_stop(told[:1].upper() + told[1:])

    def when(self, when: When, language: str, *, zone: bool = False) -> str:
        """A time for a table: "24 February 2022, 19:20", with its words where they add something."""
        return self._beside(moments.moment(when, language), when, language, zone)

    def place(self, place: Place, language: str) -> str:
        """A place for a table: "Pushkinskaya Square, Moscow"; "" where nothing may or can be said."""
        return self._located(place, language).name

    def count(self, count: Count, language: str) -> str:
        """A number for a table, with its words where they add something: "40 to 60 (“about 50”)"."""
        told = told_number(count, language)
        return f"{told.figure} ({told.words})" if told.words else told.figure

    def _render(self, event: Aggregate.Event, language: str, zone: bool, earlier: str) -> str:
        sentence = template(get_topic(type(event)), language)
        place = getattr(event, "place", None)
        context: dict[str, Any] = {"earlier": earlier}
        for name, vocabulary, expected in _plan(type(event)):
            value = getattr(event, name)
            if isinstance(value, When):
                elsewhere = place is not None and place.zone is not None and place.zone != value.zone
                told: Any = self._beside(moments.on(value, language), value, language, zone or elsewhere)
            elif value is None:
                told = expected
            elif vocabulary is ANSWERS:
                told = value
            elif vocabulary is not None:
                told = _codes(vocabulary, value, language)
            else:
                told = self._told(value, language, zone)
            context[name] = told
        return " ".join(sentence.render(context).split())

    def _told(self, value: object, language: str, zone: bool) -> Any:
        match value:
            case Place():
                return self._located(value, language)
            case Count():
                return told_number(value, language)
            case Sealed() | str():
                return opened(value, self._opener, language)
            case UUID():
                return self._cite(value)
            case tuple():
                return [self._told(one, language, zone) for one in value]
            case date():
                return moments.day(value, language)
            case Record.Event():
                return self.tell(value, language, zone=zone)
        return value

    def _located(self, place: Place, language: str) -> Located:
        return located(place, shown(place.words, self._opener, language), self._names, language, self._home)

    def _beside(self, told: str, when: When, language: str, zone: bool) -> str:
        """The time with what stands beside it in parentheses: whose clock, and the words."""
        asides = []
        if zone and moments.has_clock(when):
            asides.append(moments.zone_name(when.zone, language))
        if when.words is not None:
            asides.append(moments.words_beside(when, shown(when.words, self._opener, language), language))
        beside = "; ".join(aside for aside in asides if aside)
        return f"{told} ({beside})" if beside else told


def _codes(vocabulary: Vocabulary, value: Any, language: str) -> Any:
    """A code as a phrase, several codes as a list of phrases."""
    if isinstance(value, tuple):
        return [phrase(vocabulary, code, language) for code in value]
    return phrase(vocabulary, value, language)


@cache
def _plan(happened: type[Aggregate.Event]) -> tuple[tuple[str, Vocabulary | None, Any], ...]:
    """For each field its name, its vocabulary, and what stands for it in a sentence when it was not reported."""
    return tuple((fact.name, fact.vocabulary, _nothing(fact.type)) for fact in facts_of(happened).values())


_NOTHING: Mapping[object, Any] = {Place: NOWHERE, Count: NO_NUMBER}


def _nothing(kind: Any) -> Any:
    for part in getattr(kind, "__args__", (kind,)):
        if part in _NOTHING:
            return _NOTHING[part]
    return ""
