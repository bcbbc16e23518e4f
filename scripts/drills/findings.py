"""What a drill found: what it did, in numbers; what should not be; and whether its controls failed, as they must."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_SHOWN = 40
"""Violations printed; the count is of all."""


@dataclass
class Findings:
    """Of one run. A drill that cannot fail proves nothing: without a control that failed it is not clean."""

    drill: str
    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    controls: dict[str, bool] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        """So many more of these were done."""
        self.counts[what] += number

    def violate(self, violation: str) -> None:
        """Something is as it must not be."""
        self.violations.append(violation)

    def must(self, holds: bool, otherwise: str) -> None:
        """A violation unless it holds."""
        if not holds:
            self.violate(otherwise)

    def control(self, what: str, *, failed: bool) -> None:
        """A check was given what it must refuse; `failed` is whether it did."""
        self.controls[what] = failed

    def note(self, told: str) -> None:
        """Something to be told that is no violation."""
        self.notes.append(told)

    @property
    def is_clean(self) -> bool:
        """Nothing was found, and the drill was able to find something."""
        return not self.violations and bool(self.controls) and all(self.controls.values())

    def lines(self) -> Iterator[str]:
        """As it is printed."""
        yield f"drill {self.drill}"
        yield from (f"  {number:>9,} {what}" for what, number in self.counts.items())
        yield from (f"  {told}" for told in self.notes)
        for what, failed in self.controls.items():
            yield f"  control, {what}: {'failed as it must' if failed else 'DID NOT FAIL'}"
        yield f"  {len(self.violations):>9,} violations"
        yield from (f"    {violation}" for violation in self.violations[:MOST_SHOWN])
        yield f"drill {self.drill}: {'clean' if self.is_clean else 'NOT CLEAN'}"
