"""Days, numbers and reasons as readers outside read them, in the language of the page."""

from collections.abc import Sequence
from datetime import UTC, datetime

from projections.figures.histories import Step
from projections.reconciling import Total
from web.languages import translated as _
from web.maps.period import date_of, month_told
from web.sightings import interval
from web.telling import moments


def day_told(day: int, language: str) -> str:
    """ "2 March 2022", "March 2022" where no day is known, and that nothing is."""
    if day % 100:
        return moments.day(date_of(day), language)
    if day // 100 % 100:
        return _("%(month)s, day not known", month=month_told(day // 100))
    return _("%(year)d, month not known", year=day // 10_000) if day else _("day not known")


def day_text(day: int) -> str:
    """A day as programs read it, as far as it is known: 2022-03-02, 2022-03, 2022, ""."""
    year, month, number = day // 10_000, day // 100 % 100, day % 100
    return "-".join([f"{year:04}", *([f"{month:02}"] if month else []), *([f"{number:02}"] if number else [])]) if year else ""


def number_told(total: Total, language: str) -> str:
    """ "34", "30 to 34", "at least 12", "0"."""
    return interval(total, language) or "0"


def moment_told(seconds: int) -> str:
    """When an entry was recorded, to the minute: 2022-03-02 18:04 UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")


def moment_text(seconds: int) -> str:
    """The same as feeds and programs read it (RFC 3339)."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def why_told(reason: str) -> str:
    """What moved a number, in a word or two."""
    return {
        "learned": _("Learned later"),
        "corrected": _("Corrected"),
        "withdrawn": _("Withdrawn"),
        "reinstated": _("Brought back"),
        "joined": _("Found to be one person"),
        "parted": _("Told apart"),
    }.get(reason, _("For a reason that is not known"))


def steps_told(steps: Sequence[Step], language: str) -> list[tuple[int, str, str, str]]:
    """A history as rows, the newest first: position, when, the number, and why it moved. The first number has no reason."""
    first = steps[0].position if steps else 0
    return [
        (
            step.position,
            moment_told(step.at),
            number_told(step.total, language),
            why_told(step.reason) if step.position != first else _("First told"),
        )
        for step in reversed(steps)
    ]
