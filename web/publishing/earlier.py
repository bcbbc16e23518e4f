"""The bundle that lies in the folder already: a PNG whose SVG has not changed since is taken from there and not drawn again.

Drawing is what takes long. A picture is taken only if it is the very one that the earlier bundle named, and only if it was drawn
by the same versions of what draws: another font would otherwise live on in old pictures, and the bundle depend on what lay there.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

MANIFEST = "manifest.json"
_DRAWN_BY = ("resvg-py", "fontpkg-noto-sans")


def drawn_by() -> str:
    """The versions of what turns an SVG into a PNG."""
    return " ".join(f"{name} {version(name)}" for name in _DRAWN_BY)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the earlier manifest names, by file: SHA-256 in hexadecimal digits. Without a folder there is nothing."""

    folder: Path | None = None
    files: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> "Earlier":
        """From the folder, if it holds a bundle whose pictures can be used."""
        try:
            told = json.loads((folder / MANIFEST).read_text("utf-8"))
            files = {str(name): str(digest) for name, digest in told["files"].items()}
            return cls(folder, files) if told["drawn_by"] == drawn_by() else cls()
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def picture(self, drawing: str, svg: bytes, name: str) -> bytes | None:
        """The PNG of this name, if it was drawn from this SVG and is as it was written; None where it must be drawn."""
        if self.folder is None or self.files.get(drawing) != hashlib.sha256(svg).hexdigest() or name not in self.files:
            return None
        try:
            found = (self.folder / name).read_bytes()
        except OSError:
            return None
        return found if hashlib.sha256(found).hexdigest() == self.files[name] else None


NOTHING_EARLIER = Earlier()
