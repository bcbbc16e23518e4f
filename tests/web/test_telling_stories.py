"""What a reader finds in the record of the stories 1-4, 7 and 10: the sentences, word for word."""

from itertools import pairwise
from typing import Any

from domain.count import Count
from domain.detention import Detention
from domain.moment import When
from domain.person import Person
from domain.place import Place, Precision
from domain.protest import Protest
from domain.provenance import Source
from tests.web.telling_samples import MOSCOW, RECORD, Names, clock, open_all, sealed, told_event
from web.telling import Teller

PUSHKINSKAYA = Place(Precision.STREET, "RU", "RU.48", 524901, zone=MOSCOW, words="Pushkinskaya Square")
TVERSKOY = Place(Precision.STATION, "RU", "RU.48", 524901, "msk-tverskoy", zone=MOSCOW)
PETERSBURG = Place(Precision.CITY, "RU", "RU.66", 498817, zone=MOSCOW)
EVENING = When.between(clock(18), clock(23, 59).replace(second=59), MOSCOW, sealed("вечером"))


def told(happened: Any, **facts: Any) -> tuple[str, str]:
    """In English and in Russian."""
    entry, teller = told_event(happened, **facts), Teller(Names(), open_all)
    return teller.tell(entry, "en"), teller.tell(entry, "ru")


def detained(**facts: Any) -> tuple[str, str]:
    """A detention, of which nothing is known but what is given."""
    unknown: dict[str, Any] = {"when": None, "place": None, "protest": None, "words": None}
    codes = dict.fromkeys(("circumstances", "agency", "minor"), "unknown")
    return told(Detention.Recorded, person=PERSON, **{**unknown, **codes, **facts})


PERSON = sealed("").person


def test_a_detention_is_told_with_its_time_place_and_police() -> None:
    when = When.between(clock(16, 20), clock(16, 40), MOSCOW)
    assert detained(when=when, place=PUSHKINSKAYA, circumstances="at_protest", agency="riot_police") == (
        "Detained on 24 February 2022 between 16:20 and 16:40 at Pushkinskaya Square, Moscow, "
        "by riot police (OMON), at a protest.",
        "Задержание на акции сотрудниками ОМОНа 24 февраля 2022 г., между 16:20 и 16:40, «Pushkinskaya Square», Москва.",
    )
    assert detained() == ("Detained, time not reported.", "Задержание, время не сообщалось.")


def test_the_first_story_is_told_with_its_allegations_in_her_words() -> None:
    assert detained(when=EVENING, place=PETERSBURG, circumstances="on_the_way") == (
        "Detained on 24 February 2022 between 18:00 and midnight (“вечером”) in St Petersburg, on the way to or from a protest.",
        "Задержание по дороге на акцию или с акции 24 февраля 2022 г., между 18:00 и полуночью («вечером»), Санкт-Петербург.",
    )
    assert told(
        Detention.Questioned,
        when=None,
        agencies=("security_service", "counter_terrorism"),
        counsel_present="no",
        words=sealed("допрашивали жестоко"),
    ) == (
        "Questioned by the Federal Security Service (FSB) and anti-terrorism officers, without counsel. "
        "As reported: “допрашивали жестоко”.",
        "Допрос сотрудниками ФСБ и сотрудниками антитеррора, без защитника. Как сообщается: «допрашивали жестоко».",
    )
    torture = {"when": None, "kind": "torture", "agency": "security_service", "words": sealed("Это были пытки.")}
    assert told(Detention.IllTreatmentReported, **torture) == (
        "Ill-treatment (alleged): torture, in the person's own words, by the Federal Security Service (FSB). "
        "In the person's own words: “Это были пытки”.",
        "Жестокое обращение (по сообщению): пытки, по словам человека; применялось сотрудниками ФСБ. "
        "Собственными словами: «Это были пытки».",
    )
    assert told(Detention.DeviceSearched, when=None, device="phone", outcome="attempted", words=None) == (
        "Attempt to get into the phone: outcome not known.",
        "Попытка получить доступ к содержимому телефона: итог неизвестен.",
    )
    assert told(Detention.Threatened, when=None, kind="criminal_case", agency="security_service", words=None) == (
        "Threatened with criminal prosecution by the Federal Security Service (FSB).",
        "Угроза уголовным преследованием, высказана сотрудниками ФСБ.",
    )
    assert told(Detention.CounselRefused, when=None, ground="plan_krepost", agency="police") == (
        "Counsel not let in by police; ground given: “plan Krepost” (station sealed).",
        "Защитник не допущен сотрудниками полиции; основание: план «Крепость».",
    )
    scopes = {"scopes": ("publish_first_name",), "given_by": "person", "form": "spoken", "when": None, "until": None}
    assert told(Person.ConsentGiven, **scopes) == (
        "Consent given by the person by word of mouth: publish the first name or a pseudonym.",
        "Согласие дано самим человеком устно: публиковать имя или псевдоним.",
    )


def test_the_second_story_is_a_rally_and_a_woman_nobody_knows_who_is_recognised_later() -> None:
    day = When.between(clock(0, day=27), clock(23, 59, day=27).replace(second=59), MOSCOW)
    rally = {"when": day, "place": PUSHKINSKAYA, "form": "rally", "agreement": "not_agreed", "about": None, "organiser": None}
    assert told(Protest.Recorded, **rally) == (
        "Rally on 27 February 2022 at Pushkinskaya Square, Moscow, not agreed with the authorities.",
        "Митинг 27 февраля 2022 г., «Pushkinskaya Square», Москва; акция не согласована с властями.",
    )
    entry = told_event(Person.Opened, Source("photograph"))
    assert Teller(Names(), open_all).tell_source(entry, "en") == "From a photograph or video."
    assert told(Detention.Identified, person=RECORD, other=PERSON, basis="photograph", words=None) == (
        "Recognised as the person of file 1a2b3c4d, from a photograph or video.",
        "Установлено: это человек из карточки 1a2b3c4d, по фотографии или видео.",
    )


def test_the_third_story_is_a_closed_square_and_no_detention() -> None:
    square = Place(Precision.STREET, "RU", "RU.48", 524901, zone=MOSCOW, words="Красная площадь")
    day = When.between(clock(0), clock(23, 59).replace(second=59), MOSCOW)
    assert told(Protest.PoliceMeasureReported, when=day, kind="area_closed", place=square) == (
        "Area closed on 24 February 2022 at “Красная площадь”, Moscow.",
        "Территория перекрыта 24 февраля 2022 г., Красная площадь, Москва.",
    )


def test_the_fourth_story_is_a_sign_and_three_counts_side_by_side() -> None:
    day = When.between(clock(0, day=2, month=3), clock(23, 59, day=2, month=3).replace(second=59), MOSCOW)
    unknown = {"form": "display", "agreement": "unknown", "about": "Нет войне", "organiser": None}
    assert told(Protest.Recorded, when=day, place=PETERSBURG, **unknown) == (
        "Display of a sign or symbol on 2 March 2022 in St Petersburg. About: “Нет войне”.",
        "Плакат, надпись или символ 2 марта 2022 г., Санкт-Петербург. О чём: «Нет войне».",
    )
    counts = [Count(101, None, "over 100"), Count(60, None, "at least 60"), Count(24, 96, "several dozen")]
    assert [told(Protest.DetentionsCounted, when=None, count=count, place=None) for count in counts] == [
        (
            "Counted without names: at least 101 people detained (“over 100”).",
            "Подсчёт без имён: задержано не менее 101 человека («over 100»).",
        ),
        (
            "Counted without names: at least 60 people detained.",
            "Подсчёт без имён: задержано не менее 60 человек.",
        ),
        (
            "Counted without names: 24 to 96 people detained (“several dozen”).",
            "Подсчёт без имён: задержано от 24 до 96 человек («several dozen»).",
        ),
    ]


def test_the_seventh_story_is_a_draft_notice_in_a_police_station() -> None:
    when = When.at(clock(19, 20), MOSCOW)
    assert told(Detention.Delivered, when=when, place=TVERSKOY) == (
        "Brought to a police station on 24 February 2022 at 19:20: Tverskoy police station, Moscow.",
        "Доставление в отдел полиции 24 февраля 2022 г. в 19:20: ОВД «Тверской», Москва.",
    )
    assert told(Detention.DraftNoticeServed, when=None) == (
        "Draft notice served in custody.",
        "Во время задержания вручена повестка из военкомата.",
    )


def test_the_tenth_story_is_a_figure_corrected_and_what_it_was_before() -> None:
    teller = Teller(Names(), open_all)
    figures = [told_event(Protest.DetentionsCounted, when=None, count=Count(n, n), place=None) for n in (42, 51, 47, 1)]
    for before, now in pairwise(figures):
        corrected = told_event(Protest.Corrected, version=2, because="mistake", words=None, restated=now)
        assert teller.tell_correction(corrected, "en", before) == (
            f"Entry 2 on the protest corrected (mistake in recording). It now reads: {teller.tell(now, 'en')} "
            f"It read before: {teller.tell(before, 'en')}"
        )
    assert teller.tell(figures[1], "ru") == "Подсчёт без имён: задержан 51 человек."
    assert teller.tell(figures[3], "en") == "Counted without names: 1 person detained."


def test_papers_and_a_change_of_article_are_told_apart() -> None:
    at_six = When.at(clock(18), MOSCOW)
    assert told(Detention.ProtocolDrawn, when=at_six, kind="offence", article="koap-20.3.3-1", copy_given="no") == (
        "Protocol of an administrative offence (KoAP 28.2) drawn up on 24 February 2022 at 18:00, "
        "under KoAP 20.3.3(1) (“discrediting” the army), no copy was given.",
        "Составлен протокол об административном правонарушении (ст. 28.2 КоАП) 24 февраля 2022 г. в 18:00, "
        "ч. 1 ст. 20.3.3 КоАП («дискредитация» армии), копия не выдана.",
    )
    assert told(Detention.Requalified, when=When.at(clock(21, 30), MOSCOW), article="koap-19.3-1") == (
        "Accusation changed on 24 February 2022 at 21:30: now KoAP 19.3(1) (disobeying police).",
        "Переквалификация 24 февраля 2022 г. в 21:30: теперь ч. 1 ст. 19.3 КоАП (неповиновение).",
    )


def test_a_release_is_told_without_saying_whether_it_was_a_man_or_a_woman() -> None:
    assert told(Detention.Released, when=When.month(2019, 9, MOSCOW), kind="case_ended") == (
        "Released (prosecution ended) in September 2019.",
        "Освобождение (преследование прекращено) в сентябре 2019 г.",
    )
    assert told(Detention.Released, when=None, kind="unknown") == (
        "Released, time not reported.",
        "Освобождение, время не сообщалось.",
    )
