"""Asking for what must not stand on a command line, where others could read it: passphrases and the recovery key."""

import sys

import click

from web.access import passphrases
from web.commands.speech import say
from web.vault.recovery_key import LETTERS

SHORTEST = 16


def read_secret(prompt: str, *, hidden: bool = True) -> str:
    """From the terminal, or the next line of what is piped in."""
    if sys.stdin.isatty():
        answer: str = click.prompt(prompt, hide_input=hidden, default="", show_default=False)
        return answer
    return sys.stdin.readline().rstrip("\n")


def asked_recovery_key() -> str:
    """Shown while it is typed, for it is long and checked as a whole; it may stand on two lines, as it was printed."""
    written = read_secret(say("Recovery key"), hidden=False)
    while written.strip() and sum(letter.isalnum() for letter in written) < LETTERS:
        more = read_secret(say("The rest of it"), hidden=False)
        if not more.strip():
            break
        written = f"{written} {more}"
    return written


def asked_passphrase() -> str:
    """The passphrase of the key file."""
    return read_secret(say("Passphrase"))


def new_passphrase() -> str:
    """One that is long enough and was given twice alike; without an answer one is made and shown, once."""
    chosen = read_secret(say("New passphrase (empty: one is made)"))
    if not chosen.strip():
        made = passphrases.made()
        click.echo(say("The passphrase is shown this once: {passphrase}").format(passphrase=made))
        return made
    if len(chosen.strip()) < SHORTEST:
        raise click.ClickException(say("The passphrase is shorter than {letters} letters.").format(letters=SHORTEST))
    if read_secret(say("The passphrase once more")) != chosen:
        raise click.ClickException(say("The two passphrases differ."))
    return chosen
