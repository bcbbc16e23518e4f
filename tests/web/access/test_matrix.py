"""Every page and act answers each role as the policy says, and nobody else; and this test can fail."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from domain.casebook import Held
from domain.detention import Detention
from domain.provenance import Entry, Source
from domain.record import new_id
from domain.topics import recorded_events
from projections import case_files
from tests.web.access.matrix import Records, cells, violations
from tests.web.exhibits.files import deposited, photograph
from tests.web.seeding import MOSCOW, clock, opened, seed
from tests.web.site import Site, account_of
from web import create_app
from web.access import policy
from web.access.policy import DENIED, FOR_TOKENS, POLICY, PUBLIC, PolicyIncomplete, Scope, check
from web.access.roles import Role
from web.entries.offers import OFFERS, kind_of, name_of


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, places: Path) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("matrix"), places) as tracker:
        found = Site(tracker, create_app(tracker), seed(tracker))
        entry = Entry(found.account or new_id(), Source("monitor"), new_id())
        lawyer = account_of(tracker, Role.LAWYER)
        tracker.catch_up(tracker.casebook.assign_counsel(entry, found.seeded.long, counsel=lawyer))
        yield found


@pytest.fixture(scope="module")
def whose(site: Site) -> tuple[Mapping[Role, Records], Mapping[Role, Records]]:
    """The long file is the lawyer's; the other person is held, so a monitor sees them. Each is foreign to the other."""
    monitor = account_of(site.tracker, Role.MONITOR)  # who sees what they deposited themselves, and no other exhibit
    long, held = _records(site, site.seeded.long, site.account or new_id()), _records(site, site.seeded.held, monitor)
    _came_in_long_ago(site, long.report)  # so that no monitor sees it any more
    own = {role: held if role is Role.MONITOR else long for role in Role}
    return own, {role: long if role is Role.MONITOR else held for role in Role}


def _records(site: Site, person: UUID, depositor: UUID) -> Records:
    with site.tracker.views() as db:
        detention = UUID(bytes=case_files.detentions_of(db, [person.bytes])[0].detention)
    incident = new_id()
    entry = Entry(site.account or new_id(), Source("monitor"), incident)
    there: dict[str, Any] = {"when": clock(2, 25, 9), "place": site.tracker.geocoder.city_place(MOSCOW), "person": person}
    outcome = site.tracker.casebook.record_incident(entry, incident, categories=("search_or_seizure",), **there)
    site.tracker.catch_up(outcome)
    source = new_id()
    names = account_of(site.tracker, Role.MONITOR) if person == site.seeded.held else site.account or new_id()
    site.tracker.catch_up(site.tracker.casebook.open_source(Entry(names, Source("monitor"), source), source))
    exhibit = deposited(site.tracker, depositor, photograph(), person)
    report = _report(site, person)
    case = new_id()
    named = Entry(names, Source("lawyer"), case)
    site.tracker.catch_up(site.tracker.casebook.open_proceeding(named, case, persons=(person,)))
    return Records(person, detention, incident, site.seeded.protest, site.seeded.station, exhibit, report, source, case)


def _report(site: Site, person: UUID) -> UUID:
    """A report out of which this person was told."""
    report, tracker = new_id(), site.tracker
    let_go = partial(Detention.release, when=clock(2, 25, 12))  # so that nobody is held by it who was not
    held = [Held(new_id(), person, facts={"when": clock(2, 25, 9)}, told=[let_go], has_file=True)]
    entry = Entry(site.account or new_id(), Source("monitor"), report)
    tracker.catch_up(tracker.casebook.receive_report(entry, report, held=held, place=tracker.geocoder.city_place(MOSCOW)))
    return report


def _came_in_long_ago(site: Site, report: UUID) -> None:
    with site.tracker.projector.writer.begin() as db:
        db.exec_driver_sql("UPDATE reports_reports SET received = 0 WHERE report = ?", (report.bytes,))


def test_every_answer_is_the_policys(site: Site, whose: Any) -> None:
    asked, found = violations(site, *whose)
    print(f"{asked} questions, {len(found)} violations")  # noqa: T201 - the drill's count
    assert asked > 1_500
    assert found == []


def test_the_matrix_sees_a_page_that_lets_in_whom_it_should_not(site: Site, whose: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the application works with a policy that is too wide, the matrix goes by the true one."""
    wide = {act: replace(line, journalist=Scope.ANY) if act == "lawyers.case_file" else line for act, line in POLICY.items()}
    true_line_of = policy.line_of
    true = {(cell.endpoint, tuple(cell.asked.items())): true_line_of(cell.endpoint, cell.asked) for cell in cells(site, *whose)}
    monkeypatch.setattr(policy, "POLICY", wide)
    own, foreign = whose
    _, found = violations(site, own, foreign, line_of=lambda endpoint, asked: true[endpoint, tuple(asked.items())])
    assert found
    assert all("lawyers.case_file" in line for line in found)


def test_a_page_without_a_line_keeps_the_program_from_starting() -> None:
    app = Flask("guarded")
    app.add_url_rule("/unruled", "somewhere.unruled", lambda: "")
    with pytest.raises(PolicyIncomplete, match=r"somewhere\.unruled has no line"):
        check(app)


def test_a_line_without_a_page_keeps_it_from_starting_too() -> None:
    with pytest.raises(PolicyIncomplete, match=r"about\.page is no page"):
        check(Flask("empty"))


def test_what_the_policy_does_not_name_is_denied() -> None:
    assert policy.line_of("no.such", {}) is DENIED
    assert not any(policy.may(role, "no.such") for role in Role)


def test_every_exact_line_is_about_an_act_that_is_offered_or_an_entry_that_can_be_changed() -> None:
    addressed = (
        happened for topic, happened in recorded_events() if not topic.startswith(("publication.", "tally."))
    )  # nobody changes those
    entries = {f"{kind_of(happened)}/{name_of(happened)}" for happened in addressed}
    for act in POLICY:
        endpoint, _, exact = act.partition(" ")
        kind, _, name = exact.partition("/")
        if name and endpoint in ("entries.correct", "entries.withdraw", "entries.reinstate"):
            assert exact in entries, act
        elif name:
            assert name in OFFERS[kind], act
        elif kind:
            assert kind in (*OFFERS, "incidents"), act


def test_nothing_on_record_is_public_and_administrators_see_nothing_of_it() -> None:
    assert {"static", "languages.switch", "access.sign_in", "access.demo_sign_in", "offline.brought"} == PUBLIC
    assert {"intake.send_report", "intake.description"} == FOR_TOKENS
    for act, line in POLICY.items():
        if act.partition(".")[0] not in ("access", "admin", "about"):
            assert line.admin is Scope.DENY or act == "intake.description", act
