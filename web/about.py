"""What this is, which version, and whose data and fonts it stands on."""

from flask import Blueprint, render_template

VERSION = "0.1.0"
"""The version in pyproject.toml; a checkout is not installed and could not be asked."""

about = Blueprint("about", __name__)


@about.get("/about")
def page() -> str:
    """The page "About"."""
    return render_template("about.html", version=VERSION)
