"""Stories of what people want done with what is recorded of them: published, kept for a court, forgotten.

Facts of stories 5, 6 and 8 are public (a reportage of March 2022); names and what was added are invented.
"""

from datetime import datetime, timedelta
from uuid import UUID

from domain.moment import When
from domain.person import Person
from domain.provenance import Entry, Source
from domain.record import new_id
from tests.stories import IN_MOSCOW, ZONE, Desk, Story, on

COORDINATOR = UUID("0190f3a2-0000-7000-8000-0000000000c9")
"""Another account than the one at the desk."""


def a_politician_wants_his_name_published(desk: Desk) -> Story:
    """5. A hunger strike and two months in custody in 2019, entered afterwards; he wants his name published, as protection."""
    man, held = new_id(), new_id()
    desk.casebook.open_person(desk.by("media"), man, name=desk.sealed(man, man, "name", "Олег Степнов"))
    desk.casebook.record_detention_again(
        desk.by("document"),
        held,
        person=man,
        when=When.month(2019, 7, ZONE),
        place=IN_MOSCOW,
        agency="investigative_committee",
        words=desk.sealed(man, held, "words", "Обвинили в призывах выйти на улицу."),
    )
    desk.casebook.record_release(desk.by("document"), held, when=When.month(2019, 9, ZONE), kind="case_ended")
    scopes = ("publish_full_name", "publish_story")
    desk.casebook.give_consent(desk.by("detainee"), man, scopes=scopes, form="spoken", when=on(3, 5))
    return Story((), (held,), (man,))


def a_journalist_recognised_as_a_political_prisoner(desk: Desk) -> Story:
    """6. Persecuted for eleven years, recognised by an organisation since closed; wants his name published and the UN told."""
    man = new_id()
    desk.casebook.open_person(desk.by("media"), man, name=desk.sealed(man, man, "name", "Пётр Заречный"))
    by = desk.sealed(man, man, "by", "«Мемориал» (с тех пор ликвидирован)")
    desk.casebook.recognise(desk.by("partner"), man, kind="political_prisoner", by=by, when=When.year(2020, ZONE))
    desk.casebook.give_consent(
        desk.by("detainee"), man, scopes=("publish_full_name", "submit_to_courts"), form="written", when=on(3, 7)
    )
    desk.casebook.give_consent(desk.by("relative"), man, scopes=("record_only",), given_by="relative", when=on(3, 8))
    desk.casebook.give_consent(desk.by("detainee"), man, scopes=("publish_full_name",), form="written", when=on(3, 9))
    return Story((), (), (man,))


def a_woman_who_left(desk: Desk) -> Story:
    """8. Left within days; wants her file kept for a future court, shown to nobody but counsel."""
    woman = new_id()
    desk.casebook.open_person(desk.by("relative"), woman, name=desk.sealed(woman, woman, "name", "Нина Полевая"))
    destination = desk.sealed(woman, woman, "destination", "Брюссель")
    desk.casebook.leave_country(desk.by("relative"), woman, when=on(2, 27), destination=destination)
    scopes = ("record_only", "submit_to_courts")
    desk.casebook.give_consent(desk.by("detainee"), woman, scopes=scopes, form="message", when=on(3, 4))
    return Story((), (), (woman,))


def and_wants_to_be_forgotten(desk: Desk, woman: UUID, now: datetime) -> None:
    """8, one day later: she asks through her counsel, a second coordinator approves, three days go by."""
    wish = {"asked_by": "person", "verified_by": "through_counsel", "because": "danger"}
    desk.casebook.request_forgetting(desk.by("lawyer"), woman, **wish)
    request = desk.casebook.standing(Person, woman).version
    approval = Entry(COORDINATOR, Source("lawyer"), new_id())
    desk.casebook.approve_forgetting(approval, woman, request=request, zone=ZONE, now=now)
    desk.casebook.forget(desk.by("lawyer"), woman, request=request, now=now + timedelta(hours=72))
