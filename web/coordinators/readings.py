"""What the access log shows: the acts chosen, newest first, each in a sentence, the accounts by name and the files by number."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from domain.access import Access
from projections import people, readings
from web.desk import Desk, recorded_at
from web.languages import translated as _
from web.telling import Teller, sealed_shut, short_id
from web.wiring import Views

PAGE = 50
_NUMBER = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Line:
    """One act. `files` are the people it is about, each with the number their file is shown under."""

    position: int
    sentence: str
    when: str
    timestamp: str
    files: Sequence[tuple[UUID, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of acts; `older` is where the next one begins, None where there is no more."""

    lines: Sequence[Line]
    older: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for. `problem` says what could not be understood; nothing is listed then."""

    account: UUID | None
    persons: Sequence[UUID]
    before: int | None
    accounts: Sequence[tuple[UUID, str]]
    problem: str = ""

    @classmethod
    def read(cls, asked: MultiDict[str, str], desk: Desk) -> "Choice":
        """From the address: `account`, `person` (several where several files share the end of their numbers), `before`."""
        before = asked.get("before", "")
        persons = [person for person in map(_id, asked.getlist("person")) if person is not None]
        position = int(before) if before.isdecimal() and len(before) < 16 else None
        return cls(_id(asked.get("account", "")), persons, position, _accounts(desk))

    @classmethod
    def typed(cls, form: Mapping[str, str], desk: Desk) -> "Choice":
        """From the form: an account of the list, and the whole number of a file or the end of it that pages show."""
        number = form.get("number", "").strip().lower()
        whole, persons, problem = _id(number), list[UUID](), ""
        if whole is not None:
            persons = [whole]
        elif _NUMBER.fullmatch(number):
            desk.tracker.readings.follow()
            with desk.tracker.views() as db:
                persons = [UUID(bytes=bytes(found)) for found in readings.numbered(db, bytes.fromhex(number))]
            problem = "" if persons else _("Nothing in the log concerns a file whose number ends like this.")
        elif number:
            problem = _("Write the file number: its last eight characters, or all of it.")
        return cls(_id(form.get("account", "")), persons, None, _accounts(desk), problem)

    def address(self, before: int | None = None) -> dict[str, Any]:
        """What stands in the address of this choice."""
        return {"account": self.account, "person": list(self.persons), "before": before}


def page_of(desk: Desk, choice: Choice, language: str) -> Page:
    """The acts chosen."""
    desk.tracker.readings.follow()
    with desk.tracker.views() as db:
        found = readings.latest(
            db,
            limit=PAGE + 1,
            before=choice.before,
            account=choice.account.bytes if choice.account is not None else None,
            records=_with_merged(db, choice.persons) if choice.persons else None,
        )
    return _page(desk, found, language)


def readers_page(desk: Desk, person: UUID, before: int | None, language: str) -> Page | None:
    """The readings and exports of a person's files; None for somebody who is not on record.

    An act may be about many people. Only what it says of these files is told.
    """
    desk.tracker.readings.follow()
    with desk.tracker.views() as db:
        if not people.rows_of(db, [person.bytes]):
            return None
        files = people.cluster(db, person.bytes)
        found = readings.readers(db, files, limit=PAGE + 1, before=before)
    return _page(desk, found, language, only={UUID(bytes=bytes(file)) for file in files})


def _with_merged(db: Views, persons: Iterable[UUID]) -> set[bytes]:
    return {bytes(file) for person in persons for file in people.cluster(db, person.bytes)}


def _page(desk: Desk, found: Sequence[int], language: str, only: Collection[UUID] | None = None) -> Page:
    shown = found[:PAGE]
    return Page(lines_at(desk, shown, language, only), shown[-1] if len(found) > PAGE else None)


def lines_at(desk: Desk, positions: Sequence[int], language: str, only: Collection[UUID] | None = None) -> list[Line]:
    """The acts at these positions, in sentences. With `only`, what they say of these files and no others."""
    told = desk.tracker.access.acts_at(positions)
    names = desk.tracker.vault.accounts.names()
    teller = Teller(desk.tracker.gazetteer, sealed_shut, cite=lambda id: names.get(id) or short_id(id))
    return [_line(position, _narrowed(told[position], only), teller, language) for position in positions if position in told]


def _line(position: int, act: Access.Act, teller: Teller, language: str) -> Line:
    persons = act.persons if isinstance(act, Access.Read | Access.Exported) else ()
    if isinstance(act, Access.ExhibitOpened) and act.person is not None:
        persons = (act.person,)
    return Line(
        position,
        teller.tell(act, language),
        recorded_at(act.timestamp, teller),
        act.timestamp.isoformat(timespec="seconds"),
        [(person, short_id(person)) for person in persons],
    )


def _narrowed(act: Access.Act, only: Collection[UUID] | None) -> Access.Act:
    if only is None or not isinstance(act, Access.Read | Access.Exported):
        return act
    persons: dict[str, Any] = {"persons": tuple(person for person in act.persons if person in only)}
    return replace(act, **persons)


def _accounts(desk: Desk) -> list[tuple[UUID, str]]:
    return sorted(desk.tracker.vault.accounts.names().items(), key=lambda one: one[1].casefold())


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) in (32, 36) else None
    except ValueError:
        return None
