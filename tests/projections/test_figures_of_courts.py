"""What people were accused of and what courts did: each once, as an interval where reports differ, and whose they are."""

from typing import Any
from uuid import UUID

import pytest

from domain.count import Count
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.moment import When
from domain.person import Person
from domain.proceeding import Proceeding
from domain.record import new_id
from projections import corrections
from projections.figures import DEFINITIONS, compute
from projections.figures.changes import why
from tests.trackers import MOSCOW, PETERSBURG, Installation, city, day, entry, station

Rows = dict[object, object]


def figure(installation: Installation, name: str, by: str | None = None) -> tuple[object, Rows, object]:
    installation.projector().follow()
    with installation.views() as db:
        found = compute(db, name, by=by, position=installation.log.last())
    return tuple(found.total), {line.key: tuple(line.total) for line in found.rows}, tuple(found.left_out)


def held(installation: Installation, **facts: Any) -> tuple[UUID, UUID]:
    detention, person = new_id(), new_id()
    told: dict[str, Any] = {"place": city(MOSCOW), "when": day(3, 2)} | facts
    installation.casebook.record_detention(entry(), detention, person=person, **told)
    return detention, person


def case(installation: Installation, *persons: UUID, **facts: Any) -> UUID:
    opened = new_id()
    installation.casebook.open_proceeding(entry(), opened, persons=persons, **({"article": "koap-20.2-5"} | facts))
    return opened


def fined(installation: Installation, opened: UUID, roubles: Count | None, **facts: Any) -> int:
    told = {"outcome": "guilty", "penalties": ("fine",), "fine": roubles, "when": day(3, 5), "place": city(MOSCOW)} | facts
    return installation.casebook.record_ruling(entry(), opened, **told).position


def test_two_reports_of_one_fine_are_one_fine_from_the_least_to_the_most(installation: Installation) -> None:
    opened = case(installation, held(installation)[1])
    for roubles in (10_000, 15_000):
        fined(installation, opened, Count.exactly(roubles))
    assert figure(installation, "fines", "category") == ((1, 1), {"koap-20.2-5": (1, 1)}, (0, 0))
    assert figure(installation, "fined_roubles")[0] == (10_000, 15_000)


def test_a_fine_of_which_nobody_told_how_much_has_no_high_end(installation: Installation) -> None:
    for roubles in (Count.exactly(10_000), None):
        fined(installation, case(installation, held(installation)[1]), roubles)
    assert figure(installation, "fines")[0] == (2, 2)
    assert figure(installation, "fined_roubles")[0] == (10_000, None)


@pytest.mark.parametrize(
    ("other", "least"),
    [
        ({"outcome": "acquitted", "penalties": ("unknown",)}, 0),
        ({"outcome": "guilty", "penalties": ("warning",)}, 0),
        ({"outcome": "guilty", "penalties": ("unknown",)}, 1),
        ({"outcome": "sent_back", "penalties": ("unknown",)}, 1),
        ({"outcome": "prolonged", "penalties": ("unknown",)}, 1),
        ({"outcome": "unknown", "penalties": ("unknown",)}, 1),
    ],
)
def test_only_a_ruling_that_ended_the_case_without_it_makes_a_fine_doubtful(
    installation: Installation, other: dict[str, Any], least: int
) -> None:
    opened = case(installation, held(installation)[1])
    fined(installation, opened, Count.exactly(10_000))
    installation.casebook.record_ruling(entry(), opened, **other)
    assert figure(installation, "fines")[0] == (least, 1)
    assert figure(installation, "fined_roubles")[0] == (least * 10_000, 10_000)


def test_what_is_ruled_on_all_is_ruled_on_each_defendant_once(installation: Installation) -> None:
    people = [held(installation)[1] for _ in range(3)]
    opened = case(installation, *people)
    term: dict[str, Any] = {"penalties": ("arrest",), "term": Count.exactly(10), "unit": "days"}
    longer = term | {"term": Count.exactly(15)}
    installation.casebook.record_ruling(entry(), opened, outcome="guilty", **term)
    installation.casebook.record_ruling(entry(), opened, outcome="guilty", person=people[0], **longer)
    assert figure(installation, "arrest_days")[0] == (30, 35)
    assert figure(installation, "outcomes", "category") == ((3, 3), {"guilty": (3, 3), "arrest": (3, 3)}, (0, 0))
    installation.casebook.find_to_be(entry(), people[1], other=people[2])
    assert figure(installation, "arrest_days")[0] == (20, 25)
    installation.casebook.withdraw(Proceeding, entry(), opened, because="mistake")
    assert figure(installation, "arrest_days")[0] == (0, 0)


def test_a_term_that_is_not_in_days_is_not_taken_for_days(installation: Installation) -> None:
    opened = case(installation, held(installation)[1])
    installation.casebook.record_ruling(entry(), opened, outcome="guilty", penalties=("arrest",), term=Count.exactly(15))
    assert figure(installation, "arrest_days")[0] == (0, None)


def test_whoever_was_named_in_a_case_by_mistake_was_not_fined(installation: Installation) -> None:
    people = [held(installation)[1] for _ in range(2)]
    opened = case(installation, people[0])
    installation.casebook.join_proceeding(entry(), opened, person=people[1])
    fined(installation, opened, Count.exactly(10_000))
    assert figure(installation, "fines")[0] == (2, 2)
    installation.casebook.withdraw(Proceeding, entry(), opened, 2, because="mistake")
    assert figure(installation, "fines")[0] == (1, 1)


def test_rulings_that_disagree_on_day_and_court_are_of_no_city_and_of_the_month_they_share(
    installation: Installation,
) -> None:
    opened = case(installation, held(installation)[1])
    fined(installation, opened, Count.exactly(10_000))
    fined(installation, opened, Count.exactly(10_000), when=day(3, 6), place=city(PETERSBURG))
    assert figure(installation, "fines", "day") == ((1, 1), {}, (1, 1))
    assert figure(installation, "fines", "city") == ((1, 1), {}, (1, 1))
    assert figure(installation, "fines", "month") == ((1, 1), {202203: (1, 1)}, (0, 0))


def test_a_swapped_article_counts_beside_the_first_and_everybody_once(installation: Installation) -> None:
    detention, person = held(installation, agency="riot_police")
    installation.casebook.record_protocol(entry(), detention, kind="offence", article="koap-20.2-5")
    installation.casebook.requalify(entry(), detention, article="koap-19.3-1")
    case(installation, person, detention=detention, article="uk-318")
    each = {"koap-20.2-5": (1, 1), "koap-19.3-1": (1, 1), "uk-318": (1, 1)}
    assert figure(installation, "articles", "category") == ((1, 1), each, (0, 0))
    assert figure(installation, "articles", "agency") == ((1, 1), {"riot_police": (1, 1)}, (0, 0))
    held(installation)
    assert figure(installation, "people_detained", "article") == ((2, 2), each, (1, 1))


def test_a_paper_that_names_no_article_accuses_nobody_also_once_it_is_corrected_to(installation: Installation) -> None:
    detention, _ = held(installation)
    installation.casebook.record_protocol(entry(), detention, kind="offence", article="koap-20.2-5")
    facts = {"when": None, "kind": "delivery", "article": None, "copy_given": "no"}
    installation.casebook.correct(Detention, entry(), detention, 2, facts, because="mistake")
    assert figure(installation, "articles")[0] == (0, 0)


def test_of_a_co_defendant_who_was_not_held_no_agency_and_no_station_is_known(installation: Installation) -> None:
    detention, person = held(installation, agency="police", place=station("msk-arbat"))
    _, other = held(installation)
    case(installation, person, other, detention=detention)
    assert figure(installation, "articles", "station") == ((2, 2), {"msk-arbat": (1, 1)}, (1, 1))


def test_every_station_somebody_was_at_is_a_row(installation: Installation) -> None:
    detention, _ = held(installation, place=station("msk-arbat"))
    installation.casebook.record_delivery(entry(), detention, place=station("msk-tverskoy"))
    held(installation)
    rows = {"msk-arbat": (1, 1), "msk-tverskoy": (1, 1)}
    assert figure(installation, "people_detained", "station") == ((2, 2), rows, (1, 1))
    assert figure(installation, "not_released", "station") == ((2, 2), rows, (1, 1))


def test_ages_of_other_years_give_way_to_the_nearest_and_what_differs_within_one_does_not(
    installation: Installation,
) -> None:
    _, person = held(installation)
    casebook = installation.casebook
    casebook.describe_person(entry(), person, gender="woman", age_band="from_16_to_17", when=When.year(2019, "Europe/Moscow"))
    assert figure(installation, "people_detained", "age_band")[1] == {"from_16_to_17": (1, 1)}
    casebook.describe_person(entry(), person, age_band="from_18_to_24", when=day(3, 2))
    assert figure(installation, "people_detained", "age_band")[1] == {"from_18_to_24": (1, 1)}
    casebook.describe_person(entry(), person, gender="man", age_band="from_25_to_34")
    both = {"from_18_to_24": (1, 1), "from_25_to_34": (1, 1)}
    assert figure(installation, "people_detained", "age_band") == ((1, 1), both, (0, 0))
    assert figure(installation, "people_detained", "gender") == ((1, 1), {"woman": (1, 1), "man": (1, 1)}, (0, 0))


def test_ages_stand_in_their_order_and_what_is_not_known_beside(installation: Installation) -> None:
    for age in ("from_60", "under_14", "from_60"):
        installation.casebook.describe_person(entry(), held(installation)[1], age_band=age)
    held(installation)
    total, rows, left_out = figure(installation, "people_detained", "age_band")
    assert (total, list(rows), left_out) == ((4, 4), ["under_14", "from_60"], (1, 1))


def test_a_description_corrected_moves_its_rows_and_nothing_else(installation: Installation) -> None:
    _, person = held(installation)
    installation.casebook.describe_person(entry(), person, gender="woman")
    since = installation.log.last()
    facts = {"when": None, "gender": "man", "age_band": "unknown"}
    version = max(installation.casebook.standing(Person, person).entries)
    installation.casebook.correct(Person, entry(), person, version, facts, because="mistake")
    installation.projector().follow()
    with installation.views() as db:
        last = installation.log.last()
        of_women = why(db, "people_detained", since=since, until=last, only={"gender": "woman"})
        of_all = why(db, "people_detained", since=since, until=last)
    assert {reason: tuple(size) for reason, (size, _) in of_women.by_reason().items()} == {corrections.CORRECTED: (-1, -1, 0)}
    assert of_all.moves == ()


def test_the_size_of_a_protest_is_from_the_lowest_estimate_to_the_highest(installation: Installation) -> None:
    for estimates in ((Count.between(300, 500), Count.exactly(1_000)), (Count.at_least(40),), ()):
        protest = new_id()
        installation.casebook.record_protest(entry(), protest, when=day(3, 2), place=city(MOSCOW), form="rally")
        for count in estimates:
            installation.casebook.estimate_crowd(entry(), protest, count=count)
    assert figure(installation, "protest_size", "week") == ((340, None), {202209: (340, None)}, (0, 0))
    assert figure(installation, "protests", "week")[0] == (3, 3)


@pytest.mark.parametrize(
    ("name", "by"),
    [("detentions", "station"), ("protests", "gender"), ("fines", "agency"), ("articles", "article"), ("force", "age_band")],
)
def test_a_breakdown_that_makes_no_sense_for_a_figure_is_refused(installation: Installation, name: str, by: str) -> None:
    installation.projector()
    with installation.views() as db:
        asks: list[Any] = [
            lambda: compute(db, name, by=by, position=0),
            lambda: compute(db, name, by=None, position=0, only={by: None}),
            lambda: why(db, name, since=0, until=0, only={by: None}),
        ]
        for ask in asks:
            with pytest.raises(RuleBroken) as refused:
                ask()
            assert refused.value.code == "figure_not_by"
            assert refused.value.values["known"] == ", ".join(DEFINITIONS[name].dimensions)
