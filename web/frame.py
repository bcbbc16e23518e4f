"""Puts the pages together: Flask, the languages, the protection, and a blueprint for each audience."""

import os
from collections.abc import Collection
from datetime import timedelta

from flask import Flask

from web import about, languages, mishaps, protection
from web.access import cookie, guard
from web.access.pages import access
from web.access.roles import LABELS
from web.admin import admin
from web.announcing import announcing
from web.coordinators import coordinators
from web.corrections import corrections
from web.desk import Desk, desk, moment, stopped_views
from web.entries.routes import entries
from web.exhibits.pages import exhibits
from web.forgetting import forgetting
from web.forwarding import forwarded
from web.hotline import offline
from web.hotline.pages import hotline
from web.intake.pages import intake
from web.journalists import journalists
from web.lawyers import lawyers
from web.likeness.pages import likeness
from web.maps import maps
from web.monitors import monitors
from web.papers import papers
from web.publishing.pages import publishing
from web.releasing.pages import releasing
from web.search.pages import search
from web.sources.pages import sources
from web.stations.pages import stations
from web.stations.unplaced import how_many as how_many_not_placed
from web.streets import open_streets
from web.watch import watch
from web.wiring import Tracker


def build(tracker: Tracker, *, is_demo: bool, hosts: Collection[str], secret: bytes | None) -> Flask:
    """See `web.create_app`."""
    app = mishaps.Pages("web")
    app.config.update(
        SECRET_KEY=secret or os.urandom(32),
        SESSION_COOKIE_SAMESITE="Strict",
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(0),
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    is_behind_proxy = tracker.settings.is_behind_proxy
    app.wsgi_app = forwarded(app.wsgi_app, is_behind_proxy=is_behind_proxy)  # type: ignore[assignment, method-assign]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.session_interface = cookie.FormsCookie()
    app.extensions["khronika"] = Desk(tracker, is_demo)
    app.jinja_env.globals.update(
        desk=desk, stopped_views=stopped_views, entries_not_placed=how_many_not_placed, role_label=LABELS.get, moment=moment
    )
    if tracker.settings.streets is not None:
        app.extensions["khronika.streets"] = open_streets(tracker.settings.streets)
    protection.protect(app, hosts)
    languages.speak(app)
    mishaps.answer(app)
    app.url_map.strict_slashes = False
    audiences = (access, admin, monitors, lawyers, papers, coordinators, forgetting, journalists, search)
    of_the_watch = (watch, hotline, intake, offline.offline, stations, likeness, exhibits, sources, corrections)
    for blueprint in (
        languages.languages, about.about, *audiences, *of_the_watch, maps, publishing, announcing, releasing, entries,
    ):  # fmt: skip
        app.register_blueprint(blueprint)
    for shows_only in (offline.brought, offline.lines):  # a page that was saved brings no token of today's; neither records
        app.extensions["csrf"].exempt(shows_only)
    app.extensions["csrf"].exempt(intake)  # no browser sends a token by itself: see protection.brings_token
    guard.stand(app)
    return app
