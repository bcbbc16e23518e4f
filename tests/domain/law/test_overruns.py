"""One answer out of all clocks of a detention: surely over only if every reading of the reports and every limit says so."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.detention import Detention
from domain.law.answers import CustodyAnswer
from domain.law.country import laws
from domain.law.facts import Custody
from domain.law.overruns import OVER, Overrun, Verdict, overrun_in
from domain.moment import When
from tests.domain.law.test_custodies import at, custody, held
from tests.domain.law.test_widening import custodies
from tests.domain.recording import MOSCOW, entry

NOTHING: tuple[tuple[str, Verdict], ...] = ()


def answer(of: Detention) -> CustodyAnswer:
    return laws()["RU"].custody(custody(of), datetime(2022, 3, 10, tzinfo=UTC), MOSCOW)


def verdict(of: Detention) -> Overrun:
    return overrun_in(answer(of).clocks, (charge.article for charge in custody(of).charges))


def verdict_of(facts: Custody, now: datetime) -> Overrun:
    return overrun_in(laws()["RU"].holding(facts, now), (charge.article for charge in facts.charges))


def accused(article: str | None, released: When | None, *statuses: str) -> Detention:
    """Delivered on 6 March at 16:40, accused at 18:00."""
    record = held(at("06 15:00"))
    record.deliver(entry(), when=at("06 16:40"))
    if article is not None:
        record.draw_protocol(entry(), kind="offence", article=article, when=at("06 18:00"))
    if statuses:
        record.report_status(entry(), statuses=statuses)
    if released is not None:
        record.release(entry(), kind="after_protocol", when=released)
    return record


@pytest.mark.parametrize(
    ("article", "released", "statuses", "expected"),
    [
        ("koap-20.3.3-1", "06 19:40", ("citizen",), Verdict.IN_TIME),
        ("koap-20.3.3-1", "06 19:41", ("citizen",), Verdict.SURELY),
        ("koap-20.3.3-1", "06 19:41", (), Verdict.BY_THE_SHORTER_LIMIT),
        ("koap-20.3.3-1", "06 19:41", ("foreigner",), Verdict.BY_THE_SHORTER_LIMIT),
        ("koap-20.2", "06 20:00", ("citizen",), Verdict.BY_THE_SHORTER_LIMIT),
        ("koap-19.3-1", "08 15:00", ("citizen",), Verdict.IN_TIME),
        ("koap-19.3-1", "08 15:01", ("citizen",), Verdict.SURELY),
        (None, "06 19:40", (), Verdict.IN_TIME),
        (None, "06 19:41", (), Verdict.BY_THE_SHORTER_LIMIT),
        (None, "08 15:01", (), Verdict.SURELY),
        ("koap-20.3.3-1", None, ("citizen",), Verdict.NO_KNOWN_END),
    ],
)
def test_just_at_a_limit_is_in_time_and_just_after_it_is_over(
    article: str | None, released: str | None, statuses: tuple[str, ...], expected: Verdict
) -> None:
    found = verdict(accused(article, at(released) if released else None, *statuses))
    assert found.verdict is expected
    assert found.by_article == (((article, expected),) if article else NOTHING)


def test_a_release_that_may_have_been_in_time_is_possibly_over() -> None:
    assert verdict(accused("koap-20.3.3-1", at("06 19:00", "06 20:00"), "citizen")).verdict is Verdict.POSSIBLY


def test_a_time_that_nobody_reported_and_on_which_it_depends_is_not_possibly_but_unknown() -> None:
    record = held(at("06 15:00"))
    record.draw_protocol(entry(), kind="offence", article="koap-20.3.3-1", when=at("06 18:00"))
    record.report_status(entry(), statuses=("citizen",))
    record.release(entry(), kind="after_protocol", when=at("06 19:41"))
    assert verdict(record).verdict is Verdict.CANNOT_TELL


def test_the_article_that_stood_while_the_limit_ran_out_bears_the_overrun_and_the_later_one_does_not() -> None:
    record = accused("koap-20.3.3-1", None, "citizen")
    record.requalify(entry(), article="koap-19.3-1", when=at("06 21:00"))
    record.release(entry(), kind="after_protocol", when=at("07 10:00"))
    assert verdict(record) == Overrun(Verdict.SURELY, (("koap-20.3.3-1", Verdict.SURELY),))


def test_two_days_without_a_court_are_an_overrun_of_every_article() -> None:
    record = accused("koap-19.3-1", None, "citizen")
    record.draw_protocol(entry(), kind="offence", article="koap-20.3.3-1", when=at("06 22:00"))
    record.release(entry(), kind="after_protocol", when=at("08 15:01"))
    found = verdict(record)
    assert dict(found.by_article) == {"koap-19.3-1": Verdict.SURELY, "koap-20.3.3-1": Verdict.SURELY}


@given(custodies())
@settings(max_examples=200)
def test_what_is_sure_or_in_time_of_less_that_is_known_stays_so_when_more_is(told: tuple[Custody, Custody, datetime]) -> None:
    """A wider time never narrows an answer: what the wide one says for certain the narrow one does not contradict."""
    narrow, wide, now = told
    known, less = (verdict_of(facts, now) for facts in (narrow, wide))
    if less.verdict in (Verdict.SURELY, Verdict.IN_TIME):
        assert known.verdict is less.verdict
    if known.verdict in OVER:
        assert less.verdict not in (Verdict.IN_TIME, Verdict.NO_KNOWN_END)
    assert {article for article, how in less.by_article if how is Verdict.SURELY} <= {
        article for article, how in known.by_article if how is Verdict.SURELY
    }


@given(custodies(), st.randoms(use_true_random=False))
def test_the_order_of_competing_reports_is_nothing(told: tuple[Custody, Custody, datetime], chance: Random) -> None:
    narrow, wide, now = told
    competing: dict[str, Any] = {name: getattr(narrow, name) + getattr(wide, name) for name in ("delivered", "released")}
    mixed: dict[str, Any] = {name: tuple(chance.sample(claims, len(claims))) for name, claims in competing.items()}
    told_so, told_otherwise = replace(narrow, **competing), replace(narrow, **mixed)
    assert verdict_of(told_so, now) == verdict_of(told_otherwise, now)


def test_the_law_with_a_limit_left_out_would_choose() -> None:
    """The control: with the longer alternative alone out of sight, what is sure by the shorter one would be sure."""
    found = answer(accused(None, at("06 19:41")))
    short = [clock for clock in found.clocks if clock.code != "custody_48h"]
    assert (overrun_in(found.clocks, ()).verdict, overrun_in(short, ()).verdict) == (Verdict.BY_THE_SHORTER_LIMIT, Verdict.SURELY)
