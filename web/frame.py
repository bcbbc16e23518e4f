"""Puts the pages together: Flask, the languages, the protection, and a blueprint for each audience."""

import os
from collections.abc import Collection
from datetime import timedelta

from flask import Flask

from web import about, languages, mishaps, protection
from web.desk import Desk, desk, stopped_views
from web.entries.routes import entries
from web.forgetting import forgetting
from web.journalists import journalists
from web.lawyers import lawyers
from web.maps import maps
from web.monitors import monitors
from web.vault.accounts import DEMO, OPERATOR
from web.wiring import Tracker


def build(tracker: Tracker, *, is_demo: bool, hosts: Collection[str], secret: bytes | None) -> Flask:
    """See `web.create_app`."""
    app = mishaps.Pages("web")
    app.config.update(
        SECRET_KEY=secret or os.urandom(32),
        SESSION_COOKIE_NAME="khronika",
        SESSION_COOKIE_SAMESITE="Strict",
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(0),
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    recorder = tracker.vault.accounts.id_of(DEMO if is_demo else OPERATOR)
    app.extensions["khronika"] = Desk(tracker, recorder, is_demo)
    app.jinja_env.globals.update(desk=desk, stopped_views=stopped_views)
    protection.protect(app, hosts)
    languages.speak(app)
    mishaps.answer(app)
    app.url_map.strict_slashes = False
    for blueprint in (languages.languages, about.about, monitors, lawyers, forgetting, journalists, maps, entries):
        app.register_blueprint(blueprint)
    return app
