"""Reports as a view: what each counts, who was told out of it, what is left to do; whatever is restated or taken back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from domain.casebook import Held
from domain.count import Count
from domain.detention import Detention
from domain.place import Place, Precision
from domain.record import new_id
from domain.report import Report
from projections import reports
from tests.trackers import Installation, entry

CITY, OTHER = 524901, 498817
STATION = Place(Precision.STATION, "RU", "RU.48", CITY, "moscow-tverskoy", "8911aa7a82bffff", "Europe/Moscow")
NOTHING: dict[str, Any] = {
    "when": None, "place": None, "protest": None, "count": None, "minors": None, "concerns": ("unknown",), "words": None
}  # fmt: skip


class Watch:
    """A record of reports, and its view."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.casebook = installation, installation.casebook
        self.projector = installation.projector()

    def receive(self, people: int = 0, **facts: Any) -> tuple[UUID, list[Held]]:
        report, held = new_id(), [Held(new_id(), new_id()) for _ in range(people)]
        self.casebook.receive_report(entry(command=report), report, held=held, **facts)
        return report, held

    def row(self, report: UUID) -> Any:
        self.projector.follow()
        with self.installation.views() as db:
            return reports.one(db, report.bytes)

    def waiting(self, **chosen: Any) -> Sequence[bytes]:
        self.projector.follow()
        with self.installation.views() as db:
            found = [row.report for row in reports.to_work_off(db, **chosen)]
            assert reports.how_many_to_work_off(db, **chosen) == len(found)
        return found


@pytest.fixture
def watch(installation: Installation) -> Watch:
    return Watch(installation)


def test_what_a_report_says_stands_in_its_row(watch: Watch) -> None:
    report, _ = watch.receive(
        place=STATION, count=Count.at_least(12), minors=Count.exactly(2), concerns=("counsel", "phone_taken")
    )
    row = watch.row(report)
    assert (row.city, row.station, row.low, row.high) == (CITY, "moscow-tverskoy", 12, None)
    assert (row.minors_low, row.minors_high, row.concerns, row.people) == (2, 2, "counsel phone_taken", 0)
    assert (row.stands, row.settled) == (1, 0)


def test_people_told_out_of_it_are_counted_until_the_entry_or_the_detention_is_taken_back(watch: Watch) -> None:
    report, held = watch.receive(2, place=STATION, count=Count.exactly(3))
    casebook = watch.casebook
    assert watch.row(report).people == 2
    casebook.split_report(entry(), report, held=[Held(new_id(), new_id())])
    assert watch.row(report).people == 3
    casebook.withdraw(Report, entry(), report, 2, because="mistake")
    assert watch.row(report).people == 2
    casebook.reinstate(Report, entry(), report, 2, {"detention": held[0].detention, "person": held[0].person}, because="mistake")
    assert watch.row(report).people == 3
    casebook.withdraw(Detention, entry(), held[1].detention, because="mistake")
    assert watch.row(report).people == 2
    facts = dict.fromkeys(("when", "place", "protest", "words")) | {"person": held[1].person}
    codes = dict.fromkeys(("circumstances", "agency", "minor"), "unknown")
    casebook.reinstate(Detention, entry(), held[1].detention, 1, {**facts, **codes}, because="mistake")
    assert watch.row(report).people == 3


def test_a_correction_changes_what_it_says_and_not_who_was_told_out_of_it(watch: Watch) -> None:
    report, _ = watch.receive(1, place=STATION, count=Count.exactly(15))
    before = watch.row(report)
    facts = {**NOTHING, "count": Count.exactly(5), "place": Place(Precision.CITY, "RU", city=OTHER)}
    watch.casebook.correct(Report, entry(), report, 1, facts, because="mistake")
    row = watch.row(report)
    assert (row.low, row.city, row.station, row.people) == (5, OTHER, None, 1)
    assert (row.position, row.received, row.recorded_by) == (before.position, before.received, before.recorded_by)


def test_a_withdrawn_report_stays_and_counts_nowhere_until_it_is_reinstated(watch: Watch) -> None:
    report, _ = watch.receive(count=Count.exactly(4))
    watch.casebook.withdraw(Report, entry(), report, because="duplicate")
    assert watch.row(report).stands == 0
    assert watch.waiting() == []
    watch.casebook.reinstate(Report, entry(), report, 1, {**NOTHING, "count": Count.exactly(4)}, because="mistake")
    assert watch.row(report).stands == 1
    assert watch.waiting() == [report.bytes]


def test_what_is_left_to_work_off(watch: Watch) -> None:
    all_told, _ = watch.receive(2, place=STATION, count=Count.exactly(2))
    named_alone, _ = watch.receive(1, place=STATION)
    more, _ = watch.receive(1, place=STATION, count=Count.exactly(3))
    nobody, _ = watch.receive(place=STATION)
    nowhere, _ = watch.receive(1)
    only_a_city, _ = watch.receive(1, place=Place(Precision.CITY, "RU", city=CITY))
    left = [more.bytes, nobody.bytes, nowhere.bytes, only_a_city.bytes]
    assert watch.waiting() == left
    assert watch.waiting(cities=[OTHER]) == [nowhere.bytes], "somebody held nobody knows where is everybody's to look for"
    assert watch.waiting(since=watch.row(more).received + 1) == []
    assert all_told.bytes not in left
    assert named_alone.bytes not in left
    watch.casebook.settle_report(entry(), more, kind="duplicate")
    assert watch.waiting() == left[1:]
    watch.casebook.withdraw(Report, entry(), more, watch.casebook.standing(Report, more).version, because="mistake")
    assert watch.waiting() == left


def test_the_reports_that_name_somebody_whatever_became_of_the_entry(watch: Watch) -> None:
    report, held = watch.receive(2)
    watch.receive(1)
    watch.casebook.withdraw(Report, entry(), report, 2, because="mistake")
    watch.projector.follow()
    with watch.installation.views() as db:
        assert reports.naming(db, [held[0].person.bytes]) == [report.bytes]
        assert reports.naming(db, [new_id().bytes]) == []
        assert reports.everybody_in(db, report.bytes) == {one.person.bytes for one in held}
        assert [row.person for row in reports.people_of(db, report.bytes)] == [held[1].person.bytes]
