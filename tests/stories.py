"""Stories the record must be able to tell, each recorded as the people at a desk would: through the casebook, in order.

The facts of stories 1-4 and 7 are public (a reportage of March 2022); names, hours and details that were added are invented.
Tests read these builders, and so can whoever wants to see what recording looks like.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from domain.casebook import Casebook
from domain.count import Count
from domain.moment import When
from domain.place import Place, Precision
from domain.privacy import Sealed
from domain.protest import Protest
from domain.provenance import Entry, Reliability, Source
from domain.record import new_id

MONITOR = UUID("0190f3a2-0000-7000-8000-0000000000c3")
MOSCOW, PETERSBURG = 524901, 498817
ZONE = "Europe/Moscow"

PUSHKIN_SQUARE = Place(Precision.STREET, "RU", "RU.48", MOSCOW, None, "8911aa7ac97ffff", ZONE, "Пушкинская площадь")
RED_SQUARE = Place(Precision.STREET, "RU", "RU.48", MOSCOW, None, "8911aa78b1bffff", ZONE, "Красная площадь")
TVERSKOY = Place(Precision.STATION, "RU", "RU.48", MOSCOW, "msk-tverskoy", zone=ZONE)
IN_PETERSBURG = Place(Precision.CITY, "RU", "RU.66", PETERSBURG, zone=ZONE)
NEVSKY = Place(Precision.STREET, "RU", "RU.66", PETERSBURG, None, "89110661c9bffff", ZONE, "Невский проспект")
IN_MOSCOW = Place(Precision.CITY, "RU", "RU.48", MOSCOW, zone=ZONE)


def on(month: int, day: int) -> When:
    """A day of 2022."""
    return When.day(datetime(2022, month, day, tzinfo=UTC).date(), ZONE)


def at(month: int, day: int, hour: int, minute: int = 0) -> When:
    """A moment of 2022 on a clock in Moscow or St Petersburg."""
    return When.at_clock(datetime(2022, month, day, hour, minute), ZONE)  # noqa: DTZ001 - a wall clock


@dataclass
class Desk:
    """A monitor at work. `positions` are those of what was entered, in order."""

    casebook: Casebook
    positions: list[int] = field(default_factory=list)

    def by(self, kind: str, reference: str | Sealed | None = None, reliability: Reliability = Reliability.RELIABLE) -> Entry:
        """An entry from this kind of source, under a command of its own."""
        return Entry(MONITOR, Source(kind, reliability, reference), new_id())

    def sealed(self, person: UUID, record: UUID, name: str, words: str) -> Sealed:
        """Words about a person. Not encrypted, so that tests can read them: the vault has tests of its own."""
        return Sealed(person, record, name, words.encode())


@dataclass(frozen=True)
class Story:
    """What a story left in the record."""

    protests: tuple[UUID, ...] = ()
    detentions: tuple[UUID, ...] = ()
    people: tuple[UUID, ...] = ()


def an_activist_is_held_for_a_day(desk: Desk) -> Story:
    """1. St Petersburg: out on several evenings, detained on one, questioned, threatened, 24 hours without a lawyer."""
    evenings = []
    for day in (24, 25, 26):
        protest = new_id()
        when = When.between(at(2, day, 19).earliest, at(2, day, 22).earliest, ZONE, "вечером")
        desk.casebook.record_protest(desk.by("witness"), protest, when=when, place=NEVSKY, form="demonstration")
        evenings.append(protest)
    held, woman = new_id(), new_id()
    her = desk.by("detainee")
    desk.casebook.record_detention(
        her,
        held,
        person=woman,
        name=desk.sealed(woman, woman, "name", "Вера"),
        name_kind="first",
        protest=evenings[1],
        when=at(2, 25, 20),
        place=IN_PETERSBURG,
        circumstances="at_protest",
        agency="police",
    )
    desk.casebook.record_questioning(
        desk.by("detainee"),
        held,
        agencies=("security_service", "counter_terrorism"),
        counsel_present="no",
        words=desk.sealed(woman, held, "words", "Допрашивали грубо."),
    )
    desk.casebook.report_ill_treatment(
        desk.by("detainee"),
        held,
        kind="torture",
        agency="security_service",
        words=desk.sealed(woman, held, "words", "Это была пытка."),
    )
    desk.casebook.record_device_search(
        desk.by("detainee"),
        held,
        outcome="attempted",
        words=desk.sealed(woman, held, "words", "Хотели знать, какие каналы я читаю."),
    )
    for words in ("Назвали организатором.", "Сказали, что я в особом списке."):
        desk.casebook.record_threat(desk.by("detainee"), held, kind="other", words=desk.sealed(woman, held, "words", words))
    desk.casebook.record_threat(
        desk.by("detainee"),
        held,
        kind="criminal_case",
        agency="security_service",
        words=desk.sealed(woman, held, "words", "Грозили делом о «фейках»."),
    )
    desk.casebook.request_counsel(desk.by("relative"), held, when=at(2, 25, 22))
    desk.casebook.refuse_counsel(desk.by("lawyer"), held, ground="unknown", when=at(2, 26, 1))
    desk.casebook.record_release(desk.by("detainee"), held, when=at(2, 26, 20), kind="unknown")
    desk.casebook.give_consent(desk.by("detainee"), woman, scopes=("publish_first_name", "publish_story"), form="message")
    return Story(tuple(evenings), (held,), (woman,))


def a_woman_in_a_photograph(desk: Desk) -> Story:
    """2. Moscow, Pushkinskaya Square: a woman detained, known from an agency's photograph only, recognised later."""
    protest, held, unknown, known = (new_id() for _ in range(4))
    photograph = desk.by("photograph")
    desk.casebook.record_protest(photograph, protest, when=on(2, 27), place=PUSHKIN_SQUARE, form="rally", agreement="not_agreed")
    desk.casebook.record_detention(
        desk.by("photograph"), held, person=unknown, protest=protest, when=on(2, 27), circumstances="at_protest", agency="police"
    )
    desk.casebook.open_person(desk.by("relative"), known, name=desk.sealed(known, known, "name", "Мария Лебедева"))
    desk.casebook.identify(desk.by("relative"), held, other=known, basis="photograph")
    return Story((protest,), (held,), (unknown, known))


def red_square_is_closed(desk: Desk) -> Story:
    """3. Moscow: the police close Red Square ahead of an announced demonstration. Nobody is known to be detained."""
    protest = new_id()
    desk.casebook.record_protest(desk.by("media"), protest, when=on(2, 24), place=RED_SQUARE, form="demonstration")
    desk.casebook.report_police_measure(desk.by("media"), protest, kind="area_closed", when=on(2, 24), place=RED_SQUARE)
    return Story((protest,))


def a_sign_on_a_hoarding(desk: Desk) -> Story:
    """4. St Petersburg: a sign, riot police, nobody organised it, nobody knows how many; three sources count detentions."""
    protest = new_id()
    desk.casebook.record_protest(
        desk.by("photograph"), protest, when=on(3, 2), place=NEVSKY, form="display", about="«Нет войне» на заборе"
    )
    desk.casebook.report_police_measure(desk.by("photograph"), protest, kind="presence", when=on(3, 2))
    for kind, count in (
        ("media", Count.at_least(101, "более 100")),
        ("partner", Count.at_least(60, "не менее 60")),
        ("social_media", Count.between(24, 99, "several dozen")),
    ):
        desk.casebook.count_detentions(desk.by(kind), protest, count=count)
    return Story((protest,))


def draft_notices_in_a_station(desk: Desk) -> Story:
    """7. Draft notices handed to detained men in a police station."""
    protest = new_id()
    desk.casebook.record_protest(desk.by("witness"), protest, when=on(3, 6), place=PUSHKIN_SQUARE, form="rally")
    detentions, people = [], []
    for _ in range(2):
        held, man = new_id(), new_id()
        desk.casebook.record_detention(desk.by("relative"), held, person=man, protest=protest, when=at(3, 6, 16))
        desk.casebook.record_delivery(desk.by("detainee"), held, when=at(3, 6, 17, 30), place=TVERSKOY)
        desk.casebook.record_draft_notice(desk.by("detainee"), held, when=at(3, 6, 19))
        desk.casebook.record_release(desk.by("detainee"), held, when=at(3, 6, 20, 30), kind="after_protocol")
        detentions.append(held)
        people.append(man)
    return Story((protest,), tuple(detentions), tuple(people))


def the_same_person_entered_twice(desk: Desk) -> Story:
    """9. Once in Cyrillic by the hotline, once in Latin letters from a chat; found to be one, told apart, found again."""
    detentions, people = [], []
    for name, kind in (("Ксения Игоревна Орлова", "relative"), ("Ksenia Orlova", "social_media")):
        held, woman = new_id(), new_id()
        desk.casebook.record_detention(
            desk.by(kind),
            held,
            person=woman,
            name=desk.sealed(woman, woman, "name", name),
            when=at(3, 6, 23, 30),
            place=IN_MOSCOW,
        )
        detentions.append(held)
        people.append(woman)
    one, other = people
    for outcome in (
        desk.casebook.find_to_be(desk.by("lawyer"), one, other=other, basis="same_details"),
        desk.casebook.tell_apart(desk.by("monitor"), one, other=other),
        desk.casebook.find_to_be(desk.by("lawyer"), other, other=one, basis="document"),
    ):
        desk.positions.append(outcome.position)
    return Story((), tuple(detentions), tuple(people))


NUMBERS = (40, 45, 44, 46)
"""A volunteer's figure and its three corrections."""


def a_figure_corrected_three_times(desk: Desk) -> Story:
    """10. A volunteer's figure for a city, corrected three times in an hour; a newspaper has printed the second."""
    protest = new_id()
    desk.casebook.record_protest(desk.by("monitor"), protest, when=on(3, 6), place=IN_PETERSBURG, form="march")
    first = desk.casebook.count_detentions(desk.by("monitor"), protest, count=Count.exactly(NUMBERS[0]), when=on(3, 6))
    desk.positions.append(first.position)
    for number in NUMBERS[1:]:
        outcome = desk.casebook.correct(
            Protest,
            desk.by("monitor"),
            protest,
            2,
            {"when": on(3, 6), "count": Count.exactly(number), "place": None},
            because="new_information",
            words="второй список",
        )
        desk.positions.append(outcome.position)
    return Story((protest,))


def a_release_before_anybody_reported_the_detention(desk: Desk) -> Story:
    """11a. A release is reported first, then the detention's beginning, then another time of release."""
    held, man = new_id(), new_id()
    desk.casebook.record_release_only(desk.by("relative"), held, person=man, when=at(3, 7, 1, 10), kind="without_protocol")
    desk.casebook.record_delivery(desk.by("detainee"), held, when=at(3, 6, 22), place=TVERSKOY)
    desk.casebook.record_release(desk.by("lawyer"), held, when=at(3, 7, 3), kind="after_protocol")
    return Story((), (held,), (man,))


def a_night_of_single_cases(desk: Desk) -> Story:
    """11b. A single picket; face recognition days later; detained again at the gate; a minor handed to her parents."""
    picket, held, again, later, girl = (new_id() for _ in range(5))
    man, commuter, child = (new_id() for _ in range(3))
    desk.casebook.record_protest(
        desk.by("witness"), picket, when=at(3, 6, 14), place=PUSHKIN_SQUARE, form="single_picket", agreement="not_required"
    )
    desk.casebook.record_detention(
        desk.by("witness"), held, person=man, protest=picket, when=at(3, 6, 14, 10), circumstances="single_picket"
    )
    desk.casebook.record_release(desk.by("lawyer"), held, when=at(3, 7, 18), kind="undertaking_to_appear")
    desk.casebook.record_detention_again(
        desk.by("lawyer"), again, person=man, when=at(3, 7, 18, 5), place=IN_MOSCOW, circumstances="at_the_gate"
    )
    desk.casebook.record_detention(
        desk.by("detainee"), later, person=commuter, when=at(3, 10, 9), place=IN_MOSCOW, circumstances="face_recognition"
    )
    desk.casebook.record_detention(
        desk.by("relative"), girl, person=child, protest=picket, when=at(3, 6, 23, 50), circumstances="at_protest", minor="yes"
    )
    desk.casebook.record_release(desk.by("relative"), girl, when=at(3, 7, 0, 40), kind="to_parents")
    return Story((picket,), (held, again, later, girl), (man, commuter, child))
