"""`khronika forget`: the next step on the way to being forgotten, taken by the account that is named."""

from datetime import UTC, datetime
from uuid import UUID

import click

from domain.forgetting import Forgetting
from domain.person import Person
from domain.provenance import Entry, Source
from domain.record import new_id
from domain.vocabulary.people import FORGETTING_REASONS, FORGETTING_VOICES, VERIFIED_BY
from web.access.roles import Role
from web.access.throttle import INSIDE
from web.commands.asking import read_secret
from web.commands.keeping import hand_out_recovery_key
from web.commands.speech import Command, Option, later, opened, say
from web.desk import HOME_ZONE
from web.forgetting import carry_out
from web.settings import Settings
from web.wiring import Tracker


@click.command("forget", cls=Command, help=later("Take the next step towards forgetting a person: request, approve, carry out."))
@click.argument("person", metavar="PERSON", type=click.UUID)
@click.option(
    "--because", cls=Option, type=click.Choice(list(FORGETTING_REASONS)), help=later("Why they want it; for the request.")
)
@click.option(
    "--verified-by", cls=Option, type=click.Choice(list(VERIFIED_BY)), help=later("How the wish was verified; for the request.")
)
@click.option(
    "--asked-by", cls=Option, type=click.Choice(list(FORGETTING_VOICES)), default="person", help=later("Who asks for it.")
)
@click.option("--waived", cls=Option, is_flag=True, help=later("Whoever asks waives the delay of 72 hours."))
@click.option("--as", "name", cls=Option, metavar="NAME", required=True, help=later("The account that takes the step."))
@click.pass_obj
def forget(
    settings: Settings,
    person: UUID,
    because: str | None,
    verified_by: str | None,
    asked_by: str,
    waived: bool,
    name: str,
) -> None:
    """The same rules as on the page: two accounts and the delay, whoever has the machine."""
    with opened(settings) as tracker:
        entry = Entry(identified(tracker, name), Source("unknown"), new_id())
        found = tracker.casebook.standing(Person, person)
        asked = found.forgetting
        if found.forgotten:
            click.echo(say("Forgotten at the person's wish."))
        elif asked is None:
            if because is None or verified_by is None:
                lacking = say("Nobody has asked for it yet. To record the request give --because and --verified-by.")
                raise click.ClickException(lacking)
            waiver = {"waives_delay": "yes", "waived_by": asked_by} if waived else {}
            facts = {"asked_by": asked_by, "verified_by": verified_by, "because": because, **waiver}
            tracker.casebook.request_forgetting(entry, person, **facts)
            click.echo(say("The request is recorded. Another account has to approve it."))
        elif asked.due is None:
            tracker.casebook.approve_forgetting(entry, person, request=asked.request, zone=HOME_ZONE)
            _say_when(tracker.casebook.standing(Person, person).forgetting)
        elif not asked.is_due(datetime.now(UTC)):
            _say_when(asked)
        else:
            carry_out(tracker, entry, person, asked.request)
            click.echo(say("Forgotten. Backups of the vault made before, and the keys of that time, still open the words."))
            _say_what_is_left(tracker, person)


def identified(tracker: Tracker, name: str) -> UUID:
    """The coordinator of this name, who proves at the terminal to be there: as for signing in, and fresh for each step."""
    passphrase = read_secret(say("Passphrase of {name}").format(name=name))
    code = read_secret(say("Code"))
    answer = tracker.door.knock(name, passphrase, code, INSIDE)
    if answer.account is None or answer.account.role != Role.COORDINATOR:
        tracker.access.refused(answer.known, answer.noted or "not_allowed", "command.forget")
        raise click.ClickException(say("Name, passphrase or code is not right, or the account is no coordinator's."))
    return answer.account.id


def _say_what_is_left(tracker: Tracker, person: UUID) -> None:
    for made in tracker.vault.copies.still_holding([person]):
        click.echo(say("Destroy this backup: {file} (recovery key number {number})").format(
            file=made.file, number=made.recovery
        ))  # fmt: skip
    if tracker.vault.must_be_collected:
        click.echo(say("The recovery key was renewed. Destroy the old one; this is the new one."))
        hand_out_recovery_key(tracker.vault)


def _say_when(asked: Forgetting | None) -> None:
    if asked is None or asked.due is None:
        return
    if asked.is_due(datetime.now(UTC)):
        click.echo(say("It is approved and may be carried out now: run the command again."))
        return
    due = f"{asked.due:%Y-%m-%d %H:%M:%S}"
    click.echo(say("It is approved and may be carried out from {due} UTC on: run the command again then.").format(due=due))
