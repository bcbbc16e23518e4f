"""The Russian of the pages: complete, and compiled from what stands beside it."""

import runpy
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "translations"))


def test_every_sentence_of_the_pages_has_its_russian() -> None:
    assert SCRIPT["untranslated"](SCRIPT["updated"]()) == []


def test_what_is_shipped_is_what_the_sources_give() -> None:
    source, compiled = SCRIPT["written"](SCRIPT["updated"]())
    assert SCRIPT["RUSSIAN"].read_bytes() == source, "run scripts/translations"
    assert SCRIPT["RUSSIAN"].with_suffix(".mo").read_bytes() == compiled, "run scripts/translations"


def test_a_translation_takes_the_same_values_as_its_sentence() -> None:
    with SCRIPT["RUSSIAN"].open("rb") as file:
        for known in read_po(file, locale="ru"):
            assert not list(known.check()), known.id


def test_the_check_notices_a_sentence_without_russian() -> None:
    catalog = SCRIPT["updated"]()
    catalog.add("A sentence that nobody translated")
    assert SCRIPT["untranslated"](catalog) == ["A sentence that nobody translated"]
