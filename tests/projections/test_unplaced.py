"""What is not placed: every standing entry with words and no city is in the list, and nothing else is."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.casebook import Casebook
from domain.count import Count
from domain.detention import Detention
from domain.incident import Incident
from domain.place import Place, Precision
from domain.protest import Protest
from domain.record import Record, new_id
from projections import unplaced
from tests.projections.homes import fresh, thoroughly
from tests.trackers import MOSCOW, Installation, city, day, entry, forget

YARD = Place(Precision.UNKNOWN, words="во дворе")
REGION = Place(Precision.REGION, "RU", "RU.47", words="где-то в области")
WORDLESS = Place(Precision.UNKNOWN)


def listed(installation: Installation) -> list[tuple[UUID, int]]:
    installation.projector().follow(100)
    with installation.views() as db:
        rows = unplaced.listed(db, limit=1000)
        assert unplaced.how_many(db) == len(rows), "the number beside the totals is the length of the list"
        assert [row.position for row in rows] == sorted((row.position for row in rows), reverse=True)
        return [(UUID(bytes=row.record), row.version) for row in rows]


def protest(casebook: Casebook, place: Place) -> UUID:
    found = new_id()
    casebook.record_protest(entry(), found, when=day(3, 2), place=place)
    return found


def facts_of_protest(place: Place) -> dict[str, Any]:
    return {
        "when": day(3, 2), "place": place, "form": "unknown", "agreement": "unknown", "about": None, "organiser": None,
    }  # fmt: skip


def test_words_without_a_city_are_listed_the_newest_first(installation: Installation) -> None:
    book = installation.casebook
    first, _, _, last = (protest(book, place) for place in (YARD, city(MOSCOW), WORDLESS, REGION))
    book.count_detentions(entry(), first, count=Count(3, 3), place=YARD)
    assert listed(installation) == [(first, 2), (last, 1), (first, 1)]


def test_what_is_placed_leaves_the_list_and_what_is_unplaced_again_comes_back(installation: Installation) -> None:
    book = installation.casebook
    found = protest(book, YARD)
    book.correct(Protest, entry(), found, 1, facts_of_protest(city(MOSCOW)), because="new_information")
    assert listed(installation) == []
    book.correct(Protest, entry(), found, 1, facts_of_protest(YARD), because="mistake")
    assert listed(installation) == [(found, 1)]


def test_what_is_withdrawn_leaves_and_what_counts_again_comes_back(installation: Installation) -> None:
    book = installation.casebook
    found = protest(book, YARD)
    book.count_detentions(entry(), found, count=Count(3, 3), place=YARD)
    book.withdraw(Protest, entry(), found, 2, because="mistake")
    assert listed(installation) == [(found, 1)]
    book.withdraw(Protest, entry(), found, because="duplicate")
    assert listed(installation) == []
    book.reinstate(Protest, entry(), found, 1, facts_of_protest(YARD), because="mistake")
    assert listed(installation) == [(found, 1)]


def test_a_placed_record_that_counts_again_brings_its_other_entries_back(installation: Installation) -> None:
    book = installation.casebook
    found = protest(book, city(MOSCOW))
    book.count_detentions(entry(), found, count=Count(3, 3), place=YARD)
    book.withdraw(Protest, entry(), found, because="duplicate")
    book.reinstate(Protest, entry(), found, 1, facts_of_protest(city(MOSCOW)), because="mistake")
    assert listed(installation) == [(found, 2)]


def test_of_somebody_forgotten_nothing_is_to_be_placed(installation: Installation) -> None:
    book, person, detention, incident = installation.casebook, new_id(), new_id(), new_id()
    sealed = Place(Precision.UNKNOWN, words=_sealed(person, detention))
    book.record_detention(entry(), detention, person=person, when=day(3, 2), place=sealed)
    where = Place(Precision.UNKNOWN, words=_sealed(person, incident))
    book.record_incident(entry(), incident, when=day(3, 2), place=where, categories=("threat",), person=person)
    assert listed(installation) == [(incident, 1), (detention, 1)]
    forget(book, person)
    assert listed(installation) == []


def test_the_same_words_are_found_together_but_never_sealed_ones(installation: Installation) -> None:
    book = installation.casebook
    one, other, _ = protest(book, YARD), protest(book, YARD), protest(book, REGION)
    installation.projector().follow(100)
    with installation.views() as db:
        assert [UUID(bytes=row.record) for row in unplaced.with_words(db, "во дворе")] == [one, other]
        assert unplaced.shared(db, ["во дворе", "нигде"]) == {"во дворе": 2}


def _sealed(person: UUID, record: UUID) -> Any:
    from domain.privacy import Sealed

    return Sealed(person, record, "place", b"words")


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9), st.integers(0, 3)), min_size=5, max_size=40))
@thoroughly
def test_the_list_is_what_a_recount_of_the_log_finds(what: list[tuple[int, int, int]]) -> None:
    """Protests recorded, counted at, corrected, withdrawn and reinstated in any order, compared with a plain recount."""
    places = (YARD, city(MOSCOW), WORDLESS, REGION)
    with fresh() as address, address.open() as opened:
        book, known = opened.casebook, list[UUID]()
        for verb, which, where in what:
            _do(book, known, verb, which, places[where])
        assert sorted(listed(opened)) == sorted(_recounted(opened, known))


def _do(book: Casebook, known: list[UUID], verb: int, which: int, place: Place) -> None:
    from domain.errors import RuleBroken

    if verb == 0 or not known:
        known.append(protest(book, place))
        return
    record = known[which % len(known)]
    try:
        match verb:
            case 1:
                book.count_detentions(entry(), record, count=Count(1, 1), place=place)
            case 2:
                book.correct(Protest, entry(), record, 1, facts_of_protest(place), because="mistake")
            case 3:
                book.withdraw(Protest, entry(), record, 1 + which % 3, because="mistake")
            case 4:
                book.reinstate(Protest, entry(), record, 1, facts_of_protest(place), because="mistake")
            case _:
                facts = {"when": None, "count": Count(1, 1), "place": place}
                book.reinstate(Protest, entry(), record, 2, facts, because="mistake")
    except RuleBroken:
        pass  # as at a desk: what cannot be meant is refused


def _recounted(opened: Installation, known: list[UUID]) -> list[tuple[UUID, int]]:
    found: dict[tuple[UUID, int], Any] = {}
    gone: set[tuple[UUID, int | None]] = set()
    for told in opened.log.of(known):
        event: Any = told.event
        record = event.originator_id
        if isinstance(event, Record.Withdrawal):
            gone.add((record, event.version))
        elif isinstance(event, Record.Correction):
            found[record, event.version] = event.restated
            gone.discard((record, event.version))
            if event.version == 1:
                gone.discard((record, None))
        else:
            found[record, event.originator_version] = event
    return [
        key
        for key, event in found.items()
        if key not in gone and (key[0], None) not in gone
        if isinstance(event, Protest.Recorded | Protest.DetentionsCounted)
        if event.place is not None and event.place.words is not None and event.place.city is None
    ]


@pytest.mark.parametrize("event", [Protest.Recorded, Protest.PoliceMeasureReported, Detention.Transferred, Incident.Recorded])
def test_every_event_that_may_say_where_is_looked_at(event: type[Record.Event]) -> None:
    assert event in unplaced.PLACED
