"""One night at a station after another: restrained, brought in, accused, accused of something else, let go, brought to court;
with times known to the minute, from ... to, or not at all; corrected, taken back and brought back."""

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.casebook import Casebook
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.moment import When
from domain.place import Place, Precision
from domain.proceeding import Proceeding
from domain.record import new_id
from tests.trackers import MOSCOW, MOSCOW_TIME, PETERSBURG, city, entry

ARTICLES = ("koap-20.2-5", "koap-20.2", "koap-19.3-1", "koap-20.3.3-1", "uk-318", "unknown")
RELEASES = (
    "without_protocol",
    "after_protocol",
    "to_administrative_arrest",
    "to_remand",
    "arrest_served",
    "from_court",
    "unknown",
)
NIGHT = datetime(2022, 3, 6, 12, tzinfo=UTC)
ABROAD = Place(Precision.CITY, "FR", zone="Europe/Paris")
HOURS = (0.5, 1, 2, 2.5, 3, 3.25, 5, 20, 40, 47, 48, 50, 60, 100, 300)


@dataclass
class Nights:
    """What happens to people whom somebody holds, by chance."""

    casebook: Casebook
    chance: random.Random
    detentions: list[UUID] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    cases: list[UUID] = field(default_factory=list)

    def one(self, protest: UUID | None = None) -> None:
        """Somebody's custody, as far as anybody reported it."""
        detention, person, book = new_id(), new_id(), self.casebook
        begun = NIGHT + timedelta(days=self._of(20), minutes=self._of(600))
        where = self.chance.choice([city(MOSCOW), city(PETERSBURG), None, ABROAD] if self._of(4) == 0 else [city(MOSCOW)])
        facts: dict[str, Any] = {"when": self._about(begun), "place": where, "protest": protest}
        facts["minor"] = self.chance.choice(["yes", "no"])
        book.record_detention(entry(), detention, person=person, **facts)
        self.detentions.append(detention)
        self.people.append(person)
        brought = begun + timedelta(minutes=self._of(200))
        for act in (self._accused, self._status, self._let_go, self._in_court):
            if self._of(6):
                act(detention, person, brought)
        if self._of(5):
            book.record_delivery(entry(), detention, when=self._about(brought))
        if self._of(3) == 0:
            self.change()

    def change(self) -> None:
        """Something is corrected, taken back, brought back; or two files are found to be of one person. What cannot be meant
        is not done."""
        kind, records = self.chance.choice([(Detention, self.detentions), (Detention, self.detentions), (Proceeding, self.cases)])
        if len(self.people) > 1 and self._of(4) == 0:
            one, other = self.chance.sample(self.people, 2)
            self.casebook.find_to_be(entry(), one, other=other)
        if not records:
            return
        record = self.chance.choice(records)
        standing = self.casebook.standing(kind, record)
        version = 1 + self._of(len(standing.entries))
        told = standing.entries[version]
        facts = _FACTS.get(told)
        if facts is None or self._of(2):
            whole = self._of(6) == 0
            with suppress(RuleBroken):
                self.casebook.withdraw(kind, entry(), record, None if whole else version, because="mistake")
            return
        act = self.casebook.correct if self._of(3) else self.casebook.reinstate
        with suppress(RuleBroken):
            act(kind, entry(), record, version, facts(self), because="new_information")

    def _accused(self, detention: UUID, person: UUID, brought: datetime) -> None:
        for number in range(1 + self._of(2)):
            at = self._about(brought + timedelta(minutes=self._of(900)))
            if number:
                self.casebook.requalify(entry(), detention, article=self.chance.choice(ARTICLES), when=at)
            else:
                article = self.chance.choice(ARTICLES)
                kind = "criminal_detention" if article == "uk-318" else "offence"
                self.casebook.record_protocol(entry(), detention, kind=kind, article=article, when=at)

    def _status(self, detention: UUID, person: UUID, brought: datetime) -> None:
        status = self.chance.choice(["foreigner", "citizen", "citizen", "intoxicated"])
        self.casebook.record_status(entry(), detention, statuses=(status,))
        if status == "intoxicated" and self._of(2):
            self.casebook.record_sobering(entry(), detention, when=self._about(brought + timedelta(minutes=self._of(900))))

    def _let_go(self, detention: UUID, person: UUID, brought: datetime) -> None:
        for _ in range(1 + self._of(2)):
            at = self._about(brought + timedelta(hours=self.chance.choice(HOURS)))
            self.casebook.record_release(entry(), detention, kind=self.chance.choice(RELEASES), when=at)

    def _in_court(self, detention: UUID, person: UUID, brought: datetime) -> None:
        if self._of(3):
            return
        case, several = new_id(), (person, self.chance.choice(self.people))
        persons = tuple(dict.fromkeys(several if self._of(3) == 0 else (person,)))
        told: dict[str, Any] = {"kind": "administrative", "article": "koap-19.3-1", "detention": detention}
        self.casebook.open_proceeding(entry(), case, persons=persons, **told)
        self.cases.append(case)
        whom = person if self._of(2) else None
        for outcome in self.chance.sample(["guilty", "prolonged", "remanded", "terminated"], 1 + self._of(2)):
            at = self._about(brought + timedelta(hours=self.chance.choice(HOURS)))
            self.casebook.record_ruling(entry(), case, outcome=outcome, when=at, person=whom)

    def _about(self, moment: datetime) -> When | None:
        """To the minute, from ... to, the whole day, or not known."""
        match self._of(8):
            case 0:
                return None
            case 1:
                return When.day(moment.date(), MOSCOW_TIME)
            case 2 | 3:
                return When.between(moment, moment + timedelta(minutes=self._of(300)), MOSCOW_TIME)
        return When.at(moment, MOSCOW_TIME)

    def _of(self, number: int) -> int:
        return self.chance.randrange(number)


def _again(nights: Nights) -> When | None:
    return nights._about(NIGHT + timedelta(hours=nights._of(300)))


_FACTS: dict[Any, Any] = {
    Detention.Delivered: lambda nights: {"when": _again(nights), "place": None},
    Detention.Released: lambda nights: {"when": _again(nights), "kind": nights.chance.choice(RELEASES)},
    Detention.ProtocolDrawn: lambda nights: {
        "when": _again(nights), "kind": "offence", "article": nights.chance.choice(ARTICLES), "copy_given": "unknown",
    },
    Detention.Sobered: lambda nights: {"when": _again(nights)},
}  # fmt: skip


def some_nights(casebook: Casebook, seed: int, number: int, protests: Sequence[UUID] = ()) -> Nights:
    """So many people held, always the same for one seed."""
    nights = Nights(casebook, random.Random(seed))
    for _ in range(number):
        nights.one(nights.chance.choice([None, *protests]))
    return nights
