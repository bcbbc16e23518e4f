"""A made-up year in which everything that figures count is recorded, corrected and taken back; and its recount.

    ./scripts/python -m tests.made_up_year 200000 [SEED]

records so many events and compares every figure in every dimension at twenty positions: the long form of
`tests/projections/test_recounted.py`, to be run by hand.
"""

import random
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.errors import RuleBroken
from domain.moment import When
from domain.record import new_id
from projections.figures import DEFINITIONS, Line
from projections.figures.computing import compute_each
from projections.log import Told
from tests.projections import doings
from tests.projections.doings import VERBS, Doings
from tests.projections.doings_of_custody import Nights
from tests.projections.doings_of_people import DESCRIPTIONS, ruling
from tests.projections.doings_with_cases import ARTICLES
from tests.projections.some_facts import PLACES, TIMES, count_of
from tests.recount import Recount
from tests.recount_of_custody import OF_CUSTODY, lines_of
from tests.recount_rows import added
from tests.trackers import MOSCOW, PETERSBURG, Address, Installation, city, entry

MOMENTS = 20
UNCOUNTED = {"about_sources", "deposit_paper", "_forget", "_ask_to_forget", "_consent", "_assign"}
"""What a year of these does not do: no figure is of it, and whoever is forgotten is not corrected any more."""


def differences(db: Any, told: Sequence[Told], position: int) -> list[tuple[str, str | None]]:
    """Which figures the recount does not agree with."""
    recount = Recount(one.event for one in told if one.position <= position)
    found: list[tuple[str, str | None]] = []
    for name in DEFINITIONS:
        counted = OF_CUSTODY[name](recount) if name in OF_CUSTODY else getattr(recount, name)()
        for figure in compute_each(db, name, (None, *DEFINITIONS[name].dimensions), position=position):
            by = figure.by
            if name in OF_CUSTODY:
                lines = ({line.key: said_of(line) for line in figure.rows}, said_of(figure.nowhere), said_of(figure.whole))
                found += [(name, by)] if lines != lines_of(name, counted, by) else []
                continue
            rows = {line.key: tuple(line.total) for line in figure.rows}
            if (rows, tuple(figure.left_out), tuple(figure.total)) != added(counted, by):
                found.append((name, by))
    return found


def said_of(line: Line) -> tuple[Any, Any, Any]:
    points = [tuple(point) for point in line.spread.points] if line.spread is not None else None
    return tuple(line.total), points, {code: tuple(total) for code, total in line.beside}


def positions_of(chance: random.Random, last: int) -> list[int]:
    return [last, *(chance.randrange(last + 1) for _ in range(MOMENTS - 1))]


def record_a_year(opened: Installation, *, events: int, seed: int) -> None:
    """Protests, counts, people, reports from stations, findings, corrections, withdrawals and what was brought back."""
    chance, done = random.Random(seed), Doings(opened.casebook)
    nights = Nights(opened.casebook, random.Random(seed - 117))
    verbs = [verb for verb in VERBS if verb.__name__ not in UNCOUNTED]
    while opened.log.last() < events:
        numbers = [chance.randrange(10_000) for _ in range(4)]
        try:
            if chance.random() < 0.4:
                an_evening(done, chance)
                an_incident(done, chance)
            else:
                chance.choice(verbs)(done, *numbers)
            if chance.random() < 0.2:
                nights.one(chance.choice([None, *done.protests[-100:]]))
        except RuleBroken:
            done.refused += 1


def an_evening(done: Doings, chance: random.Random) -> None:
    """A protest on some day, a count of it, and people held there, some of whom fare badly; or a count from a station alone."""
    on = When.day(date(2022, 1, 1) + timedelta(days=chance.randrange(365)), "Europe/Moscow")
    protest, casebook = new_id(), done.casebook
    if chance.random() < 0.3:
        report = new_id()
        casebook.receive_report(entry(), report, when=on, **count_of(*(chance.randrange(60) for _ in range(3))))
        done.reports.append(report)
        return
    casebook.record_protest(
        entry(), protest, when=on, place=city(chance.choice([MOSCOW, PETERSBURG])), form=chance.choice(["march", "picket"])
    )
    done.protests.append(protest)
    casebook.count_detentions(entry(), protest, **count_of(*(chance.randrange(60) for _ in range(3))))
    for _ in range(chance.randrange(4)):
        detention, person = new_id(), new_id()
        told: dict[str, Any] = {
            "place": PLACES[chance.randrange(7)],
            "when": on,
            "minor": chance.choice(["yes", "no", "unknown"]),
            "agency": chance.choice(["police", "riot_police", "unknown"]),
        }
        casebook.record_detention(entry(), detention, person=person, protest=protest, **told)
        done.detentions.append(detention)
        done.people.append(person)
        if chance.random() < 0.4:
            casebook.refuse_counsel(entry(), detention, ground=chance.choice(["wait", "plan_krepost"]))
        if chance.random() < 0.4:
            casebook.report_ill_treatment(entry(), detention, kind=chance.choice(["beating", "cold_or_heat"]))
        if chance.random() < 0.5:
            casebook.describe_person(entry(), person, **chance.choice(DESCRIPTIONS), when=chance.choice(TIMES))
        if chance.random() < 0.5:
            a_case(done, chance, detention, person)
        if chance.random() < 0.5:
            casebook.record_release(entry(), detention, kind=chance.choice(doings.RELEASES))


def an_incident(done: Doings, chance: random.Random) -> None:
    """Now and then, on some day, somewhere."""
    if chance.random() < 0.1:
        on = When.day(date(2022, 1, 1) + timedelta(days=chance.randrange(365)), "Europe/Moscow")
        categories = ("threat", "summons")[: chance.randrange(1, 3)]
        done.casebook.record_incident(entry(), new_id(), when=on, place=city(MOSCOW), categories=categories)


def a_case(done: Doings, chance: random.Random, detention: UUID, person: UUID) -> None:
    """A paper, and perhaps a case, in which perhaps a court rules, now and then twice."""
    case, casebook = new_id(), done.casebook
    casebook.record_protocol(entry(), detention, kind="offence", article=chance.choice(ARTICLES))
    if chance.random() < 0.7:
        led = (
            {"detention": detention} if chance.random() < 0.7 else {"place": chance.choice(PLACES), "when": chance.choice(TIMES)}
        )
        casebook.open_proceeding(entry(), case, persons=(person,), article=chance.choice([*ARTICLES, "unknown"]), **led)
        done.cases.append(case)
        for _ in range(chance.randrange(3)):
            casebook.record_ruling(entry(), case, **ruling(*(chance.randrange(60) for _ in range(3))))


def main(events: int, seed: int = 2022) -> int:
    """Says what does not agree. Exit code 1 if anything does not, or if the control is not seen."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Address(Path(folder)).open() as opened:
        record_a_year(opened, events=events, seed=seed)
        opened.projector().follow()
        told = list(opened.log.page(0, 10 * events))
        last, wrong = told[-1].position, 0
        with opened.views() as db:
            for position in positions_of(random.Random(seed), last):
                found = differences(db, told, position)
                wrong += len(found)
                sys.stdout.write(f"position {position}: {found or 'equal'} ({time.monotonic() - begun:.0f} s)\n")
                sys.stdout.flush()
            dropped = next(one for one in reversed(told) if one.event.TOPIC == "protest.crowd_estimated")  # type: ignore[attr-defined]
            is_seen = bool(differences(db, [one for one in told if one is not dropped], last))
    sys.stdout.write(f"{last} events, {wrong} differences; one event left out {'is' if is_seen else 'IS NOT'} seen\n")
    return int(wrong > 0 or not is_seen)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
