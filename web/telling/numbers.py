"""A `Count` of people in the reader's language, with the noun in the form the number asks for (CLDR plural rules)."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal

from domain.count import Count
from web.telling.moments import LOCALES
from web.telling.words import one_line, quoted, says_more, vocabulary_of

_PEOPLE = {
    "en": ({"one": "person", "other": "people"}, {"one": "person", "other": "people"}),
    "ru": (
        {"one": "человек", "few": "человека", "many": "человек", "other": "человека"},
        {"one": "человека", "few": "человек", "many": "человек", "other": "человека"},
    ),
}
"""The noun after a number as it stands alone, and in the genitive ("не менее 21 человека")."""

_BOUNDS = {
    "en": {"low": "at least {low}", "high": "at most {high}", "both": "{low} to {high}"},
    "ru": {"low": "не менее {low}", "high": "не более {high}", "both": "от {low} до {high}"},
}

_RUSSIAN_GENITIVE = {"low": "не менее чем {low}", "high": "не более чем {high}", "both": "{low}–{high}"}
"""As it stands after «в отношении», where a second preposition would stumble."""

_ONLY_FIGURES = re.compile(r"[\d\s.,–-]*")


@dataclass(frozen=True, slots=True)
class Number:
    """A count told: `figure` ("40 to 60"), `people` ("40 to 60 people"), `of_people` (the same in the Russian genitive).

    `words` are the words in quotation marks where they add something. `one` says whether the verb is in the singular.
    """

    figure: str = ""
    people: str = ""
    of_people: str = ""
    words: str = ""
    one: bool = False
    zero: bool = False


_UNKNOWN = {
    "en": Number("number not known", "an unknown number of people", "an unknown number of people"),
    "ru": Number("число неизвестно", "неизвестное число людей", "неизвестного числа людей"),
}

NO_NUMBER = Number()
"""Nothing was said about how many."""


def number(count: Count, language: str) -> str:
    """The number alone: "50", "40 to 60", "не менее 12"."""
    return _told(count.low, count.high, language).figure


def told_number(count: Count, language: str) -> Number:
    """The number with its noun and the words it was told in."""
    told = _told(count.low, count.high, language)
    words = one_line(count.words) if count.words else ""
    if not words or _ONLY_FIGURES.fullmatch(words):
        return told
    if not says_more(words, _said(count.low, count.high)):
        return told
    return replace(told, words=quoted(words, language))


@lru_cache(maxsize=4096)
def _told(low: int, high: int | None, language: str) -> Number:
    figures = {"low": _figure(low, language), "high": _figure(high, language) if high is not None else ""}
    alone, genitive = _PEOPLE[language]
    if low == high:
        form = _plural(low, language)
        exact = figures["low"]
        return Number(exact, f"{exact} {alone[form]}", f"{exact} {genitive[form]}", one=form == "one", zero=low == 0)
    if high is None and low == 0:
        return _UNKNOWN[language]
    bound = "low" if high is None else "high" if low == 0 else "both"
    figure = _BOUNDS[language][bound].format(**figures)
    noun = genitive[_plural(high if high is not None else low, language)]
    genitive_figure = _RUSSIAN_GENITIVE[bound].format(**figures) if language == "ru" else figure
    return Number(figure, f"{figure} {noun}", f"{genitive_figure} {noun}")


@lru_cache(maxsize=4096)
def _said(low: int, high: int | None) -> frozenset[str]:
    return vocabulary_of(*(_told(low, high, language).people for language in LOCALES))


def _figure(value: int, language: str) -> str:
    return " ".join(format_decimal(value, locale=LOCALES[language]).split())


@lru_cache(maxsize=2)
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


def _plural(value: int, language: str) -> str:
    return str(_locale(language).plural_form(value))
