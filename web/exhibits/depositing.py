"""The form for an exhibit: the file is sealed as soon as it is here, the exhibit recorded once the form can be read.

So whatever is wrong with the form, the file need not be sent a second time: it waits, sealed, under the id minted with the form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from domain.casebook import Outcome
from domain.errors import RuleBroken
from domain.exhibit import Exhibit
from domain.incident import Incident
from domain.provenance import Source
from domain.vocabulary.exhibits import MEDIA
from projections import exhibits, people
from web.access.exhibits import opened_by
from web.desk import Desk
from web.entries.fields import Field, fields_of
from web.entries.forms import Form, Ids, answered, minted
from web.entries.labels import hint, label
from web.entries.problems import refusal
from web.entries.sealing import sealed_facts, sealed_source, sealer
from web.entries.subject import Subject
from web.exhibits.forms_of_files import ENOUGH, form_of_file
from web.exhibits.one import told_size
from web.exhibits.originals import Original
from web.exhibits.receiving import Spool
from web.languages import language
from web.languages import translated as _
from web.lines import STANDS
from web.settings import MEGABYTE
from web.telling import short_id

LONGEST_ENTRY = 90
"""So much of an entry's sentence stands in the list of entries."""
_LINKS = {"detentions": "detention", "incidents": "incident", "protests": "protest", "people": "person"}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is here, sealed, and the exhibits on record that are the same file."""

    original: Original
    media: str
    same: tuple[UUID, ...]


def deposit_answered(desk: Desk, about: Subject) -> ResponseReturnValue:
    """The form, or the form again, or on to the exhibit's page."""
    person = _person(desk, about)
    try:
        arrived = _arrived(desk, person) if request.method == "POST" else None
    except RuleBroken as refused:
        return refusal(refused)
    form = Form(
        _("Add an exhibit"),
        _fields(desk, about, arrived),
        about.page,
        intro=_(
            "The file is kept byte for byte, sealed, and told from any other by its SHA-256. Pages show a smaller copy of a "
            "picture, without what the camera wrote into it."
        ),
        submit=_("Deposit"),
        within=about.within,
        minted=("record",),
    )

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        return _recorded(desk, about, person, arrived, facts, source, ids["record"])

    return answered(form, desk, record)


def _person(desk: Desk, about: Subject) -> UUID | None:
    """Whom it is about, None for what is about nobody on file."""
    match about.kind:
        case "protests":
            return None
        case "incidents":
            return desk.tracker.casebook.standing(Incident, about.record).concerns()
    return about.person


def _arrived(desk: Desk, person: UUID | None) -> Arrived | None:
    """What was sent with the form now, or with the same form before. Raises RuleBroken for what cannot be kept."""
    exhibit, originals = minted("record"), desk.tracker.originals
    owner = person or exhibit
    sealer(desk.tracker.vault, owner, exhibit)  # the key first, committed
    sent = request.files.get("file")
    content: Any = sent.stream if sent is not None else None
    with originals.depositing():
        if isinstance(content, Spool) and (found := _measured(desk, content, owner, exhibit)) is not None:
            beginning = next(content.chunks())[:ENOUGH]
            originals.keep(found, content.chunks())
        else:
            waiting = originals.waiting(owner, exhibit)
            if waiting is None:
                return None
            found = waiting
            beginning = b"".join(islice(originals.read(found), 1))[:ENOUGH]
    with desk.tracker.views() as db:
        rows = [row for row in exhibits.same_file(db, bytes.fromhex(found.sha256)) if row.exhibit != exhibit.bytes]
        gone = people.forgotten_among(db, {row.person for row in rows if row.person is not None})
    same = tuple(UUID(bytes=row.exhibit) for row in rows if row.person not in gone)
    return Arrived(found, form_of_file(beginning), same)


def _measured(desk: Desk, content: Spool, owner: UUID, exhibit: UUID) -> Original | None:
    digest, size = sha256(), 0
    for chunk in content.chunks():
        digest.update(chunk)
        size += len(chunk)
    largest = desk.tracker.settings.largest_exhibit
    if size > largest:
        raise RuleBroken("exhibit_too_large", megabytes=largest // MEGABYTE)
    return Original(owner, exhibit, digest.hexdigest(), size) if size else None


def _fields(desk: Desk, about: Subject, arrived: Arrived | None) -> list[Field]:
    kind, *told = fields_of(Exhibit.Deposited, language())
    asked = [Field("file", "upload", label("", "file"), _told_of_file(desk, arrived)), kind]
    if arrived is not None and arrived.same:
        again = Field("again", "choices", label("", "again"), _told_of_same(desk, arrived.same))
        asked.insert(1, _with_options(again, {"yes": _("It is deposited once more all the same")}))
    supports = Field("supports", "choice", label("", "supports"), hint("", "supports"), later=True)
    return [*asked, *told, _with_options(supports, _entries(about))]


def _with_options(field: Field, options: Mapping[str, str]) -> Field:
    return Field(field.name, field.shape, field.label, field.hint, options=tuple(options.items()), later=field.later)


def _entries(about: Subject) -> dict[str, str]:
    lines = [line for line in about.history.lines() if line.state == STANDS and line.may_correct]
    return {str(line.version): f"{line.version}: {line.sentence[:LONGEST_ENTRY]}" for line in lines}


def _told_of_file(desk: Desk, arrived: Arrived | None) -> str:
    if arrived is None:
        most = desk.tracker.settings.largest_exhibit // MEGABYTE
        return _("At most %(most)d MB. Leave it out where there is nothing but a link.", most=most)
    form, size = MEDIA.label(arrived.media, language()), told_size(arrived.original.size)
    return _("The file is here already: %(form)s, %(size)s. Choose another only if it was the wrong one.", form=form, size=size)


def _told_of_same(desk: Desk, same: tuple[UUID, ...]) -> str:
    """With a link to those that the reader may see; that others are there is said, and nothing of them."""
    with desk.tracker.views() as db:
        rows = exhibits.rows_of(db, [exhibit.bytes for exhibit in same])
    seen = [UUID(bytes=row.exhibit) for row in opened_by(desk.reader, desk.tracker, rows)]
    if not seen:
        return _("The very same file was deposited before, with a record that is not among those you may open.")
    link = Markup('<a href="{}">{}</a>')
    links = Markup(", ").join(link.format(url_for("exhibits.page", exhibit=one), short_id(one)) for one in seen)
    return Markup("{} {}").format(_("The very same file was deposited before:"), links)


def _recorded(
    desk: Desk,
    about: Subject,
    person: UUID | None,
    arrived: Arrived | None,
    facts: dict[str, Any],
    source: Source,
    exhibit: UUID,
) -> tuple[Outcome, str]:
    again, supports = facts.pop("again", ()), facts.pop("supports")
    facts.pop("file")
    if arrived is not None and arrived.same and "yes" not in again:
        raise RuleBroken("exhibit_on_file")
    seal = sealer(desk.tracker.vault, person or exhibit, exhibit)
    sealed, source = sealed_facts(Exhibit.Deposited, facts, seal), sealed_source(source, seal)
    links: dict[str, Any] = {"person": person, _LINKS[about.kind]: about.record}
    if supports:
        links["supports"] = int(supports)
    with desk.tracker.originals.depositing():
        if arrived is not None:
            original = arrived.original
            if not desk.tracker.originals.path(original).exists():
                raise RuleBroken("exhibit_file_gone")
            links |= {"sha256": original.sha256, "size": original.size, "media": arrived.media}
        outcome = desk.tracker.casebook.deposit_exhibit(desk.entry(source, exhibit), exhibit, **links, **sealed)
    return outcome, url_for("exhibits.page", exhibit=exhibit)
