"""Pictures by position: each is drawn once and kept in memory, and a browser that has it is told so without drawing it.

What a picture shows follows from the address, the language, who looks and how far the views have come; its mark (ETag) is made of
these and of nothing that would have to be drawn first. Nothing is written to a disk here.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection
from hashlib import blake2b

from flask import Response, current_app, g, request

from projections import assignments, case_files, heatmap, held_back, night_tables, people, positions, stations
from projections.projection import Projection
from web.access.roles import Role
from web.desk import Desk
from web.languages import language
from web.maps.cells import Whose, whose_cells

MOST_BYTES = 24 * 1024 * 1024
_OF_A_MAP: Collection[Projection] = (heatmap.projection, night_tables.projection, stations.projection, held_back.projection)
_OF_OWN_PEOPLE: Collection[Projection] = (assignments.projection, case_files.projection, people.projection)


class Pictures:
    """The pictures drawn last, as many as fit into MOST_BYTES."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, mark: str) -> bytes | None:
        """The picture under a mark, if it is still kept."""
        with self._lock:
            if mark in self._kept:
                self._kept.move_to_end(mark)
            return self._kept.get(mark)

    def put(self, mark: str, picture: bytes) -> None:
        """Keep one more; those not asked for longest are let go."""
        with self._lock:
            self._size += len(picture) - len(self._kept.pop(mark, b""))
            self._kept[mark] = picture
            while self._size > self._most:
                self._size -= len(self._kept.popitem(last=False)[1])


def picture(desk: Desk, draw: Callable[[], bytes], *, is_announced: bool = False, is_of_a_position: bool = False) -> Response:
    """The answer to who asks for the picture of this address. `is_announced`: it shows nothing but figures that are published,
    so that a browser may keep it; others are told to keep none. `is_of_a_position`: the address names the position, so that
    whatever was recorded since changes nothing but what is held back from who looks."""
    mark = _named(desk) if is_of_a_position else _mark(desk)
    g.may_be_kept = is_announced
    if request.if_none_match.contains(mark):
        answer = Response(status=304)
    else:
        kept: Pictures = current_app.extensions.setdefault("khronika.pictures", Pictures())
        drawn = kept.get(mark)
        if drawn is None:
            drawn = draw()
            kept.put(mark, drawn)
        answer = Response(drawn, mimetype="image/png")
    answer.set_etag(mark)
    return answer


def _named(desk: Desk) -> str:
    """Two who are told different numbers never share a picture, nor one who was told another before."""
    held: object = ()
    if desk.reader.role is Role.JOURNALIST:
        with desk.tracker.views() as db:
            known = held_back.held(db)
        held = (known.is_all, *(sorted(map(repr, some)) for some in (known.within, known.moved, known.around, known.city_days)))
    asked = (request.path, sorted(request.args.items(multi=True)), language(), held)
    return blake2b(repr(asked).encode(), digest_size=16).hexdigest()


def _mark(desk: Desk) -> str:
    whose = whose_cells(desk.reader)
    wanted = {view.name for view in (*_OF_A_MAP, *(_OF_OWN_PEOPLE if whose is Whose.OWN else ()))}
    with desk.tracker.views() as db:
        stand = sorted(
            (one.projection, one.version, one.generation, one.position) for one in positions.read(db) if one.projection in wanted
        )
    looks = desk.reader.account.id if whose is Whose.OWN else whose
    asked = (request.path, sorted(request.args.items(multi=True)), language(), looks, stand)
    return blake2b(repr(asked).encode(), digest_size=16).hexdigest()
