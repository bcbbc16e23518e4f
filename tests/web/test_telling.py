"""Every event told in a sentence, in English and Russian: whole, sober, and with no word that may not be shown."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.count import Count
from domain.detention import Detention
from domain.incident import Incident
from domain.moment import When
from domain.person import Person
from domain.place import Place, Precision
from domain.privacy import Sealed
from domain.protest import Protest
from domain.provenance import Reliability, Source
from domain.record import facts_of
from domain.topics import all_events
from domain.vocabulary.custody import AGENCIES
from domain.vocabulary.general import SOURCE_KINDS
from tests.web.telling_samples import MOSCOW, Names, clock, every_code, minimal, open_all, optional, rich, sealed, told_event
from web.telling import NotTold, Teller, Withheld, sealed_shut, templates
from web.telling.numbers import told_number
from web.telling.phrases import phrase
from web.telling.words import one_line, quoted

LANGUAGES = ("en", "ru")
TOPICS = dict(all_events())
TELLER = Teller(Names(), open_all)
PUSHKINSKAYA = Place(Precision.STREET, "RU", "RU.48", 524901, zone=MOSCOW, words="Pushkinskaya Square")
TVERSKOY = Place(Precision.STATION, "RU", "RU.48", 524901, "msk-tverskoy", zone=MOSCOW)

STRAY = re.compile(r"None|Undefined|\bunknown\b|  | [.,;:)]|\( |\(\)|[,;:]\s*[.,;:]|\.\.|: *$|\[|\{|<|>")
"""What a sentence must not leave behind: an empty part's punctuation, a placeholder, a code nobody translated."""


def both(happened: object) -> tuple[str, str]:
    """In English and in Russian."""
    return TELLER.tell(happened, "en"), TELLER.tell(happened, "ru")  # type: ignore[arg-type]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_event_can_be_told_in_both_languages(topic: str) -> None:
    path = templates.FOLDER / f"{topic}.txt"
    assert path.exists(), f"{topic} cannot be told: write {path}"
    missing = set(LANGUAGES) - {language for language, text in templates.sections(path.read_text("utf-8")).items() if text}
    assert not missing, f"{path.name} has no section for {missing}"


def test_there_is_no_sentence_for_an_event_that_does_not_exist() -> None:
    assert {path.name.removesuffix(".txt") for path in templates.FOLDER.iterdir()} == set(TOPICS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_a_sentence_is_whole_whatever_was_reported(topic: str, language: str) -> None:
    happened = TOPICS[topic]
    for facts in (rich(happened), minimal(happened), *every_code(happened)):
        told = TELLER.tell(told_event(happened, **facts), language)
        assert not STRAY.search(told), told
        assert told.endswith("."), told
        assert told[0].isupper(), told


@pytest.mark.parametrize("topic", TOPICS)
def test_a_russian_sentence_holds_no_english_and_the_other_way_round(topic: str) -> None:
    happened = TOPICS[topic]
    for facts in (minimal(happened), *every_code(happened)):
        plain = {name: None if name in ("when", "place") else value for name, value in facts.items()}
        words = {name: sealed("—") if isinstance(value, Sealed) else value for name, value in plain.items()}
        words |= {name: "—" for name, value in words.items() if name in ("by", "about", "organiser") and value}
        words |= {name: Count(40, 60) for name, value in words.items() if isinstance(value, Count)}
        words |= {name: "x" for name in words if name == "other"}
        english, russian = both(told_event(happened, **words)) if "other" not in words else (Teller.tell(_cited(), e, "en"), Teller.tell(_cited(), e, "ru")) if (e := told_event(happened, **facts | {"words": None})) else ("", "")
        assert not re.search("[а-яё]", english), english
        assert not re.search("[a-z]", russian), russian
