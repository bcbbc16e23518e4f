"""Every figure counted a second time, from the events of the log alone, with loops a reader can follow on paper.

Nothing of `projections` is imported: what both say has to come from two programs. The rules are those of the
definitions' texts and of docs/decisions/0004, 0025, 0040 and 0041. One file a family of figures.
"""

from collections import defaultdict

from domain.incident import Incident
from domain.protest import Protest
from tests.recount_courts import Courts
from tests.recount_detentions import Detentions
from tests.recount_rows import One, greatest
from tests.recount_told import counted_at


class Recount(Detentions, Courts):
    """Each figure by its name, as of the last of the events."""

    def protests(self) -> list[One]:
        return [counted_at(entry.says, (entry.says.form,)) for _, entry in self.of(Protest.Recorded)]

    def incidents(self) -> list[One]:
        return [counted_at(entry.says, tuple(entry.says.categories)) for _, entry in self.of(Incident.Recorded)]

    def protest_size(self) -> list[One]:
        counts = defaultdict(list)
        for record, entry in self.of(Protest.CrowdEstimated):
            counts[record].append(entry.says.count)
        return [
            counted_at(entry.says, (entry.says.form,))._replace(
                low=min(count.low for count in counts[record]), high=greatest(count.high for count in counts[record])
            )
            for record, entry in self.of(Protest.Recorded)
            if record in counts
        ]
