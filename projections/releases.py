"""Which reports of release stand for a detention: the versions of those that set free, each with its time; "" while held.

Each report is kept apart, so that one can be corrected or taken back while another stands. They stand in the order of their
versions, so that one taken back and brought back leaves no trace.
"""

from domain.detention import Detention
from domain.vocabulary.custody import STILL_HELD


def with_report(freed_by: str, event: Detention.Released, told: int | None = None, *, sent_on_is_gone: bool = False) -> str:
    """A report, or its correction. A person sent on to remand or to serve an arrest is not free, though gone from the police.

    `told` is when it was first told, in seconds since 1970, where the event only restates it.
    """
    known = without_report(freed_by, event.originator_version)
    if event.kind in STILL_HELD and not sent_on_is_gone:
        return known
    unsaid = int(event.timestamp.timestamp()) if told is None else told
    moment = int(event.when.latest.timestamp()) if event.when is not None else unsaid
    return " ".join(sorted([*known.split(), f"{event.originator_version}@{moment}"], key=_version))


def without_report(freed_by: str, version: int) -> str:
    """The entry with this version was withdrawn, if it was a report of release at all."""
    if not freed_by:
        return ""
    return " ".join(known for known in freed_by.split() if known.partition("@")[0] != str(version))


def _version(report: str) -> int:
    return int(report.partition("@")[0])


def freed_at(freed_by: str) -> int | None:
    """The latest moment at which any report that stands says the person was let go, in seconds since 1970; None while held.

    A report without a time counts from when it was recorded, one with an interval from its end.
    """
    return max((int(known.partition("@")[2]) for known in freed_by.split()), default=None)
