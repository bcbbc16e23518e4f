"""Working copies of pictures: smaller, turned upright, and with nothing in them but the picture.

What a stranger's phone wrote into a photograph (place, device, name, thumbnail of the uncut picture) is not in the copy: only the
pixels are carried over, into a new picture. A picture may also be made to attack whoever opens it. So it is opened by a process
that has no keys and no files, little memory and little time, and that talks through two pipes; what comes of it is drawn anew.

This file is both: `working_copy` for the pages, and, run by itself, that process. It imports nothing of ours for that reason.
"""

import ctypes
import io
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore

from PIL import Image, ImageCms

PICTURES = frozenset({"jpeg", "png", "gif", "webp"})
"""The forms of files of which working copies are made."""
MOST_PIXELS = 50_000_000
"""More than phones take. A file of a few kilobytes can claim a thousand times as many."""
LONGEST_SIDE = 1600
MEMORY = 1 << 30
SECONDS = 20
_AT_ONCE = BoundedSemaphore(2)
_PR_SET_DUMPABLE = 4


def working_copy(content: bytes) -> bytes | None:
    """A JPEG to be shown in the place of this picture, None where none can be made."""
    command = [sys.executable, "-I", str(Path(__file__).resolve())]
    with _AT_ONCE:
        try:
            made = subprocess.run(command, input=content, capture_output=True, timeout=2 * SECONDS, check=False, env={}, cwd="/")
        except subprocess.TimeoutExpired:
            return None
    return made.stdout if made.returncode == 0 and made.stdout.startswith(b"\xff\xd8\xff") else None


def drawn_anew(content: bytes) -> bytes:
    """The copy. Raises whatever a broken or hostile picture makes the library raise, ValueError for one too large."""
    with Image.open(io.BytesIO(content), formats=[kind.upper() for kind in sorted(PICTURES)]) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise ValueError(width, height)
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked no larger than it is needed
        picture.load()
        profile = picture.info.get("icc_profile")
        shown = _in_colour(picture)
        shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        if profile and shown.mode == "RGB":
            with suppress(Exception):  # the colours of a profile nobody understands stay as they are
                given, ours = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
                shown = ImageCms.profileToProfile(shown, given, ours, outputMode="RGB") or shown
        turned = picture.getexif().get(0x0112)
        upright = shown.transpose(_TURNS[turned]) if turned in _TURNS else shown
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    copy = io.BytesIO()
    paper.save(copy, "JPEG", quality=85)
    return copy.getvalue()


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What a camera notes of how it was held, and what undoes it."""


def _in_colour(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("RGB")
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    return picture.convert("RGBA" if has_alpha else "RGB")


def _confine() -> None:
    """No more than is needed to open one picture."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(what, (most, most))
    with suppress(Exception):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def main() -> None:
    """A picture comes in, its copy goes out. What goes wrong is told by the code alone: no word of it may reach a log."""
    _confine()
    try:
        copy = drawn_anew(sys.stdin.buffer.read())
    except BaseException:
        sys.exit(1)
    sys.stdout.buffer.write(copy)


if __name__ == "__main__":
    main()
