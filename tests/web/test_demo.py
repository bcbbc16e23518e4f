"""The demonstration is whole, is loaded once however often it is loaded, and shows nobody's name to whoever reads the disk."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.utils import get_topic

from domain.detention import Detention
from domain.person import Person
from domain.privacy import Sealed
from domain.protest import Protest
from domain.record import Record
from domain.topics import recorded_events
from projections import figures, heatmap
from projections.reconciling import Claim, reconcile
from web.demo import chronicle, load_demo
from web.settings import Settings
from web.telling import Teller
from web.telling.opening import sealed_in
from web.wiring import Tracker, open_tracker

NOT_IN_THE_DEMO = {"source.forgotten", "person.forgotten", "person.forgetting_approved", "person.forgetting_cancelled"}
"""Forgetting destroys a person's key: nothing of that file could be looked at, and loading again could not seal it again.
A request waits there for a second account to approve it."""
# A coordinator publishes a month on the page itself: so whoever tries the demonstration can, and sees what comes of it.
NOT_IN_THE_DEMO |= {"publication.opened", "publication.cells_published", "publication.table_released"}
# What is held back is decided by people too.
NOT_IN_THE_DEMO |= {"tally.opened", "tally.held_back", "tally.let_go"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Tracker]:
    """An installation with the demonstration in it. Tests only read it."""
    with closing(open_tracker(Settings(tmp_path_factory.mktemp("demo"), places=places))) as tracker:
        assert load_demo(tracker) == tracker.log.last()
        tracker.projector.follow()
        yield tracker


def events(tracker: Tracker) -> list[Any]:
    return [told.event for told in tracker.log.page(0, 100_000)]


def texts(tracker: Tracker, told: Record.Event) -> list[Any]:
    """Every sealed text in there, opened."""
    return tracker.vault.open_many(sealed_in(told))


def content(tracker: Tracker) -> list[Any]:
    """What is recorded, opened: everything but the account's id, the machine's time and the random part of the sealing."""
    return [
        (get_topic(type(event)), event.originator_id, event.originator_version, event.command, texts(tracker, event))
        for event in events(tracker)
    ]


def standing(tracker: Tracker) -> list[Any]:
    """Every entry as it stands: corrected ones restated, withdrawn ones left out."""
    found: dict[tuple[UUID, int], Any] = {}
    withdrawn: set[UUID] = set()
    for event in events(tracker):
        record = event.originator_id
        if isinstance(event, Record.Correction):
            found[record, event.version] = event.restated
            withdrawn -= {record} if event.version == 1 else set()  # what counts again does so with all that was told of it
        elif isinstance(event, Record.Withdrawal) and event.version is None:
            withdrawn.add(record)
        elif isinstance(event, Record.Withdrawal):
            found.pop((record, event.version or 1))
        else:
            found[record, event.originator_version] = event
    return [event for (record, _), event in found.items() if record not in withdrawn]


def test_loading_again_records_nothing(demo: Tracker) -> None:
    before = demo.log.last()
    assert load_demo(demo) == 0
    assert demo.log.last() == before


def test_a_load_that_was_interrupted_goes_on_to_the_same_record(demo: Tracker, tmp_path: Path, places: Path) -> None:
    class Interrupted(Exception):
        pass

    def until(line: int) -> Any:
        def stop(told: int) -> None:
            if told == line:
                raise Interrupted

        return stop

    recorded = 0
    for line in (1, 400, 1100):
        with closing(open_tracker(Settings(tmp_path / "home", places=places))) as tracker:
            with pytest.raises(Interrupted):
                load_demo(tracker, progress=until(line))
            recorded = tracker.log.last()
    with closing(open_tracker(Settings(tmp_path / "home", places=places))) as tracker:
        assert load_demo(tracker) == demo.log.last() - recorded
        assert content(tracker) == content(demo)


def test_every_event_there_is_occurs_in_it(demo: Tracker) -> None:
    occurring = {get_topic(type(event)) for event in events(demo)}
    assert {topic for topic, _ in recorded_events()} - occurring == NOT_IN_THE_DEMO


def test_it_is_as_large_as_an_autumn_in_fourteen_cities(demo: Tracker) -> None:
    recorded = Counter(get_topic(type(event)) for event in events(demo))
    entries = standing(demo)
    squares = {event.place.cell for event in entries if isinstance(event, Protest.Recorded)}
    assert 55 <= recorded["protest.recorded"] <= 70
    assert 240 <= recorded["detention.recorded"] <= 280
    assert len({event.place.city for event in entries if isinstance(event, Protest.Recorded)}) == 14
    assert None not in squares
    assert len(squares) > 40


def test_its_figures_are_those_of_a_recount(demo: Tracker) -> None:
    entries = standing(demo)
    protests = {event.originator_id for event in entries if isinstance(event, Protest.Recorded)}
    named: dict[UUID | None, int] = defaultdict(int)
    claims: dict[UUID | None, list[Claim]] = defaultdict(list)
    for event in entries:
        if isinstance(event, Detention.Recorded):
            named[event.protest] += 1
        elif isinstance(event, Protest.DetentionsCounted) and event.originator_id in protests:
            station = event.place.station if event.place else None
            claims[event.originator_id].append(Claim(event.count.low, event.count.high, station))
    alone = named.pop(None)
    recount = alone + sum(reconcile(named[key], claims[key]).low for key in named.keys() | claims.keys())
    with demo.views() as db:
        figure = figures.compute(db, "detentions", by="city", position=demo.log.last())
        heat = sum(row.detained_low for row in heatmap.by_city(db))
    assert figure.total.low == heat == recount
    assert alone + sum(named.values()) < recount < 1000


def test_its_people_are_on_the_disk_under_seal_only(demo: Tracker) -> None:
    said = [
        sealed for event in events(demo) for sealed in sealed_in(event) if sealed.field not in ("place", "when", "due", "acted")
    ]
    told = set(demo.vault.open_many(said))
    names = {text for event in standing(demo) if isinstance(event, Person.Named) for text in texts(demo, event)}
    surnames = {word for name in names for word in name.split() if len(word) > 5}
    files = {path: path.read_bytes() for path in demo.settings.home.rglob("*") if path.is_file()}
    assert len(names) > 180
    assert names < told
    assert any("«Живая набережная»".encode() in content for content in files.values())  # what is not sealed is found
    for text in told | surnames:
        spellings = (str(text).encode(), str(text).encode("utf-16-le"), ascii(text)[1:-1].encode())
        found = [path.name for path, content in files.items() if any(spelling in content for spelling in spellings)]
        assert found == [], "somebody's name or words lie open on the disk"


def test_the_two_people_of_the_longest_stories_have_rich_files(demo: Tracker) -> None:
    about: dict[UUID, int] = Counter()
    held = {event.originator_id: event.person for event in standing(demo) if isinstance(event, Detention.Recorded)}
    for event in events(demo):
        about[held.get(event.originator_id, event.originator_id)] += 1
    assert sorted(about.values())[-2] >= 30


def test_everything_in_it_can_be_told_in_both_languages(demo: Tracker) -> None:
    def opener(sealed: Sealed) -> str:
        return str(demo.vault.open(sealed))

    teller = Teller(demo.gazetteer, opener, home="RU")
    for event in events(demo):
        is_change = isinstance(event, Record.Correction | Record.Withdrawal)
        tell = teller.tell_correction if is_change else teller.tell
        assert all(tell(event, language).endswith((".", "»", "”")) for language in ("en", "ru"))
        assert all(teller.tell_source(event, language) for language in ("en", "ru"))


def test_its_ids_hold_the_time_of_telling_and_nothing_told() -> None:
    lines = chronicle()
    ids = [line.id_of("command") for line in lines]
    assert {(found.version, found.variant) for found in ids} == {(7, "specified in RFC 4122")}
    assert len(set(ids)) == len(lines)
    assert [found.int >> 80 for found in ids] == [int(line.said_at.timestamp() * 1000) for line in lines]
