"""The stories are told in both languages, counted where they count, and readable as they were known at every moment."""

from uuid import UUID

import pytest
from sqlalchemy import Connection

from domain.detention import Detention
from domain.person import Person
from domain.record import Record
from projections import case_files, figures, heatmap, people
from projections.case_files import Line
from projections.reconciling import Total
from tests import stories
from tests.stories import MOSCOW, NUMBERS, PETERSBURG, Desk, Story
from tests.trackers import Installation
from tests.web.telling_samples import Names, open_all
from web.telling import Teller, sealed_shut

LANGUAGES = ("en", "ru")


class Newsroom:
    """A desk, and what its pages and figures would show of what was entered there."""

    def __init__(self, installation: Installation) -> None:
        self.desk = Desk(installation.casebook)
        self._installation = installation
        self._projector = installation.projector()
        self.teller = Teller(Names(), open_all)

    def views(self) -> Connection:
        self._projector.follow()
        return self._installation.reader.connect()

    def detained(self, by: str = "city", position: int | None = None) -> dict[object, Total]:
        """The figure of detentions, now or as of a position."""
        with self.views() as db:
            figure = figures.compute(db, "detentions", by=by, position=position or self._installation.log.last())
        return {line.key: line.total for line in figure.rows}

    def heat(self, city: int) -> tuple[int, int, int]:
        """Detained at least, still held, released."""
        with self.views() as db:
            row = next(row for row in heatmap.by_city(db) if row.city == city)
            return row.detained_low, row.held, row.released

    def at_protest(self, protest: UUID) -> Total:
        with self.views() as db:
            return heatmap.detained_at(db, [protest.bytes])[protest.bytes]

    def file(self, person: UUID) -> list[Line]:
        """A person's file, with what is in the files found to be of the same person."""
        with self.views() as db:
            records = case_files.records_of(db, people.cluster(db, person.bytes))
        return case_files.lines(self._installation.log.of(UUID(bytes=record) for record in records))

    def told(self, lines: list[Line], language: str) -> list[str]:
        return [self.teller.tell(line.told.event, language) for line in lines]

    def page(self, record: UUID) -> list[Line]:
        """A record's own lines."""
        return case_files.lines(self._installation.log.of([record]))


@pytest.fixture
def newsroom(installation: Installation) -> Newsroom:
    return Newsroom(installation)


def kinds(lines: list[Line]) -> list[type[Record.Event]]:
    return [type(line.told.event) for line in lines]


ALL = (
    stories.an_activist_is_held_for_a_day,
    stories.a_woman_in_a_photograph,
    stories.red_square_is_closed,
    stories.a_sign_on_a_hoarding,
    stories.draft_notices_in_a_station,
    stories.the_same_person_entered_twice,
    stories.a_figure_corrected_three_times,
    stories.a_release_before_anybody_reported_the_detention,
    stories.a_night_of_single_cases,
)


@pytest.mark.parametrize("story", ALL)
def test_every_line_of_a_story_is_told_in_both_languages(newsroom: Newsroom, story: object) -> None:
    recorded: Story = story(newsroom.desk)  # type: ignore[operator]
    records = (*recorded.protests, *recorded.detentions, *recorded.people)
    for record in records:
        lines = newsroom.page(record)
        assert lines
        for language in LANGUAGES:
            for sentence in newsroom.told(lines, language):
                assert sentence.endswith(".")
                assert "None" not in sentence


@pytest.mark.parametrize("story", ALL)
def test_no_name_and_no_word_about_a_person_is_told_to_who_may_not_see_it(newsroom: Newsroom, story: object) -> None:
    recorded: Story = story(newsroom.desk)  # type: ignore[operator]
    shut = Teller(Names(), sealed_shut)
    for record in (*recorded.detentions, *recorded.people):
        told = " ".join(shut.tell(line.told.event, language) for line in newsroom.page(record) for language in LANGUAGES)
        for secret in ("Вера", "Мария", "Лебедева", "Орлова", "Orlova", "Это была", "списке", "каналы"):
            assert secret not in told


def test_the_activists_file_holds_her_custody_in_order_and_in_her_own_words(newsroom: Newsroom) -> None:
    story = stories.an_activist_is_held_for_a_day(newsroom.desk)
    lines = newsroom.file(story.people[0])
    assert kinds(lines) == [
        Person.Opened,
        Person.Named,
        Detention.Recorded,
        Detention.Questioned,
        Detention.IllTreatmentReported,
        Detention.DeviceSearched,
        Detention.Threatened,
        Detention.Threatened,
        Detention.Threatened,
        Detention.CounselRequested,
        Detention.CounselRefused,
        Detention.Released,
        Person.ConsentGiven,
    ]
    told = " ".join(newsroom.told(lines, "ru"))
    for words in ("Вера", "Это была пытка", "какие каналы я читаю", "в особом списке", "ФСБ"):
        assert words in told
    assert "torture" in " ".join(newsroom.told(lines, "en"))
    assert newsroom.heat(PETERSBURG) == (1, 0, 1)
    assert newsroom.detained() == {PETERSBURG: Total(1, 1)}
    assert newsroom.detained("day") == {20220225: Total(1, 1)}
    assert [newsroom.at_protest(protest).low for protest in story.protests] == [0, 1, 0]


def test_a_nameless_woman_is_counted_and_recognised_later(newsroom: Newsroom) -> None:
    story = stories.a_woman_in_a_photograph(newsroom.desk)
    unknown, known = story.people
    assert newsroom.detained() == {MOSCOW: Total(1, 1)}
    assert newsroom.heat(MOSCOW) == (1, 1, 0)
    assert {line.told.position for line in newsroom.file(unknown)} == {line.told.position for line in newsroom.file(known)}
    assert "Мария Лебедева" in " ".join(newsroom.told(newsroom.file(unknown), "ru"))
    identified = next(line for line in newsroom.file(known) if isinstance(line.told.event, Detention.Identified))
    with newsroom.views() as db:
        assert people.cluster(db, unknown.bytes, as_of=identified.told.position - 1) == [unknown.bytes]


def test_a_closed_square_is_a_fact_with_nobody_detained(newsroom: Newsroom) -> None:
    story = stories.red_square_is_closed(newsroom.desk)
    assert newsroom.detained() == {}
    with newsroom.views() as db:
        assert {line.key: line.total.low for line in _protests(db)} == {MOSCOW: 1}
        row = next(row for row in heatmap.by_city(db) if row.city == MOSCOW)
    assert (row.protests, row.detained_low, row.force) == (1, 0, 0)
    assert "area closed" in newsroom.told(newsroom.page(story.protests[0]), "en")[1].lower()


def _protests(db: Connection) -> tuple[figures.Line, ...]:
    return figures.compute(db, "protests", by="city", position=10_000).rows


def test_three_sources_give_an_interval_that_each_of_them_is_in(newsroom: Newsroom) -> None:
    story = stories.a_sign_on_a_hoarding(newsroom.desk)
    assert newsroom.at_protest(story.protests[0]) == Total(24, None)
    assert newsroom.detained() == {PETERSBURG: Total(24, None)}
    told = newsroom.told(newsroom.page(story.protests[0]), "en")
    assert sum("detained" in sentence for sentence in told) == 3, "each count stays readable by itself"


def test_draft_notices_are_lines_of_each_mans_file(newsroom: Newsroom) -> None:
    story = stories.draft_notices_in_a_station(newsroom.desk)
    for man in story.people:
        lines = newsroom.file(man)
        assert kinds(lines)[1:] == [
            Detention.Recorded,
            Detention.Delivered,
            Detention.DraftNoticeServed,
            Detention.Released,
        ]
        assert "draft notice" in newsroom.told(lines, "en")[3].lower()
    assert newsroom.heat(MOSCOW) == (2, 0, 2)


def test_one_person_entered_twice_is_read_as_one_and_counted_as_recorded(newsroom: Newsroom) -> None:
    story = stories.the_same_person_entered_twice(newsroom.desk)
    one, other = story.people
    found, parted, again = newsroom.desk.positions
    with newsroom.views() as db:
        assert set(people.cluster(db, one.bytes)) == {one.bytes, other.bytes}
        for position, together in ((found - 1, False), (found, True), (parted, False), (again, True)):
            assert (other.bytes in people.cluster(db, one.bytes, as_of=position)) is together
        assert len(people.names_of(db, [one.bytes, other.bytes])) == 2
    told = " ".join(newsroom.told(newsroom.file(one), "ru"))
    assert "Ксения Игоревна Орлова" in told
    assert "Ksenia Orlova" in told


def test_the_figure_a_newspaper_printed_can_still_be_computed(newsroom: Newsroom) -> None:
    story = stories.a_figure_corrected_three_times(newsroom.desk)
    printed = newsroom.desk.positions[1]
    assert newsroom.detained() == {PETERSBURG: Total(46, 46)}
    assert newsroom.detained(position=printed) == {PETERSBURG: Total(45, 45)}
    for position, number in zip(newsroom.desk.positions, NUMBERS, strict=True):
        assert newsroom.detained(position=position) == {PETERSBURG: Total(number, number)}
    assert newsroom.heat(PETERSBURG)[0] == 46
    lines = newsroom.page(story.protests[0])
    assert len(lines) == 5
    count = next(line for line in lines if line.told.event.originator_version == 2)
    assert count.changed_by is not None
    assert count.changed_by.event.originator_version == 5, "the last of its corrections"


def test_a_release_reported_first_and_two_times_of_it_are_one_release(newsroom: Newsroom) -> None:
    story = stories.a_release_before_anybody_reported_the_detention(newsroom.desk)
    lines = newsroom.file(story.people[0])
    assert kinds(lines) == [
        Person.Opened,
        Detention.Recorded,
        Detention.Delivered,
        Detention.Released,
        Detention.Released,
    ]
    assert newsroom.heat(heatmap.NOWHERE) == (1, 0, 1)
    with newsroom.views() as db:
        figure = figures.compute(db, "detentions", by="city", position=10_000)
        custody = case_files.custody_of(db, story.detentions[0].bytes)
    assert (figure.left_out, figure.total) == (Total(1, 1), Total(1, 1))
    assert custody is not None
    assert ([report.partition("@")[0] for report in custody.freed_by.split()], custody.station) == (["2", "4"], "msk-tverskoy")


def test_a_man_detained_again_at_the_gate_is_one_person_twice_detained(newsroom: Newsroom) -> None:
    story = stories.a_night_of_single_cases(newsroom.desk)
    man, commuter, child = story.people
    assert kinds(newsroom.file(man)).count(Detention.Recorded) == 2
    with newsroom.views() as db:
        custodies = case_files.detentions_of(db, [man.bytes])
        assert [bool(custody.freed_by) for custody in custodies] == [True, False]
        assert len(case_files.detentions_at(db, story.protests[0].bytes)) == 2
    assert newsroom.heat(MOSCOW) == (4, 2, 2)
    assert newsroom.detained("day") == {20220306: Total(2, 2), 20220307: Total(1, 1), 20220310: Total(1, 1)}
    assert "parents" in newsroom.told(newsroom.file(child), "en")[-1]
    assert "face recognition" in " ".join(newsroom.told(newsroom.file(commuter), "en"))


def test_a_night_that_crosses_midnight_is_told_in_its_order(newsroom: Newsroom) -> None:
    story = stories.a_night_of_single_cases(newsroom.desk)
    lines = newsroom.file(story.people[2])
    assert kinds(lines) == [Person.Opened, Detention.Recorded, Detention.Released]
    detained, released = newsroom.told(lines, "en")[1:]
    assert "6 March" in detained
    assert "7 March" in released
