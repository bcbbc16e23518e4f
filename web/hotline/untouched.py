"""What is never taken for a number of people or a time: telephone numbers, addresses of the web, articles of the law."""

import re

from web.hotline.pieces import Line, Said

_UNTOUCHED = re.compile(
    r"(?:https?://|www\.|t\.me/)\S+|(?<!\w)@\w+"
    r"|(?<![\d\w])(?:\+\d{1,3}|8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)|(?<!\d)\d{10,11}(?!\d)"
    r"|(?<!\w)(?:ст(?:ать[еяюи])?\.?|стат\w+|art(?:icle)?\.?|section) ?\d{1,3}(?:\.\d{1,2})*"
    r"(?: ?(?:ч(?:асть)?\.?|part) ?\d{1,2}(?:\.\d)?)?"
    r"|(?<![\d.:])\d{1,2}\.\d{1,2}(?:\.\d)? ?(?:ч\.? ?\d{1,2}|коап|ук рф|ук(?!\w)|koap)"
    r"|(?<!\w)протокол\w* (?:по |ст\.? ?)?\d{1,2}\.\d{1,2}(?:\.\d)?(?: ?ч\.? ?\d{1,2})?"
)


_NUMBER_IN_A_LIST = re.compile(r"(?:(?<=[\s:;,])|^)(\d{1,2})\)\s|(?:^|(?<=\n))[ \t]*(\d{1,2})\.\s(?=[^\W\d])")


def find_untouched(line: Line) -> None:
    """Take them as what somebody has to read; the numbers of a list, "1) … 2) …", as what says nothing."""
    for found in _UNTOUCHED.finditer(line.low):
        line.take(found.start(), found.end(), Said.OPEN)
    expected = 1
    for found in _NUMBER_IN_A_LIST.finditer(line.low):
        if int(found[1] or found[2]) == expected:
            line.take(found.start(), found.end(), Said.PASSING)
            expected += 1
