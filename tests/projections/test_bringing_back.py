"""What was taken back and brought back again is, in every view, as if it had never been taken back.

A machine does whatever may be done, takes things back in between and brings them back later. The views of that log say now what
the views of the same log say without these withdrawals and reinstatements.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from domain.casebook import Held
from domain.count import Count
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.person import Person
from domain.protest import Protest
from domain.record import Record, new_id
from domain.report import Report
from projections.batch import Batch
from projections.projection import Projection
from tests.projections.comparing import differing, last_facts, shown
from tests.projections.doings import VERBS, Doings
from tests.projections.doings_with_reports import reinstate
from tests.projections.homes import folded, fresh, seen, thoroughly
from tests.trackers import COLLEAGUE, MOSCOW, city, clock, day, entry, sealed
from web.store import EventLog
from web.wiring import PROJECTIONS

small = st.integers(0, 30)


class BroughtBack(RuleBasedStateMachine):
    """`pending` is what was taken back for a while: the record, its entry, the position of the withdrawal."""

    def __init__(self) -> None:
        super().__init__()
        self._home = fresh()
        self.address = self._home.__enter__()
        self._opened = self.address.open()
        self.installation = self._opened.__enter__()
        self.doings = Doings(self.installation.casebook)
        self.pending: list[tuple[type[Record], UUID, int, int]] = []
        self.undone: set[int] = set()
        self.asked_anew = False

    @rule(verb=st.integers(0, len(VERBS) - 1), a=small, b=small, c=small, d=small)
    def do(self, verb: int, a: int, b: int, c: int, d: int) -> None:
        """Anything; what was taken back for a while is left alone until then."""
        if VERBS[verb] is not reinstate:
            self.doings.do([(verb, a, b, c, d)])

    @precondition(lambda self: self.doings.known())
    @rule(a=small, b=small, whole=st.booleans())
    def take_back(self, a: int, b: int, whole: bool) -> None:
        """Something that stands."""
        kind, record = self.doings._any(a)
        standing = self.installation.casebook.standing(kind, record)
        version = None if whole else 1 + b % len(standing.entries)
        told = standing.entries[version or 1]
        if told in (Person.ForgettingRequested, Person.ForgettingApproved, Person.ForgettingCancelled, Person.Forgotten):
            return
        try:
            done = self.installation.casebook.withdraw(kind, entry(), record, version, because="mistake")
        except RuleBroken:
            return
        self.pending.append((kind, record, 1 if issubclass(told, Record.Created) else version or 1, done.position))

    @precondition(lambda self: self.pending)
    @rule(which=small)
    def bring_back(self, which: int) -> None:
        """Just as it stood last."""
        kind, record, version, withdrawn = one = self.pending[which % len(self.pending)]
        facts = last_facts(self.installation.log.of([record]), version)
        try:
            done = self.installation.casebook.reinstate(kind, entry(), record, version, facts, because="withdrawn_by_mistake")
        except RuleBroken:
            return
        self.pending.remove(one)
        self.undone |= {withdrawn, done.position}
        self.asked_anew = self.asked_anew or (kind is Person and version == 1)

    def teardown(self) -> None:
        """Bring back what can be, and compare: with the log in which it never happened, and with a rebuild."""
        try:
            for _ in range(2 * len(self.pending)):
                if self.pending:
                    self.bring_back(0)
                    self.pending = [*self.pending[1:], *self.pending[:1]]
            history = self.installation.log.page(0, 100_000)
            as_it_is = shown(self.address, "is", history)
            as_if_never = shown(self.address, "never", history, frozenset(self.undone))
            if self.asked_anew:  # a wish to be forgotten does not come back with the file
                as_it_is.pop("forgettings"), as_if_never.pop("forgettings")
            assert as_it_is == as_if_never
            self.installation.projector().follow(7)
            assert not [one for one in self.installation.projector().standings().values() if one.stopped_at is not None]
            assert seen(self.installation) == folded(self.address, "rebuilt")
        finally:
            self._opened.__exit__(None, None, None)
            self._home.__exit__(None, None, None)


BroughtBack.TestCase.settings = thoroughly
TestBroughtBack = BroughtBack.TestCase


def brought_back(casebook: Any, kind: type[Record], record: UUID, version: int, between: Callable[[], Any]) -> frozenset[int]:
    """Take an entry back, let something happen, bring it back as it stood. Returns the positions of both."""
    gone = casebook.withdraw(kind, entry(), record, version, because="mistake")
    between()
    facts = last_facts(EventLog(casebook.recorder).of([record]), version)
    back = casebook.reinstate(kind, entry(), record, version, facts, because="withdrawn_by_mistake")
    return frozenset({gone.position, back.position})


def a_protest(casebook: Any) -> frozenset[int]:
    """Somebody let go from a counted protest; it is taken back and brought back."""
    protest, detention = new_id(), new_id()
    casebook.record_protest(entry(), protest, when=day(3, 2), place=city(MOSCOW))
    casebook.count_detentions(entry(), protest, count=Count(40, 60))
    casebook.estimate_crowd(entry(), protest, count=Count(300, 300))
    casebook.report_force(entry(), protest, kind="baton")
    return brought_back(
        casebook,
        Protest,
        protest,
        1,
        lambda: casebook.record_detention(entry(), detention, person=new_id(), protest=protest),
    )


def a_detention(casebook: Any) -> frozenset[int]:
    """At a protest, with an identification and a release in it."""
    protest, detention, other = new_id(), new_id(), new_id()
    casebook.record_protest(entry(), protest, when=day(3, 2), place=city(MOSCOW))
    casebook.open_person(entry(), other)
    casebook.record_detention(entry(), detention, person=new_id(), protest=protest, minor="yes")
    casebook.identify(entry(), detention, other=other)
    casebook.record_release(entry(), detention, kind="after_protocol", when=day(3, 4))
    return brought_back(casebook, Detention, detention, 1, lambda: None)


def an_assignment(casebook: Any) -> frozenset[int]:
    """That a later dismissal had ended: brought back, it must not give the lawyer the file again."""
    person = new_id()
    casebook.open_person(entry(), person)
    casebook.assign_counsel(entry(), person, counsel=COLLEAGUE)
    casebook.dismiss_counsel(entry(), person, counsel=COLLEAGUE)
    return brought_back(casebook, Person, person, 2, lambda: None)


def a_consent(casebook: Any) -> frozenset[int]:
    """That was withdrawn by the person later: brought back, it must not hold again."""
    person = new_id()
    casebook.open_person(entry(), person)
    casebook.give_consent(entry(), person, scopes=("publish_story",))
    casebook.withdraw_consent(entry(), person, scopes=("publish_story",))
    return brought_back(casebook, Person, person, 2, lambda: None)


def a_file(casebook: Any) -> frozenset[int]:
    """A whole file, with a name, a consent and a finding in it; one of its entries was taken back for itself before."""
    person, other = new_id(), new_id()
    casebook.open_person(entry(), person, name=sealed(person, "x", field="name"))
    casebook.open_person(entry(), other)
    casebook.find_to_be(entry(), person, other=other)
    casebook.give_consent(entry(), person, scopes=("publish_story",))
    casebook.give_consent(entry(), person, scopes=("submit_to_courts",))
    casebook.withdraw(Person, entry(), person, 5, because="mistake")
    return brought_back(casebook, Person, person, 1, lambda: None)


def a_name(casebook: Any) -> frozenset[int]:
    """The first of two: the second goes on being the latest."""
    person = new_id()
    casebook.open_person(entry(), person, name=sealed(person, "x", field="name"))
    casebook.name_person(entry(), person, name=sealed(person, "y", field="name"))
    return brought_back(casebook, Person, person, 2, lambda: None)


def a_release(casebook: Any) -> frozenset[int]:
    """Of which nobody said when: it counts from when it was first told."""
    detention = new_id()
    casebook.record_detention(entry(), detention, person=new_id())
    casebook.record_release(entry(), detention, kind="without_protocol")
    casebook.record_release(entry(), detention, kind="after_protocol", when=clock(2, 10))
    return brought_back(casebook, Detention, detention, 2, lambda: None)


def a_report(casebook: Any) -> frozenset[int]:
    """That was settled twice; somebody told out of it, that it was settled, and the whole of it are taken back in turn."""
    report, held = new_id(), [Held(new_id(), new_id()) for _ in range(2)]
    casebook.receive_report(entry(), report, held=held, count=Count(3, 5))
    for kind in ("not_understood", "worked_off"):
        casebook.settle_report(entry(), report, kind=kind)
    undone = frozenset[int]()
    for version in (2, 4, 1):
        undone |= brought_back(casebook, Report, report, version, lambda: None)
    return undone | brought_back(casebook, Detention, held[0].detention, 1, lambda: None)


SCENES: Mapping[str, Callable[[Any], frozenset[int]]] = {
    scene.__name__: scene for scene in (a_protest, a_detention, an_assignment, a_consent, a_file, a_name, a_release, a_report)
}


@pytest.mark.parametrize("scene", SCENES)
def test_brought_back_it_is_as_if_it_had_never_been_taken_back(scene: str) -> None:
    with fresh() as address:
        with address.open() as opened:
            undone = SCENES[scene](opened.casebook)
        assert differing(address, undone) == set()


def _put_anew(projection: Projection, happened: type[Record.Event]) -> Callable[[Batch, Any], None]:
    """The handler as it would be if it did not know that what is restated had been there before."""
    told = projection.handlers[happened]

    def handler(views: Batch, event: Any) -> None:
        views.restating = False
        told(views, event)

    return handler


@pytest.mark.parametrize(
    ("scene", "name", "happened"),
    [
        ("a_protest", "heatmap", Protest.Recorded),
        ("a_protest", "protests", Protest.Recorded),
        ("a_detention", "heatmap", Detention.Recorded),
        ("a_detention", "people", Detention.Recorded),
        ("a_detention", "case_files", Detention.Recorded),
        ("an_assignment", "assignments", Person.CounselAssigned),
        ("a_consent", "consents", Person.ConsentGiven),
        ("a_file", "people", Person.Opened),
        ("a_file", "consents", Person.Opened),
    ],
)
def test_the_comparison_sees_a_handler_that_does_not_know_what_was_there(
    scene: str, name: str, happened: type[Record.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    projection = next(projection for projection in PROJECTIONS if projection.name == name)
    monkeypatch.setitem(projection.handlers, happened, _put_anew(projection, happened))
    with fresh() as address:
        with address.open() as opened:
            undone = SCENES[scene](opened.casebook)
        assert name in differing(address, undone)


def test_a_reinstatement_with_other_facts_is_seen() -> None:
    """The control of the comparison itself: brought back otherwise than it stood is not as if nothing had been."""
    with fresh() as address:
        with address.open() as opened:
            protest = new_id()
            opened.casebook.record_protest(entry(), protest, when=day(3, 2), place=city(MOSCOW))
            gone = opened.casebook.withdraw(Protest, entry(), protest, because="mistake")
            facts = {**last_facts(opened.log.of([protest]), 1), "when": day(3, 3)}
            back = opened.casebook.reinstate(Protest, entry(), protest, 1, facts, because="withdrawn_by_mistake")
        assert {"protests", "heatmap", "statistics"} <= differing(address, frozenset({gone.position, back.position}))
