"""Charts and data of the figures that everybody may have: SVG, PNG, CSV, XLSX, JSON and a data package, under names that stay.

While something is held back, the figures of detentions are told without it, say so in their title, and carry no citations.
"""

from collections.abc import Iterator
from dataclasses import replace

from projections.figures import Figure, compute
from projections.figures.outside import HELD_BACK
from web.charts import chart_png, chart_svg
from web.citing import Citation
from web.journalists.charts import chart_of
from web.journalists.taking import as_table, recorded_at, told_without
from web.journalists.titles import title_of
from web.languages import translated as _
from web.publishing.material import File, Material, drawn, page
from web.takeaways import FORMS, Table

PUBLISHED = tuple((name, by) for name in ("detentions", "protests", "incidents") for by in ("city", "region", "month"))
"""The figures of the bundle, each by what."""
_ENDINGS = {"csv": "csv", "xlsx": "xlsx", "json": "json", "package": "zip"}


def figure_files(known: Material, language: str) -> Iterator[File]:
    """Every file of every figure, and the page that names them."""
    listed = []
    for name, by in PUBLISHED:
        figure = _figure(known, name, by)
        is_without = name in HELD_BACK and not known.tallies.held.is_nothing
        file, title = f"{name}-by-{by}", title_of(figure, known.names, language)
        source = _("Source: Khronika. To cite: %(citation)s", citation=Citation.of(figure))
        if is_without:
            title, source = f"{title} ({_('without what is held back')})", _("Source: Khronika")
        chart = replace(chart_of(figure, known.names, language, source=source), title=title)
        svg = chart_svg(chart).encode()
        yield from drawn(known, f"{language}/figures/{file}", svg, lambda scale, chart=chart: chart_png(chart, scale))  # type: ignore[misc]
        for form, ending in _ENDINGS.items():
            table = _table(known, figure, form, language, is_without=is_without)
            yield f"{language}/figures/{file}.{ending}", b"".join(FORMS[form](table))
        listed.append((file, title, figure.definition.method[language == "ru"]))
    yield f"{language}/figures.html", page("published/figures.html", language, known, figures=listed)


def _figure(known: Material, name: str, by: str) -> Figure:
    """As of the position where its numbers last moved, so that its files stay the same for as long as they do."""
    now = known.known.position
    with known.tracker.views() as db:
        figure, moved = (
            compute(db, name, by=by, position=position, held=known.tallies.held)
            for position in (now, min(now, _last_moved(known, name)))
        )
    return moved if (moved.rows, moved.left_out, moved.total) == (figure.rows, figure.left_out, figure.total) else figure


def _last_moved(known: Material, name: str) -> int:
    if name in HELD_BACK:
        return max((steps[-1].position for steps in known.known.history.values() if steps), default=known.known.position)
    lives = known.known.protests if name == "protests" else known.known.incidents
    return max((at for life in lives for at in life.changes), default=known.known.position)


def _table(known: Material, figure: Figure, form: str, language: str, *, is_without: bool) -> Table:
    as_of = recorded_at(known.tracker, figure.position)
    table = as_table(figure, known.names, language, as_of=as_of, coded=form != "xlsx")
    table = replace(table, name=f"{figure.definition.name}-by-{figure.by}")
    return told_without(table) if is_without else table
