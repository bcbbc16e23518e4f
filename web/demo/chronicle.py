"""What a line of the demonstration is, and the chapters written in lines. Read by the loader and by the season.

A line is one report: who said it and when, what is done with which record, and the facts. Written down, it is one inline table

    { at = "21.09 19:05", says = "witness", record_detention = "vera-1", person = "vera", when = "только что" }

in which the key that is a method of the casebook says what is done, and its value names the record. Times are those of the
chapter's city, and of 2024 unless they say otherwise.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from typing import Any
from uuid import UUID

from domain.casebook import Casebook
from domain.detention import Detention
from domain.exhibit import Exhibit
from domain.incident import Incident
from domain.person import Person
from domain.proceeding import Proceeding
from domain.protest import Protest
from domain.record import Record
from domain.report import Report
from domain.source_on_file import SourceOnFile
from domain.station import Station
from domain.wall_clock import zone_named

EDITION = "demonstration 1"
YEAR = 2024

OPENS: Mapping[str, type[Record]] = {
    "record_protest": Protest,
    "record_detention": Detention,
    "record_detention_again": Detention,
    "record_release_only": Detention,
    "record_incident": Incident,
    "open_person": Person,
    "open_station": Station,
    "receive_report": Report,
    "deposit_exhibit": Exhibit,
    "open_source": SourceOnFile,
    "open_proceeding": Proceeding,
}
"""What kind of record a verb opens; the others add to one."""

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One report. `verb` is a method of the Casebook, `about` the name of the record inside the chapter."""

    chapter: str
    number: int
    city: str
    said_at: datetime
    verb: str
    about: str
    source: str
    reliability: str = "unknown"
    reference: str | None = None
    facts: Table = field(default_factory=dict)
    on_file: str | None = None
    """The name of the source on file that says so."""

    @classmethod
    def read(cls, chapter: str, number: int, city: str, said_at: datetime, told: Table) -> "Line":
        """A line from what a table says of it."""
        facts = {name: value for name, value in told.items() if name != "at"}
        verb = next(name for name in facts if callable(getattr(Casebook, name, None)))
        about = facts.pop(verb)
        on_file = facts.pop("on_file", None)
        origin = facts.pop("says"), facts.pop("sure", "unknown"), facts.pop("ref", None)
        return cls(chapter, number, city, said_at, verb, about, *origin, facts, on_file)

    def id_of(self, role: str) -> UUID:
        """An id of version 7 with the time of telling in it, the same at every load; it holds nothing of what is told."""
        high = int(self.said_at.timestamp() * 1000) << 16 | 0x7000
        chance = int.from_bytes(sha256(f"{EDITION}|{self.chapter}|{self.number}|{role}".encode()).digest()[:10])
        return UUID(int=(high | chance >> 68) << 64 | 0b10 << 62 | chance & 0x3FFF_FFFF_FFFF_FFFF)


def table(name: str) -> Table:
    """One of the TOML files beside this module."""
    return tomllib.loads(files("web.demo").joinpath(name).read_text(encoding="utf-8"))


def local_time(words: str, zone: str) -> datetime:
    """ "21.09 19:05" on a clock of that zone."""
    day, clock = words.split()
    number, month, *year = (int(part) for part in day.split("."))
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(year[0] if year else YEAR, month, number, hour, minute, tzinfo=zone_named(zone))


def chapters() -> Iterator[Line]:
    """All lines of the stories told by hand, chapter after chapter."""
    zones = {name: known["zone"] for name, known in table("cities.toml").items()}
    folder = files("web.demo").joinpath("chapters")
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")):
        chapter = table(f"chapters/{name}")
        for number, told in enumerate(chapter["lines"]):
            said_at = local_time(told["at"], zones[chapter["city"]])
            yield Line.read(name.removesuffix(".toml"), number, chapter["city"], said_at, told)
