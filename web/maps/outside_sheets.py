"""What is drawn for readers outside, and the rows behind it: cells that were published, exact tallies of cities."""

from collections.abc import Mapping

from projections.reconciling import Total
from web.citing import cite
from web.gazetteer import Gazetteer
from web.languages import translated as _
from web.maps.downloads import Hexagon, Rows
from web.maps.drawing import LIGHT, WIDE, Cell, Circle, Mark, Palette, Sheet
from web.maps.kinds import PEOPLE, classes_told, shade_of
from web.maps.outside import FIGURE, RESOLUTION, Published
from web.maps.period import month_text, month_told
from web.sightings import interval


def attribution() -> str:
    """Whose places these are."""
    return _("Places: GeoNames, CC BY 4.0")


def citation_of(published: Published) -> str:
    """How a map of cells is cited: by the position it was counted at."""
    of = {"city": published.city, "month": month_text(published.month), "cells": f"r{RESOLUTION}"}
    return cite(FIGURE.name, published.definition, published.counted_at, of)


def city_sheet(published: Published, names: Gazetteer, language: str, palette: Palette = LIGHT, width: int = WIDE) -> Sheet:
    """The map of a month within a city. A cell has the number of its line in the table; nothing says how many are hidden."""
    told = classes_told(published.classes)
    squares = [Mark(mark.lat, mark.lon, mark.ru if language == "ru" else mark.en) for mark in names.landmarks_in(published.city)]
    return Sheet(
        titles=(names.city_name(published.city, language), f"{_('People detained')}, {month_told(published.month)}"),
        legend_title=_("People detained in a cell"),
        legend=[(shade_of(bound), words) for bound, words in zip(published.classes, told, strict=True)],
        foot=(
            _(
                "Shown are cells with at least %(people)d people detained at %(incidents)d or more incidents. Others may exist.",
                people=published.people,
                incidents=published.incidents,
            ),
            f"{citation_of(published)}. {attribution()}.",
        ),
        cells=[
            Cell(cell, shade_of(published.classes[grade - 1]), number, told[grade - 1])
            for number, (cell, grade) in enumerate(published.cells, 1)
        ],
        marks=squares,
        km=_("km"),
        palette=palette,
        width=width,
    )


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
            name = names.city_name(city, language)
            circles.append(Circle(*known, total.low, shade_of(total.low), name, f"{name}: {interval(total, language)}"))
    if not circles:
        return None
    return Sheet(
        titles=(_("People detained"), when),
        legend_title=_("People detained in a city"),
        legend=list(enumerate(classes_told(PEOPLE), 1)),
        foot=(f"{citation}. {attribution()}.",),
        circles=circles,
        palette=palette,
    )
