"""The access log: who read, exported, searched, signed in or was refused. A second log beside the record, and never part of it.

An act says which account, which person, which fields and on which page; never a value, a name, an address or a user agent. It
is over when it is written: an aggregate of one event, which nothing follows, so no two acts ever wait for each other or collide.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate

from domain.record import new_id
from domain.topics import stored_as
from domain.vocabulary import Vocabulary
from domain.vocabulary.access import ACCOUNT_CHANGES, EXHIBIT_USES, EXPORTS, FIELDS, PAGES, REFUSALS


@stored_as("access")
class Access(Aggregate):
    """One act of one account. Acts are read from their log and never put together again from it."""

    class Act(Aggregate.Event):
        """Somebody did something that must be known afterwards; `timestamp` is when."""

    class Read(Act):
        """Sealed words about these people were opened and shown, of each of them all these fields."""

        TOPIC = "access.read"
        account: UUID
        persons: tuple[UUID, ...]
        fields: Annotated[tuple[str, ...], FIELDS]
        page: Annotated[str, PAGES]

    class Exported(Act):
        """What is known of these people left the installation as a file."""

        TOPIC = "access.exported"
        account: UUID
        persons: tuple[UUID, ...]
        what: Annotated[str, EXPORTS]

    class ExhibitOpened(Act):
        """The working copy of an exhibit was shown, or its original left the installation as a file."""

        TOPIC = "access.exhibit_opened"
        account: UUID
        exhibit: UUID
        person: UUID | None
        how: Annotated[str, EXHIBIT_USES]

    class Searched(Act):
        """Somebody searched by name; only how many files were found is kept, not what was asked for."""

        TOPIC = "access.searched"
        account: UUID
        found: int

    class SignedIn(Act):
        """A session began."""

        TOPIC = "access.signed_in"
        account: UUID

    class SignedOut(Act):
        """A session was ended by its own account."""

        TOPIC = "access.signed_out"
        account: UUID

    class Refused(Act):
        """Something was asked for that is not given: a sign-in, a page, a record."""

        TOPIC = "access.refused"
        account: UUID | None
        code: Annotated[str, REFUSALS]
        page: Annotated[str | None, PAGES]
        record: UUID | None

    class AccountChanged(Act):
        """An account was made, changed or ended."""

        TOPIC = "access.account_changed"
        by: UUID
        account: UUID
        what: Annotated[str, ACCOUNT_CHANGES]

    class Unlocked(Act):
        """The key of the installation was unlocked: personal text can be read until it is locked again."""

        TOPIC = "access.unlocked"
        account: UUID


def readings(account: UUID, opened: Mapping[UUID, Collection[str]], page: str) -> list[Access.Read]:
    """What is to be written of one page: an act for all people of whom the same fields were opened."""
    alike: dict[tuple[str, ...], list[UUID]] = {}
    for person, fields in opened.items():
        if fields:
            alike.setdefault(tuple(sorted(fields)), []).append(person)
    return [act(Access.Read, account=account, persons=tuple(who), fields=fields, page=page) for fields, who in alike.items()]


def exported(account: UUID, persons: Collection[UUID], what: str) -> Access.Exported:
    """Raises RuleBroken `unknown_code`."""
    happened: Access.Exported = act(Access.Exported, account=account, persons=tuple(persons), what=_known(EXPORTS, what))
    return happened


def exhibit_opened(account: UUID, exhibit: UUID, person: UUID | None, how: str) -> Access.ExhibitOpened:
    """Raises RuleBroken `unknown_code`."""
    facts = {"account": account, "exhibit": exhibit, "person": person, "how": _known(EXHIBIT_USES, how)}
    happened: Access.ExhibitOpened = act(Access.ExhibitOpened, **facts)
    return happened


def refused(account: UUID | None, code: str, page: str | None, record: UUID | None) -> Access.Refused:
    """`account` is None where nobody is signed in or no such account exists. Raises RuleBroken `unknown_code`."""
    happened: Access.Refused = act(Access.Refused, account=account, code=_known(REFUSALS, code), page=page or None, record=record)
    return happened


def account_changed(by: UUID, account: UUID, what: str) -> Access.AccountChanged:
    """Raises RuleBroken `unknown_code`."""
    happened: Access.AccountChanged = act(Access.AccountChanged, by=by, account=account, what=_known(ACCOUNT_CHANGES, what))
    return happened


def act(kind: Any, **facts: Any) -> Any:
    """An act of this kind, done now."""
    return kind(originator_id=new_id(), originator_version=1, timestamp=datetime.now(UTC), **facts)


def _known(vocabulary: Vocabulary, code: str) -> str:
    vocabulary.require(code)
    return code


class Acts(Application[UUID]):
    """The second application. It only ever adds."""

    name = "access"

    def keep(self, *acts: Access.Act) -> int:
        """Store these acts, all or none, on the disk when it returns. Returns the position of the last."""
        stored = [self.mapper.to_stored_event(each) for each in acts]
        return list(self.recorder.insert_events(stored) or (0,))[-1]
