"""Keeping the keys and the record safe: recovery key, new keys, a passphrase, backups and restoring them."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click

from web.backups import Backup, Restored, make_backup, restore
from web.commands.asking import asked_passphrase, asked_recovery_key, new_passphrase
from web.commands.speech import Command, Option, later, progress_bar, say
from web.settings import PASSPHRASE, Settings
from web.vault import Vault, VaultError, sqlite_engines
from web.vault.parcel import fingerprint
from web.vault.recovery_key import from_groups


@contextmanager
def opened_vault(settings: Settings) -> Iterator[Vault]:
    """The vault alone, unlocked: its passphrase is asked for where it has one."""
    with closing(Vault(*sqlite_engines(settings.home / "vault.sqlite"), settings.home / "server.key")) as vault:
        if vault.is_locked:
            vault.unlock(asked_passphrase())
        yield vault


def hand_out_recovery_key(vault: Vault) -> None:
    """Show the recovery key that waits, once; then nobody here can read it again."""
    groups, recovery = vault.uncollected_recovery_key(), vault.recovery()
    if groups is None or recovery is None:
        raise VaultError("recovery_key_collected_before")
    named = groups.split("-")
    click.echo(say("Recovery key number {number}, fingerprint {fingerprint}:").format(
        number=recovery.epoch, fingerprint=fingerprint(recovery.public)
    ))  # fmt: skip
    click.echo("\n    " + "  ".join(named[:7]) + "\n    " + "  ".join(named[7:]) + "\n")
    click.echo(say(
        "Write it down by hand and keep it away from this machine. It is not shown again. Whoever has it and a backup can read"
        " every name; without it a lost server is a lost record."
    ))  # fmt: skip
    sys.stdout.flush()
    vault.recovery_key_collected()


@click.command("recovery-key", cls=Command, help=later("Make a new recovery key in the place of any other, and show it once."))
@click.option("--collect", is_flag=True, cls=Option, help=later("Show the one that a forgetting has made."))
@click.pass_obj
def recovery_key(settings: Settings, collect: bool) -> None:
    """Earlier backups open only with the key of their hour."""
    with opened_vault(settings) as vault:
        if not collect:
            _told_of_damage(vault.renew_recovery().damaged)
        hand_out_recovery_key(vault)
        if not collect and vault.copies.made():
            click.echo(say("Backups made before open only with the key before it. Make a new one with `khronika backup`."))


@click.command("rotate-key", cls=Command, help=later("Make a new key for this server in the place of the old one."))
@click.pass_obj
def rotate_key(settings: Settings) -> None:
    """May be done while the server runs."""
    with opened_vault(settings) as vault:
        renewed = vault.renew_keys()
    click.echo(say("People whose keys were wrapped anew: {people}. The old key opens nothing any more.").format(
        people=renewed.people
    ))  # fmt: skip
    _told_of_damage(renewed.damaged)


@click.command("lock-with-passphrase", cls=Command, help=later("Put the key file under a passphrase, or under another one."))
@click.pass_obj
def lock_with_passphrase(settings: Settings) -> None:
    """The keys are renewed as well, so that a copy of the plain file opens nothing."""
    with opened_vault(settings) as vault:
        vault.put_under_passphrase(new_passphrase())
        vault.renew_keys()
    click.echo(say("Names are locked wherever the passphrase was not entered. Set KHRONIKA_UNLOCK=passphrase to keep it so."))


@click.command("backup", cls=Command, help=later("Copy the record and the vault into one file that only the recovery key opens."))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--json", "as_json", cls=Option, is_flag=True, help=later("As JSON."))
@click.pass_obj
def backup(settings: Settings, folder: Path, as_json: bool) -> None:
    """May be done while the server runs and while the vault is locked."""
    made = make_backup(settings.home, folder)
    if as_json:
        click.echo(json.dumps(_backup_told(made)))
    else:
        told = say("{file}: {events} events up to position {position}, {size} bytes, for recovery key number {number}.")
        click.echo(told.format(
            file=made.file, events=made.events, position=made.position, size=made.size, number=made.recovery
        ))  # fmt: skip
    if made.must_be_collected:
        waits = say("Nobody has noted that key yet: run `khronika recovery-key --collect`, or the backup opens for nobody.")
        click.echo(f"khronika: {waits}", err=True)


def _backup_told(made: Backup) -> dict[str, Any]:
    return {
        "file": str(made.file),
        "position": made.position,
        "events": made.events,
        "size": made.size,
        "recovery_key": made.recovery,
        "must_be_collected": made.must_be_collected,
    }


@click.command("restore", cls=Command, help=later("Restore the newest backup of a folder, or a file, into an empty data folder."))
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar="DIR|FILE")
@click.option("--recovery-key-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), cls=Option, metavar="FILE",
              help=later("Read the recovery key from here instead of asking."))  # fmt: skip
@click.option("--without-list", is_flag=True, cls=Option,
              help=later("Restore although the list of forgotten people is missing beside the backup."))  # fmt: skip
@click.option("--json", "as_json", cls=Option, is_flag=True, help=later("As JSON."))
@click.pass_obj
def restore_command(settings: Settings, source: Path, recovery_key_file: Path | None, without_list: bool, as_json: bool) -> None:
    """Exit code 1 when it stands but somebody's text does not open; then they are named by id."""
    if recovery_key_file is not None:
        private = from_groups(recovery_key_file.read_text(encoding="utf-8"))
    else:
        private = from_groups(asked_recovery_key())
    passphrase = new_passphrase() if settings.unlock == PASSPHRASE else None
    with progress_bar(say("Building the views"), None) as advance:
        restored = restore(source, settings, private, passphrase=passphrase, without_list=without_list, progress=advance)
    if as_json:
        click.echo(json.dumps(_restored_told(restored)))
    else:
        _tell_restored(restored, settings.home)
    if not restored.is_whole:
        raise click.exceptions.Exit(1)


def _restored_told(restored: Restored) -> dict[str, Any]:
    return {
        "file": str(restored.file),
        "made": restored.made.isoformat(),
        "position": restored.position,
        "events": restored.checked.events,
        "keys": restored.revival.people,
        "people": restored.checked.people,
        "opened": restored.checked.opened,
        "forgotten": len(restored.revival.forgotten),
        "had_list": restored.had_list,
        "keys_not_opened": [str(person) for person in restored.revival.unopened],
        "without_key": [str(person) for person in restored.checked.keyless],
        "damaged": [str(person) for person in restored.checked.damaged],
        "exhibits": restored.checked.exhibits,
        "exhibits_not_whole": [str(exhibit) for exhibit in restored.checked.exhibits_not_whole],
    }


def _tell_restored(restored: Restored, home: Path) -> None:
    checked, revival = restored.checked, restored.revival
    for line in (
        say("Restored into {home} from {file}.").format(home=home, file=restored.file),
        say("Events read: {events}, up to position {position}. The views were built anew.").format(
            events=checked.events, position=restored.position
        ),
        say("Keys: {keys}. People in the record: {people}; a text of theirs opened: {opened}.").format(
            keys=revival.people, people=checked.people, opened=checked.opened
        ),
        say("Exhibits read from beginning to end, and found to be what was deposited: {exhibits}.").format(
            exhibits=checked.exhibits
        ),
        say("Forgotten people who stay forgotten: {forgotten}.").format(forgotten=len(revival.forgotten)),
    ):
        click.echo(line)
    click.echo(say(
        "Accounts and recovery codes are those of the hour of the backup: end again what was ended since (khronika account list)."
    ))  # fmt: skip
    if not restored.had_list:
        click.echo(say("There was no list of forgotten people: those forgotten after the backup are not."), err=True)
    _told_of_damage([*revival.unopened, *(person for person in checked.keyless if person not in revival.unopened)])
    for person in checked.damaged:
        click.echo(say("A text about {person} is damaged.").format(person=person), err=True)
    for exhibit in checked.exhibits_not_whole:
        click.echo(
            say("The original of the exhibit {exhibit} is missing or is not what was deposited.").format(exhibit=exhibit),
            err=True,
        )


def _told_of_damage(persons: Any) -> None:
    for person in persons:
        click.echo(say("The key of {person} does not open.").format(person=person), err=True)
