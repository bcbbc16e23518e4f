"""`khronika release-table`: a table about people, released after its audit."""

from datetime import UTC, datetime

import click

from domain.errors import RuleBroken
from domain.provenance import Entry, Source
from domain.record import new_id
from web.commands.speech import Command, Option, later, opened, say
from web.settings import Settings
from web.vault.accounts import OPERATOR


@click.command("release-table", cls=Command, help=later("Release a table about people of a closed quarter, such as 2022-Q1."))
@click.argument("table", metavar="TABLE")
@click.argument("quarter", metavar="QUARTER")
@click.option("--dry-run", cls=Option, is_flag=True, help=later("Only say what would be released."))
@click.pass_obj
def release_table(settings: Settings, table: str, quarter: str, dry_run: bool) -> None:
    """Once released, a table stays as it is for a year."""
    from web.releasing.making import position_for, release, table_named, to_release
    from web.releasing.wording import quarter_in

    last_month = quarter_in(quarter)
    if last_month is None:
        raise RuleBroken("no_such_quarter", quarter=quarter[:20])
    chosen = table_named(table)
    with opened(settings) as tracker:
        with tracker.views() as db:
            position = position_for(db, last_month, int(datetime.now(UTC).timestamp()))
            tracker.casebook.may_release_table(last_month, chosen.name, position)
            found = to_release(db, last_month, chosen, position)
        if not found.tells_anything:
            raise RuleBroken("nothing_to_release")
        if not dry_run:
            entry = Entry(tracker.vault.accounts.id_of(OPERATOR), Source("unknown"), new_id())
            tracker.catch_up(release(tracker, entry, last_month, chosen))
    audit = found.audit
    click.echo(say("Counted at position {position}.").format(position=found.counted_at))
    told = say(
        "Cells of all tables of the quarter: {cells}; without a number: {hidden}; "
        "the best known of these lies between two numbers {narrowest} apart."
    )
    click.echo(told.format(cells=audit.cells, hidden=audit.hidden, narrowest=audit.narrowest))
    click.echo(say("Nothing was released.") if dry_run else say("Released."))
