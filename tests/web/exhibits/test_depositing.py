"""From the form to the page and out of the house again: what is recorded, what is warned of, what is written down."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.record import new_id
from tests.web.exhibits.files import CAMERA, photograph, png_that_claims
from tests.web.exhibits.sending import about, send, sent_again, uses
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
    assert "neither a file with something in it nor a link" in answer.get_data(as_text=True)
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
