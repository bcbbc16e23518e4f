"""Whoever is forgotten takes along the lines of every report that names them; what the reports count stays."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from domain.casebook import Held
from domain.count import Count
from domain.privacy import Sealed
from domain.record import new_id
from domain.report import Report
from projections import reports
from tests.web.forgetting.homes import Known, approved, entry
from tests.web.site import Site
from web.backups.restoring import _forgotten_in
from web.forgetting import carry_out
from web.forgetting.carrying_out import files_of, reports_naming
from web.vault import FORGOTTEN
from web.wiring import Tracker


@pytest.fixture
def known(bare: Site) -> Known:
    return Known(bare.tracker)


def reported(tracker: Tracker, *people: UUID) -> UUID:
    """A report that names these people."""
    report = new_id()
    seal = tracker.vault.mint([report])
    held = [Held(new_id(), person, has_file=True) for person in people]
    words = seal.seal(report, report, "words", "Primerov Gleb and others")
    given = replace(entry(tracker), command=report)
    tracker.casebook.receive_report(given, report, held=held, words=words, count=Count.exactly(5))
    tracker.bring_up_to_date()
    return report


def words_of(tracker: Tracker, report: UUID) -> Sealed:
    """The sealed line of a report."""
    event = tracker.log.of([report])[0].event
    assert isinstance(event, Report.Received)
    assert event.words is not None
    return event.words


def test_the_line_of_a_report_that_names_somebody_forgotten_is_gone_and_its_count_stays(bare: Site, known: Known) -> None:
    tracker = bare.tracker
    both, other, own = (
        reported(tracker, known.person, known.stranger),
        reported(tracker, known.stranger),
        reported(tracker, known.other),
    )
    assert set(reports_naming(tracker, files_of(tracker, known.person))) == {both, own}
    carry_out(tracker, entry(tracker), known.person, approved(tracker, known.person))
    tracker.bring_up_to_date()
    assert tracker.vault.forgotten() == {known.person, known.other, both, own}
    opened = {report: tracker.vault.open(words_of(tracker, report)) for report in (both, other, own)}
    assert opened == {both: FORGOTTEN, own: FORGOTTEN, other: "Primerov Gleb and others"}
    with tracker.views() as db:
        row = reports.one(db, both.bytes)
    assert row is not None
    assert row.low == 5
    shown = bare.page(f"/reports/{both}")
    assert "Primerov Gleb and others" not in shown.html
    assert bare.get(f"/reports/{both}/people").status_code == 410


def test_a_restored_log_that_says_forgotten_names_the_reports_too(bare: Site, known: Known) -> None:
    tracker = bare.tracker
    report = reported(tracker, known.person)
    reported(tracker, known.stranger)
    carry_out(tracker, entry(tracker), known.person, approved(tracker, known.person))
    assert _forgotten_in(Path(tracker.settings.home) / "events.sqlite") == {known.person, known.other, report}
