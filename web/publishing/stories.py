"""What happened to somebody who consented to its being told: detentions, articles, outcomes; in codes, days and cities alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from domain.count import Count
from domain.detention import Detention
from domain.person import Person
from domain.proceeding import Proceeding
from domain.vocabulary.articles import ARTICLES
from domain.vocabulary.custody import RELEASE_KINDS
from domain.vocabulary.people import RECOGNITIONS
from domain.vocabulary.proceedings import PENALTIES, PROCEEDING_KINDS, RULINGS, TERM_UNITS
from projections.days import day_of
from projections.held_back import Held, Spot
from projections.reconciling import Total
from web.gazetteer import Gazetteer
from web.languages import translated as _
from web.publishing.wording import day_told, number_told


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened, and when and where as far as is told."""

    when: str
    what: str


def story_of(events: Iterable[Any], names: Gazetteer, held: Held, language: str) -> list[StoryLine]:
    """In the order of happening. A detention of a day, or at a protest, whose number is held back is left out, with what it led
    to: it would say that there was at least one. So is every case that is not known to have come of a detention that is told.
    """
    found: list[tuple[int, StoryLine]] = []
    events = list(events)
    hidden = {event.originator_id for event in events if isinstance(event, Detention.Recorded) and _is_hidden(event, held)}
    if hidden:
        hidden |= {
            event.originator_id
            for event in events
            if isinstance(event, Proceeding.Opened) and (event.detention is None or event.detention in hidden)
        }
    for event in events:
        if event.originator_id in hidden:
            continue
        day = day_of(getattr(event, "when", None))
        for what in _told(event, names, language):
            found.append((day, StoryLine(day_told(day, language) if day else "", what)))
    return [line for _day, line in sorted(found, key=lambda one: one[0] or 99_999_999)]


def _is_hidden(event: Any, held: Held) -> bool:
    city = event.place.city if event.place is not None else None
    at_protest = event.protest is not None and event.protest.bytes in held.within
    return held.is_all or at_protest or Spot(city, day_of(event.when)) in held.city_days


def _told(event: Any, names: Gazetteer, language: str) -> Iterator[str]:
    match event:
        case Detention.Recorded():
            city = event.place.city if event.place is not None else None
            yield _("Detained, %(city)s", city=names.city_name(city, language)) if city is not None else _("Detained")
        case Detention.ProtocolDrawn() if event.article is not None:
            yield _("Protocol: %(article)s", article=ARTICLES.label(event.article, language))
        case Detention.Released():
            yield _("Reported let go: %(how)s", how=RELEASE_KINDS.label(event.kind, language))
        case Proceeding.Opened():
            kind, article = PROCEEDING_KINDS.label(event.kind, language), ARTICLES.label(event.article, language)
            yield _("Case opened (%(kind)s): %(article)s", kind=kind, article=article)
        case Proceeding.Ruled():
            parts = [RULINGS.label(event.outcome, language), *(PENALTIES.label(code, language) for code in event.penalties)]
            if event.fine is not None:
                parts.append(_("%(number)s roubles", number=_number(event.fine, language)))
            if event.term is not None:
                parts.append(f"{_number(event.term, language)} ({TERM_UNITS.label(event.unit, language)})")
            yield _("Court: %(outcome)s", outcome=", ".join(parts))
        case Person.Recognised():
            yield _("Recognised: %(as)s", **{"as": RECOGNITIONS.label(event.kind, language)})


def _number(count: Count, language: str) -> str:
    """The interval alone: the words of a count are somebody's."""
    return number_told(Total(count.low, count.high), language)
