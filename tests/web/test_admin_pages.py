"""The administrator's pages: every view is measured against its own log, and a form that is refused keeps what was typed."""

import re

from tests.web.site import Site
from web.access.roles import Role


def states(site: Site) -> list[str]:
    """What the page of health says of each view."""
    return re.findall(r'data-label="State">([^<]*)<', site.signed_in_as(Role.ADMIN).page("/admin/health").html)


def test_a_view_that_follows_is_current_whichever_log_it_follows(desk: Site) -> None:
    found = states(desk)
    assert len(found) == len(desk.tracker.projector.projections) + len(desk.tracker.readings.projections)
    assert set(found) == {"current"}


def test_a_view_that_stays_behind_is_noticed(desk: Site) -> None:
    with desk.tracker.projector.writer.begin() as db:
        db.exec_driver_sql("UPDATE positions SET position = position - 1 WHERE projection = 'people'")
    assert states(desk).count("behind") == 1


def test_a_new_account_that_is_refused_keeps_what_was_typed(bare: Site) -> None:
    """The role above all: it would fall back to the first of the list unnoticed."""
    admin = bare.signed_in_as(Role.ADMIN)
    typed = {"name": "vera", "role": "coordinator", "cities": "Nowhere"}
    token = re.search(r'name="csrf_token" value="([^"]+)"', admin.page("/admin/accounts").html)
    assert token is not None
    answer = admin.post("/admin/accounts/new", {"csrf_token": token[1], **typed})
    assert answer.status_code == 422
    form = answer.get_data(as_text=True).partition("New account")[2]
    for shown in ('value="vera"', '<option value="coordinator" selected>', 'value="Nowhere"'):
        assert shown in form
