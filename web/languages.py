"""English and Russian: which one a page is in, and the switch between them.

The choice lies in a cookie of its own, so that it outlives a session and says nothing else. Without one the browser's wishes
decide, then the installation's language.
"""

from datetime import timedelta
from pathlib import Path

from flask import Blueprint, Flask, abort, current_app, redirect, request
from flask_babel import Babel, get_locale, gettext
from werkzeug.wrappers import Response

from web.settings import LANGUAGES

COOKIE = "lang"
NAMES = {"en": "English", "ru": "Русский"}
TRANSLATIONS = Path(__file__).parent / "translations"
_KEPT_FOR = timedelta(days=365)

languages = Blueprint("languages", __name__)


def speak(app: Flask) -> None:
    """Teach an application both languages."""
    Babel(app, default_translation_directories=str(TRANSLATIONS), locale_selector=_chosen)
    app.jinja_env.globals.update(language=language, language_names=NAMES)


def language() -> str:
    """The language of the page being made: "en" or "ru"."""
    return str(get_locale())[:2]


def translated(sentence: str, **values: object) -> str:
    """An English sentence in the language of the page. Imported as `_`, the name that sentences are found by."""
    return str(gettext(sentence, **values))


def _chosen() -> str:
    asked = request.cookies.get(COOKIE)
    if asked in LANGUAGES:
        return asked
    installed: str = current_app.extensions["khronika"].tracker.settings.language
    return request.accept_languages.best_match(LANGUAGES) or installed


@languages.post("/language")
def switch() -> Response:
    """Remember the language and go back to the page it was asked for on."""
    asked = request.form.get("language", "")
    if asked not in LANGUAGES:
        abort(400)
    answer = redirect(_own_page(request.form.get("back", "")), 303)
    answer.set_cookie(COOKIE, asked, max_age=_KEPT_FOR, httponly=True, samesite="Strict", secure=request.is_secure)
    return answer


def _own_page(back: str) -> str:
    """A path on this server; anything that a browser could take for another address leads to the first page."""
    is_path = back.startswith("/") and not back.startswith("//") and back.isprintable() and "\\" not in back
    return back if is_path else "/"
