"""The pages of people who want to be known: what their own written consent covers today, and nothing else.

For some a name that is known is protection. A name goes out only as it was recorded, under the kind that the consent names, never
cut out of another; what happened only in codes, days and cities: no words, nobody else. Whoever once could have had a page keeps
its address: when consent is withdrawn, has lapsed, is disputed or the person was forgotten, it says that and no more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from domain.consent import PUBLISHING, Consent
from domain.errors import RuleBroken
from domain.person import Person
from domain.states import is_told, states_of
from projections import case_files, consents, people
from web.languages import translated as _
from web.publishing.material import File, Material, page
from web.publishing.stories import story_of
from web.telling.words import one_line
from web.vault.person_keys import Unopened
from web.wiring import Tracker

_PAGES = UUID("6c1b9c0e-52f4-5d57-8c8e-0b8d2f6a9d31")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody with a page. `name` is "" and `events` None where the consent does not cover them; `is_published` is whether it
    covers anything.
    """

    pages: tuple[str, ...]
    is_published: bool
    name: str = ""
    events: Sequence[Any] | None = None


def person_page(file: bytes) -> str:
    """The name of a file's page, for good. It is not the number of the file inside, which stands in the access log."""
    return f"person-{uuid5(_PAGES, file.hex())}.html"


def people_of(tracker: Tracker, account: UUID, on: date) -> list[Known]:
    """Everybody who ever could have had a page, as consent is on this day. What is opened for it is an export of `account`, and
    written to the access log first. Raises RuleBroken `vault_locked` where names cannot be opened.
    """
    with tracker.views() as db:
        asked = consents.ever_to_print(db)
        clusters = people.clusters(db, asked)
        holding = consents.own_voices(db, asked, on)
        files: dict[tuple[bytes, ...], list[bytes]] = {}
        for file in sorted(asked):
            files.setdefault(tuple(sorted(clusters[file])), []).append(file)
        records = {together: case_files.records_of(db, together) for together in files}
    open_to = {together: holding[some[0]] for together, some in files.items()}
    published = [together for together, consent in open_to.items() if _covers(consent)]
    if published:
        tracker.access.exported(account, [UUID(bytes=file) for together in published for file in together], "published")
    return [_known(tracker, together, some, records[together], open_to[together]) for together, some in files.items()]


def people_files(known: Material, language: str) -> Iterator[File]:
    """The list, and each page."""
    listed = []
    for person in known.people:
        told = story_of(person.events, known.names, known.tallies.held, language) if person.events is not None else None
        for name in person.pages:
            yield (
                f"{language}/{name}",
                page("published/person.html", language, known, here=name, person=person, story=told, citation=""),
            )
        if person.is_published:
            listed.append((person.pages[0], person.name or _("Somebody who did not want to be named")))
    yield (
        f"{language}/people.html",
        page("published/people.html", language, known, listed=sorted(listed, key=lambda one: one[::-1])),
    )


def _covers(consent: Consent) -> bool:
    return any(consent.is_own_and_written(scope) for scope in PUBLISHING)


def _known(
    tracker: Tracker, together: Sequence[bytes], files: Sequence[bytes], records: Iterable[bytes], consent: Consent
) -> Known:
    pages = tuple(person_page(file) for file in files)
    if not _covers(consent):
        return Known(pages, False)
    told = case_files.about(tracker.log.of(UUID(bytes=record) for record in records), {UUID(bytes=file) for file in together})
    states = states_of([(one.position, one.event) for one in told])
    standing = [state.last[1] for state in states.values() if state.stands and is_told(state.steps[0][1])]
    events = standing if consent.is_own_and_written("publish_story") else None
    return Known(pages, True, _name(tracker, standing, consent), events)


def _name(tracker: Tracker, standing: Iterable[Any], consent: Consent) -> str:
    """The latest name of a kind that the consent covers; "" where none was recorded as such."""
    named = [event for event in standing if isinstance(event, Person.Named)]
    is_full = consent.is_own_and_written("publish_full_name")
    kinds: list[tuple[str, ...]] = [("full",)] if is_full else []
    if is_full or consent.is_own_and_written("publish_first_name"):
        kinds.append(("first", "pseudonym"))
    chosen = next((some for some in ([one for one in named if one.kind in kind] for kind in kinds) if some), None)
    if chosen is None:
        return ""
    (found,) = tracker.vault.open_many([chosen[-1].name])
    if found is Unopened.LOCKED:
        raise RuleBroken("vault_locked")
    return one_line(found) if isinstance(found, str) else ""
