"""What the categories of a figure are called: each figure has lists of its own, and the same code means another thing in each."""

import pytest

from domain.vocabulary.incidents import INCIDENT_CATEGORIES
from domain.vocabulary.protests import PROTEST_FORMS
from projections.figures import DEFINITIONS


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_category_is_called_by_the_list_of_its_own_figure(language: str) -> None:
    shared = set(PROTEST_FORMS) & set(INCIDENT_CATEGORIES)
    assert shared, "no code is in both lists any more: choose others"
    for code in shared:
        assert DEFINITIONS["protests"].category(code, language) == PROTEST_FORMS.label(code, language)
        assert DEFINITIONS["incidents"].category(code, language) == INCIDENT_CATEGORIES.label(code, language)


def test_a_code_newer_than_the_program_is_shown_as_it_stands() -> None:
    assert DEFINITIONS["detentions"].category("newer_than_we", "en") == "newer_than_we"
