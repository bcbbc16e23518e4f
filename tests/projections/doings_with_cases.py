"""What somebody may do with cases before courts: verbs for `tests.projections.doings`."""

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.detention import Detention
from domain.moment import When
from domain.proceeding import Proceeding
from domain.record import Record, new_id
from tests.projections.some_facts import PLACES, TIMES
from tests.trackers import entry

ARTICLES = ("koap-20.2-5", "koap-19.3-1", "uk-318")


def open_case(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """Against one person, or two, after a detention or not."""
    case = new_id()
    after = doings._one(doings.detentions, b) if doings.detentions and b % 2 else None
    first = doings.casebook.standing(Detention, after).person if after is not None else doings._one(doings.people, c)
    people = tuple(dict.fromkeys((first, doings._one(doings.people, d))))
    told = {"place": PLACES[b % 7], "when": TIMES[a % 6], "detention": after}
    doings.casebook.open_proceeding(entry(), case, persons=people, article=ARTICLES[a % 3], **told)
    doings.cases.append(case)


def in_a_case(doings: Any, a: int, b: int, c: int, d: int) -> None:
    """Something in it, to one person or to all."""
    case, book = doings._one(doings.cases, a), doings.casebook
    whom = doings._one(doings.people, b) if b % 3 else None
    match c % 7:
        case 0:
            book.join_proceeding(entry(), case, person=doings._one(doings.people, b))
        case 1 | 2:
            book.set_hearing(entry(), case, due=_ahead(d), place=PLACES[d % 7], kind="merits", person=whom)
        case 3:
            book.move_hearing(entry(), case, due=_ahead(d) if d % 4 else None, person=whom)
        case 4:
            book.hold_hearing(entry(), case, outcome="adjourned", person=whom)
        case 5:
            book.change_charge(entry(), case, article=ARTICLES[d % 3], person=whom)
        case _:
            book.close_proceeding(entry(), case, outcome="limitation", when=TIMES[d % 6], person=whom)


def case_facts(standing: Record, told: type[Record.Event], c: int, d: int) -> dict[str, Any] | None:
    """Other facts for an entry about all of a case; None for any other."""
    if not isinstance(standing, Proceeding):
        return None
    unsaid = {"when": None, "acted": None, "place": None, "detention": None, "case_number": None, "words": None}
    known: dict[Any, dict[str, Any]] = {
        Proceeding.Opened: {"persons": standing.founders, "kind": "criminal", "article": ARTICLES[c % 3], **unsaid},
        Proceeding.HearingSet: {"person": None, "due": _ahead(c), "place": PLACES[d % 7], "kind": "remand"},
        Proceeding.HearingMoved: {"person": None, "hearing": None, "due": _ahead(d), "place": None, "ground": "court"},
        Proceeding.ChargeChanged: {"person": None, "when": None, "article": ARTICLES[d % 3]},
        Proceeding.Closed: {"person": None, "when": None, "outcome": "amnesty"},
    }
    return known.get(told)


def _ahead(days: int) -> When:
    return When.at(datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=days), "Europe/Moscow")
