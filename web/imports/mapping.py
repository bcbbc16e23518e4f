"""What a mapping says, as it is written: a TOML file by which a data person tells what the columns of a file mean.

Read from `web/imports/mappings/` by name, or from a path. Everything is typed, and a key that nobody knows is refused with its
place: a misspelt key that is passed over would be a column lost in silence. What each key means is told in docs/importing.md.
"""

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from web.imports.errors import ImportRefused


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a mapping; an unknown key in it is refused."""


class FileFormat(Part, frozen=True):
    """How to get from the file to rows of cells. `between`: the CSV stands between these marks in some other file."""

    format: Literal["csv", "xlsx"] | None = None
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    header_row: Annotated[int, msgspec.Meta(ge=0)] = 1
    columns: tuple[str, ...] = ()
    between: str | tuple[str, str] | None = None
    sheets: tuple[str, ...] = ()
    sheet_column: str | None = None


class Condition(Part, frozen=True):
    """Holds when every key given in it does."""

    column: str
    equal: str | tuple[str, ...] | None = msgspec.field(name="is", default=None)
    unequal: str | tuple[str, ...] | None = msgspec.field(name="is_not", default=None)
    has: str | tuple[str, ...] | None = None
    split: str = ","
    empty: bool | None = None


Conditions = Condition | tuple[Condition, ...]


class RowRules(Part, frozen=True):
    """What makes a row the same row when the file is read again, and which rows are left out."""

    identity: tuple[str, ...] = ()
    skip: Conditions = ()


class Cell(Part, frozen=True):
    """Where a text or a code comes from: a column, several joined, or a constant; then its translation."""

    column: str | None = None
    columns: tuple[str, ...] = ()
    join: str = ", "
    value: str | None = None
    values: dict[str, str] = {}
    otherwise: str | None = None
    empty: str | None = None
    split: str | None = None


CellOrText = Cell | str


class SourceTold(Part, frozen=True):
    """Who says what the rows say."""

    kind: CellOrText = "dataset"
    reliability: CellOrText = "unknown"
    reference: CellOrText = ""


Order = Literal["day_first", "month_first", "year_first"]


class TimeRules(Part, frozen=True):
    """What holds for every time in the file."""

    zone: str
    zone_of_place: bool = False
    order: Order | None = None


class Time(Part, frozen=True):
    """A column that says when. `time`: a second column with the hours; `year`: where the year stands for dates without one."""

    column: str
    time: str | None = None
    year: str | None = None
    said: str | None = None
    several: bool = False
    keep_words: bool = True


class Where(Part, frozen=True):
    """Columns and constants that say where, from the widest to the narrowest."""

    country: CellOrText = ""
    usual_country: str = ""
    region: CellOrText = ""
    city: CellOrText = ""
    address: CellOrText = ""
    station: CellOrText = ""
    latitude: str | None = None
    longitude: str | None = None
    coordinates: Literal["address", "street", "district", "city"] = "address"
    ambiguous: Literal["refuse", "leave_open"] = "refuse"
    keep_words: bool = True


class Numbers(Part, frozen=True):
    """`thousands`: the sign between thousands in this file."""

    thousands: Literal[".", ",", "'", " "] | None = None


class Mapping(Part, frozen=True):
    """A mapping as it was written. Each `record` becomes one event of a row."""

    name: str
    record: tuple[dict[str, Any], ...]
    time: TimeRules
    title: str = ""
    file: FileFormat = FileFormat()
    row: RowRules = RowRules()
    source: SourceTold = SourceTold()
    numbers: Numbers = Numbers()
    when: Time | None = None
    place: Where | None = None


def shipped() -> list[str]:
    """The names of the mappings that come with the program."""
    folder = resources.files("web.imports").joinpath("mappings")
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def read_mapping(name: str) -> Mapping:
    """The mapping of this name, or in this file (`name` ends in .toml). Raises ImportRefused with the place of the mistake."""
    if name.endswith(".toml"):
        try:
            text = Path(name).read_bytes()
        except OSError as error:
            raise ImportRefused("unreadable_file", file=name, why=error.strerror or str(error)) from None
    elif name in shipped():
        text = resources.files("web.imports").joinpath("mappings", f"{name}.toml").read_bytes()
    else:
        raise ImportRefused("unknown_mapping", mapping=name, known=", ".join(shipped()))
    try:
        told = tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ImportRefused("mapping_not_toml", mapping=name, why=str(error)) from None
    read: Mapping = convert(told, Mapping, name, "")
    if not read.record:
        raise ImportRefused("mapping_lacks", mapping=name, place="", key="[[record]]")
    if not read.name.strip():
        raise ImportRefused("mapping_lacks", mapping=name, place="", key="name")
    return read


_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>[^`]*)`(?: - at `\$\.?(?P<path>.*)`)?")
_MISSING = re.compile(r"Object missing required field `(?P<key>[^`]*)`(?: - at `\$\.?(?P<path>.*)`)?")
_KIND = re.compile(r"Expected `(?P<expected>[^`]*)`(?:.*), got `(?P<got>[^`]*)`(?: - at `\$\.?(?P<path>.*)`)?")
_VALUE = re.compile(r"Invalid enum value '(?P<given>.*)'(?: - at `\$\.?(?P<path>.*)`)?")
_PATH = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?")


def convert(told: Any, kind: Any, mapping: str, place: str) -> Any:
    """A part of a mapping as `kind`. `place` is where it stands, for the message. Raises ImportRefused."""
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError as error:
        text = str(error)
    if found := _UNKNOWN.fullmatch(text):
        raise ImportRefused("mapping_unknown_key", mapping=mapping, place=_at(place, found["path"]), key=found["key"])
    if found := _MISSING.fullmatch(text):
        raise ImportRefused("mapping_lacks", mapping=mapping, place=_at(place, found["path"]), key=found["key"])
    if found := _KIND.fullmatch(text):
        kinds = {"expected": found["expected"], "got": found["got"]}
        raise ImportRefused("mapping_wrong_type", mapping=mapping, place=_at(place, found["path"]), **kinds)
    if found := _VALUE.fullmatch(text):
        raise ImportRefused("mapping_wrong_value", mapping=mapping, place=_at(place, found["path"]), given=found["given"])
    found = _PATH.fullmatch(text)
    what, path = (found["what"], found["path"]) if found else (text, "")
    raise ImportRefused("mapping_wrong", mapping=mapping, place=_at(place, path), why=what)


def _at(place: str, path: str | None) -> str:
    """ "record 2, when" from the place of a part and the path inside it."""
    steps = [step for step in re.split(r"\.|(?=\[)", path or "") if step]
    return ", ".join([*([place] if place else []), *steps])
