"""The season's other protests, and what happened to the people detained at them: rows of tables become lines.

Made by chance, the same chance every time: a row of `protests.toml` says how many people are known one by one, `courses.toml`
what usually happens to them. Whoever looks for a particular story reads `chapters/`.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from web.demo.chronicle import Line, Table, local_time, table

SEED = 7
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
REPORTERS = ("monitor", "media", "social_media", "partner", "witness")
SEXES = ("men", "women")
GENDERS = {"men": "man", "women": "woman"}
MINORS = ("from_14_to_15", "from_16_to_17")
ADULTS = ("from_18_to_24", "from_25_to_34", "from_35_to_44", "from_45_to_59", "from_60")


def season() -> Iterator[Line]:
    """All lines of the protests of `protests.toml`, protest after protest."""
    cities, courses, names, told = (table(f"{name}.toml") for name in ("cities", "courses", "names", "protests"))
    for number, row in enumerate(told["protests"]):
        chance = random.Random(SEED * 1000 + number)  # noqa: S311 - nothing secret comes of it
        row = {**row, "about": told["about"][row["about"]]}
        evening = _Evening(chance, row, cities[row["city"]], courses, names)
        for place, (said_at, line) in enumerate(evening.lines()):
            yield Line.read(f"season-{number:03}", place, row["city"], said_at, line)


class _Evening:
    """One row: a protest, its counts, its people. Lines come with the time of telling."""

    def __init__(self, chance: random.Random, row: Table, city: Table, courses: Table, names: Table) -> None:
        self.chance, self.row, self.courses, self.names = chance, row, courses, names
        self.start = local_time(row["on"], city["zone"])
        self.stations = list(city["stations"])
        self.known: list[tuple[int, str, bool]] = []
        """Of everybody detained when they were told of, their sex, and whether they are minors."""

    def lines(self) -> Iterator[tuple[datetime, Table]]:
        people = chain.from_iterable(self._person(number) for number in range(self.row.get("named", 0)))
        return chain(self._protest(), people, self._descriptions())

    def _protest(self) -> Iterator[tuple[datetime, Table]]:
        row, start = self.row, f"{_day(self.start)} в {self.start:%H:%M}"
        known = {"form": row["form"], "agreement": row.get("agreement", "not_agreed"), "about": row["about"]}
        yield self._said(5, record_protest="@", when=start, place=row["place"], **known)
        for measure in row.get("measures", ()):
            yield self._said(15, report_police_measure="@", kind=measure, when=self._words(10, 15))
        for count in row.get("crowd", ()):
            yield self._said(40, estimate_crowd="@", count=count)
        for force in row.get("force", ()):
            yield self._said(55, report_force="@", kind=force, when=self._words(45, 55))
        for later, count in enumerate(row.get("detained", ())):
            yield self._said(60 + 45 * later, count_detentions="@", count=count)
        if "ended" in row:
            yield self._said(120, end_protest="@", kind=row["ended"], when=self._words(100, 120))

    def _said(self, after: float, **told: Any) -> tuple[datetime, Table]:
        return self._at(after, says=self.chance.choice(REPORTERS), **told)

    def _at(self, after: float, **told: Any) -> tuple[datetime, Table]:
        return self.start + timedelta(minutes=after), told

    def _person(self, number: int) -> Iterator[tuple[datetime, Table]]:
        """One person detained: what the first report says, and then their course."""
        chance, held = self.chance, f"detention-{number}"
        sex, minor = chance.choice(SEXES), chance.random() < 0.07
        taken = chance.randint(10, 75)
        said = taken + chance.randint(5, 40)
        self.known.append((said, sex, minor))
        alone = self.row["form"] == "single_picket"
        yield self._said(
            said,
            record_detention=held,
            person=f"person-{number}",
            **(self._name(sex) if chance.random() < 0.88 else {}),
            protest="@",
            when=self._words(taken, said),
            place=self.row["place"],
            circumstances="single_picket" if alone else chance.choices(("at_protest", "on_the_way"), (9, 1))[0],
            agency=chance.choice(("police", "riot_police", "national_guard", "unknown")),
            minor="yes" if minor else chance.choice(("no", "no", "unknown")),
        )
        for line in self._course(sex, minor):
            after = taken + line["after"] * chance.uniform(0.85, 1.2)
            told = max(after + chance.randint(5, 50), said + 1)  # nobody's file goes on before it is opened
            more = {name: held if value == "@" else value for name, value in line.items() if name != "after"}
            if more.get("place") == "@station":
                more["place"] = chance.choice(self.stations)
            if chance.random() < 0.85:
                more["when"] = self._words(after, told)
            yield self.start + timedelta(minutes=int(told)), more

    def _descriptions(self) -> Iterator[tuple[datetime, Table]]:
        """The gender and age of some of them; last and by a chance of its own, so that all else stays what it was."""
        chance = random.Random(f"{SEED} {self.row['on']} {self.row['place']}")  # noqa: S311 - nothing secret comes of it
        for number, (said, sex, minor) in enumerate(self.known):
            gender = GENDERS[sex] if chance.random() < 0.9 else "unknown"
            age = chance.choices(MINORS if minor else ADULTS, None if minor else (30, 30, 20, 14, 6))[0]
            if chance.random() < 0.6:
                told = {"gender": gender, "age_band": age if gender == "unknown" or chance.random() < 0.8 else "unknown"}
                yield self._at(said + 2, says="detainee", describe_person=f"person-{number}", **told)

    def _course(self, sex: str, minor: bool) -> list[Table]:
        courses = self.courses["minors" if minor else "course"]
        lines = list(self.chance.choices(courses, [course["weight"] for course in courses])[0]["lines"])
        last = max((line["after"] for line in lines), default=0)
        for extra in self.courses["extra"]:
            happens = self.chance.random() < extra["odds"] and extra.get("only", sex) == sex
            if happens and extra["line"]["after"] < last:
                lines.append(extra["line"])
        return sorted(lines, key=lambda line: line["after"])

    def _name(self, sex: str) -> Table:
        latin = int(self.chance.random() < 0.15)
        given, surname = (self.chance.choice(self.names[kind]).split()[latin] for kind in (sex, "surnames"))
        father = self.chance.choice(self.names["fathers"])
        if sex == "women":
            surname += "a" if latin else "а"
        if latin or self.chance.random() < 0.5:
            return {"name": f"{given} {surname}"}
        return {"name": f"{surname} {given} {father + ('ич' if sex == 'men' else 'на')}"}

    def _words(self, after: float, told: float) -> str:
        """When something happened, as people say it: exactly, about, or only the part of the day."""
        moment, said_at = (self.start + timedelta(minutes=int(minutes)) for minutes in (after, told))
        about = self.chance.choices(("", "около ", "примерно в "), (5, 4, 1))[0]
        words = f"{about}{moment:%H:%M}" if about else f"в {moment:%H:%M}"
        if moment.date() != said_at.date() or self.chance.random() < 0.25:
            return f"{_day(moment)} {words}"
        return words if self.chance.random() < 0.9 or moment.hour < 17 else "сегодня вечером"


def _day(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]}"
