"""Stations from the form, and the list of what is not placed: one more step, nothing typed is lost, everybody knows at once."""

import re
from typing import Any
from uuid import UUID

import pytest

from domain.detention import Detention
from domain.place import Place, Precision
from domain.protest import Protest
from domain.provenance import Entry, Source
from domain.record import new_id
from tests.web.seeding import MOSCOW, clock
from tests.web.site import Page, Site, record_of
from web.access.roles import Role
from web.stations.unplaced import how_many
from web.stations.wanted import code_of
from web.wiring import open_tracker

UNKNOWN = "ОВД Выдуманское"


def delivered(desk: Site) -> str:
    return f"/detentions/{desk.seeded.detention}/add/delivered"


def last(desk: Site, record: UUID) -> Any:
    return desk.tracker.log.of([record])[-1].event


def asked(desk: Site, **typed: str) -> Page:
    """The form that came back because nobody knows the station."""
    before = desk.recorded()
    answer = desk.fill(delivered(desk), **typed)
    assert answer.status_code == 422
    assert desk.recorded() == before
    return Page(answer.get_data(as_text=True))


def test_a_station_nobody_knows_is_asked_for_and_nothing_typed_is_lost(desk: Site) -> None:
    page = asked(desk, place="ОВД Никакое", when="24.02.2022 21:00", reference="call 12")
    assert page.fields["when"] == ["24.02.2022 21:00"]
    assert page.fields["reference"] == ["call 12"]
    assert {"place.chosen", "place.station", "place.name", "place.city", "place.kind"} <= page.names
    assert page.fields["place.city"] == ["Moscow"]


def test_a_new_station_is_recorded_with_what_was_typed_and_known_everywhere_at_once(desk: Site) -> None:
    page = asked(desk, place=f"в {UNKNOWN}", when="24.02.2022 21:00")
    sent = {**page.fields, "place.chosen": "new", "place.name": UNKNOWN}
    answer = desk.post(delivered(desk), sent)
    assert answer.status_code == 303
    event = last(desk, desk.seeded.detention)
    assert isinstance(event, Detention.Delivered)
    assert event.place is not None
    assert (event.place.precision, event.place.city) == (Precision.STATION, MOSCOW)
    code = event.place.station
    assert code is not None
    gazetteer = desk.tracker.gazetteer
    assert gazetteer.find_station("в Выдуманском", MOSCOW) == code
    assert gazetteer.station_name(code, "en") == "OVD Vydumanskoye"
    assert code in {station.code for station in gazetteer.stations_of(MOSCOW)}
    assert "OVD Vydumanskoye" in desk.page(answer.location).text
    assert desk.post(delivered(desk), sent).status_code == 303
    assert len([one for one in gazetteer.stations_of(MOSCOW) if one.code == code]) == 1
    assert desk.fill(delivered(desk), place="OVD Vydumanskoe").status_code == 303
    assert last(desk, desk.seeded.detention).place.station == code


def test_another_process_knows_it_too(desk: Site) -> None:
    """As the command line and an import do, which open an installation of their own."""
    other = open_tracker(desk.tracker.settings)
    try:
        page = asked(desk, place="ОВД Запроцессное")
        assert other.gazetteer.find_station("Запроцессное", MOSCOW) is None
        assert desk.post(delivered(desk), {**page.fields, "place.chosen": "new"}).status_code == 303
        assert other.gazetteer.find_station("Запроцессное", MOSCOW) is not None
    finally:
        other.close()


def test_a_new_spelling_of_a_station_of_the_gazetteer_opens_its_record(desk: Site) -> None:
    page = asked(desk, place="ОВД на Дмитровке")
    sent = {**page.fields, "place.chosen": "spelling", "place.station": "moscow-tverskoy"}
    assert desk.post(delivered(desk), sent).status_code == 303
    assert last(desk, desk.seeded.detention).place.station == "moscow-tverskoy"
    assert desk.tracker.gazetteer.find_station("на Дмитровке", MOSCOW) == "moscow-tverskoy"
    again = asked(desk, place="ОВД у метро Охотный ряд")
    sent = {**again.fields, "place.chosen": "spelling", "place.station": "moscow-tverskoy"}
    assert desk.post(delivered(desk), sent).status_code == 303
    shown = desk.page(f"/stations?city={MOSCOW}")
    link = next(link for link in shown.links if re.match(r"/stations/.*-", link) and "Охотный" in desk.page(link).text)
    assert "на Дмитровке" in desk.page(link).text, "both spellings stand in one record"


def test_a_spelling_that_was_taken_back_is_not_known_any_more(desk: Site) -> None:
    page = asked(desk, place="ОВД Отзывное")
    desk.post(delivered(desk), {**page.fields, "place.chosen": "spelling", "place.station": "moscow-arbat"})
    assert desk.tracker.gazetteer.find_station("ОВД Отзывное", MOSCOW) == "moscow-arbat"
    record = next(
        record_of(link) for link in desk.page(f"/stations?city={MOSCOW}").links
        if re.match(r"/stations/.*-", link) and "Отзывное" in desk.page(link).text
    )  # fmt: skip
    answer = desk.fill(f"/stations/{record}/entries/2/withdraw", because="mistake")
    assert answer.status_code == 303
    assert desk.tracker.gazetteer.find_station("ОВД Отзывное", MOSCOW) is None
    assert desk.tracker.gazetteer.station_name("moscow-arbat", "en").startswith("Arbat")


def test_a_station_needs_a_city_and_is_not_added_twice(desk: Site) -> None:
    answer = desk.fill("/detentions/new", place="ОВД Безгородное")
    page = Page(answer.get_data(as_text=True))
    again = desk.post("/detentions/new", {**page.fields, "place.chosen": "new"})
    assert again.status_code == 422
    assert "Say in which city" in Page(again.get_data(as_text=True)).text
    done = desk.post("/detentions/new", {**page.fields, "place.chosen": "new", "place.city": "Kazan"})
    assert done.status_code == 303
    known = asked(desk, place="ОВД Такого нет")
    twice = desk.post(delivered(desk), {**known.fields, "place.chosen": "new", "place.name": "OVD Tverskoe"})
    assert twice.status_code == 422
    assert "already" in Page(twice.get_data(as_text=True)).text


def test_the_form_comes_back_for_another_field_with_what_was_said_of_the_station(desk: Site) -> None:
    page = asked(desk, place="ОВД Позднее")
    before = desk.recorded()
    answer = desk.post(delivered(desk), {**page.fields, "place.chosen": "new", "when": "no time at all"})
    back = Page(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert desk.recorded() == before
    assert back.fields["place.chosen"] == ["new"]
    assert desk.post(delivered(desk), {**back.fields, "when": "24.02.2022"}).status_code == 303
    assert desk.tracker.gazetteer.find_station("Позднее", MOSCOW) is not None


def test_a_name_that_is_a_station_and_a_street_is_offered_as_both(desk: Site) -> None:
    page = Page(
        desk.fill(f"/protests/{desk.seeded.protest}/add/police-measure-reported", kind="kettling", place="Тверская").get_data(
            as_text=True
        )
    )
    chosen = re.findall(r'name="place\.chosen" value="([^"]+)"', page.html)
    assert any("moscow-tverskoy" in key for key in chosen)
    assert any(key.startswith("street/") for key in chosen)
    assert desk.fill(delivered(desk), place="Тверская").status_code == 303
    assert last(desk, desk.seeded.detention).place.station == "moscow-tverskoy"


def test_an_address_and_a_square_nobody_knows_keep_their_words_with_the_city(desk: Site) -> None:
    for words, precision in (("Выдуманный проспект, 31", Precision.ADDRESS), ("Выдуманная площадь", Precision.STREET)):
        answer = desk.fill(f"/protests/{desk.seeded.protest}/add/police-measure-reported", kind="kettling", place=words)
        assert answer.status_code == 303
        place = last(desk, desk.seeded.protest).place
        assert (place.precision, place.city, place.cell, place.words) == (precision, MOSCOW, None, words)


def test_a_code_is_the_same_for_the_same_name_and_fits_the_views(desk: Site) -> None:
    moscow = desk.tracker.gazetteer.city(MOSCOW)
    assert moscow is not None
    assert code_of(moscow, "Спецприёмник № 1") == code_of(moscow, "спецприемник №  1")
    codes = {code_of(moscow, f"Межмуниципальный отдел министерства внутренних дел {name}") for name in ("А", "Б")}
    assert len(codes) == 2
    assert all(len(code) <= 60 and code.isascii() for code in codes)


# -- what is not placed


def protest_in(desk: Site, words: str) -> UUID:
    protest = new_id()
    entry = Entry(desk.account or new_id(), Source("witness"), protest)
    place = Place(Precision.UNKNOWN, words=words)
    desk.tracker.catch_up(desk.tracker.casebook.record_protest(entry, protest, when=clock(2, 25, 12), place=place))
    return protest


def test_the_list_is_as_long_as_the_number_beside_maps_and_totals(desk: Site) -> None:
    protest_in(desk, "у нас")
    shown = desk.page("/not-placed")
    number = how_many(_at(desk))
    assert f"{number} entries" in shown.text
    for path in ("/", "/cities"):
        assert f"Entries not placed: {number}" in desk.page(path).text
    assert len([link for link in shown.links if "only=place" in link]) == number


def test_an_entry_is_placed_with_one_field_and_its_words_stay(desk: Site) -> None:
    protest = protest_in(desk, "на площади у нас")
    before = how_many(_at(desk))
    path = f"/protests/{protest}/entries/1/correct?only=place"
    page = desk.page(path)
    assert [name for name in page.names if name in ("place", "when", "about", "because")] == ["place"]
    assert desk.fill(path, place="Москва, Красная площадь").status_code == 303
    corrected = last(desk, protest)
    assert isinstance(corrected, Protest.Corrected)
    assert (corrected.because, corrected.words) == ("new_information", "Москва, Красная площадь")
    assert (corrected.restated.place.city, corrected.restated.place.words) == (MOSCOW, "на площади у нас")
    assert corrected.restated.when == clock(2, 25, 12)
    assert how_many(_at(desk)) == before - 1


def test_the_words_of_a_persons_record_stay_sealed_when_it_is_placed(desk: Site) -> None:
    page = Page(desk.fill("/detentions/new", place="у дома с аркой", name="Выдумкина Ия").get_data(as_text=True))
    assert desk.post("/detentions/new", {**page.fields, "place.chosen": "words"}).status_code == 303
    link = next(link for link in desk.page("/not-placed").links if "/detentions/" in link)
    detention = record_of(link)
    told = last(desk, detention).place.words
    assert desk.fill(link, place="Казань").status_code == 303
    corrected = last(desk, detention)
    assert corrected.restated.place.words == told
    assert corrected.words is not None
    assert not isinstance(corrected.words, str)


def test_what_many_entries_share_is_placed_once_for_all(desk: Site) -> None:
    ours = [protest_in(desk, "на нашем пустыре") for _ in range(3)]
    other = protest_in(desk, "на другом пустыре")
    link = next(link for link in desk.page("/not-placed").links if link.endswith("/all"))
    assert "Place all 3 entries with these words" in desk.page("/not-placed").text
    assert desk.fill(link, place="Казань").status_code == 303
    assert {last(desk, protest).restated.place.city for protest in ours} == {551487}
    assert {last(desk, protest).restated.place.words for protest in ours} == {"на нашем пустыре"}
    assert isinstance(last(desk, other), Protest.Recorded)
    before = desk.recorded()
    assert desk.get(link).status_code == 303, "what is placed already is not asked for again"
    assert desk.recorded() == before


def test_a_monitor_sees_that_there_is_an_entry_and_nothing_sealed_in_it(desk: Site) -> None:
    page = Page(desk.fill("/detentions/new", place="тайное место").get_data(as_text=True))
    answer = desk.post("/detentions/new", {**page.fields, "place.chosen": "words", "when": "01.02.2022"})
    person = record_of(answer.location)
    desk.fill(f"/detentions/{_detention(desk, person)}/add/released", kind="without_protocol", when="01.02.2022")
    monitor = desk.signed_in_as(Role.MONITOR)
    shown = monitor.page("/not-placed")
    assert "тайное место" in desk.page("/not-placed").text, "the control: whoever may read it does"
    assert "тайное место" not in shown.text
    assert f"{how_many(_at(desk))} entries" in shown.text


@pytest.mark.parametrize("role", [Role.LAWYER, Role.JOURNALIST, Role.ADMIN])
def test_others_have_no_list_to_work_off(desk: Site, role: Role) -> None:
    assert desk.signed_in_as(role).get("/not-placed").status_code == 403


def test_a_station_of_the_record_is_told_in_both_languages(site: Site) -> None:
    shown = site.page(f"/stations/{site.seeded.station}").text
    assert ("Station put on record" if site.language == "en" else "Внесено место содержания") in shown


def _detention(desk: Site, person: UUID) -> UUID:
    from projections import case_files

    with desk.tracker.views() as db:
        return UUID(bytes=case_files.detentions_of(db, [person.bytes])[0].detention)


def _at(desk: Site) -> Any:
    from web.desk import Desk

    return Desk(desk.tracker, is_demo=False)
