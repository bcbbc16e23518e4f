"""People as a form lists them, one a line: "Примеров Глеб, нужен адвокат, несовершеннолетний". Written and read back alike."""

import re
from collections.abc import Iterable
from datetime import datetime

from web.hotline.listening import ADULT, Somebody
from web.hotline.names import find_ages
from web.hotline.needs import find_needs
from web.hotline.pieces import Line, Said

MOST_PEOPLE = 300
LONGEST_NAME = 300

NEEDS = {
    "counsel": ("needs counsel", "нужен адвокат"),
    "medical": ("needs a doctor", "нужен врач"),
    "food_water": ("no food or water", "без еды и воды"),
    "interpreter": ("needs an interpreter", "нужен переводчик"),
    "without_protocol": ("without protocol", "без протокола"),
    "ill_treatment": ("beaten", "бьют"),
    "phone_taken": ("phone taken", "забрали телефон"),
    "no_contact": ("no contact", "нет связи"),
    "pressure": ("under pressure", "давят"),
}
"""In the fewest words that are understood again."""
MINOR = ("minor", "несовершеннолетний")
_MINOR = re.compile(r"(?<!\w)(?:несовершеннолетн\w*|minor|underage|under 18|ребенок|подросток|child|teenager)(?!\w)")
_EDGE = " ,;:.-–—|/\t"


def line_of(one: Somebody, language: str) -> str:
    """One person's line of the form."""
    at = 1 if language == "ru" else 0
    said = [NEEDS[code][at] for code in one.needs if code in NEEDS]
    return ", ".join([one.name, *([MINOR[at]] if one.minor else []), *said])


def people_in(text: str, said_at: datetime) -> list[Somebody]:
    """Everybody in the lines of the form. What is not understood as a need or an age belongs to the name."""
    return [_one(line, said_at) for line in text.splitlines() if any(letter.isalnum() for letter in line)][:MOST_PEOPLE]


def _one(text: str, said_at: datetime) -> Somebody:
    line = Line(text)
    find_ages(line, said_at)
    find_needs(line)
    for found in _MINOR.finditer(line.low):
        line.take(found.start(), found.end(), Said.MINORS)
    pieces = line.finished()
    minor = any(piece.said is Said.MINORS or (piece.number is not None and piece.number < ADULT) for piece in pieces)
    needs = tuple(dict.fromkeys(code for piece in pieces for code in piece.codes))
    return Somebody(_name(piece.text for piece in pieces if piece.said in (Said.OPEN, Said.PASSING)), minor, needs)


def _name(parts: Iterable[str]) -> str:
    told = (" ".join(part.strip(_EDGE).split()) for part in parts)
    return ", ".join(part for part in told if part)[:LONGEST_NAME]
