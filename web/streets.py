"""The operator's own street map under the map that moves: one MBTiles file of pictures, read here and sent to nobody else.

MBTiles 1.3: rows are counted from the south, those of an address from the north. KHRONIKA_STREETS names the file.
"""

import html
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from web.settings import SettingsRefused

FORMATS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}
DEEPEST = 22


@dataclass(frozen=True, slots=True)
class Streets:
    """`attribution` is plain words: whose map it is. `least` and `most` are the levels of zoom it has."""

    file: Path
    media: str
    attribution: str
    least: int
    most: int

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """One picture, None where the file has none. `row` is counted from the north."""
        if not (0 <= zoom <= DEEPEST and 0 <= column < 1 << zoom and 0 <= row < 1 << zoom):
            return None
        wanted = (zoom, column, (1 << zoom) - 1 - row)
        with closing(_opened(self.file)) as db:
            asked = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
            found = db.execute(asked, wanted).fetchone()
        return bytes(found[0]) if found is not None else None


def open_streets(file: Path) -> Streets:
    """Raises SettingsRefused where this is no MBTiles file of pictures: vector tiles would need a script of their own."""
    try:
        with closing(_opened(file)) as db:
            told = {str(name): str(value) for name, value in db.execute("SELECT name, value FROM metadata")}
            least, most = db.execute("SELECT min(zoom_level), max(zoom_level) FROM tiles").fetchone()
    except sqlite3.Error:
        raise SettingsRefused("KHRONIKA_STREETS", str(file)) from None
    media = FORMATS.get(told.get("format", "").lower())
    if media is None or least is None:
        raise SettingsRefused("KHRONIKA_STREETS", str(file))
    return Streets(file, media, _plain(told.get("attribution", "")), int(least), int(most))


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _plain(words: str) -> str:
    """An attribution without its markup: links in it would lead a reader's browser to other hosts."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", words)).split())
