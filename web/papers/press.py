"""Sets papers in type: a sheet of this package and what stands on it, made into a PDF by a process that has nothing.

What stands on a paper is data, never markup: it reaches the sheet as JSON, and a name like `#read("/etc/passwd")` is printed as
it is spelled. The typesetter keeps what it has set in memory, so it lives for one paper: what it knew of somebody is gone with
it. It reads the sheets and the fonts of the installation, writes no file, and finds no network and no package.

This file is both: `pressed` for the pages and, run by itself, that process. It imports nothing of ours for that reason.
"""

import ctypes
import json
import re
import resource
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Literal

SHEETS = Path(__file__).resolve().parent / "sheets"
STANDARDS: tuple[Literal["a-2a"], Literal["ua-1"]] = ("a-2a", "ua-1")
"""PDF/A-2a, to be read in thirty years; PDF/UA-1, to be read aloud."""
MEMORY = 2 << 30
SECONDS = 30
MOST_TRIED = 200
"""So many unusual characters of one paper are tried for whether the fonts have them."""
_AT_ONCE = BoundedSemaphore(2)
_PR_SET_DUMPABLE = 4
_NOWHERE = "http://127.0.0.1:9"
"""The port of "discard", where nothing answers: a sheet that asks for a package of others would have it fetched."""
_ENVIRONMENT = {"RAYON_NUM_THREADS": "1", **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)}
_USUAL = re.compile("[\n\\x20-\\x7e\\xa0-\\u024f\\u0400-\\u052f\\u2010-\\u2015\\u2018-\\u201e\\u2026\\u20bd\\u2116]")
_TURNING = re.compile("[\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]")
"""Seen by nobody, and able to turn the order of what is seen."""


class NotPressed(Exception):
    """No paper came of it. Says nothing of what stood on it."""


def pressed(sheet: str, content: Mapping[str, Any], *, at: datetime, sheets: Path = SHEETS) -> bytes:
    """The PDF of a sheet with this content, dated `at`: the same bytes for the same of both. Raises NotPressed."""
    asked = json.dumps({"sheets": str(sheets), "sheet": sheet, "at": int(at.timestamp()), "content": content})
    command = [sys.executable, "-I", str(Path(__file__).resolve())]
    with _AT_ONCE:
        try:
            made = subprocess.run(
                command, input=asked.encode(), capture_output=True, timeout=2 * SECONDS, check=False, env=_ENVIRONMENT, cwd="/"
            )
        except subprocess.TimeoutExpired:
            raise NotPressed(sheet) from None
    if made.returncode != 0 or not made.stdout.startswith(b"%PDF-"):
        raise NotPressed(sheet)
    return made.stdout


def _set(sheets: str, sheet: str, at: int, content: Any) -> bytes:
    text = f'#import "/{sheet}.typ": paper\n#paper(json(bytes(sys.inputs.content)))'
    return _compiled(text, sheets, at, content=json.dumps(_displayable(content, at)))


def _compiled(text: str, sheets: str, at: int, **inputs: str) -> bytes:
    import typst
    from fontpkg_noto_sans import ROOT

    compiled: Any = typst.compile  # whose types would have a text and a path be of one kind
    made = compiled(
        text.encode(),
        root=sheets,
        font_paths=[str(ROOT)],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=[*STANDARDS],
        timestamp=at,
        package_path="/dev/null",
        package_cache_path="/dev/null",
    )
    return bytes(made)


def _displayable(content: Any, at: int) -> Any:
    """The same with a mark in the place of each character that no font here has: a smile in a name must not cost the paper."""
    match content:
        case str():
            return "".join(one if _USUAL.match(one) or _is_set(one, at) else f"[U+{ord(one):04X}]" for one in content)
        case dict():
            return {name: _displayable(value, at) for name, value in content.items()}
        case list():
            return [_displayable(value, at) for value in content]
    return content


_tried: set[str] = set()


@cache
def _is_set(one: str, at: int) -> bool:
    if _TURNING.match(one) or len(_tried) >= MOST_TRIED:
        return False
    _tried.add(one)
    try:
        _compiled('#set document(title: "x")\n#set text(font: "Noto Sans")\n#sys.inputs.one', str(SHEETS), at, one=one)
    except Exception:  # a character may be missing, forbidden, or no character at all
        return False
    return True


def _confine() -> None:
    """No more than is needed to set one paper. Said in `web/exhibits/copying.py` too, for neither process imports our code."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(what, (most, most))
    with suppress(Exception):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def main() -> None:
    """Content comes in, a paper goes out. What goes wrong is told by the code alone: no word of it may reach a log."""
    _confine()
    try:
        made = _set(**json.loads(sys.stdin.buffer.read()))
    except BaseException:
        sys.exit(1)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
