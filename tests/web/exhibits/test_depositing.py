"""From the form to the page and out of the house again: what is recorded, what is warned of, what is written down."""

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from domain.access import Access
from domain.exhibit import Exhibit
from domain.record import new_id
from projections import exhibits
from projections.exhibits import documents_for
from tests.web.exhibits.files import CAMERA, deposited, photograph, png_that_claims
from tests.web.seeding import opened, seed
from tests.web.site import Site, account_of, record_of
from web import create_app
from web.access.roles import Role
from web.forgetting.carrying_out import destroy_keys


@pytest.fixture
def desk(tmp_path: Path, places: Path) -> Iterator[Site]:
    """An installation to record in, the lawyer with the long file."""
    with opened(tmp_path / "home", places) as tracker:
        found = Site(tracker, create_app(tracker), seed(tracker))
        yield found


def assign(desk: Site, person: UUID) -> None:
    from tests.web.forgetting.homes import entry

    lawyer = account_of(desk.tracker, Role.LAWYER)
    desk.tracker.catch_up(desk.tracker.casebook.assign_counsel(entry(desk.tracker), person, counsel=lawyer))


def send(site: Site, path: str, content: bytes | None = None, name: str = "IMG_1.jpg", **values: Any) -> TestResponse:
    """The form of an exhibit, filled in; `form` is another page it was on."""
    fields = site.page(path).fields
    told = {"kind": "photograph", **values}
    given: dict[str, Any] = {**fields, **told}
    given["file"] = (io.BytesIO(content or b""), name if content is not None else "")
    return site.post(path, given)


def sent_again(site: Site, path: str, answer: TestResponse, **values: Any) -> TestResponse:
    """The form that came back, sent as it stands, but for these values and without choosing a file."""
    from tests.web.site import Page

    fields = Page(answer.get_data(as_text=True)).fields
    return site.post(path, {**fields, **values, "file": (io.BytesIO(b""), "")})


def uses(site: Site, exhibit: UUID) -> list[str]:
    log = site.tracker.access.log
    acts = [told.event for told in log.page(0, 10_000)]
    return [act.how for act in acts if isinstance(act, Access.ExhibitOpened) and act.exhibit == exhibit]


def about(site: Site) -> dict[str, str]:
    seeded = site.seeded
    return {
        "detention": f"/detentions/{seeded.detention}/exhibits/new",
        "person": f"/people/{seeded.long}/exhibits/new",
        "incident": f"/incidents/{seeded.incident}/exhibits/new",
        "protest": f"/protests/{seeded.protest}/exhibits/new",
    }


@pytest.mark.parametrize("kind", ["detention", "person", "incident", "protest"])
def test_a_photograph_is_deposited_shown_and_given_out_byte_for_byte(desk: Site, kind: str) -> None:
    content = photograph((300, 200))
    told = {"captured": "24.02.2022 19:20", "captured_how": "own_device", "captured_by": "a passer-by", "words": "Two officers."}
    answer = send(desk, about(desk)[kind], content, source_kind="relative", **told)
    assert answer.status_code == 303
    exhibit = record_of(answer.location)
    shown = desk.page(f"/exhibits/{exhibit}")
    for said in (
        "Photograph",
        "a passer-by",
        "Two officers.",
        "24 February 2022",
        "a relative or friend",
        "it is the file that was deposited",
    ):
        assert said.casefold() in shown.text.casefold(), said
    page = {"protest": f"/protests/{desk.seeded.protest}", "incident": f"/incidents/{desk.seeded.incident}"}
    person = desk.seeded.long
    assert f"/exhibits/{exhibit}" in desk.page(page.get(kind, f"/people/{person}")).links
    copy = desk.get(f"/exhibits/{exhibit}/copy")
    assert (copy.status_code, copy.mimetype) == (200, "image/jpeg")
    assert CAMERA.encode() not in copy.data
    original = desk.get(f"/exhibits/{exhibit}/original")
    assert original.data == content
    assert original.mimetype == "application/octet-stream"
    assert original.headers["Content-Disposition"] == f'attachment; filename="exhibit-{exhibit.hex[-8:]}.jpg"'
    assert original.headers["Content-Security-Policy"].endswith("; sandbox")
    assert uses(desk, exhibit) == ["viewed", "exported"]
    assert "original exported as a file" in desk.page(f"/exhibits/{exhibit}").text


def test_witness_reporter_and_recorder_are_three_people_on_the_page(desk: Site) -> None:
    answer = send(desk, about(desk)["person"], photograph(), captured_by="a passer-by", source_kind="relative")
    shown = desk.page(f"/exhibits/{record_of(answer.location)}").html
    told = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", shown))
    assert told["Captured by"] == "a passer-by"
    assert told["Brought by (source)"] == "According to a relative or friend."
    assert told["Recorded by"].startswith(desk.tracker.vault.accounts.names()[desk.account or new_id()])


def test_a_link_alone_is_an_exhibit_and_its_address_is_read_and_not_followed(desk: Site) -> None:
    answer = send(desk, about(desk)["person"], kind="page", address="https://example.org/post/17", captured_how="screenshot")
    exhibit = record_of(answer.location)
    shown = desk.page(f"/exhibits/{exhibit}")
    assert "https://example.org/post/17" in shown.text
    assert not any("example.org" in link for link in shown.links)
    assert desk.get(f"/exhibits/{exhibit}/copy").status_code == 404
    assert desk.get(f"/exhibits/{exhibit}/original").status_code == 404
    everything = b"".join(path.read_bytes() for path in desk.tracker.settings.home.rglob("*") if path.is_file())
    assert b"example.org/post" not in everything


def test_neither_a_file_nor_a_link_is_asked_for_one(desk: Site) -> None:
    before = desk.recorded()
    answer = send(desk, about(desk)["person"])
    assert answer.status_code == 422
    assert "neither a file nor a link" in answer.get_data(as_text=True)
    assert desk.recorded() == before


def test_a_form_that_comes_back_has_the_file_already(desk: Site) -> None:
    content, path = photograph(), about(desk)["person"]
    answer = send(desk, path, content, captured="gestern oder so")
    assert answer.status_code == 422
    assert "The file is here already: JPEG picture" in answer.get_data(as_text=True)
    recorded = sent_again(desk, path, answer, captured="24.02.2022")
    assert recorded.status_code == 303
    assert desk.get(f"/exhibits/{record_of(recorded.location)}/original").data == content


def test_the_same_form_sent_twice_is_one_exhibit(desk: Site) -> None:
    path = about(desk)["person"]
    fields = desk.page(path).fields
    answers = [
        desk.post(path, {**fields, "kind": "photograph", "file": (io.BytesIO(photograph(size)), "a.jpg")})
        for size in ((60, 40), (60, 40), (80, 40))
    ]
    assert [answer.location.partition("saved=")[2][:5] for answer in answers] == ["new#e", "again", "again"]
    exhibit = record_of(answers[0].location)
    assert desk.get(f"/exhibits/{exhibit}/original").data == photograph()


def test_the_same_file_is_warned_of_once_with_the_exhibit_where_the_reader_may_see_it(desk: Site) -> None:
    content, path = photograph(), about(desk)["person"]
    first = record_of(send(desk, path, content).location)
    before = desk.recorded()
    answer = send(desk, path, content)
    told = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="/exhibits/{first}"' in told
    assert desk.recorded() == before
    assert sent_again(desk, path, answer, again="yes").status_code == 303
    assert desk.recorded() == before + 1


def test_of_an_exhibit_they_may_not_see_a_reader_hears_only_that_it_is_there(desk: Site) -> None:
    content = photograph((70, 30))
    secret = record_of(send(desk, f"/people/{desk.seeded.merged}/exhibits/new", content).location)
    monitor = desk.signed_in_as(Role.MONITOR)
    told = send(monitor, about(desk)["protest"], content).get_data(as_text=True)
    assert "not among those you may open" in told
    assert str(secret) not in told
    assert secret.hex[-8:] not in told


def test_of_a_file_about_somebody_forgotten_nobody_hears(desk: Site) -> None:
    content = photograph((70, 30))
    record_of(send(desk, f"/people/{desk.seeded.long}/exhibits/new", content).location)
    destroy_keys(desk.tracker, [desk.seeded.long])
    from tests.web.forgetting.homes import entry

    desk.tracker.catch_up(desk.tracker.casebook.admit_forgotten(entry(desk.tracker), desk.seeded.long))
    assert send(desk, about(desk)["protest"], content).status_code == 303


def test_a_file_that_is_too_large_is_refused_and_nothing_is_left(desk: Site) -> None:
    object.__setattr__(desk.tracker.settings, "largest_exhibit", 200_000)
    before, files = desk.recorded(), sorted(desk.tracker.originals.folder.iterdir())
    answer = send(desk, about(desk)["person"], bytes(200_001))
    assert answer.status_code == 422
    assert "The file is too large" in answer.get_data(as_text=True)
    assert send(desk, about(desk)["person"], bytes(470_000)).status_code == 413
    assert desk.recorded() == before
    assert [path for path in desk.tracker.originals.folder.iterdir() if path.name != ".lock"] == [
        path for path in files if path.name != ".lock"
    ]


def test_other_forms_stay_as_small_as_they_were(desk: Site) -> None:
    answer = desk.fill("/protests/new", about="x" * 300_000)
    assert answer.status_code == 413


HOSTILE = {
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "bin"),
    "html": (b"<!doctype html><script>alert(1)</script>", "bin"),
    "pdf": (b"%PDF-1.4 /OpenAction", "pdf"),
    "bomb": (b"", "png"),
    "cut short": (photograph((400, 300))[:-3000], "jpg"),
    "polyglot": (b"GIF89a<script>alert(1)</script>", "gif"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_picture_is_a_download_and_never_shown(desk: Site, what: str) -> None:
    content, ending = HOSTILE[what]
    content = content or png_that_claims(60_000, 60_000)
    exhibit = record_of(send(desk, about(desk)["person"], content, name="../../<script>.jpg").location)
    assert desk.get(f"/exhibits/{exhibit}/copy").status_code == 404
    page = desk.get(f"/exhibits/{exhibit}").get_data(as_text=True)
    assert "alert(1)" not in page
    assert "&lt;script" not in page
    original = desk.get(f"/exhibits/{exhibit}/original")
    assert original.data == content
    assert original.mimetype == "application/octet-stream"
    assert original.headers["Content-Disposition"].endswith(f'.{ending}"')
    assert original.headers["X-Content-Type-Options"] == "nosniff"
    assert uses(desk, exhibit) == ["exported"]


def test_an_original_that_was_altered_is_told_of_loudly_and_not_given_out(desk: Site, caplog: pytest.LogCaptureFixture) -> None:
    exhibit = record_of(send(desk, about(desk)["person"], photograph()).location)
    path = next(desk.tracker.originals.folder.glob(f"*-{exhibit.hex}-*"))
    whole = path.read_bytes()
    path.write_bytes(whole[:-30] + bytes(30))
    caplog.set_level(logging.ERROR)
    shown = desk.page(f"/exhibits/{exhibit}")
    assert "The original is not what was deposited" in shown.text
    assert "/copy" not in shown.html
    for part in ("copy", "original"):
        assert desk.get(f"/exhibits/{exhibit}/{part}").status_code == 409
    assert "exhibit-not-whole" in caplog.text
    assert uses(desk, exhibit) == []
    path.unlink()
    assert "The file of the original is missing" in desk.page(f"/exhibits/{exhibit}").text


def test_handing_over_is_an_entry_of_the_exhibit(desk: Site) -> None:
    exhibit = record_of(send(desk, about(desk)["person"], photograph()).location)
    path = f"/exhibits/{exhibit}/add/handed-over"
    assert desk.fill(path, to="District court", form="print", because="court", when="25.02.2022").status_code == 303
    shown = desk.page(f"/exhibits/{exhibit}").text
    assert "Exhibit handed over on 25 February 2022: a print; for a court; to whom: District court." in shown
    assert desk.fill(f"/exhibits/{exhibit}/add/described", words="The third officer.").status_code == 303
    assert "The third officer." in desk.page(f"/exhibits/{exhibit}").text


def test_what_is_told_of_it_can_be_corrected_and_the_file_stays_the_file(desk: Site) -> None:
    content = photograph()
    exhibit = record_of(send(desk, about(desk)["person"], content, words="Two officers.").location)
    path = f"/exhibits/{exhibit}/entries/1/correct"
    assert not {"sha256", "media", "size", "person"} & desk.page(path).names
    assert desk.fill(path, words="Three officers.", because="mistake").status_code == 303
    assert "Three officers." in desk.page(f"/exhibits/{exhibit}").text
    assert desk.get(f"/exhibits/{exhibit}/original").data == content


def test_a_withdrawn_exhibit_says_so_and_confirms_nothing(desk: Site) -> None:
    seeded = desk.seeded
    answer = send(desk, about(desk)["detention"], b"%PDF-1.4", kind="document", supports="3")
    exhibit = record_of(answer.location)
    with desk.tracker.views() as db:
        assert documents_for(db, [seeded.detention]) == {(seeded.detention, 3)}
    desk.fill(f"/exhibits/{exhibit}/entries/1/withdraw", because="mistake")
    assert "was withdrawn" in desk.page(f"/exhibits/{exhibit}").text
    with desk.tracker.views() as db:
        assert documents_for(db, [seeded.detention]) == set()
        row = exhibits.one(db, exhibit.bytes)
        assert row is not None
        assert not exhibits.same_file(db, row.sha256)


def test_a_document_without_an_entry_bears_out_the_record_and_a_photograph_or_a_link_nothing(desk: Site) -> None:
    detention, seeded = desk.seeded.detention, desk.seeded
    path = about(desk)["detention"]
    send(desk, path, photograph(), kind="photograph")
    send(desk, path, kind="document", address="https://example.org")
    with desk.tracker.views() as db:
        assert documents_for(db, [detention, seeded.protest]) == set()
    send(desk, path, b"%PDF-1.4", kind="document")
    with desk.tracker.views() as db:
        assert documents_for(db, [detention, seeded.protest]) == {(detention, None)}


def test_forgetting_somebody_leaves_nothing_of_their_exhibits(desk: Site) -> None:
    exhibit = record_of(send(desk, about(desk)["detention"], photograph(), words="Two officers.").location)
    destroy_keys(desk.tracker, [desk.seeded.long])
    from tests.web.forgetting.homes import entry

    desk.tracker.catch_up(desk.tracker.casebook.admit_forgotten(entry(desk.tracker), desk.seeded.long))
    assert not list(desk.tracker.originals.folder.glob(f"{desk.seeded.long.hex}-*"))
    page = desk.page(f"/exhibits/{exhibit}").text
    assert "Forgotten" in page
    assert "Two officers" not in page
    for part in ("copy", "original"):
        assert desk.get(f"/exhibits/{exhibit}/{part}").status_code == 404
    assert desk.post(about(desk)["detention"], {}).status_code in (400, 410)


def test_while_locked_nothing_is_taken_in_and_nothing_given_out(desk: Site) -> None:
    exhibit = record_of(send(desk, about(desk)["person"], photograph()).location)
    fields = desk.page(about(desk)["person"]).fields
    desk.tracker.vault.put_under_passphrase("одна фраза из многих слов")
    desk.tracker.vault.lock()
    before = desk.recorded()
    answer = desk.post(about(desk)["person"], {**fields, "kind": "photograph", "file": (io.BytesIO(photograph()), "a.jpg")})
    assert answer.status_code == 422
    assert desk.recorded() == before
    assert "locked" in desk.page(f"/exhibits/{exhibit}").text
    assert desk.get(f"/exhibits/{exhibit}/original").status_code == 503


READERS = {
    Role.LAWYER: {"own": 200, "foreign": 404, "protest": 200},
    Role.MONITOR: {"own": 404, "foreign": 404, "protest": 200},
    Role.COORDINATOR: {"own": 200, "foreign": 200, "protest": 200},
    Role.JOURNALIST: {"own": 403, "foreign": 403, "protest": 403},
    Role.ADMIN: {"own": 403, "foreign": 403, "protest": 403},
}


@pytest.mark.parametrize("role", READERS)
def test_who_sees_which_exhibits(desk: Site, role: Role) -> None:
    assign(desk, desk.seeded.long)
    account = desk.account or new_id()
    found = {
        "own": deposited(desk.tracker, account, photograph(), desk.seeded.long),
        "foreign": deposited(desk.tracker, account, photograph(), desk.seeded.merged),
        "protest": deposited(desk.tracker, account, photograph(), protest=desk.seeded.protest),
    }
    reader = desk.signed_in_as(role)
    for whose, exhibit in found.items():
        for part in ("", "/copy", "/original"):
            assert reader.get(f"/exhibits/{exhibit}{part}").status_code == READERS[role][whose], (whose, part)


def test_a_monitor_sees_for_a_day_what_they_deposited_about_somebody_on_watch(
    desk: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monitor = desk.signed_in_as(Role.MONITOR)
    answer = send(monitor, f"/people/{desk.seeded.held}/exhibits/new", photograph(), words="Two officers.")
    exhibit = record_of(answer.location)
    assert "Two officers." in monitor.page(f"/exhibits/{exhibit}").text
    assert "Who looked at it" not in monitor.page(f"/exhibits/{exhibit}").text
    with desk.tracker.projector.writer.begin() as db:
        db.exec_driver_sql("UPDATE exhibits_exhibits SET recorded = recorded - 90000")
    assert monitor.get(f"/exhibits/{exhibit}").status_code == 404


def test_the_words_of_a_protests_exhibit_are_read_by_whoever_may_open_protests(desk: Site) -> None:
    for role in (Role.MONITOR, Role.LAWYER, Role.COORDINATOR):
        assert "a passer-by" in desk.signed_in_as(role).page(f"/exhibits/{desk.seeded.exhibit}").text


def test_an_original_asks_for_a_fresh_proof(desk: Site) -> None:
    with desk.tracker.vault.storage.writing() as db:
        db.exec_driver_sql("UPDATE sessions SET confirmed = confirmed - 400")
    answer = desk.get(f"/exhibits/{desk.seeded.exhibit}/original")
    assert answer.status_code == 303
    assert answer.location.startswith("/confirm")
    assert desk.get(f"/exhibits/{desk.seeded.exhibit}/copy").status_code == 200


def test_where_it_cannot_be_written_down_no_byte_leaves(desk: Site) -> None:
    with desk.tracker.access._acts.recorder.datastore.transaction(commit=True) as cursor:  # type: ignore[attr-defined]
        cursor.execute("DROP TABLE stored_events")
    for part in ("copy", "original"):
        answer = desk.get(f"/exhibits/{desk.seeded.exhibit}/{part}")
        assert answer.status_code == 503
        assert b"\xff\xd8\xff" not in answer.data


def test_a_detentions_exhibit_is_about_the_person_held(desk: Site) -> None:
    exhibit = record_of(send(desk, about(desk)["detention"], photograph()).location)
    told = desk.tracker.casebook.standing(Exhibit, exhibit)
    assert told.concerns() == desk.seeded.long


def test_an_allegation_stands_beside_its_code_in_the_persons_own_words(desk: Site) -> None:
    shown = desk.page(f"/people/{desk.seeded.long}").text
    assert re.search(r"Ill-treatment \(alleged\)[^.]*beating[^.]*\. In the person's own words: “They twisted my arms", shown)
