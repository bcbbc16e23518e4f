"""How names of places and coordinates are read, whatever the spelling."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from web.places.building import english_name, russian_name
from web.places.coordinates import coordinates_in
from web.places.folding import folded, street_keys


@given(st.text())
@example("ı")
def test_folding_a_folded_name_changes_nothing_that_matters(name: str) -> None:
    once = folded(name)
    assert once == once.strip()
    assert folded(name.upper().lower()) == folded(name.lower())


@given(
    st.sampled_from(["Орёл", "Нижний Новгород", "Йошкар-Ола", "Köln", "Saint Paul"]),
    st.sampled_from(["", "г. ", "город ", "City of "]),
)
def test_prefixes_case_and_hyphens_do_not_matter(name: str, prefix: str) -> None:
    assert folded(prefix + name) == folded(name.upper()) == folded(name.replace(" ", "-")) == folded(name.replace("ё", "е"))


def test_i_with_a_breve_is_a_letter_of_its_own() -> None:
    assert folded("Йошкар-Ола") == "йошкар ола"
    assert folded("Zürich") == folded("Zurich") == "zurich"


def test_a_russian_name_is_chosen_by_rule_and_not_by_order() -> None:
    assert russian_name("Bryansk", ["Бранск", "Брянськ", "Бряньскъ", "Брянск"]) == "Брянск"
    assert russian_name("Groznyy", ["Грозни", "Грозний", "Грозный"]) == "Грозный"
    assert russian_name("Korolëv", ["Королев", "Королёв"]) == "Королёв"
    assert russian_name("Ulan-Ude", ["Улан Уде", "Улан-Удэ"]) == "Улан-Удэ"
    assert russian_name("Kazan", ["Казан", "Казань", "Хусан"]) == "Казань"
    assert russian_name("Elsewhere", ["Киев"]) is None
    assert english_name("Staryy Oskol") == "Stary Oskol"
    assert english_name("Orël") == "Oryol"


def test_stations_and_streets_are_folded_each_in_their_way() -> None:
    assert street_keys("ул. Тверская, 13")[0] != street_keys("ул. Тверская")[0]
    assert street_keys("ул. Тверская, 13")[1] == street_keys("Тверская улица")[0]
    assert street_keys("около метро")[:1] == []


@pytest.mark.parametrize(
    ("words", "point"),
    [
        ("55,7558 37,6173", (55.7558, 37.6173)), ("55.7558, 37.6173", (55.7558, 37.6173)),
        ("55.7558,37.6173", (55.7558, 37.6173)),
        ("(55,7558; 37,6173)", (55.7558, 37.6173)), ("-33.9, 151.2", (-33.9, 151.2)),
        ("15, 20", None), ("Тверская 13", None), ("95.1 37.6", None), ("12,5", None), ("", None),
    ],
)  # fmt: skip
def test_coordinates_are_read_with_either_decimal_mark(words: str, point: tuple[float, float] | None) -> None:
    assert coordinates_in(words) == point
