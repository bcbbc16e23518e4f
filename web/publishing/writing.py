"""Writing a bundle into a folder: each file takes its name only when it is whole, the manifest last."""

import json
from collections.abc import Iterable
from pathlib import Path

from web.maps.outside import FIGURE
from web.publishing.earlier import MANIFEST
from web.publishing.material import File


class NotABundle(Exception):
    """The folder holds something else; nothing in it was touched."""


def write_bundle(folder: Path, files: Iterable[File]) -> int:
    """Write these files, and take away those of the last bundle that are no longer of it. Returns how many were written.

    Raises NotABundle for a folder that is not empty and holds no bundle.
    """
    before = _names_in(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MANIFEST).exists():  # so that what is interrupted is known for a bundle, and can be written again
        (folder / MANIFEST).write_text(json.dumps({"figure": FIGURE.name, "files": {}}), "utf-8")
    written = set()
    for name, content in files:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(f".{place.name}.unfinished")
        unfinished.write_bytes(content)
        unfinished.replace(place)
        written.add(name)
    for name in before - written:
        (folder / name).unlink(missing_ok=True)
    return len(written)


def _names_in(folder: Path) -> set[str]:
    """The files of the bundle that lies there. Names that would lead out of the folder are none of ours."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        if folder.exists() and any(not entry.name.startswith(".") for entry in folder.iterdir()):
            raise NotABundle
        return set()
    try:
        told = json.loads(manifest.read_text("utf-8"))
        names = set(told["files"]) if told["figure"] == FIGURE.name else None
    except (ValueError, KeyError, TypeError):
        raise NotABundle from None
    if names is None or any((folder / name).is_dir() for name in names):
        raise NotABundle
    inside = folder.resolve()
    return {name for name in names if (folder / name).resolve().is_relative_to(inside)}
