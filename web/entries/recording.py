"""From facts that were read to the Casebook: keys minted, words sealed, one command recorded."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.casebook import Outcome
from domain.detention import Detention
from domain.errors import RuleBroken
from domain.person import Person
from domain.proceeding import Proceeding
from domain.provenance import Source
from web.desk import Desk
from web.entries.forms import Ids, Record
from web.entries.hearings import meant
from web.entries.offers import Offer
from web.entries.sealing import sealed_facts, sealed_source, sealer
from web.entries.subject import Subject


def added(desk: Desk, offer: Offer, about: Subject) -> Record:
    """Records one more entry about a record that stands."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        if offer.event is Proceeding.DefendantJoined and not desk.may_see(facts["person"]):
            raise RuleBroken("no_such_record", kind="person")
        if "hearing" in facts:
            facts["hearing"] = meant(facts["hearing"], about, facts.get("person"))
        seal = about.seal(desk, facts.get("person"))
        if seal is not None:
            facts, source = sealed_facts(offer.event, facts, seal), sealed_source(source, seal)
        verb = getattr(desk.tracker.casebook, offer.verb)
        return verb(desk.entry(source, ids["command"]), about.record, **facts), about.page

    return record


def attested(desk: Desk, about: Subject, version: int) -> Record:
    """Records that another source says the same as an entry. RuleBroken `nobody_says_so` where nobody is named for it."""

    def record(facts: dict[str, Any], source: Source, ids: Ids) -> tuple[Outcome, str]:
        if source.kind == "unknown" and source.origin is None:
            raise RuleBroken("nobody_says_so")
        seal = about.seal(desk, about.concerned(version))
        source = sealed_source(source, seal) if seal is not None else source
        entry, casebook = desk.entry(source, ids["command"]), desk.tracker.casebook
        return casebook.attest(about.record_class, entry, about.record, version), about.page

    return record


def sealed_detention(
    desk: Desk, facts: Mapping[str, Any], source: Source, detention: UUID, person: UUID
) -> tuple[dict[str, Any], Source]:
    """What is told of a detention and, with it, of the person held: sealed, each for the record it stands in.

    RuleBroken `nothing_told` for a form sent empty, by accident or after going back: it would count as one more person held.
    """
    if not _tells_something(facts, source):
        raise RuleBroken("nothing_told")
    seal, seal_name = (sealer(desk.tracker.vault, person, record) for record in (detention, person))
    named = {name: facts[name] for name in ("name", "name_kind") if name in facts}
    release = {name: facts[name] for name in ("when", "kind") if "kind" in facts}
    held = {name: value for name, value in facts.items() if name not in named and name not in release}
    sealed = sealed_facts(Detention.Recorded, held, seal) | sealed_facts(Detention.Released, release, seal)
    if named.get("name"):
        sealed |= sealed_facts(Person.Named, {"name": named["name"]}, seal_name) | {"name_kind": named["name_kind"]}
    return sealed, sealed_source(source, seal)


def _tells_something(facts: Mapping[str, Any], source: Source) -> bool:
    """The way a name was recorded says nothing without the name."""
    said = (value for name, value in facts.items() if name != "name_kind")
    return any(value not in (None, "", (), "unknown") for value in said) or source != Source("unknown")
