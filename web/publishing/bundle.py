"""The bundle: every file of it, from the record and nothing else. The same record gives the same bytes.

Pages in both languages, maps as PNG and SVG, tables as CSV and GeoJSON, under names that stay. What it says of a city is what was
announced; what it says within one is what was published (`web/maps/outside.py`).
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, render_template
from flask_babel import force_locale

from projections import positions, published_cells, statistics
from projections.reconciling import Total, sum_of
from web.citing import cite
from web.languages import translated as _
from web.maps.downloads import comma_separated, geojson
from web.maps.drawing import Sheet, png_of, svg_of
from web.maps.outside import FIGURE, Published, published_of
from web.maps.outside_sheets import city_rows, city_sheet, country_sheet
from web.maps.period import month_text, month_told
from web.publishing.tallies import UNKNOWN, Tallies, tallies_of
from web.releasing.files import bundle_files as released_files
from web.settings import LANGUAGES
from web.sightings import interval
from web.wiring import Tracker

MANIFEST = "manifest.json"
STYLE = Path(__file__).with_name("published.css")

File = tuple[str, bytes]
"""A name in the bundle, with slashes, and what it holds."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that the bundle is made of, read in one go."""

    tracker: Tracker
    tallies: Tallies
    as_of: str
    maps: Mapping[int, Sequence[Published]]


def bundle_of(app: Flask, tracker: Tracker) -> Iterator[File]:
    """Every file, the manifest last: it names them all with their SHA-256, so that whoever copies the bundle can check it."""
    known = _material(tracker)
    made: dict[str, str] = {}
    for name, content in _files(app, known):
        made[name] = hashlib.sha256(content).hexdigest()
        yield name, content
    about = {"position": known.tallies.position, "as_of": known.as_of, "figure": FIGURE.name, "version": FIGURE.version}
    yield MANIFEST, json.dumps({**about, "files": made}, indent=1, sort_keys=True).encode()


def _material(tracker: Tracker) -> Material:
    with tracker.views() as db:
        position = positions.reached(db, statistics.projection)
        tallies = tallies_of(db, position)
        cities = {city.city for row in published_cells.published_months(db) for city in published_cells.cities_of(db, row)}
        maps = {city: published_of(db, city) for city in sorted(cities)}
    last = tracker.log.at([position]).get(position)
    as_of = last.event.timestamp.strftime("%Y-%m-%d %H:%M UTC") if last is not None else ""
    return Material(tracker, tallies, as_of, maps)


def _files(app: Flask, known: Material) -> Iterator[File]:
    yield "published.css", STYLE.read_bytes()
    yield "data/tallies.csv", _tallies_file(known)
    for language in LANGUAGES:
        with app.test_request_context(), force_locale(language):
            yield from _in_language(known, language)
    with app.test_request_context(), force_locale("en"):
        yield "index.html", _page("published/languages.html", "", languages=LANGUAGES)
        yield from released_files(known.tracker, partial(_page, known=known))
        for maps in known.maps.values():
            for published in maps:
                rows, name = city_rows(published, known.tracker.gazetteer, "en"), _map_name(published)
                yield f"data/{name}.geojson", geojson(rows).encode()
                yield f"data/{name}.csv", comma_separated(rows).encode()


def _in_language(known: Material, language: str) -> Iterator[File]:
    names, tallies = known.tracker.gazetteer, known.tallies
    times = [("country", _("all that was recorded"), tallies.of_all_time(), sum_of(tallies.not_placed.values()))]
    times += [
        (
            f"country-{month_text(month)}",
            month_told(month),
            tallies.of_month(month),
            tallies.not_placed.get(month, Total(0, 0)),
        )
        for month in tallies.months
    ]
    pages = [(name, when) for name, when, *_others in times]
    for name, when, by_city, not_placed in times:
        of = {} if name == "country" else {"month": name.removeprefix("country-")}
        citation = cite(FIGURE.name, FIGURE.version, tallies.position, of)
        drawn = country_sheet(by_city, when, citation, names, language)
        if drawn is not None:
            yield from _pictures(f"{language}/maps/{name}", drawn)
        values: dict[str, Any] = {
            "name": name,
            "when": when,
            "pages": pages,
            "cities": _listed(known, by_city, language),
            "not_placed": interval(not_placed, language) or "0",
            "drawn": drawn,
            "citation": citation,
        }
        page = "index.html" if name == "country" else f"{name}.html"
        yield f"{language}/{page}", _page("published/country.html", language, known, **values)
    for city, by_month in tallies.cities.items():
        maps = known.maps.get(city, ())
        for published in maps:
            yield from _pictures(f"{language}/maps/{_map_name(published)}", city_sheet(published, names, language))
        values = {
            "id": city,
            "city": names.city_name(city, language),
            "months": [
                (month_told(month) if month != UNKNOWN else _("month not known"), interval(total, language) or "0")
                for month, total in sorted(by_month.items(), reverse=True)
            ],
            "maps": [
                (
                    _map_name(published),
                    month_told(published.month),
                    city_rows(published, names, language).rows,
                    published.counted_at,
                    published.told,
                    by_month.get(published.month, Total(0, 0)).low,
                )
                for published in maps
            ],
            "citation": cite(FIGURE.name, FIGURE.version, tallies.position, {"city": city}),
        }
        yield f"{language}/city-{city}.html", _page("published/city.html", language, known, **values)
    yield f"{language}/method.html", _page("published/method.html", language, known, method=FIGURE.method[language == "ru"])


def _pictures(name: str, sheet: Sheet) -> Iterator[File]:
    yield f"{name}.svg", svg_of(sheet).encode()
    yield f"{name}.png", png_of(sheet, 1)
    yield f"{name}@2x.png", png_of(sheet, 2)


def _page(template: str, language: str, known: Material | None = None, **values: Any) -> bytes:
    about = {} if known is None else {"position": known.tallies.position, "as_of": known.as_of}
    return render_template(template, spoken=language, other="ru" if language == "en" else "en", **about, **values).encode()


def _listed(known: Material, by_city: Mapping[int, Total], language: str) -> list[tuple[int, str, str]]:
    ordered = sorted(by_city.items(), key=lambda tally: (-tally[1].low, tally[0]))
    names = known.tracker.gazetteer
    return [(city, names.city_name(city, language), interval(total, language) or "0") for city, total in ordered]


def _map_name(published: Published) -> str:
    return f"{published.city}-{month_text(published.month)}"


def _tallies_file(known: Material) -> bytes:
    """City by month, in one table for programs. An open end is left empty, an unknown month and an unknown city too."""
    names, out = known.tracker.gazetteer, io.StringIO()
    table = csv.writer(out)
    table.writerow(["city", "name_en", "name_ru", "month", "detained_low", "detained_high", "citation"])
    citation = cite(FIGURE.name, FIGURE.version, known.tallies.position)
    lines = [(city, month, total) for city, months in known.tallies.cities.items() for month, total in months.items()]
    lines += [(0, month, total) for month, total in known.tallies.not_placed.items()]
    for city, month, total in lines:
        called = [names.city_name(city, language) if city else "" for language in LANGUAGES]
        when = month_text(month) if month != UNKNOWN else ""
        table.writerow([city or "", *called, when, total.low, "" if total.high is None else total.high, citation])
    return out.getvalue().encode()
