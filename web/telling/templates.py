"""The sentences in `web/told/`, one file an event: found, compiled once, and given the few filters they are written with.

A told file has a section `[en]` and a section `[ru]`, each a Jinja template in which an event's fields stand by name, told
already: a time as it follows a verb, a place as `place.there` and `place.name`, a count as `count.people` (numbers.py), a code as
it reads in a sentence (phrases.py), several codes as a list, words opened and on one line, another file by its short number; yes,
no and unknown stay codes. What was not reported is empty. Lines are joined with one space. The filters: `spaced`, `commas`,
`semicolons` join what is not empty; `details` puts it behind a colon; `listed` is "a, b and c"; `capital`, `quoted`, `aside`
(in parentheses) and `stop` (a full stop, if there is none) do as they are called. `earlier` is the corrected entry, if any.
"""

import re
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path

from babel.lists import format_list
from jinja2 import Environment, StrictUndefined, Template

from web.telling.moments import LOCALES
from web.telling.words import quoted

FOLDER = Path(__file__).resolve().parents[1] / "told"
_HEADING = re.compile(r"\[([a-z]{2})\]")


class NotTold(LookupError):
    """A sentence is missing: an event without its file in `web/told/`, or a file without one of its languages."""


def sections(text: str) -> dict[str, str]:
    """A told file by language: the lines under `[en]`, the lines under `[ru]`."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if heading := _HEADING.fullmatch(line.strip()):
            lines = found.setdefault(heading[1], [])
        else:
            lines.append(line.strip())
    return {language: " ".join(line for line in lines if line) for language, lines in found.items()}


@cache
def template(topic: str, language: str) -> Template:
    """The compiled sentence of an event. Raises NotTold where there is none."""
    if language not in LOCALES:
        raise NotTold(f"Khronika does not tell in the language {language!r}, only in {' and '.join(LOCALES)}.")
    path = FOLDER / f"{topic}.txt"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotTold(f"The event {topic} cannot be told: web/told/{path.name} is missing.") from None
    sentence = sections(text).get(language)
    if not sentence:
        raise NotTold(f"The event {topic} cannot be told: web/told/{path.name} has no section [{language}].")
    compiled = _environment(language).from_string(sentence)
    compiled.globals = {}  # none of Jinja's globals is used, and copying them would be half the cost of a sentence
    return compiled


@cache
def _environment(language: str) -> Environment:
    # Plain text: pages escape it, the command line and the PDF use it as it is.
    environment = Environment(autoescape=False, undefined=StrictUndefined)  # noqa: S701
    environment.filters.update(
        spaced=partial(_joined, " "),
        commas=partial(_joined, ", "),
        semicolons=partial(_joined, "; "),
        details=_details,
        listed=partial(_listed, language),
        capital=_capital,
        quoted=partial(quoted, language=language),
        aside=_aside,
        stop=full_stop,
    )
    return environment


def _joined(separator: str, parts: Iterable[str | None]) -> str:
    return separator.join(part for part in parts if part)


def _details(head: str, parts: Iterable[str | None]) -> str:
    """ "Help given on 24 February 2022: legal help", or the head alone."""
    told = _joined("; ", parts)
    return f"{head}: {told}" if told else head


def _listed(language: str, parts: Iterable[str]) -> str:
    """ "fingerprints, photograph and voice sample"."""
    known = [part for part in parts if part]
    return str(format_list(known, locale=LOCALES[language])) if len(known) > 1 else "".join(known)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _aside(text: str) -> str:
    return f"({text})" if text else ""


def full_stop(text: str) -> str:
    """The sentence closed once: «2022 г.» already ends with a full stop."""
    return text if not text or text.endswith((".", "…")) else f"{text}."
