"""An incident by form: with a protest, with a person, with both, with neither. Its words are sealed whoever it is about."""

import re

from domain.incident import Incident
from domain.privacy import Sealed
from tests.web.site import Page, Site, record_of

SAID = "They broke the door."


def recorded(desk: Site, **values: object) -> tuple[str, Incident.Recorded]:
    """Record an incident by form; returns the page it led to and the event."""
    before = desk.recorded()
    values = {"when": "25.02.2022", "place": "Moscow, by the fountain", "categories": ["search_or_seizure"], **values}
    answer = desk.fill("/incidents/new", **values)
    if answer.status_code == 422:
        html = answer.get_data(as_text=True)
        kept = re.search(r'name="place\.chosen" value="(words)"', html)
        assert kept is not None, Page(html).text
        answer = desk.post("/incidents/new", {**Page(html).fields, "place.chosen": kept[1]})
    assert answer.status_code == 303
    assert desk.recorded() == before + 1
    event = desk.tracker.log.page(before, 1)[0].event
    assert isinstance(event, Incident.Recorded)
    return answer.location, event


def test_an_incident_about_nobody_on_file_has_a_page_of_its_own_and_its_words_are_sealed(desk: Site) -> None:
    location, event = recorded(desk, words=SAID, reference="call 99")
    assert location.startswith(f"/incidents/{event.originator_id}?")
    told = desk.page(location).text
    for words in ("search or seizure", "They broke the door", "call 99"):
        assert words in told
    assert isinstance(event.words, Sealed)
    assert event.words.person == event.originator_id
    assert isinstance(event.source.reference, Sealed)
    stored = desk.tracker.settings.home.glob("*.sqlite*")
    assert not any(b"broke the door" in path.read_bytes() for path in stored)


def test_an_incident_against_somebody_stands_in_their_file(desk: Site) -> None:
    location, event = recorded(desk, person=str(desk.seeded.held), words=SAID)
    assert location.startswith(f"/people/{desk.seeded.held}?")
    assert "They broke the door" in desk.page(location).text
    assert isinstance(event.words, Sealed)
    assert event.words.person == desk.seeded.held
    assert "Primerov Gleb" in desk.page(f"/incidents/{event.originator_id}").text


def test_an_incident_at_a_protest_leads_to_it(desk: Site) -> None:
    location, event = recorded(desk, protest=str(desk.seeded.protest))
    assert event.protest == desk.seeded.protest
    assert f"/protests/{desk.seeded.protest}" in desk.page(location).links


def test_the_links_on_a_file_and_on_a_protest_fill_the_form(desk: Site) -> None:
    seeded = desk.seeded
    file = next(link for link in desk.page(f"/people/{seeded.held}").links if link.startswith("/incidents/new"))
    at = next(link for link in desk.page(f"/protests/{seeded.protest}").links if link.startswith("/incidents/new"))
    assert desk.page(file).fields["person"] == [str(seeded.held)]
    assert desk.page(at).fields["protest"] == [str(seeded.protest)]


def test_a_file_that_is_not_there_is_told_at_its_field(desk: Site) -> None:
    values = {"when": "25.02.2022", "place": "Moscow", "categories": ["threat"], "person__pasted": str(desk.seeded.protest)}
    answer = desk.fill("/incidents/new", **values)
    assert answer.status_code == 422
    assert 'id="person.wrong"' in answer.get_data(as_text=True)


def test_an_incident_about_nobody_is_corrected_and_withdrawn_on_its_page(desk: Site) -> None:
    location, event = recorded(desk, words=SAID)
    path = f"/incidents/{event.originator_id}"
    restated = {"words": "They broke two doors.", "because": "mistake", "reason_words": "one, then two"}
    answer = desk.fill(f"{path}/entries/1/correct", **restated)
    assert answer.location.startswith(path)
    told = desk.page(answer.location).text
    assert "They broke two doors" in told
    assert "one, then two" in told
    answer = desk.fill(f"{path}/entries/1/withdraw", because="test")
    assert answer.location.startswith(path)
    assert "This record was withdrawn" in desk.page(path).text
    assert record_of(location) == event.originator_id
