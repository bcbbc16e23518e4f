"""One night at a hotline: people held, reports of others, and letters typed about them."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.count import Count
from domain.moment import When
from domain.provenance import Entry, Source
from domain.record import new_id
from projections.days import night_of
from tests.web.seeding import MOSCOW, ZONE
from tests.web.site import Page, Site

TVERSKOY, ARBAT = "moscow-tverskoy", "moscow-arbat"


@dataclass
class Evening:
    """One night at a hotline: a past one, so that no test stands between two nights; tonight's where it matters."""

    site: Site
    base: datetime = datetime(2022, 3, 2, 20, tzinfo=UTC)
    night: str = "2022-03-02"

    def tonight(self) -> None:
        self.base, self.night = datetime.now(UTC), ""

    def night_of(self, hours: float) -> str:
        """The night of so long ago, as an address names it: a test that lasts over noon still asks for that one."""
        return datetime.strptime(str(night_of(self.ago(hours))), "%Y%m%d").replace(tzinfo=UTC).date().isoformat()

    def entry(self) -> Entry:
        return Entry(self.site.account or new_id(), Source("witness"), new_id())

    def ago(self, hours: float) -> When:
        return When.at(self.base - timedelta(hours=hours), ZONE)

    def held(
        self, name: str | None = None, hours: float = 4, at: str | None = TVERSKOY, city: int = MOSCOW, **facts: Any
    ) -> UUID:
        person, detention = new_id(), new_id()
        vault, geocoder, book = self.site.tracker.vault, self.site.tracker.geocoder, self.site.tracker.casebook
        sealed = vault.mint([person]).seal(person, person, "name", name) if name else None
        told = {"when": self.ago(hours), "place": geocoder.city_place(city), **facts}
        book.record_detention(self.entry(), detention, person=person, name=sealed, **told)
        if at is not None:
            book.record_delivery(self.entry(), detention, place=geocoder.station_place(at))
        self.shown()
        return detention

    def report(self, count: Count, at: str | None = TVERSKOY, **facts: Any) -> UUID:
        report, geocoder = new_id(), self.site.tracker.geocoder
        place = geocoder.station_place(at) if at is not None else geocoder.city_place(MOSCOW)
        told = {"when": self.ago(1), "place": place, "count": count, **facts}
        self.site.tracker.casebook.receive_report(replace(self.entry(), command=report), report, **told)
        self.shown()
        return report

    def shown(self) -> None:
        self.site.tracker.bring_up_to_date()

    def board(self, query: str = "") -> Page:
        return self.site.page(f"/watch?night={self.night}&{query}")

    def type(self, detention: UUID, typed: str, query: str = "", command: UUID | None = None) -> Any:
        sent = {
            "csrf_token": token(self.board().html),
            "command": str(command or new_id()),
            "typed": typed,
            "back": f"night={self.night}&{query}",
        }
        return self.site.post(f"/watch/detentions/{detention}/follow-up", sent)

    def told(self, detention: UUID) -> list[Any]:
        return [found.event for found in self.site.tracker.log.of([detention])]


def token(html: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found is not None
    return found[1]
