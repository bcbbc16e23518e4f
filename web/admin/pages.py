"""The pages of the blueprint: addresses and what is asked of them, nothing else."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access.changes import BY_WHAT, change, cities_named
from web.access.handing_out import handed_out
from web.access.roles import Role
from web.access.throttle import AT_THE_VAULT
from web.desk import desk
from web.languages import language
from web.languages import translated as _
from web.refusals import sentence
from web.vault import VaultError
from web.vault.accounts import Account

admin = Blueprint("admin", __name__, url_prefix="/admin")


@admin.get("/accounts")
def accounts() -> str:
    """Every account, its role and how many sessions it has."""
    return _accounts("")


@admin.post("/accounts/new")
def add_account() -> ResponseReturnValue:
    """A new account; its credentials are shown once."""
    role = request.form.get("role", "")
    if role not in set(Role):
        abort(400)
    tracker = desk().tracker
    try:
        cities = cities_named(tracker.geocoder, request.form.get("cities", ""), language())
        handed = tracker.door.credentials.add(request.form.get("name", ""), role, cities)
    except VaultError as refused:
        return _accounts(sentence(refused, language())), 422
    tracker.access.account_changed(desk().reader.account.id, handed.account, "added")
    return handed_out(handed, url_for("admin.accounts"), _("A new account"))


@admin.post("/accounts/<uuid:account>")
def change_account(account: UUID) -> ResponseReturnValue:
    """End its sessions, hand out new credentials, change its role, or end it."""
    changed = desk().tracker.door.accounts.one(account) or abort(404)
    what, _dot, role = request.form.get("what", "").partition(".")
    if what not in BY_WHAT or (what == "role" and role not in set(Role)):
        abort(400)
    try:
        handed = change(desk().tracker.door, changed, what, role)
    except VaultError as refused:
        return _accounts(sentence(refused, language())), 422
    desk().tracker.access.account_changed(desk().reader.account.id, account, BY_WHAT[what].noted)
    if handed is not None:
        return handed_out(handed, url_for("admin.accounts"), _("New credentials"))
    return redirect(url_for("admin.accounts"), 303)


@admin.get("/health")
def health() -> str:
    """How far the views have come; whether the vault is open, and what its keys want done."""
    return _health("")


@admin.post("/unlock")
def unlock() -> ResponseReturnValue:
    """Open the vault of this process with the passphrase of its key file."""
    at = desk()
    if not request.form.get("passphrase"):  # as a form arrives that was kept while they proved who they are
        return redirect(url_for("admin.health"), 303)
    wait = at.tracker.door.throttle.seconds_to_wait("", AT_THE_VAULT)
    if wait:
        return _health(_("Too many attempts. Try again in %(wait)d seconds.", wait=wait)), 429
    try:
        at.tracker.vault.unlock(request.form.get("passphrase", "")[:400])
    except VaultError as refused:
        at.tracker.access.refused(at.reader.account.id, "wrong_passphrase", "admin.unlock")
        return _health(sentence(refused, language())), 422
    at.tracker.access.unlocked(at.reader.account.id)
    return redirect(url_for("admin.health"), 303)


@admin.post("/lock")
def lock() -> ResponseReturnValue:
    """Let go of the keys and of every name in memory. Anybody may be asked to; nobody need prove anything to close a door."""
    try:
        desk().tracker.vault.lock()
    except VaultError as refused:
        return _health(sentence(refused, language())), 422
    desk().tracker.names.clear()
    return redirect(url_for("admin.health"), 303)


def _health(problem: str) -> str:
    tracker = desk().tracker
    tracker.readings.follow()  # nobody folds it before somebody looks
    standings = tracker.projector.standings()
    last = {name: each.log.last() for each in (tracker.projector, tracker.readings) for name in each.projections}
    views = [(standings[name], last[name]) for name in sorted(last)]
    return render_template("health.html", position=tracker.log.last(), views=views, vault=tracker.vault, problem=problem)


def _accounts(problem: str) -> str:
    door, gazetteer = desk().tracker.door, desk().tracker.gazetteer
    listed = [(account, len(door.sessions.of(account.id))) for account in door.accounts.all(*Role)]

    def cities_of(account: Account) -> str:
        return ", ".join(gazetteer.city_name(city, language()) for city in account.cities)

    shown = {"accounts": listed, "roles": list(Role), "cities_of": cities_of}
    return render_template("accounts.html", problem=problem, typed=request.form, **shown)
