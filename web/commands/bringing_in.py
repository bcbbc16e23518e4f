"""Bringing in what others recorded: `khronika import`."""

from pathlib import Path

import click

from web.commands.speech import Command, Option, later, opened, progress_bar, say
from web.imports import import_file
from web.settings import Settings


@click.command("import", cls=Command, help=later("Record the rows of a file as a mapping says."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option(
    "--mapping", required=True, cls=Option, metavar="NAME|FILE.toml", help=later("A mapping's name, or a file of one's own.")
)
@click.option("--dry-run", is_flag=True, cls=Option, help=later("Say what would be recorded; record nothing."))
@click.option("--refused", cls=Option, type=click.Path(path_type=Path), metavar="FILE.csv",
              help=later("Where the refused rows go; by default beside the file."))  # fmt: skip
@click.pass_obj
def import_command(settings: Settings, file: Path, mapping: str, dry_run: bool, refused: Path | None) -> None:
    """Recorded by the built-in account `operator`. Importing the same file again records nothing new."""
    with opened(settings, asks=True) as tracker:
        with progress_bar(say("Importing"), 100) as advance:
            report = import_file(
                tracker,
                file,
                mapping,
                dry_run=dry_run,
                language=settings.language,
                on_progress=lambda rows, share: advance(int(share * 100)),
                refused_to=refused,
            )
        with progress_bar(say("Building the views"), tracker.log.last()) as advance:
            tracker.bring_up_to_date(advance)
    for line in report.lines(settings.language):
        click.echo(line)
