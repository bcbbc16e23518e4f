"""A case file answers first, shows the hours, says what is missing, opens only what it shows, and compares two moments."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.record import new_id
from tests.trackers import city, clock, entry
from tests.web.custody import held, reading, up_to_date
from tests.web.site import Site
from web.lawyers.difference import Difference, difference_of
from web.lawyers.known_on import Known

NOW = datetime(2022, 3, 20, 12, tzinfo=UTC)


def worked_example(site: Site) -> tuple[UUID, UUID]:
    """LAW.md: restrained 15:00-15:20, delivered 16:40, a protocol under 20.3.3 at 18:00, changed at 21:30, released 15:10."""
    person, detention = new_id(), new_id()
    book = site.tracker.casebook
    when = type(clock(6, 15)).between(clock(6, 15).earliest, clock(6, 15, 20).latest, "Europe/Moscow")
    book.record_detention(entry(), detention, person=person, when=when, place=city(), minor="no")
    book.record_delivery(entry(), detention, when=clock(6, 16, 40), place=city())
    book.record_protocol(entry(), detention, kind="offence", article="koap-20.3.3-1", when=clock(6, 18))
    book.record_release(entry(), detention, kind="after_protocol", when=clock(7, 15, 10))
    up_to_date(site)
    return person, detention


def test_the_worked_example_stands_on_the_page_with_its_numbers(told: Site) -> None:
    person, detention = worked_example(told)
    page = told.page(f"/people/{person}").text
    assert {"en": "over the limit by 19 h 30 min", "ru": "превышен на 19 ч 30 мин"}[told.language] in page
    told.tracker.casebook.requalify(entry(), detention, article="koap-19.3-1", when=clock(6, 21, 30))
    up_to_date(told)
    page = told.page(f"/people/{person}").text
    flagged = {
        "en": "48-hour article recorded 1 h 50 min after the 3-hour limit had run out",
        "ru": "статья записана через 1 ч 50 мин после истечения трёх часов",
    }
    assert flagged[told.language] in page


def test_the_picture_of_the_hours_has_no_style_and_is_told_in_words(told: Site) -> None:
    person, _ = worked_example(told)
    html = told.page(f"/people/{person}").html
    picture = html.partition("<figure")[2].partition("</figure>")[0]
    assert picture.count("<svg") == 2, "one for wide pages, one for narrow ones"
    assert "style=" not in html
    assert 'class="over"' in picture and 'class="limit"' in picture  # noqa: PT018 - both are drawn
    words = picture.partition('class="spoken"')[2]
    assert {"en": "delivery to the station: on 6 March 2022 at 16:40", "ru": "доставление в отдел"}[told.language] in words


def test_what_is_over_is_drawn_only_as_long_as_the_limit_stood(bare: Site) -> None:
    def lengths() -> list[float]:
        return [float(width) for width in re.findall(r'class="over"[^>]* width="([\d.]+)"', bare.page(f"/people/{person}").html)]

    person, detention = worked_example(bare)
    before = lengths()
    bare.tracker.casebook.requalify(entry(), detention, article="koap-19.3-1", when=clock(6, 21, 30))
    up_to_date(bare)
    assert len(before) == len(lengths()) == 2
    assert lengths()[0] < before[0] / 5


def test_what_is_missing_is_named_with_the_form_that_records_it(bare: Site) -> None:
    person, detention = held(bare)
    up_to_date(bare)
    page = bare.page(f"/people/{person}")
    assert "when delivered is not known" in page.text
    assert f"/detentions/{detention}/add/delivered" in page.html.partition('id="missing"')[2].partition("</ul>")[0]


def test_who_has_a_case_and_no_custody_is_answered_from_the_case(bare: Site) -> None:
    person, case = new_id(), new_id()
    book = bare.tracker.casebook
    book.open_person(entry(), person)
    book.open_proceeding(entry(), case, persons=(person,), kind="administrative", article="koap-20.2-5", acted=clock(6, 15))
    book.record_ruling(entry(), case, person=person, outcome="guilty", penalties=("fine",), when=clock(10, 12))
    book.receive_ruling(entry(), case, person=person, when=clock(11, 12))
    up_to_date(bare)
    page = bare.page(f"/people/{person}").text
    assert "appeal against the ruling" in page
    assert "KoAP 20.2(5)" in page.partition("Article")[2][:80]


def test_the_hour_of_a_ruling_ends_what_needed_no_court(bare: Site) -> None:
    person, detention = held(bare)
    case, book = new_id(), bare.tracker.casebook
    book.record_delivery(entry(), detention, when=clock(6, 16, 40))
    book.record_protocol(entry(), detention, kind="offence", article="koap-19.3-1", when=clock(6, 18))
    book.record_release(entry(), detention, kind="to_administrative_arrest", when=clock(8, 17))
    up_to_date(bare)
    assert "when a court decided is not known" in bare.page(f"/people/{person}").text
    facts = {"kind": "administrative", "article": "koap-19.3-1", "detention": detention}
    book.open_proceeding(entry(), case, persons=(person,), **facts)
    book.record_ruling(entry(), case, person=person, outcome="guilty", penalties=("arrest",), when=clock(8, 12))
    up_to_date(bare)
    page = bare.page(f"/people/{person}").text
    assert "ended in time: the court's ruling on 8 March 2022 at 12:00" in page


def test_words_are_opened_of_the_lines_that_are_shown_and_of_no_others(bare: Site) -> None:
    person, detention = held(bare)
    book = bare.tracker.casebook
    seal = bare.tracker.vault.mint([person]).seal
    for number in range(60):
        words = seal(person, detention, "words", f"word {number:02}")
        book.report_ill_treatment(entry(), detention, kind="beating", when=clock(6, 16, number % 60), words=words)
    up_to_date(bare)
    first, second = (bare.page(f"/people/{person}?page={number}").text for number in (1, 2))
    assert "word 27" in first
    assert not re.search("word (2[89]|3|4|5)", first)
    assert all(f"word {number}" in second for number in range(28, 58))
    last = bare.tracker.log.last()
    assert "word 59" in bare.page(f"/people/{person}?entry={last}").text, "the page that has this position"
    newest = bare.page(f"/people/{person}?order=newest").text
    assert newest.index("word 59") < newest.index("word 58")


def difference(site: Site, person: UUID, first: int, second: int | None = None) -> Difference:
    with reading(site.tracker) as desk:
        found = difference_of(desk, person, Known(first, NOW), Known(second, NOW + timedelta(hours=1)), "en")
    assert found is not None
    return found


def test_the_difference_names_every_entry_recorded_between_and_the_answers_that_changed(bare: Site) -> None:
    person, detention = held(bare)
    first = up_to_date(bare)
    book = bare.tracker.casebook
    delivered = book.record_delivery(entry(), detention, when=clock(6, 16, 40), place=city()).position
    held(bare)
    changed = book.record_protocol(entry(), detention, kind="offence", article="koap-19.3-1", when=clock(6, 18)).position
    up_to_date(bare)
    found = difference(bare, person, first)
    assert [line.position for line in found.came] == [delivered, changed]
    assert [one.asked for one in found.answers if one.differs] == ["Article", "Time limits"]
    assert not difference(bare, person, changed, changed).came
    either = [
        bare.page(f"/people/{person}/difference?from={one}&to={other}") for one, other in ((first, changed), (changed, first))
    ]
    assert len({page.text.partition("Recorded since")[2] for page in either}) == 1, "in either order"


def test_files_joined_since_come_with_all_their_entries_and_go_with_them(bare: Site) -> None:
    person, _ = held(bare)
    other, _ = held(bare)
    apart = up_to_date(bare)
    book = bare.tracker.casebook
    joined = book.find_to_be(entry(), person, other=other).position
    book.tell_apart(entry(), person, other=other)
    up_to_date(bare)
    assert {line.record for line in difference(bare, person, apart, joined).came} > {other}
    assert difference(bare, person, joined).gone == 2
