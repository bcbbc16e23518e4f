"""Setting up, serving, showing a demonstration, building views again."""

import errno
import logging
import os
import threading
from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import click
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask

from projections.rebuilding import rebuild as build_again
from web import LOOPBACK, create_app
from web.access.roles import Role
from web.commands.account import first_admin, print_credentials
from web.commands.asking import new_passphrase
from web.commands.keeping import hand_out_recovery_key
from web.commands.speech import Command, Option, later, opened, progress_bar, say
from web.demo import load_demo
from web.encrypted_disk import is_encrypted
from web.exhibits.serving import parser_for
from web.protection import HEADERS, LARGEST_FORM
from web.search.finding import read_ahead
from web.settings import PASSPHRASE, Settings
from web.wiring import Tracker

logger = logging.getLogger("khronika")

PORT = 8642


@click.command("init", cls=Command, help=later("Make the stores in the data folder."))
@click.pass_obj
def init(settings: Settings) -> None:
    """Idempotent: what is there already stays. A first recovery key is shown, once."""
    is_new = not (settings.home / "server.key").exists()
    passphrase = new_passphrase() if is_new and settings.unlock == PASSPHRASE else None
    with opened(settings, passphrase, asks=True) as tracker:
        click.echo(
            say("The stores are in {home}; {events} events recorded.").format(home=settings.home, events=tracker.log.last())
        )
        if not tracker.vault.has_recovery and not tracker.vault.is_locked:
            tracker.vault.renew_recovery()
            hand_out_recovery_key(tracker.vault)
        handed = first_admin(tracker)
    _tell_of_the_disk(is_encrypted(settings.home))
    if handed is not None:
        click.echo(say("The first administrator:"))
        print_credentials(handed)
        click.echo(say("Then make the others: khronika account add NAME --role coordinator"))


def _tell_of_the_disk(is_encrypted: bool | None) -> None:
    """Places, times and codes lie open in the stores, and the server's key beside them: an unencrypted disk gives both away."""
    if is_encrypted is False:
        told = say("As far as can be told, the data folder is not on an encrypted disk: whoever takes the disk takes the names.")
        click.echo(told, err=True)
    elif is_encrypted is None:
        told = say("Whether the data folder is on an encrypted disk cannot be told from here; make sure that it is.")
        click.echo(told, err=True)


@click.command("serve", cls=Command, help=later("Serve the pages on this machine."))
@click.option("--host", cls=Option, default="127.0.0.1", help=later("Address; one of this machine alone."))
@click.option("--port", cls=Option, default=PORT, type=click.IntRange(0, 65535), help=later("Port; 0 for any free one."))
@click.pass_obj
def serve(settings: Settings, host: str, port: int) -> None:
    """Loopback only: a web server that speaks HTTPS, or an onion service, stands before it (docs/operations.md)."""
    _must_be_loopback(host)
    with opened(settings, asks=True) as tracker:
        if not tracker.door.accounts.all(*Role):
            click.echo(say("Nobody can sign in yet: make the first account with khronika init."), err=True)
        _serve(tracker, host, port, is_demo=settings.is_demo)


@click.command("demo", cls=Command, help=later("Serve a demonstration with fictional data."))
@click.option("--port", cls=Option, default=PORT, type=click.IntRange(0, 65535), help=later("Port; 0 for any free one."))
@click.pass_obj
def demo(settings: Settings, port: int) -> None:
    """In a data folder of its own, so that fiction never mixes with a record."""
    if "KHRONIKA_HOME" not in os.environ:
        settings = replace(settings, home=settings.home.with_name("khronika-demo"))
    settings = for_demonstration(settings)
    marker = settings.home / "demonstration"
    if (settings.home / "events.sqlite").exists() and not marker.exists():
        refusal = say("{home} holds a record that is not a demonstration; set KHRONIKA_HOME to another folder.")
        raise click.ClickException(refusal.format(home=settings.home))
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    marker.touch()
    with opened(settings) as tracker:
        with progress_bar(say("Recording the fictional data"), None) as advance:
            load_demo(tracker, progress=advance)
        tracker.projector.follow()
        click.echo(say("All data shown is fictional. It is kept in {home}.").format(home=settings.home))
        _serve(tracker, "127.0.0.1", port, is_demo=True)


def for_demonstration(settings: Settings) -> Settings:
    """Its accounts are open to whoever sits at this machine, so it answers to no name under which others come."""
    return replace(settings, is_demo=True, hosts=(), is_behind_proxy=False)


@click.command("rebuild", cls=Command, help=later("Build views again from the recorded events: all, or those named."))
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.pass_obj
def rebuild(settings: Settings, names: tuple[str, ...]) -> None:
    """The old views go on being read until the new ones are complete."""
    with opened(settings) as tracker:
        there = [*tracker.projector.projections, *tracker.readings.projections]
        unknown = [name for name in names if name not in there]
        if unknown:
            known = ", ".join(there)
            raise click.ClickException(say("There is no view {name!r}; there are: {known}.").format(name=unknown[0], known=known))
        with progress_bar(say("Building the views"), tracker.log.last()) as advance:
            for projector in (tracker.projector, tracker.readings):
                chosen = [name for name in names or there if name in projector.projections]
                if chosen:
                    position = build_again(projector, chosen, advance)
                    told = say("Rebuilt up to position {position}: {names}.")
                    click.echo(told.format(position=position, names=", ".join(chosen)))


def _must_be_loopback(host: str) -> None:
    try:
        is_loopback = host == "localhost" or ("%" not in host and ip_address(host).is_loopback)
    except ValueError:
        is_loopback = False
    if not is_loopback:
        refusal = say(
            "{host} is not an address of this machine alone. Serve here, and put a web server that speaks HTTPS before it."
        )
        raise click.ClickException(refusal.format(host=host))


class _RefusedUnread(ErrorTask):
    """What the server refuses before our pages see it: garbage, a header too long. It carries the same headers, and repeats
    nothing of what was sent."""

    def execute(self) -> None:
        refusal: Any = self.request.error  # type: ignore[attr-defined]
        if refusal is not None:
            refusal.body = "Nothing was recorded."
        self.response_headers = [*self.response_headers, *HEADERS.items(), ("Cache-Control", "no-store")]
        super().execute()


class _Channel(HTTPChannel):
    error_task_class = _RefusedUnread


_IN_MEMORY: dict[str, Any] = {
    "max_request_body_size": 4 * LARGEST_FORM,
    "inbuf_overflow": 8 * LARGEST_FORM,
    "outbuf_overflow": 64 * 1024 * 1024,
}
"""The server keeps what comes and goes in memory, but for exhibits (web/exhibits/serving.py). Left to itself it writes a large
form, and a large page, to a temporary file, and a disk keeps what was deleted from it."""


def _read_names(tracker: Tracker) -> None:
    """The first search reads what this could not; by then somebody is there to be told why."""
    try:
        read_ahead(tracker)
    except Exception as failed:
        logger.warning("the names were not read ahead: %s", type(failed).__name__)


def _serve(tracker: Tracker, host: str, port: int, *, is_demo: bool) -> None:
    named = f"[{host}]" if ":" in host else host
    hosts = {*LOOPBACK, named.lower(), *tracker.settings.hosts}
    app = create_app(tracker, is_demo=is_demo, hosts=hosts, secret=tracker.vault.form_key)
    sockets: dict[int, Any] = {}
    try:
        # What a server before ours says is judged in web/forwarding.py, which would otherwise be told nothing.
        server = create_server(
            app, map=sockets, host=host, port=port, threads=8, ident=None, clear_untrusted_proxy_headers=False, **_IN_MEMORY
        )
    except OSError as failed:
        if failed.errno != errno.EADDRINUSE:
            raise
        raise click.ClickException(say("Port {port} is in use; choose another with --port.").format(port=port)) from None
    for listening in sockets.values():
        if isinstance(listening, BaseWSGIServer):
            listening.channel_class = type("Channel", (_Channel,), {"parser_class": parser_for(tracker)})
    bound = getattr(server, "effective_port", port)
    click.echo(say("Khronika is at {url} — Ctrl+C ends it.").format(url=f"http://{named}:{bound}/"))
    # The names are read for the search while the pages answer already; while the vault is locked there is nothing to read.
    threading.Thread(target=_read_names, args=(tracker,), name="names", daemon=True).start()
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
