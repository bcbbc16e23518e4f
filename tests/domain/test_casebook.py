"""The use cases: together or not at all, each command once, and nobody's change lost, on both engines."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.connection import Connection as Pipe
from typing import Any
from uuid import UUID

import pytest

from domain.casebook import Casebook, Held, Outcome
from domain.casebook.recording import ATTEMPTS
from domain.count import Count
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.incident import Incident
from domain.person import Person
from domain.protest import Protest
from domain.provenance import Entry
from domain.record import new_id
from tests.trackers import MOSCOW, Address, Installation, another_process, city, day, entry, forget, sealed

WHERE = {"when": day(3, 2), "place": city(MOSCOW)}


@pytest.fixture
def casebook(installation: Installation) -> Casebook:
    return installation.casebook


@pytest.fixture
def protest(casebook: Casebook) -> UUID:
    found = new_id()
    casebook.record_protest(entry(), found, **WHERE)  # type: ignore[arg-type]
    return found


@pytest.fixture
def held(casebook: Casebook) -> UUID:
    detention = new_id()
    casebook.record_detention(entry(), detention, person=new_id())
    return detention


def told(installation: Installation) -> list[str]:
    """The names of all events, in order."""
    return [type(found.event).__qualname__ for found in installation.log.page(0, 1000)]


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(RuleBroken) as broken:
        act()
    assert broken.value.code == code


# Together.


def test_a_detention_opens_the_file_of_the_person_held_named_or_not(installation: Installation, protest: UUID) -> None:
    detention, person, nameless = new_id(), new_id(), new_id()
    name = sealed(person, "Анна", field="name")
    outcome = installation.casebook.record_detention(entry(), detention, person=person, name=name, protest=protest)
    assert told(installation)[1:] == ["Person.Opened", "Person.Named", "Detention.Recorded"]
    assert outcome == Outcome(4, new=True)
    installation.casebook.record_detention(entry(), new_id(), person=nameless)
    assert told(installation)[4:] == ["Person.Opened", "Detention.Recorded"]
    assert installation.casebook.standing(Detention, detention).person == person


def test_a_release_reported_first_opens_a_detention_of_unknown_beginning(installation: Installation) -> None:
    detention, person = new_id(), new_id()
    installation.casebook.record_release_only(entry(), detention, person=person, when=day(3, 3), kind="after_protocol")
    assert told(installation) == ["Person.Opened", "Detention.Recorded", "Detention.Released"]
    opened = installation.log.of([detention])[0].event
    assert isinstance(opened, Detention.Recorded)
    assert opened.when is None


def test_an_incident_with_a_detention_is_three_records_and_one_command(installation: Installation) -> None:
    incident, detention, person = new_id(), new_id(), new_id()
    installation.casebook.record_incident_with_detention(
        entry(),
        incident,
        detention=detention,
        person=person,
        categories=("detention_or_charge",),
        **WHERE,  # type: ignore[arg-type]
    )
    assert told(installation) == ["Person.Opened", "Detention.Recorded", "Incident.Recorded"]
    assert installation.casebook.standing(Incident, incident).version == 1


def test_somebody_with_a_file_is_detained_again_without_a_second_file(installation: Installation) -> None:
    person = new_id()
    installation.casebook.open_person(entry(), person)
    installation.casebook.record_detention_again(entry(), new_id(), person=person, circumstances="at_the_gate")
    assert told(installation) == ["Person.Opened", "Detention.Recorded"]


# What is refused.


def test_what_is_not_there_cannot_be_referred_to(installation: Installation, casebook: Casebook, held: UUID) -> None:
    nobody, before = new_id(), installation.log.last()
    person = casebook.standing(Detention, held).person
    for act in (
        lambda: casebook.record_detention(entry(), new_id(), person=new_id(), protest=nobody),
        lambda: casebook.record_detention(entry(), new_id(), person=new_id(), protest=held),
        lambda: casebook.record_detention_again(entry(), new_id(), person=nobody),
        lambda: casebook.record_detention_again(entry(), new_id(), person=person, protest=nobody),
        lambda: casebook.record_release_only(entry(), new_id(), person=new_id(), protest=nobody),
        lambda: casebook.count_detentions(entry(), nobody, count=Count.exactly(3)),
        lambda: casebook.record_release(entry(), nobody),
        lambda: casebook.identify(entry(), held, other=nobody),
        lambda: casebook.find_to_be(entry(), person, other=nobody),
        lambda: casebook.tell_apart(entry(), person, other=nobody),
        lambda: casebook.name_person(entry(), held, name=sealed(held)),
        lambda: casebook.correct(Protest, entry(), held, 1, {}, because="mistake"),
        lambda: casebook.withdraw(Person, entry(), nobody, because="mistake"),
    ):
        refused("no_such_record", act)
    assert installation.log.last() == before, "nothing of it was recorded, not even the first of several records"


def test_an_id_that_is_taken_is_not_taken_again(installation: Installation, casebook: Casebook, held: UUID) -> None:
    person, before = casebook.standing(Detention, held).person, installation.log.last()
    refused("id_taken", lambda: casebook.record_detention(entry(), held, person=new_id()))
    refused("id_taken", lambda: casebook.record_detention(entry(), new_id(), person=person))
    refused("id_taken", lambda: casebook.open_person(entry(), held))
    refused("id_taken", lambda: casebook.record_protest(entry(), held, **WHERE))  # type: ignore[arg-type]
    assert installation.log.last() == before


def test_a_forgotten_person_is_detained_again_under_a_new_file_only(casebook: Casebook, held: UUID) -> None:
    person = casebook.standing(Detention, held).person
    forget(casebook, person)
    refused("person_forgotten", lambda: casebook.record_detention_again(entry(), new_id(), person=person))
    refused("person_forgotten", lambda: casebook.name_person(entry(), person, name=sealed(person)))


def test_a_detention_cannot_be_corrected_to_a_protest_that_is_not_there(casebook: Casebook, held: UUID) -> None:
    facts = {
        "person": casebook.standing(Detention, held).person, "when": None, "place": None, "protest": new_id(),
        "circumstances": "unknown", "agency": "unknown", "minor": "unknown", "words": None,
    }  # fmt: skip
    refused("no_such_record", lambda: casebook.correct(Detention, entry(), held, 1, facts, because="mistake"))


def test_an_incident_refers_to_nothing_that_is_not_there(casebook: Casebook) -> None:
    for link in ("protest", "person", "detention"):
        facts: dict[str, Any] = {**WHERE, link: new_id()}
        refused("no_such_record", partial(casebook.record_incident, entry(), new_id(), categories=("threat",), **facts))


def test_contradictions_are_recorded(installation: Installation, casebook: Casebook, held: UUID) -> None:
    casebook.record_release(entry(), held, when=day(3, 4))
    casebook.record_release(entry(), held, when=day(3, 3))
    casebook.record_release(entry(), held, when=None, kind="escaped")
    casebook.record_delivery(entry(), held, when=day(3, 9))
    assert told(installation)[2:] == ["Detention.Released"] * 3 + ["Detention.Delivered"]


# Each command once.


def commands(casebook: Casebook, protest: UUID, held: UUID) -> dict[str, Callable[[Entry], Outcome]]:
    """Use cases of every kind, to be called twice with the same entry."""
    minted = [new_id() for _ in range(14)]
    person = casebook.standing(Detention, held).person
    casebook.open_person(entry(), minted[7])
    casebook.receive_report(entry(), minted[8])
    named = [Held(minted[10], minted[11], told=(lambda d, e: d.request_counsel(e),)), Held(minted[12], person, has_file=True)]
    return {
        "protest": lambda e: casebook.record_protest(e, minted[0], **WHERE),  # type: ignore[arg-type]
        "detention": lambda e: casebook.record_detention(e, minted[1], person=minted[2], protest=protest),
        "release only": lambda e: casebook.record_release_only(e, minted[3], person=minted[4]),
        "person": lambda e: casebook.open_person(e, minted[5], name=sealed(minted[5])),
        "incident": lambda e: casebook.record_incident(e, minted[6], categories=("threat",), **WHERE),  # type: ignore[arg-type]
        "count": lambda e: casebook.count_detentions(e, protest, count=Count.exactly(3)),
        "release": lambda e: casebook.record_release(e, held),
        "merge": lambda e: casebook.find_to_be(e, person, other=minted[7]),
        "correction": lambda e: casebook.correct(Person, e, person, 1, {}, because="mistake"),
        "withdrawal": lambda e: casebook.withdraw(Detention, e, held, because="mistake"),
        "report": lambda e: casebook.receive_report(e, minted[9], held=named, count=Count.exactly(15)),
        "split": lambda e: casebook.split_report(e, minted[8], held=named),
        "attestation": lambda e: casebook.attest(Detention, e, held, 1),
    }


NAMES = ("protest", "detention", "release only", "person", "incident", "count", "release", "merge", "correction", "withdrawal",
         "report", "split", "attestation")  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_same_command_twice_is_one_event(installation: Installation, protest: UUID, held: UUID, name: str) -> None:
    act = commands(installation.casebook, protest, held)[name]
    form = entry()
    first = act(form)
    before = installation.log.last()
    again = act(form)
    assert (first.new, again.new) == (True, False)
    assert again.position >= first.position, "whoever waits for it sees the first"
    assert installation.log.last() == before


@pytest.mark.parametrize("name", NAMES)
def test_the_same_command_at_the_same_time_is_one_event(installation: Installation, protest: UUID, held: UUID, name: str) -> None:
    act = commands(installation.casebook, protest, held)[name]
    form, barrier = entry(), threading.Barrier(4)

    def together(_: int) -> Outcome:
        barrier.wait(10)
        return act(form)

    before = installation.log.last()
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(together, range(4)))
    assert [outcome.new for outcome in outcomes].count(True) == 1
    recorded = {found.event.command for found in installation.log.page(before, 100)}
    assert recorded == {form.command}
    versions = [(found.event.originator_id, found.event.originator_version) for found in installation.log.page(0, 100)]
    assert len(versions) == len(set(versions))


def test_the_names_above_are_all_commands(casebook: Casebook, protest: UUID, held: UUID) -> None:
    assert tuple(commands(casebook, protest, held)) == NAMES


def test_another_command_with_the_same_words_is_another_event(installation: Installation, held: UUID) -> None:
    installation.casebook.record_release(entry(), held, when=day(3, 3))
    installation.casebook.record_release(entry(), held, when=day(3, 3))
    assert told(installation)[2:] == ["Detention.Released"] * 2


# Nobody's change is lost.


def test_different_changes_at_the_same_time_are_both_recorded(installation: Installation, protest: UUID) -> None:
    writers = ATTEMPTS
    barrier = threading.Barrier(writers)

    def change(number: int) -> Outcome:
        barrier.wait(10)
        return installation.casebook.count_detentions(entry(), protest, count=Count.exactly(number))

    with ThreadPoolExecutor(writers) as pool:
        outcomes = list(pool.map(change, range(writers)))
    assert all(outcome.new for outcome in outcomes)
    counts = [found.event.count.low for found in installation.log.of([protest])[1:]]  # type: ignore[attr-defined]
    assert sorted(counts) == list(range(writers))
    assert installation.casebook.standing(Protest, protest).version == writers + 1


def test_two_processes_change_one_record_and_send_one_command_twice(
    address: Address, installation: Installation, protest: UUID
) -> None:
    shared = [entry() for _ in range(10)]
    tasks = (another_process(_count_for, address, protest, shared, own) for own in (100, 200))
    one, other = tasks
    with one as (first, _), other as (second, _):
        for pipe in (first, second):
            assert pipe.recv() == "ready"
        for pipe in (first, second):
            pipe.send("go")
        new = first.recv() + second.recv()
    counts = [found.event.count.low for found in installation.log.of([protest])[1:]]  # type: ignore[attr-defined]
    assert sorted(counts) == sorted([*range(10), *range(100, 110), *range(200, 210)])
    assert new == len(counts), "each command was new to exactly one of them"


def _count_for(pipe: Pipe, address: Address, protest: UUID, shared: list[Entry], own: int) -> None:
    with address.open() as opened:
        pipe.send("ready")
        pipe.recv()
        new = 0
        for number, form in enumerate(shared):
            for each, count in ((form, number), (entry(), own + number)):
                outcome = _until_done(opened.casebook, each, protest, count)
                new += outcome.new
        pipe.send(new)


def _until_done(casebook: Casebook, form: Entry, protest: UUID, count: int) -> Outcome:
    """A client that is told "too busy" tries again: with the same command nothing can happen twice."""
    while True:
        try:
            return casebook.count_detentions(form, protest, count=Count.exactly(count))
        except RuleBroken as broken:
            if broken.code != "too_busy":
                raise


def test_what_is_recorded_can_be_read_as_it_stands(installation: Installation, protest: UUID) -> None:
    installation.casebook.end_protest(entry(), protest, kind="dispersed")
    standing = installation.casebook.standing(Protest, protest)
    assert (standing.version, standing.withdrawn) == (2, False)
    assert standing.entries == {1: Protest.Recorded, 2: Protest.Ended}
