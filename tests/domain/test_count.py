"""`Count` and what people write about how many."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.count import Count
from domain.count_words import MOST, parse_count
from domain.errors import RuleBroken

NUMBERS = st.integers(0, 2_000_000)


def interval(words: str, thousands: str | None = None) -> tuple[int, int | None]:
    count = parse_count(words, thousands=thousands)
    assert count is not None
    assert count.words == words
    return count.low, count.high


def refused(words: str, thousands: str | None = None) -> RuleBroken:
    with pytest.raises(RuleBroken) as refusal:
        parse_count(words, thousands=thousands)
    return refusal.value


# The interval


def test_a_count_is_never_below_zero_and_never_ends_before_it_begins() -> None:
    with pytest.raises(RuleBroken, match="count_below_zero"):
        Count.exactly(-1)
    with pytest.raises(RuleBroken, match="count_ends_before_it_begins"):
        Count.between(5, 4)
    with pytest.raises(RuleBroken, match="count_ends_before_it_begins"):
        Count(5, 4).checked()


def test_an_open_count_has_no_upper_end() -> None:
    assert Count.at_least(12).contains(10**9)
    assert not Count.at_least(12).contains(11)
    assert not Count.at_least(12).is_exact
    assert Count.exactly(12).is_exact
    assert Count.exactly(12).told("двенадцать").words == "двенадцать"


# Fictional phrases of every kind

PHRASES: list[tuple[str, tuple[int, int | None]]] = [
    ("0", (0, 0)),
    ("никого", (0, 0)),
    ("37", (37, 37)),
    ("37 человек", (37, 37)),
    ("50.0", (50, 50)),
    ("2-3 автозака", (2, 3)),
    ("около 50", (40, 60)),
    ("примерно 50", (40, 60)),
    ("~50", (40, 60)),
    ("≈ 50", (40, 60)),
    ("ca. 100", (80, 120)),
    ("about 50 people", (40, 60)),
    ("50 (est.)", (40, 60)),
    ("about 1", (1, 2)),
    ("не менее 12", (12, None)),
    ("at least 12", (12, None)),
    ("минимум 12", (12, None)),
    ("от 12", (12, None)),
    ("12 и более", (12, None)),
    ("100+", (100, None)),
    ("100+ (est.)", (100, None)),
    ("≥20", (20, None)),
    ("до 100", (0, 100)),
    ("up to 100", (0, 100)),
    ("не более ста", (0, 100)),
    ("менее 100", (0, 99)),
    ("более 100", (101, None)),
    ("over 100", (101, None)),
    ("over a dozen", (13, None)),
    ("100 с лишним", (101, None)),
    ("почти 100", (80, 100)),
    ("300-500", (300, 500)),
    ("300 – 500 человек", (300, 500)),
    ("от 300 до 500", (300, 500)),
    ("между 300 и 500", (300, 500)),
    ("between 300 and 500", (300, 500)),
    ("около 300-500", (300, 500)),
    ("100-200+", (100, None)),
    ("двое-трое", (2, 3)),
    ("сто-двести", (100, 200)),
    ("Hundreds-Thousands", (100, 9999)),
    ("2-3 тыс.", (2000, 3000)),
    ("500-1 тыс.", (500, 1000)),
    ("a couple", (2, 3)),
    ("a few", (2, 9)),
    ("several", (2, 9)),
    ("несколько", (2, 9)),
    ("a handful", (2, 9)),
    ("пара десятков", (20, 30)),
    ("два десятка", (16, 24)),
    ("two dozen", (19, 29)),
    ("a dozen", (9, 15)),
    ("полсотни", (40, 60)),
    ("около полусотни", (40, 60)),
    ("several dozen", (24, 99)),
    ("dozens of protesters", (24, 99)),
    ("несколько десятков", (20, 99)),
    ("десятки", (20, 99)),
    ("hundreds", (100, 999)),
    ("сотни людей", (100, 999)),
    ("несколько сотен", (200, 999)),
    ("Thousands", (1000, 9999)),
    ("десятки тысяч", (20_000, 99_999)),
    ("one", (1, 1)),
    ("двое", (2, 2)),
    ("трое задержанных", (3, 3)),
    ("twenty", (20, 20)),
    ("twenty-five", (25, 25)),
    ("двести тридцать", (230, 230)),
    ("две тысячи пятьсот", (2500, 2500)),
    ("1,000", (1000, 1000)),
    ("1 000", (1000, 1000)),
    ("1\u00a0000", (1000, 1000)),
    ("1.000.000", (1_000_000, 1_000_000)),
    ("10 тыс.", (10_000, 10_000)),
    ("2k", (2000, 2000)),
    ("1.5 thousand", (1500, 1500)),
    ("1,5 тыс.", (1500, 1500)),
    ("30-50 Personen", (30, 50)),
]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2-3 тысячи", (2000, 3000)),
        ("две-три тысячи", (2000, 3000)),
        ("две-три сотни", (200, 300)),
        ("2-3 сотни человек", (200, 300)),
        ("два-три десятка", (20, 30)),
        ("полторы-две тысячи", (1500, 2000)),
        ("1,5-2 тыс.", (1500, 2000)),
        ("two or three hundred", (200, 300)),
        ("twelve to fifteen hundred", (1200, 1500)),
        ("2-3 hundred", (200, 300)),
        ("two to three hundred thousand", (200_000, 300_000)),
        ("около 2-3 сотен", (200, 300)),
        # out of order with the unit: then the beginning stands as it was told
        ("500-1 тыс.", (500, 1000)),
        ("сто - две тысячи", (100, 2000)),
        ("пятьсот-тысяча", (500, 1000)),
        ("от 1 до тысячи", (1, 9999)),
        ("от 5 до сотни", (5, 999)),
    ],
)
def test_a_unit_told_once_is_of_both_ends_of_a_range(words: str, expected: tuple[int, int]) -> None:
    assert interval(words) == expected


def test_a_hyphen_parts_a_range_unless_it_stands_inside_one_number() -> None:
    assert interval("twenty-five") == (25, 25)
    assert interval("two-hundred people") == interval("two hundred people") == (200, 200)
    assert interval("twenty-three hundred") == (2300, 2300)
    assert interval("сто-двести") == (100, 200)


@pytest.mark.parametrize(("words", "expected"), PHRASES)
def test_a_phrase_is_the_interval_of_its_plain_meaning(words: str, expected: tuple[int, int | None]) -> None:
    assert interval(words) == expected


@pytest.mark.parametrize(
    ("words", "coded"),
    [("Dozens", 36), ("Hundreds", 150), ("Thousands", 1500), ("2500-3000", 2750), ("100+", 100), ("75-100 (est.)", 87.5)],
)
def test_the_number_a_coder_gives_a_phrase_lies_in_its_interval(words: str, coded: float) -> None:
    count = parse_count(words)
    assert count is not None
    assert count.contains(coded)


@pytest.mark.parametrize("words", ["Unclear", "unknown", "TBD", "n/a", "N/A", "?", "неизвестно", "нет данных", "keine Angabe"])
def test_said_to_be_unknown_is_none_and_not_zero(words: str) -> None:
    assert parse_count(words) is None


def test_nothing_written_is_missing_and_not_unknown() -> None:
    assert refused("").code == refused(" \t").code == "missing_count"


@pytest.mark.parametrize(
    "words",
    ["none", "много", "500-60", "1000+-", "87.5", "-5", "+", "½", "²", "١٢", "10:00",
     "24+ congregations", "more than at least 5", "less than 0",
     "99999999999", "9" * 5000, "fifty sixty", "1 00"],
)  # fmt: skip
def test_what_is_not_understood_to_the_last_word_is_refused(words: str) -> None:
    refusal = refused(words)
    assert (refusal.code, refusal.values) == ("unreadable_count", {"words": words})


def test_a_point_before_three_digits_is_asked_for_unless_the_file_says_what_it_is() -> None:
    assert refused("1.000").values == {"words": "1.000", "first": 1000, "second": "1.000"}
    assert interval("1.000", thousands=".") == (1000, 1000)
    assert interval("ca. 1.000", thousands=".") == (800, 1200)
    assert interval("1.000-1.500", thousands=".") == (1000, 1500)
    assert interval("1,5 тыс.", thousands=".") == (1500, 1500)


def test_a_sign_against_the_one_the_file_uses_is_refused() -> None:
    assert refused("1,000", thousands=".").code == "ambiguous_number"
    assert refused("1.000", thousands=",").code == "ambiguous_number"


# Laws

ABOUT = ["около {}", "ок. {}", "прим. {}", "~{}", "about {}", "ca. {}", "{} (est.)", "approximately {} people"]
EXACT = ["{}", "{} человек", "{} people", " {} "]
OPEN = ["{}+", "не менее {}", "at least {}", "≥ {}", "минимум {}", "{} или более"]
CAPPED = ["до {}", "up to {}", "не более {}", "≤{}", "at most {} people"]
RANGES = [
    "{}-{}",
    "{} – {}",
    "от {} до {}",
    "from {} to {}",
    "между {} и {}",
    "between {} and {} people",
    "около {}-{}",
    "{}-{} (est.)",
]
GROUPED: list[Callable[[int], str]] = [
    lambda n: f"{n:,}",
    lambda n: f"{n:,}".replace(",", " "),
    lambda n: f"{n:,}".replace(",", "\u202f"),
    str,
]


@given(NUMBERS, st.sampled_from(EXACT), st.sampled_from(GROUPED))
def test_a_number_in_every_spelling_is_that_number(number: int, form: str, spelled: Callable[[int], str]) -> None:
    assert interval(form.format(spelled(number))) == (number, number)


@given(NUMBERS)
def test_a_number_in_the_files_own_grouping_is_that_number(number: int) -> None:
    assert interval(f"{number:,}".replace(",", "."), thousands=".") == (number, number)


@given(NUMBERS, st.sampled_from(ABOUT))
def test_about_a_number_holds_it_and_does_not_reach_zero_or_the_double(number: int, form: str) -> None:
    count = parse_count(form.format(number))
    assert count is not None
    assert count.contains(number)
    assert count.high is not None
    assert number == 0 or (count.low > 0 and count.high <= 2 * number)


@given(NUMBERS, st.sampled_from(OPEN))
def test_at_least_a_number_begins_with_it(number: int, form: str) -> None:
    assert interval(form.format(number)) == (number, None)


@given(NUMBERS, st.sampled_from(CAPPED))
def test_up_to_a_number_ends_with_it(number: int, form: str) -> None:
    assert interval(form.format(number)) == (0, number)


@given(NUMBERS, NUMBERS, st.sampled_from(RANGES))
def test_a_range_holds_both_its_ends(one: int, other: int, form: str) -> None:
    low, high = sorted((one, other))
    count = parse_count(form.format(low, high))
    assert count is not None
    assert count.contains(low) and count.contains(high)  # noqa: PT018
    assert low == high or (count.low, count.high) == (low, high)


WORDS = st.sampled_from(
    "около до от не менее более about at least up to over 50 100 1.000 1,000 1 000 + - ~ >= (est.) тыс. k млн dozen dozens сотни"
    " тысяч несколько пара several hundred thousand два двадцать пять people человек и and между . , 99999999999".split()
)  # fmt: skip


@given(
    st.text(max_size=40) | st.lists(WORDS, max_size=6).map(" ".join) | st.lists(WORDS, max_size=5).map("".join),
    st.sampled_from([None, ".", ","]),
)
@example("9999999999 млн", None)
@example("несколько тысяч тысяч", None)
def test_any_text_is_a_count_or_unknown_or_refused_by_a_rule(words: str, thousands: str | None) -> None:
    code = ""
    try:
        count = parse_count(words, thousands=thousands)
        assert count == parse_count(words, thousands=thousands)
        assert count is None or (count.checked().words == words and count.low < MOST)
    except RuleBroken as refusal:
        code = refusal.code
    assert code in {"", "missing_count", "unreadable_count", "ambiguous_number"}
