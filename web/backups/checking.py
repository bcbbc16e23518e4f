"""Whether what was restored is what was backed up: every event is read, every key is tried, every exhibit is read and compared
with its hash, the forgotten stay shut.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from domain.exhibit import Exhibit
from domain.privacy import Sealed
from domain.record import Record
from projections.log import Unreadable
from web.backups.contents import Manifest
from web.exhibits.originals import Condition, Original
from web.telling.opening import sealed_in
from web.vault import Unopened
from web.vault.errors import BackupRefused
from web.wiring import Tracker

PAGE = 5000


@dataclass(frozen=True, slots=True)
class Checked:
    """Counts, and who is not well."""

    events: int
    people: int
    """People about whom there is sealed text."""
    opened: int
    """Those of them of whom a text was opened."""
    forgotten: int
    keyless: tuple[UUID, ...]
    """Those whose key is lost, or was never in the backup."""
    damaged: tuple[UUID, ...]
    """Those of whom a text did not open although their key did."""
    exhibits: int
    """Originals that were read from beginning to end and are what was deposited."""
    exhibits_not_whole: tuple[UUID, ...]


def check(tracker: Tracker, manifest: Manifest, forgotten: Collection[UUID]) -> Checked:
    """Raises BackupRefused `restore_violated` for what must not be: an event lost, a view stopped, the forgotten open."""
    events = 0
    seen: dict[UUID, str | Unopened] = {}
    whole, not_whole = 0, list[UUID]()
    for told, texts in _pages(tracker):
        events += len(told)
        for original in _originals(told, forgotten):
            is_whole = tracker.originals.condition(original) is Condition.WHOLE
            whole += is_whole
            not_whole += [] if is_whole else [original.exhibit]
        # the first text of each person, and every text of the forgotten
        wanted = [text for text in texts if text.person in forgotten] + list(
            {text.person: text for text in texts if text.person not in seen and text.person not in forgotten}.values()
        )
        for text, found in zip(wanted, tracker.vault.open_many(wanted), strict=True):
            if text.person in forgotten and found is not Unopened.FORGOTTEN:
                raise BackupRefused("restore_violated", what="forgotten")
            seen[text.person] = found
    if any(tracker.originals.has_any_of(person) for person in forgotten):
        raise BackupRefused("restore_violated", what="forgotten")
    if events != manifest.events or tracker.log.last() != manifest.position:
        raise BackupRefused("restore_violated", what="events")
    standings = tracker.projector.standings()
    ours = [standings[name] for name in tracker.projector.projections]
    if any(standing.stopped_at is not None for standing in standings.values()) or any(
        standing.position < manifest.position for standing in ours
    ):
        raise BackupRefused("restore_violated", what="views")
    keyless = set(tracker.vault.without_key(person for person, found in seen.items() if found is Unopened.DAMAGED))
    return Checked(
        events,
        len(seen),
        sum(isinstance(found, str) for found in seen.values()),
        sum(found is Unopened.FORGOTTEN for found in seen.values()),
        tuple(sorted(keyless)),
        tuple(sorted(person for person, found in seen.items() if found is Unopened.DAMAGED and person not in keyless)),
        whole,
        tuple(not_whole),
    )


def _originals(told: Iterable[Record.Event], forgotten: Collection[UUID]) -> Iterator[Original]:
    for event in told:
        if isinstance(event, Exhibit.Deposited) and event.sha256 is not None and event.person not in forgotten:
            owner = event.person or event.originator_id
            yield Original(owner, event.originator_id, event.sha256, event.size or 0)


def _pages(tracker: Tracker) -> Iterator[tuple[list[Record.Event], list[Sealed]]]:
    """Each page of the record, and the sealed texts on it."""
    after = 0
    while True:
        try:
            page = tracker.log.page(after, PAGE)
        except Unreadable:
            raise BackupRefused("restore_violated", what="events") from None
        if not page:
            return
        yield [told.event for told in page], [text for told in page for text in sealed_in(told.event)]
        after = page[-1].position
