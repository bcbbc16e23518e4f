"""Recording by form: every form takes what is right, keeps everything and says one sentence where something is wrong, and once is once."""

import logging
import re
from typing import Any

import pytest

from domain.detention import Detention
from domain.person import Person
from domain.protest import Protest
from domain.topics import all_events
from tests.web.site import Page, Site, record_of
from web.entries.fields import Field, fields_of
from web.entries.offers import KINDS, OFFERS
from web.vault import FORGOTTEN

RIGHT = {"when": "25.02.2022 03:10", "place": "Moscow", "count": "about 50", "words": "Said so.", "line": "Memorial", "day": "2023-03-01"}
WRONG = {
    "when": "gestern oder so",
    "place": "Nowherebyezhsk",
    "count": "quite a crowd of them",
    "choice": "no-such-code",
    "choices": "no-such-code",
    "day": "2023-02-31",
    "line": "x" * 301,
    "words": "x" * 20_001,
    "file": "not a number",
    "protest": "not a number",
}
NEVER_OFFERED = {"recorded", "opened", "corrected", "withdrawn", "counsel_assigned", "counsel_dismissed", "forgotten"}
ALL = [(kind, name) for kind, offers in OFFERS.items() for name in offers]


def subject(desk: Site, kind: str) -> str:
    """A record of that kind to add to."""
    seeded = desk.seeded
    return f"/{kind}/{ {'protests': seeded.protest, 'detentions': seeded.detention, 'people': seeded.long}[kind] }"


def right(desk: Site, fields: list[Field]) -> dict[str, Any]:
    """Every field filled in."""
    values: dict[str, Any] = {}
    for field in fields:
        if field.shape in ("choice", "choices"):
            values[field.name] = field.options[-1][0] if field.shape == "choice" else [code for code, _ in field.options[:2]]
        elif field.shape in ("file", "protest"):
            values[field.name] = str(desk.seeded.other if field.shape == "file" else desk.seeded.protest)
        else:
            values[field.name] = RIGHT[field.shape]
    return values


def lines(desk: Site, location: str) -> str:
    return desk.page(location).text


def test_every_event_is_offered_or_left_out_on_purpose() -> None:
    offered = {f"{KINDS[kind].TOPIC}.{name.replace('-', '_')}" for kind, name in ALL}  # type: ignore[attr-defined]
    left_out = {topic for topic, _ in all_events() if topic.split(".")[1] in NEVER_OFFERED}
    assert offered | left_out == {topic for topic, _ in all_events()}


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_an_entry_with_everything_known_is_recorded_and_shown(desk: Site, kind: str, name: str) -> None:
    before = desk.recorded()
    with desk.app.test_request_context():
        fields = fields_of(OFFERS[kind][name].event, "en")
    answer = desk.fill(f"{subject(desk, kind)}/add/{name}", **right(desk, fields), source_kind="lawyer", reference="call 12")
    assert answer.status_code == 303, Page(answer.get_data(as_text=True)).text
    assert desk.recorded() == before + 1
    assert f'id="entry-{before + 1}"' in desk.page(answer.location).html
    assert "Recorded." in lines(desk, answer.location)
    if name == "told-apart":
        assert str(desk.seeded.other) not in desk.page(answer.location).html.partition("chronicle")[0]


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_an_entry_with_as_little_known_as_may_be_is_recorded(desk: Site, kind: str, name: str) -> None:
    before = desk.recorded()
    with desk.app.test_request_context():
        needed = [field for field in fields_of(OFFERS[kind][name].event, "en") if field.required]
    answer = desk.fill(f"{subject(desk, kind)}/add/{name}", **right(desk, needed))
    assert answer.status_code == 303, Page(answer.get_data(as_text=True)).text
    assert desk.recorded() == before + 1


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_each_wrong_field_brings_the_form_back_with_everything_kept(desk: Site, kind: str, name: str) -> None:
    path, before = f"{subject(desk, kind)}/add/{name}", desk.recorded()
    with desk.app.test_request_context():
        fields = fields_of(OFFERS[kind][name].event, "en")
    for field in fields:
        wrong = {**right(desk, fields), field.name: WRONG[field.shape], "reference": "kept as it was"}
        answer = desk.fill(path, **wrong)
        page = Page(answer.get_data(as_text=True))
        assert answer.status_code == 422, (field.name, answer.status_code)
        assert f'id="{field.name}.wrong"' in page.html, field.name
        assert f'href="#{field.name}"' in page.html
        assert page.fields["reference"] == ["kept as it was"]
        for other, value in wrong.items():
            if other != field.name or field.shape not in ("choice", "choices", "file", "protest"):
                assert page.fields[other] == (value if isinstance(value, list) else [value]), other
    assert desk.recorded() == before


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_each_needed_field_left_empty_is_asked_for(desk: Site, kind: str, name: str) -> None:
    path, before = f"{subject(desk, kind)}/add/{name}", desk.recorded()
    with desk.app.test_request_context():
        fields = fields_of(OFFERS[kind][name].event, "en")
    for field in (field for field in fields if field.required):
        answer = desk.fill(path, **{**right(desk, fields), field.name: ""})
        assert answer.status_code == 422
        assert f'id="{field.name}.wrong"' in answer.get_data(as_text=True)
    assert desk.recorded() == before


def test_a_protest_is_recorded_and_told(desk: Site) -> None:
    answer = desk.fill("/protests/new", when="24.02.2022 19:20", place="Moscow, Pushkinskaya Square", form="march", about="No war")
    assert answer.status_code == 303
    told = lines(desk, answer.location)
    assert "March on 24 February 2022 at 19:20" in told
    assert "Pushkinskaya Square" in told
    assert "“No war”" in told


def test_a_time_is_read_on_the_clock_of_the_place(desk: Site) -> None:
    answer = desk.fill("/protests/new", when="02.03.2022 18:00", place="Yekaterinburg")
    protest = desk.tracker.log.of([record_of(answer.location)])[0].event
    assert isinstance(protest, Protest.Recorded)
    assert (protest.when.zone, protest.when.earliest.hour) == ("Asia/Yekaterinburg", 13)


def test_a_detention_with_a_name_is_sealed_and_shown(desk: Site, caplog: pytest.LogCaptureFixture) -> None:
    protest = desk.seeded.protest
    with caplog.at_level(logging.DEBUG):
        answer = desk.fill(
            f"/detentions/new?protest={protest}",
            name="Vydumannaya Zoya",
            when="24.02.2022, in the evening",
            place="Pushkinskaya Square",
            words="She was carried to the van.",
            reference="call 4711",
        )
    assert answer.status_code == 303
    told = lines(desk, answer.location)
    for words in ("Vydumannaya Zoya", "She was carried to the van", "call 4711", "Pushkinskaya Square", "held"):
        assert words in told
        assert words not in caplog.text
        assert words.split()[0] not in answer.location
    assert "Vydumannaya Zoya" in lines(desk, f"/protests/{protest}")
    stored = desk.tracker.settings.home.glob("*.sqlite*")
    assert not any("Vydumannaya".encode() in path.read_bytes() or b"call 4711" in path.read_bytes() for path in stored)


def test_a_detention_of_somebody_unnamed_needs_nothing_at_all(desk: Site) -> None:
    answer = desk.fill("/detentions/new")
    assert answer.status_code == 303
    assert "Name not known" in lines(desk, answer.location)


def test_a_release_before_any_detention_opens_one(desk: Site) -> None:
    answer = desk.fill("/releases/new", name="Vymyshlenny Oleg", when="01.03.2022", kind="from_court", place="Moscow")
    told = lines(desk, answer.location)
    assert "Released from court on 1 March 2022" in told
    assert "Detained, time not reported" in told


def test_a_further_detention_of_somebody_with_a_file(desk: Site) -> None:
    answer = desk.fill(f"/people/{desk.seeded.held}/detentions/new", when="05.03.2022", circumstances="at_the_gate")
    assert answer.location.startswith(f"/people/{desk.seeded.held}?")
    assert "“carousel”" in lines(desk, answer.location)


@pytest.mark.parametrize("path", ["/protests/new", "/detentions/new", "/releases/new", "/detentions/{detention}/add/released"])
def test_a_form_sent_twice_is_recorded_once(desk: Site, path: str) -> None:
    path = path.format(detention=desk.seeded.detention)
    form = {**desk.page(path).fields, "when": "24.02.2022", "place": "Moscow"}
    first = desk.post(path, form)
    recorded = desk.recorded()
    second = desk.post(path, form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert desk.recorded() == recorded
    assert "Nothing was recorded twice" in lines(desk, second.location)


def test_a_date_in_the_future_is_refused_at_its_field(desk: Site) -> None:
    answer = desk.fill("/protests/new", when="24.02.2090", place="Moscow")
    assert answer.status_code == 422
    assert 'id="when.wrong"' in answer.get_data(as_text=True)


def test_a_date_with_two_meanings_is_refused_with_both(desk: Site) -> None:
    answer = desk.fill("/protests/new", when="02/03/2022", place="Moscow")
    told = Page(answer.get_data(as_text=True)).text
    assert answer.status_code == 422
    assert re.search("2 March 2022|2022-03-02", told)
    assert re.search("3 February 2022|2022-02-03", told)


def test_a_name_of_several_places_is_offered_for_choice(desk: Site) -> None:
    before = desk.recorded()
    answer = desk.fill("/protests/new", when="02.03.2022", place="Кировск")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert desk.recorded() == before
    offered = re.findall(r'name="place\.chosen" value="([^"]+)"> ([^<]+) <span class="quiet">([^<]+)<', html)
    assert {region for _, _, region in offered} >= {"Murmansk Oblast", "Leningrad Oblast"}
    chosen = next(key for key, _, region in offered if region == "Murmansk Oblast")
    again = desk.post("/protests/new", {**Page(html).fields, "place.chosen": chosen})
    assert again.status_code == 303
    protest = desk.tracker.log.of([record_of(again.location)])[0].event
    assert isinstance(protest, Protest.Recorded)
    assert (protest.place.region, protest.place.words) == ("RU.49", "Кировск")


def test_a_choice_does_not_hold_for_other_words(desk: Site) -> None:
    page = Page(desk.fill("/protests/new", when="02.03.2022", place="Кировск").get_data(as_text=True))
    answer = desk.post("/protests/new", {**page.fields, "place": "Nowherebyezhsk", "place.chosen": "city/RU/RU.49/548391"})
    assert answer.status_code == 422


def test_an_unknown_place_is_kept_as_its_words_when_somebody_says_so(desk: Site) -> None:
    page = Page(desk.fill("/protests/new", when="02.03.2022", place="Nowherebyezhsk").get_data(as_text=True))
    answer = desk.post("/protests/new", {**page.fields, "place.chosen": "words"})
    assert answer.status_code == 303
    assert "Nowherebyezhsk" in lines(desk, answer.location)


def test_a_station_is_known_in_the_city_of_the_protest(desk: Site) -> None:
    desk.fill(f"{subject(desk, 'protests')}/add/detentions-counted", count="7", place="ОВД Тверское")
    counted = desk.tracker.log.of([desk.seeded.protest])[-1].event
    assert isinstance(counted, Protest.DetentionsCounted)
    assert counted.place is not None
    assert counted.place.station == "moscow-tverskoy"


def test_a_correction_strikes_the_entry_through_and_keeps_it_readable(desk: Site) -> None:
    path = f"{subject(desk, 'protests')}/entries/2/correct"
    answer = desk.fill(path, count="44", because="new_information")
    html = desk.page(answer.location).html
    assert answer.status_code == 303
    assert "<del>Counted without names: 40 to 60 people detained (“about 50”).</del>" in html
    assert "newer or better information" in html
    assert "It now reads: Counted without names: 44 people detained." in html
    assert desk.page(path).fields["count"] == ["44"]


def test_what_a_correction_leaves_alone_stays_exactly_as_it_was(desk: Site) -> None:
    entry = desk.tracker.log.of([desk.seeded.detention])[0].event
    answer = desk.fill(f"{subject(desk, 'detentions')}/entries/1/correct", circumstances="single_picket", because="mistake")
    assert answer.status_code == 303
    corrected = desk.tracker.log.of([desk.seeded.detention])[-1].event
    assert isinstance(entry, Detention.Recorded)
    assert isinstance(corrected, Detention.Corrected)
    restated = corrected.restated
    assert restated.circumstances == "single_picket"
    for name in ("person", "when", "place", "protest", "agency", "minor", "words"):
        assert getattr(restated, name) == getattr(entry, name), name
    assert corrected.source.reference == entry.source.reference


@pytest.mark.parametrize("act", ["correct", "withdraw"])
def test_a_change_without_a_reason_is_refused(desk: Site, act: str) -> None:
    before = desk.recorded()
    for because, words in (("", ""), ("other", ""), ("no-such-code", "x")):
        answer = desk.fill(f"{subject(desk, 'detentions')}/entries/3/{act}", because=because, reason_words=words)
        assert answer.status_code == 422
        assert 'id="because.wrong"' in answer.get_data(as_text=True)
    assert desk.recorded() == before


def test_a_withdrawn_entry_cannot_be_corrected_or_withdrawn_again(desk: Site) -> None:
    path = f"{subject(desk, 'protests')}/entries/4"
    assert desk.fill(f"{path}/withdraw", because="source_retracted").status_code == 303
    assert desk.get(f"{path}/withdraw").status_code == desk.get(f"{path}/correct").status_code == 404
    assert "<del>Crowd, as estimated: 300 people.</del>" in desk.page(f"/protests/{desk.seeded.protest}").html


def test_withdrawing_the_first_entry_withdraws_the_whole_record(desk: Site) -> None:
    answer = desk.fill("/protests/new", when="02.03.2022", place="Moscow")
    protest = record_of(answer.location)
    desk.fill(f"/protests/{protest}/add/crowd-estimated", count="20")
    assert desk.fill(f"/protests/{protest}/entries/1/withdraw", because="test").status_code == 303
    page = desk.page(f"/protests/{protest}")
    assert "This record was withdrawn" in page.text
    assert page.html.count("<del>") == 2
    assert desk.fill(f"/protests/{protest}/add/crowd-estimated", count="20").status_code == 422


def test_two_files_found_to_be_of_one_person_are_read_together_until_told_apart(desk: Site) -> None:
    one, other = desk.seeded.held, desk.seeded.unnamed
    desk.fill(f"/people/{one}/add/found-to-be", other__pasted=f"http://127.0.0.1/people/{other}", other="")
    for person in (one, other):
        page = desk.page(f"/people/{person}")
        assert "Read together" in page.text
        assert "Primerov Gleb" in page.text
    desk.fill(f"/people/{other}/add/told-apart", other=str(one))
    assert "Primerov Gleb" not in desk.page(f"/people/{other}").text.partition("The record")[0]


@pytest.mark.parametrize("other", ["{person}", "01a20000-0000-7000-8000-000000000000", "short"])
def test_a_file_cannot_be_joined_with_itself_or_with_nobody(desk: Site, other: str) -> None:
    person = desk.seeded.held
    answer = desk.fill(f"/people/{person}/add/found-to-be", other__pasted=other.format(person=person))
    assert answer.status_code == 422
    assert 'id="other.wrong"' in answer.get_data(as_text=True)


def test_nothing_can_be_added_about_somebody_who_was_forgotten(desk: Site) -> None:
    person = record_of(desk.fill("/detentions/new", name="Zabytaya Vera").location)
    desk.tracker.vault.forget(person)
    page = desk.page(f"/people/{person}")
    assert "Zabytaya" not in page.text
    assert "[forgotten]" in page.text
    answer = desk.fill(f"/people/{person}/add/named", name="Zabytaya Vera")
    assert answer.status_code == 422
    named = [told.event for told in desk.tracker.log.of([person]) if isinstance(told.event, Person.Named)]
    assert [desk.tracker.vault.open(event.name) for event in named] == [FORGOTTEN]


def test_a_withdrawal_and_a_correction_of_a_correction_are_both_told(desk: Site) -> None:
    protest = record_of(desk.fill("/protests/new", when="03.03.2022", place="Moscow").location)
    desk.fill(f"/protests/{protest}/add/crowd-estimated", count="20")
    for count in ("30", "40"):
        assert desk.fill(f"/protests/{protest}/entries/2/correct", count=count, because="mistake").status_code == 303
    page = desk.page(f"/protests/{protest}")
    assert page.html.count("<del>") == 2, "the first telling and the first correction"
    assert "40" in page.text.partition("Add to this protest")[0]
