"""Text that no spreadsheet takes for a formula: OWASP, "CSV Injection" (owasp.org/www-community/attacks/CSV_Injection).

A cell that begins with a sign with which formulas begin gets an apostrophe before it. The same holds after a semicolon, a tab or
a new line within a text: where lists are separated by semicolons, as in Russian Excel, the text after one can become a cell.
"""

import re

APOSTROPHE = "'"
_BEGINS = "=+\\-@＝＋－＠"
_ANYWHERE = re.compile(rf"(^|[;\t\r\n])([\s\"']*)(?=[{_BEGINS}])|^(?=[\t\r\n])")
_MAY_NEED_IT = re.compile(rf"[{_BEGINS}\t\r\n]")


def safe(text: str) -> str:
    """The text, with an apostrophe wherever a formula could begin."""
    return _ANYWHERE.sub(_guarded, text) if _MAY_NEED_IT.search(text) is not None else text


def _guarded(found: re.Match[str]) -> str:
    before, between = found[1] or "", found[2] or ""
    return f"{APOSTROPHE}{between}" if not before else f"{before}{APOSTROPHE}{between}"
