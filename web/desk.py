"""What is at hand when a page is made: the installation, who is recording, and the teller for this reader.

The one place where sealed words are opened for a page: all of a page's in one go, kept no longer than the page.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from uuid import UUID

from flask import abort, current_app, g

from domain.moment import When
from domain.privacy import Sealed, Words
from domain.provenance import Entry, Source
from domain.record import Record
from domain.wall_clock import zone_named
from web.access.reader import Reader
from web.access.roles import Role
from web.languages import language
from web.telling import Teller, opened_at_once
from web.telling.words import Withheld, opened
from web.vault.accounts import Account
from web.wiring import Tracker, Views

HOME_ZONE = "Europe/Moscow"
"""The zone of times told without a place, and of the hours at which something was recorded."""
HOME_COUNTRY = "RU"
"""The country that goes without saying beside a city."""


class PageTeller(Teller):
    """Tells the events of one page to its reader."""

    def said(self, words: Words) -> str:
        """The words as they were said, line by line; "" where there are none, or they may not or can no longer be shown."""
        found = self._opener(words) if isinstance(words, Sealed) else words
        return found if isinstance(found, str) else ""

    def name(self, words: Words) -> str:
        """A name on one line; where it is forgotten or damaged, that is said in its place."""
        return opened(words, self._opener, language())


@dataclass(frozen=True, slots=True)
class Desk:
    """An installation as the pages see it."""

    tracker: Tracker
    is_demo: bool

    @property
    def reader(self) -> Reader:
        """Who asks for this page. The guard has let them in; a page that asks without one answers 401."""
        found: Reader | None = g.get("reader")
        return found or abort(401)

    def entry(self, source: Source, command: UUID) -> Entry:
        """One act of entering something at this desk, by whoever asks."""
        return Entry(self.reader.account.id, source, command)

    def teller(self, events: Iterable[Record.Event] = (), *, only: Callable[[Sealed], bool] | None = None) -> PageTeller:
        """Tells these events to the reader of this page, sealed words only as far as that reader may read them.

        With `only`, nothing is opened of which it says no: a paper leaves, and a colleague's page does not.
        What is opened is noted, and written to the access log before the page leaves.
        """
        told = list(events)
        words = _ForReader(self.tracker, self.reader, told, only)
        return PageTeller(self.tracker.gazetteer, opened_at_once(words, told), home=HOME_COUNTRY)

    def visible(self, persons: Collection[UUID]) -> set[UUID]:
        """Those among these people whose files the reader may open."""
        return self.reader.visible(self.tracker, persons)

    def may_see(self, person: UUID) -> bool:
        """Whether the reader may open this person's file."""
        return bool(self.visible([person]))

    def searchable(self) -> Callable[[Collection[UUID]], set[UUID]]:
        """As `visible`, but found out beforehand for all: that a name is on record must not show in how long its search takes."""
        with self.tracker.views() as db:
            own = self.listed(db)
        return self.visible if own is None else lambda persons: {person for person in persons if person.bytes in own}

    def listed(self, db: Views) -> set[bytes] | None:
        """All the people whose files the reader may open, None for everybody's."""
        return self.reader.listed(db)

    def demo_accounts(self) -> Sequence[Account]:
        """The accounts anybody may take in a demonstration; none elsewhere."""
        return self.tracker.door.accounts.all(*Role) if self.is_demo else ()


class _ForReader:
    """Opens what one reader may read, and notes whom that concerned. Everything else stays as if sealed."""

    def __init__(
        self, tracker: Tracker, reader: Reader, events: Iterable[Record.Event], only: Callable[[Sealed], bool] | None
    ) -> None:
        self._vault = tracker.vault
        readable = reader.readable(tracker, events)
        self._readable = readable if only is None else {text for text in readable if only(text)}

    def open_many(self, many: Iterable[Sealed]) -> list[str | Enum]:
        """In the order given."""
        asked = list(many)
        chosen = [text for text in asked if text in self._readable]
        found = dict(zip(chosen, self._vault.open_many(chosen), strict=True))
        read: dict[UUID, set[str]] = g.setdefault("read", {})
        for text, words in found.items():
            if isinstance(words, str):
                read.setdefault(text.person, set()).add(text.field)
        return [found.get(text, Withheld.SEALED) for text in asked]


def desk() -> Desk:
    """The desk of the application that answers."""
    found: Desk = current_app.extensions["khronika"]
    return found


def stopped_views() -> list[str]:
    """The views that could not fold an event and show the past since: said on every page."""
    return sorted(name for name, standing in desk().tracker.projector.standings().items() if standing.stopped_at is not None)


def moment(seconds: float) -> str:
    """A moment of this machine's clock on the home zone's, as pages about accounts and sessions say it."""
    return recorded_at(datetime.fromtimestamp(seconds, UTC), desk().teller())


def today() -> date:
    """The day on the home zone's calendar: consent "until" a day holds through it."""
    return datetime.now(zone_named(HOME_ZONE)).date()


def recorded_at(moment: datetime, teller: Teller) -> str:
    """The hour at which something was recorded, on the home zone's clock."""
    return teller.when(When.at(moment.replace(second=0, microsecond=0), HOME_ZONE), language())
