"""Feeds of what is new and what was corrected: Atom (RFC 4287) and JSON Feed 1.1, of the same entries.

A feed has PER_FILE entries; the rest stand in further files that it links to (RFC 5005, `next_url`), so that nothing is cut off.
Addresses are relative: the host is not known to whoever writes the bundle, and it may move.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from xml.etree import ElementTree

from web.languages import translated as _
from web.publishing.feed_entries import FeedEntry
from web.publishing.wording import moment_text

PER_FILE = 100
_ATOM = "http://www.w3.org/2005/Atom"
_VERSION = "https://jsonfeed.org/version/1.1"
FEED_IDS = {
    "en": "urn:uuid:9f6f2a52-8c0f-5b0e-a6f5-6d1a2b7f4e90",
    "ru": "urn:uuid:2d9f3c67-51ab-5c0e-8f7d-7c44c3f0e5b1",
}
FORMS = ("atom", "json")

LinkOf = Callable[[FeedEntry], str]
"""The address of the page an entry is on, as it is reached from the feed."""


def feed_name(form: str, number: int) -> str:
    """The name of the feed's files: feed.atom, feed-2.atom ..."""
    return f"feed{f'-{number}' if number > 1 else ''}.{form}"


def feed_files(entries: Sequence[FeedEntry], language: str, link_of: LinkOf) -> Iterator[tuple[str, bytes]]:
    """Every file of the feed, in both forms."""
    portions = [entries[first : first + PER_FILE] for first in range(0, len(entries), PER_FILE)] or [entries]
    for number, some in enumerate(portions, 1):
        for form in FORMS:
            following = feed_name(form, number + 1) if number < len(portions) else None
            yield feed_name(form, number), written(form, some, language, link_of, feed_name(form, number), following)


def written(form: str, entries: Sequence[FeedEntry], language: str, link_of: LinkOf, own: str, following: str | None) -> bytes:
    """One file of a feed. `own` is its address, `following` that of the next one."""
    write = _atom if form == "atom" else _json
    return write(entries, language, link_of, own, following)


def feed_title() -> str:
    """As the feed is called."""
    return _("Khronika: new and corrected records")


def _atom(entries: Sequence[FeedEntry], language: str, link_of: LinkOf, own: str, following: str | None) -> bytes:
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _add(feed, "title", feed_title())
    _add(feed, "id", FEED_IDS[language])
    _add(feed, "updated", moment_text(max((entry.updated for entry in entries), default=0)))
    _add(_add(feed, "author"), "name", _("Khronika"))
    _add(feed, "link", rel="self", href=own, type="application/atom+xml")
    if following is not None:
        _add(feed, "link", rel="next", href=following, type="application/atom+xml")
    for entry in entries:
        one = _add(feed, "entry")
        _add(one, "id", entry.id)
        _add(one, "title", entry.title)
        _add(one, "published", moment_text(entry.published))
        _add(one, "updated", moment_text(entry.updated))
        _add(one, "link", rel="alternate", href=link_of(entry), type="text/html")
        _add(one, "category", term=entry.about)
        _add(one, "category", term=entry.state)
        _add(one, "summary", entry.summary or entry.title)
    ElementTree.indent(feed)
    found: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return found + b"\n"


def _json(entries: Sequence[FeedEntry], language: str, link_of: LinkOf, own: str, following: str | None) -> bytes:
    feed: dict[str, object] = {
        "version": _VERSION,
        "title": feed_title(),
        "language": language,
        "feed_url": own,
        "authors": [{"name": _("Khronika")}],
    }
    if following is not None:
        feed["next_url"] = following
    feed["items"] = [
        {
            "id": entry.id,
            "url": link_of(entry),
            "title": entry.title,
            "content_text": entry.summary or entry.title,
            "date_published": moment_text(entry.published),
            "date_modified": moment_text(entry.updated),
            "tags": [entry.about, entry.state],
            "language": language,
        }
        for entry in entries
    ]
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _add(under: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    found = ElementTree.SubElement(under, f"{{{_ATOM}}}{name}", attributes)
    found.text = text
    return found
