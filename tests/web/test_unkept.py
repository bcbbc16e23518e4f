"""Forms with personal text hold a field that keeps Chromium from writing them into its profile; it is no fact and is not kept."""

from uuid import UUID

import pytest
from sqlalchemy import update

from tests.web.site import Page, Site
from web.access.roles import Role
from web.access.sessions import ABSOLUTE
from web.vault.tables import sessions


@pytest.mark.parametrize("path", ["/detentions/new", "/incidents/new", "/people/search", "/people"])
def test_every_form_with_personal_text_holds_the_field(desk: Site, path: str) -> None:
    assert '<input type="password" name="unkept"' in desk.page(path).html


def test_the_field_records_nothing_and_is_not_kept_with_a_form(desk: Site) -> None:
    late = desk.signed_in_as(Role.MONITOR)
    form, late_form = desk.page("/protests/new").fields, late.page("/protests/new").fields
    with desk.tracker.vault.storage.writing() as db:
        theirs = update(sessions).where(sessions.c.account == (late.account or UUID(int=0)).bytes)
        db.execute(theirs.values(begun=sessions.c.begun - ABSOLUTE))
    kept = Page(late.post("/protests/new", late_form).text)
    assert "kept.when" in kept.fields
    assert "kept.unkept" not in kept.fields
    before = desk.recorded()
    assert desk.post("/protests/new", {**form, "when": "24.02.2022", "place": "Moscow"}).status_code == 303
    assert desk.recorded() == before + 1


def test_an_address_nobody_knows_is_not_repeated(desk: Site) -> None:
    answer = desk.get("/people/Vymyshlennaya?name=Anna")
    assert answer.status_code == 404
    assert "Vymyshlennaya" not in answer.text
    assert "Anna" not in answer.text
