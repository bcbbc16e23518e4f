"""`khronika recompute`: a number that was cited, counted anew from the log alone, and why it is another today."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from domain.count import Count
from projections import corrections, people, statistics
from projections.figures import Figure, Total, compute
from projections.figures.changes import Change, why
from projections.projector import Projector
from web.citing import Citation, read_citation
from web.commands.reading import language_option
from web.commands.speech import Command, Option, later, opened, say
from web.settings import Settings
from web.takeaways.of_figures import label_of
from web.telling import number
from web.wiring import Tracker, Views, view_engines

COUNTED_FROM = (statistics.projection, people.projection, corrections.projection)
"""The views that figures, and the reasons of their changes, are counted from."""


@click.command("recompute", cls=Command, help=later("Count a figure that was cited anew from the log, then and today."))
@click.argument("citation", metavar="CITATION")
@click.option("--json", "as_json", cls=Option, is_flag=True, help=later("As JSON."))
@language_option
@click.pass_obj
def recompute(settings: Settings, citation: str, as_json: bool, language: str | None) -> None:
    """The views in the data folder are not asked: what is counted is folded from the log into views of its own."""
    spoken = language or settings.language
    with opened(settings) as tracker, _folded_anew(tracker) as (db, today):
        cited = read_citation(citation, last=today)
        name, by, only = cited.definition.name, cited.by, cited.only
        then, now = (compute(db, name, by=by, position=position, only=only) for position in (cited.position, today))
        change = why(db, name, since=cited.position, until=today, only=only)
        if as_json:
            click.echo(json.dumps(_document(tracker, cited, (then, now), change), ensure_ascii=False, indent=2))
        else:
            _tell(tracker, cited, (then, now), change, spoken)


@contextmanager
def _folded_anew(tracker: Tracker) -> Iterator[tuple[Views, int]]:
    with tempfile.TemporaryDirectory(prefix="khronika-") as folder:
        reader, writer = view_engines(Path(folder) / "views.sqlite")
        try:
            projector = Projector(writer, reader, tracker.log, COUNTED_FROM)
            projector.create()
            reached = projector.follow(5000)
            with reader.connect() as db:
                yield db, reached
        finally:
            reader.dispose()
            writer.dispose()


def _document(tracker: Tracker, cited: Citation, figures: tuple[Figure, Figure], change: Change) -> dict[str, Any]:
    def of(figure: Figure) -> dict[str, Any]:
        rows = [
            {figure.by: label_of(figure, line.key, tracker.gazetteer, "en", coded=True), **_ends(line.total)}
            for line in figure.rows
        ]
        left_out = {"left_out": _ends(figure.left_out)} if figure.by is not None else {}
        return {"position": figure.position, "total": _ends(figure.total), "rows": rows, **left_out}

    moves = [{"reason": move.reason, "positions": list(move.positions), **move.size._asdict()} for move in change.moves]
    reasons = {reason: size._asdict() for reason, (size, _) in change.by_reason().items()}
    then, now = map(of, figures)
    return {"citation": str(cited), "then": then, "today": now, "reasons": reasons, "moves": moves}


def _ends(total: Total) -> dict[str, int | None]:
    return {"low": total.low, "high": total.high}


def _tell(tracker: Tracker, cited: Citation, figures: tuple[Figure, Figure], change: Change, language: str) -> None:
    unit = cited.definition.unit[language == "ru"]
    click.echo(f"{cited}: {unit}")
    then, now = figures
    known = {line.key: line.total for line in now.rows}
    told = {line.key: line.total for line in then.rows}
    for key in dict.fromkeys([*told, *known]):
        name = label_of(then, key, tracker.gazetteer, language, coded=False)
        click.echo(f"  {name}: {_told(told.get(key, _NOBODY), language)} → {_told(known.get(key, _NOBODY), language)}")
    click.echo(say("At position {position}: {number}").format(position=then.position, number=_told(then.total, language)))
    click.echo(say("Today, at position {position}: {number}").format(position=now.position, number=_told(now.total, language)))
    for reason, (size, positions) in change.by_reason().items():
        told_of = {end: f"{by:+d}" for end, by in size._asdict().items()} | {"reason": say(_REASONS[reason])}
        line = say("{reason}: low end {low}, high end {high}, counts without a high end {endless}; entries: {entries}")
        click.echo("  " + line.format(**told_of, entries=len(positions)))


_NOBODY = Total(0, 0)
_REASONS = {
    "learned": later("Learned later"),
    "corrected": later("Corrected"),
    "withdrawn": later("Withdrawn"),
    "reinstated": later("Brought back"),
    "joined": later("Found to be one person"),
    "parted": later("Told apart"),
    "unattributed": later("For a reason that is not known"),
}


def _told(total: Total, language: str) -> str:
    return number(Count(total.low, total.high), language)
