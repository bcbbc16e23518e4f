"""The pages of a city: its months with the maps that were published; of each month days and protests, each with its history."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from domain.vocabulary.protests import PROTEST_FORMS
from projections.days import month_of
from projections.held_back import Spot
from projections.reconciling import Total
from web.languages import translated as _
from web.maps.outside import Published
from web.maps.outside_sheets import city_rows, city_sheet
from web.maps.period import month_text, month_told
from web.publishing.material import File, Material, city_file, page, pictures
from web.publishing.tallies import UNKNOWN, OfProtest
from web.publishing.wording import day_text, day_told, number_told, steps_told


def city_files(known: Material, language: str) -> Iterator[File]:
    """Every city's pages, and those of what is in none."""
    for city, by_month in known.tallies.cities.items():
        maps = known.maps.get(city, ())
        for published in maps:
            yield from pictures(known, f"{language}/maps/{map_name(published)}", city_sheet(published, known.names, language))
        yield f"{language}/city-{city}.html", _city_page(known, city, by_month, language)
    if known.tallies.days.get(UNKNOWN):
        yield f"{language}/nowhere.html", _city_page(known, UNKNOWN, known.tallies.not_placed, language)
    for city, by_day in known.tallies.days.items():
        for month in sorted({month_of(day) for day in by_day}):
            yield f"{language}/{city_file(city, month)}", _month_page(known, city, month, language)


def map_name(published: Published) -> str:
    """As its files are called."""
    return f"{published.city}-{month_text(published.month)}"


def city_called(known: Material, city: int, language: str) -> str:
    """By its name in this language."""
    return known.names.city_name(city, language) if city != UNKNOWN else _("Not placed in any city")


def _city_page(known: Material, city: int, by_month: Mapping[int, Total], language: str) -> bytes:
    months = [
        (
            city_file(city, month),
            month_told(month) if month != UNKNOWN else _("month not known"),
            number_told(total, language),
            known.tallies.is_without(city, month),
        )
        for month, total in sorted(by_month.items(), reverse=True)
    ]
    maps = [
        (
            map_name(published),
            month_told(published.month),
            city_rows(published, known.names, language).rows,
            published.counted_at,
            published.told,
            by_month.get(published.month, Total(0, 0)).low,
        )
        for published in known.maps.get(city, ())
    ]
    return page(
        "published/city.html",
        language,
        known,
        here=f"city-{city}.html" if city != UNKNOWN else "nowhere.html",
        city=city_called(known, city, language),
        is_a_city=city != UNKNOWN,
        months=months,
        maps=maps,
        citation=known.cited(known.spots(city=city), city=city or "none"),
    )


def _month_page(known: Material, city: int, month: int, language: str) -> bytes:
    told = month_told(month) if month != UNKNOWN else _("month not known")
    days = []
    for day, total in known.tallies.days[city].items():
        if month_of(day) != month:
            continue
        spot, is_held = Spot(city or None, day), known.tallies.is_held_back(city, day)
        steps = () if is_held else known.known.history.get(spot, ())
        number = "" if is_held else number_told(total, language)
        is_without = not is_held and known.tallies.is_day_without(city, day)
        citation = known.cited([spot], city=city or "none", day=day_text(day)) if day % 100 else ""
        name, history = day_text(day) or "undated", steps_told(steps, language)
        days.append((name, day_told(day, language), number, is_without, history, citation))
    protests = [
        _protest(known, protest, language)
        for protest in known.tallies.protests
        if protest.city == city and month_of(protest.day) == month
    ]
    return page(
        "published/month.html",
        language,
        known,
        here=city_file(city, month),
        above=f"city-{city}.html" if city != UNKNOWN else "nowhere.html",
        city=city_called(known, city, language),
        month=told,
        days=days,
        protests=protests,
        stations=[
            (day_told(at.night, language), known.names.station_name(at.station, language), number_told(total, language))
            for at, total in known.known.stations.items()
            if at.city == city and month_of(at.night) == month
        ],
        incidents=[
            (str(life.record), day_told(life.day, language), life.stands)
            for life in known.known.incidents
            if life.city == city and month_of(life.day) == month
        ],
        citation="",
    )


def _protest(known: Material, protest: OfProtest, language: str) -> tuple[object, ...]:
    form = PROTEST_FORMS.label(protest.form, language) if protest.form in PROTEST_FORMS and protest.form != "unknown" else ""
    steps = () if protest.is_held_back else known.known.history.get(protest.record, ())
    return (
        str(UUID(bytes=protest.record)),
        day_told(protest.day, language),
        form,
        number_told(protest.total, language),
        protest.stands,
        protest.is_held_back,
        steps_told(steps, language),
    )
