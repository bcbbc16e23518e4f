"""Recording by form: every form takes what is right, says one sentence where something is wrong and keeps everything, once."""

import logging
import re
from typing import Any

import pytest

from domain.protest import Protest
from domain.topics import recorded_events
from tests.web.site import Page, Site, account_of, record_of
from web.access.roles import Role
from web.entries.fields import Field, fields_of
from web.entries.offers import KINDS, OFFERS
from web.monitors import forms

RIGHT = {
    "when": "25.02.2022 03:10",
    "place": "Moscow",
    "count": "about 50",
    "words": "Said so.",
    "line": "Memorial",
    "day": "2023-03-01",
}
WRONG = {
    "when": "gestern oder so",
    "place": "Кировск",
    "count": "quite a crowd of them",
    "choice": "no-such-code",
    "choices": "no-such-code",
    "day": "2023-02-31",
    "line": "x" * 301,
    "words": "x" * 20_001,
    **dict.fromkeys(("file", "protest", "defendant"), "not a number"),
    "lawyer": "not an account",
}
NEVER_OFFERED = {"recorded", "opened", "corrected", "withdrawn", "reinstated", "attested", "forgotten", "deposited"}
NEVER_OFFERED |= {"received", "person_recorded"}  # the hotline has pages of its own for them
NEVER_OFFERED |= {"retracted"}  # what it would change is shown first: a page of its own
NEVER_OFFERED |= {"forgetting_requested", "forgetting_approved", "forgetting_cancelled"}  # they have a page of their own
NEVER_OFFERED |= {"cells_published", "table_released"}  # counted, not filled in: a page of its own
NEVER_OFFERED |= {"held_back", "let_go"}  # from the pages of the numbers themselves
NEVER_OFFERED |= {"note_written"}  # offered to lawyers alone: tests/web/lawyers
ALL = [(kind, name) for kind, offers in OFFERS.items() for name in offers if name != "note-written"]


def subject(desk: Site, kind: str) -> str:
    """A record of that kind to add to."""
    seeded = desk.seeded
    ids = {"protests": seeded.protest, "detentions": seeded.detention, "people": seeded.long, "stations": seeded.station}
    ids |= {"exhibits": seeded.exhibit, "sources": seeded.source, "reports": seeded.report, "proceedings": seeded.proceeding}
    return f"/{kind}/{ids[kind]}"


def right(desk: Site, fields: list[Field]) -> dict[str, Any]:
    """Every field filled in."""
    values: dict[str, Any] = {}
    for field in fields:
        if field.shape in ("choice", "choices"):
            last = 0 if field.name in ("because", "ground") else -1  # the last reason, another one, needs words
            values[field.name] = field.options[last][0] if field.shape == "choice" else [code for code, _ in field.options[:2]]
        elif field.shape in ("file", "protest", "defendant", "lawyer"):
            chosen = {"file": desk.seeded.other, "defendant": desk.seeded.long, "protest": desk.seeded.protest}
            values[field.name] = str({**chosen, "lawyer": account_of(desk.tracker, Role.LAWYER)}[field.shape])
        else:
            values[field.name] = RIGHT[field.shape]
    return values


def lines(desk: Site, location: str) -> str:
    return desk.page(location).text


def test_every_event_is_offered_or_left_out_on_purpose() -> None:
    offered = {f"{KINDS[kind].TOPIC}.{name.replace('-', '_')}" for kind, name in ALL}  # type: ignore[attr-defined]
    left_out = {topic for topic, _ in recorded_events() if topic.split(".")[1] in NEVER_OFFERED}
    assert offered | left_out == {topic for topic, _ in recorded_events()}, "add it to web/entries/offers.py"


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


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_an_entry_with_as_little_known_as_may_be_is_recorded(desk: Site, kind: str, name: str) -> None:
    before = desk.recorded()
    with desk.app.test_request_context():
        needed = [field for field in fields_of(OFFERS[kind][name].event, "en") if field.required]
    # Nobody joins twice, and a description says one thing or the other.
    least = {"defendant-joined": {"person": str(desk.seeded.unnamed)}, "described": {"gender": "woman"}}
    told = right(desk, needed) | least.get(name, {})
    answer = desk.fill(f"{subject(desk, kind)}/add/{name}", **told)
    assert answer.status_code == 303, Page(answer.get_data(as_text=True)).text
    assert desk.recorded() == before + 1


NAMES = {"/detentions/new": "Zyxomirov", "/releases/new": "Quillanov"}
"""Of nobody on file, about whom the form would be asked first."""
OPENING = {
    "/protests/new": forms.protest_fields,
    "/detentions/new": forms.detention_fields,
    "/releases/new": forms.release_fields,
    "/people/{held}/detentions/new": forms.further_fields,
    "/incidents/new": forms.incident_fields,
}


@pytest.mark.parametrize("path", OPENING)
def test_a_record_is_opened_with_everything_known(desk: Site, path: str) -> None:
    with desk.app.test_request_context():
        fields = OPENING[path]("en")
    values = right(desk, fields) | ({"name": NAMES[path]} if path in NAMES else {})
    answer = desk.fill(path.format(held=desk.seeded.held), **values, source_kind="lawyer", reference="call 12")
    assert answer.status_code == 303, Page(answer.get_data(as_text=True)).text
    assert "Recorded." in lines(desk, answer.location)


@pytest.mark.parametrize("path", OPENING)
def test_each_wrong_field_of_a_new_record_brings_the_form_back(desk: Site, path: str) -> None:
    with desk.app.test_request_context():
        assert_wrong_fields_are_told(desk, path.format(held=desk.seeded.held), OPENING[path]("en"))


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_each_wrong_field_brings_the_form_back_with_everything_kept(desk: Site, kind: str, name: str) -> None:
    with desk.app.test_request_context():
        fields = fields_of(OFFERS[kind][name].event, "en")
    assert_wrong_fields_are_told(desk, f"{subject(desk, kind)}/add/{name}", fields)


def assert_wrong_fields_are_told(desk: Site, path: str, fields: list[Field]) -> None:
    before = desk.recorded()
    for field in fields:
        wrong = {**right(desk, fields), field.name: WRONG[field.shape], "reference": "kept as it was"}
        answer = desk.fill(path, **wrong)
        page = Page(answer.get_data(as_text=True))
        assert answer.status_code == 422, (field.name, answer.status_code)
        assert f'id="{field.name}.wrong"' in page.html, field.name
        assert f'href="#{field.name}"' in page.html
        assert page.fields["reference"] == ["kept as it was"]
        for other, value in wrong.items():
            if other != field.name or field.shape not in ("choice", "choices", "file", "protest", "lawyer", "defendant"):
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
    where = "Moscow, Pushkinskaya Square"
    answer = desk.fill("/protests/new", when="24.02.2022 19:20", place=where, form="march", about="No war")
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
    assert not any(b"Vydumannaya" in path.read_bytes() or b"call 4711" in path.read_bytes() for path in stored)


def test_a_release_before_any_detention_opens_one(desk: Site) -> None:
    answer = desk.fill("/releases/new", name="Vymyshlenny Oleg", when="01.03.2022", kind="from_court", place="Moscow")
    told = lines(desk, answer.location)
    assert "Released from court on 1 March 2022" in told
    assert "Detained, time not reported" in told


def test_a_further_detention_of_somebody_with_a_file(desk: Site) -> None:
    answer = desk.fill(f"/people/{desk.seeded.held}/detentions/new", when="05.03.2022", circumstances="at_the_gate")
    assert answer.location.startswith(f"/people/{desk.seeded.held}?")
    assert "“carousel”" in lines(desk, answer.location)


@pytest.mark.parametrize("path", [*list(OPENING)[:3], "/incidents/new", "/detentions/{detention}/add/released"])
def test_a_form_sent_twice_is_recorded_once(desk: Site, path: str) -> None:
    path = path.format(detention=desk.seeded.detention)
    form = {**desk.page(path).fields, "when": "24.02.2022", "place": "Moscow", "categories": ["summons"]}
    first = desk.post(path, form)
    recorded = desk.recorded()
    second = desk.post(path, form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert desk.recorded() == recorded
    assert "Nothing was recorded twice" in lines(desk, second.location)


def test_a_date_in_the_future_is_refused_at_its_field(desk: Site) -> None:
    answer = desk.fill("/protests/new", when="24.02.2090", place="Moscow")
    assert answer.status_code == 422
    told = answer.get_data(as_text=True)
    assert 'id="when.wrong"' in told
    assert "2090-02-23" not in told  # 24 February in Moscow begins on the 23rd in UTC


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


def test_words_for_a_place_in_the_city_that_nobody_knows_are_kept_as_the_city(desk: Site) -> None:
    answer = desk.fill(f"{subject(desk, 'protests')}/add/police-measure-reported", kind="kettling", place="by the fountain")
    reported = desk.tracker.log.of([desk.seeded.protest])[-1].event
    assert answer.status_code == 303
    assert isinstance(reported, Protest.PoliceMeasureReported)
    assert reported.place is not None
    assert (reported.place.city, reported.place.cell, reported.place.words) == (524901, None, "by the fountain")
