"""People counted a second time: who was detained and what was done to them, with what is known of each in every dimension."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from domain.detention import Detention
from domain.person import Person
from domain.proceeding import Proceeding
from domain.protest import Protest
from tests.recount_rows import One
from tests.recount_told import Told, counted_at, day_of, station_of


class People(Told):
    """The figures of people in custody."""

    @cached_property
    def somebody(self) -> dict[Any, Any]:
        """For each joined file one that stands for its person."""
        return self.same()

    def whose(self, file: Any) -> Any:
        """One file that stands for this person."""
        return self.somebody.get(file, file)

    @cached_property
    def cases(self) -> dict[Any, tuple[Any, list[Any], dict[Any, set[str]]]]:
        """Each case that stands: how it was opened, its defendants, and the articles of each."""
        found: dict[Any, tuple[Any, list[Any], dict[Any, set[str]]]] = {}
        for record, entry in self.of(Proceeding.Opened):
            found[record] = (entry.says, list(entry.says.persons), defaultdict[Any, set[str]](set))
        for record, entry in self.of(Proceeding.DefendantJoined):
            if record in found and entry.says.person not in found[record][1]:
                found[record][1].append(entry.says.person)
        for opened, defendants, articles in found.values():
            for file in defendants:
                articles[file].add(opened.article)
        for record, entry in self.of(Proceeding.ChargeChanged):
            if record in found:
                _, defendants, articles = found[record]
                for file in defendants if entry.says.person is None else [entry.says.person]:
                    articles[file].add(entry.says.article)
        return found

    @cached_property
    def papers(self) -> dict[Any, set[str]]:
        """The articles in the papers of each detention."""
        found = defaultdict(set)
        for record, entry in self.of((Detention.ProtocolDrawn, Detention.Requalified)):
            if entry.says.article is not None:
                found[record].add(entry.says.article)
        return found

    @cached_property
    def _moved_to(self) -> dict[Any, set[str | None]]:
        found = defaultdict(set)
        for record, entry in self.of((Detention.Delivered, Detention.Transferred)):
            found[record].add(station_of(entry.says.place))
        return found

    @cached_property
    def _descriptions(self) -> dict[Any, list[Any]]:
        found = defaultdict(list)
        for file, entry in self.of(Person.Described):
            found[self.whose(file)].append(entry.says)
        return found

    def known_of(self, file: Any, day: int) -> dict[str, set[str]]:
        """Gender and age of somebody as of a day; of ages told of several years those of the nearest, of no year all."""
        told = self._descriptions.get(self.whose(file), [])
        ages: dict[int, set[str]] = defaultdict(set)
        for said in told:
            if said.age_band != "unknown":
                year = day_of(said.when) // 10_000
                ages[abs(year - day // 10_000) if year and day else 0].add(said.age_band)
        return {"gender": {said.gender for said in told} - {"unknown"}, "age_band": ages[min(ages)] if ages else set()}

    def known_of_held(self, record: Any, said: Any, day: int) -> dict[str, set[str]]:
        """All that is known of a detention."""
        articles = set(self.papers.get(record, ()))
        for opened, defendants, charged in self._led_to.get(record, ()):
            if opened.detention == record:
                for file in defendants:
                    if self.whose(file) == self.whose(said.person):
                        articles |= charged[file]
        stations = {station_of(said.place), *self._moved_to.get(record, ())} - {None}
        more = {"article": articles, "agency": {said.agency}, "station": stations}
        return {**{name: codes - {"unknown"} for name, codes in more.items()}, **self.known_of(said.person, day)}

    @cached_property
    def _led_to(self) -> dict[Any, list[Any]]:
        found = defaultdict(list)
        for case in self.cases.values():
            found[case[0].detention].append(case)
        return found

    def one(self, record: Any, said: Any, at: Any, category: str, *, is_person: bool = True) -> One:
        """A detention, counted as whoever was held."""
        who = self.whose(said.person) if is_person else None
        return counted_at(at, (category,), who, self.known_of_held(record, said, day_of(at.when)))

    def people_detained(self) -> list[One]:
        return [self.one(record, said, at, said.circumstances) for record, said, at in self.held()]

    def not_released(self) -> list[One]:
        kept_in = ("to_remand", "to_administrative_arrest")
        free = {record for record, entry in self.of(Detention.Released) if entry.says.kind not in kept_in}
        inside = [(record, said, at) for record, said, at in self.held() if record not in free]
        return [self.one(record, said, at, said.circumstances, is_person=False) for record, said, at in inside]

    def counsel_refused(self) -> list[One]:
        return self._told_of(Detention.CounselRefused, "ground")

    def ill_treatment(self) -> list[One]:
        return self._told_of(Detention.IllTreatmentReported, "kind")

    def _told_of(self, kind: Any, code: str) -> list[One]:
        held = {record: (said, at) for record, said, at in self.held()}
        return [self.one(record, *held[record], getattr(entry.says, code)) for record, entry in self.of(kind) if record in held]

    def minors(self) -> list[One]:
        said_to_be = [(record, said, at) for record, said, at in self.held() if said.minor in ("yes", "unknown")]
        return [self.one(record, said, at, said.minor)._replace(low=int(said.minor == "yes")) for record, said, at in said_to_be]

    def force(self) -> list[One]:
        protests = {record: entry.says for record, entry in self.of(Protest.Recorded)}
        told = self.of(Protest.ForceReported)
        return [counted_at(protests[record], (entry.says.kind,), record) for record, entry in told if record in protests]
