"""After a forgetting: one line is left of the person, coded facts stay in totals alone, and nothing can be added."""

from typing import Any

import pytest

from projections import figures, heatmap
from tests.web.forgetting.homes import NAME, Known, approved, entry
from tests.web.site import Page, Site
from web.forgetting import carry_out

FACTS = ("face recognition", "Pushkinskaya", "24 February 2022, 19:40", "Search", "publish the full name", NAME)
"""What was told of them before."""


def forget(site: Site, known: Known) -> None:
    carry_out(site.tracker, entry(site.tracker), known.person, approved(site.tracker, known.person))
    site.tracker.bring_up_to_date()


def text(site: Site, paths: list[str]) -> str:
    return " ".join(site.page(path).text for path in paths)


def numbers(site: Site, known: Known) -> tuple[Any, ...]:
    with site.tracker.views() as db:
        position = site.tracker.log.last()
        detained = heatmap.detained_at(db, [known.protest.bytes])[known.protest.bytes]
        return detained, *(figures.compute(db, name, by="city", position=position).rows for name in ("detentions", "incidents"))


def test_one_line_is_left_on_every_page_about_the_person(bare: Site, known: Known) -> None:
    before = text(bare, known.paths())
    assert all(fact.lower() in before.lower() for fact in FACTS), "otherwise what follows would prove nothing"
    forget(bare, known)
    after = text(bare, known.paths())
    assert [fact for fact in FACTS if fact.lower() in after.lower()] == []
    for path in known.paths():
        assert "Forgotten at the person's wish" in bare.page(path).text, path


def test_what_was_recorded_in_codes_stays_in_totals_and_figures(bare: Site, known: Known) -> None:
    before = numbers(bare, known)
    forget(bare, known)
    assert numbers(bare, known) == before
    assert "Recorded one by one" in bare.page(f"/protests/{known.protest}").text


def test_no_page_leads_to_the_person_by_a_fact(bare: Site, known: Known) -> None:
    forget(bare, known)
    page = bare.page(f"/protests/{known.protest}")
    assert f"/people/{known.stranger}" in page.links
    for person in (known.person, known.other):
        assert f"/people/{person}" not in page.links
        assert person.hex[-8:] not in page.text
        assert str(person) not in bare.page(f"/people/{known.stranger}/add/found-to-be").html
    row = bare.page("/people").text
    assert row.count("Forgotten at the person's wish") == 2
    assert NAME not in row


def forms(known: Known) -> list[str]:
    """Every kind of form about them or what was done to them."""
    person, detention = f"/people/{known.person}", f"/detentions/{known.detention}"
    return [
        *(f"{person}/add/{name}" for name in ("named", "consent-given", "consent-withdrawn", "died", "found-to-be")),
        *(f"{detention}/add/{name}" for name in ("released", "identified", "threatened")),
        *(f"{record}/entries/1/correct" for record in (person, detention, f"/incidents/{known.incident}")),
        f"{person}/detentions/new",
        f"/detentions/{known.again}/add/released",
    ]


def test_no_form_about_the_person_takes_anything_and_each_says_why(bare: Site, known: Known) -> None:
    filled = {path: bare.page(path).fields for path in forms(known) if not path.startswith(f"/people/{known.person}/entries")}
    forget(bare, known)
    before = bare.recorded()
    for path, fields in filled.items():
        for answer in (bare.get(path), bare.post(path, {**fields, "kind": "unknown", "name": NAME, "because": "mistake"})):
            assert answer.status_code == 410, path
            assert "The person was forgotten" in Page(answer.get_data(as_text=True)).text, path
    incident = {**bare.page("/incidents/new").fields, "when": "25.02.2022", "place": "Moscow", "categories": "threat"}
    answer = bare.post("/incidents/new", {**incident, "person": str(known.person), "person.pasted": str(known.person)})
    assert answer.status_code == 422
    assert "The person was forgotten" in Page(answer.get_data(as_text=True)).text
    assert bare.recorded() == before


def test_what_falsifies_totals_is_withdrawn_and_nothing_of_it_is_told_meanwhile(bare: Site, known: Known) -> None:
    forget(bare, known)
    links = bare.page(known.page).links
    for record in (f"/detentions/{known.detention}", f"/detentions/{known.again}", f"/incidents/{known.incident}"):
        assert f"{record}/entries/1/withdraw" in links
    form = bare.page(f"/detentions/{known.again}/entries/1/withdraw")
    assert [fact for fact in FACTS if fact.lower() in form.text.lower()] == []
    assert bare.fill(f"/detentions/{known.again}/entries/1/withdraw", because="other", reason_words="x").status_code == 422
    assert bare.fill(f"/detentions/{known.again}/entries/1/withdraw", because="duplicate").status_code == 303
    assert f"/detentions/{known.again}/entries/1/withdraw" not in bare.page(known.page).links
    with bare.tracker.views() as db:
        assert heatmap.detained_at(db, [known.protest.bytes])[known.protest.bytes].low == 2


@pytest.mark.parametrize("scope", ["publish_full_name", "submit_to_courts"])
def test_consent_of_a_forgotten_person_is_not_asked_about_any_more(bare: Site, known: Known, scope: str) -> None:
    fields = bare.page(f"/people/{known.person}/add/named").fields
    forget(bare, known)
    sent = {name: fields[name] for name in ("csrf_token", "command")}
    answer = bare.post(f"/people/{known.person}/consent/{scope}/withdraw", sent)
    assert answer.status_code == 410
