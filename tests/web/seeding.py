"""A small fictional record to look at and to test the pages with: protests, detentions, one long case file, merged files.

Nobody in it exists. `seed` records through the Casebook and seals with the real vault; its free words are all in one language, so
that a test can tell words of the record from words of the page.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.count import Count
from domain.detention import Detention
from domain.moment import When
from domain.place import Place, Precision
from domain.privacy import Sealed
from domain.protest import Protest
from domain.provenance import Entry, Reliability, Source
from domain.record import new_id
from projections import unplaced
from tests.web.exhibits.files import original_of, photograph
from tests.web.seeding_cases import a_case, a_publication, a_released_table, a_report
from web.settings import Settings
from web.vault.accounts import OPERATOR
from web.wiring import Tracker, open_tracker

ZONE = "Europe/Moscow"
MOSCOW, PETERSBURG, YEKATERINBURG = 524901, 498817, 1486209

WORDS = {
    "Pushkinskaya Square": "Пушкинская площадь",
    "Manezhnaya Square": "Манежная площадь",
    "Red Square": "Красная площадь",
    "against the war": "против войны",
    "Testova Ella": "Тестова Элла",
    "Primerov Gleb": "Примеров Глеб",
    "Obraztsov Lev": "Образцов Лев",
    "in the evening": "вечером",
    "about 50": "около 50",
    "at least 12": "не менее 12",
    "call 17": "звонок 17",
    "They twisted my arms.": "Мне выкручивали руки.",
    "a slip of the pen": "описка",
    "in the yard": "во дворе",
    "Arrest house": "Спецприёмник",
    "a passer-by": "прохожая",
    "The Wharf Courier": "«Портовый курьер»",
    "fifteen people, two of them children": "пятнадцать человек, двое детей",
    "5-1234/2022": "5-1234/2022",
    "she was not let into the courtroom": "в зал её не пустили",
}
"""The free words of the record, in English and Russian."""


@dataclass(frozen=True)
class Seeded:
    """Ids to open pages with. `long` is the person with the long file, `merged` one of two files of one person."""

    protest: UUID
    held: UUID
    long: UUID
    detention: UUID
    merged: UUID
    other: UUID
    unnamed: UUID
    incident: UUID
    station: UUID
    unplaced: int
    """The position of an entry that is not placed."""
    exhibit: UUID
    """Of the protest, which every role that may open protests may open."""
    source: UUID
    report: UUID
    proceeding: UUID
    """Against the person of the long file and another one."""
    released: int
    """The position at which a table was released."""


class Seeding:
    """Records one fictional thing after another."""

    def __init__(self, tracker: Tracker, language: str) -> None:
        self.tracker = tracker
        self.casebook = tracker.casebook
        self._account = tracker.vault.accounts.id_of(OPERATOR)
        self._language = language

    def words(self, english: str) -> str:
        return WORDS[english] if self._language == "ru" else english

    def entry(self, kind: str = "witness", command: UUID | None = None, reference: Sealed | str | None = None) -> Entry:
        return Entry(self._account, Source(kind, Reliability.RELIABLE, reference), command or new_id())

    def seal(self, person: UUID, record: UUID, english: str, field: str = "words") -> Sealed:
        return self.tracker.vault.mint([person]).seal(person, record, field, self.words(english))

    def place(self, city: int, english: str | None = None) -> Place:
        known = self.tracker.geocoder.city_place(city)
        if english is None:
            return known
        return self.tracker.geocoder.settle(self.words(english), known, self._language)

    def protest(self, month: int, day: int, hour: int, place: Place, **facts: Any) -> UUID:
        protest = new_id()
        when = When.at_clock(datetime(2022, month, day, hour), place.zone or ZONE)  # noqa: DTZ001 - a wall clock
        self.casebook.record_protest(self.entry(command=protest), protest, when=when, place=place, **facts)
        return protest

    def detained(self, name: str | None, at: str | None = None, **facts: Any) -> tuple[UUID, UUID]:
        person, detention = new_id(), new_id()
        if at is not None:
            facts["place"] = replace(self.place(MOSCOW, at), words=self.seal(person, detention, at, "place"))
        sealed = self.seal(person, person, name, "name") if name else None
        entry = self.entry("monitor", detention, self.seal(person, detention, "call 17", "source"))
        self.casebook.record_detention(entry, detention, person=person, name=sealed, **facts)
        return person, detention


def clock(month: int, day: int, hour: int, minute: int = 0, words: Sealed | None = None) -> When:
    """A moment in Moscow in 2022."""
    return When.at_clock(datetime(2022, month, day, hour, minute), ZONE, words)  # noqa: DTZ001 - a wall clock


def seed(tracker: Tracker, language: str = "en") -> Seeded:
    """Record everything and fold it into the views."""
    to = Seeding(tracker, language)
    protest = _protests(to)
    held, _ = to.detained("Primerov Gleb", protest=protest, when=clock(2, 24, 19, 40), circumstances="at_protest")
    unnamed, _ = to.detained(None, protest=protest, circumstances="at_protest", agency="riot_police")
    long, detention = _long_file(to, protest)
    merged, other = _merged_files(to)
    incident = new_id()
    there: dict[str, Any] = {"when": clock(2, 25, 9), "place": to.place(MOSCOW), "person": held, "protest": protest}
    to.casebook.record_incident(to.entry(command=incident), incident, categories=("search_or_seizure",), **there)
    station = new_id()
    arrest_house = {"code": "moscow-524901-spetspriemnik-1", "name": to.words("Arrest house"), "kind": "special_detention"}
    to.casebook.open_station(to.entry(command=station), station, place=to.place(MOSCOW), **arrest_house)
    exhibit = _exhibits(to, protest, long)
    report = a_report(to, protest)
    _acts(tracker, [long, merged, other], exhibit)
    _wishes(to, long, merged)
    source = _source(to, detention)
    proceeding = a_case(to, long, held)
    a_publication(to)
    released = a_released_table(to)
    tracker.bring_up_to_date()
    with tracker.views() as db:
        nowhere = unplaced.listed(db)[-1].position
    return Seeded(
        protest, held, long, detention, merged, other, unnamed, incident, station, nowhere, exhibit, source, report, proceeding,
        released,
    )  # fmt: skip


def _source(to: Seeding, detention: UUID) -> UUID:
    """A newspaper on file, which says the same as what the monitor had recorded."""
    source, seal = new_id(), to.seal
    name = seal(source, source, "The Wharf Courier", "name")
    to.casebook.open_source(to.entry("monitor", source), source, kind="media", reliability="reliable", name=name)
    said = replace(to.entry("media"), source=Source("media", Reliability.RELIABLE, None, source))
    to.casebook.attest(Detention, said, detention, 1)
    return source


def _acts(tracker: Tracker, persons: list[UUID], exhibit: UUID) -> None:
    """Every kind of act of the access log, by the account that there is."""
    log, account = tracker.access, tracker.vault.accounts.id_of(OPERATOR)
    log.signed_in(account)
    log.unlocked(account)
    log.searched(account, 2)
    log.read(account, {persons[0]: {"name", "words", "source"}}, "lawyers.case_file")
    log.read(account, {person: {"name"} for person in (*persons, *(new_id() for _ in range(9)))}, "lawyers.people")
    log.exported(account, persons[1:], "case_file")
    log.exhibit_opened(account, exhibit, None, "viewed")
    log.exhibit_opened(account, exhibit, persons[0], "exported")
    log.refused(account, "not_theirs", "lawyers.case_file", persons[0])
    log.refused(None, "wrong_credentials")
    log.account_changed(account, account, "passphrase_changed")
    log.signed_out(account)


def _exhibits(to: Seeding, protest: UUID, person: UUID) -> UUID:
    """A picture of the protest with all that can be said of one, and a link about a person."""
    content, exhibit = photograph((64, 48)), new_id()
    to.tracker.vault.mint([exhibit])
    original = original_of(content, exhibit, exhibit)
    to.tracker.originals.keep(original, [content])

    def seal(english: str, field: str, owner: UUID = exhibit, record: UUID = exhibit) -> Sealed:
        return to.seal(owner, record, english, field)

    found = {"sha256": original.sha256, "size": original.size, "media": "jpeg", "captured": clock(2, 24, 19, 30)}
    told = {
        "captured_how": "own_device",
        "captured_by": seal("a passer-by", "captured_by"),
        "words": seal("in the yard", "words"),
    }
    entry, book = to.entry(command=exhibit), to.casebook
    book.deposit_exhibit(entry, exhibit, kind="photograph", protest=protest, supports=4, **found, **told)
    book.describe_exhibit(to.entry(), exhibit, words=seal("against the war", "words"))
    book.hand_over_exhibit(to.entry(), exhibit, to=seal("a passer-by", "to"), because="court", form="print", when=clock(2, 26, 9))
    link = new_id()
    address = to.seal(person, link, "call 17", "address")
    book.deposit_exhibit(to.entry(command=link), link, kind="page", person=person, address=address, captured_how="screenshot")
    return exhibit


def _protests(to: Seeding) -> UUID:
    square = to.place(MOSCOW, "Pushkinskaya Square")
    protest = to.protest(2, 24, 19, square, form="gathering", agreement="not_agreed", about=to.words("against the war"))
    book, entry = to.casebook, to.entry
    book.count_detentions(entry("media"), protest, count=Count(40, 60, to.words("about 50")))
    book.count_detentions(entry("monitor"), protest, count=Count(12, None, to.words("at least 12")))
    book.estimate_crowd(entry("authorities"), protest, count=Count(300, 300))
    book.estimate_crowd(entry("monitor"), protest, count=Count(800, 1200))
    book.report_force(entry(), protest, kind="baton", when=clock(2, 24, 20, 15))
    near = to.place(MOSCOW, "Manezhnaya Square")
    book.report_police_measure(entry(), protest, kind="kettling", when=clock(2, 24, 19, 50), place=near)
    book.end_protest(entry(), protest, kind="dispersed", when=clock(2, 24, 22))
    book.withdraw(Protest, entry(), protest, 8, because="mistake", words=to.words("a slip of the pen"))
    for day, place in ((25, "Manezhnaya Square"), (26, "Red Square"), (27, "Pushkinskaya Square")):
        again = to.protest(2, day, 18, to.place(MOSCOW, place), form="rally", agreement="not_agreed")
        book.count_detentions(entry("media"), again, count=Count(day * 5 - 20, day * 5))
    for city, number in ((PETERSBURG, 120), (YEKATERINBURG, 30)):
        elsewhere = to.protest(3, 2, 18, to.place(city), form="single_picket")
        book.count_detentions(entry("partner"), elsewhere, count=Count(number, number))
    nowhere = to.protest(3, 6, 14, Place(Precision.UNKNOWN, words=to.words("in the yard")), form="gathering")
    book.count_detentions(entry(), nowhere, count=Count(7, 7))
    return protest


def _long_file(to: Seeding, protest: UUID) -> tuple[UUID, UUID]:
    """About forty lines, with competing, corrected and withdrawn ones among them."""
    person, detention = to.detained("Testova Ella", protest=protest, when=clock(2, 24, 20), at="Pushkinskaya Square")
    book = to.casebook
    station = to.tracker.geocoder.station_place("moscow-tverskoy")

    def entry() -> Entry:
        return to.entry("lawyer", reference=to.seal(person, detention, "call 17", "source"))

    evening = clock(2, 24, 21, 40, to.seal(person, detention, "in the evening", "when"))
    book.record_delivery(entry(), detention, when=evening, place=station)
    steps: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (book.record_protocol, {"kind": "delivery"}),
        (book.record_device_taken, {"device": "phone"}),
        (book.record_device_search, {"device": "phone", "outcome": "refused"}),
        (book.request_counsel, {}),
        (book.refuse_counsel, {"ground": "plan_krepost", "agency": "police"}),
        (book.record_questioning, {"agencies": ("security_service", "counter_terrorism"), "counsel_present": "no"}),
        (book.record_threat, {"kind": "criminal_case", "agency": "security_service"}),
        (book.record_fingerprints, {"taken": ("fingerprints", "photograph"), "forced": "yes"}),
        (book.record_protocol, {"kind": "offence", "article": "koap-20.2-5", "copy_given": "no"}),
        (book.requalify, {"article": "koap-19.3-1"}),
        (book.admit_counsel, {"private": "no"}),
    ]
    for number in range(33):
        verb, facts = steps[number % len(steps)]
        verb(entry(), detention, when=clock(2, 24 + number // 22, 22 + number % 2, number % 60), **facts)
    said = to.seal(person, detention, "They twisted my arms.")
    book.report_ill_treatment(entry(), detention, kind="beating", agency="police", words=said, when=clock(2, 24, 23))
    book.record_release(entry(), detention, kind="undertaking_to_appear", when=clock(2, 25, 20))
    book.record_release(entry(), detention, kind="after_protocol", when=clock(2, 25, 21, 30))
    corrected = to.entry("lawyer")
    facts = {"when": clock(2, 24, 21, 10), "place": station}
    book.correct(Detention, corrected, detention, 2, facts, because="new_information")
    book.withdraw(
        Detention, to.entry(), detention, 5, because="other", words=to.seal(person, detention, "a slip of the pen", "reason")
    )
    return person, detention


def _wishes(to: Seeding, agreed: UUID, leaving: UUID) -> None:
    """One person consents to this and that; another asks to be forgotten, and nobody has approved it yet."""
    book = to.casebook
    book.give_consent(to.entry("detainee"), agreed, scopes=("publish_first_name", "publish_story"), form="message")
    book.give_consent(to.entry("relative"), agreed, scopes=("publish_full_name",), given_by="relative")
    book.give_consent(to.entry("lawyer"), agreed, scopes=("submit_to_courts",), form="written", when=clock(2, 26, 12))
    book.withdraw_consent(to.entry("lawyer"), agreed, scopes=("submit_to_courts",), when=clock(2, 27, 12))
    wish: dict[str, Any] = {"asked_by": "person", "verified_by": "known_contact", "because": "danger"}
    book.request_forgetting(to.entry("detainee"), leaving, **wish)


def _merged_files(to: Seeding) -> tuple[UUID, UUID]:
    one, _ = to.detained("Obraztsov Lev", at="Manezhnaya Square", when=clock(3, 6, 15))
    other, _ = to.detained("Obraztsov Lev", place=to.place(MOSCOW))
    to.casebook.find_to_be(to.entry("relative"), one, other=other, basis="relative")
    return one, other


@contextmanager
def opened(home: Path, places: Path, language: str = "en") -> Iterator[Tracker]:
    """An empty installation whose gazetteer is built already."""
    with closing(open_tracker(Settings(home=home, places=places, language=language))) as tracker:
        yield tracker
