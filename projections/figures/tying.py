"""What hangs together, however far round: facts that must be counted at once, files that are of one person."""

from collections.abc import Iterable

from projections.figures.definition import Tie


class Ties:
    """Which things hang together, however far round."""

    def __init__(self) -> None:
        self._above: dict[Tie, Tie] = {}

    def bind(self, things: Iterable[Tie]) -> None:
        """All of these hang together from here on."""
        first: Tie = None
        for thing in things:
            root = self.root(thing)
            if first is None:
                first = root
            elif root != first:
                self._above[root] = first

    def root(self, thing: Tie) -> Tie:
        """One thing that stands for all that hang together with this."""
        while (above := self._above.get(thing)) is not None:
            self._above[thing] = self._above.get(above, above)
            thing = above
        return thing
