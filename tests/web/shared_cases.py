"""Cases that people share, for the pages and papers that tell them: real keys, invented names."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.record import new_id
from tests.trackers import city, clock
from tests.web.forgetting.homes import entry
from tests.web.site import Site

NUMBER, COURT, OF_ALL, OF_SECOND = "5-99/2022", "the court on Mill Lane", "Vtorova spoke first", "her alibi was not heard"


def person(site: Site, name: str) -> UUID:
    """Somebody with a file."""
    who = new_id()
    seal = site.tracker.vault.mint([who])
    site.tracker.casebook.open_person(replace(entry(site.tracker), command=who), who, name=seal.seal(who, who, "name", name))
    return who


def case_against(site: Site, *persons: UUID, **facts: Any) -> UUID:
    """A case with its number and words of all, and a hearing of all at a court."""
    case, book = new_id(), site.tracker.casebook
    seal = site.tracker.vault.mint([case, *persons])
    number, said = seal.seal(case, case, "case_number", NUMBER), seal.seal(case, case, "words", OF_ALL)
    told = {"kind": "administrative", "article": "koap-20.2-5", "case_number": number, "words": said, "when": clock(7, 10)}
    book.open_proceeding(replace(entry(site.tracker), command=case), case, persons=persons, **{**told, **facts})
    court = replace(city(), words=seal.seal(case, case, "place", COURT))
    book.set_hearing(entry(site.tracker), case, due=clock(7, 15), place=court, kind="merits")
    site.tracker.bring_up_to_date()
    return case


def shared(site: Site, first: UUID, second: UUID) -> UUID:
    """Of each a ruling: the first is to work, the second acquitted."""
    case, book = case_against(site, first, second), site.tracker.casebook
    book.record_ruling(entry(site.tracker), case, person=first, outcome="guilty", penalties=("work",), when=clock(7, 16))
    told = site.tracker.vault.mint([second]).seal(second, case, "words", OF_SECOND)
    book.record_ruling(entry(site.tracker), case, person=second, outcome="acquitted", when=clock(7, 17), words=told)
    site.tracker.bring_up_to_date()
    return case
