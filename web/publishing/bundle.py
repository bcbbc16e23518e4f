"""The bundle: every file of it, from the record and nothing else. The same record gives the same bytes.

Pages in both languages, maps as PNG and SVG, tables as CSV and GeoJSON, feeds, and pages of people who consented, under names
that stay. What it says of a city is what was announced; what it says within one is what was published (`web/maps/outside.py`).
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from flask import Flask
from flask_babel import force_locale

from projections.days import month_of
from web.desk import today
from web.maps.downloads import comma_separated, geojson
from web.maps.outside import FIGURE
from web.maps.outside_sheets import city_rows
from web.publishing.cities import city_files, map_name
from web.publishing.country import country_files
from web.publishing.data_files import data_files
from web.publishing.earlier import MANIFEST, NOTHING_EARLIER, Earlier, drawn_by
from web.publishing.feed_entries import FeedEntry, feed_entries
from web.publishing.feeds import Feed, feed_files
from web.publishing.figure_files import figure_files
from web.publishing.material import File, Material, city_file, material_of, page
from web.publishing.people import people_files, people_of
from web.publishing.wording import day_text
from web.releasing.files import bundle_files as released_files
from web.settings import LANGUAGES
from web.vault.accounts import OPERATOR
from web.wiring import Tracker

STYLE = Path(__file__).with_name("published.css")


def bundle_of(
    app: Flask,
    tracker: Tracker,
    earlier: Earlier = NOTHING_EARLIER,
    *,
    account: UUID | None = None,
    on: date | None = None,
    address: str = "",
) -> Iterator[File]:
    """Every file, the manifest last: it names them all with their SHA-256, so that whoever copies the bundle can check it.

    `account` publishes, the operator's if none is told. Consent holds or not `on` a day, which is today; `address` is where the
    bundle will lie, if that is known: beside the record that is all the bundle depends on. Raises RuleBroken
    `held_back_unknown` and `vault_locked`, before the first file.
    """
    account = account or tracker.vault.accounts.id_of(OPERATOR)
    known = material_of(tracker, people_of(tracker, account, on or today()), earlier, address.rstrip("/"))
    made: dict[str, str] = {}
    for name, content in _files(app, known):
        made[name] = hashlib.sha256(content).hexdigest()
        yield name, content
    about = {"position": known.known.position, "as_of": known.known.as_of, "figure": FIGURE.name, "version": FIGURE.version}
    yield MANIFEST, json.dumps({**about, "drawn_by": drawn_by(), "files": made}, indent=1, sort_keys=True).encode()


def _files(app: Flask, known: Material) -> Iterator[File]:
    yield "published.css", STYLE.read_bytes()
    yield from data_files(known)
    for language in LANGUAGES:
        with app.test_request_context(), force_locale(language):
            yield from _in_language(known, language)
    with app.test_request_context(), force_locale("en"):
        yield "index.html", page("published/languages.html", "", languages=LANGUAGES)
        yield from released_files(known.tracker, partial(page, known=known))
        for maps in known.maps.values():
            for published in maps:
                rows, name = city_rows(published, known.names, "en"), map_name(published)
                yield f"data/{name}.geojson", geojson(rows).encode()
                yield f"data/{name}.csv", comma_separated(rows).encode()


def _in_language(known: Material, language: str) -> Iterator[File]:
    yield from country_files(known, language)
    yield from city_files(known, language)
    yield from figure_files(known, language)
    yield from people_files(known, language)
    base = f"{known.address}/{language}/" if known.address else ""
    feed = Feed(known.known.origin, language, base, f"{base}index.html", lambda entry: base + _on_page(entry))
    for name, content in feed_files(feed, feed_entries(known.known, known.names, language)):
        yield f"{language}/{name}", content
    yield f"{language}/method.html", page("published/method.html", language, known, method=FIGURE.method[language == "ru"])


def _on_page(entry: FeedEntry) -> str:
    """Where in the bundle an entry of the feed is told: on the page of its city's month."""
    anchor = f"{entry.about}-{entry.record}" if entry.record is not None else f"day-{day_text(entry.day) or 'undated'}"
    return f"{city_file(entry.city, month_of(entry.day))}#{anchor}"
