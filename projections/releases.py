"""Reports of release, each under its record and version, so that one can be corrected or taken back while another stands.

Several projections mount this as a table of their own; they share no rows.
"""

from sqlalchemy import Column, Integer

from domain.detention import Detention
from domain.vocabulary.custody import STILL_HELD
from projections.batch import Batch
from projections.projection import Projection, RecordKey


class Releases:
    """The reports of one projection. Each method returns by how much the number of reports that set free has changed."""

    def __init__(self, projection: Projection) -> None:
        self._reports = projection.table(
            "releases",
            Column("detention", RecordKey, primary_key=True),
            Column("version", Integer, primary_key=True),
            Column("frees", Integer, nullable=False),
        )

    def report(self, views: Batch, event: Detention.Released) -> int:
        """A report, or its correction. A person sent on to remand or to serve an arrest is not free."""
        key = (event.originator_id.bytes, event.originator_version)
        frees = int(event.kind not in STILL_HELD)
        known = views.get(self._reports, key) if views.restating else None
        views.put(self._reports, key, frees=frees)
        return frees - (known.frees if known is not None else 0)

    def take_back(self, views: Batch, detention: bytes, version: int) -> int:
        """The entry with this version was withdrawn, if it was a report of release at all."""
        known = views.get(self._reports, (detention, version))
        if known is None:
            return 0
        views.remove(self._reports, (detention, version))
        return -int(known.frees)
