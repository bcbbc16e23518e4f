"""`khronika forget` and `khronika told`, run in this process on an installation with somebody to forget."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.web.forgetting.homes import NAME, Known, approved
from tests.web.site import Site
from web import cli
from web.vault.accounts import DEMO
from web.wiring import Tracker


@pytest.fixture
def khronika(bare: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Khronika":
    settings = bare.tracker.settings
    for name, value in (("HOME", settings.home), ("PLACES", settings.places), ("LANGUAGE", "en")):
        monkeypatch.setenv(f"KHRONIKA_{name}", str(value))
    monkeypatch.setenv("LANGUAGE", "en")
    return Khronika(bare.tracker, capsys)


class Khronika:
    """Runs the command; a process of its own would take seconds each time."""

    def __init__(self, tracker: Tracker, capsys: pytest.CaptureFixture[str]) -> None:
        self.tracker, self._capsys = tracker, capsys

    def __call__(self, *arguments: str) -> tuple[int, str]:
        code = 0
        try:
            cli.main(list(arguments))
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = self._capsys.readouterr()
        return code, said.out + said.err


def forget(khronika: Khronika, person: UUID, *more: str) -> tuple[int, str]:
    return khronika("forget", str(person), *more)


def test_two_accounts_take_the_steps_in_turn(khronika: Khronika, known: Known) -> None:
    wish = ("--because", "danger", "--verified-by", "in_person", "--waived")
    assert forget(khronika, known.person)[0] == 1, "nobody has asked"
    assert "Another account has to approve" in forget(khronika, known.person, *wish)[1]
    code, said = forget(khronika, known.person, *wish)
    assert (code, "Who recorded the request cannot approve it" in said) == (1, True)
    assert "may be carried out now" in forget(khronika, known.person, "--as", DEMO)[1]
    assert khronika.tracker.vault.forgotten() == set()
    assert forget(khronika, known.person)[1].startswith("Forgotten.")
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
    code, said = forget(khronika, known.person, "--because", "wish", "--verified-by", "in_person", "--as", "nobody")
    assert code == 1
    assert "Traceback" not in said
    assert forget(khronika, UUID(int=known.person.int ^ 1), "--because", "wish")[0] == 1


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
