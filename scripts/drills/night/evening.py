"""Before the night: the accounts, the protests and the stations of fifty cities, all made over the pages."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from scripts.drills.night.monitor import Town
from scripts.drills.night.story import CITIES
from scripts.drills.server import Installation
from scripts.drills.visitor import Values, Visitor, form_in

STATIONS = ("ОВД Заречный", "ОВД Нагорный")
"""Stations that are on no list yet, or hardly: they are added from the form, in each city anew."""
_LARGEST = """
    SELECT id, ru FROM cities WHERE country = 'RU' AND part_of IS NULL AND ru IS NOT NULL
    ORDER BY population DESC, id
"""


def cities(places: Path) -> list[tuple[int, str]]:
    """The largest cities, with names that no larger one has."""
    with closing(sqlite3.connect(places / "gazetteer.sqlite")) as db:
        found: dict[str, int] = {}
        for number, name in db.execute(_LARGEST):
            if name not in found and len(found) < CITIES:
                found[name] = number
    return [(number, name) for name, number in found.items()]


def prepared(coordinator: Visitor, known: list[tuple[int, str]], night: str) -> Iterator[Town]:
    """Each city with its protest and its stations."""
    for number, name in known:
        form = {"when": night, "place": name, "form": "rally", "source_kind": "media"}
        protest = _recorded(coordinator, "/protests/new", form).partition("?")[0].rpartition("/")[2]
        for station in STATIONS:
            _add_station(coordinator, f"/protests/{protest}/add/detentions-counted", station, name)
        yield Town(number, name, STATIONS, (protest,))


def _add_station(coordinator: Visitor, path: str, station: str, city: str) -> None:
    """Nobody was counted there: a form in which the station was named, and added because it was not known."""
    form = form_in(coordinator.get(path))
    asked = coordinator.post(form.action or path, {**form.values(), "count": "0", "place": station})
    if asked.status == 303:  # Moscow has a station of this name
        return
    if asked.status != 422:
        raise RuntimeError(f"a station that nobody knows was answered {asked.status}")
    form = form_in(asked)
    told: Values = {**form.values(), "place.chosen": "new", "place.name": station, "place.city": city}
    answer = coordinator.post(form.action or path, told)
    if answer.status != 303:
        raise RuntimeError(f"a new station was answered {answer.status}")


def _recorded(coordinator: Visitor, path: str, values: dict[str, str]) -> str:
    form = form_in(coordinator.get(path))
    answer = coordinator.post(form.action or path, {**form.values(), **values})
    if answer.status != 303:
        raise RuntimeError(f"{path} was answered {answer.status}")
    return answer.location


def signed_in(installation: Installation, name: str, role: str) -> Visitor:
    """Somebody with an account of their own."""
    handed = installation.account(name, role)
    visitor = Visitor(installation.port)
    if visitor.sign_in(handed).status != 303:
        raise RuntimeError(f"{role} could not sign in")
    return visitor
