"""What a lawyer's desk costs: of a lawyer with a thousand people beside one with ten, in the same record."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from uuid import UUID

from flask.testing import FlaskClient

from domain.detention import Detention
from domain.moment import When
from domain.person import Person
from domain.provenance import Entry, Source
from domain.record import Record, new_id
from scripts.benchmarks.figure import Figure, seconds
from scripts.benchmarks.record import opened
from web import create_app
from web.access import cookie
from web.access.roles import Role
from web.vault.accounts import add_account
from web.wiring import Tracker

FEW, MANY = 10, 1_000
REPEATS = 40
ZONE = "Europe/Moscow"
ARTICLES = ("koap-20.2-5", "koap-19.3-1", "koap-20.3.3-1", None)


def figures(home: Path, places: Path) -> Iterator[Figure]:
    """The first page of either; read in turn, so that a busy machine slows both."""
    tracker = opened(home, places)
    browsers = [_lawyer_with(tracker, people) for people in (FEW, MANY)]
    tracker.bring_up_to_date()
    taken: list[list[float]] = [[], []]
    for _ in range(REPEATS):
        for browser, times in zip(browsers, taken, strict=True):
            times.append(seconds(partial(_read, browser, "/desk")))
    bound, ours = (median(times) * 1e3 for times in taken)
    yield Figure(f"desk of {MANY:,} people beside one of {FEW}", ours, bound, "ms", 5, at_most=True)
    tracker.close()


def _lawyer_with(tracker: Tracker, people: int) -> FlaskClient:
    """The browser of a lawyer who has so many people's files, each with a detention of the last days."""
    with tracker.vault.storage.writing() as db:
        lawyer = add_account(db, f"lawyer of {people}", Role.LAWYER)
    persons = [new_id() for _ in range(people)]
    seal, records = tracker.vault.mint(persons), list[Record]()
    for number, person in enumerate(persons):
        opened = Person.open(_entry(lawyer), person)
        opened.give_name(_entry(lawyer), name=seal.seal(person, person, "name", f"Имярек {number}"))
        opened.assign_counsel(_entry(lawyer), counsel=lawyer, ground="on_duty")
        records += [opened, _held(lawyer, person, number)]
    tracker.casebook.keep(*records)
    client = create_app(tracker).test_client()
    client.set_cookie(cookie.PLAIN, tracker.door.sessions.begin(lawyer), domain="127.0.0.1")
    return client


def _held(account: UUID, person: UUID, number: int) -> Detention:
    """From an hour to four days ago; every fourth was let go since."""
    began, detention = datetime.now(UTC) - timedelta(minutes=60 + number * 6 % 6_000), new_id()

    def at(minutes: int) -> When:
        return When.at(began + timedelta(minutes=minutes), ZONE)

    held = Detention.record(_entry(account), detention, person=person, when=at(0), minor="no")
    held.deliver(_entry(account), when=at(20))
    article = ARTICLES[number % len(ARTICLES)]
    if article is not None:
        held.draw_protocol(_entry(account), kind="offence", article=article, when=at(40))
    if number % 4 == 1:
        held.release(_entry(account), kind="after_protocol", when=at(55))
    return held


def _entry(account: UUID) -> Entry:
    return Entry(account, Source("monitor"), new_id())


def _read(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "127.0.0.1"})
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
