"""What entries rest on, as of any position: attested, restated, retracted, taken back."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.detention import Detention
from domain.exhibit import Exhibit
from domain.protest import Protest
from domain.provenance import Entry
from domain.record import new_id
from domain.source_on_file import SourceOnFile
from domain.verification import Tier
from projections import borne_out, sources
from projections.borne_out import Fact
from projections.figures_by_tier import by_tier
from tests.trackers import ACCOUNT, COLLEAGUE, MOSCOW, Installation, city, clock, day, entry

CONFIRMED, CORROBORATED, UNVERIFIED, RETRACTED = Tier.CONFIRMED, Tier.CORROBORATED, Tier.UNVERIFIED, Tier.RETRACTED


@pytest.fixture
def protest(installation: Installation) -> UUID:
    protest = new_id()
    installation.casebook.record_protest(entry("witness", protest), protest, when=day(3, 2), place=city(MOSCOW))
    return protest


def said_by(source: UUID | None = None, kind: str = "media", account: UUID = ACCOUNT) -> Entry:
    """An entry from a source on file."""
    told = entry(kind, account=account)
    return replace(told, source=replace(told.source, origin=source))


def on_file(installation: Installation, kind: str = "media", repeats: UUID | None = None) -> UUID:
    source = new_id()
    installation.casebook.open_source(entry("monitor", source), source, kind=kind, repeats=repeats)
    return source


def tier(installation: Installation, record: UUID, version: int = 1, position: int | None = None) -> Tier | None:
    """None for what is no fact, or none that stands."""
    installation.projector().follow()
    with installation.views() as db:
        rests = borne_out.standings(db, [record], position).get(Fact(record, version))
    return rests.tier if rests is not None else None


def test_another_source_corroborates_and_one_that_says_it_again_does_not(installation: Installation, protest: UUID) -> None:
    casebook = installation.casebook
    casebook.attest(Protest, entry("witness"), protest, 1)
    assert tier(installation, protest) is UNVERIFIED
    before = casebook.attest(Protest, entry("relative"), protest, 1).position
    assert tier(installation, protest) is CORROBORATED
    assert tier(installation, protest, position=before - 1) is UNVERIFIED


def test_entries_that_say_the_same_bear_each_other_out(installation: Installation, protest: UUID) -> None:
    casebook = installation.casebook
    casebook.end_protest(entry("witness"), protest, kind="dispersed", when=clock(2, 20))
    casebook.end_protest(entry("media"), protest, kind="dispersed", when=clock(2, 21))
    casebook.end_protest(entry("media"), protest, kind="by_itself", when=clock(2, 21))
    assert [tier(installation, protest, version) for version in (2, 3, 4)] == [CORROBORATED, CORROBORATED, UNVERIFIED]


def test_nobody_attested_what_an_entry_says_only_since(installation: Installation, protest: UUID) -> None:
    casebook = installation.casebook
    casebook.end_protest(entry("witness"), protest, kind="dispersed")
    casebook.attest(Protest, entry("media"), protest, 2)
    assert tier(installation, protest, 2) is CORROBORATED
    same = {"when": None, "kind": "dispersed"}
    casebook.correct(Protest, entry("lawyer"), protest, 2, same, because="source_changed")
    assert tier(installation, protest, 2) is CORROBORATED
    casebook.correct(Protest, entry("lawyer"), protest, 2, {**same, "kind": "called_off"}, because="mistake")
    assert tier(installation, protest, 2) is UNVERIFIED


def test_what_was_taken_back_is_no_fact_until_it_counts_again(installation: Installation, protest: UUID) -> None:
    casebook = installation.casebook
    casebook.attest(Protest, entry("media"), protest, 1)
    casebook.withdraw(Protest, entry("monitor"), protest, 2, because="mistake")
    assert tier(installation, protest) is UNVERIFIED
    casebook.withdraw(Protest, entry("monitor"), protest, because="duplicate")
    assert tier(installation, protest) is None
    facts = {
        "when": day(3, 2),
        "place": city(MOSCOW),
        "form": "unknown",
        "agreement": "unknown",
        "about": None,
        "organiser": None,
    }
    casebook.reinstate(Protest, entry("witness"), protest, 1, facts, because="mistake")
    assert tier(installation, protest) is UNVERIFIED


def test_a_retraction_takes_away_what_rests_on_it_and_is_seen_from_its_position_on(
    installation: Installation, protest: UUID
) -> None:
    casebook, courier = installation.casebook, on_file(installation)
    blog = on_file(installation, "social_media", repeats=courier)
    casebook.attest(Protest, said_by(courier), protest, 1)
    casebook.end_protest(said_by(blog), protest, kind="dispersed")
    assert [tier(installation, protest, version) for version in (1, 3)] == [CORROBORATED, UNVERIFIED]
    at = casebook.retract_source(entry("monitor"), courier, because="took_back").position
    assert [tier(installation, protest, version) for version in (1, 3)] == [UNVERIFIED, RETRACTED]
    assert [tier(installation, protest, version, at - 1) for version in (1, 3)] == [CORROBORATED, UNVERIFIED]
    with installation.views() as db:
        known = sources.on_file(db, at - 1), sources.on_file(db, at)
        changes = borne_out.changes(db, courier, *known, at)
    assert [(change.fact.version, change.before, change.after) for change in changes] == [
        (1, CORROBORATED, UNVERIFIED),
        (3, UNVERIFIED, RETRACTED),
    ]
    version = casebook.standing(SourceOnFile, courier).version
    casebook.withdraw(SourceOnFile, entry("monitor"), courier, version, because="mistake")
    assert [tier(installation, protest, version) for version in (1, 3)] == [CORROBORATED, UNVERIFIED]


def test_a_corrected_entry_is_no_later_word_of_its_source(installation: Installation, protest: UUID) -> None:
    casebook, courier = installation.casebook, on_file(installation)
    casebook.end_protest(said_by(courier), protest, kind="dispersed")
    installation.projector().follow()
    with installation.views() as db:
        said = borne_out.standings(db, [protest])[Fact(protest, 2)].claims[0].said
    casebook.correct(Protest, said_by(courier), protest, 2, {"when": None, "kind": "called_off"}, because="mistake")
    installation.projector().follow()
    with installation.views() as db:
        assert borne_out.standings(db, [protest])[Fact(protest, 2)].claims[0].said == said


def test_a_rating_counts_for_all_that_a_source_said(installation: Installation, protest: UUID) -> None:
    casebook, courier = installation.casebook, on_file(installation)
    casebook.attest(Protest, said_by(courier), protest, 1)
    casebook.rate_source(entry("monitor"), courier, reliability="unreliable", because="found_wrong")
    assert tier(installation, protest) is UNVERIFIED
    casebook.rate_source(entry("monitor"), courier, reliability="doubtful", because="held_up")
    assert tier(installation, protest) is CORROBORATED


def test_a_withdrawn_source_counts_for_nothing(installation: Installation, protest: UUID) -> None:
    casebook, courier = installation.casebook, on_file(installation)
    casebook.attest(Protest, said_by(courier), protest, 1)
    casebook.withdraw(SourceOnFile, entry("monitor"), courier, because="test")
    assert tier(installation, protest) is UNVERIFIED


def deposit(installation: Installation, protest: UUID, entry_: Entry, **facts: Any) -> UUID:
    """A paper with its file, for an entry about the protest."""
    exhibit = new_id()
    file = {"sha256": "0" * 64, "size": 3, "media": "pdf"}
    told = replace(entry_, command=exhibit)
    installation.casebook.deposit_exhibit(told, exhibit, **{"kind": "document", "protest": protest, **file, **facts})
    return exhibit


def test_a_document_among_the_exhibits_confirms_the_entry_it_supports(installation: Installation, protest: UUID) -> None:
    casebook = installation.casebook
    casebook.end_protest(entry("witness"), protest, kind="dispersed")
    exhibit = deposit(installation, protest, entry("lawyer"), supports=2)
    assert [tier(installation, protest, version) for version in (1, 2)] == [UNVERIFIED, CONFIRMED]
    deposit(installation, protest, entry("lawyer"))
    assert tier(installation, protest) is CONFIRMED
    at = casebook.withdraw(Exhibit, entry(), exhibit, because="mistake").position
    assert tier(installation, protest, 2) is UNVERIFIED
    assert tier(installation, protest, 2, at - 1) is CONFIRMED


def test_a_picture_a_link_and_a_paper_for_what_was_said_before_confirm_nothing(installation: Installation, protest: UUID) -> None:
    casebook = installation.casebook
    deposit(installation, protest, entry("lawyer"), kind="photograph")
    assert tier(installation, protest) is UNVERIFIED
    casebook.end_protest(entry("witness"), protest, kind="dispersed")
    deposit(installation, protest, entry("lawyer"), supports=2)
    casebook.correct(Protest, entry("lawyer"), protest, 2, {"when": None, "kind": "called_off"}, because="mistake")
    assert tier(installation, protest, 2) is UNVERIFIED


def test_a_paper_of_a_source_that_took_it_back_confirms_nothing(installation: Installation, protest: UUID) -> None:
    courier = on_file(installation)
    deposit(installation, protest, said_by(courier))
    assert tier(installation, protest) is CONFIRMED
    installation.casebook.retract_source(entry("monitor"), courier, because="found_false")
    assert tier(installation, protest) is UNVERIFIED
    with installation.views() as db:
        assert borne_out.resting_on(db, courier, sources.on_file(db)) == {protest}


def test_an_account_is_offered_what_it_named_last_and_not_what_it_only_corrected(
    installation: Installation, protest: UUID
) -> None:
    casebook, courier, herald = installation.casebook, on_file(installation), on_file(installation)
    casebook.end_protest(said_by(courier), protest, kind="dispersed")
    restated = said_by(courier, account=COLLEAGUE)
    casebook.correct(Protest, restated, protest, 2, {"when": None, "kind": "called_off"}, because="mistake")
    installation.projector().follow()
    with installation.views() as db:
        assert sources.last_used(db, ACCOUNT, 5) == [courier, herald]
        assert sources.last_used(db, COLLEAGUE, 5) == []
        assert sources.used_by(db, ACCOUNT, {courier, new_id()}) == {courier}


def test_figures_by_tier_count_every_fact_once_as_of_a_position(installation: Installation, protest: UUID) -> None:
    casebook, courier = installation.casebook, on_file(installation)
    held = [new_id() for _ in range(4)]
    for number, detention in enumerate(held):
        told = said_by(courier if number else None, "media" if number else "document")
        casebook.record_detention(replace(told, command=detention), detention, person=new_id(), protest=protest)
    casebook.attest(Detention, entry("witness"), held[1], 1)
    at = casebook.retract_source(entry("monitor"), courier, because="found_false").position
    installation.projector().follow()
    with installation.views() as db:
        assert by_tier(db, "detentions", at - 1) == {CONFIRMED: 1, CORROBORATED: 1, UNVERIFIED: 2, RETRACTED: 0}
        assert by_tier(db, "detentions", at) == {CONFIRMED: 1, CORROBORATED: 0, UNVERIFIED: 1, RETRACTED: 2}
        assert by_tier(db, "protests", at) == {CONFIRMED: 0, CORROBORATED: 0, UNVERIFIED: 1, RETRACTED: 0}
