"""What the command line says, in the reader's language.

Texts are marked where they stand and looked up when they are shown: at import no language is chosen yet. click takes its own
words from the same catalogue.
"""

import gettext
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from web.exhibits.sweeping import swept_up
from web.forgetting import record_missing_forgettings
from web.settings import Settings
from web.wiring import Tracker, open_tracker


def say(text: str) -> str:
    """The text in the chosen language; the catalogue's answer to an empty text is its own heading."""
    return gettext.gettext(text) if text else ""


def later(text: str) -> str:
    """Marks a text for translation that is looked up when it is shown."""
    return text


def text_of(text: str | None) -> str:
    """The text, empty for none."""
    return text or ""


class Command(click.Command):
    """A command whose help is looked up when it is shown."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line in the list of commands."""
        return say(text_of(self.help)).split("\n")[0]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The text above the options."""
        with formatter.indentation():
            formatter.write_text(say(text_of(self.help)))


class Option(click.Option):
    """An option whose help is looked up when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Name and help."""
        record = super().get_help_record(ctx)
        return (record[0], say(text_of(self.help))) if record is not None else None


class Group(click.Group):
    """All commands; without one, the list of them."""

    command_class = Command

    def __init__(self, name: str, **attributes: Any) -> None:
        text = later("Records protests, detentions and releases, and shows what is known of them.")
        super().__init__(name, help=attributes.pop("help", text), **attributes)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line in the list of commands."""
        return say(text_of(self.help))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The text above the commands."""
        with formatter.indentation():
            formatter.write_text(say(text_of(self.help)))


@contextmanager
def opened(settings: Settings, passphrase: str | None = None, *, asks: bool = False) -> Iterator[Tracker]:
    """The installation in the data folder, its views brought up to date, with a bar when that takes long.

    With `asks` a vault that opens locked is unlocked by whoever sits at the terminal; without an answer it stays locked.
    """
    tracker = open_tracker(settings, passphrase)
    try:
        if asks and tracker.vault.is_locked and sys.stdin.isatty():
            given = click.prompt(say("Passphrase (empty: names stay locked)"), hide_input=True, default="", show_default=False)
            if given:
                tracker.vault.unlock(given)
        with progress_bar(say("Building the views"), tracker.log.last()) as advance:
            tracker.bring_up_to_date(advance)
        record_missing_forgettings(tracker)
        swept_up(tracker)
        yield tracker
    finally:
        tracker.close()


@contextmanager
def progress_bar(title: str, total: int | None) -> Iterator[Any]:
    """A bar on the terminal, nothing elsewhere. Yields what is called with how far it has come."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.update(task, completed=done)
