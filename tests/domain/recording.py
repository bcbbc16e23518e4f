"""How the tests of the records enter things, and what they ask of a refusal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.errors import RuleBroken
from domain.moment import When
from domain.person import Person
from domain.place import Place, Precision
from domain.privacy import Sealed
from domain.provenance import Entry, Reliability, Source
from domain.record import Record, new_id

ACCOUNT = UUID("0190f3a2-0000-7000-8000-0000000000c3")
COLLEAGUE = UUID("0190f3a2-0000-7000-8000-0000000000c4")
MOSCOW = "Europe/Moscow"
EVENING = When.at_clock(datetime(2022, 2, 27, 19, 20), MOSCOW)  # noqa: DTZ001 - a wall clock
LATER = When.at_clock(datetime(2022, 2, 28, 20), MOSCOW)  # noqa: DTZ001 - a wall clock
SQUARE = Place(Precision.STREET, "RU", "RU.48", 524901, zone=MOSCOW, words="Пушкинская площадь")
CITY = Place(Precision.CITY, "RU", "RU.48", 524901, zone=MOSCOW)


def entry(reference: Any = None, command: UUID | None = None, account: UUID = ACCOUNT) -> Entry:
    """Somebody enters something; each call is a command of its own."""
    return Entry(account, Source("witness", Reliability.RELIABLE, reference), command or new_id())


WISH: dict[str, str] = {"asked_by": "person", "verified_by": "in_person", "because": "wish"}
WAIVED = {**WISH, "waives_delay": "yes", "waived_by": "person"}


def forget(person: Person) -> None:
    """By the rules: requested, approved by a colleague, the delay waived."""
    person.request_forgetting(entry(), **WAIVED)
    person.approve_forgetting(entry(account=COLLEAGUE), request=person.version)
    person.forget(entry(), request=person.version - 1)


def sealed(record: UUID, field: str = "words") -> Sealed:
    """Looks sealed for this record; nothing is encrypted."""
    return Sealed(new_id(), record, field, b"...")


def tomorrow() -> When:
    return When.at(datetime.now(UTC) + timedelta(days=1), MOSCOW)


def entered(record: Record) -> Any:
    """The last event a record decided on, not yet stored."""
    return record.pending_events[-1]


def each(*entries: Callable[[], None]) -> tuple[Callable[[], None], ...]:
    """Several things to try."""
    return entries


@contextmanager
def refused(code: str, record: Record | None = None) -> Iterator[None]:
    """RuleBroken with this code, and nothing entered."""
    pending = len(record.pending_events) if record is not None else 0
    with pytest.raises(RuleBroken) as broken:
        yield
    assert broken.value.code == code
    if record is not None:
        assert len(record.pending_events) == pending
