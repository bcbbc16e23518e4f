"""Looking at what is there: the state of the stores, and histories told in sentences."""

import json
from typing import Any
from uuid import UUID

import click

from projections import case_files, people
from projections.log import Told
from projections.projector import Projector
from web.access.reader import NOTE
from web.access_log import words_opened
from web.commands.speech import Command, Option, later, opened, say
from web.settings import LANGUAGES, Settings
from web.telling import Teller, opened_at_once
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
