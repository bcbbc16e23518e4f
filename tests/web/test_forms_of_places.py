"""Forms in which a place is named that lies elsewhere than the record."""

import re

from domain.detention import Detention
from domain.protest import Protest
from tests.web.site import Page, Site
from tests.web.test_forms import subject


def test_a_transfer_to_another_city_is_not_taken_for_the_city_of_the_protest(desk: Site) -> None:
    path = f"{subject(desk, 'detentions')}/add/transferred"
    page = Page(desk.fill(path, place="Тверь").get_data(as_text=True))
    chosen = re.search(r'name="place\.chosen" value="([^"]+)"> [^<]+ <span class="quiet">Tver Oblast<', page.html)
    assert chosen is not None
    assert desk.post(path, {**page.fields, "place.chosen": chosen[1]}).status_code == 303
    moved = desk.tracker.log.of([desk.seeded.detention])[-1].event
    assert isinstance(moved, Detention.Transferred)
    assert moved.place is not None
    assert moved.place.region == "RU.77"


def test_a_station_is_known_in_the_city_of_the_protest(desk: Site) -> None:
    desk.fill(f"{subject(desk, 'protests')}/add/detentions-counted", count="7", place="ОВД Тверское")
    counted = desk.tracker.log.of([desk.seeded.protest])[-1].event
    assert isinstance(counted, Protest.DetentionsCounted)
    assert counted.place is not None
    assert counted.place.station == "moscow-tverskoy"
