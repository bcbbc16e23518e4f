"""The bundle as a whole: the same bytes wherever the log is folded, every link leads somewhere, nothing is drawn twice."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.count import Count
from projections.rebuilding import rebuild
from tests.trackers import day
from tests.web.holding_back import entry, march, number
from tests.web.seeding import MOSCOW, Seeding, opened, seed
from web import create_app
from web.publishing.bundle import bundle_of
from web.publishing.earlier import MANIFEST, Earlier
from web.publishing.writing import write_bundle
from web.settings import Settings
from web.wiring import Tracker, open_tracker

ON = date(2022, 5, 1)


@pytest.fixture
def tracker(tmp_path: Path, places: Path) -> Iterator[Tracker]:
    """With the seeded record, a day that is held back, and somebody who wants to be known."""
    with opened(tmp_path / "home", places) as tracker:
        seeded = seed(tracker)
        march(tracker, secret=23, hold="protest")
        to = Seeding(tracker, "en")
        to.casebook.give_consent(to.entry("detainee"), seeded.held, scopes=("publish_full_name", "publish_story"), form="written")
        tracker.bring_up_to_date()
        yield tracker


def bundle(tracker: Tracker, earlier: Earlier | None = None) -> dict[str, bytes]:
    return dict(bundle_of(create_app(tracker), tracker, earlier or Earlier(), on=ON))


def test_the_same_log_gives_the_same_bytes_twice_after_a_rebuild_and_in_another_home(
    tracker: Tracker, tmp_path: Path, places: Path
) -> None:
    first = bundle(tracker)
    assert first == bundle(tracker)
    rebuild(tracker.projector)
    assert first == bundle(tracker)
    home = tmp_path / "elsewhere"
    shutil.copytree(tmp_path / "home", home, ignore=shutil.ignore_patterns("views*"))
    elsewhere = open_tracker(Settings(home=home, places=places, language="ru"))
    try:
        elsewhere.bring_up_to_date()
        assert first == bundle(elsewhere)
        elsewhere.catch_up(elsewhere.casebook.count_detentions(entry("one more"), number("later"), count=Count(6, 6)))
        assert first != bundle(elsewhere), "the control: one more entry shows"
    finally:
        elsewhere.close()


def test_every_link_of_every_page_and_feed_leads_to_a_file_and_a_place_in_it(tracker: Tracker) -> None:
    files = bundle(tracker)
    followed = 0
    for name, content in files.items():
        if name.endswith(".html"):
            text = content.decode()
            links = re.findall(r'(?:href|src)="([^"]+)"', text)
            links += [part.split()[0] for some in re.findall(r'srcset="([^"]+)"', text) for part in some.split(",")]
        elif name.endswith(".atom"):
            links = re.findall(r'<link [^>]*href="([^"]+)"', content.decode())
        elif "/feed" in name and name.endswith(".json"):
            told = json.loads(content)
            links = [told["feed_url"], *(item["url"] for item in told["items"])]
        else:
            continue
        for link in links:
            file, _, anchor = link.partition("#")
            there = _flat(f"{Path(name).parent.as_posix()}/{file}")
            assert there in files, (name, link)
            assert not anchor or f'id="{anchor}"'.encode() in files[there], (name, link)
            followed += 1
    assert followed > 100


def _flat(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        parts = parts[:-1] if part == ".." else parts if part == "." else [*parts, part]
    return "/".join(parts)


def test_the_manifest_names_every_file_with_its_digest(tracker: Tracker) -> None:
    files = bundle(tracker)
    told = json.loads(files.pop(MANIFEST))
    assert told["files"] == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert told["position"] == tracker.log.last()


def test_a_picture_is_taken_from_the_folder_only_if_it_is_the_one_that_would_be_drawn(tracker: Tracker, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    files = bundle(tracker)
    write_bundle(folder, files.items())
    earlier = Earlier.of(folder)
    drawing, picture = "en/maps/country-2022-03.svg", "en/maps/country-2022-03.png"
    assert earlier.picture(drawing, files[drawing], picture) == files[picture]
    assert earlier.picture(drawing, files[drawing] + b" ", picture) is None
    assert bundle(tracker, earlier) == files
    (folder / picture).write_bytes(b"something else")
    assert earlier.picture(drawing, files[drawing], picture) is None
    assert bundle(tracker, earlier) == files
    told = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**told, "drawn_by": "another program"}))
    assert Earlier.of(folder) == Earlier()
    (folder / MANIFEST).write_text("[")
    assert Earlier.of(folder) == Earlier()


def test_news_of_one_month_changes_no_picture_of_another(tracker: Tracker) -> None:
    before = bundle(tracker)
    april = number("april")
    tracker.casebook.record_protest(entry("april"), april, when=day(4, 1), place=tracker.geocoder.city_place(MOSCOW))
    tracker.catch_up(tracker.casebook.count_detentions(entry("count april"), april, count=Count(3, 3)))
    after = bundle(tracker)
    of_march = [name for name in before if "/maps/country-2022-02" in name]
    assert of_march
    assert all(before[name] == after[name] for name in of_march)
    assert before["en/maps/country.svg"] != after["en/maps/country.svg"]


def test_of_stations_nothing_is_told_outside_unless_it_is_switched_on(tmp_path: Path, places: Path) -> None:
    found, held = {}, dict[str, bytes]()
    for switch in ("", "yes"):
        environment = {"KHRONIKA_HOME": str(tmp_path / f"home-{switch}"), "KHRONIKA_PLACES": str(places)}
        tracker = open_tracker(Settings.read({**environment, "KHRONIKA_STATIONS_OUTSIDE": switch}))
        try:
            march(tracker, secret=23, hold="nothing")
            found[switch] = bundle(tracker)
            if switch:
                tracker.catch_up(tracker.casebook.hold_back(entry("hold it"), protest=number("secret"), because="danger"))
                held = bundle(tracker)
        finally:
            tracker.close()
    assert "data/tallies-by-station.csv" not in found[""]
    assert all(b"moscow-tverskoy" not in content for content in found[""].values())
    assert b"2022-03-06,moscow-tverskoy" in found["yes"]["data/tallies-by-station.csv"]
    assert b",40,40\r\n" in found["yes"]["data/tallies-by-station.csv"]
    assert b"Tverskoy" in found["yes"][f"en/city-{MOSCOW}-2022-03.html"]
    assert b"moscow-tverskoy" not in held["data/tallies-by-station.csv"], "nor of a night of which something is held back"


def test_where_the_bundle_will_lie_makes_the_addresses_in_feeds_whole_and_changes_no_id(tracker: Tracker) -> None:
    app, there = create_app(tracker), "https://example.org/numbers"
    whole, relative = dict(bundle_of(app, tracker, on=ON, address=f"{there}/")), bundle(tracker)
    for name in ("en/feed.json", "ru/feed.json"):
        told, before = json.loads(whole[name]), json.loads(relative[name])
        assert told["feed_url"] == f"{there}/{name}"
        assert [item["url"] for item in told["items"]] == [f"{there}/{name[:3]}{item['url']}" for item in before["items"]]
        assert [item["id"] for item in told["items"]] == [item["id"] for item in before["items"]]
    assert f'href="{there}/en/feed.atom"'.encode() in whole["en/feed.atom"]
    assert {name for name in whole if whole[name] != relative[name] and "/feed" not in name} == {MANIFEST}


def test_the_feeds_of_two_organisations_have_no_id_in_common(tracker: Tracker, tmp_path: Path, places: Path) -> None:
    """Both tell of the same days of the same city: a reader program that follows both must not take one for the other."""
    with opened(tmp_path / "other", places) as other:
        seed(other)
        march(other, secret=23, hold="protest")
        days = [
            {item["id"] for item in json.loads(bundle(one)["en/feed.json"])["items"] if "tally" in item["tags"]}
            for one in (tracker, other)
        ]
        feeds = [re.search(rb"<id>(.*?)</id>", bundle(one)["en/feed.atom"]) for one in (tracker, other)]
    assert all(days)
    assert not days[0] & days[1]
    assert feeds[0] is not None
    assert feeds[1] is not None
    assert feeds[0][1] != feeds[1][1]


def test_an_entry_that_moves_no_figure_changes_none_of_their_files(tracker: Tracker) -> None:
    def figures() -> dict[str, bytes]:
        return {name: content for name, content in bundle(tracker).items() if "/figures/" in name}

    before = figures()
    tracker.catch_up(tracker.casebook.open_person(entry("somebody"), number("somebody")))
    assert figures() == before
    tracker.catch_up(tracker.casebook.count_detentions(entry("count again"), number("later"), count=Count(6, 6)))
    changed = {name for name, content in figures().items() if content != before[name]}
    assert changed
    assert all("detentions-by-" in name for name in changed)
