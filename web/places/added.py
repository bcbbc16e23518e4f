"""The stations and spellings that users have added, as the views hold them, for the gazetteer."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import h3

from projections import stations
from web.places.building import romanised
from web.places.entries import Station
from web.places.stations import Added


class AddedStations:
    """`views` opens a connection that reads the views."""

    def __init__(self, views: Callable[[], AbstractContextManager[Any]]) -> None:
        self._views = views

    def changed(self) -> int:
        """See Additions."""
        with self._views() as db:
            return stations.changed(db)

    def all(self) -> Sequence[Added]:
        """See Additions."""
        with self._views() as db:
            return [_added(one) for one in stations.on_record(db)]


def _added(one: stations.OnRecord) -> Added:
    row = one.row
    lat, lon = h3.cell_to_latlng(row.cell) if row.cell else (None, None)
    station = Station(row.code, row.city, in_latin(row.name), row.name, lat, lon, row.address, row.kind)
    return Added(station, (row.name, *one.spellings), bool(row.stands), bool(row.corrected))


def in_latin(name: str) -> str:
    """A Russian name for readers of English: letter by letter, its capitals kept. Any other stays as it is."""
    return " ".join(_romanised(word) for word in name.split())


def _romanised(word: str) -> str:
    if not any("а" <= letter <= "я" or letter == "ё" for letter in word.lower()):
        return word
    return "-".join(map(_in_capitals_as, word.split("-")))


def _in_capitals_as(part: str) -> str:
    spoken = romanised(part) if part.isalpha() else "".join(romanised(one) if one.isalpha() else one for one in part)
    if part.isupper() and len(part) > 1:
        return spoken.upper()
    return spoken[:1].upper() + spoken[1:] if part[:1].isupper() else spoken
