"""Figures, and the facts behind them, on the terminal or as files."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table as Printed

from domain.count import Count
from domain.verification import Tier
from domain.vocabulary.sources import TIERS
from projections.figures import DEFINITIONS, DIMENSIONS, Figure, compute
from projections.figures_by_tier import COUNTED, by_tier
from web.citing import Citation
from web.commands.reading import language_option
from web.commands.speech import Command, Option, later, opened, say
from web.settings import Settings
from web.telling import number
from web.wiring import Tracker

FORMS = ("table", "csv", "json", "xlsx", "package")
BINARY = frozenset({"xlsx", "package"})
"""Forms that no terminal can show."""


@click.command(
    "figures", cls=Command, help=later("Compute a figure: detentions, protests, incidents, people_detained and others.")
)
@click.argument("name", metavar="NAME")
@click.option(
    "--by", cls=Option, type=click.Choice(DIMENSIONS), help=later("One row for each: city, region, month, day or category.")
)
@click.option("--format", "form", cls=Option, type=click.Choice(FORMS), default="table", help=later("How to print it."))
@click.option("--output", cls=Option, type=click.Path(path_type=Path, dir_okay=False), help=later("The file to write it to."))
@click.option("--as-of", cls=Option, type=click.IntRange(min=0), help=later("As it was known at this position of the record."))
@click.option(
    "--tier",
    cls=Option,
    type=click.Choice([*TIERS]),
    help=later("Of what was recorded one by one, how many are borne out just so well: one exact number."),
)
@language_option
@click.pass_obj
def figures(
    settings: Settings,
    name: str,
    by: str | None,
    form: str,
    output: Path | None,
    as_of: int | None,
    tier: str | None,
    language: str | None,
) -> None:
    """Rows and what is in none of them add up to the total, but where categories overlap."""
    _ask_for_a_known(name)
    if tier is not None and name not in COUNTED:
        raise click.ClickException(say("Only these are counted by tier: {known}.").format(known=", ".join(COUNTED)))
    if tier is not None and (output is not None or form in BINARY):
        raise click.ClickException(say("A number by tier is printed as table, csv or json; it is no file."))
    _ask_for_a_file(form, output)
    spoken = language or settings.language
    with opened(settings) as tracker:
        position = tracker.log.last() if as_of is None else min(as_of, tracker.log.last())
        with tracker.views() as db:
            if tier is not None:
                _of_a_tier(form, (name, tier, position, by_tier(db, name, position)[Tier(tier)]), spoken)
                return
            figure = compute(db, name, by=by, position=position)
        if form == "table" and output is None:
            _print(figure, tracker, spoken)
        else:
            _write(_made(figure, tracker, form if form != "table" else "csv", spoken), output)


@click.command("facts", cls=Command, help=later("The coded facts that a figure is counted from, a row for each."))
@click.argument("name", metavar="NAME")
@click.option("--format", "form", cls=Option, type=click.Choice(FORMS[1:]), default="csv", help=later("How to print it."))
@click.option("--output", cls=Option, type=click.Path(path_type=Path, dir_okay=False), help=later("The file to write it to."))
@click.option("--as-of", cls=Option, type=click.IntRange(min=0), help=later("As it was known at this position of the record."))
@language_option
@click.pass_obj
def facts(settings: Settings, name: str, form: str, output: Path | None, as_of: int | None, language: str | None) -> None:
    """They are about people, so the access log says that they were taken, and about whom."""
    from web.takeaways import FORMS as WRITERS
    from web.takeaways.of_facts import facts_of
    from web.takeaways.people import note_that_they_leave
    from web.vault.accounts import OPERATOR

    _ask_for_a_known(name)
    _ask_for_a_file(form, output)
    spoken = language or settings.language
    with opened(settings) as tracker, _pages(tracker, spoken):
        position = tracker.log.last() if as_of is None else min(as_of, tracker.log.last())
        definition, moment = DEFINITIONS[name], _recorded_at(tracker, position)
        table = facts_of(tracker.views, definition, position, tracker.gazetteer, spoken, as_of=moment)
        note_that_they_leave(tracker, tracker.vault.accounts.id_of(OPERATOR), definition, position)
        _write(WRITERS[form](table), output)


def _ask_for_a_known(name: str) -> None:
    if name not in DEFINITIONS:
        known = ", ".join(DEFINITIONS)
        raise click.ClickException(say("There is no figure {name!r}; there are: {known}.").format(name=name, known=known))


def _ask_for_a_file(form: str, output: Path | None) -> None:
    if form in BINARY and output is None:
        raise click.ClickException(
            say("No terminal can show {form}: say where to write it with --output FILE.").format(form=form)
        )


@contextmanager
def _pages(tracker: Tracker, language: str) -> Iterator[None]:
    """The words of files are those of the pages."""
    from flask_babel import force_locale

    from web import create_app

    with create_app(tracker).test_request_context(), force_locale(language):
        yield


def _made(figure: Figure, tracker: Tracker, form: str, language: str) -> Iterable[bytes]:
    from web.journalists.taking import file_of, recorded_at

    with _pages(tracker, language):
        yield from file_of(figure, form, tracker.gazetteer, language, as_of=recorded_at(tracker, figure.position))


def _recorded_at(tracker: Tracker, position: int) -> datetime | None:
    from web.journalists.taking import recorded_at

    return recorded_at(tracker, position)


def _write(pieces: Iterable[bytes], output: Path | None) -> None:
    """A file takes its name when it is whole: what is interrupted leaves nothing that could be taken for it."""
    if output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.flush()
        return
    unfinished = output.with_name(f".{output.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            file.writelines(pieces)
        unfinished.replace(output)
    except OSError:
        raise click.ClickException(say("{file} could not be written.").format(file=output)) from None
    finally:
        unfinished.unlink(missing_ok=True)


def _of_a_tier(form: str, found: tuple[str, str, int, int], language: str) -> None:
    """One number, with what it counts and the position it is cited with."""
    name, tier, position, counted = found
    row = {"figure": name, "tier": tier, "position": position, "count": counted}
    if form == "json":
        click.echo(json.dumps(row))
    elif form == "csv":
        click.echo(",".join(row))
        click.echo(",".join(map(str, row.values())))
    else:
        unit = DEFINITIONS[name].unit[language == "ru"]
        click.echo(f"{unit}, {TIERS.label(tier, language)}: {counted} (@ {position})")


def _print(figure: Figure, tracker: Tracker, language: str) -> None:
    from web.takeaways.of_figures import heading_of, rows_of

    table = Printed(box=None, pad_edge=False, show_footer=False)
    with _pages(tracker, language):
        table.add_column(heading_of(figure))
        table.add_column(figure.definition.unit[language == "ru"], justify="right")
        rows = rows_of(figure, tracker.gazetteer, language, coded=False)
    for label, value, _ in rows:
        table.add_row(label, number(Count(value.low, value.high), language))
    Console().print(table)
    click.echo(say("To cite: {citation}").format(citation=Citation.of(figure)))
