"""What the bundle is made of, read in one go, and how a page and a picture of it are written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template

from domain.errors import RuleBroken
from projections import published_cells
from projections.days import month_of
from projections.held_back import Spot
from web.citing import cite
from web.gazetteer import Gazetteer
from web.maps.drawing import Sheet, png_of, svg_of
from web.maps.outside import FIGURE, Published, published_of
from web.maps.period import month_text
from web.publishing.announced import Announced, announced
from web.publishing.earlier import NOTHING_EARLIER, Earlier
from web.publishing.tallies import UNKNOWN, Tallies
from web.wiring import Tracker

File = tuple[str, bytes]
"""A name in the bundle, with slashes, and what it holds."""


@dataclass(frozen=True, slots=True)
class Material:
    """All that the bundle is made of."""

    tracker: Tracker
    known: Announced
    maps: Mapping[int, Sequence[Published]]
    people: Sequence[Any]
    """Those who consented (`web/publishing/people.py`)."""
    earlier: Earlier = field(default=NOTHING_EARLIER)
    address: str = ""
    """Where the bundle will lie, without the last slash; "" where nobody said."""

    @property
    def tallies(self) -> Tallies:
        """The numbers."""
        return self.known.tallies

    @property
    def names(self) -> Gazetteer:
        """Of places."""
        return self.tracker.gazetteer

    def cited(self, keys: Iterable[Spot | bytes], **of: object) -> str:
        """The citation of a number that is made of these, at the position where it last moved: so that a page and a picture are
        the same for as long as their numbers are. "" where a part of it is held back, and whoever opened it would be told
        another number.
        """
        made_of = list(keys)
        held = self.tallies.held
        if any(key in held.within or key in held.around or key in held.city_days for key in made_of):
            return ""
        moved = [self.known.history[key][-1].position for key in made_of if key in self.known.history]
        return cite(FIGURE.name, FIGURE.version, max(moved, default=self.known.position), of)

    def spots(self, *, city: int | None = None, month: int | None = None) -> list[Spot]:
        """The cities' days there are numbers of: of one city, of one month, or all."""
        return [
            Spot(where or None, day)
            for where, by_day in self.tallies.days.items()
            if city is None or where == city
            for day in by_day
            if month is None or month_of(day) == month
        ]


def material_of(tracker: Tracker, people: Sequence[Any], earlier: Earlier = NOTHING_EARLIER, address: str = "") -> Material:
    """Read it. Raises RuleBroken `held_back_unknown` while nobody can say what is held back."""
    known = announced(tracker)
    if known.tallies.held.is_all:
        raise RuleBroken("held_back_unknown")
    with tracker.views() as db:
        cities = {city.city for row in published_cells.published_months(db) for city in published_cells.cities_of(db, row)}
        maps = {city: published_of(db, city) for city in sorted(cities)}
    return Material(tracker, known, maps, people, earlier, address)


def page(template: str, language: str, known: Material | None = None, **values: Any) -> bytes:
    """One page of the bundle."""
    about = {} if known is None else {"position": known.known.position, "as_of": known.known.as_of}
    return render_template(template, spoken=language, other="ru" if language == "en" else "en", **about, **values).encode()


def pictures(known: Material, name: str, sheet: Sheet) -> Iterator[File]:
    """A drawing as SVG and as PNG for two kinds of screens. What was drawn from the same SVG before is not drawn again."""
    yield from drawn(known, name, svg_of(sheet).encode(), lambda scale: png_of(sheet, scale))


def drawn(known: Material, name: str, svg: bytes, draw: Callable[[int], bytes]) -> Iterator[File]:
    """The same of any drawing; `draw` makes the PNG, once or twice as large."""
    yield f"{name}.svg", svg
    for png, scale in ((f"{name}.png", 1), (f"{name}@2x.png", 2)):
        yield png, known.earlier.picture(f"{name}.svg", svg, png) or draw(scale)


def month_name(month: int) -> str:
    """As it stands in the names of files: 2022-03, or undated."""
    return month_text(month) if month != UNKNOWN else "undated"


def city_file(city: int, month: int) -> str:
    """The page of one city's month; what is in no city has pages too."""
    return f"{f'city-{city}' if city != UNKNOWN else 'nowhere'}-{month_name(month)}.html"
