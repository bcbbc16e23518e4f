"""A report from a line to its people: two key strokes, nothing that blocks, each sealed for their own, twice is once."""

from typing import Any
from uuid import UUID

import pytest

from domain.detention import Detention
from domain.person import Person
from domain.privacy import Sealed
from domain.record import new_id
from domain.report import Report
from projections import case_files, reports
from tests.web.site import Page, Site
from web.access.roles import Role
from web.telling.opening import sealed_in
from web.vault.accounts import add_account

MOSCOW, PETERSBURG = 524901, 498817
FIRST = "Тверское 15 чел, автозак с Пушкинской, 2 несовершеннолетних, ~19:20"
SECOND = "PRIMEROV GLEB, OVD Tverskoe, without protocol, needs lawyer, beaten, phone taken"


def understood(site: Site, line: str, city: str = "Moscow") -> Page:
    """The page after the first Enter."""
    answer = site.fill("/reports/new", line=line, city=city)
    assert answer.status_code == 200
    return Page(answer.get_data(as_text=True))


def report_in(location: str) -> UUID:
    return UUID(location.partition("last=")[2][:36])


def saved(site: Site, page: Page, **changes: Any) -> UUID:
    """The report after the second."""
    answer = site.post("/reports/form", {**page.fields, **changes})
    assert answer.status_code == 303, Page(answer.get_data(as_text=True)).text
    return report_in(answer.headers["Location"])


def told(site: Site, record: UUID) -> list[Any]:
    return [one.event for one in site.tracker.log.of([record])]


def people_of(site: Site, report: UUID) -> list[tuple[UUID, UUID]]:
    with site.tracker.views() as db:
        return [(UUID(bytes=row.person), UUID(bytes=row.detention)) for row in reports.people_of(db, report.bytes)]


def test_a_line_is_understood_and_saved_in_two_key_strokes(bare: Site) -> None:
    shown = understood(bare, FIRST)
    assert shown.fields["place"] == ["Тверское"]
    assert (shown.fields["count"], shown.fields["minors"], shown.fields["when"]) == (["15"], ["2"], ["~19:20"])
    assert "<button autofocus>Save the report</button>" in shown.html
    report = saved(bare, shown)
    (received,) = told(bare, report)
    assert (received.place.station, received.count.low, received.count.high) == ("moscow-tverskoy", 15, 15)
    assert (received.minors.low, received.concerns) == (2, ("unknown",))
    assert bare.tracker.vault.open(received.words) == FIRST
    assert all(sealed.person == report for sealed in sealed_in(received))


def test_the_form_sent_twice_is_recorded_once_and_so_is_the_line_saved_at_once(bare: Site) -> None:
    shown = understood(bare, SECOND)
    saved(bare, shown)
    before = bare.recorded()
    answer = bare.post("/reports/form", shown.fields)
    assert "saved=again" in answer.headers["Location"]
    line = {**bare.page("/reports/new").fields, "line": "хамовники двое", "at_once": "1"}
    assert "saved=new" in bare.post("/reports/new", line).headers["Location"]
    assert "saved=again" in bare.post("/reports/new", line).headers["Location"]
    assert bare.recorded() == before + 1


def test_whoever_is_named_gets_a_detention_and_a_file_of_their_own(bare: Site) -> None:
    report = saved(bare, understood(bare, SECOND))
    ((person, detention),) = people_of(bare, report)
    events = told(bare, detention)
    kinds = [type(event) for event in events]
    assert kinds == [
        Detention.Recorded,
        Detention.Delivered,
        Detention.CounselRequested,
        Detention.IllTreatmentReported,
        Detention.DeviceTaken,
        Detention.ConcernRaised,
    ]
    assert events[1].place.station == "moscow-tverskoy"
    assert events[5].concerns == ("without_protocol",)
    assert {text.person for event in events for text in sealed_in(event)} == {person}
    name = next(event.name for event in told(bare, person) if isinstance(event, Person.Named))
    assert bare.tracker.vault.open(name) == "PRIMEROV GLEB"


def test_a_line_of_which_nothing_is_understood_is_kept_all_the_same(bare: Site) -> None:
    for city in ("", "Nowhereville"):
        answer = bare.fill("/reports/new", line="qwerty ???", city=city, at_once="1")
        (received,) = told(bare, report_in(answer.headers["Location"]))
        assert bare.tracker.vault.open(received.words) == "qwerty ???"
        words = received.place.words if received.place is not None else None
        assert (bare.tracker.vault.open(words) if isinstance(words, Sealed) else "") == city
    assert "qwerty ???" in bare.page("/reports").text


def test_a_station_nobody_knows_keeps_its_words_and_blocks_nobody(bare: Site) -> None:
    shown = understood(bare, "ОВД Сочинское, 4 чел")
    assert "place.chosen" in shown.names
    (received,) = told(bare, saved(bare, shown))
    assert (received.place.city, received.place.station) == (MOSCOW, None)
    assert bare.tracker.vault.open(received.place.words) == "ОВД Сочинское"


def test_a_count_that_cannot_be_read_brings_the_form_back_with_everything(bare: Site) -> None:
    shown = understood(bare, FIRST)
    answer = bare.post("/reports/form", {**shown.fields, "count": "some say many"})
    again = Page(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert (again.fields["count"], again.fields["words"]) == (["some say many"], [FIRST])


def test_the_same_as_a_form_from_scratch_with_several_people_one_a_line(bare: Site) -> None:
    shown = bare.page(f"/reports/form?city={MOSCOW}")
    assert shown.fields["city"] == ["Moscow"]
    people = "Testova Ella, minor, needs counsel\r\n\r\nObraztsov Lev"
    report = saved(bare, shown, place="OVD Basmanny", people=people, count="5")
    (_, first), (_, second) = people_of(bare, report)
    assert (told(bare, first)[0].minor, told(bare, second)[0].minor) == ("yes", "unknown")
    assert [type(event) for event in told(bare, second)] == [Detention.Recorded, Detention.Delivered]
    with bare.tracker.views() as db:
        row, custody = reports.one(db, report.bytes), case_files.custody_of(db, first.bytes)
    assert row is not None
    assert custody is not None
    assert (row.people, custody.city) == (2, MOSCOW)


def test_a_stub_is_split_into_people_and_settled(bare: Site) -> None:
    report = saved(bare, understood(bare, "Тверское 2 чел"))
    page = f"/reports/{report}"
    assert str(report) in bare.page("/reports").html
    form = {**bare.page(f"{page}/people").fields, "people": "Testova Ella, beaten\nPrimerov Gleb"}
    assert bare.post(f"{page}/people", form).status_code == 303
    assert "saved=again" in bare.post(f"{page}/people", form).headers["Location"]
    assert len(people_of(bare, report)) == 2
    shown = bare.page(page).text
    assert "Testova Ella" in shown
    assert "Primerov Gleb" in shown
    assert str(report) not in bare.page("/reports").html, "everybody it counts is on record"
    other = saved(bare, understood(bare, "Тверское 3 чел"))
    assert bare.fill(f"/reports/{other}/add/settled", kind="duplicate").status_code == 303
    assert str(other) not in bare.page("/reports").html


def test_the_line_of_the_hint_is_saved_by_two_enters_where_no_city_was_chosen(bare: Site) -> None:
    shown = understood(bare, FIRST, city="")
    assert (shown.fields["city"], shown.fields["taken_from"]) == (["Moscow"], ["Пушкинской"])
    report = saved(bare, shown)
    assert told(bare, report)[0].place.station == "moscow-tverskoy"
    assert people_of(bare, report) == []


def test_a_report_is_corrected_and_withdrawn_with_its_words_still_sealed_for_itself(bare: Site) -> None:
    report = saved(bare, understood(bare, FIRST))
    entry = f"/reports/{report}/entries/1"
    assert bare.fill(f"{entry}/correct", count="12", because="mistake").status_code == 303
    corrected = told(bare, report)[-1]
    assert isinstance(corrected, Report.Corrected)
    assert (corrected.restated.count.low, bare.tracker.vault.open(corrected.restated.words)) == (12, FIRST)
    assert bare.fill(f"{entry}/withdraw", because="mistake").status_code == 303
    withdrawn = bare.page(f"/reports/{report}").text
    assert "withdrawn and counts nowhere" in withdrawn
    assert "How many are held 12" in withdrawn, "what it said last, not at first"


def in_city(site: Site, *cities: int) -> Site:
    """A monitor's browser whose watch these cities are."""
    other = site.signed_in_as(None)
    with site.tracker.vault.storage.writing() as db:
        account = add_account(db, f"3{len(site.tracker.vault.accounts.all())}", Role.MONITOR, cities)
    other.sign_in(account)
    other.role = Role.MONITOR
    return other


def test_a_monitor_reads_the_reports_of_the_watch_for_a_day_and_no_others(bare: Site) -> None:
    report = saved(bare, understood(bare, FIRST))
    here, elsewhere = in_city(bare, MOSCOW), in_city(bare, PETERSBURG)
    assert FIRST in here.page(f"/reports/{report}").text
    assert FIRST in here.page("/reports").text
    assert elsewhere.get(f"/reports/{report}").status_code == 404
    assert FIRST not in elsewhere.page("/reports").text
    own = saved(elsewhere, understood(elsewhere, "Хамовники 3 чел"))
    assert elsewhere.get(f"/reports/{own}").status_code == 200, "one must be able to read over what one has just typed"
    with bare.tracker.projector.writer.begin() as db:
        db.exec_driver_sql("UPDATE reports_reports SET received = 0")
    assert here.get(f"/reports/{report}").status_code == 404
    assert FIRST not in here.page("/reports").text
    assert FIRST in bare.page(f"/reports/{report}").text


def test_a_lawyer_reads_a_line_only_where_it_speaks_of_nobody_but_their_own_people(bare: Site) -> None:
    alone = saved(bare, understood(bare, "PRIMEROV GLEB, OVD Tverskoe"), count="1")
    among = saved(bare, understood(bare, "OBRAZTSOV LEV, TESTOVA ELLA, OVD Tverskoe"), count="2")
    others = saved(bare, understood(bare, FIRST))
    lawyer = bare.signed_in_as(Role.LAWYER)
    for report in (alone, among):
        form = {"counsel": str(lawyer.account), "ground": "on_duty"}
        assert bare.fill(f"/people/{people_of(bare, report)[0][0]}/add/counsel-assigned", **form).status_code == 303
    assert "PRIMEROV GLEB, OVD Tverskoe" in lawyer.page(f"/reports/{alone}").text
    shown = lawyer.page(f"/reports/{among}").text
    assert "Tverskoy police department" in shown
    assert "TESTOVA" not in shown
    assert lawyer.get(f"/reports/{others}").status_code == 404
    assert lawyer.get(f"/reports/{new_id()}").status_code == 404


@pytest.mark.parametrize("path", ["/reports/new", "/reports/form", "/reports", "/reports/offline", "/reports/lines"])
def test_no_page_keeps_anything_in_the_browser(bare: Site, path: str) -> None:
    answer = bare.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    html = answer.get_data(as_text=True)
    assert html.count("<form") >= 1 or path == "/reports"
    assert "localStorage" not in html
    assert 'autocomplete="off"' in html or path == "/reports"
