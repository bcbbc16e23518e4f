"""`khronika publish-month` and `khronika publish`: what readers outside may see, as files for another host."""

from pathlib import Path
from urllib.parse import urlsplit

import click

from domain.errors import RuleBroken
from domain.provenance import Entry, Source
from domain.record import new_id
from web.commands.speech import Command, Option, later, opened, say
from web.settings import Settings
from web.vault.accounts import OPERATOR


@click.command("publish-month", cls=Command, help=later("Allow the maps within cities of a closed month, such as 2022-03."))
@click.argument("month", metavar="MONTH")
@click.option("--dry-run", cls=Option, is_flag=True, help=later("Only say what would be published."))
@click.pass_obj
def publish_month_command(settings: Settings, month: str, dry_run: bool) -> None:
    """Once published, a month stays as it is for a year."""
    from web.maps.outside import publish_month, rules_of, to_publish
    from web.maps.period import month_in

    number = month_in(month)
    if number is None:
        raise RuleBroken("no_such_month", month=month)
    with opened(settings) as tracker:
        tracker.casebook.may_publish_cells(number)
        with tracker.views() as db:
            shown = to_publish(db, number, rules_of(tracker))
        if not dry_run:
            entry = Entry(tracker.vault.accounts.id_of(OPERATOR), Source("unknown"), new_id())
            tracker.catch_up(publish_month(tracker, entry, number))
    told = say("Cells that may be shown: {cells}, in {cities} cities.")
    click.echo(told.format(cells=sum(len(city.cells) for city in shown.cities), cities=len(shown.cities)))
    click.echo(say("Nothing was published.") if dry_run else say("Published."))


@click.command("publish", cls=Command, help=later("Write what readers outside may see as files, for another host."))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--address", cls=Option, metavar="URL", help=later("Where DIR will lie: then addresses in feeds are whole."))
@click.pass_obj
def publish(settings: Settings, folder: Path, address: str | None) -> None:
    """The same record gives the same files, byte for byte."""
    if address is not None and not _is_address(address):
        raise click.ClickException(
            say("{address} is not an address such as https://example.org/numbers.").format(address=address)
        )
    from web import create_app
    from web.publishing.bundle import bundle_of
    from web.publishing.earlier import Earlier
    from web.publishing.writing import NotABundle, write_bundle

    with opened(settings, asks=True) as tracker:
        try:
            files = bundle_of(create_app(tracker), tracker, Earlier.of(folder), address=address or "")
            written = write_bundle(folder, files)
        except NotABundle:
            refusal = say("{folder} holds something else than a published bundle. Choose an empty folder; nothing was written.")
            raise click.ClickException(refusal.format(folder=folder)) from None
    click.echo(say("Written: {number} files, in {folder}.").format(number=written, folder=folder))


def _is_address(told: str) -> bool:
    try:
        parts = urlsplit(told)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
