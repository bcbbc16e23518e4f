"""The `khronika` command: what an operator does at the machine itself. One file a group of commands in `web/commands/`."""

import gettext
import logging
import os
import sys
from importlib.resources import files
from typing import NoReturn

import click

from domain.errors import RuleBroken
from web.commands.account import account
from web.commands.bringing_in import import_command
from web.commands.clocks import clocks
from web.commands.figures import facts, figures
from web.commands.forgetting import forget
from web.commands.keeping import backup, lock_with_passphrase, recovery_key, restore_command, rotate_key
from web.commands.lines import import_lines
from web.commands.publishing import publish, publish_month_command
from web.commands.reading import status, told
from web.commands.recomputing import recompute
from web.commands.releasing import release_table
from web.commands.running import demo, init, rebuild, serve
from web.commands.speech import Group, say
from web.commands.store_failures import told_of_store
from web.commands.token import token
from web.memory import keep_to_itself
from web.refusals import sentence
from web.settings import Settings, SettingsRefused
from web.vault import VaultError
from web.wiring import GazetteerFailed

KEEPING = (backup, restore_command, recovery_key, rotate_key, lock_with_passphrase)
COMMANDS: tuple[click.Command, ...] = (
    init, serve, demo, account, token, import_command, import_lines, status, rebuild, figures, facts, recompute, told, clocks,
    forget, publish_month_command, release_table, publish, *KEEPING,
)  # fmt: skip


def main(arguments: list[str] | None = None, prog_name: str = "khronika") -> None:
    """Run a command. Whatever goes wrong is told in one sentence; nobody is shown a traceback."""
    keep_to_itself()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a page that waited for a moment is nobody's news
    settings = _settings()
    _speak(settings.language)
    khronika = Group("khronika", commands={command.name or "": command for command in COMMANDS})
    try:
        khronika.main(arguments, prog_name=prog_name, standalone_mode=False, obj=settings)
    except click.exceptions.Abort:
        _end(say("Stopped."), code=130)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as refused_usage:
        _end(refused_usage.format_message(), code=refused_usage.exit_code)
    except (RuleBroken, VaultError) as refused_by_rule:
        _end(sentence(refused_by_rule, settings.language))
    except GazetteerFailed as not_built:
        refusal = say("The list of places cannot be built in {folder}; is it writable, and is there room?")
        _end(refusal.format(folder=not_built.folder))
    except SettingsRefused as refused_setting:
        _end(_of_setting(refused_setting))
    except OSError as failed:
        _end(f"{failed.filename or ''}: {failed.strerror or type(failed).__name__}".lstrip(": "))
    except Exception as unexpected:
        told = told_of_store(unexpected)
        if told is not None and not os.environ.get("KHRONIKA_DEBUG"):
            _end(told.format(home=settings.home))
        _unexpected(unexpected)


def _settings() -> Settings:
    try:
        return Settings.read(os.environ)
    except SettingsRefused as refused:
        _speak("en")
        _end(_of_setting(refused))


def _of_setting(refused: SettingsRefused) -> str:
    return say("The setting {name}={value!r} cannot be used; see docs/operations.md.").format(
        name=refused.name, value=refused.value
    )


def _speak(language: str) -> None:
    """Let gettext, and so click's own words too, speak the chosen language."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", str(files("web").joinpath("translations")))


def _end(sentence: str, code: int = 1) -> NoReturn:
    click.echo(f"khronika: {sentence}", err=True)
    sys.exit(code)


def _unexpected(failure: Exception) -> NoReturn:
    """The kind and place of a failure of ours, never its text, which may hold what somebody recorded."""
    if os.environ.get("KHRONIKA_DEBUG"):
        raise failure
    trace = failure.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "?"
    told = say("Something failed that should not have: {what}. Nothing was half recorded. With KHRONIKA_DEBUG=1 it says more.")
    _end(told.format(what=f"{type(failure).__name__}, {where}"), code=70)
