"""What courts did, counted a second time: articles, rulings, fines and days of arrest."""

from typing import Any

from domain.proceeding import Proceeding
from tests.recount_people import People
from tests.recount_rows import Interval, One, greatest
from tests.recount_told import counted_at, day_of

NO_END = ("remanded", "prolonged", "other_measure", "sent_back")
"""Rulings after which the case goes on."""


class Courts(People):
    """The figures of cases."""

    def articles(self) -> list[One]:
        held = {record: (said, at) for record, said, at in self.held()}
        found = []
        for record, articles in self.papers.items():
            if record in held:
                said, at = held[record]
                found.append(self.one(record, said, at, "")._replace(categories=tuple(articles)))
        for opened, defendants, charged in self.cases.values():
            said, at = held.get(opened.detention, (None, opened))
            for file in defendants:
                if said is not None and self.whose(said.person) == self.whose(file):
                    one = self.one(opened.detention, said, at, "")
                else:
                    one = counted_at(at, (), self.whose(file), self.known_of(file, day_of(at.when)))
                found.append(one._replace(categories=tuple(charged[file])))
        return found

    def _ruled(self) -> list[tuple[Any, Any, set[str], list[Any]]]:
        """For each case and each person in it: the case, the person, the articles, and every ruling on them."""
        rulings = [(record, entry.says) for record, entry in self.of(Proceeding.Ruled)]
        found = []
        for record, (opened, defendants, charged) in self.cases.items():
            for person in {self.whose(file) for file in defendants}:
                own = [file for file in defendants if self.whose(file) == person]
                told = [said for of, said in rulings if of == record and (said.person is None or said.person in own)]
                if told:
                    found.append((opened, person, set().union(*(charged[file] for file in own)), told))
        return found

    def outcomes(self) -> list[One]:
        found = []
        for opened, person, articles, told in self._ruled():
            for said in told:
                day = day_of(said.when)
                penalties = {*said.penalties, *(["fine"] if said.fine is not None else [])} - {"unknown"}
                known = {**self.known_of(person, day), "article": articles - {"unknown"}}
                city, region = _where(said, opened)
                found.append(One(1, 1, city, region, day, (said.outcome, *penalties), person, known))
        return found

    def fines(self) -> list[One]:
        return [one._replace(low=int(one.is_sure), high=1) for one in self._imposed("fine", "fine")]

    def fined_roubles(self) -> list[One]:
        return self._imposed("fine", "fine")

    def arrest_days(self) -> list[One]:
        return self._imposed("arrest", "term")

    def _imposed(self, penalty: str, size: str) -> list[One]:
        found = []
        for opened, person, articles, told in self._ruled():
            saying = [said for said in told if _imposes(said, penalty)]
            if not saying:
                continue
            is_sure = not any(_ends_without(said, penalty) for said in told)
            sizes = [_size(said, size) for said in saying]
            low = min(low for low, _ in sizes) if is_sure else 0
            wheres, days = {_where(said, opened) for said in saying}, {day_of(said.when) for said in saying}
            city, region = wheres.pop() if len(wheres) == 1 else (None, None)
            day = next((min(days) // unit * unit for unit in (1, 100, 10_000) if len({day // unit for day in days}) == 1), 0)
            known = self.known_of(person, day)
            found.append(One(low, greatest(high for _, high in sizes), city, region, day, tuple(articles), None, known, is_sure))
        return found


def _imposes(said: Any, penalty: str) -> bool:
    return penalty in said.penalties or (penalty == "fine" and said.fine is not None)


def _ends_without(said: Any, penalty: str) -> bool:
    """A ruling that ended the case and did not impose it. Guilty of nobody knows what penalty is no such ruling."""
    if said.outcome in NO_END or _imposes(said, penalty):
        return False
    nothing_told = set(said.penalties) == {"unknown"} and said.fine is None
    return not nothing_told or said.outcome in ("acquitted", "terminated")


def _size(said: Any, size: str) -> Interval:
    count = getattr(said, size)
    if count is None or (size == "term" and said.unit != "days"):
        return 0, None
    return count.low, count.high


def _where(said: Any, opened: Any) -> tuple[Any, Any]:
    for place in (said.place, opened.place):
        if place is not None and (place.city, place.region) != (None, None):
            return place.city, place.region
    return None, None
