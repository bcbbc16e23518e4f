"""A web server before ours may say one thing, that the browser spoke HTTPS, and only where the settings say that it is there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, Response, request
from werkzeug.test import TestResponse

from tests.web.seeding import opened
from web import LOOPBACK, create_app
from web.access.cookie import FORMS_GUARDED, FORMS_PLAIN
from web.commands.running import for_demonstration
from web.settings import Settings, SettingsRefused
from web.wiring import Tracker

NAME = "cases.example.org"
ONION = "a" * 55 + "d.onion"


@pytest.fixture(scope="module")
def tracker(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Tracker]:
    with opened(tmp_path_factory.mktemp("forwarding"), places) as tracker:
        yield tracker


def pages(tracker: Tracker, *, is_behind_proxy: bool) -> Flask:
    settings = replace(tracker.settings, hosts=(NAME, ONION), is_behind_proxy=is_behind_proxy)
    return create_app(replace(tracker, settings=settings), hosts={*LOOPBACK, *settings.hosts})


def asked(app: Flask, host: str, path: str = "/sign-in", *, address: str = "127.0.0.1", **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().get(path, headers={"Host": host, **named}, environ_base={"REMOTE_ADDR": address})


def cookie_of(answer: TestResponse) -> str:
    (cookie,) = answer.headers.getlist("Set-Cookie")
    return cookie


def test_behind_a_web_server_that_spoke_https_cookies_are_guarded_and_the_browser_told_to_stay(tracker: Tracker) -> None:
    answer = asked(pages(tracker, is_behind_proxy=True), NAME, X_Forwarded_Proto="https")
    assert answer.status_code == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    cookie = cookie_of(answer)
    assert cookie.startswith(f"{FORMS_GUARDED}=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_without_the_setting_the_same_words_do_nothing(tracker: Tracker) -> None:
    app = pages(tracker, is_behind_proxy=False)
    assert asked(app, NAME, X_Forwarded_Proto="https").status_code == 400
    here = asked(app, "127.0.0.1", X_Forwarded_Proto="https")
    assert "Strict-Transport-Security" not in here.headers
    assert cookie_of(here).startswith(f"{FORMS_PLAIN}=")


@pytest.mark.parametrize("said", ["http", "https,http", "http, https", "HTTPS", "wss", "", " https"])
def test_anything_but_one_word_is_not_believed(tracker: Tracker, said: str) -> None:
    assert asked(pages(tracker, is_behind_proxy=True), NAME, X_Forwarded_Proto=said).status_code == 400


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "", "::ffff:192.0.2.7"])
def test_a_server_elsewhere_is_not_believed(tracker: Tracker, address: str) -> None:
    app = pages(tracker, is_behind_proxy=True)
    assert asked(app, NAME, address=address, X_Forwarded_Proto="https").status_code == 400


def test_the_forwarded_name_and_address_are_dropped_unread(tracker: Tracker) -> None:
    app = pages(tracker, is_behind_proxy=True)
    seen: dict[str, object] = {}

    @app.after_request
    def look(answer: Response) -> Response:
        seen.update(url=request.url, address=request.remote_addr, told=[name for name in request.environ if name in forged_names])
        return answer

    forged = {
        "X_Forwarded_Host": "elsewhere.example", "X_Forwarded_For": "203.0.113.9", "Forwarded": "host=elsewhere.example",
        "X_Forwarded_Port": "1", "X_Forwarded_Prefix": "/x", "X_Forwarded_Anything": "1", "X_Real_IP": "203.0.113.9",
    }  # fmt: skip
    forged_names = {f"HTTP_{name.upper()}" for name in (*forged, "X_Forwarded_Proto")}
    answer = asked(app, NAME, "/", X_Forwarded_Proto="https", **forged)
    assert answer.status_code == 303
    assert "elsewhere" not in answer.headers["Location"]
    assert seen == {"url": f"https://{NAME}/", "address": "127.0.0.1", "told": []}


def test_a_name_of_others_is_answered_over_https_alone_and_an_onion_service_as_it_is(tracker: Tracker) -> None:
    app = pages(tracker, is_behind_proxy=True)
    assert asked(app, NAME).status_code == 400
    onion = asked(app, ONION)
    assert onion.status_code == 200
    assert cookie_of(onion).startswith(f"{FORMS_GUARDED}=")
    assert "Strict-Transport-Security" not in onion.headers
    assert asked(app, "b" * 55 + "d.onion").status_code == 400


def test_a_form_comes_through_the_web_server_and_not_from_the_same_name_elsewhere(tracker: Tracker) -> None:
    client = pages(tracker, is_behind_proxy=True).test_client()
    sent = {"Host": NAME, "X-Forwarded-Proto": "https", "Referer": f"https://{NAME}/sign-in"}
    fields = {"csrf_token": _token(client.get("/sign-in", headers=sent)), "name": "nobody", "passphrase": "x", "code": "1"}
    believed = client.post("/sign-in", data=fields, headers={**sent, "Origin": f"https://{NAME}"})
    assert believed.status_code == 401, "the form was read, and name and passphrase found wrong"
    assert client.post("/sign-in", data=fields, headers={**sent, "Origin": "https://elsewhere.example"}).status_code == 400


def _token(answer: TestResponse) -> str:
    return answer.get_data(as_text=True).partition('name="csrf_token" value="')[2].partition('"')[0]


@pytest.mark.parametrize(
    "said",
    ["https://cases.example.org", "cases.example.org:443", "*", "*.example.org", "cases example.org", "-x.org", "x..org",
     "случаи.рф", "[::1]", "abc.onion", "a" * 56 + ".onion", "onion", "a" * 64 + ".org", "x/y", "a" * 250 + ".org"],
)  # fmt: skip
def test_a_name_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.read({"KHRONIKA_HOSTS": f"good.example.org,{said}"})
    assert (refused.value.name, refused.value.value) == ("KHRONIKA_HOSTS", said)


def test_names_are_read_apart_by_commas_and_a_proxy_by_yes_alone() -> None:
    read = Settings.read({"KHRONIKA_HOSTS": f" Cases.Example.ORG , {ONION},", "KHRONIKA_PROXY": "yes"})
    assert read.hosts == (NAME, ONION)
    assert read.is_behind_proxy
    assert not Settings.read({}).is_behind_proxy
    assert Settings.read({}).hosts == ()
    with pytest.raises(SettingsRefused):
        Settings.read({"KHRONIKA_PROXY": "true"})


def test_a_demonstration_answers_to_no_name_of_others(tmp_path: Path) -> None:
    chosen = for_demonstration(Settings(tmp_path, hosts=(NAME,), is_behind_proxy=True))
    assert (chosen.hosts, chosen.is_behind_proxy, chosen.is_demo) == ((), False, True)
