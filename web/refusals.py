"""What is refused, told in a sentence: one table for every code that the record, places, imports and vault refuse with.

The sentences stand in refusals.toml, English and Russian. Each says what is wrong and, where there is something to do, what. They
are shown to whoever asked, never written to a log: they may quote what was entered.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from string import Formatter
from uuid import UUID

from domain.errors import RuleBroken
from web.settings import LANGUAGES
from web.vault.errors import VaultError

IN_A_FILE = "_in_a_file"
"""Ends the code of a sentence that takes the place of the plain one where a whole file is read, and something else helps."""
LONGEST = 200
"""Of a quoted value; a story in a date cell is not told again in full."""


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """For each code its sentence in each language."""
    return tomllib.loads(resources.files("web").joinpath("refusals.toml").read_text(encoding="utf-8"))


def sentence(refused: RuleBroken | VaultError, language: str, *, in_a_file: bool = False) -> str:
    """Why something was refused, in a sentence or two of plain text. Never raises: an unknown code is told as it stands.

    `in_a_file` is for a row of a file that is imported: what to do can be done once for all of its rows, in the mapping.
    """
    told = (sentences().get(refused.code + IN_A_FILE) if in_a_file else None) or sentences().get(refused.code)
    if told is None:
        return refused.code
    spoken = language if language in LANGUAGES else "en"
    return _Lenient().vformat(told[spoken], (), _values(refused.values, spoken))


def asked_for(code: str) -> set[str]:
    """The values the sentences of a code are made with, in either language."""
    told = sentences()[code]
    return {name for text in told.values() for _, name, _, _ in Formatter().parse(text) if name}


class _Lenient(Formatter):
    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), "?")


def _values(values: Mapping[str, object], language: str) -> dict[str, str]:
    found = {name: _told(value) for name, value in values.items()}
    if "mapping" in found and "place" in found:
        found["at"] = ": ".join(part for part in (found["mapping"], found["place"]) if part)
    return found


def _told(value: object) -> str:
    match value:
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case UUID():
            return value.hex[-8:]
        case list() | tuple():
            return ", ".join(_told(one) for one in value)
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
