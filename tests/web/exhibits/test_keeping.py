"""What becomes of an exhibit that is kept: altered, handed over, corrected, withdrawn, forgotten, and who may see it."""

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.exhibit import Exhibit
from domain.record import new_id
from projections import exhibits
from projections.exhibits import documents_for
from tests.web.exhibits.files import deposited, photograph
from tests.web.exhibits.sending import about, assign, send, uses
from tests.web.seeding import opened, seed
from tests.web.site import Site, record_of
from web import create_app
from web.access.roles import Role
from web.forgetting.carrying_out import destroy_keys


@pytest.fixture
def desk(tmp_path: Path, places: Path) -> Iterator[Site]:
    """An installation to record in, the lawyer with the long file."""
    with opened(tmp_path / "home", places) as tracker:
        found = Site(tracker, create_app(tracker), seed(tracker))
        yield found


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
