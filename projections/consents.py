"""Consent: every word about it that stands, and from them what holds for a person on a day.

Read by case files, and by whatever shows, shares or publishes. Invariant: a row for each entry about consent in the
file of a person not forgotten, in the order in which it was first said; a correction changes what it says, not when, and one
that was withdrawn and brought back was said when it was.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, Row, Select, SmallInteger, String, Text, select

from domain.consent import PUBLISHING, Consent, Word, consent_of, is_own_and_written
from domain.detention import Detention
from domain.person import Person
from domain.record import Record
from domain.vocabulary.people import UNDER_AGE
from projections import people, positions, statistics
from projections.batch import Batch
from projections.projection import Projection, RecordKey

projection = Projection("consents", version=3)

words = projection.table(
    "words",
    Column("person", RecordKey, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("said", BigInteger, nullable=False),
    Column("told", BigInteger, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("given_by", String(20)),
    Column("form", String(20)),
    Column("until", String(10)),
    Column("stands", SmallInteger, nullable=False),
)
withdrawn = projection.table(
    "withdrawn",
    Column("person", RecordKey, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
minors = projection.table(
    "minors",
    Column("detention", RecordKey, primary_key=True),
    Column("person", RecordKey, nullable=False),
    index=[["person"]],
)
to_print = projection.table(
    "to_print",
    Column("person", RecordKey, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
"""The files in which anybody ever consented, for themselves and in writing, to be published. What was published is asked for
under its address for good, so they stay here whatever became of the consent, and of the person."""


@projection.on(Person.ConsentGiven)
def give(views: Batch, event: Person.ConsentGiven) -> None:
    """Somebody consents."""
    if is_own_and_written(event.given_by, event.form) and not set(PUBLISHING).isdisjoint(event.scopes):
        views.put(to_print, event.originator_id.bytes, position=views.position)
    until = event.until.isoformat() if event.until is not None else None
    _say(views, event, event.scopes, given_by=event.given_by, form=event.form, until=until)


@projection.on(Person.ConsentWithdrawn)
def withdraw(views: Batch, event: Person.ConsentWithdrawn) -> None:
    """Somebody takes it back."""
    _say(views, event, event.scopes)


def _say(
    views: Batch,
    event: Record.Event,
    scopes: Iterable[str],
    *,
    given_by: str | None = None,
    form: str | None = None,
    until: str | None = None,
) -> None:
    key = (event.originator_id.bytes, event.originator_version)
    known = views.get(words, key) if views.restating else None
    said = known.said if known is not None else views.position
    told: dict[str, Any] = {"scopes": " ".join(scopes), "given_by": given_by, "form": form, "until": until}
    views.put(words, key, said=said, told=views.position, stands=1, **told)


@projection.on(Person.Withdrawn)
def take_back(views: Batch, event: Person.Withdrawn) -> None:
    """The entry was a mistake; or the whole file was, and no word in it counts as long as it is withdrawn."""
    key = event.originator_id.bytes
    if event.version is None:
        views.put(withdrawn, key, position=views.position)
    elif views.get(words, (key, event.version)) is not None:
        views.set(words, (key, event.version), stands=0)


@projection.on(Person.Opened)
def bring_back(views: Batch, event: Person.Opened) -> None:
    """The file counts again, and with it every word in it that was not taken back for itself."""
    if views.restating and views.get(withdrawn, event.originator_id.bytes) is not None:
        views.remove(withdrawn, event.originator_id.bytes)


@projection.on(Person.Forgotten)
def forget(views: Batch, event: Person.Forgotten) -> None:
    """Nothing is left that anybody could consent to."""
    for version in range(1, event.originator_version):
        key = (event.originator_id.bytes, version)
        if views.get(words, key) is not None:
            views.remove(words, key)


@projection.on(Detention.Recorded)
def note_age(views: Batch, event: Detention.Recorded) -> None:
    """Of a minor, a guardian's word counts for more than a relative's."""
    if event.minor == "yes":
        views.put(minors, event.originator_id.bytes, person=event.person.bytes)
    elif views.restating:
        views.remove(minors, event.originator_id.bytes)


@projection.on(Detention.Withdrawn)
def take_back_age(views: Batch, event: Detention.Withdrawn) -> None:
    """What a withdrawn detention said of the age does not count."""
    if event.version is None and views.get(minors, event.originator_id.bytes) is not None:
        views.remove(minors, event.originator_id.bytes)


def holding(db: Connection, persons: Collection[bytes], on: date) -> dict[bytes, Consent]:
    """For each of these people what consent holds on a day of the installation's home zone, read from all of their files.

    As long as this view, or the one that knows whose files are whose, is stopped, nothing holds for anybody: a withdrawal may be
    among what it has not read. Whoever publishes lets the views catch up first.
    """
    if not positions.are_current(db, projection, people.projection):
        return dict.fromkeys(persons, Consent())
    clusters = people.clusters(db, persons)
    files = {file for together in clusters.values() for file in together}
    said: dict[bytes, list[Word]] = {}
    for some in people.portions(files):
        for row in db.execute(_standing(some)):
            said.setdefault(row.person, []).append(_word(row))
    young: set[bytes] = set()
    for some in people.portions(files):
        young |= set(db.scalars(select(minors.table.c.person).where(minors.table.c.person.in_(some))))
    return {
        person: consent_of((word for file in together for word in said.get(file, ())), on, minor=not young.isdisjoint(together))
        for person, together in clusters.items()
    }


def ever_to_print(db: Connection) -> list[bytes]:
    """Every file in which somebody ever consented to be published so that it could have been."""
    return list(db.scalars(select(to_print.table.c.person).order_by(to_print.table.c.person)))


def own_voices(db: Connection, persons: Collection[bytes], on: date) -> dict[bytes, Consent]:
    """As `holding`, but nothing for who is a minor by anything told in any of their files, an age that somebody said among it, or
    was forgotten in any: they are never published.
    """
    if not positions.are_current(db, statistics.projection):
        return dict.fromkeys(persons, Consent())
    found = holding(db, persons, on)
    clusters = people.clusters(db, persons)
    files = {file for together in clusters.values() for file in together}
    closed = people.forgotten_among(db, files)
    for some in people.portions(files):
        closed |= set(db.scalars(select(minors.table.c.person).where(minors.table.c.person.in_(some))))
        closed |= set(db.scalars(_said_to_be_young(some)))
    return {person: Consent() if closed & set(clusters[person]) else consent for person, consent in found.items()}


def is_shut(db: Connection, person: bytes, on: date) -> bool:
    """Whether consent to publish something holds for somebody of whom nothing is published all the same, as `own_voices` says."""
    told = holding(db, [person], on).get(person, Consent())
    asked = any(told.holds(scope) for scope in PUBLISHING)
    return asked and not own_voices(db, [person], on).get(person, Consent()).answers


def _said_to_be_young(files: Collection[bytes]) -> Select[Any]:
    """Those of whom it stands that they were under 18 on a day: that day is about what is published."""
    said = statistics.facts.table
    return select(said.c.person).where(
        said.c.person.in_(files),
        said.c.kind == statistics.DESCRIBED,
        said.c.known_until.is_(None),
        said.c.codes.in_(UNDER_AGE),
    )


def given_in(db: Connection, files: Collection[bytes], scope: str) -> list[bytes]:
    """Those of these files in which anybody ever consented to this scope: there it has to be withdrawn."""
    rows = db.execute(_standing(files))
    return sorted({row.person for row in rows if _word(row).gives(scope)})


def _standing(files: Collection[bytes]) -> Select[Any]:
    """Every word that stands in those of these files that were not withdrawn."""
    gone = select(withdrawn.table.c.person)
    return select(words.table).where(
        words.table.c.person.in_(files), words.table.c.stands == 1, words.table.c.person.not_in(gone)
    )


def _word(row: Row[Any]) -> Word:
    until = date.fromisoformat(row.until) if row.until is not None else None
    return Word(row.person, row.said, row.told, tuple(row.scopes.split()), row.given_by, row.form, until)
