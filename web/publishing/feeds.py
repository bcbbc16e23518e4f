"""Feeds of what is new and what was corrected: Atom (RFC 4287) and JSON Feed 1.1, of the same entries.

A feed has PER_FILE entries; the rest stand in further files that it links to (RFC 5005, `next_url`), so that nothing is cut off.
Where the bundle will lie is told with `khronika publish --address`: then addresses in feeds are whole, as many readers of JSON
Feed want them. Otherwise they are relative, and hold wherever the bundle is taken.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5
from xml.etree import ElementTree

from web.languages import translated as _
from web.publishing.feed_entries import FeedEntry
from web.publishing.wording import moment_text

PER_FILE = 100
_ATOM = "http://www.w3.org/2005/Atom"
_VERSION = "https://jsonfeed.org/version/1.1"
FORMS = ("atom", "json")

LinkOf = Callable[[FeedEntry], str]
"""The address of the page an entry is on, as it is reached from the feed."""


def feed_name(form: str, number: int) -> str:
    """The name of the feed's files: feed.atom, feed-2.atom ..."""
    return f"feed{f'-{number}' if number > 1 else ''}.{form}"


@dataclass(frozen=True, slots=True)
class Feed:
    """One language's feed of one record. `origin` is of that record (`Announced.origin`), so that the feeds of two organisations
    have two ids; `base` goes before the names of its files, "" or the address of their folder; `home` is the address of the page
    about all."""

    origin: UUID
    language: str
    base: str
    home: str
    link_of: LinkOf

    @property
    def id(self) -> str:
        """For good, wherever the feed lies."""
        return uuid5(self.origin, f"feed {self.language}").urn


def feed_files(feed: Feed, entries: Sequence[FeedEntry]) -> Iterator[tuple[str, bytes]]:
    """Every file of the feed, in both forms."""
    portions = [entries[first : first + PER_FILE] for first in range(0, len(entries), PER_FILE)] or [entries]
    for number, some in enumerate(portions, 1):
        for form in FORMS:
            name, following = feed_name(form, number), feed_name(form, number + 1)
            yield name, written(form, feed, some, feed.base + name, feed.base + following if number < len(portions) else None)


def written(form: str, feed: Feed, entries: Sequence[FeedEntry], own: str, following: str | None) -> bytes:
    """One file of a feed. `own` is its address, `following` that of the next one."""
    write = _atom if form == "atom" else _json
    return write(feed, entries, own, following)


def feed_title() -> str:
    """As the feed is called."""
    return _("Khronika: new and corrected records")


def _atom(feed: Feed, entries: Sequence[FeedEntry], own: str, following: str | None) -> bytes:
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})
    _add(root, "title", feed_title())
    _add(root, "id", feed.id)
    _add(root, "updated", moment_text(max((entry.updated for entry in entries), default=0)))
    _add(_add(root, "author"), "name", _("Khronika"))
    _add(root, "link", rel="alternate", href=feed.home, type="text/html")
    _add(root, "link", rel="self", href=own, type="application/atom+xml")
    if following is not None:
        _add(root, "link", rel="next", href=following, type="application/atom+xml")
    for entry in entries:
        one = _add(root, "entry")
        _add(one, "id", entry.id)
        _add(one, "title", entry.title)
        _add(one, "published", moment_text(entry.published))
        _add(one, "updated", moment_text(entry.updated))
        _add(one, "link", rel="alternate", href=feed.link_of(entry), type="text/html")
        _add(one, "category", term=entry.about)
        _add(one, "category", term=entry.state)
        _add(one, "summary", entry.summary or entry.title)
    ElementTree.indent(root)
    found: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return found + b"\n"


def _json(feed: Feed, entries: Sequence[FeedEntry], own: str, following: str | None) -> bytes:
    told: dict[str, object] = {
        "version": _VERSION,
        "title": feed_title(),
        "language": feed.language,
        "home_page_url": feed.home,
        "feed_url": own,
        "authors": [{"name": _("Khronika")}],
    }
    if following is not None:
        told["next_url"] = following
    told["items"] = [
        {
            "id": entry.id,
            "url": feed.link_of(entry),
            "title": entry.title,
            "content_text": entry.summary or entry.title,
            "date_published": moment_text(entry.published),
            "date_modified": moment_text(entry.updated),
            "tags": [entry.about, entry.state],
            "language": feed.language,
        }
        for entry in entries
    ]
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _add(under: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    found = ElementTree.SubElement(under, f"{{{_ATOM}}}{name}", attributes)
    found.text = text
    return found
