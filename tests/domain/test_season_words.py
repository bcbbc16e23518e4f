"""What people write about the season."""

import pytest

from tests.domain.telling import SAID, local, refused, whole


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("весной 2019 года", whole("2019-03-01", "2019-05-31")),
        ("spring 2019", whole("2019-03-01", "2019-05-31")),
        ("in the spring of 2019", whole("2019-03-01", "2019-05-31")),
        ("лето 2019 г.", whole("2019-06-01", "2019-08-31")),
        ("осенью 2021", whole("2021-09-01", "2021-11-30")),
        ("Frühjahr 2019", whole("2019-03-01", "2019-05-31")),
        ("около весны 2019", whole("2019-01-29", "2019-07-01")),
        ("весной прошлого года", whole("2021-03-01", "2021-05-31")),
        ("зимой 2019-2020 годов", whole("2019-12-01", "2020-02-29")),
        ("winter 2018/19", whole("2018-12-01", "2019-02-28")),
    ],
)
def test_a_season_is_three_whole_months(words: str, expected: tuple[str, str]) -> None:
    assert local(words) == expected


def test_a_season_without_a_year_is_the_latest_that_had_begun() -> None:
    assert local("весной") == whole("2022-03-01", "2022-05-31")
    assert local("летом") == whole("2021-06-01", "2021-08-31")
    assert local("зимой") == whole("2021-12-01", "2022-02-28")
    assert local("зимой", said=SAID.replace(year=2021, month=12)) == whole("2021-12-01", "2022-02-28")


def test_the_winter_of_one_year_may_be_either_of_two() -> None:
    refusal = refused("зимой 2019 года")
    assert refusal.code == "ambiguous_date"
    assert refusal.values == {"words": "зимой 2019 года", "first": "2018-12 - 2019-02", "second": "2019-12 - 2020-02"}


@pytest.mark.parametrize("words", ["зимой 2018-2020", "весной 2019/20", "весной 12 мая 2019", "весна 2019 - осень 2019"])
def test_a_season_beside_what_it_does_not_go_with_is_not_understood(words: str) -> None:
    assert refused(words).code == "unreadable_time"
