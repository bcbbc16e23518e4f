"""What a coordinator does to the numbers that are announced: holding one back, and letting it go."""

from datetime import date
from uuid import UUID

from domain.casebook.recording import Outcome, Recording
from domain.errors import RuleBroken
from domain.protest import Protest
from domain.provenance import Entry
from domain.tally import Tally, tally_of


class Tallies(Recording):
    """The arguments are those of the verbs of Tally, where they are explained."""

    def hold_back(
        self,
        entry: Entry,
        *,
        city: int | None = None,
        day: date | None = None,
        protest: UUID | None = None,
        because: str,
    ) -> Outcome:
        """Hold back the number of a city's day, or of a protest. Raises RuleBroken `no_such_record`."""
        if protest is not None:
            self.standing(Protest, protest)
        tally = tally_of(city=city, day=day, protest=protest)
        if self._find(tally) is None:
            opened = Tally.open(entry, city=city, day=day, protest=protest)
            opened.hold_back(entry, because=because)
            try:
                return self._open(entry, opened)
            except RuleBroken as refused:
                if refused.code != "id_taken":  # somebody else decided about it at the same moment
                    raise
        return self._amend(Tally, entry, tally, lambda found: found.hold_back(entry, because=because))

    def let_go(self, entry: Entry, tally: UUID) -> Outcome:
        """Tell the number again. `tally` is what `tally_of` names it by."""
        return self._amend(Tally, entry, tally, lambda found: found.let_go(entry))
