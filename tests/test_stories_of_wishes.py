"""What people want done with what is recorded of them is told in both languages, and holds."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.consent import Consent, Why
from domain.errors import RuleBroken
from domain.person import Person
from projections import consents, forgettings
from projections.reconciling import Total
from tests import stories
from tests import stories_of_wishes as wishes
from tests.stories import MOSCOW
from tests.test_stories import LANGUAGES, Newsroom
from tests.trackers import Installation

LATER = date(2022, 3, 20)
NOW = datetime(2022, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def newsroom(installation: Installation) -> Newsroom:
    return Newsroom(installation)


def holding(newsroom: Newsroom, person: UUID) -> Consent:
    with newsroom.views() as db:
        return consents.holding(db, [person.bytes], LATER)[person.bytes]


def told(newsroom: Newsroom, person: UUID, language: str) -> str:
    return " ".join(newsroom.told(newsroom.file(person), language))


def test_the_activist_may_be_quoted_by_her_first_name_and_no_more(newsroom: Newsroom) -> None:
    (woman,) = stories.an_activist_is_held_for_a_day(newsroom.desk).people
    agreed = holding(newsroom, woman)
    assert agreed.may_publish_first_name
    assert agreed.may_publish_story
    assert not agreed.may_publish_full_name


def test_the_politicians_name_may_be_published_and_his_custody_of_2019_counts(newsroom: Newsroom) -> None:
    (man,) = wishes.a_politician_wants_his_name_published(newsroom.desk).people
    assert holding(newsroom, man).may_publish_full_name
    assert newsroom.detained("month") == {201907: Total(1, 1)}
    assert newsroom.heat(MOSCOW) == (1, 0, 1)
    assert "publish the full name" in told(newsroom, man, "en")
    assert "публиковать полное имя" in told(newsroom, man, "ru")
    assert "July 2019" in told(newsroom, man, "en")


def test_what_a_relative_says_against_publishing_holds_until_the_journalist_speaks_again(newsroom: Newsroom) -> None:
    (man,) = wishes.a_journalist_recognised_as_a_political_prisoner(newsroom.desk).people
    agreed = holding(newsroom, man)
    assert agreed.may_publish_full_name
    assert agreed.may_submit_to_courts
    assert agreed.answers["record_only"].why is Why.REPLACED
    newsroom.desk.casebook.withdraw(Person, newsroom.desk.by("lawyer"), man, 6, because="mistake")
    assert not holding(newsroom, man).may_publish_full_name, "without his last word the relative's caution stands"
    assert "Мемориал" in told(newsroom, man, "ru")


def test_the_woman_who_left_is_kept_for_a_court_and_shown_to_counsel_only(newsroom: Newsroom) -> None:
    (woman,) = wishes.a_woman_who_left(newsroom.desk).people
    agreed = holding(newsroom, woman)
    assert agreed.is_for_counsel_only
    assert agreed.may_submit_to_courts
    assert not any((agreed.may_publish_story, agreed.may_publish_first_name, agreed.may_publish_full_name))
    for language, words in (("en", "show to nobody but counsel"), ("ru", "не показывать никому, кроме защитника")):
        assert words in told(newsroom, woman, language)


def test_she_is_forgotten_by_two_accounts_after_three_days_and_not_before(newsroom: Newsroom) -> None:
    (woman,) = wishes.a_woman_who_left(newsroom.desk).people
    wishes.and_wants_to_be_forgotten(newsroom.desk, woman, NOW)
    with newsroom.views() as db:
        assert forgettings.pending(db) == []
        assert consents.holding(db, [woman.bytes], LATER) == {woman.bytes: Consent()}
    with pytest.raises(RuleBroken) as refused:
        newsroom.desk.casebook.name_person(
            newsroom.desk.by("relative"), woman, name=newsroom.desk.sealed(woman, woman, "name", "Нина")
        )
    assert refused.value.code == "person_forgotten"
    for language in LANGUAGES:
        for sentence in newsroom.told(newsroom.page(woman), language):
            assert sentence.endswith(".")
            assert "None" not in sentence
    assert "may be carried out on 23 March 2022 at 15:00 or later" in told(newsroom, woman, "en")
