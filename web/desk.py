"""What is at hand when a page is made: the installation, who is recording, and the teller for this reader.

The one place where sealed words are opened for a page: all of a page's in one go, kept no longer than the page.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import current_app

from domain.moment import When
from domain.privacy import Sealed, Words
from domain.provenance import Entry, Source
from domain.record import Record
from domain.wall_clock import zone_named
from web.languages import language
from web.telling import Teller, opened_at_once
from web.telling.words import opened
from web.wiring import Tracker

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
    """An installation as the pages see it. `recorder` is the account whatever is entered here is recorded by."""

    tracker: Tracker
    recorder: UUID
    is_demo: bool

    def entry(self, source: Source, command: UUID) -> Entry:
        """One act of entering something at this desk."""
        return Entry(self.recorder, source, command)

    def visible(self, persons: Collection[UUID]) -> set[UUID]:
        """Those of these people whose files the reader of the page may see."""
        return set(persons)

    def teller(self, events: Iterable[Record.Event] = ()) -> PageTeller:
        """Tells these events to the reader of this page; other events it would tell with their words sealed."""
        return PageTeller(self.tracker.gazetteer, opened_at_once(self.tracker.vault, events), home=HOME_COUNTRY)


def desk() -> Desk:
    """The desk of the application that answers."""
    found: Desk = current_app.extensions["khronika"]
    return found


def stopped_views() -> list[str]:
    """The views that could not fold an event and show the past since: said on every page."""
    return sorted(name for name, standing in desk().tracker.projector.standings().items() if standing.stopped_at is not None)


def today() -> date:
    """The day on the home zone's calendar: consent "until" a day holds through it."""
    return datetime.now(zone_named(HOME_ZONE)).date()


def recorded_at(moment: datetime, teller: Teller) -> str:
    """The hour at which something was recorded, on the home zone's clock."""
    return teller.when(When.at(moment.replace(second=0, microsecond=0), HOME_ZONE), language())
