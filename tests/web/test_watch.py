"""The watch: who is inside, follow-ups by a letter, what changed, the hand-over, and how each number came about."""

import re
import time

import pytest
from sqlalchemy import select, update

from domain.access import Access
from domain.casebook.reports import Held
from domain.count import Count
from domain.detention import Detention
from domain.record import new_id
from tests.web.evenings import ARBAT, TVERSKOY, Evening
from tests.web.seeding import MOSCOW, PETERSBURG
from tests.web.site import Site
from web.access import cookie
from web.access.roles import Role
from web.access.sessions import IDLE_ON_WATCH, digest_of
from web.vault.tables import accounts, sessions


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


def test_people_counted_at_no_station_may_be_those_of_the_stations_and_never_make_more_inside_than_detained(
    evening: Evening,
) -> None:
    evening.held("Testova Ella")
    evening.report(Count.exactly(15))
    evening.report(Count.exactly(16), at=None)
    shown = evening.board()
    assert "<dt>Inside, without names</dt><dd>15 to 30</dd>" in shown.html
    assert "<dt>Detained this night</dt><dd>16 to 31</dd>" in shown.html
    nowhere = evening.site.page(f"/numbers/cities/{MOSCOW}/2022-03-02/stations/-").text
    assert "Together 15 to 16" in nowhere
    assert "others without names: 15 to 16" in shown.text


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


@pytest.mark.parametrize(
    "address",
    ["watch/handover?hours=00129999999", "watch/handover.txt?hours=0012" + "9" * 5000, "watch/handover?night=0001-01-01"]
    + [
        f"{path.format(10**20)}" for path in ("numbers/cities/{}", "numbers/cities/{}/2022-03-02", "watch/stations/{}/-/released")
    ],
)
def test_an_address_with_numbers_out_of_all_bounds_is_no_failure(evening: Evening, address: str) -> None:
    assert evening.site.get(f"/{address}").status_code in (200, 404)


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
