"""Leaflet, as it lies in the installation: two files of it are served by ourselves, and no other."""

from pathlib import Path

from flask import Response, send_from_directory
from xstatic.pkg import leaflet  # type: ignore[import-untyped]

FILES = frozenset({"leaflet.js", "leaflet.css"})


def script_file(name: str) -> Response | None:
    """One of the files; None for any other name."""
    return send_from_directory(Path(leaflet.BASE_DIR), name) if name in FILES else None
