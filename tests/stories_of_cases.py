"""Stories of what courts did: a prosecution that ended before the record began, and a case of two people.

The facts of story 5 are public (a reportage of March 2022); names and what was added are invented.
"""

from typing import Any
from uuid import UUID

from domain.moment import When
from domain.record import new_id
from tests.stories import IN_MOSCOW, ZONE, Desk, Story, at, on
from tests.stories_of_wishes import a_journalist_recognised_as_a_political_prisoner, a_politician_wants_his_name_published


def two_months_in_custody_and_no_sentence(desk: Desk) -> tuple[Story, UUID]:
    """5. Remanded in 2019, accused of calling people to demonstrate; the prosecution was ended. Known only to the month."""
    story = a_politician_wants_his_name_published(desk)
    (man,), (held,) = story.people, story.detentions
    case, july, september = new_id(), When.month(2019, 7, ZONE), When.month(2019, 9, ZONE)
    told = {"kind": "criminal", "article": "uk-212", "when": july, "detention": held}
    desk.casebook.record_protocol(desk.by("document"), held, kind="criminal_detention", article="uk-212", when=july)
    desk.casebook.open_proceeding(desk.by("document"), case, persons=(man,), **told)
    desk.casebook.record_ruling(desk.by("document"), case, person=man, when=july, place=IN_MOSCOW, outcome="remanded")
    desk.casebook.close_proceeding(desk.by("document"), case, person=man, when=september, outcome="no_offence")
    return story, case


def eleven_years_of_pursuit(desk: Desk) -> tuple[Story, UUID, UUID]:
    """6. An attack eleven years before, a fine for words of March 2022 whose last court decided in June, and a criminal case for
    words of October 2022, after the day on which Strasbourg ceased to be competent."""
    story = a_journalist_recognised_as_a_political_prisoner(desk)
    (man,) = story.people
    attack, fined, accused = new_id(), new_id(), new_id()
    told: dict[str, Any] = {"when": When.year(2011, ZONE), "place": IN_MOSCOW, "categories": ("physical_attack", "threat")}
    words = desk.sealed(man, attack, "words", "Избили у подъезда после статьи.")
    desk.casebook.record_incident(desk.by("media"), attack, person=man, words=words, **told)
    told = {"kind": "administrative", "article": "koap-20.3.3-1", "acted": on(3, 10)}
    desk.casebook.open_proceeding(desk.by("lawyer"), fined, persons=(man,), **told)
    desk.casebook.record_ruling(desk.by("lawyer"), fined, when=on(4, 12), outcome="guilty", penalties=("fine",))
    desk.casebook.receive_ruling(desk.by("lawyer"), fined, when=on(4, 14))
    desk.casebook.record_appeal(desk.by("lawyer"), fined, when=on(4, 20))
    desk.casebook.record_appeal_decision(desk.by("lawyer"), fined, when=on(6, 20), against="ruling", outcome="upheld")
    told = {"kind": "criminal", "article": "uk-207.3", "acted": on(10, 5)}
    desk.casebook.open_proceeding(desk.by("lawyer"), accused, persons=(man,), **told)
    return story, fined, accused


def two_people_in_one_case(desk: Desk) -> tuple[Story, UUID]:
    """Two people, one hearing: one is fined, the other arrested; two reports of the day on which a copy came differ."""
    one, other, case = new_id(), new_id(), new_id()
    for person in (one, other):
        desk.casebook.open_person(desk.by("relative"), person)
    told = {"kind": "administrative", "article": "koap-20.2-5", "acted": on(3, 6), "when": on(3, 7)}
    desk.casebook.open_proceeding(desk.by("lawyer"), case, persons=(one, other), **told)
    desk.casebook.set_hearing(desk.by("lawyer"), case, due=at(3, 7, 11), place=IN_MOSCOW, kind="merits")
    desk.casebook.hold_hearing(desk.by("lawyer"), case, when=at(3, 7, 11, 30), outcome="ruled", counsel_present="yes")
    for person, penalty in ((one, "fine"), (other, "arrest")):
        ruled = {"when": at(3, 7, 15), "outcome": "guilty", "penalties": (penalty,)}
        desk.casebook.record_ruling(desk.by("lawyer"), case, person=person, **ruled)
    for kind, day in (("detainee", 9), ("document", 11)):
        desk.casebook.receive_ruling(desk.by(kind), case, person=one, when=on(3, day))
    return Story((), (), (one, other)), case
