"""What consent holds follows the entries that stand, in every file of the person, until they are forgotten."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.consent import Consent, Why
from domain.detention import Detention
from domain.person import Person
from domain.record import new_id
from projections import consents, positions
from tests.trackers import Installation, entry, forget

TODAY = date(2022, 3, 10)
FULL, FIRST, STORY = "publish_full_name", "publish_first_name", "publish_story"


class Files:
    """Two files, at first of two people."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.casebook = installation, installation.casebook
        self.projector = installation.projector()
        self.one, self.other = new_id(), new_id()
        for person in (self.one, self.other):
            self.casebook.open_person(entry(), person)

    def give(self, *scopes: str, file: UUID | None = None, **facts: Any) -> int:
        return self.casebook.give_consent(entry(), file or self.one, scopes=scopes, **facts).position

    def withdraw(self, *scopes: str, file: UUID | None = None) -> int:
        return self.casebook.withdraw_consent(entry(), file or self.one, scopes=scopes).position

    def holding(self, person: UUID | None = None, on: date = TODAY) -> Consent:
        asked = (person or self.one).bytes
        self.projector.follow()
        with self.installation.views() as db:
            found = consents.holding(db, [asked], on)
        assert set(found) == {asked}
        return found[asked]


@pytest.fixture
def files(installation: Installation) -> Files:
    return Files(installation)


def restated(*scopes: str, **facts: Any) -> dict[str, Any]:
    return {"scopes": scopes, "given_by": "person", "form": "written", "when": None, "until": None, **facts}


def test_who_said_it_in_what_form_until_when_and_where_it_is_cited(files: Files) -> None:
    last = date(2022, 4, 1)
    position = files.give(FULL, given_by="person", form="written", until=last)
    word = files.holding().answers[FULL].word
    assert (word.given_by, word.form, word.until, word.said, word.told) == ("person", "written", last, position, position)
    assert not files.holding(on=date(2022, 4, 2)).holds(FULL)
    assert files.holding(files.other) == Consent()
    assert files.holding(new_id()) == Consent(), "nobody on record"


def test_a_withdrawal_ends_it_and_a_withdrawal_entered_by_mistake_does_not(files: Files) -> None:
    files.give(FULL)
    files.withdraw(FULL)
    assert files.holding().answers[FULL].why is Why.WITHDRAWN
    files.casebook.withdraw(Person, entry(), files.one, 3, because="mistake")
    assert files.holding().holds(FULL)
    files.casebook.withdraw(Person, entry(), files.one, 2, because="mistake")
    assert files.holding() == Consent()


def test_a_corrected_consent_says_what_it_says_now_and_was_said_when_it_was(files: Files) -> None:
    said = files.give(FULL)
    files.withdraw(FIRST)
    corrected = files.casebook.correct(Person, entry(), files.one, 2, restated(STORY), because="mistake").position
    now = files.holding()
    assert now.may_publish_story
    assert FULL not in now.answers
    assert (now.answers[STORY].word.said, now.answers[STORY].word.told) == (said, corrected)
    files.casebook.correct(Person, entry(), files.one, 2, restated(FIRST), because="mistake")
    assert files.holding().answers[FIRST].why is Why.WITHDRAWN, "the withdrawal came after it, not before"


def test_the_files_of_one_person_are_read_together_and_the_stricter_answer_wins(files: Files) -> None:
    files.give(FULL, file=files.one)
    files.give(FIRST, file=files.other)
    assert files.holding(files.one).may_publish_full_name
    files.casebook.find_to_be(entry(), files.one, other=files.other)
    for file in (files.one, files.other):
        assert files.holding(file).answers[FULL].why is Why.DISPUTED
        assert files.holding(file).may_publish_first_name
    files.casebook.tell_apart(entry(), files.other, other=files.one)
    assert files.holding(files.one).may_publish_full_name
    assert not files.holding(files.other).may_publish_full_name


def test_the_guardian_of_a_minor_outweighs_a_relative_as_long_as_the_detention_says_minor(files: Files) -> None:
    detention = new_id()
    files.casebook.record_detention_again(entry(), detention, person=files.one, minor="yes")
    files.give(STORY, given_by="guardian")
    files.give(FULL, given_by="relative")
    assert not files.holding().may_publish_full_name
    facts = {"person": files.one, "when": None, "place": None, "protest": None, "words": None, "agency": "unknown"}
    for minor, expected in (("no", True), ("yes", False)):
        told = {**facts, "circumstances": "unknown", "minor": minor}
        files.casebook.correct(Detention, entry(), detention, 1, told, because="mistake")
        assert files.holding().may_publish_full_name is expected
    files.casebook.withdraw(Detention, entry(), detention, because="mistake")
    assert files.holding().may_publish_full_name


def test_nothing_holds_of_a_file_that_was_withdrawn_nor_of_who_was_forgotten(files: Files) -> None:
    files.give(FULL, file=files.one)
    files.give(FULL, file=files.other)
    files.casebook.withdraw(Person, entry(), files.one, because="duplicate")
    forget(files.casebook, files.other)
    assert files.holding(files.one) == files.holding(files.other) == Consent()


def test_nothing_holds_while_the_view_stands_still(files: Files) -> None:
    """A withdrawal may be among what it has not read."""
    files.give(FULL)
    assert files.holding().may_publish_full_name
    for name in ("consents", "people"):
        with files.installation.writer.begin() as db:
            positions.stop(db, name, 5, "KeyError in fold, line 1")
        with files.installation.views() as db:
            assert consents.holding(db, [files.one.bytes], TODAY) == {files.one.bytes: Consent()}
        with files.installation.writer.begin() as db:
            db.execute(positions.positions.update().values(stopped_at=None, failure=None))
        assert files.holding().may_publish_full_name


def test_many_people_are_answered_in_one_go(files: Files) -> None:
    crowd = [new_id() for _ in range(700)]
    for person in crowd[:5]:
        files.casebook.open_person(entry(), person)
        files.give(STORY, file=person)
    files.projector.follow()
    with files.installation.views() as db:
        found = consents.holding(db, [person.bytes for person in crowd], TODAY)
    assert [found[person.bytes].may_publish_story for person in crowd] == [True] * 5 + [False] * 695


def test_consent_is_withdrawn_in_every_file_in_which_it_was_given(files: Files) -> None:
    files.give(FULL, file=files.one)
    files.give(FIRST, file=files.other)
    files.projector.follow()
    with files.installation.views() as db:
        both = [files.one.bytes, files.other.bytes]
        assert consents.given_in(db, both, FIRST) == sorted(both)
        assert consents.given_in(db, both, FULL) == [files.one.bytes]
        assert consents.given_in(db, both, STORY) == []
