"""The form of an exhibit, filled in and sent, and what the access log says of the uses of one."""

import io
from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from domain.access import Access
from tests.web.site import Site, account_of
from web.access.roles import Role


def assign(desk: Site, person: UUID) -> None:
    from tests.web.forgetting.homes import entry

    lawyer = account_of(desk.tracker, Role.LAWYER)
    desk.tracker.catch_up(desk.tracker.casebook.assign_counsel(entry(desk.tracker), person, counsel=lawyer))


def send(site: Site, path: str, content: bytes | None = None, name: str = "IMG_1.jpg", **values: Any) -> TestResponse:
    """The form of an exhibit, filled in; `form` is another page it was on."""
    fields = site.page(path).fields
    told = {"kind": "photograph", **values}
    given: dict[str, Any] = {**fields, **told}
    given["file"] = (io.BytesIO(content or b""), name if content is not None else "")
    return site.post(path, given)


def sent_again(site: Site, path: str, answer: TestResponse, **values: Any) -> TestResponse:
    """The form that came back, sent as it stands, but for these values and without choosing a file."""
    from tests.web.site import Page

    fields = Page(answer.get_data(as_text=True)).fields
    return site.post(path, {**fields, **values, "file": (io.BytesIO(b""), "")})


def uses(site: Site, exhibit: UUID) -> list[str]:
    log = site.tracker.access.log
    acts = [told.event for told in log.page(0, 10_000)]
    return [act.how for act in acts if isinstance(act, Access.ExhibitOpened) and act.exhibit == exhibit]


def about(site: Site) -> dict[str, str]:
    seeded = site.seeded
    return {
        "detention": f"/detentions/{seeded.detention}/exhibits/new",
        "person": f"/people/{seeded.long}/exhibits/new",
        "incident": f"/incidents/{seeded.incident}/exhibits/new",
        "protest": f"/protests/{seeded.protest}/exhibits/new",
    }
