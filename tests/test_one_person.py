"""Joining and parting files leaves no trace but its own entries: whatever is done, afterwards everything is as if it never was.

Two trackers are told the same, one of them beside it that files are of one person and then that they are not. Then both say the
same of every file, of who may see it, of consent, and of every number; and folding the log again gives the same views.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from domain.count import Count
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.person import Person
from domain.record import Record, new_id
from projections import people
from tests.everything_said import numbers, said
from tests.projections.doings import RELEASES, SCOPES
from tests.projections.homes import folded, fresh, seen
from tests.projections.some_facts import PLACES, TIMES
from tests.trackers import ACCOUNT, Installation, entry, sealed

NUMBER = st.integers(0, 40)
Verb = Callable[[Installation], object]


class Files(RuleBasedStateMachine):
    """`told` hears everything, `never` all but who is the same person as whom."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.address = self.stack.enter_context(fresh())
        self.told = self.stack.enter_context(self.address.open())
        self.never = self.stack.enter_context(self.stack.enter_context(fresh()).open())
        self.projectors = [opened.projector() for opened in (self.told, self.never)]
        self.protests: list[UUID] = []
        self.people: list[UUID] = []
        self.detentions: list[UUID] = []
        self.entries: list[tuple[type[Record], UUID, int, int]] = []
        """What may be corrected or withdrawn: the record, and the version in each of the two."""
        self.judgements: list[tuple[type[Record], UUID, int]] = []

    @initialize()
    def begin(self) -> None:
        """A protest, a count of it, and two people in custody who are taken for one: every run has something to part."""
        protest = new_id()
        self.protests.append(protest)
        there = {"place": PLACES[0], "when": TIMES[0], "form": "rally"}
        self.both(lambda at: at.casebook.record_protest(entry(), protest, **there))  # type: ignore[arg-type]
        self.both(lambda at: at.casebook.count_detentions(entry(), protest, count=Count.between(1, 5)))
        for number in (0, 1):
            self.record(number, number, 1)
        self.find_to_be(0, 1, 1)

    @rule(a=NUMBER, b=NUMBER, c=NUMBER)
    def record(self, a: int, b: int, c: int) -> None:
        """Somebody is detained, and has a file."""
        person, detention = new_id(), new_id()
        name = sealed(person, f"name {a}", field="name") if c % 3 else None
        facts = self.detained(a, b, c)
        if self.both(lambda at: at.casebook.record_detention(entry(), detention, person=person, name=name, **facts)):
            self.people.append(person)
            self.detentions.append(detention)
            self.entered(Detention, detention)

    @rule(a=NUMBER, b=NUMBER, c=NUMBER, d=NUMBER)
    def detain(self, a: int, b: int, c: int, d: int) -> None:
        """Somebody who has a file is detained again."""
        person, detention, facts = self.one(self.people, d), new_id(), self.detained(a, b, c)
        if self.both(lambda at: at.casebook.record_detention_again(entry(), detention, person=person, **facts)):
            self.detentions.append(detention)
            self.entered(Detention, detention)

    @rule(a=NUMBER, b=NUMBER)
    def name(self, a: int, b: int) -> None:
        person = self.one(self.people, a)
        if self.both(lambda at: at.casebook.name_person(entry(), person, name=sealed(person, f"name {b}", field="name"))):
            self.entered(Person, person)

    @rule(a=NUMBER, b=NUMBER, c=NUMBER)
    def release(self, a: int, b: int, c: int) -> None:
        detention = self.one(self.detentions, a)
        if self.both(lambda at: at.casebook.record_release(entry(), detention, kind=RELEASES[b % 5], when=TIMES[c % 5])):
            self.entered(Detention, detention)

    @rule(a=NUMBER, b=NUMBER, c=NUMBER)
    def consent(self, a: int, b: int, c: int) -> None:
        person, scopes = self.one(self.people, a), SCOPES[b % 4]
        giver = ("person", "relative", "guardian")[c % 3]
        if self.both(
            (lambda at: at.casebook.withdraw_consent(entry(), person, scopes=scopes))
            if c % 4 == 0
            else (lambda at: at.casebook.give_consent(entry(), person, scopes=scopes, given_by=giver))
        ):
            self.entered(Person, person)

    @rule(a=NUMBER, b=NUMBER)
    def assign(self, a: int, b: int) -> None:
        """A lawyer gets a file, or loses it."""
        person, act = self.one(self.people, a), "dismiss_counsel" if b % 4 == 0 else "assign_counsel"
        self.both(lambda at: getattr(at.casebook, act)(entry(), person, counsel=ACCOUNT))

    @precondition(lambda self: self.entries)
    @rule(a=NUMBER, b=NUMBER, c=NUMBER)
    def correct(self, a: int, b: int, c: int) -> None:
        kind, record, *versions = self.entries[a % len(self.entries)]
        facts = self.other_facts(kind, record, versions[0], b, c)
        if facts is not None:
            self.both_at(
                versions, lambda at, version: at.casebook.correct(kind, entry(), record, version, facts, because="mistake")
            )

    @precondition(lambda self: self.entries)
    @rule(a=NUMBER, b=NUMBER)
    def withdraw(self, a: int, b: int) -> None:
        """An entry, now and then a whole detention."""
        kind, record, *versions = self.entries[a % len(self.entries)]
        whole = kind is Detention and b % 5 == 0
        self.both_at(
            versions,
            lambda at, version: at.casebook.withdraw(kind, entry(), record, None if whole else version, because="mistake"),
        )

    @precondition(lambda self: self.entries)
    @rule(a=NUMBER, b=NUMBER, c=NUMBER)
    def reinstate(self, a: int, b: int, c: int) -> None:
        """What was taken back counts again."""
        kind, record, *versions = self.entries[a % len(self.entries)]
        facts = self.other_facts(kind, record, versions[0], b, c)
        if facts is not None:
            self.both_at(
                versions,
                lambda at, version: at.casebook.reinstate(kind, entry(), record, version, facts, because="mistake"),
            )

    @rule(a=NUMBER, b=NUMBER, c=NUMBER)
    def find_to_be(self, a: int, b: int, c: int) -> None:
        """Two files are of one person: said of the person, or of whoever was held in a detention."""
        other = self.one(self.people, b)
        if c % 3:
            person = self.one(self.people, a)
            self.judge(Person, person, lambda book: book.find_to_be(entry(), person, other=other, basis="document"))
        else:
            held = self.one(self.detentions, a)
            self.judge(Detention, held, lambda book: book.identify(entry(), held, other=other, basis="photograph"))

    @rule(a=NUMBER, b=NUMBER)
    def tell_apart(self, a: int, b: int) -> None:
        person, other = self.one(self.people, a), self.one(self.people, b)
        self.judge(Person, person, lambda book: book.tell_apart(entry(), person, other=other))

    @precondition(lambda self: self.judgements)
    @rule(a=NUMBER, b=NUMBER)
    def judge_otherwise(self, a: int, b: int) -> None:
        """A finding is withdrawn, was about another file, or holds after all."""
        kind, record, version = self.judgements[a % len(self.judgements)]
        told = self.told.casebook.standing(kind, record).entries[version]
        facts: dict[str, Any] = {"other": self.one(self.people, b), "words": None}
        if told is not Person.ToldApart:
            facts["basis"] = "relative"
        if told is Detention.Identified:
            facts["person"] = self.told.casebook.standing(Detention, record).person
        try:
            if b % 3 == 0:
                self.told.casebook.withdraw(kind, entry(), record, version, because="mistake")
            else:
                change = self.told.casebook.correct if b % 3 == 1 else self.told.casebook.reinstate
                change(kind, entry(), record, version, facts, because="mistake")
        except RuleBroken:
            pass

    @rule()
    def part(self) -> None:
        """Whoever was found to be one person is told apart again: then all is as if it had never been."""
        self.follow()
        with self.told.views() as db:
            joined = people.edges(db)
        for low, high in joined:
            self.told.casebook.tell_apart(entry(), UUID(bytes=low), other=UUID(bytes=high))
        self.follow()
        assert said(self.told, self.people, self.protests) == said(self.never, self.people, self.protests)

    def teardown(self) -> None:
        try:
            self.follow()
            told, never = (numbers(one, self.protests, with_people=False) for one in (self.told, self.never))
            assert told == never, "joining alone moves no number but those of people"
            self.part()
            assert seen(self.told) == folded(self.address, "again"), "the same from the beginning"
        finally:
            self.stack.close()

    def both(self, verb: Verb) -> bool:
        """Do it in both; what one refuses the other refuses too."""
        return self.both_at((0, 0), lambda at, _: verb(at))

    def both_at(self, versions: Sequence[int], verb: Callable[[Installation, int], object]) -> bool:
        outcomes = []
        for at, version in zip((self.told, self.never), versions, strict=True):
            try:
                verb(at, version)
                outcomes.append("")
            except RuleBroken as refused:
                outcomes.append(refused.code)
        assert outcomes[0] == outcomes[1]
        return outcomes == ["", ""]

    def judge(self, kind: type[Record], record: UUID, verb: Callable[[Any], object]) -> None:
        try:
            verb(self.told.casebook)
        except RuleBroken:
            return
        self.judgements.append((kind, record, self.told.casebook.standing(kind, record).version))

    def entered(self, kind: type[Record], record: UUID) -> None:
        versions = [at.casebook.standing(kind, record).version for at in (self.told, self.never)]
        self.entries.append((kind, record, versions[0], versions[1]))

    def other_facts(self, kind: type[Record], record: UUID, version: int, b: int, c: int) -> dict[str, Any] | None:
        told = self.told.casebook.standing(kind, record).entries[version]
        if told is Person.Named:
            return {"name": sealed(record, f"other {b}", field="name"), "kind": "heard"}
        if told is Detention.Released:
            return {"kind": RELEASES[b % 5], "when": TIMES[c % 5]}
        if told is Detention.Recorded:
            person = self.told.casebook.standing(Detention, record).person
            return {**self.detained(b, c, b + c), "person": person, "agency": "unknown", "words": None}
        return None

    def detained(self, a: int, b: int, c: int) -> dict[str, Any]:
        protest = self.protests[0] if a % 2 else None
        told = {"protest": protest, "place": PLACES[b % 7], "when": TIMES[c % 6], "circumstances": "at_protest"}
        return {**told, "minor": ("unknown", "yes")[c % 2]}

    def one(self, records: Sequence[UUID], a: int) -> UUID:
        return records[a % len(records)]

    def follow(self) -> None:
        for projector in self.projectors:
            projector.follow()


QUICKLY = settings(
    max_examples=10,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_after_parting_everything_is_as_if_the_files_had_never_been_joined() -> None:
    run_state_machine_as_test(Files, settings=QUICKLY)


def never_closed(judgements: Any, spans: Any, position: int) -> Any:
    """As a pair is settled, but that a span once open stays open."""
    joined = max(judgements.values(), default=(0, False))[1]
    return [*spans, [position, None]] if joined and not (bool(spans) and spans[-1][1] is None) else spans


BROKEN: dict[str, Callable[..., Any]] = {
    "settled": never_closed,
    "is_joined": lambda spans, as_of: bool(spans),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_parting_that_leaves_something_behind_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, name, BROKEN[name])
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(Files, settings=settings(QUICKLY, max_examples=2, database=None))
