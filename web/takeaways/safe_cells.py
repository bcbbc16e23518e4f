"""Text that no spreadsheet takes for a formula: OWASP, "CSV Injection" (owasp.org/www-community/attacks/CSV_Injection).

A cell that begins with a sign with which formulas begin gets an apostrophe before it. The same holds after a semicolon, a tab or
a new line within a text: where lists are separated by semicolons, as in Russian Excel, the text after one can become a cell.
"""

import re

APOSTROPHE = "'"
_BEGINS = "=+\\-@＝＋－＠"
_FORMULA = re.compile(rf"((?:^|[;\t\r\n])[\s\"']*)(?=[{_BEGINS}])")
_FIRST = frozenset("=+-@＝＋－＠\"'")
"""With any other letter no formula begins, and neither does one behind spaces and quotation marks."""


def safe(text: str) -> str:
    """The text, with an apostrophe wherever a formula could begin."""
    first = text[:1]
    if not (first in _FIRST or first.isspace() or ";" in text or "\n" in text or "\t" in text or "\r" in text):
        return text
    guarded = _FORMULA.sub(rf"\1{APOSTROPHE}", text)
    return APOSTROPHE + guarded if guarded[0] in "\t\r\n" else guarded
