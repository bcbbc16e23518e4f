"""`khronika forget` and `khronika told`, run in this process on an installation with somebody to forget."""

import io
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.web.forgetting.homes import NAME, Known, approved
from tests.web.site import Site
from web import cli
from web.access.credentials import Handed
from web.access.roles import Role
from web.wiring import Tracker


@pytest.fixture
def khronika(bare: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Khronika":
    settings = bare.tracker.settings
    for name, value in (("HOME", settings.home), ("PLACES", settings.places), ("LANGUAGE", "en")):
        monkeypatch.setenv(f"KHRONIKA_{name}", str(value))
    monkeypatch.setenv("LANGUAGE", "en")
    return Khronika(bare.tracker, capsys, monkeypatch)


class Khronika:
    """Runs the command; a process of its own would take seconds each time."""

    def __init__(self, tracker: Tracker, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.tracker, self._capsys, self._patch = tracker, capsys, monkeypatch
        add = tracker.door.credentials.add
        roles = {"vera": Role.COORDINATOR, "nadya": Role.COORDINATOR, "m": Role.MONITOR}
        self.accounts = {name: add(name, role) for name, role in roles.items()}
        self._codes = {name: list(handed.codes) for name, handed in self.accounts.items()}

    def proof(self, name: str) -> tuple[Handed | None, str]:
        """What this account types at the terminal; a recovery code a time, so that no test waits for the next one of an app."""
        handed = self.accounts.get(name)
        with self.tracker.vault.storage.writing() as db:
            db.exec_driver_sql("DELETE FROM attempts")
        return handed, f"{handed.passphrase}\n{self._codes[name].pop()}\n" if handed is not None else "x\nx\n"

    def __call__(self, *arguments: str, typed: str = "") -> tuple[int, str]:
        code = 0
        self._patch.setattr("sys.stdin", io.StringIO(typed))
        try:
            cli.main(list(arguments))
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = self._capsys.readouterr()
        return code, said.out + said.err


def forget(khronika: Khronika, person: UUID, *more: str, by: str = "vera") -> tuple[int, str]:
    return khronika("forget", str(person), "--as", by, *more, typed=khronika.proof(by)[1])


def test_two_accounts_take_the_steps_in_turn(khronika: Khronika, known: Known) -> None:
    wish = ("--because", "danger", "--verified-by", "in_person", "--waived")
    assert forget(khronika, known.person)[0] == 1, "nobody has asked"
    assert "Another account has to approve" in forget(khronika, known.person, *wish)[1]
    code, said = forget(khronika, known.person, *wish)
    assert (code, "Who recorded the request cannot approve it" in said) == (1, True)
    assert "may be carried out now" in forget(khronika, known.person, by="nadya")[1]
    assert khronika.tracker.vault.forgotten() == set()
    khronika.tracker.vault.renew_recovery()
    khronika.tracker.vault.recovery_key_collected()
    khronika.tracker.vault.copies.note(khronika.tracker.settings.home / "old.backup", datetime.now(UTC), 1, 1)
    told = forget(khronika, known.person)[1]
    assert told.startswith("Forgotten.")
    assert "Destroy this backup" in told
    assert "old.backup" in told
    assert "Recovery key number 2" in told
    assert khronika.tracker.vault.forgotten() == {known.person, known.other}
    before = khronika.tracker.log.last()
    assert "Forgotten at the person's wish" in forget(khronika, known.person)[1]
    assert khronika.tracker.log.last() == before


def test_it_waits_for_the_delay_and_says_how_long(khronika: Khronika, known: Known) -> None:
    approved(khronika.tracker, known.person, ago=timedelta(hours=1))
    before = khronika.tracker.log.last()
    code, said = forget(khronika, known.person)
    assert (code, "may be carried out from" in said) == (0, True)
    assert khronika.tracker.log.last() == before
    assert khronika.tracker.vault.forgotten() == set()


def test_an_account_that_is_not_there_takes_no_step(khronika: Khronika, known: Known) -> None:
    wish = ("--because", "wish", "--verified-by", "in_person")
    before = khronika.tracker.log.last()
    for by in ("nobody", "operator", "m"):
        code, said = forget(khronika, known.person, *wish, by=by)
        assert (code, "no coordinator's" in said) == (1, True), by
    assert khronika("forget", str(known.person), "--as", "vera", *wish, typed="wrong\n000000\n")[0] == 1
    assert forget(khronika, UUID(int=known.person.int ^ 1), *wish)[0] == 1
    assert khronika.tracker.log.last() == before


def test_of_a_forgotten_person_nothing_is_told(khronika: Khronika, known: Known) -> None:
    asked = [str(record) for record in (known.person, known.other, known.detention, known.incident)]
    log = khronika.tracker.log.of([known.person, known.detention, known.incident])
    asked += [str(told.position) for told in log]
    before = [khronika("told", what)[1] for what in asked]
    assert NAME in before[0]
    assert "face recognition" in before[2]
    approved(khronika.tracker, known.person)
    forget(khronika, known.person)
    for what in asked:
        assert khronika("told", what) == (0, "Forgotten at the person's wish.\n"), what
