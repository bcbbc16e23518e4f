"""What is left of a word when script, romanisation and inflection do not matter: "Тверском", "Tverskoye" and "Тверская" are one.

Read by `web.places.spellings`, which keeps the names of stations, squares and cities under such stems. Russian letters and every
usual Latin rendering of them are led to the same few letters; what is lost on the way (щ and ш, я and а) makes two names alike
now and then, and what is alike is offered, never guessed.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

_ROMANISED = str.maketrans(
    dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
            "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  i  e yu ya i i e g u".split(" "),
            strict=True,
        )
    )
)
_SAME_SOUND = (
    (re.compile(r"shch|sch"), "sh"),
    (re.compile(r"tch|tsch"), "ch"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ts|tz"), "c"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"(?<![aeiouy])[yj]o"), "e"),  # ё; after a vowel it is йо: Майоров
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"i+(?=[aeou])"), ""),  # ия, ье, ю: the glide is written in too many ways
    (re.compile(r"(.)\1+"), r"\1"),
)
_ENDING = re.compile(r"(?<=[^aeiou])(?:ogo|ego|omu|emu|imi|ami|oi|oe|om|em|im|ih|ah|am|ei|a|u|i|e|o)$")
_OF_SEVERAL = re.compile(r"(?<=[^aeiou])(?:ov|ev)$")
_FLEETING = re.compile(r"(?<=[^aeiou])ec$")
_NOUN_K = re.compile(r"(?<=[bvgdzlmnprstf])k$")
_NOT_FEMININE = re.compile(r"(?:ogo|ego|omu|emu|oe|om)$")
_FEMININE = re.compile(r"(?:ая|яя|aya|aia|aja)$")
_SURNAME = re.compile(r"(?:ov|ev|in|ova|eva|ina|ski|ska|ko)$")

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´ʹ][^\W_]+)*")
_DIGITS_FIRST = re.compile(r"(\d+)(?:[a-zа-яё]{1,3})?")
_OF_A_NUMBER = frozenset("й я е го му м ми х ый ий ой ая ое ом ого ому st nd rd th".split())
_ORDINALS = {"perv": "1", "vtor": "2", "tret": "3", "chetvert": "4", "pat": "5", "first": "1", "second": "2", "third": "3"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word where it stands in a text. `stem` is compared with stems; `other` where the ending may be that of several."""

    start: int
    end: int
    text: str
    stem: str
    other: str
    feminine: bool | None
    """Whether its ending is that of a street or square (Тверская): yes, no (Тверское), or either (Тверской)."""

    @property
    def like_a_surname(self) -> bool:
        """Whether it could as well be somebody's surname: Киров, Иванова, Жуковский."""
        return _SURNAME.search(skeleton(self.text.lower())) is not None

    @property
    def is_number(self) -> bool:
        """Whether it is figures."""
        return self.stem.isdigit()


def words_of(text: str) -> list[Word]:
    """The words of a text, in order. The ending of an ordinal belongs to its number: "1-й" is 1."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        if found and found[-1].is_number and match.start() - found[-1].end <= 1 and match[0].lower() in _OF_A_NUMBER:
            number = found.pop()
            found.append(Word(number.start, match.end(), text[number.start : match.end()], number.stem, number.stem, None))
            continue
        stem, other, feminine = _stems(match[0].lower())
        found.append(Word(match.start(), match.end(), match[0], stem, other, feminine))
    return found


def underived(stem: str) -> str:
    """The stem without what makes an adjective of a name: "Щукинское" is of Щукино, "Сокольническое" of Сокольники."""
    if stem.endswith("chesk"):
        return stem[:-5] + "k"
    if stem.endswith("ck"):
        return stem[:-2] + "t" if len(stem) > 5 else stem  # Арбатское: what was "тс" is written as ц
    return stem[:-2] if stem.endswith("sk") and len(stem) > 4 else stem


def without_k(stem: str) -> str:
    """The stem of a name as its adjective is made of it: "Якиманское" is of Якиманка."""
    return _NOUN_K.sub("", stem) if len(stem) > 4 else stem


def stem_of(word: str) -> str:
    """The stem of one word."""
    return _stems(word.lower())[0]


@lru_cache(maxsize=16_384)
def _stems(word: str) -> tuple[str, str, bool | None]:
    if (number := _DIGITS_FIRST.fullmatch(word)) is not None and word[0].isdigit():
        return number[1].lstrip("0") or "0", number[1].lstrip("0") or "0", None
    sound = skeleton(word)
    feminine = True if _FEMININE.search(word) else False if _NOT_FEMININE.search(sound) else None
    stem = _shortened(_ENDING, sound)
    stem = _ORDINALS.get(stem, _FLEETING.sub("c", stem))
    return stem, _FLEETING.sub("c", _shortened(_OF_SEVERAL, sound)) if stem == sound else stem, feminine


def skeleton(word: str) -> str:
    """A word in lower case as it sounds, in few Latin letters, with its ending."""
    sound = anyascii(word.translate(_ROMANISED)).lower() if not word.isascii() else word
    sound = re.sub(r"[^a-z0-9]", "", sound)
    for written, heard in _SAME_SOUND:
        sound = written.sub(heard, sound)
    return sound


def _shortened(ending: re.Pattern[str], sound: str) -> str:
    shorter = ending.sub("", sound)
    return shorter if len(shorter) >= 2 else sound
