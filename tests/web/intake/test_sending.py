"""Reports sent by programs: what the document says may be sent is recorded, once; a token opens that and nothing else."""

from typing import Any
from uuid import UUID

import pytest
from openapi_spec_validator import validate

from domain.report import Report
from tests.web.site import HOST, Site
from web.intake.description import LARGEST, REPORT, document
from web.intake.pace import Pace
from web.intake.sending import send
from web.vault import VaultError
from web.vault.storage import Storage

LINE = "Тверское 15 чел, Примеров Глеб избит, ~19:20"
SENT = {"id": "bot-7-0001", "line": LINE, "city": "Москва"}
ALL: dict[str, Any] = {
    "id": "bot-7-0002",
    "line": "Testova Ella and others",
    "said_at": "2026-02-24T18:00:00+03:00",
    "city": "Moscow",
    "place": "OVD Basmanny",
    "taken_from": "Pushkinskaya Square",
    "when": "an hour ago",
    "count": "12+",
    "minors": "1",
    "concerns": ["counsel", "no_contact"],
    "people": [{"name": "Testova Ella", "minor": True, "concerns": ["counsel"]}, {"name": "Primerov Gleb"}],
    "source": {"kind": "witness", "reliability": "reliable", "reference": "call 3"},
}


class Bot:
    """A program with a token."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.token = site.tracker.door.tokens.add("Bot 7")
        self.client = site.app.test_client()

    def send(self, body: Any, token: str | None = None, **headers: str) -> Any:
        shown = {"Host": HOST, "Authorization": f"Bearer {token or self.token}", **headers}
        return self.client.post("/api/reports", json=body, headers=shown)


@pytest.fixture
def bot(bare: Site) -> Bot:
    return Bot(bare)


def received(site: Site, answer: Any) -> Any:
    (event,) = [one.event for one in site.tracker.log.of([UUID(answer.json["report"])]) if isinstance(one.event, Report.Received)]
    return event


def test_the_document_is_one_of_openapi_and_stands_where_it_is_looked_for(bot: Bot) -> None:
    validate(document())
    assert bot.site.get("/api/openapi.json").json == document()
    shown = {"Host": HOST, "Authorization": f"Bearer {bot.token}"}
    assert bot.client.get("/api/openapi.json", headers=shown).json == document()
    assert bot.client.get("/api/openapi.json", headers={"Host": HOST}).status_code == 303


def test_everything_that_the_document_says_may_be_sent_is_recorded(bot: Bot) -> None:
    assert set(ALL) | {"protest"} == set(REPORT["properties"])
    answer = bot.send(ALL)
    assert answer.status_code == 201
    event = received(bot.site, answer)
    assert (event.place.station, event.count.low, event.count.high, event.minors.low) == ("moscow-basmanny", 12, None, 1)
    assert (event.concerns, event.source.kind) == (("counsel", "no_contact"), "witness")
    assert event.when.latest.isoformat() < "2026-02-24T15:00"
    assert bot.site.tracker.vault.open(event.words) == ALL["line"]
    told = answer.json["understood"]
    assert (told["people"], told["station"], told["count"]) == (2, "moscow-basmanny", {"low": 12, "high": None})


def test_a_line_and_an_id_are_enough(bot: Bot) -> None:
    answer = bot.send(SENT)
    assert answer.status_code == 201
    assert answer.json["understood"]["people"] == 1
    without_city = bot.send({"line": "???"}, **{"Idempotency-Key": "bot-7-0009"})
    assert (without_city.status_code, without_city.json["understood"]["all"]) == (201, True)


def test_a_station_in_its_field_is_found_without_a_city_as_it_is_in_a_line(bot: Bot) -> None:
    for number, sent in enumerate(({"place": "Тверское", "count": "2"}, {"line": "Тверское, 2 чел"})):
        told = bot.send({"id": f"bot-7-001{number}", **sent}).json["understood"]
        assert (told["station"], told["city"]) == ("moscow-tverskoy", 524901)
    unknown = bot.send({"id": "bot-7-0012", "place": "ОВД Нигдеевское", "count": "2"})
    assert received(bot.site, unknown).place.words is not None


def test_the_same_id_twice_is_one_report_and_with_another_report_is_refused(bot: Bot) -> None:
    first = bot.send(SENT)
    before = bot.site.recorded()
    again = bot.send(SENT)
    assert (again.status_code, again.json["report"]) == (200, first.json["report"])
    by_header = bot.send({name: SENT[name] for name in ("line", "city")}, **{"Idempotency-Key": SENT["id"]})
    assert (by_header.status_code, by_header.json["report"]) == (200, first.json["report"])
    other = bot.send({**SENT, "line": "something else"})
    assert (other.status_code, other.json["error"]["code"]) == (409, "key_used_again")
    assert bot.site.recorded() == before


def test_killed_between_the_vault_and_the_record_the_same_id_goes_on(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    account = bot.site.tracker.door.tokens.account_of(bot.token)
    assert account is not None

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("web.intake.sending.record", killed)
        with pytest.raises(KeyboardInterrupt):
            send(bot.site.tracker, account.id, SENT["id"], dict(SENT))
    assert bot.site.recorded() == 0
    assert bot.send(SENT).status_code == 201


WRONG = [
    ([1], 400, "not_json"),
    ({"line": "x"}, 422, "field_missing"),
    ({"id": "bot-7-0003"}, 422, "field_missing"),
    ({"id": "bot-7-0003", "line": "  "}, 422, "field_missing"),
    ({"id": "short", "line": "x"}, 422, "unreadable_field"),
    ({"id": "bot-7-0003", "line": 5}, 422, "unreadable_field"),
    ({"id": "bot-7-0003", "secret words": 5}, 422, "field_unknown"),
    ({"id": "bot-7-0003", "count": "some secret"}, 422, "unreadable_field"),
    ({"id": "bot-7-0003", "when": "some secret"}, 422, "unreadable_field"),
    ({"id": "bot-7-0003", "line": "x", "said_at": "2999-01-01T00:00:00Z"}, 422, "unreadable_field"),
    ({"id": "bot-7-0003", "people": [{"name": "x", "minor": "secret"}]}, 422, "unreadable_field"),
    ({"id": "bot-7-0003", "people": [{"name": " "}]}, 422, "unreadable_field"),
    ({"id": "bot-7-0003", "concerns": ["secret"]}, 422, "unreadable_field"),
    ({"id": "bot-7-0003", "line": "x", "protest": "01a21909-f1e7-79ea-a16f-c41f231ba209"}, 422, "unreadable_field"),
]


@pytest.mark.parametrize(("body", "status", "code"), WRONG)
def test_what_is_not_as_described_is_refused_in_both_languages_and_echoes_nothing(
    bot: Bot, body: Any, status: int, code: str
) -> None:
    answer = bot.send(body)
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)
    assert set(answer.json["error"]) - {"field"} == {"code", "en", "ru"}
    assert "secret" not in answer.get_data(as_text=True)
    assert bot.site.recorded() == 0


def test_too_much_and_too_fast_and_not_json_are_refused(bot: Bot) -> None:
    assert bot.send({"id": "bot-7-0004", "line": "x" * LARGEST}).status_code == 413
    shown = {"Host": HOST, "Authorization": f"Bearer {bot.token}"}
    assert bot.client.post("/api/reports", data="{", content_type="application/json", headers=shown).status_code == 400
    assert bot.client.post("/api/reports", data={"line": "x"}, headers=shown).status_code == 415
    bot.site.app.extensions["intake pace"] = Pace(1)
    assert bot.send(SENT).status_code == 201
    answer = bot.send(SENT)
    assert (answer.status_code, answer.json["error"]["code"]) == (429, "too_many")
    assert int(answer.headers["Retry-After"]) > 0


def test_the_longest_line_is_taken_however_its_letters_are_written(bot: Bot) -> None:
    longest = REPORT["properties"]["line"]["maxLength"]
    assert bot.send({"id": "bot-7-0006", "line": "ж" * longest}).status_code == 201


def test_two_values_under_one_name_are_refused_instead_of_losing_one(bot: Bot) -> None:
    shown = {"Host": HOST, "Authorization": f"Bearer {bot.token}"}
    body = '{"id": "bot-7-0007", "line": "Тверское 4 чел", "line": "Арбат трое"}'
    assert bot.client.post("/api/reports", data=body, content_type="application/json", headers=shown).status_code == 400
    assert bot.site.recorded() == 0


def test_a_report_that_names_many_is_waited_for_as_long_as_many_reports(bot: Bot) -> None:
    bot.site.app.extensions["intake pace"] = Pace(10)
    people = [{"name": f"Testova Ella {number}"} for number in range(30)]
    many = {"id": "bot-7-0008", "people": people}
    assert bot.send(many).status_code == 201
    answer = bot.send({"id": "bot-7-0009", "line": "Тверское 4 чел"})
    assert answer.status_code == 429
    assert 100 < int(answer.headers["Retry-After"]) < 140


def test_half_a_letter_is_refused_and_no_failure(bot: Bot) -> None:
    shown = {"Host": HOST, "Authorization": f"Bearer {bot.token}"}
    body = '{"id": "bot-7-0005", "line": "\\ud800"}'
    assert bot.client.post("/api/reports", data=body, content_type="application/json", headers=shown).status_code == 422


def test_a_token_opens_nothing_else_and_brings_no_cookie_or_page(bot: Bot) -> None:
    shown = {"Host": HOST, "Authorization": f"Bearer {bot.token}"}
    for path in ("/", "/people", "/reports", "/reports/new", "/admin/accounts"):
        answer = bot.client.get(path, headers=shown)
        assert answer.status_code == 303
    answer = bot.send(SENT)
    assert "Set-Cookie" not in answer.headers
    for path in ("/api/nothing", "/api/reports"):
        answer = bot.client.get(path, headers=shown)
        assert (answer.status_code, answer.mimetype) == (404 if path == "/api/nothing" else 405, "application/json")
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_session_does_not_send_reports_and_a_token_that_was_ended_no_more(bot: Bot) -> None:
    answer = bot.site.post("/api/reports", {"id": "bot-7-0006", "line": "x"})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert bot.send(SENT, token="khronika-nobodys").status_code == 401
    bot.site.tracker.door.tokens.end("Bot 7")
    assert bot.send(SENT).status_code == 401
    assert bot.site.recorded() == 0


def test_only_a_digest_of_a_token_is_kept_and_nobody_signs_in_with_its_name(bot: Bot) -> None:
    storage: Storage = bot.site.tracker.vault.storage
    with storage.reading() as db:
        kept = db.exec_driver_sql("SELECT token FROM tokens").scalar_one()
    assert bot.token.encode() not in bytes(kept)
    assert bot.site.tracker.door.knock("bot 7", bot.token, "000000").account is None
    with pytest.raises(VaultError):
        bot.site.tracker.door.tokens.end("operator")
