"""Looking at what is there: the state of the stores, figures, and histories told in sentences."""

import csv
import json
import sys
from typing import Any
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table

from domain.count import Count
from domain.verification import Tier
from domain.vocabulary.sources import TIERS
from projections import case_files, people
from projections.figures import DEFINITIONS, DIMENSIONS, OF_WHOM, Figure, Line, compute
from projections.figures_by_tier import COUNTED, by_tier
from projections.log import Told
from projections.projector import Projector
from projections.reconciling import Total
from web.access.reader import NOTE
from web.access_log import words_opened
from web.citing import Citation, written
from web.commands.speech import Command, Option, later, opened, say
from web.settings import LANGUAGES, Settings
from web.telling import Teller, lengths, number, opened_at_once
from web.telling.words import Opener, Withheld
from web.vault.accounts import OPERATOR
from web.wiring import Tracker

language_option = click.option(
    "--language", cls=Option, type=click.Choice(LANGUAGES), help=later("Language of names and labels: ru or en.")
)


@click.command("status", cls=Command, help=later("Say how far the record and each view have come."))
@click.option("--json", "as_json", cls=Option, is_flag=True, help=later("As JSON."))
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Exit code 1 when a view is stopped."""
    with opened(settings) as tracker:
        position, access_position = tracker.log.last(), tracker.access.log.last()
        found, of_access = _standings(tracker.projector, position), _standings(tracker.readings, access_position)
    if as_json:
        said = {"position": position, "access_position": access_position, "projections": [*found, *of_access]}
        click.echo(json.dumps(said))
    else:
        _print_status(say("Position of the record: {position}").format(position=position), found)
        _print_status(say("Position of the access log: {position}").format(position=access_position), of_access)
    if any(row["state"] == "stopped" for row in (*found, *of_access)):
        raise click.exceptions.Exit(1)


def _standings(projector: Projector, position: int) -> list[dict[str, Any]]:
    """Where the views of one log stand; `position` is that of its newest event."""
    known, found = projector.standings(), list[dict[str, Any]]()
    for standing in (known[name] for name in projector.projections):
        state = "stopped" if standing.stopped_at is not None else "current" if standing.position >= position else "behind"
        row = {"name": standing.projection, "version": standing.version, "position": standing.position, "state": state}
        found.append(row if standing.failure is None else row | {"stopped_at": standing.stopped_at, "failure": standing.failure})
    return found


def _print_status(heading: str, found: list[dict[str, Any]]) -> None:
    click.echo(heading)
    states = {"current": say("current"), "behind": say("behind"), "stopped": say("stopped")}
    for row in found:
        line = f"  {row['name']:<12} v{row['version']:<4} {row['position']:>9}  {states[row['state']]}"
        click.echo(line + (f" @ {row['stopped_at']}: {row['failure']}" if "failure" in row else ""))


@click.command(
    "figures",
    cls=Command,
    help=later("Compute a figure: detentions, protests, incidents, people_detained, hours_held, overruns and others."),
)
@click.argument("name", metavar="NAME")
@click.option("--by", cls=Option, type=click.Choice(DIMENSIONS), help=later("One row for each: city, month, article and others."))
@click.option(
    "--format", "form", cls=Option, type=click.Choice(["table", "csv", "json"]), default="table", help=later("How to print it.")
)
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
    settings: Settings, name: str, by: str | None, form: str, as_of: int | None, tier: str | None, language: str | None
) -> None:
    """Rows and what is in none of them add up to the total, but where categories overlap."""
    if name not in DEFINITIONS:
        known = ", ".join(DEFINITIONS)
        raise click.ClickException(say("There is no figure {name!r}; there are: {known}.").format(name=name, known=known))
    if tier is not None and name not in COUNTED:
        raise click.ClickException(say("Only these are counted by tier: {known}.").format(known=", ".join(COUNTED)))
    with opened(settings) as tracker:
        position = tracker.log.last() if as_of is None else min(as_of, tracker.log.last())
        with tracker.views() as db:
            if tier is not None:
                counted = by_tier(db, name, position)[Tier(tier)]
                _of_a_tier(form, (name, tier, position, counted), language or settings.language)
                return
            figure = compute(db, name, by=by, position=position)
        spoken = language or settings.language
        rows = [
            (label_of(tracker, figure, line.key, spoken, coded=form != "table"), line, str(Citation.of(figure, line.key)))
            for line in figure.rows
        ]
    {"table": _as_table, "csv": _as_csv, "json": _as_json}[form](figure, rows, spoken)


def _of_a_tier(form: str, found: tuple[str, str, int, int], language: str) -> None:
    """One number, with what it counts and the position it is cited with."""
    name, tier, position, counted = found
    row = {"figure": name, "tier": tier, "position": position, "count": counted}
    if form == "json":
        click.echo(json.dumps(row))
    elif form == "csv":
        csv.writer(sys.stdout).writerows([row.keys(), row.values()])
    else:
        unit = DEFINITIONS[name].unit[language == "ru"]
        click.echo(f"{unit}, {TIERS.label(tier, language)}: {counted} (@ {position})")


def label_of(tracker: Tracker, figure: Figure, key: Any, language: str, *, coded: bool) -> str:
    """Places by name; categories by their code for machines and by their label for people."""
    match figure.by:
        case "station" if not coded:
            return tracker.gazetteer.station_name(key, language) or str(key)
        case dimension if dimension in ("category", *OF_WHOM) and not coded:
            return figure.definition.value(dimension, key, language)
        case "city":
            return tracker.gazetteer.city_name(key, language)
        case "region":
            return tracker.gazetteer.region_name(key, language)
        case _:
            return written(figure.by or "", key)


_HEADINGS = {
    "city": later("City"),
    "region": later("Region"),
    "month": later("Month"),
    "week": later("Week"),
    "day": later("Day"),
    "category": later("Category"),
    "article": later("Article"),
    "agency": later("Agency"),
    "station": later("Station"),
    "age_band": later("Age"),
    "gender": later("Gender"),
}
_LEFT_OUT = {
    "city": "not_placed",
    "region": "not_placed",
    "month": "not_dated",
    "week": "not_dated",
    "day": "not_dated",
    "category": "not_categorised",
    **dict.fromkeys(OF_WHOM, "not_known"),
}


Row = tuple[str, Line, str]
"""What it is of, the interval with what stands beside it, and its citation."""


def _as_json(figure: Figure, rows: list[Row], language: str) -> None:
    total: dict[str, Any] = {"low": figure.total.low, "high": figure.total.high}
    if figure.by is not None:
        total[_LEFT_OUT[figure.by]] = figure.left_out.low
    found = {
        "figure": figure.definition.name,
        "version": figure.definition.version,
        "position": figure.position,
        "by": [figure.by] if figure.by is not None else [],
        "citation": str(Citation.of(figure)),
        "rows": [
            {figure.by: label, **line.total._asdict(), **lengths.document(figure.definition, line), "citation": cited}
            for label, line, cited in rows
        ],
        "total": {**total, **lengths.document(figure.definition, figure.whole)},
    }
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _as_csv(figure: Figure, rows: list[Row], language: str) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([figure.by or "", "low", "high", "citation", *lengths.codes(figure.definition)])
    for label, line, cited in [*rows, *_closing(figure)]:
        low, high = line.total
        writer.writerow([label, low, "" if high is None else high, cited, *lengths.coded(figure.definition, line)])


def _closing(figure: Figure) -> list[Row]:
    left_out: list[Row] = []
    beside = [total for _, total in figure.nowhere.beside]
    if figure.by is not None and any(total != Total(0, 0) for total in (figure.left_out, *beside)):
        left_out.append((_LEFT_OUT[figure.by], figure.nowhere, str(Citation.of(figure, None))))
    return [*left_out, ("total", figure.whole, str(Citation(figure.definition, figure.position)))]


def _as_table(figure: Figure, rows: list[Row], language: str) -> None:
    unit = figure.definition.unit[language == "ru"]
    table = Table(box=None, pad_edge=False, show_footer=False)
    table.add_column(say(_HEADINGS[figure.by]) if figure.by is not None else "")
    table.add_column(unit, justify="right")
    for told in lengths.headings(figure.definition, language):
        table.add_column(told, justify="right")
    names = {
        "not_placed": say("not placed"),
        "not_dated": say("not dated"),
        "not_categorised": say("no category"),
        "not_known": say("not known"),
        "total": say("total"),
    }
    for label, line, _ in [*rows, *((names[name], line, cited) for name, line, cited in _closing(figure))]:
        beside = lengths.cells(figure.definition, line, language)
        table.add_row(label, number(Count(line.total.low, line.total.high), language), *beside)
    Console().print(table)
    click.echo(say("To cite: {citation}").format(citation=Citation.of(figure)))


@click.command("told", cls=Command, help=later("Tell a person's history, a protest's, or the event at a position, in sentences."))
@click.argument("what", metavar="PERSON|PROTEST|POSITION")
@language_option
@click.pass_obj
def told(settings: Settings, what: str, language: str | None) -> None:
    """Personal text is opened, for the command runs at the machine that holds its keys; the access log says so."""
    with opened(settings, asks=True) as tracker:
        history = _history(tracker, what)
        if history is None:
            click.echo(say("Forgotten at the person's wish."))
            return
        if not history:
            raise click.ClickException(say("Nothing is recorded under {what!r}.").format(what=what))
        events = [line.told.event for line in history]
        opener = _but_notes(opened_at_once(tracker.vault, events))
        tracker.access.read(tracker.vault.accounts.id_of(OPERATOR), words_opened(events, opener), "command.told")
        teller = Teller(tracker.gazetteer, opener)
        for line in history:
            sentence = teller.tell(line.told.event, language or settings.language)
            mark = f" [{say('changed by')} {line.changed_by.position}]" if line.changed_by is not None else ""
            click.echo(f"{line.told.position:>7}  {sentence}{mark}")


def _but_notes(opener: Opener) -> Opener:
    """What counsel wrote down for the defence is read by those who have the file, and not at the machine."""
    return lambda sealed: Withheld.SEALED if sealed.field == NOTE else opener(sealed)


def _history(tracker: Tracker, what: str) -> list[case_files.Line] | None:
    """None where it is of somebody who was forgotten: of them nothing is told."""
    if what.isdecimal() and len(what) < 20:
        at_position = tracker.log.at([int(what)]).values()
        if any(tracker.casebook.is_forgotten(told.event.originator_id) for told in at_position):
            return None
        return [case_files.Line(told, None) for told in at_position]
    try:
        record = UUID(what)
    except ValueError:
        raise click.ClickException(say("{what!r} is neither a position nor an id.").format(what=what)) from None
    with tracker.views() as db:
        files = people.cluster(db, record.bytes)
        records = case_files.records_of(db, files)
    if any(tracker.casebook.is_forgotten(UUID(bytes=file)) for file in files):
        return None
    found: list[Told] = tracker.log.of([UUID(bytes=key) for key in records])
    return case_files.lines(found)
