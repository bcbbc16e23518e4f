"""One exhibit's page: its copy, what tells it from any other file, who captured, brought and recorded it, and its custody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from domain.exhibit import Exhibit
from domain.vocabulary.exhibits import CAPTURE_WAYS, EXHIBIT_KINDS, MEDIA
from projections import exhibits, readings
from web.coordinators.readings import Line as Act
from web.coordinators.readings import lines_at
from web.desk import Desk, recorded_at
from web.exhibits.copying import PICTURES
from web.exhibits.originals import Condition, Original
from web.languages import language
from web.languages import translated as _
from web.lines import Line, history_of
from web.telling import short_id

MOST_ACTS = 100
"""So many of the latest acts stand on the page; all are in the access log."""


@dataclass(frozen=True, slots=True)
class OneExhibit:
    """What the page shows. What is not known is ""; of one about somebody who was `forgotten` it shows nothing but that."""

    id: UUID
    number: str
    forgotten: bool = False
    stands: bool = True
    kind: str = ""
    about: str = ""
    """The page of the record it bears out, "" where the reader may not open it."""
    about_kind: str = ""
    supports: int | None = None
    media: str = ""
    size: str = ""
    sha256: str = ""
    condition: Condition | None = None
    """None for a link alone."""
    is_picture: bool = False
    captured: str = ""
    captured_how: str = ""
    captured_by: str = ""
    address: str = ""
    words: str = ""
    source: str = ""
    recorder: str = ""
    recorded: str = ""
    lines: Sequence[Line] = ()
    acts: Sequence[Act] = ()


def one_exhibit(desk: Desk, exhibit: UUID, *, with_acts: bool) -> OneExhibit | None:
    """An exhibit as it is known now; None for one that is not on record. `with_acts` for who may read the access log."""
    number = short_id(exhibit)
    if desk.tracker.casebook.is_forgotten(exhibit):
        return OneExhibit(exhibit, number, forgotten=True)
    with desk.tracker.views() as db:
        row = exhibits.one(db, exhibit.bytes)
    if row is None:
        return None
    history = history_of(desk, [exhibit.bytes])
    told = [event for _, event in history.told if isinstance(event, Exhibit.Deposited)]
    standing = history.standing(Exhibit.Deposited)
    said: Exhibit.Deposited = standing[0][1] if standing else told[0]
    original, teller = original_of(row), history.teller
    described = [event.words for _, event in history.standing(Exhibit.Described)]
    accounts = desk.tracker.vault.accounts.names()
    return OneExhibit(
        exhibit,
        number,
        stands=bool(row.stands),
        kind=EXHIBIT_KINDS.label(said.kind, language()),
        about=_page_of(desk, row),
        about_kind=row.about_kind,
        supports=said.supports,
        media=MEDIA.label(said.media, language()) if said.media is not None else "",
        size=told_size(said.size) if said.size is not None else "",
        sha256=said.sha256 or "",
        condition=desk.tracker.originals.condition(original) if original is not None else None,
        is_picture=said.media in PICTURES,
        captured=teller.when(said.captured, language()) if said.captured is not None else "",
        captured_how=CAPTURE_WAYS.label(said.captured_how, language()),
        captured_by=teller.name(said.captured_by) if said.captured_by is not None else "",
        address=teller.name(said.address) if said.address is not None else "",
        words="\n".join(filter(None, (teller.said(words) for words in (said.words, *described)))),
        source=teller.tell_source(said, language()),
        recorder=accounts.get(told[0].recorded_by, short_id(told[0].recorded_by)),
        recorded=recorded_at(told[0].timestamp, teller),
        lines=history.lines(),
        acts=_acts(desk, exhibit) if with_acts else (),
    )


def original_of(row: Any) -> Original | None:
    """The file of a row of the view; None for a link alone."""
    if row.sha256 is None:
        return None
    exhibit = UUID(bytes=row.exhibit)
    owner = UUID(bytes=row.person) if row.person is not None else exhibit
    return Original(owner, exhibit, bytes(row.sha256).hex(), row.size)


def told_size(size: int) -> str:
    """ "3.2 MB"; small ones in bytes."""
    if size < 10_000:
        return _("%(size)d bytes", size=size)
    if size < 1_000_000:
        return _("%(size)d kB", size=size // 1000)
    return _("%(size).1f MB", size=size / 1_000_000)


def _page_of(desk: Desk, row: Any) -> str:
    about = UUID(bytes=row.about)
    if row.about_kind == "protest":
        return url_for("monitors.protest", protest=about)
    if row.person is None:
        return url_for("monitors.incident", incident=about)
    person = UUID(bytes=row.person)
    return url_for("lawyers.case_file", person=person) if desk.may_see(person) else ""


def _acts(desk: Desk, exhibit: UUID) -> Sequence[Act]:
    desk.tracker.readings.follow()
    with desk.tracker.views() as db:
        found = readings.readers(db, [exhibit.bytes], limit=MOST_ACTS)
    return lines_at(desk, found, language())
