"""Every event can be told in a sentence, in English and Russian: whole, and with no word that may not be shown."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.count import Count
from domain.facts import facts_of
from domain.moment import When
from domain.person import Person
from domain.place import Place, Precision
from domain.privacy import Sealed
from domain.protest import Protest
from domain.provenance import Reliability, Source
from domain.record import Record
from domain.topics import all_events
from domain.vocabulary.custody import AGENCIES
from domain.vocabulary.general import ANSWERS, SOURCE_KINDS
from tests.web.telling_samples import Names, every_code, minimal, open_all, optional, rich, sealed, told_event
from web.telling import NotTold, Teller, Withheld, sealed_shut, templates
from web.telling.phrases import phrase

LANGUAGES = ("en", "ru")
TOPICS = dict(all_events())

STRAY = re.compile(r"None|Undefined|\bunknown\b|  | [.,;:)]|\( |\(\)|[,;:]\s*[.,;:]|\.\.|: *$|[\[\]{}<>]")
"""What a sentence must not leave behind: the punctuation of an empty part, a placeholder, a code that nobody translated."""

NAMES_OF_FORMATS = re.compile(r"SHA-256|WebM|Matroska|WebP|Ogg|\b[A-Z]{2,4}\d?\b")
"""They are called the same in every language."""

every_topic = pytest.mark.parametrize("topic", TOPICS)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_topic
def test_every_event_has_a_sentence_in_both_languages(topic: str) -> None:
    path = templates.FOLDER / f"{topic}.txt"
    assert path.exists(), f"{topic} cannot be told: write web/told/{path.name}"
    missing = {language for language in LANGUAGES if not templates.sections(path.read_text("utf-8")).get(language)}
    assert not missing, f"web/told/{path.name} has no section for {missing}"


def test_there_is_no_sentence_for_an_event_that_does_not_exist() -> None:
    assert {path.name.removesuffix(".txt") for path in templates.FOLDER.iterdir()} == set(TOPICS)


@every_language
@every_topic
def test_a_sentence_is_whole_whatever_was_reported(topic: str, language: str) -> None:
    happened = TOPICS[topic]
    teller = Teller(Names(), open_all)
    for facts in (rich(happened), minimal(happened), *every_code(happened)):
        told = teller.tell(told_event(happened, **facts), language)
        without_words = told.replace("of unknown kind", "of some kind")
        assert not STRAY.search(without_words), told
        assert told.endswith("."), told
        assert told[0].isupper(), told


@every_topic
def test_nothing_of_one_language_is_left_in_the_other(topic: str) -> None:
    happened = TOPICS[topic]
    teller = Teller(Names(), open_all, cite=lambda record: "1")
    for facts in (minimal(happened), *every_code(happened)):
        entry = told_event(happened, **{name: _without_words(value) for name, value in facts.items()})
        assert not re.search("[а-яё]", teller.tell(entry, "en"), re.IGNORECASE)
        assert not re.search("[a-z]", NAMES_OF_FORMATS.sub("", teller.tell(entry, "ru")), re.IGNORECASE)


def _without_words(value: Any) -> Any:
    match value:
        case When():
            return value.told(None)
        case Place():
            return Place(Precision.CITY, "RU", "RU.48", 524901)
        case Count():
            return replace(value, words=None)
        case Sealed():
            return sealed("1")
        case "Мемориал" | "вечером":
            return "1"
    return value


@every_topic
def test_both_languages_tell_the_same_facts(topic: str) -> None:
    happened = TOPICS[topic]
    teller = Teller(Names(), open_all)
    everything = rich(happened)
    for name, nothing in optional(happened):
        less = told_event(happened, **{**everything, name: nothing})
        english, russian = (
            teller.tell(less, language) != teller.tell(told_event(happened, **everything), language) for language in LANGUAGES
        )
        assert english == russian, f"{topic}: {name} is told in one language only"


@every_language
@every_topic
def test_yes_no_and_not_known_are_three_different_answers(topic: str, language: str) -> None:
    happened = TOPICS[topic]
    teller = Teller(Names(), open_all)
    for name, fact in facts_of(happened).items():
        if fact.vocabulary is ANSWERS:
            answers = {teller.tell(told_event(happened, **{**rich(happened), name: code}), language) for code in ANSWERS}
            assert len(answers) == 3, f"{topic}: {name}"


@every_language
@every_topic
def test_no_sealed_word_is_told_to_a_reader_who_may_not_see_it(topic: str, language: str) -> None:
    happened = TOPICS[topic]
    facts = rich(happened)
    if "restated" in facts:
        facts["restated"] = told_event(Person.Named, name=sealed("Secret"), kind="full")
    entry = told_event(happened, Source("relative", reference=sealed("Secret")), **{n: _secret(v) for n, v in facts.items()})
    for opener in (sealed_shut, lambda words: None, lambda words: Withheld.FORGOTTEN):
        teller = Teller(Names(), opener)
        told = teller.tell(entry, language)
        if issubclass(happened, Record.Event):
            told += teller.tell_source(entry, language)
        assert "Secret" not in told
        assert not STRAY.search(re.sub(r"\[\w+\]", "", told).replace(": .", ".").replace(", )", ")")), told


def _secret(value: Any) -> Any:
    if isinstance(value, Sealed):
        return sealed("Secret")
    if isinstance(value, When | Place) and isinstance(value.words, Sealed):
        return replace(value, words=sealed("Secret"))
    return value


def test_held_back_words_leave_a_mark_and_a_forgotten_person_another() -> None:
    named = told_event(Person.Named, name=sealed("Анна"), kind="first")
    assert Teller(Names(), sealed_shut).tell(named, "en") == "Name recorded (first name only): [sealed]."
    assert Teller(Names(), sealed_shut).tell(named, "ru") == "Записано имя (только имя): [скрыто]."
    assert Teller(Names(), lambda words: Withheld.FORGOTTEN).tell(named, "en") == "Name recorded (first name only): [forgotten]."
    assert Teller(Names(), lambda words: Withheld.FORGOTTEN).tell(named, "ru") == "Записано имя (только имя): [забыто]."
    assert Teller(Names(), open_all).tell(named, "ru") == "Записано имя (только имя): Анна."


def test_the_same_event_is_told_the_same_way_again() -> None:
    entry = told_event(Protest.Recorded, **rich(Protest.Recorded))
    assert Teller(Names(), open_all).tell(entry, "ru") == Teller(Names(), open_all).tell(entry, "ru")


def test_markup_and_template_signs_in_peoples_words_stay_what_they_are() -> None:
    entry = told_event(Person.Named, name=sealed("<b>{{ 7 * 7 }}</b>"), kind="heard")
    assert Teller(Names(), open_all).tell(entry, "en") == "Name recorded (as it was heard): <b>{{ 7 * 7 }}</b>."


def test_words_cannot_break_the_line_or_turn_its_direction() -> None:
    entry = told_event(Person.Named, name=sealed("Anna\x1b[2J\r\nB.\u202e\u2066x\u200b"), kind="heard")
    assert Teller(Names(), open_all).tell(entry, "en") == "Name recorded (as it was heard): Anna [2J B.x."


def test_a_missing_sentence_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "FOLDER", tmp_path)
    templates.template.cache_clear()
    teller, entry = Teller(Names(), open_all), told_event(Person.Opened)
    try:
        with pytest.raises(NotTold, match=r"web/told/person\.opened\.txt is missing"):
            teller.tell(entry, "en")
        (tmp_path / "person.opened.txt").write_text("[en]\nOpened.\n")
        with pytest.raises(NotTold, match=r"no section \[ru\]"):
            teller.tell(entry, "ru")
        with pytest.raises(NotTold, match="'de'"):
            teller.tell(entry, "de")
    finally:
        templates.template.cache_clear()


@every_language
def test_every_agency_and_every_source_has_its_form_inside_a_sentence(language: str) -> None:
    for code in AGENCIES:
        told = phrase(AGENCIES, code, language)
        assert told != AGENCIES.label(code, "ru"), f"{code} has no Russian form for a sentence"
    for code in SOURCE_KINDS:
        assert phrase(SOURCE_KINDS, code, language) != SOURCE_KINDS.label(code, language)


def test_a_source_is_told_with_its_reliability_and_reference() -> None:
    def told(source: Source, language: str) -> str:
        return Teller(Names(), open_all).tell_source(told_event(Person.Opened, source), language)

    relative = Source("relative", Reliability.RELIABLE, sealed("звонок 14"))
    assert told(relative, "en") == "According to a relative or friend (reliable); reference: “звонок 14”."
    assert told(relative, "ru") == "Со слов родственника или друга (источник надёжный); ссылка: «звонок 14»."
    assert told(Source("unknown"), "en") == "Source not known."
    assert told(Source("photograph"), "ru") == "По фотографии или видео."


def test_a_code_newer_than_this_program_is_told_as_it_stands() -> None:
    newer = told_event(Protest.Ended, when=None, kind="by_decree")
    assert Teller(Names(), open_all).tell(newer, "en") == "By_decree."


def _corrected(**facts: Any) -> Record.Correction:
    restated = told_event(Protest.DetentionsCounted, when=None, count=Count(60, 60), place=None)
    entry: Record.Correction = told_event(Protest.Corrected, version=3, restated=restated, **facts)
    return entry


def test_a_correction_says_why_and_how_the_entry_reads_now_and_read_before() -> None:
    teller = Teller(Names(), open_all)
    before = told_event(Protest.DetentionsCounted, when=None, count=Count(21, 21), place=None)
    corrected = _corrected(because="new_information", words="второй список")
    assert teller.tell(corrected, "en") == (
        "Entry 3 on the protest corrected (newer or better information, “второй список”). "
        "It now reads: Counted without names: 60 people detained."
    )
    assert teller.tell_correction(corrected, "ru", before) == (
        "Исправлена запись 3 об акции (новые или более точные сведения, «второй список»). "
        "Теперь: Подсчёт без имён: задержано 60 человек. Прежде: Подсчёт без имён: задержан 21 человек."
    )


def test_a_withdrawal_says_what_is_taken_back_and_why() -> None:
    teller = Teller(Names(), open_all)
    one = told_event(Protest.Withdrawn, version=3, because="duplicate", words=None)
    everything = told_event(Protest.Withdrawn, version=None, because="source_retracted", words=None)
    assert teller.tell(one, "en") == "Entry 3 on the protest withdrawn (recorded twice)."
    assert teller.tell(one, "ru") == "Отозвана запись 3 об акции (записано дважды)."
    assert teller.tell(everything, "en") == "The whole record of the protest withdrawn (the source retracted)."
    assert teller.tell(everything, "ru") == "Отозваны все записи об акции (источник отозвал сообщение)."
