"""A data folder that an earlier version made opens with this one: the vault takes the steps it lacks, the views are folded anew.

One folder of files for each shape that there ever was, written out as SQL so that it can be read; all in them is fictional. The
drill (`scripts/drill-upgrade`) does the same with the earlier version itself and a whole demonstration.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from domain.person import Person
from projections import people
from tests.trackers import entry
from web.access.roles import Role
from web.settings import Settings
from web.vault import VaultError
from web.vault.tables import STEPS
from web.wiring import Tracker, open_tracker

FOLDERS = sorted(path for path in Path(__file__).parent.iterdir() if (path / "vault.sql").exists())
PERSON, NAME = UUID("01a2187e-0093-711d-9f0f-9d43ad91852b"), "Вымышлен Иван"
EVENTS = 5


@pytest.fixture(params=FOLDERS, ids=lambda path: path.name)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The data folder as the earlier version left it. Views are not kept: they may be deleted at any time."""
    for file in request.param.glob("*.sql"):
        with closing(sqlite3.connect(tmp_path / f"{file.stem}.sqlite")) as db:
            db.executescript(file.read_text(encoding="utf-8"))
    for file in request.param.glob("*.key"):
        shutil.copyfile(file, tmp_path / file.name)
        (tmp_path / file.name).chmod(0o600)
    return tmp_path


@pytest.fixture
def tracker(home: Path, places: Path) -> Iterator[Tracker]:
    with closing(open_tracker(Settings(home, places=places))) as tracker:
        yield tracker


def steps(home: Path) -> int:
    with closing(sqlite3.connect(home / "vault.sqlite")) as db:
        found: int = db.execute("SELECT max(number) FROM migrations").fetchone()[0]
    return found


def test_the_vault_takes_the_steps_it_lacks_and_the_views_are_complete(home: Path, tracker: Tracker) -> None:
    tracker.bring_up_to_date()
    assert steps(home) == len(STEPS)
    assert tracker.log.last() == EVENTS
    assert tracker.projector.reached() == EVENTS
    with tracker.views() as db:
        assert {row.person for row in people.rows_of(db, [PERSON.bytes])} == {PERSON.bytes}


def test_its_people_can_be_read_and_more_can_be_recorded_about_them(tracker: Tracker) -> None:
    names = [told.event.name for told in tracker.log.of([PERSON]) if isinstance(told.event, Person.Named)]
    assert tracker.vault.open_many(names) == [NAME]
    text = tracker.vault.seal(PERSON, PERSON, "name", "Вымышлен И.")
    tracker.casebook.name_person(entry(), PERSON, name=text)
    assert tracker.vault.open(text) == "Вымышлен И."


def test_accounts_are_made_in_it_and_sign_in(tracker: Tracker) -> None:
    handed = tracker.door.credentials.add("first", Role.ADMIN)
    assert tracker.door.sessions.find(tracker.door.sessions.begin(handed.account)) is not None
    assert tracker.door.credentials.is_passphrase(handed.account, handed.passphrase)


def test_opening_it_again_changes_nothing_and_a_newer_one_is_refused(home: Path, places: Path) -> None:
    for _ in range(2):
        with closing(open_tracker(Settings(home, places=places))) as tracker:
            assert tracker.log.last() == EVENTS
    with closing(sqlite3.connect(home / "vault.sqlite", isolation_level=None)) as db:
        db.execute("INSERT INTO migrations VALUES (?, '')", (len(STEPS) + 1,))
    with pytest.raises(VaultError, match="vault_newer"):
        open_tracker(Settings(home, places=places))
