"""What the law answers, told in both languages: no number more certain than it is, and every code a word."""

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.law.answers import CustodyAnswer
from domain.law.country import laws
from domain.law.facts import Charge, Claim, Custody
from domain.law.rules import Limit
from domain.law.span import Length, Span
from domain.moment import When
from web.commands.clock_answers import answered, lines
from web.commands.clock_facts import read_facts
from web.telling import clocks, spans
from web.telling.clock_words import CLOCKS, said
from web.telling.overrun import Statement, statement

LANGUAGES = ("en", "ru")
MOSCOW = "Europe/Moscow"
TABLE = tomllib.loads((Path(__file__).parents[1] / "domain" / "law" / "cases.toml").read_text(encoding="utf-8"))["case"]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def at(wall: str, until: str | None = None) -> When:
    first = When.at_clock(datetime.fromisoformat(wall), MOSCOW)
    last = When.at_clock(datetime.fromisoformat(until), MOSCOW) if until else first
    return When(first.earliest, last.latest, MOSCOW)


def custody(now: str, **facts: Any) -> CustodyAnswer:
    return laws()["RU"].custody(Custody(**{"foreigner": "no", "intoxicated": "no", **facts}), at(now).earliest)


FINED = (Charge("koap-20.3.3-1", at("2022-03-06 18:00"), 1043),)
DELIVERED = (Claim(at("2022-03-06 16:40"), 1042),)
RELEASED = (Claim(at("2022-03-07 15:10"), 1050),)
CHANGED = (*FINED, Charge("koap-19.3-1", at("2022-03-06 21:30"), 1045, replaces=True))


def first_line(answer: CustodyAnswer, language: str) -> str:
    return clocks.clock(answer.clocks[0], answer.now, language)


def stated(answer: CustodyAnswer, language: str = "en") -> Statement:
    return statement(answer, language, lambda position: f"event {position}")


def test_a_clock_that_runs_says_when_it_is_due_and_what_is_left() -> None:
    told = first_line(custody("2022-03-06 18:10", delivered=DELIVERED, charges=FINED), "en")
    assert "from delivery to the station), KoAP 20.3.3(1)" in told
    assert "due at 19:40; 1 h 30 min left (no release is reported) [KoAP 27.5(1); KoAP 27.5(4)]." in told


def test_an_interval_is_told_with_both_ends() -> None:
    delivered = (Claim(at("2022-03-06 14:20", "2022-03-06 15:05"), 1042),)
    due = custody("2022-03-06 16:00", delivered=delivered, charges=FINED)
    assert "due between 17:20 and 18:05; at least 1 h 20 min, at most 2 h 5 min left" in first_line(due, "en")
    assert "истекает между 17:20 и 18:05; осталось не менее 1 ч 20 мин, не более 2 ч 5 мин" in first_line(due, "ru")
    over = custody("2022-03-06 22:15", delivered=delivered, charges=FINED)
    assert "over the limit by at least 4 h 10 min, at most 4 h 55 min" in first_line(over, "en")
    assert "срок превышен не менее чем на 4 ч 10 мин и не более чем на 4 ч 55 мин" in first_line(over, "ru")


def test_what_nobody_knows_is_said() -> None:
    restrained = (Claim(at("2022-03-06 15:00"), 1),)
    unknown = custody("2022-03-06 20:00", restrained=restrained, delivered=(Claim(None, 2),), charges=FINED)
    assert "cannot tell: when delivered is not known; due not before 6 March 2022, 18:00" in first_line(unknown, "en")
    assert "сказать нельзя: неизвестно время доставления; срок истекает не раньше чем 6 марта 2022 г., 18:00" in first_line(
        unknown, "ru"
    )


def test_the_flag_of_a_late_change_tells_both_times() -> None:
    answer = custody("2022-03-08 12:00", delivered=DELIVERED, released=RELEASED, charges=CHANGED)
    told = {language: clocks.flag(answer.flags[0], language) for language in LANGUAGES}
    assert told["en"].startswith("48-hour article recorded 1 h 50 min after the 3-hour limit had run out: KoAP 19.3(1)")
    assert "recorded on 6 March 2022 at 21:30; the limit ran out on 6 March 2022 at 19:40" in told["en"]
    assert "через 1 ч 50 мин после истечения трёх часов" in told["ru"]
    assert "срок превышен на 19 ч 30 мин" in told["ru"]


def test_the_statement_has_a_footnote_for_each_clause() -> None:
    found = stated(custody("2022-03-08 12:00", delivered=DELIVERED, released=RELEASED, charges=FINED))
    assert found.paragraphs[0].startswith(
        "3 hours of administrative detention. Held 19 h 30 min beyond the limit of 3 hours [1] [2]"
    )
    assert (
        "runs from delivery to the station [4], on 6 March 2022 at 16:40, and was over on 6 March 2022 at 19:40" in found.text()
    )
    assert "ended with release [5], on 7 March 2022 at 15:10" in found.text()
    assert [note.ref for note in found.footnotes] == [None, None, 1043, 1042, 1050]
    assert "[4] delivery to the station: 6 March 2022, 16:40 (event 1042)" in found.text()
    assert "[1] KoAP 27.5(1). Administrative detention lasts three hours at most." in found.text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("charges", [FINED, CHANGED])
def test_every_number_in_the_statement_has_its_footnote_and_no_footnote_is_unused(
    language: str, charges: tuple[Charge, ...]
) -> None:
    found = stated(custody("2022-03-08 12:00", delivered=DELIVERED, released=RELEASED, charges=charges), language)
    used = {int(number) for paragraph in found.paragraphs for number in re.findall(r"\[(\d+)\]", paragraph)}
    assert used == {note.number for note in found.footnotes}
    assert [note.number for note in found.footnotes] == list(range(1, len(found.footnotes) + 1))


def test_the_statement_of_a_changed_accusation_says_what_it_hides() -> None:
    text = stated(custody("2022-03-08 12:00", delivered=DELIVERED, released=RELEASED, charges=CHANGED)).text()
    assert "was recorded on 6 March 2022 at 21:30, 1 h 50 min after the 3-hour limit [1], counted from delivery" in text
    assert "If that change is disregarded, the limit was exceeded by 19 h 30 min [" in text


def test_the_statement_says_at_least_and_never_what_is_only_possible() -> None:
    delivered = (Claim(at("2022-03-06 16:20", "2022-03-06 16:40"), 1042),)
    late = stated(custody("2022-03-08 12:00", delivered=delivered, released=RELEASED, charges=FINED))
    assert "Held at least 19 h 30 min beyond" in late.text()
    assert "19 h 50 min" not in late.text()
    perhaps = (Claim(at("2022-03-06 19:30"), 1050),)
    possible = stated(custody("2022-03-08 12:00", delivered=delivered, released=perhaps, charges=FINED))
    assert possible.nothing_certain
    assert possible.text() == "No overrun is certain from what has been reported."
    assert "не установлено" in stated(custody("2022-03-06 17:00", delivered=delivered, charges=FINED), "ru").text()


def test_the_statement_names_the_reading_it_rests_on() -> None:
    answer = custody("2022-03-08 12:00", delivered=DELIVERED, released=RELEASED, charges=FINED, foreigner="unknown")
    assert stated(answer).text().partition("\n")[0].endswith("Conditions: unless a foreigner.")


def test_an_unverified_rule_is_called_so_in_both_languages() -> None:
    answer = custody("2022-03-08 12:00", delivered=DELIVERED, charges=(Charge("koap-19.3-1"),))
    hearing = next(clock for clock in answer.clocks if clock.code == "hearing")
    assert "[KoAP 29.6(4), unverified rule]" in clocks.clock(hearing, answer.now, "en")
    assert "непроверенная норма" in clocks.clock(hearing, answer.now, "ru")
    assert "unverified" not in first_line(answer, "en")


def test_an_article_whose_sanction_was_not_verified_is_called_so() -> None:
    answer = custody("2022-03-06 17:00", delivered=DELIVERED, charges=(Charge("koap-6.1.1"),))
    assert "what the article carries is not verified" in first_line(answer, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["name"])
def test_every_case_is_told_without_a_bare_code(case: dict[str, Any], language: str) -> None:
    given = {"zone": MOSCOW, **{name: case[name] for name in ("zone", "now", "custody", "cases") if name in case}}
    told = "\n".join(lines(answered(read_facts(given, datetime(2030, 1, 1, tzinfo=UTC))), language))
    places = re.compile(r"\((?:custody|cases)\S*\)")
    bare = re.findall(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\{|\}|None", places.sub("", told))
    assert bare == []
    assert (re.search("[а-я]{4}", told) is not None) is (language == "ru")


def test_a_code_without_a_word_would_be_seen() -> None:
    assert said(CLOCKS, "brand_new_clock", "en") == "brand_new_clock"


@pytest.mark.parametrize(
    ("least", "most", "told"),
    [
        (timedelta(hours=4, minutes=10, seconds=59), timedelta(hours=5, seconds=1), "at least 4 h 10 min, at most 5 h 1 min"),
        (HOUR, HOUR, "1 h"),
        (MINUTE * 90 + timedelta(seconds=30), MINUTE * 90 + timedelta(seconds=30), "1 h 30 min"),
        (-HOUR, HOUR, "at most 1 h"),
        (None, HOUR, "at most 1 h"),
        (HOUR, None, "at least 1 h"),
        (None, None, "an unknown time"),
        (timedelta(seconds=1), timedelta(seconds=1), "less than a minute"),
        (HOUR * 119, HOUR * 119, "119 h"),
        (HOUR * 125, HOUR * 125, "5 days 5 h"),
    ],
)
def test_a_length_is_rounded_so_that_it_claims_no_more_than_is_known(
    least: timedelta | None, most: timedelta | None, told: str
) -> None:
    assert spans.length(Length(least, most), "en") == told


def test_the_end_of_a_day_is_told_as_such() -> None:
    friday, monday = (at(f"2024-11-{day} 23:59:59").latest for day in ("08", "11"))
    assert spans.at(Span(friday, friday), MOSCOW, "en") == "at the end of 8 November 2024"
    assert spans.at(Span(friday, monday), MOSCOW, "ru") == "в конце одного из дней с 8 ноября 2024 г. по 11 ноября 2024 г."
    assert spans.at(Span(None, monday), MOSCOW, "en") == "not after the end of 11 November 2024"


@pytest.mark.parametrize(("amount", "told"), [(1, "1 час"), (3, "3 часа"), (12, "12 часов"), (24, "24 часа"), (48, "48 часов")])
def test_russian_hours_agree_with_their_number(amount: int, told: str) -> None:
    assert clocks.limit(Limit(amount), "ru") == told
