"""A source on file: put there, rated, retracted, forgotten; and what may be cited."""

from dataclasses import replace
from uuid import UUID

import pytest

from domain.casebook import Casebook
from domain.provenance import Entry
from domain.record import new_id
from domain.source_on_file import SourceOnFile
from tests.domain.recording import CITY, EVENING, LATER, entered, entry, refused, sealed
from tests.trackers import Installation


@pytest.fixture
def source() -> SourceOnFile:
    return SourceOnFile.open(entry(), new_id(), kind="media", reliability="reliable")


@pytest.fixture
def casebook(installation: Installation) -> Casebook:
    return installation.casebook


def citing(source: UUID) -> Entry:
    """An entry from this source on file."""
    said = entry()
    return replace(said, source=replace(said.source, origin=source))


def test_a_name_that_is_not_sealed_is_refused() -> None:
    with refused("unsealed_text"):
        SourceOnFile.open(entry(), new_id(), name="The Wharf Courier")  # type: ignore[arg-type]


def test_a_source_does_not_pass_on_itself() -> None:
    number = new_id()
    with refused("same_record"):
        SourceOnFile.open(entry(), number, repeats=number)


def test_a_rating_has_a_reason(source: SourceOnFile) -> None:
    source.rate(entry(), reliability="unreliable", because="found_wrong")
    with refused("missing_reason", source):
        source.rate(entry(), reliability="doubtful", because="")
    with refused("missing_reason", source):
        source.rate(entry(), reliability="doubtful", because="other")


def test_a_retraction_may_be_of_a_time_only_and_ends_after_it_begins(source: SourceOnFile) -> None:
    source.retract(entry(), because="took_back", said_from=EVENING.told(None), said_until=LATER.told(None))
    with refused("times_exchanged", source):
        source.retract(entry(), because="took_back", said_from=LATER.told(None), said_until=EVENING.told(None))


def test_a_retraction_that_was_a_mistake_is_withdrawn_as_any_entry_is(source: SourceOnFile) -> None:
    source.retract(entry(), because="found_false", words=sealed(source.id))
    source.withdraw(entry(), 2, because="mistake")
    assert not source.withdrawn


def test_a_source_is_forgotten_once_and_can_be_retracted_afterwards(source: SourceOnFile) -> None:
    source.forget(entry())
    source.forget(entry())
    assert source.version == 2
    source.retract(entry(), because="took_back")
    assert entered(source).because == "took_back"


def test_only_a_source_that_is_on_file_is_cited(casebook: Casebook) -> None:
    protest = new_id()
    with refused("no_such_record"):
        casebook.record_protest(citing(new_id()), protest, when=EVENING, place=CITY)
    casebook.record_protest(entry(), protest, when=EVENING, place=CITY)
    with refused("no_such_record"):
        casebook.end_protest(citing(protest), protest)
    source = new_id()
    casebook.open_source(entry(), source, kind="media")
    casebook.end_protest(citing(source), protest)


def test_what_is_passed_on_is_on_file_too(casebook: Casebook) -> None:
    with refused("no_such_record"):
        casebook.open_source(entry(), new_id(), repeats=new_id())
