"""Reports written in a text file without a connection: `khronika import-lines`."""

from pathlib import Path

import click

from domain.provenance import Source
from web.commands.speech import Command, Option, later, opened, say
from web.hotline.lines_file import read_lines
from web.hotline.written import record_written
from web.refusals import sentence
from web.settings import Settings
from web.vault.accounts import OPERATOR


@click.command("import-lines", cls=Command, help=later("Record the lines of a text file, one report each."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--dry-run", is_flag=True, cls=Option, help=later("Say what would be recorded; record nothing."))
@click.pass_obj
def import_lines(settings: Settings, file: Path, dry_run: bool) -> None:
    """Recorded by the built-in account `operator`. The same file again, grown by new lines, adds only those."""
    told = read_lines(file.read_bytes())
    with opened(settings, asks=True) as tracker:
        account = tracker.vault.accounts.id_of(OPERATOR)
        source, origin = Source("monitor"), str(told.number)
        became = record_written(tracker, account, source, origin, told.lines, settings.language, dry_run=dry_run)
        tracker.bring_up_to_date()
    click.echo(say("Recorded: {number}").format(number=len(became.new)))
    click.echo(say("Had been recorded before: {number}").format(number=len(became.again)))
    if became.changed:
        numbers = ", ".join(map(str, became.changed))
        click.echo(say("Changed since they were recorded, and not recorded again; lines: {numbers}").format(numbers=numbers))
    for number, broken in became.refused:
        why = sentence(broken, settings.language)
        click.echo(say("Line {number}: {why}").format(number=number, why=why))
