"""What stands in the feeds: new and corrected protests, incidents and tallies, each under one id for good, never a person.

An entry is about a record or about a city's day. Its date is that of the last entry of the log that changed what it says, so
that the same record gives the same feed. Of an incident no more is told than that there was one, where and when: what was done
is an attribute of whom it was done to.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from domain.vocabulary.protests import PROTEST_FORMS
from projections.figures.histories import Step
from projections.held_back import Spot
from web.gazetteer import Gazetteer
from web.languages import translated as _
from web.publishing.announced import Announced, Life
from web.publishing.tallies import UNKNOWN, OfProtest
from web.publishing.wording import day_told, number_told, why_told


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry. `published` and `updated` in seconds since 1970; `about` and `page` say where it is on a page.

    `about` is `protest`, `incident` or `tally`; `state` is `new`, `changed`, `withdrawn` or `held_back`.
    """

    id: str
    about: str
    state: str
    title: str
    summary: str
    published: int
    updated: int
    city: int
    day: int
    record: UUID | None = None


def feed_entries(known: Announced, names: Gazetteer, language: str) -> list[FeedEntry]:
    """Every entry there is, the one changed last first."""
    if known.tallies.held.is_all:
        return []
    found = [*_of_days(known, names, language), *_of_protests(known, names, language), *_of_incidents(known, names, language)]
    return sorted(found, key=lambda entry: (-entry.updated, entry.id))


def _of_days(known: Announced, names: Gazetteer, language: str) -> Iterator[FeedEntry]:
    at_protests: dict[Spot, list[int]] = defaultdict(list)
    for life in known.protests:
        at_protests[Spot(life.city or None, life.day)] += _decided(known, life.record.bytes)
    for city, by_day in known.tallies.days.items():
        for day, total in by_day.items():
            spot = Spot(city or None, day)
            steps = known.history.get(spot, ())
            decided = [*_decided(known, spot), *at_protests[spot]]
            if not steps and not decided:
                continue
            is_without = known.tallies.is_day_without(city, day)
            is_held = known.tallies.is_held_back(city, day) or (is_without and total == (0, 0))
            changed = [*([] if is_held else (step.at for step in steps)), *decided]
            where = f"{_city(names, city, language)}, {day_told(day, language)}"
            number = _("held back") if is_held else _("detained: %(number)s", number=number_told(total, language))
            if is_without and not is_held:
                number = f"{number} ({_('without what is held back')})"
            yield FeedEntry(
                f"urn:uuid:{uuid5(known.origin, f'{city} {day}')}",
                "tally",
                _state(steps, is_held, was_decided=bool(decided)),
                f"{where}: {number}",
                _summary(steps, is_held, language),
                min(changed),
                max(changed),
                city,
                day,
            )


def _of_protests(known: Announced, names: Gazetteer, language: str) -> Iterator[FeedEntry]:
    of: dict[bytes, OfProtest] = {told.record: told for told in known.tallies.protests}
    for life in known.protests:
        told = of[life.record.bytes]
        steps = () if told.is_held_back else known.history.get(told.record, ())
        decided = [*_decided(known, told.record), *_decided(known, Spot(told.city or None, told.day))]
        changed = [*_times(known, life), *(step.at for step in steps), *decided]
        form = PROTEST_FORMS.label(life.form, language) if life.form in PROTEST_FORMS and life.form != "unknown" else _("protest")
        where = f"{_city(names, life.city, language)}, {day_told(life.day, language)}"
        if not life.stands:
            number, state, summary = _("withdrawn"), "withdrawn", _("It is no longer on record.")
        elif told.is_held_back:
            number, state, summary = _("number held back"), "held_back", _held_back()
        else:
            number = _("detained: %(number)s", number=number_told(told.total, language))
            state = "changed" if len(steps) > 1 or len(life.changes) > 1 or decided else "new"
            summary = _summary(steps, False, language)
        title = f"{where}: {form}, {number}"
        yield FeedEntry(
            life.record.urn, "protest", state, title, summary, min(changed), max(changed), life.city, life.day, life.record
        )


def _of_incidents(known: Announced, names: Gazetteer, language: str) -> Iterator[FeedEntry]:
    for life in known.incidents:
        where = f"{_city(names, life.city, language)}, {day_told(life.day, language)}"
        state = "withdrawn" if not life.stands else "changed" if len(life.changes) > 1 else "new"
        told = _("an incident") if life.stands else _("an incident, withdrawn")
        summary = _("An attack, a search, a threat or the like was recorded.") if life.stands else _("It is no longer on record.")
        times = _times(known, life)
        yield FeedEntry(
            life.record.urn,
            "incident",
            state,
            f"{where}: {told}",
            summary,
            min(times),
            max(times),
            life.city,
            life.day,
            life.record,
        )


def _state(steps: Sequence[Step], is_held: bool, *, was_decided: bool) -> str:
    """What was held back and is told again was read before, and is not new."""
    if is_held:
        return "held_back"
    if steps and steps[-1].total == (0, 0):
        return "withdrawn"
    return "changed" if len(steps) > 1 or was_decided else "new"


def _summary(steps: Sequence[Step], is_held: bool, language: str) -> str:
    """What it was before and why it is another number now."""
    if is_held:
        return _held_back()
    if len(steps) < 2:
        return ""
    before = number_told(steps[-2].total, language)
    return _("%(why)s. Before: %(number)s.", why=why_told(steps[-1].reason), number=before)


def _held_back() -> str:
    return _("The organisation holds this number back.")


def _city(names: Gazetteer, city: int, language: str) -> str:
    return names.city_name(city, language) if city != UNKNOWN else _("City not known")


def _times(known: Announced, life: Life) -> list[int]:
    return [known.times[at] for at in life.changes if at in known.times]


def _decided(known: Announced, key: Spot | bytes) -> Iterable[int]:
    at = known.decided.get(key)
    return [known.times[at]] if at is not None and at in known.times else []
