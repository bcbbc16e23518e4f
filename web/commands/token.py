"""Tokens for intake bots, from the machine itself: `khronika token add | list | end`. They send reports and nothing else."""

import click

from web.commands.speech import Command, Group, later, opened, say
from web.settings import Settings
from web.vault.accounts import OPERATOR
from web.wiring import Tracker

token = Group("token", help=later("Make tokens for intake bots, list them, end them."))


@token.command("add", cls=Command, help=later("Make a token; it is printed once."))
@click.argument("name", metavar="NAME")
@click.pass_obj
def add(settings: Settings, name: str) -> None:
    """The name is a pseudonym: it stands beside what is sent with the token."""
    with opened(settings) as tracker:
        made = tracker.door.tokens.add(name)
        _note(tracker, name, "added")
    click.echo(made)
    click.echo(say("Kept nowhere here: copy it now. It may send reports to /api/reports, and nothing else."), err=True)


@token.command("list", cls=Command, help=later("List the tokens by name."))
@click.pass_obj
def listed(settings: Settings) -> None:
    """Without any secret."""
    with opened(settings) as tracker:
        for one in tracker.door.tokens.all():
            click.echo("  ".join(part for part in (f"{one.name:<20}", say("ended") if one.is_ended else "") if part))


@token.command("end", cls=Command, help=later("End a token for good; what was sent with it stays."))
@click.argument("name", metavar="NAME")
@click.pass_obj
def end(settings: Settings, name: str) -> None:
    """At once."""
    with opened(settings) as tracker:
        tracker.door.tokens.end(name)
        _note(tracker, name, "ended")


def _note(tracker: Tracker, name: str, what: str) -> None:
    accounts = tracker.vault.accounts
    tracker.access.account_changed(accounts.id_of(OPERATOR), accounts.id_of(name), what)
