"""A projection that cannot fold an event stops there, alone and loudly; what the others show goes on."""

import logging
from collections.abc import Callable

import pytest
from sqlalchemy import Column, Connection, Integer, LargeBinary, event, select
from sqlalchemy.exc import OperationalError

from domain.protest import Protest
from domain.record import new_id
from projections.batch import Batch
from projections.projection import Projection
from projections.rebuilding import rebuild
from tests.projections.homes import folded
from tests.trackers import MOSCOW, SMOLENSK, Address, Installation, city, day, entry, tables
from web.wiring import PROJECTIONS

SECRET = "Анна Иванова"


def fragile(version: int = 1, *, fails_at: Callable[[Protest.Recorded], bool] = lambda event: False) -> Projection:
    """A projection of the test's own: protests by city, and a list of them. Its handler can fail when it has already written."""
    projection = Projection("fragile", version)
    counts = projection.table("counts", Column("city", Integer, primary_key=True), Column("protests", Integer, nullable=False))
    listed = projection.table("listed", Column("protest", LargeBinary(16), primary_key=True), Column("day", Integer))

    @projection.on(Protest.Recorded)
    def count(views: Batch, event: Protest.Recorded) -> None:
        views.add(counts, event.place.city, 1)
        views.put(listed, event.originator_id.bytes, day=1)
        if fails_at(event):
            raise ValueError(f"{SECRET} {event.originator_id}")

    return projection


def in_smolensk(event: Protest.Recorded) -> bool:
    return event.place.city == SMOLENSK


def record(installation: Installation, *cities: int) -> int:
    position = 0
    for number in cities:
        position = installation.casebook.record_protest(entry(), new_id(), when=day(3, 2), place=city(number)).position
    return position


def rows(installation: Installation, projection: Projection) -> list[list[tuple[object, ...]]]:
    with installation.views() as db:
        return [sorted(tuple(row) for row in db.execute(select(view.table))) for view in projection.views]


@pytest.mark.parametrize("page", [1, 2, 3, 100])
def test_it_stops_at_exactly_the_event_it_cannot_fold_and_keeps_what_came_before(
    installation: Installation, address: Address, page: int
) -> None:
    broken = fragile(fails_at=in_smolensk)
    projector = installation.projector((*PROJECTIONS, broken))
    record(installation, MOSCOW, MOSCOW, MOSCOW, SMOLENSK, MOSCOW)
    assert projector.follow(page) == 5
    standing = projector.standings()["fragile"]
    assert (standing.position, standing.stopped_at) == (3, 4)
    assert rows(installation, broken)[0] == [(MOSCOW, 3)]
    assert len(rows(installation, broken)[1]) == 3
    for name, other in projector.standings().items():
        if name != "fragile":
            assert (other.position, other.stopped_at, other.failure) == (5, None, None)
    with installation.views() as db:
        assert tables(db) == folded(address, "whole")


def test_it_stays_stopped_while_the_others_go_on(installation: Installation) -> None:
    broken = fragile(fails_at=in_smolensk)
    projector = installation.projector((*PROJECTIONS, broken))
    record(installation, MOSCOW, SMOLENSK)
    projector.follow()
    record(installation, MOSCOW, MOSCOW)
    assert projector.follow() == 4
    assert projector.reached() == 4
    assert projector.standings()["fragile"].position == 1
    assert rows(installation, broken)[0] == [(MOSCOW, 1)]


def test_what_is_said_of_the_failure_holds_no_value(installation: Installation, caplog: pytest.LogCaptureFixture) -> None:
    projector = installation.projector((fragile(fails_at=in_smolensk),))
    record(installation, SMOLENSK)
    with caplog.at_level(logging.DEBUG, "khronika"):
        projector.follow()
    failure = projector.standings()["fragile"].failure
    assert failure is not None
    assert failure.startswith("ValueError in ")
    assert "projection fragile stopped at event 1" in caplog.text
    assert SECRET not in failure + caplog.text
    assert installation.log.page(0, 1)[0].event.originator_id.hex[-8:] not in failure + caplog.text


def test_the_place_of_a_failure_is_told_by_our_own_code(installation: Installation) -> None:
    """Not by the last line of a library the failure came out of."""
    broken = Projection("fragile", 1)
    listed = broken.table("listed", Column("city", Integer, primary_key=True), Column("day", Integer, nullable=False))

    @broken.on(Protest.Recorded)
    def half_a_row(views: Batch, event: Protest.Recorded) -> None:
        views.put(listed, event.place.city, day=None)

    projector = installation.projector((broken,))
    record(installation, MOSCOW, MOSCOW)
    projector.follow()
    failure = projector.standings()["fragile"].failure
    assert failure is not None
    assert failure.startswith("IntegrityError in projections.batch.")


def test_a_mended_projection_with_a_raised_version_is_built_again(installation: Installation) -> None:
    projector = installation.projector((*PROJECTIONS, fragile(fails_at=in_smolensk)))
    record(installation, MOSCOW, SMOLENSK, MOSCOW)
    projector.follow()
    mended = fragile(version=2)
    projector = installation.projector((*PROJECTIONS, mended))
    assert projector.outdated() == ["fragile"]
    rebuild(projector, projector.outdated())
    assert projector.outdated() == []
    assert projector.standings()["fragile"].stopped_at is None
    record(installation, SMOLENSK)
    assert projector.follow() == 4
    assert rows(installation, mended)[0] == [(SMOLENSK, 2), (MOSCOW, 2)]


def test_a_mended_projection_of_the_same_version_goes_on_after_a_rebuild(installation: Installation) -> None:
    projector = installation.projector((fragile(fails_at=in_smolensk),))
    record(installation, MOSCOW, SMOLENSK, MOSCOW)
    projector.follow()
    mended = fragile()
    projector = installation.projector((mended,))
    rebuild(projector, ["fragile"])
    assert rows(installation, mended)[0] == [(SMOLENSK, 1), (MOSCOW, 2)]


def test_a_rebuild_that_fails_leaves_the_old_views_as_they_are(installation: Installation) -> None:
    sound = fragile()
    projector = installation.projector((*PROJECTIONS, sound))
    record(installation, MOSCOW, SMOLENSK)
    projector.follow()
    before = rows(installation, sound)
    broken = installation.projector((*PROJECTIONS, fragile(fails_at=in_smolensk)))
    with pytest.raises(ValueError, match=SECRET):
        rebuild(broken)
    assert rows(installation, sound) == before
    record(installation, MOSCOW)
    assert projector.follow() == 3
    assert rows(installation, sound)[0] == [(SMOLENSK, 1), (MOSCOW, 2)]


def test_an_older_program_does_not_fold_into_views_that_a_newer_one_made(installation: Installation) -> None:
    older = installation.projector((fragile(1),))
    record(installation, MOSCOW)
    older.follow()
    newer = installation.projector((fragile(2),))
    rebuild(newer)
    record(installation, MOSCOW)
    assert older.follow() == 2, "it waits for nobody"
    assert newer.standings()["fragile"].position == 1
    newer.follow()
    assert rows(installation, fragile())[0] == [(MOSCOW, 2)]


def test_an_event_that_cannot_be_read_stops_every_projection_before_it(
    installation: Installation, address: Address, caplog: pytest.LogCaptureFixture
) -> None:
    projector = installation.projector()
    record(installation, MOSCOW, MOSCOW, MOSCOW)
    _damage(installation, address, 3)
    record(installation, MOSCOW)
    with caplog.at_level(logging.ERROR, "khronika"):
        projector.follow()
    for standing in projector.standings().values():
        assert (standing.position, standing.stopped_at) == (2, 3)
        assert standing.failure is not None
        assert "protest.recorded" in standing.failure
        assert SECRET not in standing.failure
    assert SECRET not in caplog.text
    assert len(caplog.records) == len(PROJECTIONS)


def test_nobody_waits_for_projections_that_have_all_stopped(installation: Installation, address: Address) -> None:
    projector = installation.projector()
    record(installation, MOSCOW)
    _damage(installation, address, 1)
    projector.follow()
    last = record(installation, MOSCOW)
    assert projector.follow() == last
    assert projector.reached() == last


def _damage(installation: Installation, address: Address, position: int) -> None:
    """Somebody has written over an event, or it was stored by a newer program."""
    state = f'{{"when": "{SECRET}"}}'.encode()
    datastore = installation.casebook.recorder.datastore  # type: ignore[attr-defined]
    with datastore.transaction(commit=True) as cursor:
        if address.url is None:
            cursor.execute("UPDATE stored_events SET state = ? WHERE notification_id = ?", (state, position))
        else:
            cursor.execute("UPDATE events.khronika_events SET state = %s WHERE notification_id = %s", (state, position))


def test_a_full_disk_stops_no_projection(tmp_path_factory: pytest.TempPathFactory) -> None:
    """It passes, and then everything goes on; a stopped projection would have to be built again."""
    address = Address(tmp_path_factory.mktemp("home"))
    with address.open() as installation:
        projector = installation.projector()
        record(installation, *[MOSCOW] * 200)
        projector.advance(1)
        full = [True]

        def limit(connection: Connection) -> None:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {1 if full[0] else 1_000_000}")

        event.listen(installation.writer, "begin", limit)
        with pytest.raises(OperationalError):
            projector.follow()
        full[0] = False
        assert projector.follow() == 200
        assert all(standing.stopped_at is None for standing in projector.standings().values())
        with installation.views() as db:
            assert tables(db) == folded(address, "whole")


def test_two_handlers_for_one_event_are_refused() -> None:
    projection = fragile()
    with pytest.raises(ValueError, match=r"two handlers for Protest\.Recorded"):
        projection.on(Protest.Recorded)(lambda views, event: None)
