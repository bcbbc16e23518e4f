"""Names as three systems write them in Latin letters, and names to write: what the laws of the search are tried on."""

import re
from collections.abc import Callable

from hypothesis import strategies as st

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_PASSPORT = "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia".split()
_GEOGRAPHIC = "a b v g d e ë zh z i y k l m n o p r s t u f kh ts ch sh shch ” y ’ e yu ya".split()
_INFORMAL = "a b v g d e yo zh z i y k l m n o p r s t u f h ts ch sh sch - y - e yu ya".split()


def passport(name: str) -> str:
    """ICAO 9303, as in Russian passports since 2013."""
    return _by(_PASSPORT, name)


def geographic(name: str) -> str:
    """BGN/PCGN, as maps and newspapers write: ye and yë at the beginning, after a vowel and after й, ъ, ь."""
    return _by(_GEOGRAPHIC, re.sub("(?<![бвгджзклмнпрстфхцчшщ])[её]", lambda e: {"е": "йе", "ё": "йё"}[e[0]], name.casefold()))


def informal(name: str) -> str:
    """As people write their own names: no signs, -y for -ий and -ый, h for х, x for кс."""
    return _by(_INFORMAL, re.sub("[иы]й(?![а-яё])", "й", name.casefold())).replace("ks", "x")


def _by(letters: list[str], name: str) -> str:
    table = {ord(one): other.replace("-", "") for one, other in zip(_CYRILLIC, letters, strict=True)}
    return name.casefold().translate(table).title()


SYSTEMS: list[Callable[[str], str]] = [passport, geographic, informal]

_ONSETS = "б в г д ж з к л м н п р с т ф х ц ч ш щ бр вл гр др кр пл ст тр хр шм".split()
_VOWELS = "а е ё и о у ы э ю я".split()
_ENDINGS = "ов ова ев ева ёв ин ина ский ская цкий цкая ый ая ой енко ук юк ко ич ьев ьева ян дзе швили".split()


@st.composite
def surnames(draw: st.DrawFn) -> str:
    """Made of syllables and a usual ending: "Хрыжащинский", "Щёмьев", "Яйцынова"."""
    syllables = draw(st.lists(st.tuples(st.sampled_from(_ONSETS), st.sampled_from(_VOWELS)), min_size=1, max_size=3))
    begins = draw(st.sampled_from(["", "", "", "А", "Е", "Ё", "Ю", "Я"]))
    middle = draw(st.sampled_from(["", "", "й", "ль", "нь"]))
    last = draw(st.sampled_from(_ONSETS[:20]))
    body = "".join(onset + vowel for onset, vowel in syllables)
    return (begins + body + middle + last + draw(st.sampled_from(_ENDINGS))).capitalize()
