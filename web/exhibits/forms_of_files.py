"""What a file is, told from its first bytes: what a browser or a name says of it is not asked."""

ENOUGH = 4096
"""So many bytes tell."""

_BEGINNINGS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"%PDF-", "pdf"),
    (b"\x1a\x45\xdf\xa3", "webm"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"OggS", "ogg"),
    (b"PK\x03\x04", "zip"),
)
_INSIDE = {(b"RIFF", b"WEBP"): "webp", (b"RIFF", b"WAVE"): "wav"}
_HEIF = (b"heic", b"heix", b"mif1", b"msf1", b"avif")

_ENDINGS = {"jpeg": "jpg", "tiff": "tif", "heif": "heic", "webm": "mkv", "text": "txt"}
_NOT_TO_BE_OPENED_BY_A_CLICK = frozenset({"html", "svg", "zip", "unknown"})


def form_of_file(beginning: bytes) -> str:
    """A code of MEDIA."""
    for known, form in _BEGINNINGS:
        if beginning.startswith(known):
            return form
    if (found := _INSIDE.get((beginning[:4], beginning[8:12]))) is not None:
        return found
    if beginning[4:8] == b"ftyp":
        return "heif" if beginning[8:12] in _HEIF else "mp4"
    return _written(beginning)


def ending_of(form: str | None) -> str:
    """How the name of a download ends; neutral where a click on it could run what a stranger wrote."""
    return "bin" if form is None or form in _NOT_TO_BE_OPENED_BY_A_CLICK else _ENDINGS.get(form, form)


def _written(beginning: bytes) -> str:
    if not beginning or b"\0" in beginning:
        return "unknown"
    try:
        text = beginning.decode("utf-8", errors="ignore" if len(beginning) == ENOUGH else "strict").casefold()
    except UnicodeDecodeError:
        return "unknown"
    if "<svg" in text:
        return "svg"
    return "html" if "<html" in text or "<!doctype" in text or "<script" in text or "<body" in text else "text"
