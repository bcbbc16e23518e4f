"""The case file on paper: what was chosen, in the language chosen, each line with its position, and nothing of anybody else."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.access import Access
from domain.detention import Detention
from domain.record import new_id
from tests.web.forgetting.homes import approved, colleague, entry
from tests.web.papers.reading import EVERYTHING, made, reader, strangers_words, whole_file, words
from tests.web.seeding import Seeding, clock
from tests.web.site import Site, account_of
from web.access.roles import Role
from web.forgetting.carrying_out import carry_out
from web.papers import pages
from web.papers.asked_for import in_a_field
from web.papers.press import NotPressed

NAME = {"en": "Testova Ella", "ru": "Тестова Элла"}
TOLD = {
    "en": "Brought to a police station on 24 February 2022 at 21:40",
    "ru": "Доставление в отдел полиции 24 февраля 2022 г. в 21:40",
}
REFERENCE = {"en": "call 17", "ru": "звонок 17"}


def test_it_holds_the_file_in_words_that_can_be_read_out(site: Site) -> None:
    told = words(made(site, site.seeded.long))
    assert NAME[site.language] in told
    assert TOLD[site.language] in told
    assert str(site.seeded.long) in told
    assert not re.search(r"[\ufffd\x00-\x08]|\[U\+", told)


def test_it_is_in_the_language_chosen_whatever_that_of_the_page(site: Site) -> None:
    for language in ("en", "ru"):
        answer = made(site, site.seeded.long, language=language)
        assert TOLD[language] in words(answer)
        assert reader(answer).trailer["/Root"]["/Lang"] == language  # type: ignore[index]


def test_every_line_bears_its_position_and_every_page_its_number_and_the_citation(site: Site) -> None:
    answer = made(site, site.seeded.long, *EVERYTHING)
    told, number = words(answer), site.seeded.long.hex[-8:]
    lines = re.findall(r'id="entry-(\d+)"', "".join(page.html for page in whole_file(site, site.seeded.long)))
    assert len(lines) > 40
    assert [line for line in lines if not re.search(rf"(?<!\d){line} ", told)] == []
    pages = reader(answer).pages
    assert len(pages) > 2
    for count, page in enumerate(pages, 1):
        text = " ".join(page.extract_text().split())
        assert re.search(rf"{number}, (position|событие №) {site.recorded()}", text)
        assert re.search(rf"{count} ?/ ?{len(pages)}", text)


def test_it_holds_what_was_chosen_and_says_what_it_does_not_hold(desk: Site) -> None:
    person = desk.seeded.long
    brief = words(made(desk, person, "custodies"))
    assert "Delivered to: Tverskoy police department, Moscow, 24 February 2022, 21:10 [67]" in brief
    assert TOLD["en"] not in brief
    assert (
        "Not on this paper: Clocks of the law; Cases before courts; Consent, as it stands today; List of exhibits; The record, "
        "line by line" in brief
    )
    whole = words(made(desk, person, *EVERYTHING))
    assert TOLD["en"] in whole
    assert "Not on this paper" not in whole


def test_who_said_so_and_who_works_on_the_file_are_left_out_unless_asked_for(desk: Site) -> None:
    plain = words(made(desk, desk.seeded.long))
    assert REFERENCE["en"] not in plain
    assert "According to" not in plain
    assert REFERENCE["en"] in words(made(desk, desk.seeded.long, "record", "sources"))
    assert "Request to be forgotten" not in words(made(desk, desk.seeded.merged))
    assert re.search(
        "[Rr]equest(ed)? to be forgotten|to be forgotten", words(made(desk, desk.seeded.merged, "record", "working"))
    )


def test_what_was_corrected_or_withdrawn_can_be_left_out_and_is_named_where_it_is_not(desk: Site) -> None:
    told = words(made(desk, desk.seeded.long))
    assert re.search(r"access refused, not opened\. Withdrawn: another reason \[68\]", told)
    assert "Withdrawn: another reason" not in words(made(desk, desk.seeded.long, "record"))


def test_the_newest_line_can_come_first(desk: Site) -> None:
    def at(text: str, told: str) -> int:
        return told.index(text)

    oldest, newest = (words(made(desk, desk.seeded.long, "record", order=order)) for order in ("oldest", "newest"))
    first, last = "A person's file was opened", "Released after a protocol"
    assert at(first, oldest) < at(last, oldest)
    assert at(first, newest) > at(last, newest)


def test_as_known_at_a_position_it_holds_nothing_that_was_recorded_later(desk: Site) -> None:
    then = words(made(desk, desk.seeded.long, *EVERYTHING, position="66"))
    assert "As known at position 66" in then
    assert "21:10" not in then, "the correction came at 67"
    assert "Withdrawn" not in then
    assert "[91]" not in words(made(desk, desk.seeded.long, "exhibits", position="66"))


@pytest.mark.parametrize("position", ["0", "999999", "-1", "many", "9" * 40])
def test_a_position_that_is_none_is_refused_and_nothing_leaves(desk: Site, position: str) -> None:
    before = desk.tracker.access.log.last()
    answer = made(desk, desk.seeded.long, position=position)
    assert answer.status_code == 422
    assert "There is no position" in answer.get_data(as_text=True)
    assert [act for act in acts(desk, before) if isinstance(act, Access.Exported)] == []


def test_before_anything_was_known_of_somebody_there_is_no_paper(desk: Site) -> None:
    assert made(desk, desk.seeded.long, position="1").status_code == 404


def test_the_same_position_and_choices_are_the_same_bytes_whatever_was_recorded_since(desk: Site) -> None:
    person, position = desk.seeded.long, str(desk.recorded())
    hour = in_a_field(datetime.now(UTC))
    now = made(desk, person, *EVERYTHING, hour=hour).data
    to = Seeding(desk.tracker, "en")
    book = desk.tracker.casebook
    book.lose_contact(to.entry("relative"), desk.seeded.detention, when=clock(2, 25, 23))
    desk.tracker.bring_up_to_date()
    assert made(desk, person, *EVERYTHING, position=position, hour=hour).data == now
    assert made(desk, person, *EVERYTHING).data != now


def test_neither_its_name_nor_what_a_machine_reads_of_it_holds_the_persons_name(site: Site) -> None:
    answer = made(site, site.seeded.long)
    assert re.fullmatch(
        rf'attachment; filename="case-file-{site.seeded.long.hex[-8:]}-\d+-{site.language}\.pdf"',
        answer.headers["Content-Disposition"],
    )
    told = str(reader(answer).metadata) + reader(answer).trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    assert not [part for part in NAME[site.language].split() if part in told]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def with_a_strangers_words(site: Site) -> tuple[UUID, set[UUID]]:
    """A file with an entry that says something under the key of somebody else."""
    to, stranger = Seeding(site.tracker, site.language), site.seeded.held
    said = to.seal(stranger, site.seeded.detention, "in the yard")
    to.casebook.report_ill_treatment(to.entry(), site.seeded.detention, kind="beating", agency="police", words=said)
    site.tracker.bring_up_to_date()
    return site.seeded.long, {site.seeded.long}


def test_nothing_on_it_is_of_anybody_else(desk: Site) -> None:
    person, files = with_a_strangers_words(desk)
    assert strangers_words(desk, words(made(desk, person, *EVERYTHING)), files, {desk.seeded.proceeding}) == set()


def test_the_control_the_page_of_the_same_file_holds_words_of_others(desk: Site) -> None:
    """The coordinator may read them there: a stranger's words, and the source on file."""
    person, files = with_a_strangers_words(desk)
    told = " ".join(page.text for page in whole_file(desk, person))
    assert {"in the yard", "The Wharf Courier"} <= strangers_words(desk, told, files)


def test_no_account_is_named_on_it(site: Site) -> None:
    told = words(made(site, site.seeded.long, *EVERYTHING))
    names = [name for name in site.tracker.vault.accounts.names().values() if not name.isdecimal()]
    assert names
    assert [name for name in names if name in told] == []


def acts(site: Site, after: int) -> list[Any]:
    """What the access log holds after a position of its own, in order."""
    return [told.event for told in site.tracker.access.log.page(after, 100)]


def test_it_is_written_down_before_it_is_made(desk: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def fails(*args: object, **facts: object) -> bytes:
        seen.append(len([act for act in acts(desk, before) if isinstance(act, Access.Exported)]))
        raise NotPressed

    monkeypatch.setattr(pages, "pressed", fails)
    before = desk.tracker.access.log.last()
    answer = made(desk, desk.seeded.merged)
    assert answer.status_code == 500
    assert "could not be set" in answer.get_data(as_text=True)
    assert seen == [1]
    (act,) = [act for act in acts(desk, before) if isinstance(act, Access.Exported)]
    assert (act.account, act.what) == (desk.account, "case_file")
    assert set(act.persons) == {desk.seeded.merged, desk.seeded.other}


def test_what_was_read_for_it_is_written_down_of_nobody_else(desk: Site) -> None:
    person, files = with_a_strangers_words(desk)
    reading = colleague(desk)  # whose readings of a minute ago nobody remembers
    before = desk.tracker.access.log.last()
    assert made(reading, person, *EVERYTHING).status_code == 200
    read = [act for act in acts(desk, before) if isinstance(act, Access.Read) and act.page == "papers.case_file_made"]
    assert read
    assert {who for act in read for who in act.persons} == files | {desk.seeded.proceeding}


def test_it_asks_for_a_fresh_proof_and_keeps_what_was_chosen(desk: Site) -> None:
    fields = desk.page(f"/people/{desk.seeded.long}/paper").fields
    with desk.tracker.vault.storage.writing() as db:
        db.exec_driver_sql("UPDATE sessions SET confirmed = confirmed - 400")
    answer = desk.post(f"/people/{desk.seeded.long}/paper", {**fields, "position": "66"})
    assert answer.status_code == 401
    assert 'value="66"' in answer.get_data(as_text=True)
    assert b"%PDF" not in answer.data
    desk.sign_in(desk.account or new_id())


def test_only_the_persons_lawyer_and_coordinators_have_it_made(desk: Site) -> None:
    to = Seeding(desk.tracker, "en")
    lawyer = account_of(desk.tracker, Role.LAWYER)
    desk.tracker.catch_up(desk.tracker.casebook.assign_counsel(to.entry(), desk.seeded.long, counsel=lawyer))
    reader_of = desk.signed_in_as(Role.LAWYER)
    assert made(reader_of, desk.seeded.long).status_code == 200
    assert reader_of.get(f"/people/{desk.seeded.held}/paper").status_code == 404
    assert "/paper" not in desk.signed_in_as(Role.MONITOR).page(f"/people/{desk.seeded.held}").html


def test_an_entry_that_was_withdrawn_stood_before_it_was(desk: Site) -> None:
    book, to = desk.tracker.casebook, Seeding(desk.tracker, "en")
    desk.tracker.catch_up(book.withdraw(Detention, to.entry(), desk.seeded.detention, 3, because="mistake"))
    assert "[31]" in words(made(desk, desk.seeded.long, "custodies", position="66"))
    assert "[31]" not in words(made(desk, desk.seeded.long, "custodies"))


def test_while_it_is_locked_there_is_no_paper(desk: Site) -> None:
    desk.tracker.vault.put_under_passphrase("слова слова слова слова")
    desk.tracker.vault.lock()
    assert made(desk, desk.seeded.long).status_code == 503
    desk.tracker.vault.unlock("слова слова слова слова")


def test_of_who_was_forgotten_there_is_no_paper_of_any_position(desk: Site) -> None:
    person, last = desk.seeded.held, str(desk.recorded())
    fields = desk.page(f"/people/{person}/paper").fields
    assert made(desk, person, position=last).status_code == 200
    carry_out(desk.tracker, entry(desk.tracker), person, approved(desk.tracker, person))
    desk.tracker.bring_up_to_date()
    for position in ("", last):
        answer = desk.post(f"/people/{person}/paper", {**fields, "position": position})
        assert answer.status_code == 410
        assert b"%PDF" not in answer.data
    assert desk.get(f"/people/{person}/paper").status_code == 410


def test_where_it_cannot_be_written_down_there_is_no_paper(desk: Site) -> None:
    fields = desk.page(f"/people/{desk.seeded.long}/paper").fields
    with desk.tracker.access._acts.recorder.datastore.transaction(commit=True) as cursor:  # type: ignore[attr-defined]
        cursor.execute("DROP TABLE stored_events")
    answer = desk.post(f"/people/{desk.seeded.long}/paper", fields)
    assert answer.status_code == 503
    assert b"%PDF" not in answer.data
