"""Follow-ups from the board: a letter and Enter, buttons, undoing, and everybody at a station at once."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.count import Count
from domain.detention import Detention
from domain.record import new_id
from tests.web.evenings import ARBAT, TVERSKOY, Evening, token
from tests.web.seeding import MOSCOW
from tests.web.site import Page, Site
from web.access.roles import Role


@pytest.fixture
def evening(bare: Site) -> Evening:
    return Evening(bare)


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
    assert "Recorded. Testova Ella :" in following.text.replace("Ella:", "Ella :"), "a letter in the wrong row is seen"
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
    evening.report(Count.exactly(15), when=evening.ago(0.02))
    elsewhere = evening.held("Quietova Ada", hours=0.02, at=ARBAT)
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
    that_night = evening.site.page(f"/watch?night={evening.night_of(0.02)}").html
    assert re.search(r"<dt>Detained this night</dt><dd>16</dd>", that_night), "they were detained all the same"
    nothing = evening.site.post(path, {"csrf_token": token(form.html), "back": "night=2022-03-02"})
    assert nothing.status_code == 422
