"""Which reports of release stand for a detention: the versions of those that set free, as text, "" while the person is held.

Each report is kept apart, so that one can be corrected or taken back while another stands.
"""

from domain.detention import Detention
from domain.vocabulary.custody import STILL_HELD


def with_report(freed_by: str, event: Detention.Released) -> str:
    """A report, or its correction. A person sent on to remand or to serve an arrest is not free."""
    known = without_report(freed_by, event.originator_version)
    return known if event.kind in STILL_HELD else f"{known} {event.originator_version}".lstrip()


def without_report(freed_by: str, version: int) -> str:
    """The entry with this version was withdrawn, if it was a report of release at all."""
    if not freed_by:
        return ""
    return " ".join(known for known in freed_by.split() if known != str(version))
