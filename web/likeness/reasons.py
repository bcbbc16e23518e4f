"""Why two files are likely of one person, what speaks against it and what rules it out, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from domain.vocabulary.people import NAME_KINDS
from web.likeness import circumstances, comparing
from web.search import matching

_WORDS: Mapping[str, Any] = {
    comparing.SURNAME: _l("the same surname"),
    comparing.FIRST: _l("the same first name"),
    comparing.PATRONYMIC: _l("the same patronymic"),
    matching.SHORT: _l("first name as a short form"),
    matching.VARIANT: _l("another form of the first name or patronymic"),
    matching.INITIAL: _l("initials only"),
    matching.SLIP: _l("differs by a letter"),
    matching.LATIN: _l("written in Latin letters"),
    matching.CYRILLIC: _l("written in Cyrillic letters"),
    circumstances.SAME_PROTEST: _l("at the same protest"),
    circumstances.SAME_STATION: _l("at the same police station"),
    circumstances.SAME_NIGHT: _l("detained within hours of each other"),
    circumstances.OVERLAPPING: _l("held at the same time"),
    circumstances.SAME_CITY: _l("in the same city"),
    circumstances.ELSEWHERE: _l("detained in another city at the same time"),
    comparing.OTHER_PATRONYMIC: _l("another patronymic"),
    comparing.OTHER_GENDER: _l("a man and a woman"),
    comparing.SIBLINGS: _l("siblings: the same surname and patronymic, another first name"),
    comparing.OTHER_FIRST: _l("another first name"),
    comparing.OTHER_INITIAL: _l("another initial"),
    comparing.OTHER_SURNAME: _l("another surname"),
}


def in_words(codes: Iterable[str], language: str) -> list[str]:
    """What each code says, in the reader's language. The kind of a name says that it was this name which is alike."""
    return [str(_WORDS[code]) if code in _WORDS else NAME_KINDS.label(code, language) for code in codes]
