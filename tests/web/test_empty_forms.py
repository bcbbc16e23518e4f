"""Little may be known of a detention, but not nothing: a form sent empty would count as one more person held."""

import pytest

from tests.web.site import Site


@pytest.mark.parametrize(
    "told", [{"protest": "{protest}"}, {"source_kind": "witness"}, {"place": "Moscow"}, {"circumstances": "at_protest"}]
)
def test_a_detention_of_somebody_unnamed_needs_one_thing_that_is_told(desk: Site, told: dict[str, str]) -> None:
    said = {name: value.format(protest=desk.seeded.protest) for name, value in told.items()}
    answer = desk.fill("/detentions/new", **said)
    assert answer.status_code == 303
    assert "Name not known" in desk.page(answer.location).text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/detentions/new", {}),
        ("/detentions/new", {"name_kind": "full"}),
        ("/releases/new", {}),
        ("/people/{held}/detentions/new", {}),
    ],
)
def test_an_empty_form_is_no_detention(desk: Site, path: str, told: dict[str, str]) -> None:
    before = desk.recorded()
    answer = desk.fill(path.format(held=desk.seeded.held), **told)
    assert answer.status_code == 422
    assert "Nothing is told here" in answer.get_data(as_text=True)
    assert desk.recorded() == before
