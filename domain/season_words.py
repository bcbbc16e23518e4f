"""Seasons as people write them: rewritten as the months of the calendar they mean. Read by `moment_words.py`.

A season is three whole months, spring from March on. A winter crosses the new year: with two years it is the one between them,
without a year the latest that had begun by the report; with one year it is refused, for it may be either of two.
"""

import re
from datetime import date

from domain.errors import RuleBroken
from domain.spelling import one_of

_BEGINS = {
    form: month
    for month, forms in {
        3: "весна весной весны spring frühling fruehling frühjahr fruehjahr",
        6: "лето летом лета summer sommer",
        9: "осень осенью осени autumn fall herbst",
        12: "зима зимой зимы winter",
    }.items()
    for form in forms.split()
}
_YEAR = "(?:1[89]|2[01])[0-9]{2}"
_SEASON = re.compile(
    rf"(?<!\w)(?:(?:in|im) )?(?:the )?(?P<season>{one_of(*_BEGINS)})(?!\w)"
    rf"(?:,? (?:of )?(?P<year>{_YEAR})(?: ?[-/] ?(?P<next>{_YEAR}|[0-9]{{2}}))?(?!\w|[.:/-])"
    r"(?: г\.?г?\.?(?!\w)| год(?:а|у|ов|ы)?\b)?)?"
)


def with_seasons(text: str, said: date) -> str:
    """The text with its season replaced by ISO months: "весной 2019 года" is 2019-03 - 2019-05.

    RuleBroken("ambiguous_date") for the winter of one year.
    """
    found = _SEASON.search(text)
    if found is None:
        return text
    begins = _BEGINS[found["season"]]
    year = _year(found, begins, said)
    return text if year is None else f"{text[: found.start()]}{_months(year, begins)}{text[found.end() :]}"


def _year(found: re.Match[str], begins: int, said: date) -> int | None:
    """The year the season begins in; None for years it does not lie in."""
    if found["year"] is None:
        return said.year if begins <= said.month else said.year - 1
    year = int(found["year"])
    if found["next"] is not None:
        follows = int(found["next"]) in (year + 1, (year + 1) % 100)
        return year if begins == 12 and follows else None
    if begins == 12:
        raise RuleBroken("ambiguous_date", words=found[0], first=_months(year - 1, begins), second=_months(year, begins))
    return year


def _months(year: int, begins: int) -> str:
    return f"{year}-{begins:02} - {year + begins // 12}-{(begins + 1) % 12 + 1:02}"
