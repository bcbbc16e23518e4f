"""What may be done to an account, from the pages and from the command line alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.errors import RuleBroken
from web.access.credentials import Handed
from web.access.door import Door
from web.access.roles import Role
from web.geocoding import GazetteerGeocoder
from web.vault import VaultError
from web.vault.accounts import Account

Done = Callable[[Door, Account, str], Handed | None]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that may be done. `noted` is what the access log calls it."""

    done: Done
    noted: str


def _end_sessions(door: Door, account: Account, role: str) -> None:
    door.sessions.end_of(account.id)


def _reset(door: Door, account: Account, role: str) -> Handed:
    return door.credentials.renew(account.id, account.name)


def _change_role(door: Door, account: Account, role: str) -> None:
    """Whoever is signed in under another role begins anew: nothing of the old role may stay open."""
    door.accounts.change_role(account.id, role, account.cities if role == Role.MONITOR else ())
    door.sessions.end_of(account.id)


def _end(door: Door, account: Account, role: str) -> None:
    door.accounts.end(account.id)


BY_WHAT: Mapping[str, Change] = {
    "end_sessions": Change(_end_sessions, "sessions_ended"),
    "reset": Change(_reset, "reset"),
    "role": Change(_change_role, "role_changed"),
    "end": Change(_end, "ended"),
}


def change(door: Door, account: Account, what: str, role: str = "") -> Handed | None:
    """Do it. Raises VaultError `account_ended`, and `last_admin`: somebody must be left who can make accounts."""
    if account.is_ended or account.role not in set(Role):
        raise VaultError("account_ended")
    return BY_WHAT[what].done(door, account, role)


def cities_named(geocoder: GazetteerGeocoder, said: str, language: str) -> tuple[int, ...]:
    """The numbers of cities named apart by commas. Raises VaultError `no_such_city` with the first name that is none."""
    cities = []
    for name in (part.strip() for part in said.split(",") if part.strip()):
        try:
            city = geocoder.settle(name, None, language).city
        except RuleBroken:
            city = None
        if city is None:
            raise VaultError("no_such_city", name=name)
        cities.append(city)
    return tuple(cities)
