"""Bringing in what others recorded: `khronika import`."""

from pathlib import Path

import click

from web.commands.speech import Command, Option, later, opened, progress_bar, say
from web.imports import import_file
from web.settings import LANGUAGES, Settings


@click.command("import", cls=Command, help=later("Record the rows of a file as a mapping says."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--mapping", required=True, cls=Option, metavar="NAME|FILE.toml", help=later("A mapping's name, or a file of one's own."))
@click.option("--dry-run", is_flag=True, cls=Option, help=later("Say what would be recorded; record nothing."))
@click.pass_obj
def import_command(settings: Settings, file: Path, mapping: str, dry_run: bool) -> None:
    """Recorded by the built-in account `operator`. Importing the same file again records nothing new."""
