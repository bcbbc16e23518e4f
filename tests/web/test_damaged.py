"""A sealed text that no longer opens is said to be damaged wherever it stood; the rest of the page is told as ever."""

from dataclasses import replace

import pytest

from domain.casebook import Outcome
from domain.detention import Detention
from domain.place import Place, Precision
from domain.privacy import Sealed
from domain.provenance import Entry, Source
from domain.record import new_id
from tests.web.seeding import MOSCOW, clock
from tests.web.site import Site
from web.vault.accounts import OPERATOR


def spoilt(desk: Site, person: object, record: object, field: str) -> Sealed:
    """A text with one bit of it turned over."""
    sealed = desk.tracker.vault.mint([person]).seal(person, record, field, "whatever it was")  # type: ignore[arg-type, list-item]
    return replace(sealed, ciphertext=sealed.ciphertext[:-1] + bytes([sealed.ciphertext[-1] ^ 1]))


@pytest.fixture
def file(desk: Site) -> str:
    """The page of somebody all of whose words were damaged."""
    person, detention = new_id(), new_id()
    account = desk.tracker.vault.accounts.id_of(OPERATOR)

    def entry() -> Entry:
        return Entry(account, Source("lawyer", reference=spoilt(desk, person, detention, "source")), new_id())

    casebook = desk.tracker.casebook
    opened: Outcome = casebook.record_detention(
        entry(),
        detention,
        person=person,
        name=spoilt(desk, person, person, "name"),
        when=clock(2, 24, 20, words=spoilt(desk, person, detention, "when")),
        place=Place(Precision.UNKNOWN, words=spoilt(desk, person, detention, "place")),
        words=spoilt(desk, person, detention, "words"),
    )
    city = replace(desk.tracker.geocoder.city_place(MOSCOW), words=spoilt(desk, person, detention, "place"))
    casebook.record_delivery(entry(), detention, when=clock(2, 24, 21), place=city)
    desk.tracker.catch_up(opened)
    desk.tracker.bring_up_to_date()
    return f"/people/{person}"


@pytest.mark.parametrize(("language", "mark"), [("en", "[damaged]"), ("ru", "[повреждено]")])
def test_every_damaged_text_of_a_file_says_so(desk: Site, file: str, language: str, mark: str) -> None:
    html = desk.get(file, **{"Accept-Language": language}).get_data(as_text=True)
    assert f"<h1>{mark}</h1>" in html
    assert html.count(mark) >= 8
    assert ("24 February 2022" if language == "en" else "24 февраля 2022") in html
    assert mark in desk.get("/people", **{"Accept-Language": language}).get_data(as_text=True)


def test_a_damaged_text_is_kept_by_a_correction_of_something_else(desk: Site, file: str) -> None:
    correct = next(link for link in desk.page(file).links if "/detentions/" in link and link.endswith("/entries/1/correct"))
    answer = desk.fill(correct, circumstances="single_picket", because="mistake")
    assert answer.status_code == 303
    assert answer.location.startswith(file)
    told = desk.tracker.log.page(desk.recorded() - 1, 1)[0].event
    assert isinstance(told, Detention.Corrected)
    assert isinstance(told.restated.words, Sealed)
