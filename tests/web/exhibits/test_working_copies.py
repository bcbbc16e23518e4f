"""A working copy is the picture and nothing else; and a hostile picture costs neither memory nor time nor the server."""

import io
import struct
import time

import pytest
from PIL import Image

from tests.web.exhibits.files import CAMERA, photograph, png_that_claims
from web.exhibits.copying import LONGEST_SIDE, MOST_PIXELS, working_copy
from web.exhibits.forms_of_files import ending_of, form_of_file


def shown(content: bytes) -> Image.Image:
    copy = working_copy(content)
    assert copy is not None
    return Image.open(io.BytesIO(copy))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_copy_holds_the_picture_and_nothing_that_a_camera_wrote(kind: str) -> None:
    content = photograph(kind=kind)
    assert CAMERA.encode() in content or kind == "GIF"
    copy = working_copy(content)
    assert copy is not None
    picture = Image.open(io.BytesIO(copy))
    assert (picture.format, picture.size) == ("JPEG", (60, 40))
    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert CAMERA.encode() not in copy
    red, _, blue = picture.getpixel((30, 5))  # type: ignore[misc]
    assert red > 200 > 60 > blue


def test_the_photograph_that_is_copied_has_what_should_not_be_there() -> None:
    """The control of the test above."""
    exif = Image.open(io.BytesIO(photograph())).getexif()
    assert exif[0x010F] == CAMERA
    assert exif.get_ifd(0x8825)[2] == (55.0, 45.0, 30.0)


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [(1, (60, 40), (30, 5)), (3, (60, 40), (30, 35)), (6, (40, 60), (35, 30)), (8, (40, 60), (5, 30))],
)
def test_a_copy_stands_upright(orientation: int, size: tuple[int, int], red: tuple[int, int]) -> None:
    picture = shown(photograph(orientation=orientation))
    assert picture.size == size
    assert picture.getpixel(red)[0] > 200  # type: ignore[index]


def test_a_copy_is_no_larger_than_a_page_shows() -> None:
    assert max(shown(photograph((4000, 3000))).size) == LONGEST_SIDE


def test_what_is_transparent_is_white() -> None:
    made = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(made, "PNG")
    assert shown(made.getvalue()).getpixel((5, 5)) == (255, 255, 255)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = png_that_claims(60_000, 60_000)
    assert len(bomb) < 1_000_000
    begun = time.monotonic()
    assert working_copy(bomb) is None
    assert time.monotonic() - begun < 5
    assert MOST_PIXELS < 60_000 * 60_000


def test_a_picture_just_within_the_limit_is_copied() -> None:
    """The control of the bomb: what is refused is its size."""
    assert shown(png_that_claims(7000, 7000)).size == (LONGEST_SIDE, LONGEST_SIDE)


HOSTILE = {
    "nothing": b"",
    "text": b"<svg onload='alert(1)'>",
    "a head alone": b"\xff\xd8\xff\xe0",
    "cut short": photograph((400, 300))[:-2000],
    "a claim without pixels": b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(17),
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(/etc/passwd) (r) file",
    "a PDF": b"%PDF-1.4\n",
    "a TIFF": b"II*\0" + bytes(1000),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_of_what_is_no_whole_picture_no_copy_is_made(what: str) -> None:
    assert working_copy(HOSTILE[what]) is None


def test_a_polyglot_is_shown_as_the_picture_alone() -> None:
    content = photograph() + b"<html><script>alert(document.cookie)</script></html>%PDF-1.4"
    copy = working_copy(content)
    assert copy is not None
    assert b"script" not in copy
    assert b"PDF" not in copy


@pytest.mark.parametrize(
    ("beginning", "form", "ending"),
    [
        (photograph()[:100], "jpeg", "jpg"),
        (photograph(kind="PNG")[:100], "png", "png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp", "webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "wav", "wav"),
        (b"\0\0\0\x18ftypheic", "heif", "heic"),
        (b"\0\0\0\x18ftypmp42", "mp4", "mp4"),
        (b"%PDF-1.7", "pdf", "pdf"),
        (b"PK\x03\x04", "zip", "bin"),
        (b"<!DOCTYPE html><script>", "html", "bin"),
        (b"<?xml version='1.0'?><svg xmlns=", "svg", "bin"),
        ("Протокол".encode(), "text", "txt"),
        (b"\0\x01\x02", "unknown", "bin"),
        ("Протокол".encode("cp1251"), "unknown", "bin"),
        (b"", "unknown", "bin"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(beginning: bytes, form: str, ending: str) -> None:
    assert form_of_file(beginning) == form
    assert ending_of(form) == ending
