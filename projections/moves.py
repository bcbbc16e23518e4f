"""Where somebody in custody was moved to, as a row keeps it: a line for each entry that says so: its number, a station, a city.

Read by the lists of people held and the lawyers' desk. A transfer to no place says that somebody is not where they were.
"""

from typing import Any

from domain.place import Place

_NONE = "-"
"""Stands for the station of a move to another place."""


def moved_to(place: Place | None) -> str:
    """What is kept of a move to this place."""
    station, city = (place.station, place.city) if place is not None else (None, None)
    return f"{station or _NONE} {city or 0}"


def with_move(told: str, version: int, moved: str | None) -> str:
    """With what the entry of this number says, or without it for None."""
    kept = [line for line in told.splitlines() if not line.startswith(f"{version} ")]
    if moved is not None:
        kept.append(f"{version} {moved}")
    return "\n".join(sorted(kept, key=lambda line: int(line.partition(" ")[0])))


def last_station(told: str) -> str | None:
    """The last station that was named."""
    stations = [station for _, station, _ in map(str.split, told.splitlines()) if station != _NONE]
    return stations[-1] if stations else None


def whereabouts(row: Any) -> tuple[str | None, int | None]:
    """The station and the city where somebody was last reported, by their row of `case_files.custody`; where it began, if nothing
    was told since.
    """
    if not row.moves:
        return None, row.city
    _, station, city = row.moves.splitlines()[-1].split()
    return (station if station != _NONE else None), int(city) or None
