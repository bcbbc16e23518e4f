"""The requests to be forgotten that stand, by the same rules as the person's own."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given

from domain.forgetting import DELAY
from domain.person import Person
from domain.record import new_id
from projections import forgettings
from tests.projections.doings import Doing, Doings, doings
from tests.projections.homes import fresh, thoroughly
from tests.trackers import ACCOUNT, COLLEAGUE, WISH, Installation, entry, forget

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class File:
    """One file, and what the view says of it."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.casebook = installation, installation.casebook
        self.projector = installation.projector()
        self.person = new_id()
        self.casebook.open_person(entry(), self.person)

    def ask(self) -> int:
        self.casebook.request_forgetting(entry(), self.person, **WISH)
        return self.casebook.standing(Person, self.person).version

    def approve(self, request: int) -> None:
        self.casebook.approve_forgetting(entry(account=COLLEAGUE), self.person, request=request, now=NOW)

    def pending(self) -> list[Any]:
        self.projector.follow()
        with self.installation.views() as db:
            found = list(forgettings.pending(db))
            assert list(forgettings.pending_of(db, [self.person.bytes])) == found
        return found


@pytest.fixture
def file(installation: Installation) -> File:
    return File(installation)


def test_a_request_is_pending_with_who_asked_and_when_it_is_due(file: File) -> None:
    assert file.pending() == []
    request = file.ask()
    (row,) = file.pending()
    assert (UUID(bytes=row.person), row.request, row.asked_by, row.due) == (file.person, request, "person", None)
    assert UUID(bytes=row.requested_by) == ACCOUNT
    file.approve(request)
    (row,) = file.pending()
    assert row.due == (NOW + DELAY).timestamp()
    assert UUID(bytes=row.approved_by) == COLLEAGUE


def test_what_was_cancelled_or_carried_out_is_pending_no_more(file: File) -> None:
    request = file.ask()
    file.casebook.cancel_forgetting(entry(), file.person, request=request, because="wish_changed")
    assert file.pending() == []
    forget(file.casebook, file.person)
    assert file.pending() == []


@given(doings(least=5))
@thoroughly
def test_the_view_and_the_persons_own_rules_agree_whatever_happens(what: list[Doing]) -> None:
    with fresh() as address, address.open() as opened:
        done = Doings(opened.casebook)
        done.do(what)
        opened.projector().follow()
        with opened.views() as db:
            rows = {UUID(bytes=row.person): row for row in forgettings.pending(db)}
        for person in done.people:
            asked = opened.casebook.standing(Person, person).forgetting
            row = rows.pop(person, None)
            assert (row is None) == (asked is None)
            if row is not None and asked is not None:
                due = int(asked.due.timestamp()) if asked.due is not None else None
                assert (row.request, row.approval, row.due) == (asked.request, asked.approval, due)
                assert bool(row.waived) == asked.waived
                assert UUID(bytes=row.requested_by) == asked.requested_by
        assert rows == {}
