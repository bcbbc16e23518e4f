"""The stories of people as their case files tell them, in both languages: clocks, consent, forums, and who may read it."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests import stories
from tests import stories_of_cases as cases
from tests import stories_of_wishes as wishes
from tests.stories import at
from tests.trackers import forget
from tests.web.seeding import opened
from tests.web.site import Page, Site
from tests.web.story_desk import Newsroom
from web import create_app


@pytest.fixture(params=["en", "ru"])
def newsroom(request: pytest.FixtureRequest, tmp_path: Path, places: Path) -> Iterator[Newsroom]:
    """In either language; nothing was recorded yet."""
    with opened(tmp_path / "home", places, request.param) as tracker:
        yield Newsroom(Site(tracker, create_app(tracker), None, request.param))  # type: ignore[arg-type]


def has(newsroom: Newsroom, page: Page | str, **sentences: str) -> None:
    """The sentence stands there, in the language of the page."""
    text, said = page if isinstance(page, str) else page.text, sentences[newsroom.site.language]
    assert said in text, text


def clocks(page: Page, look: str) -> str:
    """The lines of all clocks that look like this."""
    found = re.findall(rf'<(?:li|p) class="(?:notice )?clock {look}">(.*?)</(?:li|p)>', page.html, re.S)
    return " ".join(Page(line).text for line in found)


def consent(page: Page, *, holds: bool) -> str:
    """What the file says of the scopes that hold, or of those that do not."""
    section = page.html.partition('<h2 id="consent">')[2].partition("<h2")[0]
    lines = re.findall(r"<dt>(.*?)</dt>\s*<dd class=\"(\w+)\">(.*?)\(", section, re.S)
    return " ".join(f"{Page(scope).text}: {Page(told).text}" for scope, look, told in lines if (look == "holds") is holds)


def forums(page: Page, number: int = 0) -> str:
    """What the file says of the courts outside the country, of one custody or case."""
    section = re.findall(r"<details><summary>(?:Courts and bodies|Суды и органы).*?</details>", page.html, re.S)[number]
    return Page(section).text


def section(page: Page, name: str) -> str:
    return Page(page.html.partition(f'<h2 id="{name}">')[2].partition("<h2")[0]).text


# 1. Held for a day and out of counsel's reach; quoted by first name only.


def test_1_twenty_four_hours_are_in_time_for_one_article_and_nobody_can_tell_for_the_other(newsroom: Newsroom) -> None:
    (woman,) = stories.an_activist_is_held_for_a_day(newsroom.desk).people
    page = newsroom.file(woman)
    has(
        newsroom,
        clocks(page, "open"),
        en="3 hours of administrative detention (from delivery to the station): cannot tell: when delivered is not known",
        ru="3 часа административного задержания (начало: доставление в отдел): сказать нельзя: неизвестно время доставления",
    )
    has(newsroom, clocks(page, "ended"), en="in time: release on 26 February 2022 at 20:00", ru="в срок: освобождение 26 февр")
    assert clocks(page, "overrun") == ""
    has(newsroom, page, en="restriction of movement: 24 h (until release)", ru="передвижения: 24 ч (конец: освобождение)")


def test_1_once_the_hour_of_delivery_and_the_article_are_known_the_overrun_is_certain(newsroom: Newsroom) -> None:
    story = stories.an_activist_is_held_for_a_day(newsroom.desk)
    (held,), (woman,) = story.detentions, story.people
    newsroom.desk.casebook.record_delivery(newsroom.desk.by("detainee"), held, when=at(2, 25, 20, 40))
    paper = newsroom.desk.by("document")
    newsroom.desk.casebook.record_protocol(paper, held, kind="offence", article="koap-20.2-5", when=at(2, 25, 23))
    has(newsroom, clocks(newsroom.file(woman), "overrun"), en="by 20 h 20 min: was due", ru="на 20 ч 20 мин: истёк")


def test_1_nobody_arrives_at_a_station_after_the_release_and_the_picture_ends_with_it(newsroom: Newsroom) -> None:
    (woman,) = stories.an_activist_is_held_for_a_day(newsroom.desk).people
    page = newsroom.file(woman)
    has(newsroom, page, en="to the station: at most 24 h;", ru="до отдела: не более 24 ч;")
    picture = page.html.partition("<figure")[2].partition("</figure>")[0]
    assert 'class="brought"' not in picture, "nobody said how long she was on the way"
    has(newsroom, Page(picture), en="station: not after 26 February 2022, 20:00", ru="не позже чем 26 февраля 2022 г., 20:00")


def test_1_the_allegation_stands_in_her_words_beside_its_code(newsroom: Newsroom) -> None:
    (woman,) = stories.an_activist_is_held_for_a_day(newsroom.desk).people
    told = section(newsroom.file(woman), "ill-treatment")
    has(
        newsroom,
        told,
        en="torture, in the person's own words, by the Federal Security Service (FSB). In the person's own words: “Это была",
        ru="пытки, по словам человека; применялось сотрудниками ФСБ. Собственными словами: «Это была пытка»",
    )
    has(newsroom, told, en="with criminal prosecution", ru="Угроза уголовным преследованием")


def test_1_she_agreed_to_her_first_name_and_to_no_other(newsroom: Newsroom) -> None:
    (woman,) = stories.an_activist_is_held_for_a_day(newsroom.desk).people
    page = newsroom.file(woman)
    has(newsroom, consent(page, holds=True), en="publish the first name", ru="публиковать имя или псевдоним")
    for scope in ("full name", "полное имя"):
        assert scope not in consent(page, holds=True)
    has(newsroom, page, en="What is not listed as holding is not consented to", ru="На то, что не указано здесь как действующее")


def test_1_of_facts_of_february_2022_strasbourg_is_not_closed_and_the_un_is_open(newsroom: Newsroom) -> None:
    (woman,) = stories.an_activist_is_held_for_a_day(newsroom.desk).people
    told = forums(newsroom.file(woman))
    has(newsroom, told, en="European Court of Human Rights: not yet", ru="Европейский суд по правам человека: ещё нет")
    has(newsroom, told, en="Arbitrary Detention: open", ru="по произвольным задержаниям: открыто")


# 2. Known from a photograph.


def test_2_both_files_are_read_under_the_name_of_whoever_was_recognised(newsroom: Newsroom) -> None:
    story = stories.a_woman_in_a_photograph(newsroom.desk)
    for file in story.people:
        page = newsroom.file(file)
        assert "<h1>Мария Лебедева</h1>" in page.html
        has(newsroom, page, en="From a photograph or video", ru="По фотографии или видео")
        has(newsroom, page, en="nothing may be published or passed on", ru="ничего нельзя публиковать и передавать")


def test_2_before_she_was_recognised_nobody_knew_the_name(newsroom: Newsroom) -> None:
    unknown, _ = stories.a_woman_in_a_photograph(newsroom.desk).people
    newsroom.file(unknown)
    before = newsroom.site.page(f"/people/{unknown}?on=3")
    assert "Мария Лебедева" not in before.html
    has(newsroom, before, en="Name not known", ru="Имя неизвестно")


def test_2_an_overrun_that_rests_on_nobody_having_told_of_a_release_says_so_at_a_glance(newsroom: Newsroom) -> None:
    _, known = stories.a_woman_in_a_photograph(newsroom.desk).people
    page = newsroom.file(known)
    first = page.html.partition('<dl class="answers">')[2].partition("</dl>")[0]
    has(newsroom, Page(first), en="1 March 2022 (no release is reported)", ru="1 марта 2022 г. (об освобождении не сообщалось)")
    has(newsroom, clocks(page, "open"), en="cannot tell: when delivered is not known", ru="сказать нельзя: неизвестно время")


# 5. Two months in custody in 2019, known to the month.


def test_5_custody_known_to_the_month_is_perhaps_over_the_limit_and_not_certainly(newsroom: Newsroom) -> None:
    story, _ = cases.two_months_in_custody_and_no_sentence(newsroom.desk)
    page = newsroom.file(story.people[0])
    has(newsroom, clocks(page, "perhaps"), en="without a court's decision", ru="без решения суда")
    has(newsroom, clocks(page, "perhaps"), en="48 hours of a suspect's detention", ru="48 часов задержания подозреваемого")
    has(newsroom, clocks(page, "perhaps"), en="perhaps ended over the limit, by at most 29 days", ru="не более чем на 29 дн.")
    has(newsroom, clocks(page, "perhaps"), en="the court's ruling in July 2019", ru="решение суда в июле 2019 г.")
    has(newsroom, page, en="released (prosecution ended), September 2019", ru="преследование прекращено), сентябрь 2019")
    picture = page.html.partition("<figure")[2].partition("</figure>")[0]
    assert "01.07–31.07" in picture, "a month is drawn as a month, not as its first day"


def test_5_he_wants_his_name_published(newsroom: Newsroom) -> None:
    story, _ = cases.two_months_in_custody_and_no_sentence(newsroom.desk)
    page = newsroom.file(story.people[0])
    assert "<h1>Олег Степнов</h1>" in page.html
    has(newsroom, consent(page, holds=True), en="publish the full name: holds since", ru="публиковать полное имя: действует")
    assert consent(page, holds=False) == ""


def test_5_what_a_court_did_in_2019_is_of_the_time_of_strasbourg(newsroom: Newsroom) -> None:
    story, _ = cases.two_months_in_custody_and_no_sentence(newsroom.desk)
    told = forums(newsroom.file(story.people[0]))
    has(newsroom, told, en="European Court of Human Rights: not yet", ru="Европейский суд по правам человека: ещё нет")
    for unsaid in ("when the act happened", "время события"):
        assert unsaid not in told, "nobody said when, but it was before the court"


# 6. Eleven years of pursuit.


def test_6_strasbourg_is_closed_for_facts_after_its_last_day_and_the_un_remains(newsroom: Newsroom) -> None:
    story, _, _ = cases.eleven_years_of_pursuit(newsroom.desk)
    page = newsroom.file(story.people[0])
    earlier, later = forums(page, 0), forums(page, 1)
    has(
        newsroom,
        earlier,
        en="European Court of Human Rights: closed; closed at the end of 20 October 2022",
        ru="Европейский суд по правам человека: закрыто; закрылось в конце дня 20 октября 2022 г.",
    )
    has(newsroom, earlier, en="Human Rights Committee: open", ru="Комитет ООН по правам человека: открыто")
    has(newsroom, later, en="European Court of Human Rights: closed [", ru="Европейский суд по правам человека: закрыто [")
    has(newsroom, later, en="Arbitrary Detention: open", ru="по произвольным задержаниям: открыто")


def test_6_who_recognised_him_is_told_at_the_top_of_his_file_and_that_it_is_no_more(newsroom: Newsroom) -> None:
    story, _, _ = cases.eleven_years_of_pursuit(newsroom.desk)
    page = newsroom.file(story.people[0])
    told = section(page, "person")
    has(newsroom, told, en="Recognised as a political prisoner in 2020", ru="Статус политзаключённого признан в 2020 г.")
    assert "«Мемориал» (с тех пор ликвидирован)" in told
    has(newsroom, section(page, "incidents"), en="in 2011", ru="в 2011 г.")


def test_6_his_own_later_word_to_publish_outweighs_a_relatives_caution_for_both_names(newsroom: Newsroom) -> None:
    story, _, _ = cases.eleven_years_of_pursuit(newsroom.desk)
    page = newsroom.file(story.people[0])
    has(newsroom, consent(page, holds=True), en="publish the full name: holds since 9 March", ru="полное имя: действует, 9 марта")
    has(newsroom, consent(page, holds=True), en="or a pseudonym: holds since 9 March", ru="псевдоним: действует, 9 марта")
    has(newsroom, consent(page, holds=False), en="replaced by consent to publish", ru="заменено согласием на публикацию")


# 8. Kept for a court, shown to nobody but counsel.


def test_8_her_file_is_kept_for_a_court_and_read_by_counsel(newsroom: Newsroom) -> None:
    (woman,) = wishes.a_woman_who_left(newsroom.desk).people
    page = newsroom.file(woman)
    has(newsroom, consent(page, holds=True), en="but counsel: holds since 4 March", ru="кроме защитника: действует, 4 марта")
    has(newsroom, consent(page, holds=True), en="submit to courts and UN bodies", ru="передавать в суды и органы ООН")
    has(newsroom, section(page, "person"), en="Left the country on 27 February 2022", ru="Отъезд из страны 27 февраля 2022 г.")
    answers = newsroom.answers(woman)
    assert answers == {
        "monitor": 404, "coordinator": 200, "journalist": 403, "admin": 403, "another lawyer": 404, "counsel": 200,
    }  # fmt: skip


def test_8_one_day_she_is_forgotten_and_her_file_says_that_and_nothing_else(newsroom: Newsroom) -> None:
    (woman,) = wishes.a_woman_who_left(newsroom.desk).people
    before = newsroom.file(woman)
    forget(newsroom.desk.casebook, woman)
    for page in (newsroom.file(woman), newsroom.site.page(f"/people/{woman}?on=3")):
        has(newsroom, page, en="Forgotten at the person's wish", ru="Забыто по желанию человека")
        assert not [word for word in ("Нина Полевая", "Брюссель", "4 March", "4 марта") if word in page.text]
    assert "Нина Полевая" in before.text
    assert "Брюссель" in before.text


@pytest.mark.parametrize("story", [stories.an_activist_is_held_for_a_day, wishes.a_politician_wants_his_name_published])
def test_consent_to_publish_opens_a_file_to_no_account(newsroom: Newsroom, story: object) -> None:
    people: tuple[UUID, ...] = story(newsroom.desk).people  # type: ignore[operator]
    answers = newsroom.answers(people[0])
    assert (answers["journalist"], answers["another lawyer"], answers["admin"], answers["counsel"]) == (403, 404, 403, 200)
