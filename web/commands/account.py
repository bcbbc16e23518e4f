"""Accounts, from the machine itself: `khronika account add | list | role | end-sessions | reset | end`.

Whoever may run commands here holds the keys anyway; what is done is written to the access log as the operator's.
"""

from pathlib import Path

import click
import segno

from web.access.changes import BY_WHAT, change, cities_named
from web.access.credentials import Handed
from web.access.handing_out import drawn, secret_of
from web.access.roles import Role
from web.commands.speech import Command, Group, Option, later, opened, say
from web.settings import Settings
from web.vault.accounts import OPERATOR
from web.wiring import Tracker

account = Group("account", help=later("Make accounts, list them, change or end them."))

_qr = click.option("--qr", cls=Option, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.png",
                   help=later("Write the QR code for the app there instead of drawing it."))  # fmt: skip
_role = click.Choice([role.value for role in Role])


@account.command("add", cls=Command, help=later("Make an account; its credentials are printed once."))
@click.argument("name", metavar="NAME")
@click.option("--role", required=True, cls=Option, type=_role, help=later("What it may do."))
@click.option("--cities", cls=Option, default="", metavar="CITY,CITY",
              help=later("The cities a monitor watches; all by default."))  # fmt: skip
@_qr
@click.pass_obj
def add(settings: Settings, name: str, role: str, cities: str, qr: Path | None) -> None:
    """The name is a pseudonym: it stands beside what the account enters."""
    with opened(settings) as tracker:
        chosen = cities_named(tracker.geocoder, cities, settings.language)
        handed = tracker.door.credentials.add(name, role, chosen)
        _note(tracker, handed, "added")
    print_credentials(handed, qr)


@account.command("list", cls=Command, help=later("List the accounts with their roles and sessions."))
@click.pass_obj
def listed(settings: Settings) -> None:
    """Without any secret."""
    with opened(settings) as tracker:
        for one in tracker.door.accounts.all(*Role):
            ended = say("ended") if one.is_ended else ""
            sessions = say("sessions: {number}").format(number=len(tracker.door.sessions.of(one.id)))
            cities = ", ".join(tracker.gazetteer.city_name(city, settings.language) for city in one.cities)
            click.echo("  ".join(part for part in (f"{one.name:<20}", f"{one.role:<12}", sessions, cities, ended) if part))


@account.command("role", cls=Command, help=later("Give an account another role; its sessions end."))
@click.argument("name", metavar="NAME")
@click.argument("role", type=_role, metavar="ROLE")
@click.pass_obj
def role(settings: Settings, name: str, role: str) -> None:
    """At once."""
    _do(settings, name, "role", role)


@account.command("end-sessions", cls=Command, help=later("End every session of an account."))
@click.argument("name", metavar="NAME")
@click.pass_obj
def end_sessions(settings: Settings, name: str) -> None:
    """At once."""
    _do(settings, name, "end_sessions")


@account.command("reset", cls=Command, help=later("New credentials for an account, printed once; its sessions end."))
@click.argument("name", metavar="NAME")
@_qr
@click.pass_obj
def reset(settings: Settings, name: str, qr: Path | None) -> None:
    """The old ones stop working."""
    handed = _do(settings, name, "reset")
    if handed is not None:
        print_credentials(handed, qr)


@account.command("end", cls=Command, help=later("End an account for good; what it entered stays."))
@click.argument("name", metavar="NAME")
@click.pass_obj
def end(settings: Settings, name: str) -> None:
    """At once."""
    _do(settings, name, "end")


def _do(settings: Settings, name: str, what: str, role: str = "") -> Handed | None:
    with opened(settings) as tracker:
        known = tracker.door.accounts.named(name)
        handed = change(tracker.door, known, what, role)
        tracker.access.account_changed(tracker.door.accounts.id_of(OPERATOR), known.id, BY_WHAT[what].noted)
    if handed is None:
        click.echo(say("Done: {name}.").format(name=known.name))
    return handed


def _note(tracker: Tracker, handed: Handed, what: str) -> None:
    tracker.access.account_changed(tracker.door.accounts.id_of(OPERATOR), handed.account, what)


def first_admin(tracker: Tracker) -> Handed | None:
    """The first administrator, where there is none yet."""
    if tracker.door.accounts.all(Role.ADMIN):
        return None
    handed = tracker.door.credentials.add("admin", Role.ADMIN)
    _note(tracker, handed, "added")
    return handed


def print_credentials(handed: Handed, qr: Path | None = None) -> None:
    """Once, on the terminal."""
    click.echo(say("Shown once; copy it now. Nobody can show it again."))
    click.echo(say("Name: {name}").format(name=handed.name))
    click.echo(say("Passphrase: {passphrase}").format(passphrase=handed.passphrase))
    click.echo(say("For the app: {secret}").format(secret=secret_of(handed.address)))
    if qr is not None:
        with qr.open("xb") as file:
            qr.chmod(0o600)
            segno.make(handed.address, error="m").save(file, kind="png", scale=6, border=4)
    else:
        click.echo(drawn(handed.address))
    click.echo(say("Recovery codes, each good once:"))
    for code in handed.codes:
        click.echo(f"  {code}")
