"""What another country must offer, and what a desk sorts by."""

import inspect
from datetime import UTC, datetime, timedelta

import pytest

from domain.law.answers import next_due
from domain.law.country import CountryLaw, laws
from domain.law.facts import Charge, Claim, Custody
from domain.moment import When
from domain.vocabulary.articles import ARTICLES

NOON = datetime(2022, 3, 6, 12, tzinfo=UTC)
DELIVERED = (Claim(When(NOON, NOON, "Europe/Moscow"), 7),)


@pytest.mark.parametrize("country", laws())
def test_a_law_answers_with_nothing_but_a_time(country: str) -> None:
    law: CountryLaw = laws()[country]
    answer = law.custody(Custody(), NOON)
    assert all(clock.missing for clock in answer.clocks)
    assert answer.zone == "UTC"
    assert law.exposure((), NOON) == ()


@pytest.mark.parametrize("country", laws())
def test_a_rule_stands_in_both_languages_with_its_citation(country: str) -> None:
    for rule in laws()[country].rules:
        for english, russian in (rule.citation, rule.sentence):
            assert english.isascii(), rule.code
            assert any("а" <= letter.lower() <= "я" for letter in russian), rule.code
        assert rule.valid_from is None or rule.valid_to is None or rule.valid_from <= rule.valid_to


def test_every_article_of_the_vocabulary_has_its_limit_and_no_other() -> None:
    assert {article.code for article in laws()["RU"].articles} == set(ARTICLES)


def test_the_law_asks_no_clock_of_its_own() -> None:
    for method in (laws()["RU"].custody, laws()["RU"].case, laws()["RU"].exposure):
        assert inspect.signature(method).parameters["now"].default is inspect.Parameter.empty


def test_a_desk_sorts_by_the_nearest_end_of_what_still_runs() -> None:
    facts = Custody(delivered=DELIVERED, charges=(Charge("koap-20.2-5"),), foreigner="no")
    assert next_due(laws()["RU"].custody(facts, NOON + timedelta(hours=1))) == NOON + timedelta(hours=3)
    released = Custody(
        delivered=DELIVERED, released=(Claim(When(NOON, NOON, "Europe/Moscow")),), charges=facts.charges, foreigner="no"
    )
    assert next_due(laws()["RU"].custody(released, NOON + timedelta(hours=1))) is None


def test_an_answer_gives_back_the_references_it_rests_on() -> None:
    clock = laws()["RU"].custody(Custody(delivered=DELIVERED), NOON).clocks[0]
    assert {(basis.part, basis.ref) for basis in clock.basis} == {("start:delivered", 7)}
