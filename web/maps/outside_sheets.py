"""What is drawn for readers outside, and the rows behind it: cells that were published, exact tallies of cities."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from flask_babel import format_date

from projections.reconciling import Total
from web.citing import cite
from web.gazetteer import Gazetteer
from web.languages import translated as _
from web.maps.downloads import Hexagon, Rows
from web.maps.drawing import LIGHT, WIDE, Cell, Circle, Mark, Palette, Sheet
from web.maps.outside import FIGURE, RESOLUTION, Published
from web.sightings import interval

COUNTRY_CLASSES = (1, 10, 50, 200, 1000)
"""Where the classes of the cities on the map of the country begin."""


def month_told(month: int) -> str:
    """ "March 2022"; in Russian in the nominative."""
    return str(format_date(date(month // 100, month % 100, 1), "LLLL y"))


def month_written(month: int) -> str:
    """ "2022-03", as it stands in the name of a file."""
    return f"{month // 100}-{month % 100:02}"


def attribution() -> str:
    """Whose places these are."""
    return _("Places: GeoNames, CC BY 4.0")


def citation_of(published: Published) -> str:
    """How a map of cells is cited: by the position it was counted at."""
    of = {"city": published.city, "month": month_written(published.month), "cells": f"r{RESOLUTION}"}
    return cite(FIGURE.name, published.definition, published.counted_at, of)


def classes_told(classes: Sequence[int]) -> list[str]:
    """ "10–49" and so on; the last has no end."""
    spans = [f"{first}–{after - 1}" for first, after in pairwise(classes)]
    return [*spans, f"{classes[-1]}+"]


def city_sheet(published: Published, names: Gazetteer, language: str, palette: Palette = LIGHT, width: int = WIDE) -> Sheet:
    """The map of a month within a city. Cells have no numbers and nothing says how many were left out."""
    told = classes_told(published.classes)
    squares = [Mark(mark.lat, mark.lon, mark.ru if language == "ru" else mark.en) for mark in names.landmarks_in(published.city)]
    return Sheet(
        titles=(names.city_name(published.city, language), f"{_('People detained')}, {month_told(published.month)}"),
        legend_title=_("People detained in a cell"),
        legend=[(_shade(bound), words) for bound, words in zip(published.classes, told, strict=True)],
        foot=(
            _(
                "Shown are cells with at least %(people)d people detained at %(incidents)d or more incidents. Others may exist.",
                people=published.people,
                incidents=published.incidents,
            ),
            f"{citation_of(published)}. {attribution()}.",
        ),
        cells=[
            Cell(cell, _shade(published.classes[grade - 1]), number, told[grade - 1])
            for number, (cell, grade) in enumerate(published.cells, 1)
        ],
        marks=squares,
        km=_("km"),
        palette=palette,
        width=width,
    )


def _shade(people: int) -> int:
    """The colour of so many people, the same as on every other map."""
    return sum(people >= bound for bound in COUNTRY_CLASSES)


def city_rows(published: Published, names: Gazetteer, language: str) -> Rows:
    """The same as rows: the class and its ends, never a number."""
    ends = [*(after - 1 for after in published.classes[1:]), None]
    return Rows(
        f"{names.city_name(published.city, language)}, {month_told(published.month)}",
        citation_of(published),
        attribution(),
        published.counted_at,
        [
            (Hexagon(cell), {"class": grade, "detained_from": published.classes[grade - 1], "detained_to": ends[grade - 1]})
            for cell, grade in published.cells
        ],
    )


def country_sheet(
    tallies: Mapping[int, Total], when: str, citation: str, names: Gazetteer, language: str, palette: Palette = LIGHT
) -> Sheet | None:
    """The map of the country, each city a circle by its exact tally; None where no city has one."""
    circles = []
    for city, total in sorted(tallies.items(), key=lambda tally: (-tally[1].low, tally[0])):
        known = names.coordinates(city)
        if known is not None and total.low > 0:
            shade = sum(total.low >= bound for bound in COUNTRY_CLASSES)
            name = names.city_name(city, language)
            circles.append(Circle(*known, total.low, shade, name, f"{name}: {interval(total, language)}"))
    if not circles:
        return None
    return Sheet(
        titles=(_("People detained"), when),
        legend_title=_("People detained in a city"),
        legend=list(enumerate(classes_told(COUNTRY_CLASSES), 1)),
        foot=(f"{citation}. {attribution()}.",),
        circles=circles,
        palette=palette,
    )
