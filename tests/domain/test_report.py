"""A message as it comes in: kept at once, people told out of it later, nobody counted twice."""

import pytest

from domain.count import Count
from domain.record import new_id
from domain.report import Report
from tests.domain.recording import EVENING, SQUARE, entered, entry, refused, sealed


@pytest.fixture
def report() -> Report:
    return Report.receive(entry(), new_id(), when=EVENING, count=Count(15, 15), minors=Count(2, 2), concerns=("counsel",))


def test_a_report_of_which_nothing_was_understood_is_kept_with_its_words() -> None:
    number = new_id()
    words = sealed(number)
    kept = Report.receive(entry(), number, words=words)
    assert entered(kept).words == words
    assert entered(kept).concerns == ("unknown",)


def test_plain_words_about_people_are_refused() -> None:
    with refused("unsealed_text"):
        Report.receive(entry(), new_id(), place=SQUARE)


def test_more_minors_than_people_are_refused_also_when_a_report_is_corrected(report: Report) -> None:
    with refused("more_minors_than_people"):
        Report.receive(entry(), new_id(), count=Count(10, 15), minors=Count.exactly(16))
    told = {name: getattr(entered(report), name) for name in ("when", "place", "protest", "count", "concerns", "words")}
    with refused("more_minors_than_people", report):
        report.correct(entry(), 1, {**told, "minors": Count.exactly(99)}, because="mistake")
    Report.receive(entry(), new_id(), count=Count.at_least(10), minors=Count.exactly(16))


def test_nobody_is_told_out_of_a_report_twice(report: Report) -> None:
    person = new_id()
    report.record_person(entry(), detention=new_id(), person=person)
    with refused("in_the_report_already", report):
        report.record_person(entry(), detention=new_id(), person=person)


def test_a_settled_report_can_still_be_corrected_and_split(report: Report) -> None:
    report.settle(entry(), kind="worked_off")
    report.record_person(entry(), detention=new_id(), person=new_id())
    assert report.version == 3


def test_another_source_says_the_same_as_an_entry_and_not_as_what_says_so_itself(report: Report) -> None:
    report.attest(entry(), 1)
    with refused("no_such_entry", report):
        report.attest(entry(), 2)


def test_what_was_taken_back_counts_again(report: Report) -> None:
    unsaid = dict.fromkeys(("place", "protest", "count", "minors", "words"))
    facts = {"when": EVENING, "concerns": ("unknown",), **unsaid}
    with refused("not_withdrawn", report):
        report.reinstate(entry(), 1, facts, because="mistake")
    report.withdraw(entry(), because="duplicate")
    with refused("record_withdrawn", report):
        report.settle(entry())
    report.reinstate(entry(), 1, facts, because="mistake")
    report.settle(entry())
    assert not report.withdrawn
