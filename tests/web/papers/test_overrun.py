"""The statement of an overrun: LAW.md's worked example in a motion's words, each clause resting on a rule or a position."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.access import Access
from domain.detention import Detention
from domain.moment import When
from domain.record import new_id
from tests.web.papers.reading import made, reader, strangers_words, words
from tests.web.seeding import ZONE, Seeding, opened, seed
from tests.web.site import Site
from web import create_app


class Night:
    """Somebody restrained 15:00-15:20, at the station at 16:40, accused under 20.3.3 at 18:00, let go the next day at 15:10."""

    def __init__(self, site: Site, *, let_go: bool = True, delivered: tuple[str, str] = ("16:40", "16:40")) -> None:
        self.site, to = site, Seeding(site.tracker, site.language)
        self.to, book = to, to.casebook
        self.person, self.detention = to.detained("Testova Ella", when=between("15:00", "15:20"), place=to.place(524901))
        station = to.tracker.geocoder.station_place("moscow-tverskoy")
        self.delivered = book.record_delivery(to.entry(), self.detention, when=between(*delivered), place=station).position
        facts: dict[str, Any] = {"kind": "offence", "article": "koap-20.3.3-1", "when": between("18:00", "18:00")}
        self.accused = book.record_protocol(to.entry(), self.detention, **facts).position
        if let_go:
            self.freed = book.record_release(to.entry(), self.detention, kind="after_protocol", when=next_day("15:10")).position
        site.tracker.bring_up_to_date()

    @property
    def path(self) -> str:
        return f"/detentions/{self.detention}/overrun"


def between(first: str, last: str, day: int = 6) -> When:
    """Two times of 6 March 2022 in Moscow."""
    earliest, latest = (datetime.fromisoformat(f"2022-03-{day:02}T{time}:00+03:00") for time in (first, last))
    return When.between(earliest, latest, ZONE)


def next_day(time: str) -> When:
    return between(time, time, 7)


TOLD = {
    "en": "Held 19 h 30 min beyond the limit of 3 hours",
    "ru": "превышен на 19 ч 30 мин",
}


@pytest.fixture(params=["en", "ru"])
def either(request: pytest.FixtureRequest, bare: Site) -> Site:
    bare.language = request.param
    return bare


def test_it_states_what_is_certain_with_the_position_of_every_report(either: Site) -> None:
    night = Night(either)
    page = either.page(night.path)
    told = words(either.fill(night.path, language=either.language))
    for text in (page.text, told):
        assert TOLD[either.language] in text
        for position in (night.delivered, night.accused, night.freed):
            assert re.search(rf"\((position|событие №) {position}\)", text)
    assert f"/people/{night.person}#entry-{night.delivered}" in page.links


def test_an_uncertain_delivery_gives_the_least_that_is_certain(bare: Site) -> None:
    night = Night(bare, delivered=("16:20", "16:40"))
    assert "Held at least 19 h 30 min beyond the limit of 3 hours" in words(bare.fill(night.path, language="en"))


def test_an_article_that_came_too_late_is_stated(bare: Site) -> None:
    night = Night(bare)
    change: dict[str, Any] = {"article": "koap-19.3-1", "when": between("21:30", "21:30")}
    bare.tracker.catch_up(night.to.casebook.requalify(night.to.entry(), night.detention, **change))
    assert "1 h 50 min after the 3-hour limit" in words(bare.fill(night.path, language="en"))


def test_where_nothing_is_certain_there_is_no_paper_and_the_page_says_so(bare: Site) -> None:
    night = Night(bare)
    bare.tracker.catch_up(
        night.to.casebook.record_release(night.to.entry(), night.detention, kind="after_protocol", when=between("18:30", "18:30"))
    )
    page = bare.page(night.path)
    assert "No overrun is certain" in page.text
    assert "Make the PDF" not in page.text
    fields = bare.page(f"/people/{night.person}/paper").fields
    answer = bare.post(night.path, {"csrf_token": fields["csrf_token"]})
    assert answer.status_code == 422
    assert b"%PDF" not in answer.data


def test_of_somebody_still_held_it_says_by_which_hour_and_grows_with_it(bare: Site) -> None:
    night = Night(bare, let_go=False)
    position = str(bare.recorded())
    told = words(bare.fill(night.path, language="en", position=position, hour=""))
    assert re.search(r"No release has been reported by \d+ \w+ 20\d\d, \d\d:\d\d\.", told)


@pytest.mark.parametrize("hour", ["2022-03-06T20:00", "2999-01-01T10:00", "soon"])
def test_an_hour_before_the_position_or_to_come_is_refused(bare: Site, hour: str) -> None:
    night = Night(bare, let_go=False)
    answer = bare.fill(night.path, language="en", hour=hour)
    assert answer.status_code == 422
    assert "The hour was not understood" in answer.get_data(as_text=True)


def test_the_same_position_and_hour_are_the_same_bytes_whatever_was_recorded_since(bare: Site) -> None:
    night = Night(bare)
    chosen = {"language": "ru", "position": str(bare.recorded()), "hour": ""}
    one = bare.fill(night.path, **chosen).data
    bare.tracker.catch_up(
        night.to.casebook.record_release(night.to.entry(), night.detention, kind="after_protocol", when=next_day("17:00"))
    )
    assert one.startswith(b"%PDF")
    assert bare.fill(night.path, **chosen).data == one
    assert bare.fill(night.path, language="ru").data != one


def test_the_form_asks_again_for_what_its_page_shows(bare: Site) -> None:
    night = Night(bare)
    fields = bare.page(night.path).fields
    assert fields["position"] == [str(bare.recorded())]
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d", fields["hour"][0])


def test_it_is_tagged_archivable_and_named_after_nobody(bare: Site) -> None:
    night = Night(bare)
    answer = bare.fill(night.path, language="en")
    catalogue: Any = reader(answer).trailer["/Root"]
    assert catalogue["/StructTreeRoot"]
    metadata = catalogue["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2<" in metadata
    assert "Testova" not in metadata + answer.headers["Content-Disposition"]


def test_it_is_written_down_as_papers_for_a_court(bare: Site) -> None:
    night = Night(bare)
    before = bare.tracker.access.log.last()
    assert bare.fill(night.path, language="en").status_code == 200
    acts = [told.event for told in bare.tracker.access.log.page(before, 100)]
    exported = [act for act in acts if isinstance(act, Access.Exported)]
    assert [(act.what, act.persons) for act in exported] == [("court_papers", (night.person,))]


def test_it_holds_nothing_of_anybody_else(tmp_path: Path, places: Path) -> None:
    with opened(tmp_path, places) as tracker:
        site = Site(tracker, create_app(tracker), seed(tracker))
        night = Night(site)
        text = words(site.fill(night.path, language="en"))
        assert "Testova Ella" in text
        assert strangers_words(site, text, {night.person}) == set()


def test_whether_consent_to_submit_it_holds_is_said_before_it_is_made(bare: Site) -> None:
    night = Night(bare)
    assert "Consent does not hold today: submit to courts" in bare.page(night.path).text
    to = night.to
    bare.tracker.catch_up(
        to.casebook.give_consent(to.entry("detainee"), night.person, scopes=("submit_to_courts",), form="written")
    )
    assert "Consent does not hold" not in bare.page(night.path).text


def test_the_case_file_tells_the_same_clocks(either: Site) -> None:
    night = Night(either)
    told = words(made(either, night.person, "clocks"))
    assert {"en": "ended over the limit by 19 h 30 min", "ru": "срок был превышен на 19 ч 30 мин"}[either.language] in told


def test_of_a_detention_that_was_withdrawn_or_is_nobodys_there_is_none(bare: Site) -> None:
    night = Night(bare)
    assert bare.get(f"/detentions/{new_id()}/overrun").status_code == 404
    bare.tracker.catch_up(bare.tracker.casebook.withdraw(Detention, night.to.entry(), night.detention, None, because="mistake"))
    assert bare.get(night.path).status_code == 404
