"""Cells of a map are the sums of the finest cells within them, whatever is counted in those."""

from typing import NamedTuple

import h3
from hypothesis import given
from hypothesis import strategies as st

from projections.heatmap import NOWHERE
from web.maps.asked import SIZES
from web.maps.cells import InCity, Whose, children
from web.maps.kinds import KINDS, Numbers

MIDDLE = h3.latlng_to_cell(64.73, 179.99, 9)
"""On the date line, where longitudes go over."""
FINEST = [*map(lambda cell: int(cell, 16), h3.grid_disk(MIDDLE, 12)), NOWHERE]  # noqa: C417 - a list of numbers


class Row(NamedTuple):
    """A row of the heat map."""

    cell: int
    detained_low: int
    detained_high: int
    open_ended: int
    held: int
    released: int
    force: int
    protests: int


few = st.integers(0, 40)
rows = st.builds(
    lambda cell, low, more, open_ended, held, released, force, protests: Row(
        cell, low, low + more, open_ended, held, released, force, protests
    ),
    st.sampled_from(FINEST), few, few, st.integers(0, 1), few, few, few, few,
)  # fmt: skip


def added(many: list[Numbers]) -> list[tuple[int, int | None]]:
    """Each kind added up; without an upper end where any of them has none."""
    sums = []
    for kind in KINDS.values():
        totals = [kind.total(numbers) for numbers in many]
        highs = [total.high for total in totals]
        known = [high for high in highs if high is not None]
        sums.append((sum(total.low for total in totals), None if len(known) < len(highs) else sum(known)))
    return sums


@given(st.lists(rows, max_size=60))
def test_at_every_size_the_cells_and_what_is_not_placed_are_the_total(found: list[Row]) -> None:
    inside = InCity(Whose.EVERYBODY, found)
    for size in SIZES:
        parents = inside.parents(size)
        assert added([*parents.values(), inside.not_placed]) == added([inside.total])
        for finer in SIZES[SIZES.index(size) :]:
            for index, numbers in parents.items():
                within = [known for cell, known in inside.parents(finer).items() if h3.cell_to_parent(cell, size) == index]
                assert added(within) == added([numbers])


@given(st.sampled_from(FINEST[:-1]), st.sampled_from(SIZES))
def test_the_range_of_a_cell_holds_its_children_and_nobody_elses(cell: int, size: int) -> None:
    parent = h3.cell_to_parent(h3.int_to_str(cell), size)
    first, last = children(parent)
    inside = {other for other in FINEST[:-1] if first <= other <= last}
    assert inside == {other for other in FINEST[:-1] if h3.cell_to_parent(h3.int_to_str(other), size) == parent}
    assert cell in inside
