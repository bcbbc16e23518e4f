"""What stands around every page: headers on every answer, refusals of what comes from elsewhere, a log without values."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.web.seeding import MOSCOW
from tests.web.site import HOST, Site
from web import create_app
from web.protection import HEADERS, LARGEST_FORM

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "object-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def assert_protected(answer: TestResponse) -> None:
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value, (answer.status_code, name)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "Server" not in answer.headers


@contextmanager
def broken_views(desk: Site) -> Iterator[None]:
    """The table behind the list of people is gone for a while."""
    rename = "ALTER TABLE {} RENAME TO {}"
    with desk.tracker.projector.writer.begin() as db:
        db.execute(text(rename.format("people_people", "people_gone")))
    try:
        yield
    finally:
        with desk.tracker.projector.writer.begin() as db:
            db.execute(text(rename.format("people_gone", "people_people")))


PATHS = (
    *("/", "/people", "/cities", f"/cities/{MOSCOW}/heat.png", "/protests/new", "/protests/"),
    *("/nowhere", f"/cities/{10**30}"),
)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_every_header_and_is_kept_nowhere(desk: Site, path: str) -> None:
    answer = desk.get(path)
    assert_protected(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_files_that_never_change_with_the_reader_may_be_kept(desk: Site) -> None:
    answer = desk.get("/static/khronika.css")
    assert_protected(answer)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert desk.get("/static/nothing.css").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_no_other_method_is_answered(desk: Site, method: str, path: str) -> None:
    answer = desk.client.open(path, method=method, headers={"Host": HOST})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert_protected(answer)


def test_a_form_is_not_sent_to_a_page_without_one(desk: Site) -> None:
    token = desk.page("/protests/new").fields["csrf_token"]
    answer = desk.post("/people", {"csrf_token": token})
    assert answer.status_code == 405
    assert_protected(answer)


@pytest.mark.parametrize("host", ["a\xff", "[", "khronika.example", "127.0.0.1.example", "", "[::1]:80@x", "127.0.0.2"])
def test_an_unknown_host_is_refused(desk: Site, host: str) -> None:
    answer = desk.client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert_protected(answer)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8080", "[::1]:8080"])
def test_this_machine_is_answered_by_each_of_its_names(desk: Site, host: str) -> None:
    assert desk.client.get("/sign-in", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused_and_records_nothing(desk: Site, headers: dict[str, str]) -> None:
    before, form = desk.recorded(), desk.page("/protests/new").fields
    answer = desk.post("/protests/new", {**form, "when": "24.02.2022", "place": "Moscow"}, **headers)
    assert answer.status_code == 400
    assert_protected(answer)
    assert desk.recorded() == before


@pytest.mark.parametrize("token", [None, "", "IjEi.forged"])
def test_a_form_without_its_token_is_refused_and_records_nothing(desk: Site, token: str | None) -> None:
    before, form = desk.recorded(), desk.page("/protests/new").fields
    sent = {**form, "when": "24.02.2022", "place": "Moscow", "csrf_token": token}
    answer = desk.post("/protests/new", {name: value for name, value in sent.items() if value is not None})
    assert answer.status_code == 400
    assert_protected(answer)
    assert desk.recorded() == before


@pytest.mark.parametrize("name", ["record", "person"])
@pytest.mark.parametrize("forged", ["", "x", "6fa459ea-ee8a-4ca4-894e-db77e160355e"])
def test_an_id_that_was_not_minted_here_is_refused(desk: Site, name: str, forged: str) -> None:
    before = desk.recorded()
    assert desk.fill("/detentions/new", **{name: forged}).status_code == 400
    assert desk.recorded() == before


def test_too_large_a_form_is_refused_with_a_page(desk: Site) -> None:
    before = desk.recorded()
    answer = desk.fill("/protests/new", about="x" * LARGEST_FORM)
    assert answer.status_code == 413
    assert "too much at once" in answer.get_data(as_text=True)
    assert_protected(answer)
    assert desk.recorded() == before


def test_a_mishap_is_one_plain_page_and_one_line_without_values(desk: Site, caplog: pytest.LogCaptureFixture) -> None:
    with broken_views(desk), caplog.at_level(logging.DEBUG):
        answers = [desk.get("/people?before=4711"), desk.get(f"/people/{desk.seeded.long}")]
    for answer, logged in zip(answers, [r for r in caplog.records if r.name == "khronika.web"], strict=True):
        page = answer.get_data(as_text=True)
        assert answer.status_code == 500
        assert "Something went wrong here" in page
        assert "Traceback" not in page
        assert "sqlite" not in page.lower()
        number = str(logged.args[0]) if isinstance(logged.args, tuple) else ""
        assert number in page
        assert_protected(answer)
    for told in ("4711", str(desk.seeded.long), desk.seeded.long.hex, "people_people", "127.0.0.1"):
        assert told not in caplog.text


def test_the_cookies_are_for_this_site_and_no_script(desk: Site) -> None:
    fresh = Site(desk.tracker, create_app(desk.tracker), desk.seeded)
    cookies = fresh.get("/").headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    assert cookies[0].startswith("khronika-forms=")
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Strict" in cookies[0]


def test_over_https_the_browser_is_told_to_stay_there(desk: Site) -> None:
    answer = desk.client.get("/", base_url=f"https://{HOST}", headers={"Host": HOST})
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert "Strict-Transport-Security" not in desk.get("/").headers
