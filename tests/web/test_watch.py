"""The watch: who is inside, follow-ups by a letter, what changed, the hand-over, and how each number came about."""

import re
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from domain.access import Access
from domain.casebook.reports import Held
from domain.count import Count
from domain.detention import Detention
from domain.moment import When
from domain.provenance import Entry, Source
from domain.record import new_id
from tests.web.seeding import MOSCOW, PETERSBURG, ZONE
from tests.web.site import Page, Site
from web.access import cookie
from web.access.roles import Role
from web.access.sessions import IDLE_ON_WATCH, digest_of
from web.vault.tables import accounts, sessions

TVERSKOY, ARBAT = "moscow-tverskoy", "moscow-arbat"


@dataclass
class Evening:
    """One night at a hotline: a past one, so that no test stands between two nights; tonight's where it matters."""

    site: Site
    base: datetime = datetime(2022, 3, 2, 20, tzinfo=UTC)
    night: str = "2022-03-02"

    def tonight(self) -> None:
        self.base, self.night = datetime.now(UTC), ""

    def entry(self) -> Entry:
        return Entry(self.site.account or new_id(), Source("witness"), new_id())

    def ago(self, hours: float) -> When:
        return When.at(self.base - timedelta(hours=hours), ZONE)

    def held(
        self, name: str | None = None, hours: float = 4, at: str | None = TVERSKOY, city: int = MOSCOW, **facts: Any
    ) -> UUID:
        person, detention = new_id(), new_id()
        vault, geocoder, book = self.site.tracker.vault, self.site.tracker.geocoder, self.site.tracker.casebook
        sealed = vault.mint([person]).seal(person, person, "name", name) if name else None
        told = {"when": self.ago(hours), "place": geocoder.city_place(city), **facts}
        book.record_detention(self.entry(), detention, person=person, name=sealed, **told)
        if at is not None:
            book.record_delivery(self.entry(), detention, place=geocoder.station_place(at))
        self.shown()
        return detention

    def report(self, count: Count, at: str = TVERSKOY, **facts: Any) -> UUID:
        report = new_id()
        place = self.site.tracker.geocoder.station_place(at)
        told = {"when": self.ago(1), "place": place, "count": count, **facts}
        self.site.tracker.casebook.receive_report(replace(self.entry(), command=report), report, **told)
        self.shown()
        return report

    def shown(self) -> None:
        self.site.tracker.bring_up_to_date()

    def board(self, query: str = "") -> Page:
        return self.site.page(f"/watch?night={self.night}&{query}")

    def type(self, detention: UUID, typed: str, query: str = "", command: UUID | None = None) -> Any:
        sent = {
            "csrf_token": token(self.board().html),
            "command": str(command or new_id()),
            "typed": typed,
            "back": f"night={self.night}&{query}",
        }
        return self.site.post(f"/watch/detentions/{detention}/follow-up", sent)

    def told(self, detention: UUID) -> list[Any]:
        return [found.event for found in self.site.tracker.log.of([detention])]


def token(html: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found is not None
    return found[1]


@pytest.fixture
def evening(bare: Site) -> Evening:
    return Evening(bare)


def test_the_board_shows_who_is_inside_the_most_urgent_station_first(evening: Evening) -> None:
    evening.tonight()
    evening.held("Quietova Ada", hours=9, at=ARBAT)
    evening.held("Longheld Max", hours=7)
    urgent = evening.held("Testova Ella", hours=2)
    evening.site.tracker.casebook.report_ill_treatment(evening.entry(), urgent, kind="beating")
    evening.shown()
    text = evening.board().text
    assert "Inside, known one by one 3" in text
    assert text.index("Testova Ella") < text.index("Longheld Max") < text.index("Quietova Ada")
    assert "7 h 00 min more than 3 hours" in text
    assert "ill-treated: 1" in text
    assert "In order of urgency" in text


def test_counts_stand_beside_the_people_known_and_are_not_added_to_them(evening: Evening) -> None:
    evening.held("Testova Ella")
    evening.report(Count.exactly(15), minors=Count.exactly(2), concerns=("no_contact",))
    shown = evening.board()
    assert "1 person known one by one, others without names: 14" in shown.text
    assert "in reports to work off: minor: 2 no contact: 1" in shown.text
    assert re.search(r"<dt>Detained this night</dt><dd>15</dd>", shown.html)


def test_a_monitor_sees_the_names_of_the_watch_and_of_others_how_many(evening: Evening) -> None:
    evening.held("Testova Ella")
    evening.held("Primerov Gleb", at=None, city=PETERSBURG)
    monitor = evening.site.signed_in_as(Role.MONITOR)
    with evening.site.tracker.vault.storage.writing() as db:
        mine = update(accounts).where(accounts.c.id == (monitor.account or new_id()).bytes)
        db.execute(mine.values(cities=str(MOSCOW)))
    own = monitor.page("/watch?night=2022-03-02").text
    assert "Testova Ella" in own
    assert "Primerov" not in own
    other = monitor.page(f"/watch?night=2022-03-02&city={PETERSBURG}").text
    assert "Primerov" not in other
    assert "1 person whose file is not yours to open" in other
    lawyer = evening.site.signed_in_as(Role.LAWYER).page("/watch?night=2022-03-02")
    assert "Testova" not in lawyer.text
    assert "follow-up" not in lawyer.html


LETTERS: dict[str, tuple[str, type[Any], dict[str, Any]]] = {
    "d": ("d", Detention.Delivered, {}),
    "д in the other alphabet": ("Д", Detention.Delivered, {}),
    "d elsewhere": ("d Арбат", Detention.Delivered, {}),
    "taken away": ("т", Detention.Transferred, {"place": None}),
    "article": ("p 20.2-5", Detention.ProtocolDrawn, {"kind": "offence", "article": "koap-20.2-5"}),
    "статья": ("п ч. 5 ст. 20.2", Detention.ProtocolDrawn, {"kind": "offence", "article": "koap-20.2-5"}),
    "an article with one part known": ("п 19.3", Detention.ProtocolDrawn, {"article": "koap-19.3-1"}),
    "criminal": ("p uk 318", Detention.ProtocolDrawn, {"kind": "criminal_detention", "article": "uk-318"}),
    "protocol alone": ("п", Detention.ProtocolDrawn, {"kind": "unknown", "article": None}),
    "asked": ("з", Detention.CounselRequested, {}),
    "refused": ("n", Detention.CounselRefused, {}),
    "admitted": ("а", Detention.CounselAdmitted, {}),
    "doctor": ("м", Detention.ConcernRaised, {"concerns": ("medical",)}),
    "ill-treated": ("б били по ногам", Detention.IllTreatmentReported, {"kind": "unknown"}),
    "contact": ("l", Detention.ContactLost, {}),
    "released": ("о", Detention.Released, {"kind": "unknown"}),
}


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_and_enter_record_what_was_just_said(evening: Evening, name: str) -> None:
    typed, kind, facts = LETTERS[name]
    detention = evening.held("Testova Ella")
    answer = evening.type(detention, typed, "source_kind=lawyer&reliability=reliable")
    assert answer.status_code == 303, answer.get_data(as_text=True)[:300]
    event = evening.told(detention)[-1]
    assert type(event) is kind
    assert {fact: getattr(event, fact) for fact in facts} == facts
    assert (event.source.kind, event.source.reliability) == ("lawyer", "reliable")
    assert event.when.is_exact
    assert abs((datetime.now(UTC) - event.when.earliest).total_seconds()) < 60
    following = evening.site.page(answer.headers["Location"].split("#")[0])
    assert "Recorded." in following.text
    assert "Undo" in following.text


@pytest.mark.parametrize("typed", ["", "x", "dd", "p 99.99", "z Арбат и ещё", "r now", "d Нигдеево", "1", "р", "x" * 300])
def test_a_wrong_letter_is_one_sentence_and_changes_nothing(evening: Evening, typed: str) -> None:
    detention = evening.held("Testova Ella")
    before = evening.site.recorded()
    answer = evening.type(detention, typed)
    assert answer.status_code == 422
    assert evening.site.recorded() == before
    page = Page(answer.get_data(as_text=True))
    assert len(re.findall('class="wrong"', page.html)) == 1
    assert "autofocus" in page.html


def test_whoever_is_nobody_knows_where_needs_a_station_after_the_letter(evening: Evening) -> None:
    detention = evening.held("Testova Ella", at=None)
    assert "Nobody knows yet where this is" in evening.type(detention, "d").get_data(as_text=True)
    assert evening.type(detention, "д Тверское").status_code == 303
    assert evening.told(detention)[-1].place.station == TVERSKOY


def test_a_letter_sent_twice_is_recorded_once_and_undone_with_one_button(evening: Evening) -> None:
    detention, command = evening.held("Testova Ella"), new_id()
    answer = evening.type(detention, "r", command=command)
    assert "saved=again" in evening.type(detention, "r", command=command).headers["Location"]
    assert "Testova Ella" not in evening.board().text
    page = evening.site.page(answer.headers["Location"].split("#")[0])
    form = page.html.partition('class="notice saved undo"')[2].partition("</form>")[0]
    undo = dict(re.findall(r'name="(version|command)" value="([^"]*)"', form))
    sent = {"csrf_token": token(page.html), "back": "night=2022-03-02", **undo}
    assert evening.site.post(f"/watch/detentions/{detention}/undo", sent).status_code == 303
    withdrawn = evening.told(detention)[-1]
    assert (type(withdrawn), withdrawn.because) == (Detention.Withdrawn, "mistake")
    assert "Testova Ella" in evening.board().text


def test_nobody_undoes_what_somebody_else_recorded(evening: Evening) -> None:
    detention = evening.held("Testova Ella")
    evening.type(detention, "r")
    monitor = evening.site.signed_in_as(Role.MONITOR)
    sent = {
        "csrf_token": token(monitor.page("/watch").html),
        "back": "night=2022-03-02",
        "version": "3",
        "command": str(new_id()),
    }
    assert monitor.post(f"/watch/detentions/{detention}/undo", sent).status_code == 403
    assert type(evening.told(detention)[-1]) is Detention.Released


def test_buttons_do_what_the_letters_do(evening: Evening) -> None:
    detention = evening.held("Testova Ella")
    page = evening.board(f"at={detention}")
    assert 'name="letter" value="r"' in page.html
    sent = {"csrf_token": token(page.html), "command": str(new_id()), "typed": "", "letter": "r", "back": "night=2022-03-02"}
    assert evening.site.post(f"/watch/detentions/{detention}/follow-up", sent).status_code == 303
    assert type(evening.told(detention)[-1]) is Detention.Released


def test_everybody_at_a_station_is_released_after_a_look_at_whom_it_concerns(evening: Evening) -> None:
    evening.tonight()
    one, other = evening.held("Testova Ella", hours=0.02), evening.held("Primerov Gleb", hours=0.02)
    evening.report(Count.exactly(15), when=evening.ago(0.01))
    elsewhere = evening.held("Quietova Ada", at=ARBAT)
    path = f"/watch/stations/{MOSCOW}/{TVERSKOY}/released"
    form = evening.site.page(path)
    assert "Testova Ella" in form.text
    assert "Quietova" not in form.text
    left = {name: value for name, value in form.fields.items() if name != f"held.{other}"}
    assert evening.site.post(path, {**left, "nobody": ""}).status_code == 303
    assert (type(evening.told(one)[-1]), type(evening.told(other)[-1])) == (Detention.Released, Detention.Delivered)
    assert evening.site.post(path, evening.site.page(path).fields).status_code == 303
    assert type(evening.told(other)[-1]) is Detention.Released
    assert type(evening.told(elsewhere)[-1]) is Detention.Delivered
    assert "Tverskoy" not in evening.board().text
    assert re.search(r"<dt>Detained this night</dt><dd>16</dd>", evening.board().html), "they were detained all the same"
    nothing = evening.site.post(path, {"csrf_token": token(form.html), "back": "night=2022-03-02"})
    assert nothing.status_code == 422


def test_what_changed_since_i_looked_is_told_until_i_say_that_i_have_seen_it(evening: Evening) -> None:
    detention = evening.held("Testova Ella")
    seen = evening.site.recorded()
    assert "Since you last looked" not in evening.board(f"seen={seen}").text
    evening.type(detention, "n")
    page = evening.board(f"seen={seen}")
    assert "Since you last looked" in page.text
    assert "Counsel not let in" in page.text
    assert page.html.count('class="state new"') == 2
    assert f"/watch?night=2022-03-02&amp;seen={evening.site.recorded()}" in page.html
    assert "Since you last looked" not in evening.board(f"seen={evening.site.recorded()}").text


def test_the_board_asks_for_itself_again_with_and_without_scripts_unless_told_to_keep_still(evening: Evening) -> None:
    html = evening.board().html
    assert re.search(r'<noscript><meta http-equiv="refresh" content="30; url=/watch\?[^"]*auto=1', html)
    assert 'src="/static/watch.js"' in html
    still = evening.board("still=1").html
    assert "http-equiv" not in still
    assert "watch.js" not in still


def test_a_page_that_asks_for_itself_keeps_no_session_alive(evening: Evening) -> None:
    monitor = evening.site.signed_in_as(Role.MONITOR)
    brought = monitor.client.get_cookie(cookie.PLAIN, domain="127.0.0.1").value
    storage = evening.site.tracker.door.sessions._storage

    def seen(at: float | None = None) -> int:
        with storage.writing() as db:
            if at is not None:
                db.execute(update(sessions).where(sessions.c.token == digest_of(brought)).values(seen=int(at)))
            return int(db.execute(select(sessions.c.seen).where(sessions.c.token == digest_of(brought))).scalar_one())

    before = seen(time.time() - 120)
    assert monitor.get("/watch?auto=1").status_code == 200
    assert seen() == before
    assert monitor.get("/watch").status_code == 200
    assert seen() > before
    seen(time.time() - IDLE_ON_WATCH - 1)
    assert monitor.get("/watch?auto=1").status_code == 303


def test_on_paper_stands_who_printed_it_and_that_it_was_is_in_the_access_log(evening: Evening) -> None:
    evening.held("Testova Ella")
    before = evening.site.tracker.access.log.last()
    page = evening.site.page("/watch/print?night=2022-03-02")
    assert "Testova Ella" in page.text
    assert "Printed by" in page.text
    assert "<nav" not in page.html
    acts = evening.site.tracker.access.acts_at(range(before + 1, evening.site.tracker.access.log.last() + 1)).values()
    assert [act.what for act in acts if isinstance(act, Access.Exported)] == ["watch"]


def test_the_hand_over_says_what_came_in_who_is_where_what_is_open_and_what_changed(evening: Evening) -> None:
    detention = evening.held("Testova Ella")
    evening.report(Count.exactly(15), concerns=("counsel",))
    evening.type(detention, "n")
    evening.site.tracker.casebook.withdraw(Detention, evening.entry(), detention, 3, because="mistake")
    evening.shown()
    for path in ("/watch/handover?night=2022-03-02&hours=8", "/watch/handover.txt?night=2022-03-02&hours=8"):
        answer = evening.site.get(path)
        text = answer.get_data(as_text=True)
        assert "Reports: 1. Detentions recorded: 1. Reports of release: 0." in text
        assert "Testova Ella" in text
        assert "others without names: 14" in text
        assert "Counsel not let in" in text
        assert "withdrawn" in text
    plain = evening.site.get("/watch/handover.txt?night=2022-03-02&hours=8")
    assert plain.mimetype == "text/plain"
    assert "<" not in plain.get_data(as_text=True)


def test_how_a_number_came_about_names_each_claim_its_source_and_what_was_taken(evening: Evening) -> None:
    evening.held("Testova Ella")
    evening.report(Count.between(12, 15))
    evening.report(Count.exactly(20))
    evening.report(Count.between(13, 14))
    board = evening.board()
    link = re.search(r'href="(/numbers/cities/[^"]+)"', board.html)
    assert link is not None
    page = evening.site.page(link[1])
    assert "Together 11 to 19" in page.text
    assert "the low end" in page.text
    assert "the high end" in page.text
    assert "nothing: it lies between the others" in page.text
    assert page.text.count("According to a witness.") == 3
    night = evening.site.page(link[1].split("/stations/")[0])
    assert "Together 12 to 20" in night.text
    assert "Together 12 to 20" in evening.site.page(f"/numbers/cities/{MOSCOW}").text
    assert f"/numbers/cities/{MOSCOW}" in evening.site.page("/figures").html
    assert f"/numbers/cities/{MOSCOW}" in evening.site.page(f"/cities/{MOSCOW}").html


@pytest.mark.parametrize(
    "path",
    [
        "/watch?city=x&night=y&seen=z&only=q",
        "/numbers/cities/0",
        "/watch?night=9999-12-31",
        "/watch?night=0001-01-01",
        "/watch?city=99999999",
    ],
)
def test_an_address_that_means_nothing_shows_the_usual_board(evening: Evening, path: str) -> None:
    assert evening.site.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/numbers/cities/99999999", "/numbers/cities/524901/2022-13-01", "/numbers/cities/524901/2022-03-02/stations/none"]
)
def test_a_number_of_nowhere_is_no_page(evening: Evening, path: str) -> None:
    assert evening.site.get(path).status_code == 404


def test_a_report_of_named_people_is_split_into_those_on_the_board(evening: Evening) -> None:
    report = evening.report(Count.exactly(3))
    place = evening.site.tracker.geocoder.station_place(TVERSKOY)
    told = [Held(new_id(), new_id(), facts={"when": evening.ago(2), "place": place}) for _ in range(2)]
    evening.site.tracker.casebook.split_report(evening.entry(), report, held=told)
    evening.shown()
    assert "2 people known one by one, others without names: 1" in evening.board().text
