"""The policy: for every page and every act, which role may what. What is not written here is denied.

`ANY` is every record; `OWN` those the reader may see (`reader.py`): a lawyer's people, a monitor's watch, and of figures those
that may be published. An act is named by its endpoint; where an address says what kind of record it is about, the more exact
line counts: `entries.add people/consent-given` before `entries.add people` before `entries.add`. Whoever may not say a thing may
neither restate it nor take it back nor bring it back: the exact line of adding an entry counts for changing it too. A monitor
may bring back within a day what they withdrew themselves, and nothing else (`Reader.may_reinstate`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from flask import Flask

from web.access.roles import Role


class Scope(Enum):
    """How far an act reaches."""

    DENY = "deny"
    OWN = "own"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Line:
    """One act. `fresh`: only within five minutes of a proof of identity."""

    monitor: Scope
    lawyer: Scope
    coordinator: Scope
    journalist: Scope
    admin: Scope
    fresh: bool

    def scope(self, role: Role) -> Scope:
        """What it says of a role."""
        found: Scope = getattr(self, role.value)
        return found


_SCOPES = {"-": Scope.DENY, "own": Scope.OWN, "any": Scope.ANY}


def _line(monitor: str, lawyer: str, coordinator: str, journalist: str, admin: str, *, fresh: bool = False) -> Line:
    return Line(_SCOPES[monitor], _SCOPES[lawyer], _SCOPES[coordinator], _SCOPES[journalist], _SCOPES[admin], fresh)


PUBLIC = frozenset({"static", "languages.switch", "access.sign_in", "access.demo_sign_in", "offline.brought"})
"""What answers to whoever comes: nothing on record is on it."""

FOR_TOKENS = frozenset({"intake.send_report", "intake.description"})
"""What answers to a token. A page of these with a line below answers to whoever is signed in as well; one without, to nobody."""

HOMES = {
    Role.MONITOR: "monitors.overview",
    Role.LAWYER: "lawyers.by_time_left",
    Role.COORDINATOR: "monitors.overview",
    Role.JOURNALIST: "journalists.figures",
    Role.ADMIN: "admin.accounts",
}
"""Where each role begins."""

# fmt: off
POLICY: Mapping[str, Line] = {
    #                                           monitor lawyer coordinator journalist admin
    "intake.description":                 _line("any", "any", "any", "any", "any"),
    "about.page":                         _line("any", "any", "any", "any", "any"),
    "access.sign_out":                    _line("any", "any", "any", "any", "any"),
    "access.confirm":                     _line("any", "any", "any", "any", "any"),
    "access.account":                     _line("own", "own", "own", "own", "own"),
    "access.end_session":                 _line("own", "own", "own", "own", "own"),
    "access.renew":                       _line("own", "own", "own", "own", "own", fresh=True),

    "monitors.overview":                  _line("any", "-",   "any", "-",   "-"),
    "monitors.protests":                  _line("any", "any", "any", "-",   "-"),
    "monitors.protest":                   _line("any", "any", "any", "-",   "-"),
    "monitors.new_protest":               _line("any", "-",   "any", "-",   "-"),
    "monitors.new_detention":             _line("any", "-",   "any", "-",   "-"),
    "monitors.new_release":               _line("any", "-",   "any", "-",   "-"),
    "monitors.new_incident":              _line("any", "-",   "any", "-",   "-"),
    "monitors.incident":                  _line("own", "own", "any", "-",   "-"),
    "monitors.another_detention":         _line("own", "own", "any", "-",   "-"),

    "hotline.line":                       _line("any", "-",   "any", "-",   "-"),
    "hotline.form":                       _line("any", "-",   "any", "-",   "-"),
    "hotline.reports":                    _line("any", "-",   "any", "-",   "-"),
    "hotline.report":                     _line("own", "own", "any", "-",   "-"),
    "hotline.split":                      _line("own", "-",   "any", "-",   "-"),

    "offline.page":                       _line("any", "-",   "any", "-",   "-"),
    "offline.lines":                      _line("any", "-",   "any", "-",   "-"),
    "offline.save":                       _line("any", "-",   "any", "-",   "-"),
    "offline.lines_file":                 _line("any", "-",   "any", "-",   "-"),
    "offline.lines_template":             _line("any", "-",   "any", "-",   "-"),

    "watch.board":                        _line("any", "any", "any", "-",   "-"),
    "watch.printed":                      _line("any", "any", "any", "-",   "-"),
    "watch.follow_up":                    _line("own", "-",   "any", "-",   "-"),
    "watch.undo":                         _line("own", "-",   "any", "-",   "-"),
    "watch.release_all":                  _line("any", "-",   "any", "-",   "-"),
    "watch.handover":                     _line("any", "-",   "any", "-",   "-"),
    "watch.handover_text":                _line("any", "-",   "any", "-",   "-"),
    "watch.number_of_protest":            _line("any", "any", "any", "-",   "-"),
    "watch.number_of_city":               _line("any", "any", "any", "-",   "-"),
    "watch.number_of_night":              _line("any", "any", "any", "-",   "-"),
    "watch.number_of_station":            _line("any", "any", "any", "-",   "-"),

    "lawyers.by_time_left":               _line("-",   "own", "-",   "-",   "-"),
    "lawyers.desk_of":                    _line("-",   "-",   "any", "-",   "-"),
    "coordinators.lawyers":               _line("-",   "-",   "any", "-",   "-"),
    "coordinators.hand_over":             _line("-",   "-",   "any", "-",   "-", fresh=True),
    "lawyers.people":                     _line("own", "own", "any", "-",   "-"),
    "lawyers.case_file":                  _line("own", "own", "any", "-",   "-"),
    "lawyers.difference":                 _line("own", "own", "any", "-",   "-"),

    "lawyers.proceeding":                 _line("own", "own", "any", "-",   "-"),
    "lawyers.new_proceeding":             _line("own", "own", "any", "-",   "-"),

    "papers.case_file":                   _line("-",   "own", "any", "-",   "-"),
    "papers.case_file_made":              _line("-",   "own", "any", "-",   "-", fresh=True),
    "papers.overrun":                     _line("-",   "own", "any", "-",   "-"),
    "papers.overrun_made":                _line("-",   "own", "any", "-",   "-", fresh=True),
    "papers.calendar_made":               _line("-",   "own", "-",   "-",   "-"),

    "exhibits.page":                      _line("own", "own", "any", "-",   "-"),
    "exhibits.working_copy":              _line("own", "own", "any", "-",   "-"),
    "exhibits.original":                  _line("own", "own", "any", "-",   "-", fresh=True),
    "exhibits.deposit":                   _line("own", "own", "any", "-",   "-"),
    "exhibits.deposit protests":          _line("any", "-",   "any", "-",   "-"),

    "lawyers.consent":                    _line("own", "own", "any", "-",   "-"),
    "forgetting.page":                    _line("-",   "own", "any", "-",   "-"),
    "forgetting.request_it":              _line("-",   "-",   "any", "-",   "-", fresh=True),
    "forgetting.approve":                 _line("-",   "-",   "any", "-",   "-", fresh=True),
    "forgetting.cancel":                  _line("-",   "-",   "any", "-",   "-"),
    "forgetting.carry_it_out":            _line("-",   "-",   "any", "-",   "-", fresh=True),

    "search.form":                        _line("own", "own", "any", "-",   "-"),
    "search.people":                      _line("own", "own", "any", "-",   "-"),

    "stations.listed":                    _line("any", "any", "any", "-",   "-"),
    "stations.station":                   _line("any", "any", "any", "-",   "-"),
    "stations.unplaced":                  _line("any", "-",   "any", "-",   "-"),
    "stations.place_all_alike":                 _line("any", "-",   "any", "-",   "-"),

    "likeness.pairs":                     _line("-",   "-",   "any", "-",   "-"),
    "likeness.settle":                    _line("-",   "-",   "any", "-",   "-"),

    "coordinators.readings":              _line("-",   "-",   "any", "-",   "-"),
    "coordinators.readers":               _line("-",   "own", "any", "-",   "-"),

    "announcing.days":                    _line("any", "any", "any", "any", "-"),
    "announcing.day":                     _line("any", "any", "any", "any", "-"),
    "announcing.protest":                 _line("any", "any", "any", "any", "-"),
    "announcing.feed":                    _line("any", "any", "any", "any", "-"),
    "announcing.hold_back":               _line("-",   "-",   "any", "-",   "-"),
    "announcing.let_go":                  _line("-",   "-",   "any", "-",   "-"),
    "publishing.months":                  _line("any", "any", "any", "any", "-"),
    "publishing.city":                    _line("any", "any", "any", "any", "-"),
    "publishing.file":                    _line("any", "any", "any", "any", "-"),
    "publishing.next_month":              _line("-",   "-",   "any", "-",   "-"),
    "releasing.listed":                   _line("any", "any", "any", "any", "-"),
    "releasing.table":                    _line("any", "any", "any", "any", "-"),
    "releasing.file":                     _line("any", "any", "any", "any", "-"),
    "releasing.next_table":               _line("-",   "-",   "any", "-",   "-"),
    "maps.cities":                        _line("any", "any", "any", "own", "-"),
    "maps.country":                       _line("any", "any", "any", "own", "-"),
    "maps.country_file":                  _line("any", "any", "any", "own", "-"),
    "maps.city":                          _line("any", "any", "any", "own", "-"),
    "maps.heat":                          _line("any", "own", "any", "-",   "-"),
    "maps.heat_file":                     _line("any", "own", "any", "-",   "-"),
    "maps.shapes":                        _line("any", "own", "any", "-",   "-"),
    "maps.strip":                         _line("any", "any", "any", "-",   "-"),
    "maps.tile":                          _line("any", "any", "any", "-",   "-"),
    "maps.leaflet":                       _line("any", "any", "any", "-",   "-"),
    "journalists.figures":                _line("any", "any", "any", "own", "-"),
    "journalists.cited":                  _line("any", "any", "any", "own", "-"),
    "journalists.chart":                  _line("any", "any", "any", "own", "-"),
    "journalists.history":                _line("any", "any", "any", "own", "-"),
    "journalists.taken":                  _line("any", "any", "any", "own", "-"),
    "journalists.facts":                  _line("any", "-",   "any", "-",   "-", fresh=True),

    "corrections.page":                   _line("own", "own", "any", "-",   "-"),

    "entries.add":                        _line("own", "own", "any", "-",   "-"),
    "entries.add protests":               _line("any", "-",   "any", "-",   "-"),
    "entries.add detentions/identified":  _line("-",   "-",   "any", "-",   "-"),
    "entries.add people/found-to-be":     _line("-",   "-",   "any", "-",   "-"),
    "entries.add people/told-apart":      _line("-",   "-",   "any", "-",   "-"),
    "entries.add reports":                _line("own", "-",   "any", "-",   "-"),
    "entries.add people/counsel-assigned":  _line("-", "-",   "any", "-",   "-", fresh=True),
    "entries.add people/counsel-dismissed": _line("-", "-",   "any", "-",   "-", fresh=True),
    "entries.add people/note-written":      _line("-", "own", "-",   "-",   "-"),
    "entries.add stations":               _line("any", "any", "any", "-",   "-"),
    "entries.correct":                    _line("own", "own", "any", "-",   "-"),
    "entries.correct protests":           _line("any", "-",   "any", "-",   "-"),
    "entries.correct stations":           _line("any", "any", "any", "-",   "-"),
    "entries.correct reports":            _line("own", "-",   "any", "-",   "-"),
    "entries.withdraw":                   _line("own", "own", "any", "-",   "-"),
    "entries.withdraw protests":          _line("any", "-",   "any", "-",   "-"),
    "entries.withdraw reports":           _line("own", "-",   "any", "-",   "-"),
    "entries.withdraw stations":          _line("any", "any", "any", "-",   "-"),

    "entries.reinstate":                  _line("own", "-",   "any", "-",   "-"),
    "entries.reinstate protests":         _line("any", "-",   "any", "-",   "-"),
    "entries.reinstate stations":         _line("any", "-",   "any", "-",   "-"),

    "entries.reinstate reports":          _line("own", "-",   "any", "-",   "-"),
    "entries.move reports":               _line("own", "-",   "any", "-",   "-"),
    "entries.move":                       _line("own", "own", "any", "-",   "-"),
    "entries.split":                      _line("own", "-",   "any", "-",   "-"),

    "entries.reinstate people/forgetting-requested": _line("-", "-", "-", "-", "-"),
    "entries.reinstate people/forgetting-approved":  _line("-", "-", "-", "-", "-"),
    "entries.reinstate people/forgetting-cancelled": _line("-", "-", "-", "-", "-"),
    "entries.correct people/forgetting-requested":  _line("-", "-", "any", "-", "-"),
    "entries.correct people/forgetting-approved":   _line("-", "-", "any", "-", "-"),
    "entries.correct people/forgetting-cancelled":  _line("-", "-", "any", "-", "-"),
    "entries.withdraw people/forgetting-requested": _line("-", "-", "any", "-", "-"),
    "entries.withdraw people/forgetting-approved":  _line("-", "-", "any", "-", "-"),
    "entries.withdraw people/forgetting-cancelled": _line("-", "-", "any", "-", "-"),

    "sources.listed":                     _line("own", "-",   "any", "-",   "-"),
    "sources.new":                        _line("any", "-",   "any", "-",   "-"),
    "sources.one":                        _line("own", "-",   "any", "-",   "-"),
    "sources.retract":                    _line("own", "-",   "any", "-",   "-"),
    "sources.forget":                     _line("-",   "-",   "any", "-",   "-", fresh=True),
    "entries.add sources":                _line("own", "-",   "any", "-",   "-"),
    "entries.correct sources":            _line("own", "-",   "any", "-",   "-"),
    "entries.withdraw sources":           _line("own", "-",   "any", "-",   "-"),
    "entries.reinstate sources":          _line("own", "-",   "any", "-",   "-"),
    "entries.attest":                     _line("own", "own", "any", "-",   "-"),
    "entries.attest protests":            _line("any", "-",   "any", "-",   "-"),
    "entries.attest reports":             _line("own", "-",   "any", "-",   "-"),

    "admin.accounts":                     _line("-",   "-",   "-",   "-",   "any"),
    "admin.add_account":                  _line("-",   "-",   "-",   "-",   "any", fresh=True),
    "admin.change_account":               _line("-",   "-",   "-",   "-",   "any", fresh=True),
    "admin.unlock":                       _line("-",   "-",   "-",   "-",   "any", fresh=True),
    "admin.lock":                         _line("-",   "-",   "-",   "-",   "any"),
    "admin.health":                       _line("-",   "-",   "-",   "-",   "any"),
}
# fmt: on

DENIED = _line("-", "-", "-", "-", "-")
_AMENDING = frozenset({"entries.correct", "entries.withdraw", "entries.reinstate"})


def line_of(endpoint: str, asked: Mapping[str, Any]) -> Line:
    """The most exact line for an act, given what its address says; DENIED where there is none."""
    kind, name = asked.get("kind"), asked.get("name")
    exact = [f"{endpoint} {kind}/{name}", *([f"entries.add {kind}/{name}"] if endpoint in _AMENDING else [])]
    for act in (*exact, f"{endpoint} {kind}", endpoint):
        if act in POLICY:
            return POLICY[act]
    return DENIED


def may(role: Role, endpoint: str, **asked: Any) -> bool:
    """Whether a link to this act is of any use to this role. Whether the record is theirs is asked when it is opened."""
    return endpoint in PUBLIC or line_of(endpoint, asked).scope(role) is not Scope.DENY


class PolicyIncomplete(Exception):
    """A page has no line in the policy, or a line has no page: the program does not start."""


def check(app: Flask) -> None:
    """Every endpoint has its line, every line its endpoint. Raises PolicyIncomplete."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    problems = [*sorted(_unruled(endpoints)), *sorted(_stale(endpoints))]
    if problems:
        raise PolicyIncomplete("; ".join(problems))


def _unruled(endpoints: set[str]) -> Iterator[str]:
    return (f"{endpoint} has no line" for endpoint in endpoints if endpoint not in POLICY and endpoint not in PUBLIC | FOR_TOKENS)


def _stale(endpoints: set[str]) -> Iterator[str]:
    lines = {act.partition(" ")[0] for act in POLICY} | PUBLIC | FOR_TOKENS
    return (f"{endpoint} is no page" for endpoint in lines - endpoints)
