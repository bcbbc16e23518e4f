"""Asking the law about a case given as facts: `khronika clocks`. It opens no store, and records nothing."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from web.commands.clock_answers import answered, as_json, lines
from web.commands.clock_facts import FactRefused, read_facts
from web.commands.reading import language_option
from web.commands.speech import Command, Option, later, say
from web.refusals import sentence
from web.settings import Settings


@click.command("clocks", cls=Command, help=later("Answer a case given as facts: custody clocks, deadlines, windows."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.json")
@click.option("--json", "as_document", cls=Option, is_flag=True, help=later("As JSON."))
@language_option
@click.pass_obj
def clocks(settings: Settings, file: Path, as_document: bool, language: str | None) -> None:
    """The form of the file is in docs/law.md. JSON holds every sentence in both languages."""
    spoken = language or settings.language
    try:
        given = read_facts(json.loads(file.read_text(encoding="utf-8-sig")), datetime.now(UTC).replace(microsecond=0))
    except json.JSONDecodeError as broken:
        told = say("{file} is not JSON: line {line}, column {column}. Check the commas, quotation marks and brackets there.")
        raise click.ClickException(told.format(file=file.name, line=broken.lineno, column=broken.colno)) from None
    except (UnicodeDecodeError, RecursionError):
        raise click.ClickException(say("{file} is not JSON in UTF-8. Save it as UTF-8.").format(file=file.name)) from None
    except FactRefused as refused:
        where = f"{file.name}, {refused.place}" if refused.place else file.name
        raise click.ClickException(f"{where}: {sentence(refused.why, spoken)}") from None
    found = answered(given)
    if as_document:
        click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        return
    for line in lines(found, spoken):
        click.echo(line)
