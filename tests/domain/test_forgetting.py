"""The way to being forgotten: no path leads there without a verified wish that stands, a second account, and time."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.errors import RuleBroken
from domain.forgetting import DELAY, due_after
from domain.person import Person
from domain.record import new_id
from tests.domain.recording import ACCOUNT, COLLEAGUE, WAIVED, WISH, each, entered, entry, refused

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def person() -> Person:
    return Person.open(entry(), new_id())


def approve(person: Person, now: datetime = NOW) -> int:
    """Approve the last entry, as a colleague."""
    request = person.version
    person.approve_forgetting(entry(account=COLLEAGUE), request=request, now=now)
    return request


def test_a_request_approved_by_another_account_is_carried_out_after_72_hours_and_not_before(person: Person) -> None:
    person.request_forgetting(entry(), **WISH)
    request = approve(person)
    assert entered(person).due.earliest == NOW + timedelta(hours=72)
    for early in (NOW, NOW + DELAY - timedelta(seconds=1)):
        with refused("forgetting_not_due", person):
            person.forget(entry(), request=request, now=early)
    person.forget(entry(), request=request, now=NOW + DELAY)
    assert person.forgotten
    assert (entered(person).basis, entered(person).together_with) == ("request", None)


def test_nothing_is_carried_out_that_was_not_requested_or_not_approved(person: Person) -> None:
    with refused("forgetting_not_requested", person):
        person.forget(entry(), request=1)
    person.request_forgetting(entry(), **WAIVED)
    with refused("forgetting_not_approved", person):
        person.forget(entry(), request=person.version)


def test_who_recorded_the_request_does_not_approve_it(person: Person) -> None:
    person.request_forgetting(entry(), **WISH)
    with refused("second_account_needed", person):
        person.approve_forgetting(entry(), request=person.version)
    request = approve(person)
    with refused("forgetting_approved_already", person):
        person.approve_forgetting(entry(account=COLLEAGUE), request=request)


def test_only_the_person_or_a_guardian_waives_the_delay_and_it_is_said_who(person: Person) -> None:
    for unclear in (
        {"waives_delay": "yes"},
        {"waived_by": "person"},
        {"waives_delay": "no", "waived_by": "person"},
        {"waives_delay": "yes", "waived_by": "heir"},
    ):
        with refused("waiver_unclear", person):
            person.request_forgetting(entry(), **WISH, **unclear)
    person.request_forgetting(entry(), **WAIVED)
    request = approve(person)
    person.forget(entry(), request=request, now=NOW)
    assert person.forgotten


def test_one_request_at_a_time_and_each_step_is_for_the_request_that_was_read(person: Person) -> None:
    person.request_forgetting(entry(), **WAIVED)
    with refused("forgetting_requested_already", person):
        person.request_forgetting(entry(), **WISH)
    first = approve(person)
    person.cancel_forgetting(entry(), request=first, because="wrong_file")
    person.request_forgetting(entry(), **WISH)
    for stale in each(
        lambda: person.approve_forgetting(entry(account=COLLEAGUE), request=first),
        lambda: person.cancel_forgetting(entry(), request=first, because="postponed"),
        lambda: person.forget(entry(), request=first),
    ):
        with refused("forgetting_not_requested", person):
            stale()


CHANGES = ("cancelled", "corrected", "withdrawn", "approval corrected", "approval withdrawn", "file withdrawn")


@pytest.mark.parametrize("changed", CHANGES)
def test_what_was_changed_since_does_not_stand_and_is_not_revived(person: Person, changed: str) -> None:
    person.request_forgetting(entry(), **WAIVED)
    request = approve(person)
    approval = person.version
    facts: dict[str, Any] = {**WAIVED, "because": "danger"}
    due = entered(person).due
    {
        "cancelled": lambda: person.cancel_forgetting(entry(), request=request, because="wish_changed"),
        "corrected": lambda: person.correct(entry(), request, facts, because="mistake"),
        "withdrawn": lambda: person.withdraw(entry(), request, because="mistake"),
        "approval corrected": lambda: person.correct(entry(), approval, {"request": request, "due": due}, because="mistake"),
        "approval withdrawn": lambda: person.withdraw(entry(), approval, because="mistake"),
        "file withdrawn": lambda: person.withdraw(entry(), because="duplicate"),
    }[changed]()
    if changed == "cancelled":
        person.withdraw(entry(), person.version, because="mistake")
    code = "forgetting_not_approved" if changed.startswith("approval") else "forgetting_not_requested"
    with refused(code, person):
        person.forget(entry(), request=request)


def test_a_withdrawn_file_can_still_be_forgotten(person: Person) -> None:
    """Its words are still there, and the wish counts."""
    person.withdraw(entry(), because="duplicate")
    person.request_forgetting(entry(), **WAIVED)
    person.forget(entry(), request=approve(person))
    assert person.forgotten


def test_another_file_of_the_person_is_forgotten_with_the_one_that_was(person: Person) -> None:
    other = Person.open(entry(), new_id())
    with refused("forgetting_not_requested", other):
        other.forget_with(entry(), person)
    person.request_forgetting(entry(), **WAIVED)
    person.forget(entry(), request=approve(person))
    other.forget_with(entry(), person)
    assert (entered(other).basis, entered(other).together_with) == ("same_person", person.id)


def test_unknown_codes_are_refused(person: Person) -> None:
    unknown = {"asked_by": "neighbour", "verified_by": "by_feeling", "because": "other", "waives_delay": "perhaps"}
    for field, code in unknown.items():
        with refused("unknown_code", person):
            person.request_forgetting(entry(), **{**WISH, field: code})


def test_parts_of_a_second_never_shorten_the_delay() -> None:
    approved = NOW + timedelta(microseconds=7)
    assert due_after(approved, waived=False) - approved >= DELAY
    assert due_after(approved, waived=True) <= approved


class Forgettings(RuleBasedStateMachine):
    """Three accounts do whatever they like with a file, as time goes by."""

    ACCOUNTS = (ACCOUNT, COLLEAGUE, UUID("0190f3a2-0000-7000-8000-0000000000c5"))
    accounts = st.sampled_from(ACCOUNTS)
    versions = st.integers(1, 12)

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.person = Person.open(entry(), new_id())
        self.requests: dict[int, tuple[UUID, bool]] = {}
        self.approvals: dict[int, tuple[int, UUID, datetime]] = {}
        self.ended: set[int] = set()

    def attempt(self, act: Any) -> bool:
        try:
            act()
        except RuleBroken:
            return False
        return True

    @rule(hours=st.integers(1, 80))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(account=accounts, waived=st.booleans())
    def ask(self, account: UUID, waived: bool) -> None:
        facts = WAIVED if waived else WISH
        if self.attempt(lambda: self.person.request_forgetting(entry(account=account), **facts)):
            self.requests[self.person.version] = (account, waived)

    @rule(account=accounts, request=versions)
    def approve(self, account: UUID, request: int) -> None:
        if self.attempt(lambda: self.person.approve_forgetting(entry(account=account), request=request, now=self.now)):
            self.approvals[self.person.version] = (request, account, self.now)

    @rule(request=versions)
    def cancel(self, request: int) -> None:
        if self.attempt(lambda: self.person.cancel_forgetting(entry(), request=request, because="wish_changed")):
            self.ended.add(request)

    @rule(version=st.one_of(st.none(), versions))
    def take_back(self, version: int | None) -> None:
        if self.attempt(lambda: self.person.withdraw(entry(), version, because="mistake")):
            everything = version is None or version == 1
            self.ended |= set(range(1, self.person.version)) if everything else {version or 1}

    @rule(version=versions)
    def correct(self, version: int) -> None:
        told = self.person.entries.get(version)
        asked: dict[str, Any] = {**WISH, "waives_delay": "unknown", "waived_by": None}
        facts = asked if told is Person.ForgettingRequested else {}
        if self.attempt(lambda: self.person.correct(entry(), version, facts, because="mistake")):
            self.ended.add(version)

    @precondition(lambda self: not self.person.forgotten)
    @rule(request=versions)
    def forget(self, request: int) -> None:
        if not self.attempt(lambda: self.person.forget(entry(), request=request, now=self.now)):
            return
        asked_by, waived = self.requests[request]
        assert request not in self.ended
        standing = [(by, at) for number, (of, by, at) in self.approvals.items() if of == request and number not in self.ended]
        assert any(by != asked_by and (waived or self.now - at >= DELAY) for by, at in standing)

    @invariant()
    def nothing_is_entered_after_it(self) -> None:
        if self.person.forgotten:
            assert not self.attempt(lambda: self.person.request_forgetting(entry(), **WISH))


TestForgettings = Forgettings.TestCase


@pytest.mark.parametrize("rule", ["must_be_due", "_must_be_asked"])
def test_the_machine_notices_when_a_rule_is_missing(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Forgettings()
    machine.ask(ACCOUNT, waived=False)
    if rule == "must_be_due":
        monkeypatch.setattr(Person, rule, lambda *_: None)
    else:
        machine.approve(COLLEAGUE, 2)
        machine.wait(72)
        asked = machine.person.forgetting
        machine.cancel(2)
        monkeypatch.setattr(Person, rule, lambda *_: asked)
    with pytest.raises(AssertionError):
        machine.forget(2)


def test_the_machine_does_reach_a_forgetting() -> None:
    """Its assertions would hold of a rule that lets nobody be forgotten, too."""
    machine = Forgettings()
    machine.ask(ACCOUNT, waived=False)
    machine.approve(COLLEAGUE, 2)
    machine.wait(72)
    machine.forget(2)
    assert machine.person.forgotten
