"""The attacker of published maps: what can be said of each cell by who has the map, the rule and the exact number of the city."""

from collections.abc import Iterable, Mapping

Interval = tuple[int, int]


def worked_out(
    shown: Mapping[str, int], of_city: int, candidates: Iterable[str], classes: tuple[int, ...]
) -> dict[str, Interval]:
    """The least and the most people in each cell. `shown` are the classes on the map.

    Nothing links two months or two cities, and what is placed in no cell is not told, so the city's number is the only equation
    and these bounds are exact.
    """
    least = {cell: classes[shown[cell] - 1] if cell in shown else 0 for cell in candidates}
    spare = of_city - sum(least.values())
    ends = {cell: classes[grade] - 1 for cell, grade in shown.items() if grade < len(classes)}
    return {cell: (low, min(low + spare, ends.get(cell, low + spare))) for cell, low in least.items()}
