"""The pages of the whole country: all that was recorded, and each month, with the map and every city's number."""

from collections.abc import Iterator, Mapping
from typing import Any

from projections.reconciling import Total, sum_of
from web.languages import translated as _
from web.maps.outside_sheets import country_sheet
from web.maps.period import month_text, month_told
from web.publishing.material import File, Material, city_file, page, pictures
from web.publishing.tallies import UNKNOWN
from web.publishing.wording import number_told


def country_files(known: Material, language: str) -> Iterator[File]:
    """Each with its pictures."""
    names, tallies = known.names, known.tallies
    times: list[tuple[str, str, int | None]] = [("country", _("all that was recorded"), None)]
    times += [(f"country-{month_text(month)}", month_told(month), month) for month in tallies.months]
    pages = [(name, when) for name, when, _month in times]
    for name, when, month in times:
        by_city = tallies.of_all_time() if month is None else tallies.of_month(month)
        not_placed = sum_of(tallies.not_placed.values()) if month is None else tallies.not_placed.get(month, Total(0, 0))
        of = {} if month is None else {"month": month_text(month)}
        citation = known.cited(known.spots(month=month), **of)
        drawn = country_sheet(by_city, when, citation or _without(), names, language)
        if drawn is not None:
            yield from pictures(known, f"{language}/maps/{name}", drawn)
        values: dict[str, Any] = {
            "name": name,
            "when": when,
            "pages": pages,
            "cities": _listed(known, by_city, month, language),
            "not_placed": number_told(not_placed, language),
            "nowhere": "nowhere.html" if month is None else city_file(UNKNOWN, month),
            "has_nowhere": bool(tallies.days.get(UNKNOWN)) if month is None else month in tallies.not_placed,
            "drawn": drawn,
            "citation": citation,
        }
        file = "index.html" if month is None else f"{name}.html"
        yield f"{language}/{file}", page("published/country.html", language, known, **values)


def _listed(known: Material, by_city: Mapping[int, Total], month: int | None, language: str) -> list[tuple[str, str, str, bool]]:
    ordered = sorted(by_city.items(), key=lambda tally: (-tally[1].low, tally[0]))
    return [
        (
            f"city-{city}.html" if month is None else city_file(city, month),
            known.names.city_name(city, language),
            number_told(total, language),
            _is_without(known, city, month),
        )
        for city, total in ordered
    ]


def _is_without(known: Material, city: int, month: int | None) -> bool:
    months = known.tallies.cities.get(city, {}) if month is None else [month]
    return any(known.tallies.is_without(city, one) for one in months)


def _without() -> str:
    return _("Without what is held back")
