"""The cases of a file on paper, the picture of a custody's hours, and a paper about one case alone."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from tests.trackers import clock, entry
from tests.web.lawyers.test_record_alone import two_cases
from tests.web.papers.reading import made, reader, words
from tests.web.shared_cases import NUMBER, person
from tests.web.site import Site
from tests.web.test_case_file import worked_example


def test_a_case_is_told_by_its_parts_each_entry_with_its_position(bare: Site) -> None:
    who, _, first, _ = two_cases(bare)
    book = bare.tracker.casebook
    book.hold_hearing(entry(), first, when=clock(7, 15, 30), outcome="ruled", counsel_present="no")
    book.record_ruling(entry(), first, person=who, outcome="guilty", penalties=("fine",), when=clock(7, 16))
    book.receive_ruling(entry(), first, person=who, when=clock(9, 12))
    bare.tracker.bring_up_to_date()
    last = bare.recorded()
    paper = words(made(bare, who, "cases"))
    assert f"Number of the case: {NUMBER}" in paper
    assert "Stage: ruled: found guilty" in paper
    assert f"without counsel: hearing of entry 2; concerns everybody in the case. [{last - 2}]" in paper
    assert f"found guilty: fine. [{last - 1}] Copy of the ruling received on 9 March 2022 at 12:00. [{last}]" in paper
    assert "Appeal: none has been reported up to this position" in paper
    assert "appeal against the ruling (from receipt of the copy), KoAP 20.2(5) (participant's breach): over the limit by" in paper


def test_of_the_past_it_tells_what_was_reported_then(bare: Site) -> None:
    who, _, _, second = two_cases(bare)
    before = str(bare.recorded() - 1)
    assert "Ruling on 9 March" in words(made(bare, who, "cases"))
    then = words(made(bare, who, "cases", position=before))
    assert "Ruling on 9 March" not in then
    assert "Ruling: none has been reported" in then
    bare.tracker.casebook.close_proceeding(entry(), second, outcome="no_offence")
    bare.tracker.bring_up_to_date()
    assert "Stage: over: no offence found" in words(made(bare, who, "cases"))


def test_without_a_case_it_says_that_there_is_none(told: Site) -> None:
    who = person(told, "Perveyev Ilya")
    told.tracker.bring_up_to_date()
    assert {"en": "No case is on record.", "ru": "Дел не записано."}[told.language] in words(made(told, who, "cases"))


def pictures(paper: PdfReader) -> list[str]:
    """What is read aloud for each picture."""

    def below(node: Any) -> Iterator[Any]:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                yield from below(one)
        elif isinstance(node, dict):
            yield node
            if "/K" in node:
                yield from below(node["/K"])

    root = paper.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    return [str(one["/Alt"]) for one in below(root) if one.get("/S") == "/Figure"]


def test_the_hours_are_drawn_with_their_limits_and_told_for_whoever_cannot_see_them(told: Site) -> None:
    who, _ = worked_example(told)
    paper = made(told, who, "custodies")
    (alt,) = pictures(reader(paper))
    said = {
        "en": ["Picture of the hours in custody", "limit marked: 19:40 3 hours", "6 March 2022", "15:10"],
        "ru": ["Рисунок: часы задержания", "отмечен предел: 19:40 3 ч", "6 марта 2022", "15:10"],
    }[told.language]
    assert [one for one in said if one not in alt] == []
    drawn = words(paper)
    assert {"en": "19:40 3 hours", "ru": "19:40 3 ч"}[told.language] in drawn
    assert {"en": "15:10 released", "ru": "15:10 освобождение"}[told.language] in drawn


def test_a_paper_of_one_case_holds_it_and_its_detention_and_says_so(bare: Site) -> None:
    who, _, first, second = two_cases(bare)
    choices = bare.page(f"/people/{who}/paper")
    assert str(first) in choices.html
    assert "KoAP 20.2(5) (participant's breach), 5-99/2022" in choices.text
    whole, one, other = (words(made(bare, who, of=of)) for of in ("", str(first), str(second)))
    for paper, has in ((whole, (True, True, True)), (one, (True, True, False)), (other, (False, False, True))):
        found = "Detained 6 March" in paper, "KoAP 20.2(5)" in paper, "KoAP 20.3.3" in paper
        assert found == has
    assert "One part of the file" in one
    assert "One part of the file" not in whole


@pytest.mark.parametrize("asked", ["of somebody else", "what is no number", "at a position before it was opened"])
def test_a_choice_that_is_none_is_refused_and_never_becomes_the_whole_file(bare: Site, asked: str) -> None:
    who, _, first, _ = two_cases(bare)
    of: dict[str, Any] = {
        "of somebody else": {"of": str(UUID(int=7))},
        "what is no number": {"of": "the first"},
        "at a position before it was opened": {"of": str(first), "position": "1"},
    }[asked]
    answer = made(bare, who, **of)
    assert answer.status_code == 422
    assert "not in the file" in answer.get_data(as_text=True)
