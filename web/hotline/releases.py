"""What a line says of people who were let go: "троих отпустили", "Ivanov released".

A report counts who is held, and whoever it names gets a file as somebody held. So nothing of what is said of a release is taken
as a number or a name: it stays to be read by whoever looks at the line, who records the release where it belongs.
"""

import re
from collections.abc import Iterator

from web.hotline.pieces import Line

_LET_GO = re.compile(
    r"(?<!не )(?<!\bnot )(?<!\bnever )(?<!\bn't )(?<!\bbeen )(?<!\bbe )(?<!\w)"
    r"(?:отпущен\w*|отпустил\w*|отпускают|выпустил\w*|освободил\w*|освобожден\w*|"
    r"(?:(?:has|have) been |(?:was|were) )?(?:released|freed|let go))(?!\w)"
)
_CLAUSE = re.compile(r"[,;:\n]|\.(?=\s)")
_SENTENCE = re.compile(r"[;\n]|\.(?=\s+[A-ZА-ЯЁ])")


def leave_how_many_were_let_go(line: Line) -> None:
    """Leave open what is said in one breath with a release and what follows in the sentence: no number in it is of the held."""
    for start, end in _told(line, _CLAUSE):
        line.leave_open(start, end)


def leave_who_was_let_go(line: Line) -> None:
    """Leave open the rest of a sentence that tells of a release: of two names in it nobody knows whose it was."""
    for start, end in _told(line, _SENTENCE):
        line.leave_open(start, end)


def _told(line: Line, begins_behind: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for found in _LET_GO.finditer(line.low):
        before = [sign.end() for sign in begins_behind.finditer(line.text, 0, found.start())]
        after = _SENTENCE.search(line.text, found.end())
        yield (before[-1] if before else 0), (after.start() if after is not None else len(line.text))
