"""One month of Moscow in two worlds that differ in nothing but what is held back; and who subtracts all that is published."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid5

from domain.count import Count
from domain.moment import When
from domain.place import Place, Precision
from domain.provenance import Entry, Source
from domain.tally import tally_of
from tests.trackers import ACCOUNT, day
from tests.web.seeding import MOSCOW
from web.wiring import Tracker

SIXTH = date(2022, 3, 6)
NAMES = UUID("0190f3a2-0000-7000-8000-000000000000")
STATION = Place(Precision.STATION, "RU", "RU.48", MOSCOW, "moscow-tverskoy", None, "Europe/Moscow")


def number(name: str) -> UUID:
    """An id that is the same in every world."""
    return uuid5(NAMES, name)


def entry(name: str) -> Entry:
    return Entry(ACCOUNT, Source("media"), number(name))


def march(tracker: Tracker, *, secret: int, hold: str) -> None:
    """Two protests of one day, one of them with `secret` people detained, a station that counted people of that night, and a
    protest of another day. `hold` is what is held back: `protest`, `day`, or nothing.
    """
    book = tracker.casebook
    for name, people, on in (("secret", secret, day(3, 6)), ("open", 8, day(3, 6)), ("later", 5, day(3, 20))):
        protest = number(name)
        place = Place(Precision.CITY, "RU", "RU.48", MOSCOW, None, None, "Europe/Moscow")
        book.record_protest(entry(name), protest, when=on, place=place)
        book.count_detentions(entry(f"count {name}"), protest, count=Count(people, people))
    book.receive_report(
        entry("station"), number("station"), when=When.day(SIXTH, "Europe/Moscow"), place=STATION, count=Count(40, 40)
    )
    if hold == "protest":
        book.hold_back(entry("hold"), protest=number("secret"), because="danger")
    elif hold == "day":
        book.hold_back(entry("hold"), city=MOSCOW, day=SIXTH, because="danger")
    else:
        book.hold_back(entry("hold"), city=1, day=SIXTH, because="danger")
    tracker.bring_up_to_date()


def let_go(tracker: Tracker) -> None:
    """What `march` holds back of a protest."""
    tracker.catch_up(tracker.casebook.let_go(entry("let go"), tally_of(protest=number("secret"))))


def without_clocks(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files without the hours at which things were recorded: two worlds are not made in the same second."""
    return {name: _HOURS.sub(b"then", _unpacked(name, content)) for name, content in files.items() if name != "manifest.json"}


_HOURS = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+00:00| UTC)|\d+ [A-Za-z]+ \d{4}, \d\d:\d\d( UTC)?")


def _unpacked(name: str, content: bytes) -> bytes:
    """A workbook or a package as the files in it."""
    if not name.endswith((".xlsx", ".zip")):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(member.encode() + packed.read(member) for member in packed.namelist())


def by_subtraction(files: Mapping[str, bytes]) -> set[int]:
    """Every number somebody gets who takes, of each table and each city, every total less every sum of its other parts."""

    def rows(name: str) -> list[dict[str, str]]:
        return [row for row in csv.DictReader(io.StringIO(files[name].decode())) if row["city"] in ("", str(MOSCOW))]

    def ends(some: list[dict[str, str]]) -> set[int]:
        return {int(row[end]) for row in some for end in ("detained_low", "detained_high") if row[end]}

    months, days, protests = rows("data/tallies.csv"), rows("data/tallies-by-day.csv"), rows("data/tallies-by-protest.csv")
    wholes = ends(months) | ends(days) | {int(found) for found in re.findall(rb">(\d+)<", files["en/index.html"])}
    parts = [*ends(days), *ends(protests)]
    sums = {0}
    for part in parts:
        sums |= {known + part for known in sums}
    return {whole - known for whole in wholes for known in sums}
